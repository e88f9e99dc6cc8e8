// What a zip holds, by the names inside: files to unpack, or a format of its own that its reader opens whole.
import { basename, extname } from 'node:path';
import { Transform } from 'node:stream';
import yauzl from 'yauzl';
import { TerroirError } from '../lib/errors.ts';

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

/** Bytes that may come out of an archive of that size. */
export function mostBytesOf(packedBytes: number, limits = archiveLimits): number {
  return Math.min(limits.mostBytes, Math.max(limits.freeBytes, packedBytes * limits.ratio));
}

/** Counts what comes out and stops a bomb while it bursts, not after: its stream fails with file.archiveUnsafe. */
export function bombGuard(name: string, packedBytes: number, limits = archiveLimits): Transform {
  const most = mostBytesOf(packedBytes, limits);
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new TerroirError('file.archiveUnsafe', { name, reason: `> ${most} octets` }));
      else done(null, chunk);
    },
  });
}

/** A zip that is a format of its own; null for one that only holds files. */
export type ZipKind = 'xlsx' | 'xlsb' | 'opendocument' | 'office' | 'shapefile' | 'kmz' | 'mapinfo' | null;

/** Opens a zip for reading its entries one by one. Close it. @throws the zip reader's own errors */
export function openZip(path: string): Promise<yauzl.ZipFile> {
  return yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
}

/** @throws TerroirError file.archiveUnsafe when there are too many */
export async function zipEntries(
  zip: yauzl.ZipFile,
  name: string,
  most = archiveLimits.mostEntries,
): Promise<readonly yauzl.Entry[]> {
  if (zip.entryCount > most)
    throw new TerroirError('file.archiveUnsafe', { name, reason: `${zip.entryCount} > ${most}` });
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

/** The entries that people put there: folders and what systems add are left aside. */
export function ownFiles<T extends { readonly fileName: string }>(entries: readonly T[]): readonly T[] {
  return entries.filter(
    ({ fileName }) =>
      !fileName.endsWith('/') && !fileName.startsWith('__MACOSX/') && !basename(fileName).startsWith('.'),
  );
}

/** @param names the names of all entries */
export function zipKind(names: readonly string[]): ZipKind {
  const set = new Set(names);
  if (set.has('[Content_Types].xml') || names.some((name) => /^(xl|word|ppt|visio)\//.test(name))) {
    if (set.has('xl/workbook.bin')) return 'xlsb';
    return names.some((name) => name.startsWith('xl/')) ? 'xlsx' : 'office';
  }
  if (set.has('mimetype') || set.has('META-INF/manifest.xml')) return 'opendocument';
  const endings = new Set(
    ownFiles(names.map((fileName) => ({ fileName }))).map((n) => extname(n.fileName).toLowerCase()),
  );
  if (endings.has('.shp')) return 'shapefile';
  if (endings.has('.mif') || (endings.has('.tab') && endings.has('.dat'))) return 'mapinfo';
  return endings.has('.kml') ? 'kmz' : null;
}

const textTables = ['.csv', '.tsv', '.tab'];
const readableEndings = [
  ...textTables,
  ...['.xlsx', '.xlsm', '.xlsb', '.xls', '.ods', '.fods'],
  ...['.json', '.geojson', '.ndjson', '.jsonl', '.geojsonl', '.gpkg', '.kml', '.kmz', '.gml', '.gpx', '.dxf', '.fgb'],
  ...['.parquet', '.ics', '.zip', '.gz'],
];

/** The files of a zip that hold data; notices, metadata and styles beside them are left aside. */
export function readableFiles<T extends { readonly fileName: string }>(entries: readonly T[]): readonly T[] {
  const files = ownFiles(entries);
  const ending = ({ fileName }: T) => extname(fileName).toLowerCase();
  const data = files.filter((entry) => readableEndings.includes(ending(entry)) && !describes(entry.fileName));
  if (data.length > 0) return data;
  // A lone .txt is a table, a lone document is a document to publish; beside a table they are notices.
  const texts = files.filter((entry) => ending(entry) === '.txt');
  if (texts.length > 0) return texts;
  return files.filter((entry) => ['.json', '.xml', '.pdf', '.doc', '.docx', '.odt'].includes(ending(entry)));
}

function describes(fileName: string): boolean {
  return /^(datapackage|metadata|metadonnees|schema|package|style|legend)[^/]*\.json$/i.test(basename(fileName));
}
