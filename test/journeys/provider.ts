// An identity provider that we play: OpenID Connect with discovery, a signed ID token, and userinfo as ProConnect gives it.
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';

export type Claims = Readonly<Record<string, unknown>>;
export type Provider = {
  readonly issuer: string;
  /** Who signs in next. */
  claims: Claims;
  /** Whether userinfo is a signed token (ProConnect) instead of JSON (Keycloak). */
  signedUserinfo: boolean;
  close(): void;
};

/** Opens a provider that lets in, without asking, whoever `claims` says. */
export async function openProvider(clientId: string, clientSecret: string): Promise<Provider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, { readonly nonce: string | null; readonly claims: Claims }>();
  const tokens = new Map<string, Claims>();
  const sign = (claims: Claims) => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { ...claims, iss: provider.issuer, aud: clientId, iat: now, exp: now + 300 };
    const [head, body] = [{ alg: 'RS256', kid: 'k', typ: 'JWT' }, payload].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    return `${head}.${body}.${createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey, 'base64url')}`;
  };
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (url.pathname === '/.well-known/openid-configuration')
      return json({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        userinfo_endpoint: `${provider.issuer}/userinfo`,
        jwks_uri: `${provider.issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/jwks') return json({ keys: [key] });
    if (url.pathname === '/authorize') {
      const code = `code-${codes.size}`;
      codes.set(code, { nonce: url.searchParams.get('nonce'), claims: provider.claims });
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      back.searchParams.set('iss', provider.issuer);
      return response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === '/token') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const form = new URLSearchParams(body);
      const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
      const known = basic === `${clientId}:${clientSecret}` || form.get('client_secret') === clientSecret;
      const found = codes.get(form.get('code') ?? '');
      if (!known || found === undefined) return json({ error: 'invalid_grant' }, 400);
      codes.delete(form.get('code') ?? '');
      const token = `token-${tokens.size}`;
      tokens.set(token, found.claims);
      // As ProConnect: the ID token says who, userinfo says what they are called.
      const id = sign({ sub: found.claims['sub'], ...(found.nonce !== null && { nonce: found.nonce }) });
      return json({ access_token: token, token_type: 'Bearer', expires_in: 300, id_token: id });
    }
    if (url.pathname === '/userinfo') {
      const claims = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
      if (claims === undefined) return json({ error: 'invalid_token' }, 401);
      if (!provider.signedUserinfo) return json(claims);
      return response.writeHead(200, { 'content-type': 'application/jwt' }).end(sign(claims));
    }
    return json({ error: 'not_found' }, 404);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const provider: Provider = {
    issuer: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    claims: {},
    signedUserinfo: false,
    close: () => server.close(),
  };
  return provider;
}
