// Secrets: cookies that only we sign, keys of one shape.
import { expect, test } from 'vitest';
import { keyOfHeader, makeKey, makeToken, sessionCookie, sha256, tokenOfCookies } from './tokens.ts';

const secret = 'forty letters that nobody else has, yes?';

test('a session cookie comes back as its token, among others; a changed one does not', () => {
  const token = makeToken();
  const [pair = ''] = sessionCookie(token, secret, { secure: false, seconds: 60 }).split(';');
  expect(tokenOfCookies(`lang=fr; ${pair}; x=1`, secret, false)).toBe(token);
  expect(tokenOfCookies(pair.replace(token, makeToken()), secret, false)).toBeNull();
  expect(tokenOfCookies(pair, 'another secret, of forty letters too ...', false)).toBeNull();
  expect(tokenOfCookies(pair, secret, true)).toBeNull();
  for (const cookies of [
    undefined,
    '',
    'terroir.session_token=',
    'terroir.session_token=%',
    'terroir.session_token=a.b',
  ])
    expect(tokenOfCookies(cookies, secret, false)).toBeNull();
});

test('over https the cookie is for https alone', () => {
  const cookie = sessionCookie('x', secret, { secure: true, seconds: 60 });
  expect(cookie).toMatch(/^__Secure-terroir\.session_token=/);
  for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=60']) expect(cookie).toContain(word);
});

test('a key is told by its first letters and known by its fingerprint', () => {
  const made = makeKey();
  expect(made.key).toMatch(/^trr_[\w-]{43}$/);
  expect(made.key.startsWith(made.prefix)).toBe(true);
  expect(made.sha256).toBe(sha256(made.key));
  expect(makeKey().key).not.toBe(made.key);
});

test.each([
  [undefined, null],
  ['Basic dXNlcjpwYXNz', null],
  ['Apikey nope', ''],
  [`Bearer trr_${'a'.repeat(42)}`, ''],
  [`apikey trr_${'a'.repeat(43)}`, `trr_${'a'.repeat(43)}`],
  [`Bearer trr_${'a'.repeat(43)} `, `trr_${'a'.repeat(43)}`],
])('the header %j holds the key %j', (header, key) => {
  expect(keyOfHeader(header)).toBe(key);
});
