// Opens a .gz, or a .zip that holds one file to read, within bounds: an archive may be a bomb, its names are never trusted.
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { TerroirError } from '../../lib/errors.ts';
import {
  type ArchiveLimits,
  archiveLimits,
  bombGuard,
  mostBytesOf,
  openZip,
  ownFiles,
  readableFiles,
  zipEntries,
  zipKind,
} from '../zip.ts';

export type Unwrapped = { readonly path: string; readonly name: string };

/** An archive may hold an archive; deeper than that, nobody meant a table. */
const mostLayers = 3;

/**
 * The one file inside an archive, written into the scratch folder under a name of ours; null when the file is no archive,
 * is a format of its own (a workbook, a shapefile …) or holds several tables: its reader opens it.
 * @throws TerroirError file.archiveUnsafe (bomb, broken, encrypted), file.damaged, file.formatUnsupported (no table inside)
 */
export async function unwrapArchive(
  path: string,
  name: string,
  scratch: string,
  limits = archiveLimits,
): Promise<Unwrapped | null> {
  let outer: Unwrapped | null = null;
  for (let layer = 1; layer <= mostLayers; layer++) {
    const inner = await unwrapOnce(outer ?? { path, name }, join(scratch, `unwrapped-${layer}`), limits);
    if (inner === null) return outer;
    outer = inner;
  }
  throw new TerroirError('file.archiveUnsafe', { name, reason: `> ${mostLayers}` });
}

async function unwrapOnce({ path, name }: Unwrapped, to: string, limits: ArchiveLimits): Promise<Unwrapped | null> {
  const kind = await kindOf(path);
  if (kind === null) return null;
  try {
    if (kind === 'gzip') {
      const { size } = await stat(path);
      await pipeline(createReadStream(path), createGunzip(), bombGuard(name, size, limits), createWriteStream(to));
      return { path: to, name: basename(name).replace(/\.gz(ip)?$/i, '') };
    }
    return await unzipOnly(path, name, to, limits);
  } catch (error) {
    await rm(to, { force: true });
    if (error instanceof TerroirError || isSystemFault(error)) throw error;
    if (workbookEndings.includes(extname(name).toLowerCase()))
      throw new TerroirError('file.damaged', { name }, { cause: error });
    throw new TerroirError(
      'file.archiveUnsafe',
      { name, reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

async function kindOf(path: string): Promise<'gzip' | 'zip' | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
    const zip = buffer.toString('latin1') === 'PK\x03\x04' || buffer.toString('latin1') === 'PK\x05\x06';
    return zip ? 'zip' : null;
  } finally {
    await file.close();
  }
}

const workbookEndings = ['.xlsx', '.xlsm', '.xlsb', '.ods', '.docx', '.odt'];

async function unzipOnly(path: string, name: string, to: string, limits: ArchiveLimits): Promise<Unwrapped | null> {
  const zip = await openZip(path);
  try {
    const entries = await zipEntries(zip, name, limits.mostEntries);
    if (zipKind(entries.map((entry) => entry.fileName)) !== null) {
      await refuseDeclaredBomb(path, name, entries, limits);
      return null;
    }
    const tables = readableFiles(entries);
    const [table] = tables;
    if (table === undefined) throw nothingInside(entries, name);
    if (tables.length > 1) {
      await refuseDeclaredBomb(path, name, tables, limits);
      return null;
    }
    const stream: Readable = await zip.openReadStreamPromise(table);
    await pipeline(stream, bombGuard(name, table.compressedSize, limits), createWriteStream(to));
    return { path: to, name: basename(table.fileName) };
  } finally {
    zip.close();
  }
}

/** Its reader counts again what really comes out: declared sizes only spare the opening. */
async function refuseDeclaredBomb(
  path: string,
  name: string,
  entries: readonly { readonly uncompressedSize: number }[],
  limits: ArchiveLimits,
): Promise<void> {
  const declared = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const most = mostBytesOf((await stat(path)).size, limits);
  if (declared > most) throw new TerroirError('file.archiveUnsafe', { name, reason: `${declared} > ${most} octets` });
}

function nothingInside(entries: readonly { readonly fileName: string }[], name: string): TerroirError {
  const inside = [...new Set(ownFiles(entries).map(({ fileName }) => extname(fileName).toLowerCase().slice(1)))];
  return new TerroirError('file.formatUnsupported', { name, format: `zip: ${inside.slice(0, 5).join(', ')}` });
}

function isSystemFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(ENOSPC|EDQUOT|EACCES|EMFILE|EIO)$/.test(error.code)
  );
}
