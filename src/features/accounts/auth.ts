// better-auth over our own tables: magic links, passwords, passkeys and one OpenID Connect provider. Loaded when somebody
// signs in, for it weighs as much as the rest of the server.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { oidcProfile } from './oidc.ts';
import { administratorLinkHours, sessionDays } from './rules.ts';

export type AuthSettings = {
  readonly db: Metadata;
  readonly publicUrl: string;
  readonly secret: string;
  readonly oidc: OidcFacts | null;
  /** Hands over a link that opens a session: it leaves by mail. */
  sendLink(link: { readonly email: string; readonly token: string; readonly next: string }): Promise<void>;
  /** Counts an attempt: the seconds to wait, or null when it is allowed. */
  attempt(subject: string, rule: { readonly max: number; readonly seconds: number }): Promise<number | null>;
  warn(sentence: string): void;
};

export type OidcFacts = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whether the addresses that it tells are taken as proved. */
  readonly trustsEmail: boolean;
};

export type Auth = Awaited<ReturnType<typeof openAuth>>;

export const linkMinutes = 60;
/** ANSSI: length is what counts; a person needs no password here at all. */
export const passwordLength = { min: 12, max: 128 } as const;
/** How recent a session must be to change how one comes in. */
export const freshMinutes = 15;
/** Where our server says who asks; browsers cannot write it, for the shell replaces it. */
export const visitorHeader = 'x-terroir-visitor';
export const providerId = 'oidc';
export const authPath = '/api/auth';

/** Set while a person who is signed in ties their provider's account to their own. */
const tying = new AsyncLocalStorage<boolean>();

/**
 * Answers one of better-auth's addresses. Nobody becomes a person by claiming their address; but whoever is signed in and
 * asked to tie an account shows both, so that the provider's word on the address is not needed (ProConnect gives none).
 */
export function answerAuth(auth: Auth, request: Request, tiesAccounts: boolean): Promise<Response> {
  return tying.run(tiesAccounts, () => auth.handler(request));
}

/** Opens better-auth. Its tables are made by migrations/0010-people.ts. */
export async function openAuth(settings: AuthSettings) {
  const [{ betterAuth }, { magicLink }, { genericOAuth }, { passkey }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/magic-link'),
    import('better-auth/plugins/generic-oauth'),
    import('@better-auth/passkey'),
  ]);
  const { oidc, publicUrl } = settings;
  const secure = publicUrl.startsWith('https:');
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
  return betterAuth({
    appName: 'Terroir',
    baseURL: publicUrl,
    basePath: authPath,
    secret: settings.secret,
    database: { db: settings.db, type: 'postgres' },
    telemetry: { enabled: false },
    // What it says may hold an address: only the fact is kept.
    logger: { level: 'error', log: (_level, message) => settings.warn(message.replace(/\S+@\S+/g, '…').slice(0, 200)) },
    trustedOrigins: [publicUrl],
    user: { modelName: 'person', fields: { emailVerified: 'email_verified', ...times } },
    session: {
      modelName: 'person_session',
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...times,
      },
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
      freshAge: administratorLinkHours * 3600,
    },
    account: {
      modelName: 'person_credential',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
      updateAccountOnSignIn: false,
      // An agent's address at work may be another than the one they come in by.
      accountLinking: { allowDifferentEmails: true },
    },
    verification: { modelName: 'person_verification', fields: { expiresAt: 'expires_at', ...times } },
    databaseHooks: {
      // Nothing is done in the provider's name, and addresses of machines are nobody's business.
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      session: { create: { before: async (session) => ({ data: { ...session, ipAddress: null } }) } },
    },
    emailAndPassword: {
      enabled: true,
      // An account begins with a link, which shows that the address is theirs.
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 60,
      customStorage: {
        async consume(key, rule) {
          const wait = await settings.attempt(`auth:${key}`, { max: rule.max, seconds: rule.window });
          return { allowed: wait === null, retryAfter: wait };
        },
      },
    },
    advanced: {
      cookiePrefix: 'terroir',
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: [visitorHeader] },
      database: { generateId: 'uuid', validateSchema: false },
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token, metadata }) =>
          settings.sendLink({ email, token, next: typeof metadata?.['next'] === 'string' ? metadata['next'] : '' }),
      }),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Terroir',
        origin: publicUrl,
        schema: {
          passkey: {
            modelName: 'person_passkey',
            fields: {
              publicKey: 'public_key',
              userId: 'person_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      ...(oidc === null
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId,
                  name: oidc.name,
                  discoveryUrl: `${oidc.issuer}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: [...oidc.scopes],
                  requireIdTokenVerification: true,
                  disableProviderLogout: true,
                  async getUserInfo(tokens) {
                    const profile = await oidcProfile(oidc.issuer, tokens);
                    const trusted = oidc.trustsEmail || tying.getStore() === true;
                    return profile !== null && trusted ? { ...profile, emailVerified: true } : profile;
                  },
                },
              ],
            }),
          ]),
    ],
  });
}
