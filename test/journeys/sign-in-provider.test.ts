// Coming in by an identity provider (ProConnect, Keycloak): a new person, a known one, one whose address is not verified.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader, type Reader, signInByMail } from './browser.ts';
import { openPortal, type Portal } from './portal.ts';
import { openProvider, type Provider } from './provider.ts';

const settings = { OIDC_CLIENT_ID: 'terroir', OIDC_CLIENT_SECRET: 'only between us', OIDC_NAME: 'AgentConnect' };
let portal: Portal;
let provider: Provider;

beforeAll(async () => {
  provider = await openProvider(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET);
  Object.assign(process.env, settings, { OIDC_ISSUER: provider.issuer });
  portal = await openPortal('--empty');
});
afterAll(async () => {
  for (const name of ['OIDC_ISSUER', ...Object.keys(settings)]) delete process.env[name];
  await portal?.close();
  provider?.close();
});

/** Goes to the provider from an address of the portal, and comes back. @returns where the reader ends. */
async function dance(reader: Reader, path: string) {
  const leaving = await reader.get(path);
  expect(leaving.status).toBe(303);
  const away = leaving.headers.get('location') ?? '';
  expect(away.startsWith(`${provider.issuer}/authorize?`)).toBe(true);
  const query = new URL(away).searchParams;
  expect(query.get('client_id')).toBe('terroir');
  expect(query.get('code_challenge_method')).toBe('S256');
  const back = new URL((await fetch(away, { redirect: 'manual' })).headers.get('location') ?? '');
  return { back: back.pathname + back.search, answer: await reader.get(back.pathname + back.search) };
}

test('somebody new comes in by the provider, under the name it tells, and lands where they wanted', async () => {
  provider.claims = {
    sub: 'u-1',
    email: 'Ada@Example.org',
    email_verified: true,
    given_name: 'Ada',
    usual_name: 'Martin',
  };
  provider.signedUserinfo = true;
  const ada = openReader(portal);
  expect((await ada.get('/sign-in')).body).toContain('Continuer avec AgentConnect');
  const { back, answer } = await dance(ada, '/sign-in/provider?next=/account');
  expect(answer.location).toBe('/account');
  const account = JSON.parse((await ada.get('/account.json')).body) as { account: Record<string, unknown> };
  expect(account.account).toMatchObject({ name: 'Ada Martin', email: 'ada@example.org', hasProvider: true });
  // The answer of a provider serves once, in the browser that asked for it.
  for (const reader of [ada, openReader(portal)]) {
    const again = await reader.get(back);
    expect(again.location).not.toBe('/account');
  }
  const stranger = openReader(portal);
  await stranger.get(back);
  expect((await stranger.get('/account.json')).status).toBe(401);
});

test('a known person with a verified address is the same person', async () => {
  const bea = openReader(portal);
  await signInByMail(portal, bea, 'bea@example.org');
  await bea.post('/account/profile', { name: 'Béa Durand', language: 'fr', rhythm: 'daily' });
  const { account } = JSON.parse((await bea.get('/account.json')).body) as { account: { id: string } };
  provider.claims = { sub: 'u-2', email: 'bea@example.org', email_verified: true, name: 'Autre nom' };
  provider.signedUserinfo = false;
  const elsewhere = openReader(portal);
  expect((await dance(elsewhere, '/sign-in/provider?next=/account')).answer.location).toBe('/account');
  const seen = JSON.parse((await elsewhere.get('/account.json')).body) as { account: { id: string; name: string } };
  expect(seen.account).toMatchObject({ id: account.id, name: 'Béa Durand' });
});

test('whoever only claims somebody’s address does not become them; signed in, they tie the two accounts', async () => {
  const cid = openReader(portal);
  await signInByMail(portal, cid, 'cid@example.org');
  provider.claims = { sub: 'u-3', email: 'cid@example.org', name: 'Cid' };
  const thief = openReader(portal);
  const { answer } = await dance(thief, '/sign-in/provider?next=/account');
  expect(answer.location).toMatch(/^\/sign-in\?refused=provider/);
  expect((await thief.get(answer.location ?? '')).body).toContain('n’a pas pu confirmer qui vous êtes');
  expect((await thief.get('/account.json')).status).toBe(401);

  await dance(cid, '/account/provider');
  const { account } = JSON.parse((await cid.get('/account.json')).body) as { account: { hasProvider: boolean } };
  expect(account.hasProvider).toBe(true);
  const later = openReader(portal);
  expect((await dance(later, '/sign-in/provider?next=/account')).answer.location).toBe('/account');
});

test('a new person whose address is not proved asks for nothing in its name', async () => {
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  provider.claims = { sub: 'u-5', email: 'maire@example.org', name: 'Pas le maire' };
  const reader = openReader(portal);
  expect((await dance(reader, '/sign-in/provider?next=/account')).answer.location).toBe('/account');
  const asked = await reader.post('/organizations/ville-de-tours/join', { role: 'pilot', message: '' });
  expect(asked.status).toBe(409);
  expect(asked.body).toContain('Cette adresse n’est pas encore prouvée');
  // Whoever reads that address's mail is the person; what was tied to it before is gone.
  const mayor = openReader(portal);
  await signInByMail(portal, mayor, 'maire@example.org');
  expect((await reader.get('/account.json')).status).toBe(401);
});

test('a provider that tells no address lets nobody in', async () => {
  provider.claims = { sub: 'u-4', name: 'Sans adresse' };
  const reader = openReader(portal);
  expect((await dance(reader, '/sign-in/provider?next=/account')).answer.location).toMatch(
    /^\/sign-in\?refused=provider/,
  );
  expect((await reader.get('/account.json')).status).toBe(401);
});
