// The story of an organization's people: the first administrator, invitations, a depositor, a key, a departure and its sheet.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersTo, linkIn, openReader, type Reader, signInByMail } from './browser.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
let admin: Reader;
let pilot: Reader;
let deputy: Reader;
let depositor: Reader;

const people = '/organizations/ville-de-tours/people';

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  [admin, pilot, deputy, depositor] = [openReader(portal), openReader(portal), openReader(portal), openReader(portal)];
});
afterAll(() => portal.close());

/** Accepts the invitation that came by mail. */
async function accept(reader: Reader, email: string, name: string) {
  const [letter] = await lettersTo(portal.home, email);
  const path = linkIn(letter, '/invitations/');
  const page = await reader.get(path);
  expect(page.status).toBe(200);
  expect(page.body).toContain('Ville de Tours');
  return { path, answer: await reader.post(path, { name }) };
}

test('the first start tells a link, once; it makes an administrator, once', async () => {
  const links = portal.said().match(/\/sign-in\/administrator\?token=\S+/g) ?? [];
  expect(links).toHaveLength(1);
  const path = links[0] ?? '';
  const token = new URL(path, portal.url).searchParams.get('token') ?? '';
  const page = await admin.get(path);
  expect(page.status).toBe(200);
  const wrong = await admin.post('/sign-in/administrator', { token, email: 'ada', name: 'Ada Martin' });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain('role="alert"');
  expect(wrong.body).toContain('value="Ada Martin"');
  const done = await admin.post('/sign-in/administrator', { token, email: 'ada@example.org', name: 'Ada Martin' });
  expect([done.status, done.location]).toEqual([303, '/account']);
  expect((await admin.get('/account')).body).toContain('Ada Martin');
  expect((await admin.get('/territory/people')).status).toBe(200);
  const again = await openReader(portal).post('/sign-in/administrator', {
    token,
    email: 'eve@example.org',
    name: 'Eve',
  });
  expect(again.status).toBe(410);
});

test('another link is made by a command; the one before stops working', async () => {
  const first = (await portal.cli('admin-link')).json as { url: string };
  const second = (await portal.cli('admin-link')).json as { url: string };
  const path = (link: { url: string }) => new URL(link.url).pathname + new URL(link.url).search;
  expect((await openReader(portal).get(path(first))).status).toBe(410);
  expect((await openReader(portal).get(path(second))).status).toBe(200);
});

test('who is not signed in is led to sign in, then back; programs are told', async () => {
  const anyone = openReader(portal);
  expect((await anyone.get('/account')).location).toBe('/sign-in?next=%2Faccount');
  expect((await anyone.get(people)).location).toBe(`/sign-in?next=${encodeURIComponent(people)}`);
  expect((await anyone.get(`${people}.json`)).status).toBe(403);
});

test('the administrator invites a pilot, who invites a deputy and a depositor', async () => {
  const invited = await admin.post(`${people}/invite`, { email: 'Karim@example.org', role: 'pilot' });
  expect(invited.location).toBe(`${people}?done=invited`);
  // Nobody is invited twice at a time.
  expect((await admin.post(`${people}/invite`, { email: 'karim@example.org', role: 'pilot' })).status).toBe(409);
  const { path, answer } = await accept(pilot, 'karim@example.org', 'Karim Benali');
  expect([answer.status, answer.location]).toEqual([303, '/desk']);
  expect((await pilot.get(people)).body).toContain('Karim Benali');
  // The link has served.
  expect((await openReader(portal).get(path)).status).toBe(410);

  for (const [email, role] of [
    ['elodie@example.org', 'deputy'],
    ['martine@example.org', 'depositor'],
  ] as const)
    expect((await pilot.post(`${people}/invite`, { email, role })).status).toBe(303);
  await accept(deputy, 'elodie@example.org', 'Élodie Marchais');
  await accept(depositor, 'martine@example.org', 'Martine Lebrun');
  expect((await depositor.get(people)).body).toContain('Élodie Marchais');
  // A depositor sees who is there, and manages nobody.
  expect((await depositor.get(people)).body).not.toContain('/people/invite');
  expect((await depositor.post(`${people}/invite`, { email: 'x@example.org', role: 'pilot' })).status).toBe(403);
});

test('a depositor begins a deposit for their organization, and nobody else does', async () => {
  const begin = (reader: Reader) => reader.post('/desk/drafts', { organization: 'ville-de-tours' });
  const begun = await begin(depositor);
  expect(begun.location).toMatch(/^\/desk\/drafts\/[\da-f-]{36}$/);
  expect((await depositor.get(`${begun.location}/what`)).status).toBe(200);
  const stranger = openReader(portal);
  await signInByMail(portal, stranger, 'stranger@example.org');
  expect((await begin(stranger)).status).toBe(403);
  expect((await stranger.get(`${begun.location}/what`)).status).toBe(404);
});

test('an invitation that was taken back opens nothing', async () => {
  await pilot.post(`${people}/invite`, { email: 'wrong@example.org', role: 'editor' });
  const [letter] = await lettersTo(portal.home, 'wrong@example.org');
  const facts = JSON.parse((await pilot.get(`${people}.json`)).body) as { pending: { id: string; email: string }[] };
  const id = facts.pending.find((one) => one.email === 'wrong@example.org')?.id ?? '';
  expect((await pilot.post(`${people}/close`, { id })).location).toBe(`${people}?done=closed`);
  expect((await openReader(portal).get(linkIn(letter, '/invitations/'))).status).toBe(410);
});

test('a person asks to join, and is taken in', async () => {
  const sarah = openReader(portal);
  await signInByMail(portal, sarah, 'sarah@example.org');
  await sarah.post('/account/profile', { name: 'Sarah Nguyen', language: 'fr', rhythm: 'instantly' });
  const join = '/organizations/ville-de-tours/join';
  expect((await sarah.get(join)).body).toContain('Demander à rejoindre Ville de Tours');
  expect((await sarah.post(join, { role: 'editor', message: 'Je suis géomaticienne.' })).location).toBe(
    `${join}?done=asked`,
  );
  const facts = JSON.parse((await pilot.get(`${people}.json`)).body) as { pending: { id: string; message: string }[] };
  const request = facts.pending.find((one) => one.message === 'Je suis géomaticienne.');
  expect((await pilot.post(`${people}/accept`, { id: request?.id ?? '' })).status).toBe(303);
  expect((await sarah.get('/account')).body).toContain('Ville de Tours');
});

test('a key is shown once, reads drafts of its organization, and is revoked', async () => {
  const file = join(portal.home, 'velos.csv');
  await writeFile(file, 'station;places\nGare;20\nTanneurs;12\n');
  const draft = [
    'deposit',
    file,
    '--organization',
    'ville-de-tours',
    '--title',
    'Stations de vélos',
    '--licence',
    'lov2',
  ];
  expect((await portal.cli(...draft)).code).toBe(0);
  const keys = '/organizations/ville-de-tours/keys';
  const dataset = '/datasets/stations-de-velos.json';
  expect((await depositor.get(keys)).status).toBe(403);
  expect((await pilot.post(keys, { name: 'SIG', days: '90' })).status).toBe(422);
  const made = await pilot.post(keys, [
    ['name', 'SIG'],
    ['days', '90'],
    ['scopes', 'read'],
    ['scopes', 'deposit'],
  ]);
  const key = /trr_[\w-]{43}/.exec(made.body)?.[0] ?? '';
  expect(key).not.toBe('');
  expect(made.headers.get('cache-control')).toBe('private, no-store');
  expect((await pilot.get(keys)).body).not.toContain(key);
  const program = openReader(portal);
  expect((await program.get(dataset)).status).toBe(404);
  for (const scheme of ['Apikey', 'Bearer']) {
    const answer = await program.get(dataset, { authorization: `${scheme} ${key}` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  }
  expect((await program.get('/', { authorization: `Apikey ${key.slice(0, -1)}x` })).status).toBe(401);
  // A key is a program's: it manages nobody and makes no key.
  expect((await program.get(`${people}.json`, { authorization: `Apikey ${key}` })).status).toBe(403);
  const listed = JSON.parse((await pilot.get(`${keys}.json`)).body) as { keys: { id: string; lastUsedAt: string }[] };
  expect(listed.keys[0]?.lastUsedAt).not.toBeNull();
  expect(JSON.stringify(listed)).not.toContain(key.slice(10));
  await pilot.post(`${keys}/revoke`, { id: listed.keys[0]?.id ?? '' });
  expect((await program.get(dataset, { authorization: `Apikey ${key}` })).status).toBe(401);
});

test('who leaves hands over: the deputy becomes pilot, all is on one sheet, what is published stays', async () => {
  expect((await pilot.post(`${people}/leave`, {})).location).toBe(people);
  expect((await pilot.post(`${people}/leave`, { sure: 'yes' })).location).toBe('/account?done=left');
  // Without any role left, the sessions are over.
  expect((await pilot.get(people)).status).toBe(303);
  const facts = JSON.parse((await deputy.get(`${people}.json`)).body) as {
    members: { name: string; role: string }[];
    handovers: { id: string; personName: string }[];
  };
  expect(facts.members.map(({ name, role }) => [name, role])).toContainEqual(['Élodie Marchais', 'pilot']);
  expect(facts.members.map(({ name }) => name)).not.toContain('Karim Benali');
  const [sheet] = facts.handovers;
  const page = await deputy.get(`/organizations/ville-de-tours/handovers/${sheet?.id}`);
  expect(page.status).toBe(200);
  for (const words of ['Karim Benali', 'Élodie Marchais prend la suite', 'Stations de vélos', 'Brouillon à finir'])
    expect(page.body).toContain(words);
  // The letter waits for the morning when it is night; the news is in her account at once.
  const account = JSON.parse((await deputy.get('/account.json')).body) as {
    account: { notices: { kind: string; link: string }[] };
  };
  expect(account.account.notices[0]).toMatchObject({
    kind: 'succession',
    link: `/organizations/ville-de-tours/handovers/${sheet?.id}`,
  });
  // Whoever left comes in again by a link, and deposits no more; what they had begun waits for the others.
  await signInByMail(portal, pilot, 'karim@example.org');
  expect((await pilot.post('/desk/drafts', { organization: 'ville-de-tours' })).status).toBe(403);
  // The sheet is for those who work there.
  expect((await depositor.get(`/organizations/ville-de-tours/handovers/${sheet?.id}`)).status).toBe(403);
});

test('an account is erased by whoever holds nothing any more; the others hand over first', async () => {
  expect((await deputy.post('/account/removal', {})).location).toBe('/account');
  const refused = await deputy.post('/account/removal', { sure: 'yes' });
  expect(refused.status).toBe(409);
  expect(refused.body).toContain('Vous tenez encore un rôle');
  expect((await pilot.post('/account/removal', { sure: 'yes' })).location).toBe('/');
  expect((await pilot.get('/account')).status).toBe(303);
  const again = openReader(portal);
  await signInByMail(portal, again, 'karim@example.org');
  const { account } = JSON.parse((await again.get('/account.json')).body) as { account: { name: string; notices: [] } };
  expect(account).toMatchObject({ name: '', notices: [] });
});

test('the letters of a portal that is no demonstration are read by nobody', async () => {
  expect((await admin.get('/mails')).status).toBe(404);
  expect((await openReader(portal).post('/sign-in/demo', { person: 'juriste' })).status).toBe(404);
});
