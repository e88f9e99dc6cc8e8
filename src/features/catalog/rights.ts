// Rights on a dataset that exists: asked of its state, its organization and its author.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { can, mustBeAbleTo, type PermissionObject, type Verb } from '../../model/permission.ts';
import { datasetRights } from './queries.ts';

/** Whether the actor may do something to a dataset, which is asked of its organization and its author. */
export async function mayOnDataset(context: Context, verb: Verb, id: string): Promise<boolean> {
  const rights = await datasetRights(context.db, id);
  return rights !== null && can(context.actor, verb, rights);
}

/**
 * The first line of a verb on a dataset that exists.
 * @throws TerroirError permission.denied; dataset.unknown when there is none, or only a draft that the actor may not read
 */
export async function mustOnDataset(context: Context, verb: Verb, id: string): Promise<PermissionObject> {
  const rights = await datasetRights(context.db, id);
  if (rights === null || !can(context.actor, 'dataset.read', rights)) throw new TerroirError('dataset.unknown', { id });
  mustBeAbleTo(context.actor, verb, rights);
  return rights;
}
