// Who an identity provider says that somebody is. Its userinfo is JSON (Keycloak), or a signed token (ProConnect).

export type OidcProfile = {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
};

const seconds = 10_000;

/**
 * The profile behind tokens. The provider's own server is asked over the connection that its address secures, so that the
 * signature of its answer proves nothing more; better-auth compares `sub` with the ID token that it verified.
 * @returns null when the provider does not tell an address.
 */
export async function oidcProfile(
  issuer: string,
  tokens: { readonly accessToken?: string | undefined; readonly idToken?: string | undefined },
): Promise<OidcProfile | null> {
  const claims = { ...claimsOf(tokens.idToken), ...(await userInfo(issuer, tokens.accessToken)) };
  return readProfile(claims);
}

/** The claims of OpenID Connect, and ProConnect's `usual_name` for the family name. */
export function readProfile(claims: Readonly<Record<string, unknown>>): OidcProfile | null {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name].trim() : '');
  const [sub, email] = [text('sub'), text('email').toLowerCase()];
  if (sub === '' || email === '') return null;
  const parts = [text('given_name'), text('family_name') || text('usual_name')].filter((part) => part !== '');
  return {
    sub,
    email,
    // Nothing said is not verified: an account that exists is never handed over on that.
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    name: text('name') || parts.join(' '),
  };
}

async function userInfo(issuer: string, accessToken: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (accessToken === undefined) return {};
  const discovery: unknown = await (
    await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(seconds) })
  ).json();
  const address =
    typeof discovery === 'object' && discovery !== null && 'userinfo_endpoint' in discovery
      ? discovery.userinfo_endpoint
      : null;
  if (typeof address !== 'string') return {};
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json, application/jwt' },
    signal: AbortSignal.timeout(seconds),
  });
  if (!answer.ok) return {};
  const body = await answer.text();
  return answer.headers.get('content-type')?.includes('jwt') === true ? claimsOf(body) : parsed(body);
}

/** The claims of a signed token, whose signature somebody else has verified. */
function claimsOf(token: string | undefined): Readonly<Record<string, unknown>> {
  const payload = token?.trim().split('.')[1];
  return payload === undefined ? {} : parsed(Buffer.from(payload, 'base64url').toString('utf8'));
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
