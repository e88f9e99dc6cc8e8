// The settings: one schema that people can read, checked at start. No other file reads the environment.
import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TerroirError } from './lib/errors.ts';
import { nearest } from './lib/nearest.ts';

export type Settings = {
  readonly port: number;
  /** The address to listen on: a name or an IP address. */
  readonly host: string;
  /** Absolute path of the folder that holds all state. */
  readonly home: string;
  /** Absolute path of the folder of originals and versions. */
  readonly filesFolder: string;
  /** The PostgreSQL to use; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The portal's address as people see it, without a final slash. */
  readonly publicUrl: string;
  /** Hosts on a private network that the platform may read all the same: "sig.mairie.local", "10.0.0.5:8080". */
  readonly fetchAllowedHosts: readonly string[];
  /** What signs cookies; null to make one at the first start and keep it in TERROIR_HOME. */
  readonly authSecret: string | null;
  readonly mail: MailSettings;
  /** The identity provider (ProConnect, Keycloak …); null when people sign in here alone. */
  readonly oidc: OidcSettings | null;
  /** Addresses of the reverse proxies whose word on the visitor's address is taken; empty for none. */
  readonly trustedProxies: readonly string[];
  /** Requests that one client may make in a minute; null for no limit. */
  readonly rateLimit: number | null;
};

export type MailSettings = {
  /** The server that sends; null to write messages into TERROIR_HOME/mail. */
  readonly smtpUrl: string | null;
  /** Who messages come from: "Données de Touraine <donnees@example.org>". */
  readonly from: string;
};

export type OidcSettings = {
  /** Without a final slash. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says: « ProConnect ». */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whether the addresses that it tells are taken as proved. */
  readonly trustsEmail: boolean;
};

/** Every setting: what it is when nothing is said, and what is accepted. Explained in docs/reference/settings.md. */
export const settingsSchema = {
  PORT: { default: '3000', accepted: '1–65535' },
  HOST: { default: 'localhost', accepted: 'localhost, 0.0.0.0, ::, 192.0.2.10 …' },
  TERROIR_HOME: { default: './var', accepted: '/srv/terroir, ./var …' },
  DATABASE_URL: { default: null, accepted: 'postgres://user:password@host:5432/database' },
  STORAGE_URL: { default: null, accepted: 'file:///srv/terroir/files' },
  PUBLIC_URL: { default: 'http://localhost:PORT', accepted: 'https://donnees.example.org' },
  FETCH_ALLOWED_HOSTS: { default: null, accepted: 'sig.mairie.local,10.0.0.5:8080' },
  AUTH_SECRET: { default: null, accepted: '32 characters or more' },
  SMTP_URL: { default: null, accepted: 'smtps://user:password@smtp.example.org' },
  MAIL_FROM: { default: 'terroir@HOST', accepted: 'Données de Touraine <donnees@example.org>' },
  OIDC_ISSUER: { default: null, accepted: 'https://auth.example.org/realms/agents' },
  OIDC_CLIENT_ID: { default: null, accepted: 'the identifier that the provider gave' },
  OIDC_CLIENT_SECRET: { default: null, accepted: 'the secret that the provider gave' },
  OIDC_NAME: { default: 'OpenID Connect', accepted: 'ProConnect, Keycloak …' },
  OIDC_SCOPES: { default: 'openid email profile', accepted: 'openid email given_name usual_name' },
  OIDC_TRUST_EMAIL: { default: 'no', accepted: 'yes, no' },
  TRUSTED_PROXIES: { default: null, accepted: 'loopback, 10.0.0.0/8, 192.0.2.10' },
  RATE_LIMIT: { default: '1200', accepted: '1 to 1000000, off' },
} as const satisfies Record<string, { default: string | null; accepted: string }>;

export type SettingName = keyof typeof settingsSchema;

/** Variables that begin with TERROIR_ and are no settings: the tests hand them to each other, the server ignores them. */
const testVariables: readonly string[] = ['TERROIR_TEST_BROWSER', 'TERROIR_SHOTS'];

export type Places = {
  /** The project's folder: the default TERROIR_HOME is in it. */
  readonly root: string;
  /** Where a relative TERROIR_HOME starts from. */
  readonly cwd: string;
};

/**
 * Reads the settings from an environment. An empty variable counts as absent, as container files write it.
 * @throws TerroirError settings.invalid, settings.unknown, settings.storageUnsupported
 */
export function readSettings(env: NodeJS.ProcessEnv, places: Places = here()): Settings {
  refuseUnknown(env);
  const text = (name: SettingName) => env[name]?.trim() || null;
  const port = readPort(text('PORT') ?? settingsSchema.PORT.default);
  const home = readHome(text('TERROIR_HOME'), places);
  const publicUrl = readPublicUrl(text('PUBLIC_URL')) ?? `http://localhost:${port}`;
  return {
    port,
    host: readHost(text('HOST') ?? settingsSchema.HOST.default),
    home,
    filesFolder: readStorageUrl(text('STORAGE_URL')) ?? join(home, 'files'),
    databaseUrl: readDatabaseUrl(text('DATABASE_URL')),
    publicUrl,
    fetchAllowedHosts: readHosts(text('FETCH_ALLOWED_HOSTS')),
    authSecret: readSecret(text('AUTH_SECRET')),
    mail: { smtpUrl: readSmtpUrl(text('SMTP_URL')), from: readSender(text('MAIL_FROM'), publicUrl) },
    oidc: readOidc(text),
    trustedProxies: readProxies(text('TRUSTED_PROXIES')),
    rateLimit: readRateLimit(text('RATE_LIMIT') ?? settingsSchema.RATE_LIMIT.default),
  };
}

function refuseUnknown(env: NodeJS.ProcessEnv): void {
  const known = Object.keys(settingsSchema);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('TERROIR_') || known.includes(name) || testVariables.includes(name)) continue;
    // TERROIR_PORT means PORT: compare without the prefix too, so that the hint is the one people need.
    const bare = name.slice('TERROIR_'.length);
    const hint = known.includes(bare) ? bare : nearest(name, known);
    throw new TerroirError('settings.unknown', { name, nearest: hint });
  }
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) throw invalid('PORT', value);
  return port;
}

function readHost(value: string): string {
  if (isIP(value) === 0 && !/^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(value))
    throw invalid('HOST', value);
  // 300.0.0.1 looks like a name but was meant as an address.
  if (isIP(value) === 0 && /^[\d.]+$/.test(value)) throw invalid('HOST', value);
  return value;
}

function readHome(value: string | null, places: Places): string {
  if (value === null) return resolve(places.root, settingsSchema.TERROIR_HOME.default);
  if (value.includes('\0') || /^[a-z]+:\/\//i.test(value)) throw invalid('TERROIR_HOME', value);
  return isAbsolute(value) ? resolve(value) : resolve(places.cwd, value);
}

/** Its value is never repeated: it may hold a password. */
function readDatabaseUrl(value: string | null): string | null {
  if (value === null) return null;
  // An address without a host (`postgres://user@/name?host=/run/postgresql`) is PostgreSQL's, not the URL standard's.
  const url = URL.parse(value.replace(/@\//, '@localhost/').replace(/:\/\/\//, '://localhost/'));
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    throw invalid('DATABASE_URL', '…');
  return value;
}

function readStorageUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url?.protocol === 's3:') throw new TerroirError('settings.storageUnsupported', { scheme: 's3:' });
  if (url?.protocol !== 'file:' || url.host !== '' || url.pathname === '/' || !value.startsWith('file:///'))
    throw invalid('STORAGE_URL', '…');
  try {
    return resolve(fileURLToPath(url));
  } catch {
    throw invalid('STORAGE_URL', '…');
  }
}

function readPublicUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw invalid('PUBLIC_URL', value);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw invalid('PUBLIC_URL', value);
  return url.origin;
}

/** Names or addresses, each with its port or without, separated by commas. */
function readHosts(value: string | null): readonly string[] {
  const hosts = (value ?? '').split(',').map((host) => host.trim().toLowerCase());
  const wrong = hosts.find((host) => host !== '' && URL.parse(`http://${host}/`)?.host !== host.replace(/:80$/, ''));
  if (wrong !== undefined) throw invalid('FETCH_ALLOWED_HOSTS', wrong);
  return hosts.filter((host) => host !== '');
}

/** Its value is never repeated. */
function readSecret(value: string | null): string | null {
  if (value !== null && value.length < 32) throw invalid('AUTH_SECRET', '…');
  return value;
}

/** Its value is never repeated: it may hold a password. */
function readSmtpUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') throw invalid('SMTP_URL', '…');
  return value;
}

function readSender(value: string | null, publicUrl: string): string {
  if (value === null) return `terroir@${new URL(publicUrl).hostname}`;
  if (!/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value)) throw invalid('MAIL_FROM', value);
  return value;
}

/** All three or none: a provider that is half described would be a door that does not open. */
function readOidc(text: (name: SettingName) => string | null): OidcSettings | null {
  const issuer = text('OIDC_ISSUER');
  const clientId = text('OIDC_CLIENT_ID');
  const clientSecret = text('OIDC_CLIENT_SECRET');
  if (issuer === null && clientId === null && clientSecret === null) return null;
  const url = URL.parse(issuer ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw invalid('OIDC_ISSUER', issuer ?? '');
  if (clientId === null) throw invalid('OIDC_CLIENT_ID', '');
  if (clientSecret === null) throw invalid('OIDC_CLIENT_SECRET', '');
  const trust = text('OIDC_TRUST_EMAIL') ?? settingsSchema.OIDC_TRUST_EMAIL.default;
  if (trust !== 'yes' && trust !== 'no') throw invalid('OIDC_TRUST_EMAIL', trust);
  return {
    issuer: url.href.replace(/\/$/, ''),
    clientId,
    clientSecret,
    name: text('OIDC_NAME') ?? settingsSchema.OIDC_NAME.default,
    scopes: (text('OIDC_SCOPES') ?? settingsSchema.OIDC_SCOPES.default).split(/[\s,]+/),
    trustsEmail: trust === 'yes',
  };
}

function readProxies(value: string | null): readonly string[] {
  const proxies = (value ?? '').split(/[\s,]+/).filter((one) => one !== '');
  for (const one of proxies) {
    const [address = '', bits] = one.split('/', 2);
    const named = ['loopback', 'linklocal', 'uniquelocal'].includes(one);
    if (!named && (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))))
      throw invalid('TRUSTED_PROXIES', one);
  }
  return proxies;
}

function readRateLimit(value: string): number | null {
  if (value === 'off') return null;
  const limit = /^\d{1,7}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > 1_000_000) throw invalid('RATE_LIMIT', value);
  return limit;
}

function invalid(name: SettingName, value: string): TerroirError {
  return new TerroirError('settings.invalid', { name, value, accepted: settingsSchema[name].accepted });
}

/** The project's folder is one above this file, in the sources (src/) as in the build (dist/). */
function here(): Places {
  return { root: join(import.meta.dirname, '..'), cwd: process.cwd() };
}
