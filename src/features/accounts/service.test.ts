// People on a real database with a clock to move: ends of roles, departures, keys, the administrator, the demonstration's doors.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { secret, slug, usePeople } from '../../../test/people.ts';
import { eraseSilentPeople, warnSilentPeople } from './inactivity.ts';
import { createKey, listKeys } from './keys.ts';
import { endDueGrants, getHandover, leaveOrganization, remindEndingGrants, removeMember } from './leaving.ts';
import { changeMembership, getOrganizationPeople, invite } from './members.ts';
import { grantsOf, insertSession, provePerson } from './person-queries.ts';
import { sendDue } from './post.ts';
import { grantEnd } from './rules.ts';
import { identify, installDemoPeople, makeAdministratorLink, needsAdministrator } from './service.ts';
import { checkAdministratorLink, enterAsDemoPerson, openDoors } from './sign-in.ts';
import { endTerritoryRole, getTerritoryPeople, giveTerritoryRole } from './territory-people.ts';
import { sessionCookie } from './tokens.ts';

const people = usePeople();

test('whoever proves an address takes it over from whoever only claimed it', async () => {
  await sql`insert into person (name, email, email_verified) values ('Eve', 'mairie@example.org', false)`.execute(
    people.catalogue.db,
  );
  await sql`insert into person_credential (person_id, account_id, provider_id, password)
    select id, id::text, 'credential', 'hash' from person`.execute(people.catalogue.db);
  await provePerson(people.catalogue.db, { email: 'mairie@example.org', name: 'La mairie', language: 'fr' });
  const { rows } = await sql`select 1 from person_credential`.execute(people.catalogue.db);
  expect(rows).toEqual([]);
});

test('a role that ends is told a month before, once, then makes a sheet; the last one leaves what is published', async () => {
  const pilot = await people.member('Karim', 'pilot');
  const id = await people.catalogue.create({ title: 'Arbres' });
  people.catalogue.now = new Date('2026-12-20T09:00:00Z');
  await remindEndingGrants(people.operator);
  await remindEndingGrants(people.operator);
  people.catalogue.now = new Date('2026-12-21T09:00:00Z');
  await sendDue(people.post());
  expect(people.sent.map((letter) => letter.subject)).toEqual(['Ville de Tours : un rôle arrive à son terme']);
  people.catalogue.now = new Date('2027-01-15T09:00:00Z');
  await endDueGrants(people.operator);
  const { members, handovers } = await getOrganizationPeople(people.operator, slug);
  expect(members).toEqual([]);
  expect(handovers.map((one) => one.personName)).toEqual(['Karim']);
  const sheet = await getHandover(people.operator, slug, handovers[0]?.id ?? '');
  expect(sheet).toMatchObject({ reason: 'ended', role: 'pilot', successor: null });
  expect(sheet.sheet.datasets.map((one) => [one.id, one.state])).toEqual([[id, 'published']]);
  expect(await grantsOf(people.catalogue.db, pilot, people.catalogue.now)).toEqual([]);
  await endDueGrants(people.operator);
  expect((await getOrganizationPeople(people.operator, slug)).handovers).toHaveLength(1);
});

test('who was removed has no door left; keys they made stay, and the sheet says to replace them', async () => {
  const [pilot, editor] = [await people.member('Karim', 'pilot'), await people.member('Sarah', 'editor')];
  const made = await createKey(await people.as(editor), slug, { name: 'SIG', scopes: ['deposit'], days: 365 });
  const token = await insertSession(people.catalogue.db, {
    personId: editor,
    userAgent: null,
    now: people.catalogue.now,
    until: grantEnd(people.catalogue.now),
  });
  const { handoverId, successor } = await removeMember(await people.as(pilot), slug, editor);
  expect(successor).toBeNull();
  const { rows } = await sql`select 1 from person_session where token = ${token}`.execute(people.catalogue.db);
  expect(rows).toEqual([]);
  const { sheet } = await getHandover(people.operator, slug, handoverId);
  expect(sheet.keys).toMatchObject([{ name: 'SIG', toReplace: true }]);
  const how = { secret, secure: false, demo: false };
  const { actor } = await identify(people.anyone, how, { authorization: `Apikey ${made.key}` });
  expect(actor).toMatchObject({ kind: 'key', organization: slug, scopes: ['deposit'] });
  await expect(leaveOrganization(await people.as(editor), slug)).rejects.toMatchObject({ code: 'grant.unknown' });
});

test('a sheet gathers what was begun, what comes by itself, and who can help', async () => {
  const pilot = await people.member('Karim', 'pilot');
  const deputy = await people.member('Elodie', 'deputy');
  const steward = await people.person('Claire');
  await people.give(steward, 'steward', null);
  await people.catalogue.create({ title: 'Arbres', frequency: 'ANNUAL' });
  await people.catalogue.create({ title: 'Bancs', publish: false });
  await sql`insert into desk_draft (organization, author, created_at, updated_at, said)
    values (${slug}, 'operator', now(), now(), '{"title": "Menus de mai"}')`.execute(people.catalogue.db);
  await sql`insert into link_source (dataset_id, url, rhythm, hour, publish, created_by, created_at, changed_at, next_at)
    values ('arbres', 'https://sig.example.org/arbres.csv', 'daily', 6, true, 'operator', now(), now(), now())`.execute(
    people.catalogue.db,
  );
  await invite(await people.as(pilot), slug, { email: 'new@example.org', role: 'editor', language: 'fr' });
  const { handoverId, successor } = await leaveOrganization(await people.as(pilot), slug);
  expect(successor).toBe('Elodie');
  const { sheet } = await getHandover(await people.as(deputy), slug, handoverId);
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
  const { rows } = await sql`select 1 from link_source where not paused`.execute(people.catalogue.db);
  expect(rows).toHaveLength(1);
});

test('a key works until its end, and only where its organization does', async () => {
  const { key } = await createKey(people.operator, slug, { name: 'SIG', scopes: ['publish', 'all'], days: 90 });
  const how = { secret, secure: false, demo: false };
  const ask = () => identify(people.anyone, how, { authorization: `Bearer ${key}` });
  expect((await ask()).actor).toMatchObject({ scopes: ['publish'] });
  await changeMembership(people.operator, slug, 'suspended', 'Charte à revoir');
  await expect(ask()).rejects.toMatchObject({ code: 'key.unknown' });
  await changeMembership(people.operator, slug, 'active', '');
  expect((await listKeys(people.operator, slug)).keys[0]?.endsAt).toEqual(new Date('2026-04-14T09:00:00Z'));
  people.catalogue.now = new Date('2026-04-14T09:00:01Z');
  await expect(ask()).rejects.toMatchObject({ code: 'key.unknown' });
});

test('in an organization that is suspended, members only read', async () => {
  const pilot = await people.member('Karim', 'pilot');
  await changeMembership(people.operator, slug, 'suspended', 'Charte à revoir');
  expect(await grantsOf(people.catalogue.db, pilot, people.catalogue.now)).toEqual([
    { role: 'reader', organization: slug },
  ]);
});

test('the administrator’s link is told once, works for a day, and only an people.operator makes an operator', async () => {
  expect(await needsAdministrator(people.operator)).toBe(true);
  const { path } = await makeAdministratorLink(people.operator);
  expect(await needsAdministrator(people.operator)).toBe(false);
  const token = new URL(path, 'https://x.example').searchParams.get('token') ?? '';
  await checkAdministratorLink(people.anyone, token);
  people.catalogue.now = new Date('2026-01-15T09:00:01Z');
  await expect(checkAdministratorLink(people.anyone, token)).rejects.toMatchObject({ code: 'link.invalid' });
  await expect(makeAdministratorLink(people.anyone)).rejects.toMatchObject({ code: 'permission.denied' });

  const [ada, bea] = [await people.person('Ada'), await people.person('Bea')];
  await people.give(ada, 'operator', null);
  await people.give(bea, 'steward', null);
  const steward = await people.as(bea);
  expect((await getTerritoryPeople(steward)).givable).not.toContain('operator');
  const wanted = { email: 'bea@example.org', role: 'operator' };
  await expect(giveTerritoryRole(steward, wanted)).rejects.toMatchObject({ code: 'permission.denied' });
  const { holders } = await getTerritoryPeople(steward);
  const last = holders.find((holder) => holder.role === 'operator')?.grantId ?? '';
  await expect(endTerritoryRole(steward, last)).rejects.toMatchObject({ code: 'permission.denied' });
  await expect(endTerritoryRole(await people.as(ada), last)).rejects.toMatchObject({ code: 'role.lastOperator' });
  await giveTerritoryRole(await people.as(ada), wanted);
  await endTerritoryRole(await people.as(ada), last);
  expect(await grantsOf(people.catalogue.db, ada, people.catalogue.now)).toEqual([]);
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
  await sql`delete from territory`.execute(people.catalogue.db);
  await sql`insert into territory (name, kind, siren, source, demo) values ('T', 'metropole', '243700754', 'INSEE', ${demo})`.execute(
    people.catalogue.db,
  );
}

test('a character of the demonstration comes in there, and nowhere else, by no way', async () => {
  const doorsOf = (demo: boolean) =>
    openDoors(people.anyone, {
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
  await installDemoPeople(people.operator, [character]);
  expect((await sql`select 1 from person`.execute(people.catalogue.db)).rows).toEqual([]);

  await territory('installed');
  await installDemoPeople(people.operator, [character]);
  await installDemoPeople(people.operator, [character]);
  const { cookies } = await enterAsDemoPerson(people.anyone, doorsOf(true), 'juriste', null);
  const cookie = cookies[0]?.split(';')[0] ?? '';
  const come = async (demo: boolean) =>
    (await identify(people.anyone, { secret, secure: false, demo }, { cookie })).actor.kind;
  expect(await come(true)).toBe('person');

  // A person of flesh is no character, whatever is asked.
  await people.person('Ada');
  for (const key of ['Ada', 'ada@example.org', '', 'nobody'])
    await expect(enterAsDemoPerson(people.anyone, doorsOf(true), key, null)).rejects.toMatchObject({
      code: 'page.unknown',
    });
  // The server was not started as one.
  await expect(enterAsDemoPerson(people.anyone, doorsOf(false), 'juriste', null)).rejects.toMatchObject({
    code: 'page.unknown',
  });
  expect(await come(false)).toBe('anyone');
  // The territory is a real one now: also the session that was open is nobody's.
  await territory(null);
  await expect(enterAsDemoPerson(people.anyone, doorsOf(true), 'juriste', null)).rejects.toMatchObject({
    code: 'page.unknown',
  });
  expect(await come(true)).toBe('anyone');
});

test('an account that nobody uses is warned, then erased; roles, visits and characters keep theirs', async () => {
  const silent = await people.person('Silent');
  const back = await people.person('Back');
  const holder = await people.member('Holder', 'pilot');
  await sql`update person set created_at = ${people.catalogue.now}, rhythm = 'never'`.execute(people.catalogue.db);
  await sql`update person set demo = 'x' where id = ${await people.person('Character')}`.execute(people.catalogue.db);
  const at = (days: number) => {
    people.catalogue.now = new Date(new Date('2026-01-14T09:00:00Z').getTime() + days * 86_400_000);
  };
  at(330);
  await warnSilentPeople(people.operator);
  expect(await sendDue(people.post())).toBe(0);
  at(336);
  await sql`update role_grant set ends_at = '2100-01-01'`.execute(people.catalogue.db);
  await warnSilentPeople(people.operator);
  await warnSilentPeople(people.operator);
  expect(await sendDue(people.post())).toBe(2);
  expect(people.sent[0]?.subject).toContain('votre compte va s’effacer');
  await sql`update person set seen_at = ${people.catalogue.now} where id = ${back}`.execute(people.catalogue.db);
  at(350);
  await eraseSilentPeople(people.operator);
  at(366);
  await eraseSilentPeople(people.operator);
  const { rows } = await sql<{ id: string }>`select id from person`.execute(people.catalogue.db);
  const left = rows.map((row) => row.id);
  expect(left).not.toContain(silent);
  expect(left).toEqual(expect.arrayContaining([back, holder]));
  expect(left).toHaveLength(3);
});

test('a session ends by itself after thirty days', async () => {
  const ada = await people.person('Ada');
  const until = new Date('2026-02-13T09:00:00Z');
  const token = await insertSession(people.catalogue.db, {
    personId: ada,
    userAgent: null,
    now: people.catalogue.now,
    until,
  });
  const cookie = sessionCookie(token, secret, { secure: false, seconds: 60 });
  const how = { secret, secure: false, demo: false };
  expect((await identify(people.anyone, how, { cookie })).person?.name).toBe('Ada');
  people.catalogue.now = until;
  expect((await identify(people.anyone, how, { cookie })).actor.kind).toBe('anyone');
});
