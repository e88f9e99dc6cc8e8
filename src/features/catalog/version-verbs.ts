// The verbs of the life of versions: second reading, « nothing has changed », and what a purge takes out of the catalogue.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import type { DestroyedFile, Purge, SecondReading } from '../../model/purge.ts';
import type { Author } from './publishing-queries.ts';
import {
  insertPurge,
  markFinished,
  neededAgain,
  type PurgePlan,
  planPurge,
  purgesAfter,
  purgesOf,
  unfinishedPurges,
} from './purge-queries.ts';
import { approvalOf, decideReading, markVerified, readingOf, setApproval, waitingReadings } from './reading-queries.ts';
import { mustOnDataset } from './rights.ts';

/**
 * « Rien n’a changé »: counts as an update, without a new version.
 * @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn, dataset.notPublished
 */
export async function verifyDataset(context: Context, id: string): Promise<void> {
  await mustOnDataset(context, 'dataset.verify', id);
  await markVerified(context.db, id, author(context));
}

/** Whether a second person reads before an organization publishes. @throws TerroirError permission.denied, organization.unknown */
export async function changeApproval(context: Context, slug: string, approval: boolean): Promise<void> {
  mustBeAbleTo(context.actor, 'organization.settings', { organization: slug });
  await setApproval(context.db, slug, approval);
}

/** Whether a second person reads before an organization publishes: whoever publishes is told. */
export async function wantsSecondReading(context: Context, slug: string): Promise<boolean> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return approvalOf(context.db, slug);
}

/** The versions that wait for a second reading that this actor may give, oldest first. */
export async function listSecondReadings(context: Context): Promise<readonly SecondReading[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const waiting = await waitingReadings(context.db);
  return waiting
    .filter((one) => can(context.actor, 'deposit.approve', { organization: one.organization, author: one.author }))
    .map((one) => one.reading);
}

/** The second reading of a version, null when none was asked for. @throws TerroirError permission.denied, dataset.unknown */
export async function getSecondReading(context: Context, id: string, version: number): Promise<SecondReading | null> {
  await mustOnDataset(context, 'deposit.read', id);
  return readingOf(context.db, id, version);
}

/**
 * Publishes a version that waits: its content was read by a second person.
 * @throws TerroirError permission.denied, dataset.*, approval.notWaiting, approval.sameAuthor
 */
export async function approveVersion(context: Context, id: string, version: number): Promise<void> {
  await mustOnDataset(context, 'deposit.approve', id);
  await decideReading(context.db, { id, version, approved: true, reason: null }, author(context));
}

/**
 * Gives a version back to its depositor, who is told why.
 * @throws TerroirError permission.denied, dataset.*, approval.notWaiting, approval.reasonMissing
 */
export async function returnVersion(context: Context, id: string, version: number, reason: string): Promise<void> {
  await mustOnDataset(context, 'deposit.approve', id);
  if (reason.trim() === '') throw new TerroirError('approval.reasonMissing');
  await decideReading(context.db, { id, version, approved: false, reason: reason.trim() }, author(context));
}

/**
 * What a purge would destroy, without destroying anything.
 * @param numbers the versions, null for all of them
 * @throws TerroirError permission.denied, dataset.unknown, version.unknown, purge.nothing
 */
export async function foreseePurge(
  context: Context,
  id: string,
  numbers: readonly number[] | null,
): Promise<PurgePlan> {
  await mustOnDataset(context, 'dataset.purge', id);
  return planPurge(context.db, id, numbers, context.now());
}

/**
 * Takes versions out of the catalogue for good and notes who, when, why and what; their files are then to be removed, and
 * the purge to be finished.
 * @throws TerroirError permission.denied, dataset.unknown, version.unknown, purge.nothing, purge.reasonMissing
 */
export async function recordPurge(
  context: Context,
  request: {
    readonly id: string;
    readonly numbers: readonly number[] | null;
    readonly reason: string;
    readonly files: readonly DestroyedFile[];
  },
): Promise<Purge> {
  await mustOnDataset(context, 'dataset.purge', request.id);
  const reason = request.reason.trim();
  if (reason === '') throw new TerroirError('purge.reasonMissing');
  return insertPurge(context.db, { ...request, reason }, author(context));
}

/** What was destroyed of a dataset, newest first: everyone may know. */
export async function listPurges(context: Context, id: string, version?: number): Promise<readonly Purge[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return purgesOf(context.db, id, version);
}

/** The files that purges already decided have still to remove: whoever finds them removes them. */
export async function pendingPurges(
  context: Context,
): Promise<
  readonly { readonly id: string; readonly folders: readonly string[]; readonly originals: readonly string[] }[]
> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const purges = await unfinishedPurges(context.db);
  const needed = await neededAgain(
    context.db,
    purges.flatMap((purge) => purge.originals),
    context.now(),
  );
  return purges.map((purge) => ({ ...purge, originals: purge.originals.filter((sha256) => !needed.has(sha256)) }));
}

/** Notes that no file of a purge is left. */
export async function finishPurge(context: Context, purge: string): Promise<void> {
  mustBeAbleTo(context.actor, 'catalog.read');
  await markFinished(context.db, purge, context.now());
}

/** The version folders purged after a purge, for a process that may hold some of their rows in memory. */
export async function purgedSince(
  context: Context,
  purge: string,
): Promise<readonly { readonly id: string; readonly folders: readonly string[] }[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return purgesAfter(context.db, purge);
}

function author(context: Context): Author {
  return { actor: actorName(context.actor), now: context.now() };
}
