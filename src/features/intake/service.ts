// The doors by which files arrive: each keeps the original and notes who brought it, before anyone looks inside.
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { keepFile, keptFile } from '../../data/deposit/receive.ts';
import { withScratch } from '../../data/journey.ts';
import type { DepositedFile } from '../../data/stages.ts';
import { TerroirError } from '../../lib/errors.ts';
import { can, mustBeAbleTo } from '../../model/permission.ts';
import { openFetcher } from '../../stores/fetch/fetch.ts';
import { getOrganization, recordDeposit } from '../catalog/service.ts';
import { findArrival } from './queries.ts';
import { largestFile, largestPaste, megabytes, pastedBytes, pastedName, safeFileName } from './rules.ts';
import type { Arrival, Origin } from './schemas.ts';

export { deliverFile } from './delivery.ts';
export { saveForm } from './form.ts';
export { safeFileName } from './rules.ts';
export type { Arrival, Origin, SavedForm } from './schemas.ts';

/** The time that a link is given, in seconds: whoever gave it waits for it. */
const linkSeconds = 300;

/**
 * Keeps a file that is on this machine's disk, and notes that it arrived for an organization. Nothing is read inside.
 * @param request.take the file is ours to move: a large one is not copied; whoever gives it loses it
 * @throws TerroirError permission.denied, organization.unknown, file.notFound, file.empty, disk.full
 */
export async function receiveFile(
  context: Context,
  request: {
    readonly organization: string;
    readonly name: string;
    readonly path: string;
    readonly origin: Origin;
    readonly take?: boolean;
  },
): Promise<Arrival> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization: request.organization, author: null });
  const { organization, origin, path, take = false } = request;
  await getOrganization(context, organization);
  const name = safeFileName(request.name);
  const file = await inScratch(context, (scratch) => keepFile({ path, name, take, scratch }, context.files));
  const deposit = await recordDeposit(context, { ...file, organization, origin });
  return { deposit, organization, name, size: file.bytes, sha256: file.sha256, origin };
}

/**
 * Receives what was copied from a spreadsheet, as a .tsv file in UTF-8.
 * @throws TerroirError permission.denied, organization.unknown, paste.tooLarge, file.empty, disk.full
 */
export async function receivePaste(
  context: Context,
  request: { readonly organization: string; readonly text: string; readonly name: string },
): Promise<Arrival> {
  const { organization, text } = request;
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  const bytes = pastedBytes(text);
  if (bytes.length > largestPaste) throw new TerroirError('paste.tooLarge', { max: megabytes(largestPaste) });
  return inScratch(context, async (scratch) => {
    const path = join(scratch, 'pasted');
    await writeFile(path, bytes).catch(orDiskFull);
    return receiveFile(context, { organization, name: pastedName(request.name), path, origin: 'paste', take: true });
  });
}

/**
 * Receives the file at an address of the public internet, under the name that its server gives.
 * @throws TerroirError permission.denied, organization.unknown, fetch.*, file.empty, disk.full
 */
export async function receiveLink(
  context: Context,
  request: { readonly organization: string; readonly url: string },
): Promise<Arrival> {
  const { organization } = request;
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  await getOrganization(context, organization);
  return inScratch(context, async (scratch) => {
    const path = join(scratch, 'fetched');
    const limits = { saveTo: path, maxBytes: largestFile, timeoutSeconds: linkSeconds };
    const { fileName } = await (context.fetcher ?? openFetcher()).get(request.url.trim(), limits);
    return receiveFile(context, { organization, name: fileName, path, origin: 'link', take: true });
  });
}

/**
 * A file that arrived, as it was kept; an archive is not opened yet (`openKept` of the first stage does it).
 * @throws TerroirError deposit.unknown, also for whoever may not read it
 */
export async function openArrival(
  context: Context,
  deposit: string,
): Promise<{ readonly arrival: Arrival; readonly file: DepositedFile }> {
  const known = await findArrival(context.db, deposit);
  if (known === null) throw new TerroirError('deposit.unknown');
  const { author, ...arrival } = known;
  if (!can(context.actor, 'deposit.read', { organization: arrival.organization, author }))
    throw new TerroirError('deposit.unknown');
  const file = keptFile({ name: arrival.name, bytes: arrival.size, sha256: arrival.sha256 }, context.files);
  return { arrival, file };
}

/** A folder of one arrival; what a killed process leaves there is swept by the next one. */
function inScratch<T>(context: Context, work: (scratch: string) => Promise<T>): Promise<T> {
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, work);
}

function orDiskFull(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') throw new TerroirError('disk.full', {}, { cause: error });
  throw error;
}
