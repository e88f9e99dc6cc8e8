// Opens a .gz, or a .zip that holds one table, within bounds: an archive may be a bomb, and its names are never trusted.
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { TerroirError } from '../../lib/errors.ts';

export type ArchiveLimits = {
  /** Bytes that may come out whatever went in. */
  readonly freeBytes: number;
  /** How many times its size an archive may give above `freeBytes`. */
  readonly ratio: number;
  readonly mostBytes: number;
  readonly mostEntries: number;
};

export const archiveLimits: ArchiveLimits = {
  freeBytes: 100 * 1024 ** 2,
  ratio: 200,
  mostBytes: 20 * 1024 ** 3,
  mostEntries: 10_000,
};

export type Unwrapped = { readonly path: string; readonly name: string };

/**
 * The table inside an archive, written into the scratch folder under a name of ours; null when the file is no archive.
 * @throws TerroirError file.archiveUnsafe (bomb, broken, encrypted), file.formatUnsupported (no table or several inside)
 */
export async function unwrapArchive(
  path: string,
  name: string,
  scratch: string,
  limits = archiveLimits,
): Promise<Unwrapped | null> {
  const kind = await kindOf(path);
  if (kind === null) return null;
  const to = join(scratch, 'unwrapped');
  try {
    if (kind === 'gzip') {
      const { size } = await statOf(path);
      await pipeline(createReadStream(path), createGunzip(), guard(name, size, limits), createWriteStream(to));
      return { path: to, name: basename(name).replace(/\.gz(ip)?$/i, '') };
    }
    return await unzipTable(path, name, to, limits);
  } catch (error) {
    await rm(to, { force: true });
    if (error instanceof TerroirError || isSystemFault(error)) throw error;
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

async function statOf(path: string): Promise<{ size: number }> {
  const file = await open(path, 'r');
  try {
    return await file.stat();
  } finally {
    await file.close();
  }
}

/** Counts what comes out and stops a bomb while it bursts, not after. */
function guard(name: string, packedBytes: number, limits: ArchiveLimits): Transform {
  const most = Math.min(limits.mostBytes, Math.max(limits.freeBytes, packedBytes * limits.ratio));
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new TerroirError('file.archiveUnsafe', { name, reason: `> ${most} octets` }));
      else done(null, chunk);
    },
  });
}

const tableEndings = ['.csv', '.tsv', '.tab', '.txt'];

async function unzipTable(path: string, name: string, to: string, limits: ArchiveLimits): Promise<Unwrapped> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  try {
    const entries = await entriesOf(zip, name, limits);
    refuseOfficeFiles(entries, name);
    const table = onlyTable(entries, name);
    const stream: Readable = await zip.openReadStreamPromise(table);
    await pipeline(stream, guard(name, table.compressedSize, limits), createWriteStream(to));
    return { path: to, name: basename(table.fileName) };
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: yauzl.ZipFile, name: string, limits: ArchiveLimits): Promise<readonly yauzl.Entry[]> {
  if (zip.entryCount > limits.mostEntries)
    throw new TerroirError('file.archiveUnsafe', { name, reason: `${zip.entryCount} > ${limits.mostEntries}` });
  const { promise, resolve, reject } = Promise.withResolvers<readonly yauzl.Entry[]>();
  const entries: yauzl.Entry[] = [];
  zip.on('entry', (entry: yauzl.Entry) => {
    entries.push(entry);
    zip.readEntry();
  });
  zip.on('end', () => resolve(entries));
  zip.on('error', reject);
  zip.readEntry();
  return promise;
}

/** Spreadsheets and documents are zips as well, with a table of contents of their own. */
function refuseOfficeFiles(entries: readonly yauzl.Entry[], name: string): void {
  const names = new Set(entries.map((entry) => entry.fileName));
  if (!names.has('[Content_Types].xml') && !names.has('mimetype') && !names.has('META-INF/manifest.xml')) return;
  const format = names.has('xl/workbook.xml') ? 'xlsx' : extname(name).slice(1) || 'zip';
  throw new TerroirError('file.formatUnsupported', { name, format });
}

/** The one table of the archive; files that describe it and those that systems add are left aside. */
function onlyTable(entries: readonly yauzl.Entry[], name: string): yauzl.Entry {
  const files = entries.filter(
    ({ fileName }) =>
      !fileName.endsWith('/') && !fileName.startsWith('__MACOSX/') && !basename(fileName).startsWith('.'),
  );
  const ending = ({ fileName }: yauzl.Entry) => extname(fileName).toLowerCase();
  const delimited = files.filter((entry) => tableEndings.includes(ending(entry)));
  // A lone .txt is a table; beside a .csv it is a notice.
  const tables = delimited.some((entry) => ending(entry) !== '.txt')
    ? delimited.filter((entry) => ending(entry) !== '.txt')
    : delimited;
  const [table] = tables;
  if (table !== undefined && tables.length === 1) return table;
  const inside = [...new Set(files.map((entry) => ending(entry).slice(1)))].slice(0, 5).join(', ');
  throw new TerroirError('file.formatUnsupported', {
    name,
    format: `zip: ${tables.length > 1 ? `${tables.length} × ` : ''}${inside}`,
  });
}

function isSystemFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(ENOSPC|EDQUOT|EACCES|EMFILE|EIO)$/.test(error.code)
  );
}
