// The verbs of uploads that can be cut and taken up again: begin, go on, end, give up; and forgetting those that nobody ends.
import type { Readable } from 'node:stream';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import { getOrganization } from '../catalog/service.ts';
import { largestFile, megabytes, safeFileName } from './rules.ts';
import { receiveFile } from './service.ts';
import {
  appendBytes,
  beginUpload,
  endUpload,
  findUpload,
  forgetUpload,
  hasRoom,
  listUploads,
  partPath,
  sweepStore,
  type Upload,
} from './upload-store.ts';

/** How long an upload that was cut is waited for. */
export const keptHours = 24;
/** Uploads under way for one organization: more is a script gone wrong. */
const mostUnderWay = 50;

/** Who writes into an upload right now: whoever comes back after a loss of network takes over from their own lost connection. */
const writing = new Map<string, { stop(): void; readonly ended: Promise<unknown> }>();

/** When an upload is forgotten if nothing more comes. */
export function expiryOf(upload: Upload): Date {
  return new Date(upload.touchedAt.getTime() + keptHours * 3_600_000);
}

/**
 * Begins an upload for an organization.
 * @throws TerroirError permission.denied, organization.unknown, file.empty, upload.tooLarge, upload.tooMany, disk.full
 */
export async function startUpload(
  context: Context,
  request: { readonly organization: string; readonly name: string; readonly size: number },
): Promise<Upload> {
  const { organization, size } = request;
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  await getOrganization(context, organization);
  const name = safeFileName(request.name);
  if (size === 0) throw new TerroirError('file.empty', { name });
  if (size > largestFile) throw new TerroirError('upload.tooLarge', { max: megabytes(largestFile) });
  const underWay = (await listUploads(context.files)).filter(
    (one) => one.organization === organization && one.arrival === null && expiryOf(one) > context.now(),
  );
  if (underWay.length >= mostUnderWay) throw new TerroirError('upload.tooMany', { max: mostUnderWay });
  if (!(await hasRoom(context.files, size))) throw new TerroirError('disk.full');
  const facts = { organization, name, size, actor: actorName(context.actor), arrival: null };
  const id = await beginUpload(context.files, facts).catch(orDiskFull);
  return getUpload(context, id);
}

/**
 * Where an upload stands; a connection that still writes into it is ended, for whoever asks is about to go on.
 * @throws TerroirError upload.unknown (also for all but whoever began it), upload.expired, permission.denied
 */
export async function resumeUpload(context: Context, id: string): Promise<Upload> {
  await getUpload(context, id);
  await takeOver(id);
  return getUpload(context, id);
}

/**
 * Adds bytes to an upload; the last ones make it a deposit.
 * @throws TerroirError upload.unknown, upload.expired, upload.elsewhere (not where it stands), upload.tooLarge, disk.full
 */
export async function continueUpload(
  context: Context,
  id: string,
  piece: { readonly offset: number; readonly body: Readable; readonly length: number | null },
): Promise<Upload> {
  const upload = await resumeUpload(context, id);
  if (upload.offset !== piece.offset) throw new TerroirError('upload.elsewhere', { expected: upload.offset });
  const left = upload.size - upload.offset;
  if (piece.length !== null && piece.length > left)
    throw new TerroirError('upload.tooLarge', { max: megabytes(upload.size) });
  if (upload.arrival !== null) return upload;
  // Two that came at the same instant: one of them waits and asks again.
  if (writing.has(id)) throw new TerroirError('upload.busy');
  const work = write(context, upload, piece.body, left).finally(() => writing.delete(id));
  writing.set(id, { stop: () => piece.body.destroy(new Error('taken over')), ended: work.catch(() => undefined) });
  return work;
}

async function write(context: Context, upload: Upload, body: Readable, left: number): Promise<Upload> {
  await append(context, upload, body, left);
  const now = await getUpload(context, upload.id);
  return now.offset === now.size ? finish(context, now) : now;
}

/** Gives an upload up. @throws TerroirError upload.unknown, upload.expired */
export async function abandonUpload(context: Context, id: string): Promise<void> {
  await resumeUpload(context, id);
  await forgetUpload(context.files, id);
}

/** Forgets the uploads of which nothing came for a day. @returns how many. */
export async function sweepUploads(context: Pick<Context, 'files' | 'now'>): Promise<number> {
  return sweepStore(context.files, new Date(context.now().getTime() - keptHours * 3_600_000));
}

async function getUpload(context: Context, id: string): Promise<Upload> {
  const upload = await findUpload(context.files, id);
  const { actor } = context;
  if (upload === null || upload.actor !== actorName(actor)) throw new TerroirError('upload.unknown');
  if (!can(actor, 'dataset.deposit', { organization: upload.organization, author: null }))
    throw new TerroirError('permission.denied');
  if (expiryOf(upload) <= context.now()) {
    await forgetUpload(context.files, id);
    throw new TerroirError('upload.expired');
  }
  return upload;
}

async function takeOver(id: string): Promise<void> {
  for (let other = writing.get(id); other !== undefined; other = writing.get(id)) {
    other.stop();
    await other.ended;
    await new Promise(setImmediate);
  }
}

async function append(context: Context, upload: Upload, body: Readable, left: number): Promise<void> {
  const path = partPath(context.files, upload.id);
  try {
    const { tooMany } = await appendBytes(path, body, left);
    if (tooMany) throw new TerroirError('upload.tooLarge', { max: megabytes(upload.size) });
  } catch (error) {
    if (isDiskFull(error)) {
      // What has come cannot be ended here: its room is given back.
      await forgetUpload(context.files, upload.id);
      throw new TerroirError('disk.full', {}, { cause: error });
    }
    // A connection that is lost is no failure: what came is kept, and waited for.
    if (error instanceof TerroirError || !isLost(error)) throw error;
    throw new TerroirError('upload.cut', {}, { cause: error });
  }
}

async function finish(context: Context, upload: Upload): Promise<Upload> {
  const { id, organization, name } = upload;
  const path = partPath(context.files, id);
  const arrival = await receiveFile(context, { organization, name, path, origin: 'upload', take: true });
  await endUpload(context.files, upload, arrival);
  return { ...upload, arrival };
}

function orDiskFull(error: unknown): never {
  if (isDiskFull(error)) throw new TerroirError('disk.full', {}, { cause: error });
  throw error;
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return error.message === 'taken over' || /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ABORT_ERR)$/.test(code);
}
