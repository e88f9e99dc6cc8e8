// What a zip holds, by the names inside: files to unpack, or a format of its own that its reader opens whole.
import { basename, extname } from 'node:path';
import yauzl from 'yauzl';
import { TerroirError } from '../lib/errors.ts';

export const mostZipEntries = 10_000;

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
  most = mostZipEntries,
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
