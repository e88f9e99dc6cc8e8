// Sources and their readings in the database; a source is claimed by one process at a time.

import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { LinkSourceTable } from '../../stores/metadata/source-tables.ts';
import type { Run, RunResult, Source, SourceRequest } from './schemas.ts';

export type ClaimedSource = Source & {
  readonly organization: string;
  readonly title: string;
  readonly createdBy: string;
  readonly changedAt: Date;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

export async function findSource(db: Metadata, id: string, now: Date): Promise<Source | null> {
  const row = await db.selectFrom('link_source').selectAll().where('dataset_id', '=', id).executeTakeFirst();
  return row === undefined ? null : sourceOf(row, now);
}

/** Creates a source or changes it. Another address is read as if for the first time. */
export async function saveSource(
  db: Metadata,
  id: string,
  request: SourceRequest,
  { actor, now, nextAt }: { readonly actor: string; readonly now: Date; readonly nextAt: Date },
): Promise<void> {
  const said = {
    url: request.url,
    rhythm: request.rhythm,
    hour: request.hour,
    weekday: request.weekday,
    month_day: request.monthDay,
    publish: request.publish,
    table_name: request.table,
    changed_at: now,
    next_at: nextAt,
    etag: null,
    last_modified: null,
    failures: 0,
    failing_since: null,
    claimed_until: null,
  };
  await db
    .insertInto('link_source')
    .values({ ...said, dataset_id: id, created_by: actor, created_at: now })
    .onConflict((conflict) => conflict.column('dataset_id').doUpdateSet(said))
    .execute();
}

/** @returns whether there was one. */
export async function pauseSource(db: Metadata, id: string, paused: boolean, nextAt: Date): Promise<boolean> {
  const set = await db
    .updateTable('link_source')
    .set({ paused, next_at: nextAt })
    .where('dataset_id', '=', id)
    .executeTakeFirst();
  return set.numUpdatedRows > 0n;
}

/** Has a source read at once. @returns whether there is one. */
export async function hasten(db: Metadata, id: string, now: Date): Promise<boolean> {
  const set = await db
    .updateTable('link_source')
    .set({ next_at: now, paused: false })
    .where('dataset_id', '=', id)
    .executeTakeFirst();
  return set.numUpdatedRows > 0n;
}

/** Its readings stay known. @returns whether there was one. */
export async function deleteSource(db: Metadata, id: string): Promise<boolean> {
  const gone = await db.deleteFrom('link_source').where('dataset_id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Takes one source that is due, so that no other process reads it meanwhile; null when none is. */
export async function claimSource(db: Metadata, now: Date, until: Date): Promise<ClaimedSource | null> {
  const { rows } = await sql<Selectable<LinkSourceTable> & { readonly organization: string; readonly title: string }>`
    with due as (
      select s.dataset_id, d.organization, d.title from link_source as s join dataset as d on d.id = s.dataset_id
      where not s.paused and s.next_at <= ${now} and (s.claimed_until is null or s.claimed_until <= ${now})
        and d.state <> 'withdrawn'
      order by s.next_at limit 1 for update of s skip locked
    )
    update link_source as s set claimed_until = ${until} from due
    where s.dataset_id = due.dataset_id returning s.*, due.organization, due.title`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    ...sourceOf(row, now),
    organization: row.organization,
    title: row.title,
    createdBy: row.created_by,
    changedAt: row.changed_at,
    etag: row.etag,
    lastModified: row.last_modified,
  };
}

/** Notes a reading and when the next one is. @returns how many failed in a row, and since when. */
export async function noteRun(
  db: Metadata,
  source: ClaimedSource,
  run: { readonly result: RunResult; readonly startedAt: Date; readonly endedAt: Date; readonly nextAt: Date },
): Promise<{ readonly failures: number; readonly failingSince: Date | null }> {
  const { result, startedAt, endedAt, nextAt } = run;
  const failed = result.outcome === 'failed';
  return db.transaction().execute(async (session) => {
    await session
      .insertInto('source_run')
      .values({
        dataset_id: source.datasetId,
        started_at: startedAt,
        ended_at: endedAt,
        outcome: result.outcome,
        version_number: result.version,
        code: result.code,
        params: JSON.stringify(result.params),
      })
      .execute();
    const row = await session
      .updateTable('link_source')
      .set((eb) => ({
        claimed_until: null,
        next_at: nextAt,
        failures: failed ? eb('failures', '+', 1) : 0,
        failing_since: failed ? eb.fn.coalesce('failing_since', eb.val(startedAt)) : null,
        ...(!failed && { etag: result.etag ?? null, last_modified: result.lastModified ?? null }),
      }))
      .where('dataset_id', '=', source.datasetId)
      // Changed while it was read: what was read is of another address or another hour.
      .where('changed_at', '=', source.changedAt)
      .returning(['failures', 'failing_since'])
      .executeTakeFirst();
    return { failures: row?.failures ?? 0, failingSince: row?.failing_since ?? null };
  });
}

/** The last readings, newest first. */
export async function runsOf(db: Metadata, id: string, limit: number): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom('source_run')
    .selectAll()
    .where('dataset_id', '=', id)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    version: row.version_number,
    code: row.code,
    params: row.params,
  }));
}

/** A year of readings is kept. */
export async function sweepRuns(db: Metadata, before: Date): Promise<void> {
  await db.deleteFrom('source_run').where('ended_at', '<', before).execute();
}

function sourceOf(row: Selectable<LinkSourceTable>, now: Date): Source {
  return {
    datasetId: row.dataset_id,
    url: row.url,
    rhythm: row.rhythm,
    hour: row.hour,
    weekday: row.weekday,
    monthDay: row.month_day,
    publish: row.publish,
    table: row.table_name,
    paused: row.paused,
    nextAt: row.paused ? null : row.next_at,
    running: row.claimed_until !== null && row.claimed_until > now,
    failures: row.failures,
    failingSince: row.failing_since,
  };
}
