// People and letters on a real database with a clock to move: grouping, nights, languages, ends of roles, keys and links.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { OrganizationRole, Role } from '../../model/permission.ts';
import { type Letter, MailRefused } from '../../stores/mail/mailer.ts';
import { eraseSilentPeople, warnSilentPeople } from './inactivity.ts';
import { createKey, listKeys } from './keys.ts';
import { endDueGrants, getHandover, leaveOrganization, remindEndingGrants, removeMember } from './leaving.ts';
import { mustBeSigned, unsubscribe, unsubscribePath } from './mails.ts';
import { insertGrant } from './member-queries.ts';
import { acceptInvitation, changeMembership, getOrganizationPeople, invite } from './members.ts';
import { grantsOf, insertSession, provePerson } from './person-queries.ts';
import { type PostOptions, sendDue } from './post.ts';
import { grantEnd } from './rules.ts';
import { identify, installDemoPeople, makeAdministratorLink, needsAdministrator, notify } from './service.ts';
import { checkAdministratorLink, enterAsDemoPerson, openDoors } from './sign-in.ts';
import { endTerritoryRole, getTerritoryPeople, giveTerritoryRole } from './territory-people.ts';
import { sessionCookie } from './tokens.ts';

const secret = 'forty letters that nobody else has, yes?';
const slug = 'ville-de-tours';
let catalogue: TestCatalogue;
let operator: Context;
let sent: Letter[];
let failing: MailRefused | null;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
});
afterAll(() => catalogue.close());
beforeEach(async () => {
  await sql`truncate person, role_grant, api_key, joining, handover, message, attempt, one_time_link cascade`.execute(
    catalogue.db,
  );
  await catalogue.empty();
  // A Wednesday, 10 o'clock in Paris.
  catalogue.now = new Date('2026-01-14T09:00:00Z');
  operator = { ...catalogue.operator, log: { info() {}, warn() {}, error() {} } };
  sent = [];
  failing = null;
});

function post(): PostOptions {
  const send = async (letter: Letter) => {
    if (failing !== null) throw failing;
    sent.push(letter);
  };
  return {
    context: operator,
    mailer: { send, close() {} },
    from: 'Touraine <donnees@example.org>',
    unsubscribePath: (id) => unsubscribePath(secret, id),
    site: async () => ({ name: 'Touraine', url: 'https://x.example', accountUrl: 'https://x.example/account' }),
  };
}

async function person(name: string, language: 'fr' | 'en' = 'fr'): Promise<string> {
  return provePerson(catalogue.db, { email: `${name.toLowerCase()}@example.org`, name, language });
}

async function give(personId: string, role: Role, organization: string | null = slug): Promise<void> {
  const author = { actor: 'operator', now: catalogue.now };
  await insertGrant(catalogue.db, { personId, role, organization, endsAt: grantEnd(catalogue.now) }, author);
}

async function member(name: string, role: OrganizationRole): Promise<string> {
  const id = await person(name);
  await give(id, role);
  return id;
}

async function as(id: string): Promise<Context> {
  return { ...operator, actor: { kind: 'person', id, grants: await grantsOf(catalogue.db, id, catalogue.now) } };
}

async function rhythm(id: string, wanted: string): Promise<void> {
  await sql`update person set rhythm = ${wanted} where id = ${id}`.execute(catalogue.db);
}

const published = (about: string, to: readonly string[]) =>
  ({ kind: 'dataset.published', params: { about, rows: 12 }, link: '/datasets/x', to, organization: slug }) as const;

test('what can wait is grouped into one letter a day, at 8 o’clock, in the person’s language', async () => {
  const ada = await person('Ada', 'en');
  await notify(operator, published('Trees of Tours', [ada]));
  await notify(operator, published('Bins of Tours', [ada]));
  expect(await sendDue(post())).toBe(0);
  catalogue.now = new Date('2026-01-15T07:00:00Z');
  expect(await sendDue(post())).toBe(1);
  expect(await sendDue(post())).toBe(0);
  const [letter] = sent;
  expect(letter?.to).toBe('ada@example.org');
  expect(letter?.subject).toBe('Touraine: 2 pieces of news for you');
  for (const words of [
    'Hello,',
    'Trees of Tours',
    'Bins of Tours',
    'https://x.example/datasets/x',
    'Stop all messages',
  ])
    expect(letter?.text).toContain(words);
  expect(letter?.html).toContain('<html lang="en">');
});

test('a letter alone begins with what it is about, and names who else was told', async () => {
  const [pilot, editor] = [await member('Karim', 'pilot'), await member('Sarah', 'editor')];
  await rhythm(pilot, 'instantly');
  await notify(operator, published('Arbres <b>', [pilot, editor, pilot]));
  expect(await sendDue(post())).toBe(1);
  expect(sent[0]?.subject).toBe('Arbres <b> : c’est en ligne');
  expect(sent[0]?.text).toContain('Ont aussi reçu ce message : Sarah (éditeur ou éditrice).');
  expect(sent[0]?.html).toContain('Arbres &lt;b&gt;');
  expect(sent[0]?.html).not.toContain('<b>');
});

test('whoever does something is not told of it; whoever wants nothing gets nothing', async () => {
  const [pilot, editor] = [await member('Karim', 'pilot'), await member('Sarah', 'editor')];
  await rhythm(editor, 'never');
  await notify(await as(pilot), published('Arbres', [pilot, editor]));
  catalogue.now = new Date('2026-02-01T12:00:00Z');
  expect(await sendDue(post())).toBe(0);
});

test('what is urgent leaves at once, but not at night', async () => {
  const pilot = await member('Karim', 'pilot');
  catalogue.now = new Date('2026-01-14T21:30:00Z');
  const urgent = { kind: 'deposit.approvalAsked', params: { about: 'Arbres', by: 'Sarah' }, link: '/desk' } as const;
  await notify(operator, { ...urgent, to: [pilot] });
  expect(await sendDue(post())).toBe(0);
  catalogue.now = new Date('2026-01-15T06:00:00Z');
  expect(await sendDue(post())).toBe(1);
});

test('a letter that does not leave is tried again; an address that nobody knows is told to its organization', async () => {
  const pilot = await member('Karim', 'pilot');
  await rhythm(pilot, 'instantly');
  await notify(operator, published('Arbres', [pilot]));
  failing = new MailRefused('451', false);
  expect(await sendDue(post())).toBe(0);
  failing = null;
  expect(await sendDue(post())).toBe(0);
  catalogue.now = new Date(catalogue.now.getTime() + 60_000);
  expect(await sendDue(post())).toBe(1);

  await notify(operator, published('Bancs', [pilot]));
  failing = new MailRefused('550', true);
  await sendDue(post());
  expect((await getOrganizationPeople(operator, slug)).members[0]?.bounced).toBe(true);
  failing = null;
  catalogue.now = new Date(catalogue.now.getTime() + 86_400_000);
  expect(await sendDue(post())).toBe(0);
});

test('two processes never send the same letter', async () => {
  const ids = await Promise.all(['Ada', 'Bea', 'Cid', 'Dan'].map((name) => person(name)));
  for (const id of ids) await rhythm(id, 'instantly');
  await notify(operator, published('Arbres', ids));
  const counts = await Promise.all([sendDue(post()), sendDue(post()), sendDue(post())]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(new Set(sent.map((letter) => letter.to)).size).toBe(4);
});

test('the link that stops letters is each person’s own', async () => {
  const [ada, bea] = [await person('Ada'), await person('Bea')];
  const sign = new URL(unsubscribePath(secret, ada), 'https://x.example').searchParams.get('sign') ?? '';
  expect(() => mustBeSigned(secret, bea, sign)).toThrow(expect.objectContaining({ code: 'link.invalid' }));
  expect(() => mustBeSigned('another', ada, sign)).toThrow(expect.objectContaining({ code: 'link.invalid' }));
  await notify(operator, published('Arbres', [ada, bea]));
  await unsubscribe(operator, secret, ada, sign);
  catalogue.now = new Date('2026-01-15T08:00:00Z');
  await sendDue(post());
  expect(sent.map((letter) => letter.to)).toEqual(['bea@example.org']);
});

test('an invitation’s letter opens its door; what it held is forgotten once it has left', async () => {
  const pilot = await member('Karim', 'pilot');
  await invite(await as(pilot), slug, { email: 'new@example.org', role: 'editor', language: 'en' });
  expect(await sendDue(post())).toBe(1);
  const token = /\/invitations\/([\w-]+)/.exec(sent[0]?.text ?? '')?.[1] ?? '';
  expect(sent[0]?.subject).toBe('Ville de Tours: you are invited to publish its data');
  const { rows } = await sql`select 1 from message where link is not null or params <> '{}'`.execute(catalogue.db);
  expect(rows).toEqual([]);
  const { rows: kept } = await sql`select 1 from joining where token_sha256 = ${token}`.execute(catalogue.db);
  expect(kept).toEqual([]);
  catalogue.now = new Date(catalogue.now.getTime() + 15 * 86_400_000);
  await expect(acceptInvitation(catalogue.anyone, token, { name: 'New', language: 'fr' })).rejects.toMatchObject({
    code: 'link.invalid',
  });
});

test('whoever proves an address takes it over from whoever only claimed it', async () => {
  await sql`insert into person (name, email, email_verified) values ('Eve', 'mairie@example.org', false)`.execute(
    catalogue.db,
  );
  await sql`insert into person_credential (person_id, account_id, provider_id, password)
    select id, id::text, 'credential', 'hash' from person`.execute(catalogue.db);
  await provePerson(catalogue.db, { email: 'mairie@example.org', name: 'La mairie', language: 'fr' });
  const { rows } = await sql`select 1 from person_credential`.execute(catalogue.db);
  expect(rows).toEqual([]);
});

test('a role that ends is told a month before, once, then makes a sheet; the last one leaves what is published', async () => {
  const pilot = await member('Karim', 'pilot');
  const id = await catalogue.create({ title: 'Arbres' });
  catalogue.now = new Date('2026-12-20T09:00:00Z');
  await remindEndingGrants(operator);
  await remindEndingGrants(operator);
  catalogue.now = new Date('2026-12-21T09:00:00Z');
  await sendDue(post());
  expect(sent.map((letter) => letter.subject)).toEqual(['Ville de Tours : un rôle arrive à son terme']);
  catalogue.now = new Date('2027-01-15T09:00:00Z');
  await endDueGrants(operator);
  const { members, handovers } = await getOrganizationPeople(operator, slug);
  expect(members).toEqual([]);
  expect(handovers.map((one) => one.personName)).toEqual(['Karim']);
  const sheet = await getHandover(operator, slug, handovers[0]?.id ?? '');
  expect(sheet).toMatchObject({ reason: 'ended', role: 'pilot', successor: null });
  expect(sheet.sheet.datasets.map((one) => [one.id, one.state])).toEqual([[id, 'published']]);
  expect(await grantsOf(catalogue.db, pilot, catalogue.now)).toEqual([]);
  await endDueGrants(operator);
  expect((await getOrganizationPeople(operator, slug)).handovers).toHaveLength(1);
});

test('who was removed has no door left; keys they made stay, and the sheet says to replace them', async () => {
  const [pilot, editor] = [await member('Karim', 'pilot'), await member('Sarah', 'editor')];
  const made = await createKey(await as(editor), slug, { name: 'SIG', scopes: ['deposit'], days: 365 });
  const token = await insertSession(catalogue.db, {
    personId: editor,
    userAgent: null,
    now: catalogue.now,
    until: grantEnd(catalogue.now),
  });
  const { handoverId, successor } = await removeMember(await as(pilot), slug, editor);
  expect(successor).toBeNull();
  const { rows } = await sql`select 1 from person_session where token = ${token}`.execute(catalogue.db);
  expect(rows).toEqual([]);
  const { sheet } = await getHandover(operator, slug, handoverId);
  expect(sheet.keys).toMatchObject([{ name: 'SIG', toReplace: true }]);
  const how = { secret, secure: false, demo: false };
  const { actor } = await identify(catalogue.anyone, how, { authorization: `Apikey ${made.key}` });
  expect(actor).toMatchObject({ kind: 'key', organization: slug, scopes: ['deposit'] });
  await expect(leaveOrganization(await as(editor), slug)).rejects.toMatchObject({ code: 'grant.unknown' });
});

test('a sheet gathers what was begun, what comes by itself, and who can help', async () => {
  const pilot = await member('Karim', 'pilot');
  const deputy = await member('Elodie', 'deputy');
  const steward = await person('Claire');
  await give(steward, 'steward', null);
  await catalogue.create({ title: 'Arbres', frequency: 'ANNUAL' });
  await catalogue.create({ title: 'Bancs', publish: false });
  await sql`insert into desk_draft (organization, author, created_at, updated_at, said)
    values (${slug}, 'operator', now(), now(), '{"title": "Menus de mai"}')`.execute(catalogue.db);
  await sql`insert into link_source (dataset_id, url, rhythm, hour, publish, created_by, created_at, changed_at, next_at)
    values ('arbres', 'https://sig.example.org/arbres.csv', 'daily', 6, true, 'operator', now(), now(), now())`.execute(
    catalogue.db,
  );
  await invite(await as(pilot), slug, { email: 'new@example.org', role: 'editor', language: 'fr' });
  const { handoverId, successor } = await leaveOrganization(await as(pilot), slug);
  expect(successor).toBe('Elodie');
  const { sheet } = await getHandover(await as(deputy), slug, handoverId);
  expect(sheet.sources).toEqual([{ title: 'Arbres', host: 'sig.example.org' }]);
  expect(sheet.open).toEqual([
    { kind: 'invitation', what: 'new@example.org' },
    { kind: 'draft', what: 'Bancs' },
    { kind: 'deposit', what: 'Menus de mai' },
  ]);
  expect(sheet.contacts.map(({ name, role }) => [name, role])).toEqual([
    ['Elodie', 'pilot'],
    ['Claire', 'steward'],
  ]);
  // What comes by itself is the organization's: it goes on.
  const { rows } = await sql`select 1 from link_source where not paused`.execute(catalogue.db);
  expect(rows).toHaveLength(1);
});

test('a key works until its end, and only where its organization does', async () => {
  const { key } = await createKey(operator, slug, { name: 'SIG', scopes: ['publish', 'all'], days: 90 });
  const how = { secret, secure: false, demo: false };
  const ask = () => identify(catalogue.anyone, how, { authorization: `Bearer ${key}` });
  expect((await ask()).actor).toMatchObject({ scopes: ['publish'] });
  await changeMembership(operator, slug, 'suspended', 'Charte à revoir');
  await expect(ask()).rejects.toMatchObject({ code: 'key.unknown' });
  await changeMembership(operator, slug, 'active', '');
  expect((await listKeys(operator, slug)).keys[0]?.endsAt).toEqual(new Date('2026-04-14T09:00:00Z'));
  catalogue.now = new Date('2026-04-14T09:00:01Z');
  await expect(ask()).rejects.toMatchObject({ code: 'key.unknown' });
});

test('in an organization that is suspended, members only read', async () => {
  const pilot = await member('Karim', 'pilot');
  await changeMembership(operator, slug, 'suspended', 'Charte à revoir');
  expect(await grantsOf(catalogue.db, pilot, catalogue.now)).toEqual([{ role: 'reader', organization: slug }]);
});

test('the administrator’s link is told once, works for a day, and only an operator makes an operator', async () => {
  expect(await needsAdministrator(operator)).toBe(true);
  const { path } = await makeAdministratorLink(operator);
  expect(await needsAdministrator(operator)).toBe(false);
  const token = new URL(path, 'https://x.example').searchParams.get('token') ?? '';
  await checkAdministratorLink(catalogue.anyone, token);
  catalogue.now = new Date('2026-01-15T09:00:01Z');
  await expect(checkAdministratorLink(catalogue.anyone, token)).rejects.toMatchObject({ code: 'link.invalid' });
  await expect(makeAdministratorLink(catalogue.anyone)).rejects.toMatchObject({ code: 'permission.denied' });

  const [ada, bea] = [await person('Ada'), await person('Bea')];
  await give(ada, 'operator', null);
  await give(bea, 'steward', null);
  const steward = await as(bea);
  expect((await getTerritoryPeople(steward)).givable).not.toContain('operator');
  const wanted = { email: 'bea@example.org', role: 'operator' };
  await expect(giveTerritoryRole(steward, wanted)).rejects.toMatchObject({ code: 'permission.denied' });
  const { holders } = await getTerritoryPeople(steward);
  const last = holders.find((holder) => holder.role === 'operator')?.grantId ?? '';
  await expect(endTerritoryRole(steward, last)).rejects.toMatchObject({ code: 'permission.denied' });
  await expect(endTerritoryRole(await as(ada), last)).rejects.toMatchObject({ code: 'role.lastOperator' });
  await giveTerritoryRole(await as(ada), wanted);
  await endTerritoryRole(await as(ada), last);
  expect(await grantsOf(catalogue.db, ada, catalogue.now)).toEqual([]);
});

const character = {
  key: 'juriste',
  name: 'Paul',
  email: 'paul@demonstration.invalid',
  job: { fr: 'Juriste', en: 'Legal officer' },
  roles: [{ role: 'legalOfficer', organization: null }],
} as const;

/** What the territory says of itself: a demonstration, or a real one. */
async function territory(demo: string | null): Promise<void> {
  await sql`delete from territory`.execute(catalogue.db);
  await sql`insert into territory (name, kind, siren, source, demo) values ('T', 'metropole', '243700754', 'INSEE', ${demo})`.execute(
    catalogue.db,
  );
}

test('a character of the demonstration comes in there, and nowhere else, by no way', async () => {
  const doorsOf = (demo: boolean) =>
    openDoors(catalogue.anyone, {
      publicUrl: 'http://localhost:3000',
      secret,
      oidc: null,
      demo,
      demoPeople: [character],
      mailFolder: null,
      siteName: async () => 'T',
      wakePost() {},
    });
  await territory(null);
  await installDemoPeople(operator, [character]);
  expect((await sql`select 1 from person`.execute(catalogue.db)).rows).toEqual([]);

  await territory('installed');
  await installDemoPeople(operator, [character]);
  await installDemoPeople(operator, [character]);
  const { cookies } = await enterAsDemoPerson(catalogue.anyone, doorsOf(true), 'juriste', null);
  const cookie = cookies[0]?.split(';')[0] ?? '';
  const come = async (demo: boolean) =>
    (await identify(catalogue.anyone, { secret, secure: false, demo }, { cookie })).actor.kind;
  expect(await come(true)).toBe('person');

  // A person of flesh is no character, whatever is asked.
  await person('Ada');
  for (const key of ['Ada', 'ada@example.org', '', 'nobody'])
    await expect(enterAsDemoPerson(catalogue.anyone, doorsOf(true), key, null)).rejects.toMatchObject({
      code: 'page.unknown',
    });
  // The server was not started as one.
  await expect(enterAsDemoPerson(catalogue.anyone, doorsOf(false), 'juriste', null)).rejects.toMatchObject({
    code: 'page.unknown',
  });
  expect(await come(false)).toBe('anyone');
  // The territory is a real one now: also the session that was open is nobody's.
  await territory(null);
  await expect(enterAsDemoPerson(catalogue.anyone, doorsOf(true), 'juriste', null)).rejects.toMatchObject({
    code: 'page.unknown',
  });
  expect(await come(true)).toBe('anyone');
});

test('an account that nobody uses is warned, then erased; roles, visits and characters keep theirs', async () => {
  const silent = await person('Silent');
  const back = await person('Back');
  const holder = await member('Holder', 'pilot');
  await sql`update person set created_at = ${catalogue.now}, rhythm = 'never'`.execute(catalogue.db);
  await sql`update person set demo = 'x' where id = ${await person('Character')}`.execute(catalogue.db);
  const at = (days: number) => {
    catalogue.now = new Date(new Date('2026-01-14T09:00:00Z').getTime() + days * 86_400_000);
  };
  at(330);
  await warnSilentPeople(operator);
  expect(await sendDue(post())).toBe(0);
  at(336);
  await sql`update role_grant set ends_at = '2100-01-01'`.execute(catalogue.db);
  await warnSilentPeople(operator);
  await warnSilentPeople(operator);
  expect(await sendDue(post())).toBe(2);
  expect(sent[0]?.subject).toContain('votre compte va s’effacer');
  await sql`update person set seen_at = ${catalogue.now} where id = ${back}`.execute(catalogue.db);
  at(350);
  await eraseSilentPeople(operator);
  at(366);
  await eraseSilentPeople(operator);
  const { rows } = await sql<{ id: string }>`select id from person`.execute(catalogue.db);
  const left = rows.map((row) => row.id);
  expect(left).not.toContain(silent);
  expect(left).toEqual(expect.arrayContaining([back, holder]));
  expect(left).toHaveLength(3);
});

test('a session ends by itself after thirty days', async () => {
  const ada = await person('Ada');
  const until = new Date('2026-02-13T09:00:00Z');
  const token = await insertSession(catalogue.db, { personId: ada, userAgent: null, now: catalogue.now, until });
  const cookie = sessionCookie(token, secret, { secure: false, seconds: 60 });
  const how = { secret, secure: false, demo: false };
  expect((await identify(catalogue.anyone, how, { cookie })).person?.name).toBe('Ada');
  catalogue.now = until;
  expect((await identify(catalogue.anyone, how, { cookie })).actor.kind).toBe('anyone');
});
