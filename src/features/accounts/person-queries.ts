// Reading and writing people: who a session is, what they may do, their account, attempts to come in.
import { sql } from 'kysely';
import type { Language } from '../../model/language.ts';
import type { Rhythm } from '../../model/people.ts';
import type { Grant, KeyScope, Role } from '../../model/permission.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { mayWork } from './rules.ts';
import type { GrantFacts } from './schemas.ts';
import { makeToken } from './tokens.ts';

export type SessionPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly demo: string | null;
  readonly seenAt: Date | null;
  readonly sessionId: string;
  readonly openedAt: Date;
};

/** Whose session it is; null when there is no such session, or it is over. */
export async function sessionPerson(db: Metadata, token: string, now: Date): Promise<SessionPerson | null> {
  const row = await db
    .selectFrom('person_session as s')
    .innerJoin('person as p', 'p.id', 's.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.language', 'p.demo', 'p.seen_at', 's.id as session', 's.created_at'])
    .where('s.token', '=', token)
    .where('s.expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, name, email, language, demo } = row;
  return { id, name, email, language, demo, seenAt: row.seen_at, sessionId: row.session, openedAt: row.created_at };
}

/** What a person may do today. In an organization that is suspended or gone, whoever worked may still read. */
export async function grantsOf(db: Metadata, personId: string, now: Date): Promise<readonly Grant[]> {
  const rows = await db
    .selectFrom('role_grant as g')
    .leftJoin('organization as o', 'o.slug', 'g.organization')
    .select(['g.role', 'g.organization', 'o.membership'])
    .where('g.person_id', '=', personId)
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .execute();
  return rows.map(({ role, organization, membership }) => {
    const works = membership === null || mayWork(membership);
    return { role: works ? role : 'reader', organization } as Grant;
  });
}

/** The key that a program showed, and its organization when it works today. */
export async function keyByHash(
  db: Metadata,
  hash: string,
  now: Date,
): Promise<{ readonly id: string; readonly organization: string; readonly scopes: readonly KeyScope[] } | null> {
  const row = await db
    .selectFrom('api_key as k')
    .innerJoin('organization as o', 'o.slug', 'k.organization')
    .select(['k.id', 'k.organization', 'k.scopes', 'k.last_used_at', 'o.membership'])
    .where('k.sha256', '=', hash)
    .where('k.revoked_at', 'is', null)
    .where('k.ends_at', '>', now)
    .executeTakeFirst();
  if (row === undefined || !mayWork(row.membership)) return null;
  // The day of use is enough, and one write an hour.
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > 3_600_000)
    await db.updateTable('api_key').set({ last_used_at: now }).where('id', '=', row.id).execute();
  return { id: row.id, organization: row.organization, scopes: row.scopes };
}

export async function markSeen(db: Metadata, personId: string, now: Date): Promise<void> {
  await db.updateTable('person').set({ seen_at: now }).where('id', '=', personId).execute();
}

export async function personById(db: Metadata, id: string) {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'email_verified', 'language', 'rhythm', 'demo'])
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function personByEmail(db: Metadata, email: string) {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'email_verified', 'language', 'rhythm', 'demo'])
    .where('email', '=', email)
    .executeTakeFirst();
}

export async function demoPersonId(db: Metadata, key: string): Promise<string | null> {
  const row = await db.selectFrom('person').select('id').where('demo', '=', key).executeTakeFirst();
  return row?.id ?? null;
}

/**
 * The person who has just shown that they read the mail of an address: found or made. Whatever was tied to the account
 * before anyone had shown that (a session, a password, a passkey) was not theirs, and goes.
 */
export async function provePerson(
  db: Metadata,
  who: { readonly email: string; readonly name: string; readonly language: Language; readonly demo?: string },
): Promise<string> {
  return db.transaction().execute(async (session) => {
    const made = await session
      .insertInto('person')
      .values({ ...who, demo: who.demo ?? null, email_verified: true })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made !== undefined) return made.id;
    const known = await session
      .selectFrom('person')
      .select(['id', 'name', 'email_verified'])
      .where('email', '=', who.email)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (!known.email_verified) {
      await session.deleteFrom('person_session').where('person_id', '=', known.id).execute();
      await session.deleteFrom('person_credential').where('person_id', '=', known.id).execute();
      await session.deleteFrom('person_passkey').where('person_id', '=', known.id).execute();
    }
    const name = known.name === '' ? who.name : known.name;
    await session.updateTable('person').set({ email_verified: true, name }).where('id', '=', known.id).execute();
    return known.id;
  });
}

/** @returns the session's token. */
export async function insertSession(
  db: Metadata,
  session: { readonly personId: string; readonly userAgent: string | null; readonly now: Date; readonly until: Date },
): Promise<string> {
  const token = makeToken();
  await db
    .insertInto('person_session')
    .values({
      token,
      person_id: session.personId,
      expires_at: session.until,
      created_at: session.now,
      updated_at: session.now,
      ip_address: null,
      user_agent: session.userAgent?.slice(0, 300) ?? null,
    })
    .execute();
  return token;
}

/** Ends sessions of a person: one, or all but one. */
export async function deleteSessions(
  db: Metadata,
  personId: string,
  which: { readonly only: string } | { readonly except: string | null },
): Promise<void> {
  let query = db.deleteFrom('person_session').where('person_id', '=', personId);
  if ('only' in which) query = query.where('id', '=', which.only);
  else if (which.except !== null) query = query.where('id', '<>', which.except);
  await query.execute();
}

export async function accountFacts(db: Metadata, personId: string, now: Date) {
  const [sessions, passkeys, credentials, grants] = await Promise.all([
    db
      .selectFrom('person_session')
      .select(['id', 'created_at', 'user_agent'])
      .where('person_id', '=', personId)
      .where('expires_at', '>', now)
      .orderBy('created_at', 'desc')
      .execute(),
    db
      .selectFrom('person_passkey')
      .select(['id', 'name', 'created_at'])
      .where('person_id', '=', personId)
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('person_credential')
      .select(['provider_id', sql<boolean>`password is not null`.as('has_password')])
      .where('person_id', '=', personId)
      .execute(),
    personGrants(db, personId, now),
  ]);
  return { sessions, passkeys, credentials, grants };
}

/** The roles that a person holds, those of organizations first, by name. */
export async function personGrants(db: Metadata, personId: string, now: Date): Promise<readonly GrantFacts[]> {
  const rows = await db
    .selectFrom('role_grant as g')
    .leftJoin('organization as o', 'o.slug', 'g.organization')
    .select(['g.id', 'g.role', 'o.slug', 'o.name', 'g.given_at', 'g.ends_at'])
    .where('g.person_id', '=', personId)
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .orderBy(sql`o.name nulls last`)
    .orderBy('g.given_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    organization: row.slug === null || row.name === null ? null : { slug: row.slug, name: row.name },
    givenAt: row.given_at,
    endsAt: row.ends_at,
  }));
}

export async function updatePerson(
  db: Metadata,
  id: string,
  changes: { readonly name?: string; readonly language?: Language; readonly rhythm?: Rhythm },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.updateTable('person').set(changes).where('id', '=', id).execute();
}

export async function deletePasskey(db: Metadata, personId: string, id: string): Promise<void> {
  await db.deleteFrom('person_passkey').where('person_id', '=', personId).where('id', '=', id).execute();
}

export async function deletePassword(db: Metadata, personId: string): Promise<void> {
  await db
    .deleteFrom('person_credential')
    .where('person_id', '=', personId)
    .where('provider_id', '=', 'credential')
    .execute();
}

/** Real people without a role who have not come since a day, and when they were last told so by a message of that kind. */
export async function silentPeople(
  db: Metadata,
  { before, kind, now }: { readonly before: Date; readonly kind: string; readonly now: Date },
) {
  const { rows } = await sql<{ id: string; email: string; language: Language; warnedAt: Date | null }>`
    select p.id, p.email, p.language,
      (select max(m.created_at) from message as m where m.person_id = p.id and m.kind = ${kind}) as "warnedAt"
    from person as p
    where p.demo is null and coalesce(p.seen_at, p.created_at) < ${before} and not exists (
      select 1 from role_grant as g where g.person_id = p.id and g.ended_at is null and g.ends_at > ${now})
    order by p.id limit 500`.execute(db);
  return rows;
}

/** Erases a person; what refers to them forgets them, and sheets of handovers keep a first and last name alone. */
export async function deletePerson(db: Metadata, personId: string): Promise<void> {
  await db.deleteFrom('person').where('id', '=', personId).execute();
}

/** Everything by which a person comes in, but the mail of their address. */
export async function deleteCredentials(db: Metadata, personId: string): Promise<void> {
  for (const table of ['person_session', 'person_credential', 'person_passkey'] as const)
    await db.deleteFrom(table).where('person_id', '=', personId).execute();
}

/** The people who hold a role across organizations. */
export async function holdersOf(
  db: Metadata,
  role: Role,
  organization: string | null,
  now: Date,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select('person_id')
    .where('role', '=', role)
    .where('organization', organization === null ? 'is' : '=', organization)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .orderBy('given_at')
    .execute();
  return rows.map((row) => row.person_id);
}

/** The addresses of the real people who hold a role across organizations. */
export async function administratorEmails(db: Metadata, now: Date): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select('p.email')
    .where('g.organization', 'is', null)
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .where('p.demo', 'is', null)
    .execute();
  return rows.map((row) => row.email);
}

/** Whether a real person administers this platform. */
export async function hasAdministrator(db: Metadata, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select('g.id')
    .where('g.role', '=', 'operator')
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .where('p.demo', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
