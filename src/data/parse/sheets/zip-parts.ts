// The parts of a workbook that is a zip, as streams of bytes bounded against bombs.
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import type yauzl from 'yauzl';
import { archiveLimits, bombGuard, openZip, zipEntries } from '../../zip.ts';

export type ZipParts = {
  has(name: string): boolean;
  names(): readonly string[];
  /** @throws the zip reader's errors, TerroirError file.archiveUnsafe */
  stream(name: string): AsyncIterable<Uint8Array>;
  text(name: string, mostBytes?: number): Promise<string>;
  close(): void;
};

/** Parts that are read whole are short: relations, styles, lists of sheets. */
const shortPartBytes = 64 * 1024 * 1024;

/** @throws the zip reader's own errors when the file is no zip or is cut, TerroirError file.archiveUnsafe */
export async function openZipParts(path: string, name: string): Promise<ZipParts> {
  const { size } = await stat(path);
  const zip = await openZip(path);
  let entries: ReadonlyMap<string, yauzl.Entry>;
  try {
    const all = await zipEntries(zip, name);
    // Some writers disagree with themselves on capitals and on the first slash.
    entries = new Map(all.map((entry) => [partKey(entry.fileName), entry]));
  } catch (error) {
    zip.close();
    throw error;
  }
  async function* stream(part: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(partKey(part));
    if (entry === undefined) return;
    const source = await zip.openReadStreamPromise(entry);
    const guard = bombGuard(name, size, archiveLimits);
    // What fails is told by the stream that is read.
    pipeline(source, guard, () => {});
    for await (const chunk of guard) yield chunk as Uint8Array;
  }
  return {
    has: (part) => entries.has(partKey(part)),
    names: () => [...entries.values()].map((entry) => entry.fileName),
    stream,
    async text(part, mostBytes = shortPartBytes) {
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of stream(part)) {
        bytes += chunk.length;
        if (bytes > mostBytes) throw new RangeError(`${part} > ${mostBytes}`);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
    close: () => zip.close(),
  };
}

function partKey(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase();
}
