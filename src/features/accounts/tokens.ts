// Secrets that open doors: random, told once, kept as hashes; and the session cookie, signed as better-auth signs it.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, in letters that go through any address and any mail. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const keyShape = /^trr_[A-Za-z0-9_-]{43}$/;

/** A key for programs: a prefix that secret scanners know, then 256 random bits. */
export function makeKey(): { readonly key: string; readonly prefix: string; readonly sha256: string } {
  const key = `trr_${makeToken()}`;
  return { key, prefix: key.slice(0, 10), sha256: sha256(key) };
}

/**
 * The key of an Authorization header: `Bearer trr_…`, or `Apikey trr_…` as Opendatasoft's clients write it.
 * @returns null when the header is none of ours, "" when it is but holds no key of our shape.
 */
export function keyOfHeader(authorization: string | undefined): string | null {
  const said = /^(?:bearer|apikey)\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (said === undefined) return null;
  return keyShape.test(said) ? said : '';
}

/** The cookie's name: browsers keep a `__Secure-` one for encrypted connections alone. */
export function sessionCookieName(secure: boolean): string {
  return `${secure ? '__Secure-' : ''}terroir.session_token`;
}

/** The Set-Cookie value that opens a session in a browser. `seconds` 0 takes it away. */
export function sessionCookie(token: string, secret: string, options: { secure: boolean; seconds: number }): string {
  const value = options.seconds === 0 ? '' : encodeURIComponent(`${token}.${sign(token, secret)}`);
  const parts = [`${sessionCookieName(options.secure)}=${value}`, `Max-Age=${options.seconds}`, 'Path=/', 'HttpOnly'];
  return [...parts, ...(options.secure ? ['Secure'] : []), 'SameSite=Lax'].join('; ');
}

/** The session's token of a Cookie header, null when there is none or its signature is not ours. */
export function tokenOfCookies(cookies: string | undefined, secret: string, secure: boolean): string | null {
  const name = sessionCookieName(secure);
  const found = cookies?.split(';').find((one) => one.trim().startsWith(`${name}=`));
  if (found === undefined) return null;
  const value = decoded(found.slice(found.indexOf('=') + 1).trim());
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const [token, signature] = [value.slice(0, dot), Buffer.from(value.slice(dot + 1))];
  const expected = Buffer.from(sign(token, secret));
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? token : null;
}

const tyingCookieName = 'terroir.tying';

/** The Set-Cookie value that goes with a person to the provider, when they tie their accounts; it names that one journey. */
export function tyingCookie(state: string, secret: string, secure: boolean): string {
  const value = encodeURIComponent(sign(`tying:${state}`, secret));
  const parts = [`${tyingCookieName}=${value}`, 'Max-Age=600', 'Path=/api/auth', 'HttpOnly'];
  return [...parts, ...(secure ? ['Secure'] : []), 'SameSite=Lax'].join('; ');
}

/** Whether whoever comes back from the provider left to tie their accounts. */
export function comesBackTying(cookies: string | undefined, state: string, secret: string): boolean {
  const found = cookies?.split(';').find((one) => one.trim().startsWith(`${tyingCookieName}=`));
  const given = Buffer.from(decoded(found?.slice(found.indexOf('=') + 1).trim() ?? ''));
  const expected = Buffer.from(sign(`tying:${state}`, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sign(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
