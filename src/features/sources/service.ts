// The verbs of sources: give a dataset a link that is read again by itself, stop it, have it read now.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName } from '../../model/permission.ts';
import { getDataset, mustOnDataset } from '../catalog/service.ts';
import { deleteSource, findSource, hasten, pauseSource, runsOf, saveSource } from './queries.ts';
import { checkSource, nextReading } from './rules.ts';
import type { Run, Source, SourceRequest } from './schemas.ts';

export { openSourceReader } from './reading.ts';

const runsShown = 20;

export type SourceFacts = {
  readonly dataset: { readonly id: string; readonly title: string };
  readonly source: Source | null;
  readonly runs: readonly Run[];
};

/** A dataset's source and its last readings. @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn */
export async function getSource(context: Context, id: string): Promise<SourceFacts> {
  await mustOnDataset(context, 'source.manage', id);
  const { title } = await getDataset(context, id);
  const [source, runs] = await Promise.all([
    findSource(context.db, id, context.now()),
    runsOf(context.db, id, runsShown),
  ]);
  return { dataset: { id, title }, source, runs };
}

/**
 * Gives a dataset its source, or changes it: it is read at once, then by its schedule.
 * @throws TerroirError permission.denied, dataset.*, source.urlInvalid, source.scheduleInvalid
 */
export async function setSource(context: Context, id: string, request: SourceRequest): Promise<void> {
  await mustOnDataset(context, 'source.manage', id);
  if (request.publish) await mustOnDataset(context, 'dataset.publish', id);
  await getDataset(context, id);
  const now = context.now();
  await saveSource(context.db, id, checkSource(request), { actor: actorName(context.actor), now, nextAt: now });
}

/** @throws TerroirError permission.denied, dataset.unknown, source.unknown */
export async function setPaused(context: Context, id: string, paused: boolean): Promise<void> {
  await mustOnDataset(context, 'source.manage', id);
  const source = await findSource(context.db, id, context.now());
  if (source === null) throw new TerroirError('source.unknown');
  await pauseSource(context.db, id, paused, nextReading(source, context.now()));
}

/** Has the source read as soon as possible. @throws TerroirError permission.denied, dataset.unknown, source.unknown */
export async function readNow(context: Context, id: string): Promise<void> {
  await mustOnDataset(context, 'source.manage', id);
  if (!(await hasten(context.db, id, context.now()))) throw new TerroirError('source.unknown');
}

/** The dataset stays as it is. @throws TerroirError permission.denied, dataset.unknown, source.unknown */
export async function removeSource(context: Context, id: string): Promise<void> {
  await mustOnDataset(context, 'source.manage', id);
  if (!(await deleteSource(context.db, id))) throw new TerroirError('source.unknown');
}
