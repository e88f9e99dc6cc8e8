// The verbs of duplicates: the queue of a shared table, what is decided of a pair, the rows that are set aside for it.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, mustBeAbleTo } from '../../model/permission.ts';
import type { TableSchema } from '../../model/schema.ts';
import { findPairs, setAside } from './duplicate-finding.ts';
import { countPairs, readPairs, readSame, writePairs, writeVerdict } from './duplicate-queries.ts';
import { losersOf } from './duplicate-rules.ts';
import { readConsolidations } from './queries.ts';
import type { Consolidation, DuplicateCounts, DuplicatePair, Verdict } from './schemas.ts';

export const pairsOnPage = 20;
const decidedShown = 50;
const noPairs = { waiting: 0, decided: 0, setAside: 0 } as const;

/** How many pairs wait, how many were decided, how many rows left for it. */
export async function countDuplicates(context: Context, consolidation: Consolidation): Promise<DuplicateCounts> {
  if (consolidation.builtAt === null) return noPairs;
  return { ...(await countPairs(context.db, consolidation.id)), setAside: consolidation.duplicateRows };
}

export type DuplicateQueue = {
  readonly consolidation: Consolidation;
  readonly counts: DuplicateCounts;
  readonly waiting: readonly DuplicatePair[];
  readonly decided: readonly DuplicatePair[];
};

/** The queue of a shared table: everybody may see what is decided of rows that are public. @throws TerroirError consolidation.unknown */
export async function duplicatesOf(context: Context, id: string, page: number): Promise<DuplicateQueue> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const consolidation = await find(context, id);
  const [counts, waiting, decided] = await Promise.all([
    countDuplicates(context, consolidation),
    readPairs(context.db, id, { decided: false, limit: pairsOnPage, offset: (page - 1) * pairsOnPage }),
    readPairs(context.db, id, { decided: true, limit: decidedShown }),
  ]);
  return { consolidation, counts, waiting, decided };
}

async function find(context: Context, id: string): Promise<Consolidation> {
  const [found] = await readConsolidations(context.db, id);
  if (found === undefined) throw new TerroirError('consolidation.unknown', { id });
  return found;
}

/**
 * Decides of a pair, or takes a decision back; the table follows with the next gathering.
 * @throws TerroirError permission.denied, consolidation.unknown, duplicate.unknown
 */
export async function decideDuplicate(
  context: Context,
  id: string,
  pair: { readonly leftKey: string; readonly rightKey: string },
  said: { readonly verdict: () => Verdict | null; readonly byName: string },
): Promise<void> {
  const { organization } = await find(context, id);
  mustBeAbleTo(context.actor, 'harmonisation.manage', { organization });
  const decision = {
    verdict: said.verdict(),
    byName: said.byName,
    actor: actorName(context.actor),
    now: context.now(),
  };
  if (!(await writeVerdict(context.db, id, pair, decision))) throw new TerroirError('duplicate.unknown', { id });
}

/** Names what was decided: other decisions make another table. */
export async function decisionsOn(context: Context, id: string): Promise<unknown> {
  return (await readSame(context.db, id)).map(({ leftKey, rightKey, winner }) => [leftKey, rightKey, winner]);
}

/**
 * Looks for duplicates among gathered rows, and takes out those that were decided. Nothing leaves without a decision.
 * @param path the gathered rows @param to where they are written without those that leave
 * @returns the file to publish, and how many rows were set aside
 */
export async function withoutDuplicates(
  context: Context,
  id: string,
  schema: TableSchema,
  { path, to }: { readonly path: string; readonly to: string },
): Promise<{ readonly path: string; readonly rows: number }> {
  const tables = context.ingest;
  await writePairs(context.db, id, await findPairs(path, schema, { tables }), context.now());
  const kept = duplicatesFile(context, id);
  const same = await readSame(context.db, id);
  const losers = losersOf(same).map((key) => ({ key, reason: reasonOf(key, same) }));
  if (losers.length === 0) {
    await rm(kept, { force: true });
    return { path, rows: 0 };
  }
  const asideTo = `${to}.aside`;
  const rows = await setAside(path, schema, losers, { tables, to, asideTo });
  await mkdir(join(kept, '..'), { recursive: true });
  await copyFile(asideTo, kept);
  return { path: to, rows };
}

/** Why a row left, in the file of those that were set aside: in French, as the rows are. */
function reasonOf(key: string, same: readonly DuplicatePair[]): string {
  const pair = same.find(
    ({ leftKey, rightKey, winner }) =>
      (leftKey === key && winner === 'right') || (rightKey === key && winner === 'left'),
  );
  const kept = pair === undefined ? null : pair.winner === 'left' ? pair.left : pair.right;
  if (pair === undefined || kept === null) return 'La même chose qu’une autre ligne, qui reste.';
  const day = pair.decidedAt?.toISOString().slice(0, 10) ?? '';
  return `La même chose que la ligne ${kept.sourceRow} de ${kept.producer} (${kept.sourceDataset}), qui reste. Décidé par ${pair.decidedBy ?? ''} le ${day}.`;
}

/** What is withdrawn leaves no copy in the queue. */
export async function forgetPairs(context: Context, id: string): Promise<void> {
  await writePairs(context.db, id, [], context.now());
  await rm(duplicatesFile(context, id), { force: true });
}

function duplicatesFile(context: Context, id: string): string {
  return join(context.files.root, 'harmonised', id, 'duplicates.csv');
}

/** The rows that were set aside for a duplicate, as a CSV; null when there are none. @throws TerroirError consolidation.unknown */
export async function duplicateRowsFile(context: Context, id: string): Promise<string | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  await find(context, id);
  const path = duplicatesFile(context, id);
  return existsSync(path) ? path : null;
}
