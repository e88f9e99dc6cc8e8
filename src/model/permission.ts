// Who may do what: one readable table, asked as the first line of every verb.
import { TerroirError } from '../lib/errors.ts';
import type { DatasetState } from './dataset.ts';

/** Whoever acts: anyone on the web, or the person at the machine (command line, first start). */
export type Actor = { readonly kind: 'anyone' } | { readonly kind: 'operator' };

export type Verb =
  | 'catalog.read'
  | 'dataset.read'
  | 'dataset.deposit'
  | 'dataset.publish'
  | 'dataset.withdraw'
  | 'organization.write'
  | 'territory.write';
export type PermissionObject = { readonly state?: DatasetState };

const table: Record<Verb, (actor: Actor, object: PermissionObject) => boolean> = {
  'catalog.read': () => true,
  // A draft is its producer's alone; a withdrawn dataset keeps a tombstone that all may read.
  'dataset.read': (actor, object) => actor.kind === 'operator' || object.state !== 'draft',
  'dataset.deposit': (actor) => actor.kind === 'operator',
  'dataset.publish': (actor) => actor.kind === 'operator',
  'dataset.withdraw': (actor) => actor.kind === 'operator',
  'organization.write': (actor) => actor.kind === 'operator',
  'territory.write': (actor) => actor.kind === 'operator',
};

/** Whether the actor may do the verb on the object. */
export function can(actor: Actor, verb: Verb, object: PermissionObject = {}): boolean {
  return table[verb](actor, object);
}

/** @throws TerroirError permission.denied */
export function mustBeAbleTo(actor: Actor, verb: Verb, object: PermissionObject = {}): void {
  if (!can(actor, verb, object)) throw new TerroirError('permission.denied');
}
