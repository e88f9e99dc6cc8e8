// The files of a geographic archive: each layer with its parts, written side by side under names of ours.
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TerroirError } from '../../../lib/errors.ts';
import { archiveLimits, bombGuard, mostBytesOf, openZip, ownFiles, zipEntries } from '../../zip.ts';

export type LayerParts = {
  /** The name that its files have in the archive, without folder or ending. */
  readonly name: string;
  /** Where each part was written, by its ending in lower case (".shp", ".dbf", ".shp.xml" is not kept). */
  readonly paths: ReadonlyMap<string, string>;
};

/**
 * Writes the files with the given endings into a folder.
 * @throws TerroirError file.archiveUnsafe (bomb), file.damaged
 */
export async function unzipParts(
  path: string,
  name: string,
  endings: readonly string[],
  scratch: string,
): Promise<readonly LayerParts[]> {
  const layers = new Map<string, { name: string; paths: Map<string, string> }>();
  try {
    const zip = await openZip(path);
    try {
      let left = mostBytesOf((await stat(path)).size);
      for (const entry of ownFiles(await zipEntries(zip, name))) {
        const ending = extname(entry.fileName).toLowerCase();
        if (!endings.includes(ending)) continue;
        const stem = entry.fileName.slice(0, -ending.length);
        const key = stem.toLowerCase();
        const layer = layers.get(key) ?? { name: basename(stem), paths: new Map<string, string>() };
        layers.set(key, layer);
        if (layer.paths.has(ending)) continue;
        const to = join(scratch, `layer-${[...layers.keys()].indexOf(key) + 1}${ending}`);
        const limits = { ...archiveLimits, freeBytes: left, mostBytes: left };
        await pipeline(await zip.openReadStreamPromise(entry), bombGuard(name, 1, limits), createWriteStream(to));
        left -= (await stat(to)).size;
        layer.paths.set(ending, to);
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof TerroirError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new TerroirError('disk.full');
    throw new TerroirError('file.damaged', { name }, { cause: error });
  }
  return [...layers.values()];
}
