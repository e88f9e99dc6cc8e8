// The transactions that create, publish, change and withdraw a dataset; each locks the dataset's row and writes the log.
import { sql, type Transaction, type Updateable } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import type { DatasetState } from '../../model/dataset.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { DatasetTable, Tables } from '../../stores/metadata/tables.ts';
import { checkWithdrawal, deadlines, lastUpdate, stateAfterVersion } from './rules.ts';
import type { DatasetChanges, DatasetDraft, VersionToPublish } from './schemas.ts';
import { wordsToKnow } from './search-rules.ts';
import { storable } from './storable.ts';

export type Session = Transaction<Tables>;

/** Who writes and when: what every event of the log says. */
export type Author = { readonly actor: string; readonly now: Date };

export type LockedDataset = { readonly id: string; readonly state: DatasetState; readonly frequency: string };

/**
 * Creates the dataset when it is new, adds the version, points the dataset to it, writes the log, closes the deposit: all
 * or nothing. Two at the same time on one dataset wait for each other.
 * @returns the version's number, whether that version is public or a draft, and whether it waits for a second reading.
 * @throws TerroirError dataset.idTaken, dataset.unknown, dataset.withdrawn
 */
export async function insertVersion(
  db: Metadata,
  request: VersionToPublish,
  author: Author,
): Promise<{ readonly number: number; readonly state: DatasetState; readonly secondReading: boolean }> {
  return db.transaction().execute(async (session) => {
    const { dataset } = request;
    if ('title' in dataset) await insertDataset(session, dataset, author);
    const locked = await lockDataset(session, dataset.id);
    const number = await insertVersionRow(session, request, author);
    await writeEvent(session, locked.id, 'versionAdded', author, { version: number });
    const secondReading = request.publish && (await needsApproval(session, locked.id));
    const publish = request.publish && !secondReading;
    if (secondReading) await askForReading(session, locked.id, number, author);
    // A draft shows its newest version to its producer; a public dataset moves only when it is told to.
    if (publish || locked.state === 'draft') await pointTo(session, locked, number, publish, author);
    await closeDeposit(session, { ...request, publish }, number, author);
    return { number, state: publish ? 'published' : 'draft', secondReading };
  });
}

/**
 * Makes the newest version of a dataset public, or has it wait for a second reading where the organization wants one.
 * @returns whether it waits.
 * @throws TerroirError dataset.unknown, dataset.withdrawn
 */
export async function publishNewest(
  db: Metadata,
  id: string,
  author: Author,
): Promise<{ readonly secondReading: boolean }> {
  return db.transaction().execute(async (session) => {
    const locked = await lockDataset(session, id);
    const newest = await newestLeft(session, locked.id);
    if (newest === null) throw new TerroirError('dataset.unknown', { id });
    const { number, published } = newest;
    if (!published && (await needsApproval(session, locked.id))) {
      await askForReading(session, locked.id, number, author);
      return { secondReading: true };
    }
    await pointTo(session, locked, number, true, author);
    await session
      .updateTable('deposit')
      .set({ state: 'published', closed_at: author.now })
      .where('dataset_id', '=', locked.id)
      .where('version_number', '=', number)
      .where('state', '=', 'ready')
      .execute();
    return { secondReading: false };
  });
}

/** @throws TerroirError dataset.unknown, dataset.withdrawn, dataset.notPublished, dataset.reasonMissing */
export async function withdraw(db: Metadata, id: string, reason: string, author: Author): Promise<void> {
  await db.transaction().execute(async (session) => {
    const locked = await lockDataset(session, id);
    const checked = storable(checkWithdrawal(id, locked.state, reason));
    await session
      .updateTable('dataset')
      .set({ state: 'withdrawn', state_reason: checked, withdrawn_at: author.now, modified_at: author.now })
      .where('id', '=', locked.id)
      .execute();
    await writeEvent(session, locked.id, 'withdrawn', author, { reason: checked });
  });
}

/** Changes what is said of a dataset. @throws TerroirError dataset.unknown, dataset.withdrawn */
export async function updateDataset(db: Metadata, id: string, changes: DatasetChanges, author: Author): Promise<void> {
  await db.transaction().execute(async (session) => {
    const locked = await lockDataset(session, id);
    await session
      .updateTable('dataset')
      .set({ ...columnsOf(changes), modified_at: author.now })
      .where('id', '=', locked.id)
      .execute();
    if (changes.frequency !== undefined || changes.dueDay !== undefined) await setDeadlines(session, locked.id);
    await writeEvent(session, locked.id, 'changed', author, changes);
    if (locked.state === 'published') await learnWords(session, locked.id);
  });
}

async function insertDataset(session: Session, draft: DatasetDraft, author: Author): Promise<void> {
  // Triggers write the two columns of the search.
  const inserted = await sql`
    insert into dataset (id, title, description, state, organization, theme, licence, hvd_category, homologation, frequency, due_day, contact, keywords, communes, demo,
      source, author, created_at, modified_at)
    values (${draft.id}, ${storable(draft.title)}, ${storable(draft.description)}, 'draft', ${draft.organization},
      ${draft.theme}, ${draft.licence}, ${draft.hvdCategory}, ${draft.homologation === null ? null : storable(draft.homologation)}, ${draft.frequency}, ${draft.dueDay},
      ${draft.contact === null ? null : storable(draft.contact)}, ${draft.keywords.map(storable)}::text[],
      ${draft.communes}::text[], ${draft.demo}, ${draft.source === null ? null : storable(draft.source)}, ${author.actor},
      ${author.now}, ${author.now})
    on conflict do nothing`.execute(session);
  if (inserted.numAffectedRows !== 1n) throw new TerroirError('dataset.idTaken', { id: draft.id });
  await writeEvent(session, draft.id, 'created', author, { title: draft.title, organization: draft.organization });
}

export async function lockDataset(session: Session, id: string): Promise<LockedDataset> {
  const row = await session
    .selectFrom('dataset')
    .select(['id', 'state', 'frequency', 'state_reason'])
    .where('id', '=', storable(id))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new TerroirError('dataset.unknown', { id });
  if (row.state === 'withdrawn') throw new TerroirError('dataset.withdrawn', { id, reason: row.state_reason ?? '' });
  return row;
}

/** The newest version that was not purged. */
async function newestLeft(
  session: Session,
  id: string,
): Promise<{ readonly number: number; readonly published: boolean } | null> {
  const row = await session
    .selectFrom('version')
    .select(['number', 'published_at'])
    .where('dataset_id', '=', id)
    .where('purge_id', 'is', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { number: row.number, published: row.published_at !== null };
}

async function needsApproval(session: Session, id: string): Promise<boolean> {
  const row = await session
    .selectFrom('dataset as d')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select('o.approval')
    .where('d.id', '=', id)
    .executeTakeFirstOrThrow();
  return row.approval;
}

/** The version waits for another person than the one who deposited it, whoever asks. */
async function askForReading(session: Session, id: string, version: number, author: Author): Promise<void> {
  const added = await session
    .selectFrom('dataset_event')
    .select('actor')
    .where('dataset_id', '=', id)
    .where('verb', '=', 'versionAdded')
    .where(sql<string>`details ->> 'version'`, '=', String(version))
    .executeTakeFirst();
  const asked_by = added?.actor ?? author.actor;
  const asked = {
    state: 'waiting' as const,
    asked_by,
    asked_at: author.now,
    decided_by: null,
    decided_at: null,
    reason: null,
  };
  const written = await session
    .insertInto('second_reading')
    .values({ dataset_id: id, version_number: version, ...asked })
    .onConflict((conflict) =>
      conflict
        .columns(['dataset_id', 'version_number'])
        .doUpdateSet(asked)
        .where('second_reading.state', '<>', 'waiting'),
    )
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows !== 0n) await writeEvent(session, id, 'secondReadingAsked', author, { version });
}

async function newestNumber(session: Session, id: string): Promise<number> {
  const row = await session
    .selectFrom('version')
    .select((eb) => eb.fn.max('number').as('newest'))
    .where('dataset_id', '=', id)
    .executeTakeFirst();
  return row?.newest ?? 0;
}

async function insertVersionRow(session: Session, request: VersionToPublish, author: Author): Promise<number> {
  const { version, dataset, depositId } = request;
  const number = (await newestNumber(session, dataset.id)) + 1;
  await session
    .insertInto('version')
    .values({
      dataset_id: dataset.id,
      number,
      key: version.key,
      deposit_id: depositId,
      created_at: author.now,
      published_at: null,
      file_name: storable(version.file.name),
      file_bytes: version.file.bytes,
      file_sha256: version.file.sha256,
      file_format: version.file.format,
      file_encoding: version.file.encoding,
      file_delimiter: version.file.delimiter === null ? null : storable(version.file.delimiter),
      row_count: version.rows,
      fields: json(version.fields),
      profiles: json(version.profiles),
      geometry: version.geometry === null ? null : json(version.geometry),
      problems: json(version.problems),
      first_source_row: version.firstSourceRow,
      dropped_source_rows: json(version.droppedSourceRows),
      parquet_bytes: version.parquetBytes,
      steps: json(version.steps),
      set_aside_rows: version.setAsideRows,
      restored_from: version.restoredFrom,
      table_name: version.table === null ? null : storable(version.table),
      schema_name: version.schema,
      declared_key: json(version.declaredKey),
    })
    .execute();
  return number;
}

/** Makes a version the one that the dataset shows, and public when asked. */
export async function pointTo(
  session: Session,
  dataset: LockedDataset,
  number: number,
  publish: boolean,
  author: Author,
): Promise<void> {
  if (publish)
    await session
      .updateTable('version')
      .set({ published_at: author.now })
      .where('dataset_id', '=', dataset.id)
      .where('number', '=', number)
      .where('published_at', 'is', null)
      .execute();
  const published = publish ? author.now : null;
  await sql`
    update dataset set version = v.number, format = v.file_format, row_count = v.row_count,
      has_geometry = v.geometry is not null,
      column_titles = (select coalesce(string_agg(field ->> 'title', ' '), '') from jsonb_array_elements(v.fields) as field),
      state = ${stateAfterVersion(dataset.state, publish)},
      published_at = coalesce(dataset.published_at, ${published}::timestamptz),
      modified_at = ${author.now}
    from version as v
    where dataset.id = ${dataset.id} and v.dataset_id = dataset.id and v.number = ${number}`.execute(session);
  await setDeadlines(session, dataset.id);
  if (!publish) return;
  await writeEvent(session, dataset.id, 'published', author, { version: number });
  await learnWords(session, dataset.id);
}

/** The next update is expected one rhythm after the data that is shown arrived, or was said to be still right. */
export async function setDeadlines(session: Session, id: string): Promise<void> {
  const shown = await session
    .selectFrom('dataset')
    .innerJoin('version', (join) =>
      join.onRef('version.dataset_id', '=', 'dataset.id').onRef('version.number', '=', 'dataset.version'),
    )
    .select(['version.created_at', 'dataset.verified_at', 'dataset.frequency', 'dataset.due_day'])
    .where('dataset.id', '=', id)
    .executeTakeFirst();
  const dates =
    shown === undefined
      ? null
      : deadlines(shown.frequency, lastUpdate(shown.created_at, shown.verified_at), shown.due_day);
  await session
    .updateTable('dataset')
    .set({ due_at: dates?.dueAt ?? null, overdue_at: dates?.overdueAt ?? null })
    .where('id', '=', id)
    .execute();
}

async function closeDeposit(
  session: Session,
  { dataset, publish, depositId }: VersionToPublish,
  number: number,
  author: Author,
): Promise<void> {
  await session
    .updateTable('deposit')
    .set({
      state: publish ? 'published' : 'ready',
      error_code: null,
      dataset_id: dataset.id,
      version_number: number,
      closed_at: author.now,
    })
    .where('id', '=', depositId)
    .execute();
}

export async function writeEvent(
  session: Session,
  datasetId: string,
  verb: string,
  author: Author,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await session
    .insertInto('dataset_event')
    .values({ dataset_id: datasetId, verb, at: author.now, actor: author.actor, details: json(details) })
    .execute();
}

/** Adds the words of a published dataset to those that mistyped words are compared to. */
async function learnWords(session: Session, id: string): Promise<void> {
  const { rows } = await sql<{ texts: string[] }>`
    select array[d.title, array_to_string(d.keywords, ' '), o.name,
      coalesce((select string_agg(name, ' ') from commune where insee = any (d.communes)), ''), d.description,
      d.column_titles, d.column_values] as texts
    from dataset as d join organization as o on o.slug = d.organization where d.id = ${id}`.execute(session);
  // In one order for all, so that two publications never wait for each other's words.
  const words = [...wordsToKnow(rows[0]?.texts ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await sql`
    insert into search_word (word, shown, uses)
    select word, shown, 1
    from unnest(${words.map(([word]) => word)}::text[], ${words.map(([, shown]) => shown)}::text[]) as known (word, shown)
    on conflict (word) do update set uses = search_word.uses + 1`.execute(session);
}

function columnsOf(changes: DatasetChanges): Updateable<DatasetTable> {
  const { title, description, source, keywords, hvdCategory, homologation, dueDay, contact, ...others } = changes;
  return {
    ...others,
    ...(title === undefined ? {} : { title: storable(title) }),
    ...(description === undefined ? {} : { description: storable(description) }),
    ...(source === undefined ? {} : { source: source === null ? null : storable(source) }),
    ...(keywords === undefined ? {} : { keywords: keywords.map(storable) }),
    ...(hvdCategory === undefined ? {} : { hvd_category: hvdCategory }),
    ...(dueDay === undefined ? {} : { due_day: dueDay }),
    ...(contact === undefined ? {} : { contact: contact === null ? null : storable(contact) }),
    ...(homologation === undefined ? {} : { homologation: homologation === null ? null : storable(homologation) }),
  };
}

export function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}
