// Tiles kept on the disk, compressed, one folder per version; the oldest go when there are too many.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { apart } from '../../lib/request-scope.ts';

const compress = promisify(gzip);

export type TileCacheOptions = {
  readonly folder: string;
  readonly maxBytes: number;
  /** Of the tiles kept in memory too. */
  readonly memoryBytes: number;
};

/** A kept tile: its bytes compressed by gzip, none for an empty tile. */
export type KeptTile = Buffer;

export class TileCache {
  readonly #options: TileCacheOptions;
  readonly #memory = new Map<string, KeptTile>();
  readonly #making = new Map<string, Promise<KeptTile>>();
  readonly #forgotten = new Set<string>();
  #memoryBytes = 0;
  /** Bytes on the disk, as far as is known; null before the first look. */
  #bytes: number | null = null;
  #sweeping: Promise<void> | null = null;

  constructor(options: TileCacheOptions) {
    this.#options = options;
  }

  /**
   * A tile of a version, made when it is not kept; made once however many ask together.
   * @param name what tells it from the version's other tiles
   */
  async get(version: string, name: string, make: () => Promise<Uint8Array>): Promise<KeptTile> {
    const file = join(folderName(version), `${shortName(name)}.mvt.gz`);
    const near = this.#memory.get(file);
    if (near !== undefined) {
      this.#memory.delete(file);
      this.#memory.set(file, near);
      return near;
    }
    const making = this.#making.get(file);
    if (making !== undefined) return making;
    // Kept for everybody: whoever asked first may leave.
    const tile = apart(() => this.#find(version, file, make)).finally(() => this.#making.delete(file));
    this.#making.set(file, tile);
    return tile;
  }

  async #find(version: string, file: string, make: () => Promise<Uint8Array>): Promise<KeptTile> {
    const path = join(this.#options.folder, file);
    const kept = await readFile(path).catch(() => null);
    if (kept !== null) {
      // Last used, last to go.
      const now = new Date();
      void utimes(path, now, now).catch(() => undefined);
      this.#remember(version, file, kept);
      return kept;
    }
    const bytes = await make();
    const tile = bytes.length === 0 ? Buffer.alloc(0) : await compress(bytes, { level: 5 });
    this.#remember(version, file, tile);
    // A disk that refuses makes tiles slower, not wrong.
    await this.#write(version, path, tile).catch(() => undefined);
    return tile;
  }

  #remember(version: string, file: string, tile: KeptTile): void {
    if (this.#forgotten.has(version)) return;
    this.#memory.set(file, tile);
    this.#memoryBytes += tile.length + file.length;
    for (const [oldest, each] of this.#memory) {
      if (this.#memoryBytes <= this.#options.memoryBytes) break;
      this.#memory.delete(oldest);
      this.#memoryBytes -= each.length + oldest.length;
    }
  }

  async #write(version: string, path: string, tile: KeptTile): Promise<void> {
    if (this.#forgotten.has(version)) return;
    await mkdir(join(this.#options.folder, folderName(version)), { recursive: true });
    const part = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
    await writeFile(part, tile);
    await rename(part, path);
    // A purge decided meanwhile must find nothing after it.
    if (this.#forgotten.has(version)) await rm(path, { force: true });
    this.#bytes = (this.#bytes ?? (await this.#measure()).bytes) + tile.length;
    if (this.#bytes > this.#options.maxBytes) await this.sweep();
  }

  /** Deletes the tiles used longest ago, until there is room again. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { files, bytes } = await this.#measure();
    let left = bytes;
    for (const file of files.toSorted((a, b) => a.used - b.used)) {
      if (left <= this.#options.maxBytes * 0.8) break;
      await rm(file.path, { force: true });
      left -= file.bytes;
    }
    this.#bytes = left;
  }

  async #measure() {
    const { folder } = this.#options;
    const files: { readonly path: string; readonly bytes: number; readonly used: number }[] = [];
    for (const version of await readdir(folder).catch(() => [])) {
      for (const name of await readdir(join(folder, version)).catch(() => [])) {
        const path = join(folder, version, name);
        const facts = await stat(path).catch(() => null);
        if (facts !== null) files.push({ path, bytes: facts.size, used: facts.mtimeMs });
      }
    }
    return { files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  }

  /** Forgets the tiles of a version: it was purged, and no tile of it is kept any more. */
  async forget(version: string): Promise<void> {
    this.#forgotten.add(version);
    for (const [file, tile] of this.#memory) {
      if (!file.startsWith(folderName(version))) continue;
      this.#memory.delete(file);
      this.#memoryBytes -= tile.length + file.length;
    }
    await rm(join(this.#options.folder, folderName(version)), { recursive: true, force: true });
  }
}

function folderName(version: string): string {
  return shortName(version);
}

function shortName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
