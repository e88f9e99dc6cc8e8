// The SQL of duplicates: the pairs that were found, what was decided of each.
import { type Selectable, sql } from 'kysely';
import type { DuplicatePairTable } from '../../stores/metadata/harmonisation-tables.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { DuplicateCounts, DuplicatePair, FoundPair, Verdict } from './schemas.ts';

const chunk = 500;

/** What was found takes the place of what was found before; what was decided stays, without the rows that are gone. */
export async function writePairs(db: Metadata, id: string, pairs: readonly FoundPair[], now: Date): Promise<void> {
  await db.transaction().execute(async (all) => {
    await all
      .updateTable('duplicate_pair')
      .set({ present: false, left_row: null, right_row: null })
      .where('consolidation_id', '=', id)
      .execute();
    for (let from = 0; from < pairs.length; from += chunk)
      await all
        .insertInto('duplicate_pair')
        .values(
          pairs.slice(from, from + chunk).map((pair) => ({
            consolidation_id: id,
            left_key: pair.leftKey,
            right_key: pair.rightKey,
            reason: pair.reason,
            distance: pair.distance,
            left_row: JSON.stringify(pair.left),
            right_row: JSON.stringify(pair.right),
            present: true,
            found_at: now,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['consolidation_id', 'left_key', 'right_key']).doUpdateSet((eb) => ({
            present: true,
            reason: eb.ref('excluded.reason'),
            distance: eb.ref('excluded.distance'),
            left_row: eb.ref('excluded.left_row'),
            right_row: eb.ref('excluded.right_row'),
          })),
        )
        .execute();
    await all
      .deleteFrom('duplicate_pair')
      .where('consolidation_id', '=', id)
      .where('present', '=', false)
      .where('verdict', 'is', null)
      .execute();
  });
}

/** Pairs that wait, or those that were decided, newest decision first. */
export async function readPairs(
  db: Metadata,
  id: string,
  { decided, limit, offset = 0 }: { readonly decided: boolean; readonly limit: number; readonly offset?: number },
): Promise<readonly DuplicatePair[]> {
  const rows = await db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('consolidation_id', '=', id)
    .where('verdict', decided ? 'is not' : 'is', null)
    .orderBy('decided_at', 'desc')
    .orderBy('distance', (order) => order.asc().nullsLast())
    .orderBy('left_key')
    .orderBy('right_key')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(pairOf);
}

/** Every pair said to be the same thing. */
export async function readSame(db: Metadata, id: string): Promise<readonly DuplicatePair[]> {
  const rows = await db
    .selectFrom('duplicate_pair')
    .selectAll()
    .where('consolidation_id', '=', id)
    .where('verdict', '=', 'same')
    .orderBy('left_key')
    .orderBy('right_key')
    .execute();
  return rows.map(pairOf);
}

function pairOf(row: Selectable<DuplicatePairTable>): DuplicatePair {
  return {
    leftKey: row.left_key,
    rightKey: row.right_key,
    reason: row.reason,
    distance: row.distance,
    left: row.left_row,
    right: row.right_row,
    present: row.present,
    verdict: row.verdict,
    winner: row.winner,
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at,
  };
}

export async function countPairs(db: Metadata, id: string): Promise<Omit<DuplicateCounts, 'setAside'>> {
  const row = await db
    .selectFrom('duplicate_pair')
    .select((eb) => [eb.fn.countAll<string>().as('all'), eb.fn.count<string>('verdict').as('decided')])
    .where('consolidation_id', '=', id)
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.all) - Number(row.decided), decided: Number(row.decided) };
}

/** @param verdict null takes a decision back @returns whether there is such a pair */
export async function writeVerdict(
  db: Metadata,
  id: string,
  pair: { readonly leftKey: string; readonly rightKey: string },
  decision: {
    readonly verdict: Verdict | null;
    readonly actor: string;
    readonly byName: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { verdict, actor, byName, now } = decision;
  const done = await db
    .updateTable('duplicate_pair')
    .set({
      verdict: verdict?.verdict ?? null,
      winner: verdict?.verdict === 'same' ? verdict.winner : null,
      decided_by: verdict === null ? null : actor,
      decided_by_name: verdict === null ? null : byName,
      decided_at: verdict === null ? null : now,
    })
    .where('consolidation_id', '=', id)
    .where('left_key', '=', pair.leftKey)
    .where('right_key', '=', pair.rightKey)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** The pairs that a row of a dataset is in. */
export async function countPairsOf(db: Metadata, id: string, datasetId: string): Promise<number> {
  const row = await db
    .selectFrom('duplicate_pair')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('consolidation_id', '=', id)
    .where(sql<boolean>`${datasetId} in (left_row ->> 'sourceDataset', right_row ->> 'sourceDataset')`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
