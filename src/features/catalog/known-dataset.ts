// Datasets that were read a moment ago, kept as long as nobody writes: most requests are about the same few.
import type { Dataset } from '../../model/dataset.ts';
import type { PermissionObject } from '../../model/permission.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { readSnapshot } from '../../stores/metadata/snapshot.ts';
import { datasetRights, datasetsByIds } from './queries.ts';

/** A dataset, and what rights on it depend on. */
export type KnownDataset = { readonly dataset: Dataset; readonly rights: PermissionObject };

/** Datasets kept in memory; one with its columns and profiles is some tens of kilobytes. */
const mostKept = 500;

type Memory = { readonly snapshot: string; readonly kept: Map<string, Promise<KnownDataset | null>> };

/** One memory per database: it lives and dies with it. */
const memories = new WeakMap<Metadata, Memory>();

/** A dataset of any state; null when there is none of that id. Whoever asks must then be allowed to read it. */
export async function knownDataset(db: Metadata, id: string): Promise<KnownDataset | null> {
  // A transaction sees what nobody else sees yet.
  if (db.isTransaction) return read(db, id);
  const snapshot = await readSnapshot(db);
  const present = memories.get(db);
  const memory = present?.snapshot === snapshot ? present : { snapshot, kept: new Map() };
  memories.set(db, memory);
  const before = memory.kept.get(id);
  if (before !== undefined) return before;
  const [oldest] = memory.kept.keys();
  if (memory.kept.size >= mostKept && oldest !== undefined) memory.kept.delete(oldest);
  const found = read(db, id);
  memory.kept.set(id, found);
  found.catch(() => memory.kept.delete(id));
  return found;
}

async function read(db: Metadata, id: string): Promise<KnownDataset | null> {
  const [[dataset], rights] = await Promise.all([datasetsByIds(db, [id]), datasetRights(db, id)]);
  return dataset === undefined || rights === null ? null : { dataset, rights };
}
