// Forms with a file, as browsers without JavaScript send them: streamed to a scratch folder, never held in memory.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { largestFile, megabytes, safeFileName } from './rules.ts';
import type { SavedForm } from './schemas.ts';

/** A form says a few things and brings one file; more is no form of ours. */
const limits = { fields: 100, fieldNameSize: 200, fieldSize: 1024 * 1024, files: 2, parts: 110, headerPairs: 50 };

/**
 * Reads a multipart/form-data request to its end.
 * @param options.limit the largest file, in bytes
 * @throws TerroirError upload.tooLarge, upload.cut (the request ended before its form), disk.full; nothing is left then
 */
export async function saveForm(
  request: FastifyRequest,
  context: Pick<Context, 'files'>,
  options: { readonly limit?: number } = {},
): Promise<SavedForm> {
  const limit = options.limit ?? largestFile;
  if (!request.isMultipart()) throw new TerroirError('upload.nothing');
  const folder = join(context.files.scratch, `journey-${process.pid}-${randomBytes(6).toString('hex')}`);
  const done = () => rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const fields = new Map<string, string>();
    let file: SavedForm['file'] = null;
    for await (const part of request.parts({ limits: { ...limits, fileSize: limit } })) {
      if (part.type === 'field') {
        if (typeof part.value === 'string' && !fields.has(part.fieldname)) fields.set(part.fieldname, part.value);
        continue;
      }
      // A file that was not chosen comes with no name and no bytes; a second one is not ours.
      if (part.filename === '' || part.filename === undefined || file !== null) {
        part.file.resume();
        continue;
      }
      const path = join(folder, 'file');
      await pipeline(part.file, createWriteStream(path));
      if (part.file.truncated) throw new TerroirError('upload.tooLarge', { max: megabytes(limit) });
      file = { path, name: safeFileName(part.filename) };
    }
    return { fields, file, done };
  } catch (error) {
    await done();
    throw refusalOf(error, limit);
  }
}

function refusalOf(error: unknown, limit: number): unknown {
  if (error instanceof TerroirError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new TerroirError('upload.tooLarge', { max: megabytes(limit) });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new TerroirError('disk.full', {}, { cause: error });
  const cut = /^FST_(FILES|PARTS|FIELDS)_LIMIT$|^ECONNRESET$|PREMATURE_CLOSE$/.test(code);
  if (cut || /unexpected end|malformed|boundary|aborted/i.test(error.message))
    return new TerroirError('upload.cut', {}, { cause: error });
  return error;
}
