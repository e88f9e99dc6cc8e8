// Coming in by a link, a password and out again; what a stranger learns, and how often they may try.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersTo, linkIn, openReader, signInByMail } from './browser.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
});
afterAll(() => portal.close());

const password = 'cheval agrafe batterie correcte';

test('a link comes by mail, opens a session once, and looking at it does not use it', async () => {
  const reader = openReader(portal);
  const asked = await reader.post('/sign-in', { email: ' Nadege@Example.org ', next: '/datasets?q=arbres' });
  expect([asked.status, asked.location]).toEqual([303, '/sign-in/sent?next=%2Fdatasets%3Fq%3Darbres']);
  const [letter] = await lettersTo(portal.home, 'nadege@example.org');
  expect(letter?.subject).toMatch(/ : votre lien pour entrer$/);
  const path = linkIn(letter, '/sign-in/link');
  const query = new URL(path, portal.url).searchParams;
  const [token, next] = [query.get('token') ?? '', query.get('next') ?? ''];
  // Programs that look into mail open every link: twice, and nothing has happened.
  for (let i = 0; i < 2; i++) expect((await openReader(portal).get(path)).status).toBe(200);
  const entered = await reader.post('/sign-in/link', { token, next });
  expect([entered.status, entered.location]).toEqual([303, '/datasets?q=arbres']);
  const cookie = entered.headers.getSetCookie().find((line) => line.startsWith('terroir.session_token=')) ?? '';
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  expect((await openReader(portal).post('/sign-in/link', { token, next })).status).toBe(410);
  const page = await reader.get('/account');
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  // A page of everybody, shown to somebody, is theirs alone; shown to anyone, it may be kept.
  const mine = await reader.get('/datasets');
  expect(mine.body).toContain('Se déconnecter');
  expect(mine.headers.get('cache-control')).toBe('private, no-store');
  expect(mine.headers.get('vary')).toMatch(/cookie/i);
  const theirs = await openReader(portal).get('/datasets');
  expect(theirs.body).toContain('Se connecter');
  expect(theirs.headers.get('cache-control')).toBe('no-cache');
});

test('nothing leads elsewhere than here', async () => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    const page = await openReader(portal).get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(page.body).not.toContain('evil.example"');
    expect(page.body).toContain('name="next" value="/account"');
  }
});

test('a password is chosen by who came in by a link, then opens; the other sessions end', async () => {
  const [here, there] = [openReader(portal), openReader(portal)];
  await signInByMail(portal, here, 'karim@example.org');
  await signInByMail(portal, there, 'karim@example.org');
  const short = await here.post('/account/password', { password: 'trop court' });
  expect(short.status).toBe(422);
  expect(short.body).toContain('au moins 12');
  expect(short.body).not.toContain('trop court"');
  expect((await here.post('/account/password', { password })).location).toBe('/account?done=saved');
  expect((await here.get('/account')).status).toBe(200);
  expect((await there.get('/account')).status).toBe(303);
  // Another one asks for the one before.
  expect(
    (await here.post('/account/password', { password: 'une autre phrase de passe', current: 'faux' })).status,
  ).toBe(401);

  expect((await here.post('/sign-out', {})).location).toBe('/');
  expect((await here.get('/account')).status).toBe(303);
  const back = await here.post('/sign-in/password', { email: 'Karim@example.org', password, next: '/account' });
  expect([back.status, back.location]).toEqual([303, '/account']);
  expect((await here.get('/account')).status).toBe(200);
});

test('what is wrong is never told: the address, the password, whether there is one', async () => {
  const strip = (body: string) => body.replace(/value="[^"]*"/g, '');
  const known = await openReader(portal).post('/sign-in/password', {
    email: 'karim@example.org',
    password: 'non, pas celui-là',
  });
  const unknown = await openReader(portal).post('/sign-in/password', {
    email: 'nobody@example.org',
    password: 'non, pas celui-là',
  });
  const without = await openReader(portal).post('/sign-in/password', {
    email: 'nadege@example.org',
    password: 'non, pas celui-là',
  });
  expect([known.status, unknown.status, without.status]).toEqual([401, 401, 401]);
  expect(strip(known.body)).toBe(strip(unknown.body));
  expect(strip(known.body)).toBe(strip(without.body));
  expect(known.body).not.toContain('celui-là');
  const sent = await openReader(portal).post('/sign-in', { email: 'never.seen@example.org', next: '' });
  const again = await openReader(portal).post('/sign-in', { email: 'karim@example.org', next: '' });
  expect([sent.status, sent.location]).toEqual([again.status, again.location]);
});

test('guessing is slow: the ninth password is not looked at, the sixth link is not sent', async () => {
  const stranger = openReader(portal);
  const statuses: number[] = [];
  for (let i = 0; i < 9; i++)
    statuses.push(
      (await stranger.post('/sign-in/password', { email: 'target@example.org', password: `essai numéro ${i}` })).status,
    );
  expect(statuses).toEqual([...Array(8).fill(401), 429]);
  for (let i = 0; i < 6; i++) statuses.push((await stranger.post('/sign-in', { email: 'flooded@example.org' })).status);
  expect(statuses.slice(9)).toEqual([303, 303, 303, 303, 303, 429]);
});

test('another site cannot act in the reader’s name', async () => {
  const reader = openReader(portal);
  await signInByMail(portal, reader, 'victim@example.org');
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: portal.url },
  ])
    expect((await reader.post('/sign-out', {}, headers)).status).toBe(403);
  expect(
    (
      await openReader(portal).post(
        '/sign-in/password',
        { email: 'a@b.fr', password },
        { origin: 'https://evil.example' },
      )
    ).status,
  ).toBe(403);
  expect((await reader.get('/account')).status).toBe(200);
  expect((await reader.post('/sign-out', {}, { origin: portal.url, 'sec-fetch-site': 'same-origin' })).status).toBe(
    303,
  );
});

test('a cookie that was changed is nobody’s, and what the library could do more is closed', async () => {
  const reader = openReader(portal);
  await signInByMail(portal, reader, 'cookie@example.org');
  const value = reader.cookies().get('terroir.session_token') ?? '';
  const forged = await openReader(portal).get('/account.json', {
    cookie: `terroir.session_token=${value.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))}`,
  });
  expect(forged.status).toBe(401);
  for (const path of [
    'sign-up/email',
    'sign-in/email',
    'sign-in/magic-link',
    'get-session',
    'list-sessions',
    'update-user',
    'delete-user',
    'ok',
  ])
    expect((await reader.get(`/api/auth/${path}`)).status, path).toBe(404);
  expect((await reader.get('/api/auth/passkey/generate-register-options')).status).toBe(200);
  expect((await openReader(portal).get('/api/auth/passkey/generate-register-options')).status).toBe(401);
});

test('the server’s own words hold no address and no password', () => {
  expect(portal.said()).not.toContain('cheval agrafe');
  expect(portal.said()).not.toContain('karim@');
});
