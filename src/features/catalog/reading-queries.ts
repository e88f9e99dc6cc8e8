// Second readings: who asked for one, who gave it; and « nothing has changed », which counts as an update.
import { TerroirError } from '../../lib/errors.ts';
import type { SecondReading } from '../../model/purge.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { SecondReadingTable } from '../../stores/metadata/tables.ts';
import { type Author, lockDataset, pointTo, type Session, setDeadlines, writeEvent } from './publishing-queries.ts';
import { storable } from './storable.ts';

/** Versions that wait, oldest first, each with the organization and the author that rights are asked of. */
export async function waitingReadings(
  db: Metadata,
): Promise<
  readonly { readonly reading: SecondReading; readonly organization: string; readonly author: string | null }[]
> {
  const rows = await db
    .selectFrom('second_reading as r')
    .innerJoin('dataset as d', 'd.id', 'r.dataset_id')
    .selectAll('r')
    .select(['d.organization', 'd.author'])
    .where('r.state', '=', 'waiting')
    .where('d.state', '<>', 'withdrawn')
    .orderBy('r.asked_at')
    .execute();
  return rows.map(({ organization, author, ...row }) => ({ reading: toReading(row), organization, author }));
}

export async function readingOf(db: Metadata | Session, id: string, version: number): Promise<SecondReading | null> {
  const row = await db
    .selectFrom('second_reading')
    .selectAll()
    .where('dataset_id', '=', storable(id))
    .where('version_number', '=', version)
    .executeTakeFirst();
  return row === undefined ? null : toReading(row);
}

/**
 * Approves a version that waits and publishes it, or returns it with a reason.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, approval.notWaiting, approval.sameAuthor
 */
export async function decideReading(
  db: Metadata,
  decision: {
    readonly id: string;
    readonly version: number;
    readonly approved: boolean;
    readonly reason: string | null;
  },
  author: Author,
): Promise<void> {
  const { id, version, approved, reason } = decision;
  await db.transaction().execute(async (session) => {
    const dataset = await lockDataset(session, id);
    const reading = await readingOf(session, id, version);
    const { version: shown } = await session
      .selectFrom('dataset')
      .select('version')
      .where('id', '=', dataset.id)
      .executeTakeFirstOrThrow();
    // A newer version went first: this one would take the public back.
    const passed = approved && dataset.state === 'published' && shown !== null && shown > version;
    if (passed || reading?.state !== 'waiting') throw new TerroirError('approval.notWaiting', { id, version });
    // Two people read, whatever their roles; the person at the machine answers for it.
    if (approved && reading.askedBy === author.actor && author.actor !== 'operator')
      throw new TerroirError('approval.sameAuthor');
    await session
      .updateTable('second_reading')
      .set({
        state: approved ? 'approved' : 'returned',
        decided_by: author.actor,
        decided_at: author.now,
        reason: reason === null ? null : storable(reason),
      })
      .where('dataset_id', '=', dataset.id)
      .where('version_number', '=', version)
      .execute();
    await writeEvent(session, dataset.id, approved ? 'approved' : 'returned', author, { version, reason });
    if (!approved) return;
    await pointTo(session, dataset, version, true, author);
    await session
      .updateTable('deposit')
      .set({ state: 'published', closed_at: author.now })
      .where('dataset_id', '=', dataset.id)
      .where('version_number', '=', version)
      .where('state', '=', 'ready')
      .execute();
  });
}

/**
 * « Rien n’a changé »: noted, and the next update is expected one rhythm from now.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, dataset.notPublished
 */
export async function markVerified(db: Metadata, id: string, author: Author): Promise<void> {
  await db.transaction().execute(async (session) => {
    const dataset = await lockDataset(session, id);
    if (dataset.state !== 'published') throw new TerroirError('dataset.notPublished', { id });
    await session.updateTable('dataset').set({ verified_at: author.now }).where('id', '=', dataset.id).execute();
    await setDeadlines(session, dataset.id);
    await writeEvent(session, dataset.id, 'verified', author, {});
  });
}

/** @throws TerroirError organization.unknown */
/** Whether a second person reads before an organization publishes; no for one that is not known. */
export async function approvalOf(db: Metadata, slug: string): Promise<boolean> {
  const row = await db.selectFrom('organization').select('approval').where('slug', '=', slug).executeTakeFirst();
  return row?.approval === true;
}

export async function setApproval(db: Metadata, slug: string, approval: boolean): Promise<void> {
  const row = await db
    .updateTable('organization')
    .set({ approval })
    .where('slug', '=', storable(slug))
    .returning('slug')
    .executeTakeFirst();
  if (row === undefined) throw new TerroirError('organization.unknown', { id: slug });
}

function toReading(row: SecondReadingTable): SecondReading {
  return {
    dataset: row.dataset_id,
    version: row.version_number,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  };
}
