// Destroying versions after a privacy incident: what goes, what stays and why; one transaction, then files until none is left.
import { sql } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import type { DatasetState } from '../../model/dataset.ts';
import type { DestroyedFile, KeptOriginal, Purge } from '../../model/purge.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { type Author, json, pointTo, type Session, writeEvent } from './publishing-queries.ts';
import { storable } from './storable.ts';

/** A deposit that takes longer than this was killed: what it received is nobody's. */
const depositSeconds = 3600;

export type PurgePlan = {
  /** The numbers asked for, and those that hold the same content because one was restored from the other. */
  readonly versions: readonly { readonly number: number; readonly key: string; readonly sha256: string }[];
  readonly originals: readonly { readonly version: number; readonly sha256: string; readonly bytes: number }[];
  readonly kept: readonly KeptOriginal[];
};

/**
 * What a purge would destroy now.
 * @param numbers the versions to destroy, null for all
 * @throws TerroirError dataset.unknown, version.unknown, purge.nothing
 */
export async function planPurge(
  db: Metadata | Session,
  id: string,
  numbers: readonly number[] | null,
  now: Date,
): Promise<PurgePlan> {
  const all = await db
    .selectFrom('version')
    .select(['number', 'key', 'file_sha256', 'file_bytes', 'restored_from', 'purge_id'])
    .where('dataset_id', '=', storable(id))
    .orderBy('number')
    .execute();
  for (const number of numbers ?? [])
    if (!all.some((v) => v.number === number)) throw new TerroirError('version.unknown', { id, version: number });
  const wanted = sameContent(all, new Set(numbers ?? all.map((v) => v.number)));
  const versions = all.filter((v) => wanted.has(v.number) && v.purge_id === null);
  if (versions.length === 0) throw new TerroirError('purge.nothing', { id });
  const hashes = [...new Set(versions.map((v) => v.file_sha256))];
  const users = await otherUsers(db, id, hashes, now);
  const firsts = hashes.map((sha256) => versions.find((v) => v.file_sha256 === sha256));
  const originals = firsts.flatMap((v) =>
    v === undefined ? [] : [{ version: v.number, sha256: v.file_sha256, bytes: Number(v.file_bytes) }],
  );
  return {
    versions: versions.map((v) => ({ number: v.number, key: v.key, sha256: v.file_sha256 })),
    originals: originals.filter(({ sha256 }) => !users.has(sha256)),
    kept: originals.flatMap(({ version, sha256 }) => {
      const usedBy = users.get(sha256);
      return usedBy === undefined ? [] : [{ version, sha256, usedBy }];
    }),
  };
}

/** A restored version holds what the other one holds: one does not go without the other. */
function sameContent(
  all: readonly { readonly number: number; readonly restored_from: number | null }[],
  wanted: ReadonlySet<number>,
): ReadonlySet<number> {
  const grown = new Set(wanted);
  for (const { number, restored_from } of all) {
    if (restored_from === null) continue;
    if (grown.has(number)) grown.add(restored_from);
    else if (grown.has(restored_from)) grown.add(number);
  }
  return grown.size === wanted.size ? grown : sameContent(all, grown);
}

/** The datasets that need an original, by its sha256; a deposit on its way may become one. */
async function otherUsers(
  db: Metadata | Session,
  id: string,
  hashes: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [versions, deposits] = await Promise.all([
    db
      .selectFrom('version')
      .select(['file_sha256', 'dataset_id'])
      .distinct()
      .where('file_sha256', 'in', hashes)
      .where('purge_id', 'is', null)
      .where('dataset_id', '<>', storable(id))
      .orderBy('dataset_id')
      .execute(),
    db
      .selectFrom('deposit')
      .select('file_sha256')
      .where('file_sha256', 'in', hashes)
      .where('state', '=', 'received')
      .where('created_at', '>', new Date(now.getTime() - depositSeconds * 1000))
      .execute(),
  ]);
  const users = new Map<string, string[]>(deposits.map((deposit) => [deposit.file_sha256, []]));
  for (const { file_sha256, dataset_id } of versions)
    users.set(file_sha256, [...(users.get(file_sha256) ?? []), dataset_id]);
  return users;
}

/**
 * Decides a purge: from the commit on, nobody is given anything of these versions. The dataset shows its newest version
 * left; a public one that has none left is withdrawn.
 * @param files what the folders of the versions hold
 * @throws TerroirError dataset.unknown, version.unknown, purge.nothing
 */
export async function insertPurge(
  db: Metadata,
  request: {
    readonly id: string;
    readonly numbers: readonly number[] | null;
    readonly reason: string;
    readonly files: readonly DestroyedFile[];
  },
  author: Author,
): Promise<Purge> {
  const { id, reason } = request;
  return db.transaction().execute(async (session) => {
    // One at a time: two that share an original would each leave it to the other.
    await sql`select pg_advisory_xact_lock(hashtext('terroir.purge'))`.execute(session);
    const dataset = await session
      .selectFrom('dataset')
      .select(['id', 'state', 'frequency', 'version'])
      .where('id', '=', storable(id))
      .forUpdate()
      .executeTakeFirst();
    if (dataset === undefined) throw new TerroirError('dataset.unknown', { id });
    const foreseen = await planPurge(session, id, request.numbers, author.now);
    await endDraftsOf(session, [...new Set(foreseen.versions.map((v) => v.sha256))], author.now);
    const plan = await planPurge(session, id, request.numbers, author.now);
    const numbers = plan.versions.map((v) => v.number);
    const destroyed: readonly DestroyedFile[] = [
      ...plan.originals.map((original) => ({ ...original, what: 'original' as const })),
      ...request.files.filter((file) => numbers.includes(file.version)),
    ];
    const row = await session
      .insertInto('purge')
      .values({
        dataset_id: dataset.id,
        versions: numbers,
        reason: storable(reason),
        actor: author.actor,
        at: author.now,
        destroyed: json(destroyed),
        kept: json(plan.kept),
        folders: plan.versions.map((v) => v.key),
        originals: plan.originals.map((original) => original.sha256),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await eraseContent(session, dataset.id, numbers, row.id);
    await session
      .updateTable('second_reading')
      .set({ state: 'returned', decided_by: author.actor, decided_at: author.now, reason: storable(reason) })
      .where('dataset_id', '=', dataset.id)
      .where('version_number', 'in', numbers)
      .where('state', '=', 'waiting')
      .execute();
    await writeEvent(session, dataset.id, 'purged', author, { versions: numbers, reason, purge: row.id });
    if (dataset.version !== null && numbers.includes(dataset.version))
      await showAnother(session, dataset, reason, author);
    return toPurge(row);
  });
}

async function eraseContent(session: Session, id: string, numbers: readonly number[], purge: string): Promise<void> {
  await session
    .updateTable('version')
    .set({
      purge_id: purge,
      file_name: '',
      fields: '[]',
      profiles: '[]',
      geometry: null,
      problems: '[]',
      steps: '[]',
      dropped_source_rows: '[]',
    })
    .where('dataset_id', '=', id)
    .where('number', 'in', numbers)
    .execute();
  // A file's name may say as much as the file.
  await session
    .updateTable('deposit')
    .set({ file_name: '' })
    .where('dataset_id', '=', id)
    .where('version_number', 'in', numbers)
    .execute();
}

/** What is being prepared from the same file ends too: its rows are kept with the draft, and its deposit needs the original. */
async function endDraftsOf(session: Session, hashes: readonly string[], now: Date): Promise<void> {
  const ended = await session
    .updateTable('desk_draft')
    .set({ state: 'abandoned', examination: null, refusal: null, steps: '[]' })
    .where('state', '=', 'draft')
    .where('deposit_id', 'in', (query) =>
      query
        .selectFrom('deposit')
        .select('id')
        .where('file_sha256', 'in', [...hashes]),
    )
    .returning('deposit_id')
    .execute();
  const deposits = ended.flatMap(({ deposit_id }) => (deposit_id === null ? [] : [deposit_id]));
  if (deposits.length === 0) return;
  await session
    .updateTable('deposit')
    .set({ state: 'failed', error_code: 'draft.ended', closed_at: now })
    .where('id', 'in', deposits)
    .where('state', '=', 'received')
    .execute();
}

async function showAnother(
  session: Session,
  dataset: { readonly id: string; readonly state: DatasetState; readonly frequency: string },
  reason: string,
  author: Author,
): Promise<void> {
  const isPublic = dataset.state === 'published';
  let left = session
    .selectFrom('version')
    .select('number')
    .where('dataset_id', '=', dataset.id)
    .where('purge_id', 'is', null)
    .orderBy('number', 'desc')
    .limit(1);
  if (isPublic) left = left.where('published_at', 'is not', null);
  const newest = dataset.state === 'withdrawn' ? undefined : await left.executeTakeFirst();
  if (newest !== undefined) {
    await pointTo(session, dataset, newest.number, isPublic, author);
    return;
  }
  await session
    .updateTable('dataset')
    .set({
      version: null,
      format: null,
      row_count: null,
      has_geometry: false,
      column_titles: '',
      due_at: null,
      overdue_at: null,
      modified_at: author.now,
      ...(isPublic && { state: 'withdrawn', state_reason: storable(reason), withdrawn_at: author.now }),
    })
    .where('id', '=', dataset.id)
    .execute();
  if (isPublic) await writeEvent(session, dataset.id, 'withdrawn', author, { reason });
}

/** Purges decided and not finished: the files that are still to go. */
export async function unfinishedPurges(
  db: Metadata,
): Promise<
  readonly { readonly id: string; readonly folders: readonly string[]; readonly originals: readonly string[] }[]
> {
  return db
    .selectFrom('purge')
    .select(['id', 'folders', 'originals'])
    .where('finished_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** The folders of versions purged after a purge: what a running process must forget. */
export async function purgesAfter(
  db: Metadata,
  id: string,
): Promise<readonly { readonly id: string; readonly folders: readonly string[] }[]> {
  return db.selectFrom('purge').select(['id', 'folders']).where('id', '>', id).orderBy('id').execute();
}

/** Those of the originals that something received since then needs: a purge must leave them. */
export async function neededAgain(db: Metadata, hashes: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await sql<{ sha256: string }>`
    select d.file_sha256 as sha256 from deposit as d
    where d.file_sha256 = any (${hashes}::text[]) and d.state = 'received'
      and d.created_at > ${new Date(now.getTime() - depositSeconds * 1000)}
    union
    select v.file_sha256 from version as v
    where v.file_sha256 = any (${hashes}::text[]) and v.purge_id is null
      and v.created_at > (select max(p.at) from purge as p where v.file_sha256 = any (p.originals))`.execute(db);
  return new Set(rows.rows.map((row) => row.sha256));
}

export async function markFinished(db: Metadata, id: string, now: Date): Promise<void> {
  await db
    .updateTable('purge')
    .set({ finished_at: now })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

/** The purges of a dataset, newest first; those that took a version away when a number is given. */
export async function purgesOf(db: Metadata, id: string, version?: number): Promise<readonly Purge[]> {
  const rows = await db
    .selectFrom('purge')
    .selectAll()
    .where('dataset_id', '=', storable(id))
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toPurge).filter((purge) => version === undefined || purge.versions.includes(version));
}

function toPurge(row: {
  readonly id: string;
  readonly dataset_id: string;
  readonly versions: readonly number[];
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
  readonly destroyed: readonly DestroyedFile[];
  readonly kept: readonly KeptOriginal[];
  readonly finished_at: Date | null;
}): Purge {
  const { id, dataset_id, versions, reason, actor, at, destroyed, kept, finished_at } = row;
  return { id, dataset: dataset_id, versions, reason, actor, at, destroyed, kept, finishedAt: finished_at };
}
