// Handover sheets: gathered from the tables of several rooms, changed in none but for the author who has left, and kept.
import { sql } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import type { OrganizationRole } from '../../model/permission.ts';
import { pendingJoinings } from './joining-queries.ts';
import { keysOf } from './key-queries.ts';
import { isUuid, type Session } from './member-queries.ts';
import type { Handover, HandoverSheet } from './schemas.ts';

/** The sheet of an organization as things stand. `leaving` is who leaves, as `actorName` says. */
export async function gatherSheet(
  db: Session,
  organization: string,
  leaving: { readonly actor: string; readonly personId: string },
  now: Date,
): Promise<HandoverSheet> {
  const datasets = await db
    .selectFrom('dataset as d')
    .leftJoin('version as v', (join) => join.onRef('v.dataset_id', '=', 'd.id').onRef('v.number', '=', 'd.version'))
    .select(['d.id', 'd.title', 'd.state', 'd.frequency', 'v.created_at', 'd.due_at', 'd.overdue_at'])
    .where('d.organization', '=', organization)
    .where('d.state', '<>', 'withdrawn')
    .orderBy(sql`d.due_at nulls last`)
    .orderBy('d.title')
    .execute();
  const contacts = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select(['p.name', 'p.email', 'g.role'])
    .where((eb) => eb.or([eb('g.organization', '=', organization), eb('g.role', 'in', ['steward', 'legalOfficer'])]))
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .where('g.person_id', '<>', leaving.personId)
    .orderBy('g.organization')
    .orderBy('g.given_at')
    .execute();
  const readings = await db
    .selectFrom('second_reading as r')
    .innerJoin('dataset as d', 'd.id', 'r.dataset_id')
    .select('d.title')
    .where('d.organization', '=', organization)
    .where('r.state', '=', 'waiting')
    .execute();
  const drafts = await sql<{ title: string | null; file: string | null }>`
    select d.said->>'title' as title, f.file_name as file from desk_draft as d left join deposit as f on f.id = d.deposit_id
    where d.organization = ${organization} and d.state = 'draft' order by d.updated_at desc`.execute(db);
  const reviews = await sql<{ title: string }>`
    select title from opening_review where organization = ${organization} and state <> 'decided' order by created_at`.execute(
    db,
  );
  const sources = await sql<{ title: string; url: string }>`
    select d.title, s.url from link_source as s join dataset as d on d.id = s.dataset_id
    where d.organization = ${organization} and not s.paused order by d.title`.execute(db);
  const keys = await keysOf(db, organization);
  const joinings = await pendingJoinings(db, { organization }, now);
  return {
    datasets: datasets.map((row) => ({
      id: row.id,
      title: row.title,
      state: row.state === 'draft' ? 'draft' : 'published',
      frequency: row.frequency,
      lastUpdate: row.created_at,
      dueAt: row.due_at,
      late: row.overdue_at !== null && row.overdue_at <= now,
    })),
    sources: sources.rows.map(({ title, url }) => ({ title, host: URL.parse(url)?.host ?? url })),
    contacts: contacts.map(({ name, email, role }) => ({ name: name === '' ? email : name, email, role })),
    keys: keys
      .filter((key) => key.revokedAt === null)
      .map(({ name, prefix, lastUsedAt, createdBy }) => ({
        name,
        prefix,
        lastUsedAt,
        toReplace: createdBy === leaving.actor,
      })),
    open: [
      ...joinings.map(({ kind, name, email }) => ({ kind, what: name ?? email })),
      ...datasets.filter((row) => row.state === 'draft').map((row) => ({ kind: 'draft' as const, what: row.title })),
      ...drafts.rows.map(({ title, file }) => ({ kind: 'deposit' as const, what: title || file || '…' })),
      ...readings.map((row) => ({ kind: 'reading' as const, what: row.title })),
      ...reviews.rows.map((row) => ({ kind: 'review' as const, what: row.title })),
    ],
  };
}

/** What a person made becomes the organization's, so that the next depositor may go on with it. */
export async function forgetAuthor(db: Session, organization: string, actor: string): Promise<void> {
  await db
    .updateTable('dataset')
    .set({ author: null })
    .where('organization', '=', organization)
    .where('author', '=', actor)
    .execute();
}

export async function insertHandover(
  db: Session,
  handover: {
    readonly organization: string;
    readonly personId: string;
    readonly personName: string;
    readonly role: OrganizationRole;
    readonly reason: 'left' | 'ended' | 'removed';
    readonly successor: string | null;
    readonly sheet: HandoverSheet;
  },
  now: Date,
): Promise<string> {
  const { id } = await db
    .insertInto('handover')
    .values({
      organization: handover.organization,
      person_id: handover.personId,
      person_name: handover.personName,
      role: handover.role,
      reason: handover.reason,
      successor: handover.successor,
      made_at: now,
      sheet: JSON.stringify(handover.sheet),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function handoversOf(db: Session, organization: string) {
  const rows = await db
    .selectFrom('handover')
    .select(['id', 'person_name', 'made_at'])
    .where('organization', '=', organization)
    .orderBy('made_at', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({ id: row.id, personName: row.person_name, madeAt: row.made_at }));
}

/** @throws TerroirError handover.unknown */
export async function handoverById(db: Session, organization: string, id: string): Promise<Handover> {
  const row = isUuid(id)
    ? await db
        .selectFrom('handover as h')
        .innerJoin('organization as o', 'o.slug', 'h.organization')
        .selectAll('h')
        .select('o.name')
        .where('h.id', '=', id)
        .where('h.organization', '=', organization)
        .executeTakeFirst()
    : undefined;
  if (row === undefined) throw new TerroirError('handover.unknown');
  return {
    id: row.id,
    organization: { slug: row.organization, name: row.name },
    personName: row.person_name,
    role: row.role,
    reason: row.reason,
    successor: row.successor,
    madeAt: row.made_at,
    sheet: row.sheet as unknown as HandoverSheet,
  };
}
