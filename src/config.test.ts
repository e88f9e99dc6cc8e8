import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, settingsSchema } from './config.ts';
import { TerroirError } from './lib/errors.ts';

const places = { root: '/opt/terroir', cwd: '/home/claire' };

function refusal(env: Record<string, string>): TerroirError {
  try {
    readSettings(env, places);
  } catch (error) {
    if (error instanceof TerroirError) return error;
    throw error;
  }
  throw new Error('accepted');
}

test('nothing said: a portal for this machine alone, its state beside the project', () => {
  expect(readSettings({ PATH: '/usr/bin' }, places)).toEqual({
    port: 3000,
    host: 'localhost',
    home: '/opt/terroir/var',
    filesFolder: '/opt/terroir/var/files',
    databaseUrl: null,
    publicUrl: 'http://localhost:3000',
    authSecret: null,
    mail: { smtpUrl: null, from: 'terroir@localhost' },
    oidc: null,
    trustedProxies: [],
    rateLimit: 1200,
    fetchAllowedHosts: [],
  });
});

test('everything said', () => {
  const env = {
    PORT: '8080',
    HOST: '0.0.0.0',
    TERROIR_HOME: '/srv/terroir',
    DATABASE_URL: 'postgres://terroir:secret@db.internal:5432/terroir',
    STORAGE_URL: 'file:///srv/donn%C3%A9es',
    PUBLIC_URL: 'https://donnees.tours.example/',
    AUTH_SECRET: 'une phrase que personne ne devine',
    SMTP_URL: 'smtps://terroir:secret@smtp.tours.example',
    MAIL_FROM: 'Données de Tours <donnees@tours.example>',
    OIDC_ISSUER: 'https://auth.tours.example/realms/agents/',
    OIDC_CLIENT_ID: 'terroir',
    OIDC_CLIENT_SECRET: 'secret',
    OIDC_NAME: 'Keycloak de la métropole',
    OIDC_TRUST_EMAIL: 'yes',
    TRUSTED_PROXIES: 'loopback, 10.0.0.0/8',
    FETCH_ALLOWED_HOSTS: 'sig.mairie.local, 10.0.0.5:8080',
    RATE_LIMIT: '300',
  };
  expect(readSettings(env, places)).toEqual({
    port: 8080,
    host: '0.0.0.0',
    home: '/srv/terroir',
    filesFolder: '/srv/données',
    databaseUrl: 'postgres://terroir:secret@db.internal:5432/terroir',
    publicUrl: 'https://donnees.tours.example',
    authSecret: 'une phrase que personne ne devine',
    mail: { smtpUrl: 'smtps://terroir:secret@smtp.tours.example', from: 'Données de Tours <donnees@tours.example>' },
    oidc: {
      issuer: 'https://auth.tours.example/realms/agents',
      clientId: 'terroir',
      clientSecret: 'secret',
      name: 'Keycloak de la métropole',
      scopes: ['openid', 'email', 'profile'],
      trustsEmail: true,
    },
    trustedProxies: ['loopback', '10.0.0.0/8'],
    rateLimit: 300,
    fetchAllowedHosts: ['sig.mairie.local', '10.0.0.5:8080'],
  });
});

test('an empty variable is absent', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: ' ', STORAGE_URL: '' }, places)).toEqual(readSettings({}, places));
});

test('a relative TERROIR_HOME starts where the command is run', () => {
  expect(readSettings({ TERROIR_HOME: 'essai' }, places).home).toBe('/home/claire/essai');
});

test('the public address follows the port', () => {
  expect(readSettings({ PORT: '4001' }, places).publicUrl).toBe('http://localhost:4001');
});

test.each(['0', '65536', '-1', '80.5', '0x50', 'http', '3000 '.repeat(2)])('PORT=%s is refused', (value) => {
  const error = refusal({ PORT: value });
  expect(error.code).toBe('settings.invalid');
  expect(error.params).toMatchObject({ name: 'PORT', accepted: '1–65535' });
});

test.each(['', 'localhost', '::', '::1', '127.0.0.1', 'donnees.example.org'])('HOST=%s is accepted', (value) => {
  expect(readSettings({ HOST: value }, places).host).toBe(value === '' ? 'localhost' : value);
});

test.each(['300.0.0.1', 'http://localhost', 'a b', '-x', 'localhost:3000'])('HOST=%s is refused', (value) => {
  expect(refusal({ HOST: value }).params['name']).toBe('HOST');
});

test.each(['postgres://u@/terroir?host=/run/postgresql', 'postgresql://db/terroir', 'postgres:///terroir?host=/tmp'])(
  'DATABASE_URL=%s is accepted',
  (value) => {
    expect(readSettings({ DATABASE_URL: value }, places).databaseUrl).toBe(value);
  },
);

test.each(['mysql://root:secret@db/terroir', 'terroir', 'postgres://db', 'postgres://'])(
  'DATABASE_URL=%s is refused',
  (value) => {
    const error = refusal({ DATABASE_URL: value });
    expect(error.code).toBe('settings.invalid');
    expect(error.message).not.toContain('secret');
  },
);

test.each(['/srv/files', 'file:srv', 'file://host/srv', 'file:///', 'file:///a%2Fb', 'https://x.example'])(
  'STORAGE_URL=%s is refused',
  (value) => {
    expect(refusal({ STORAGE_URL: value }).params['name']).toBe('STORAGE_URL');
  },
);

test('S3 is refused by a sentence of its own', () => {
  expect(refusal({ STORAGE_URL: 's3://bucket/prefix' }).code).toBe('settings.storageUnsupported');
});

test.each(['donnees.example.org', 'ftp://example.org', 'https://example.org/portail', 'https://example.org/?a=1'])(
  'PUBLIC_URL=%s is refused',
  (value) => {
    expect(refusal({ PUBLIC_URL: value }).params['name']).toBe('PUBLIC_URL');
  },
);

test.each([
  ['AUTH_SECRET', 'court'],
  ['SMTP_URL', 'https://smtp:secret@example.org'],
  ['SMTP_URL', 'smtp.example.org'],
  ['MAIL_FROM', 'Données'],
  ['MAIL_FROM', 'Données <pas une adresse>'],
  ['TRUSTED_PROXIES', 'proxy.example.org'],
  ['TRUSTED_PROXIES', '10.0.0.0/large'],
])('%s=%s is refused', (name, value) => {
  const error = refusal({ [name]: value });
  expect(error.params['name']).toBe(name);
  expect(error.message).not.toContain('secret');
});

test('an identity provider is described whole or not at all', () => {
  const whole = { OIDC_ISSUER: 'https://auth.example.org', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
  expect(readSettings(whole, places).oidc).toMatchObject({
    issuer: 'https://auth.example.org',
    name: 'OpenID Connect',
    trustsEmail: false,
  });
  expect(refusal({ ...whole, OIDC_TRUST_EMAIL: 'maybe' }).params['name']).toBe('OIDC_TRUST_EMAIL');
  for (const name of Object.keys(whole)) expect(refusal({ ...whole, [name]: '' }).params['name']).toBe(name);
});

test.each([
  ['TERROIR_HOEM', 'TERROIR_HOME'],
  ['TERROIR_PORT', 'PORT'],
  ['TERROIR_DATABASE_URL', 'DATABASE_URL'],
  ['TERROIR_', 'TERROIR_HOME'],
])('%s is unknown, %s is near', (name, nearest) => {
  const error = refusal({ [name]: 'x' });
  expect(error.code).toBe('settings.unknown');
  expect(error.params).toEqual({ name, nearest });
});

test('a limit per client is a number, or off', () => {
  expect(readSettings({ RATE_LIMIT: 'off' }, places).rateLimit).toBe(null);
  expect(readSettings({ RATE_LIMIT: '1000000' }, places).rateLimit).toBe(1_000_000);
  for (const wrong of ['0', '-5', '1.5', '1000001', 'no', '60/min'])
    expect(refusal({ RATE_LIMIT: wrong })).toMatchObject({ code: 'settings.invalid', params: { name: 'RATE_LIMIT' } });
});

test('what the tests hand to each other is no unknown setting', () => {
  expect(readSettings({ TERROIR_TEST_BROWSER: '/usr/bin/chromium' }, places).port).toBe(3000);
});

test('docs/reference/settings.md explains every setting, its default and what is accepted, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', 'settings.md'), 'utf8');
  const explained = [...page.matchAll(/^## `(\w+)`$/gm)].map((match) => match[1]);
  expect(explained).toEqual(Object.keys(settingsSchema));
  for (const [name, row] of Object.entries(settingsSchema)) {
    const section = page.split(`## \`${name}\``)[1]?.split('\n## ')[0] ?? '';
    expect(section, name).toContain(`Default: ${row.default === null ? 'none' : `\`${row.default}\``}`);
    expect(section, name).toContain(row.accepted.split(',')[0]?.replace('1–65535', '1 to 65535') ?? '');
  }
});
