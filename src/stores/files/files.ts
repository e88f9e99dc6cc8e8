// The door to stored files: originals by their sha256, and one folder per version; written beside, then renamed, never half there.
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { openFile } from './file-stream.ts';

export type FileStore = {
  /** Where everything of this store lives. */
  readonly root: string;
  /** Scratch space of one process: its content is worth nothing after a crash. */
  readonly scratch: string;
  /** The path of an original, whether it is there or not. */
  originalPath(sha256: string): string;
  /** Moves a finished scratch file to its place among the originals; the same bytes are kept once. */
  keepOriginal(scratchPath: string, sha256: string): Promise<void>;
  hasOriginal(sha256: string): Promise<boolean>;
  /** Destroys an original: only a purge does it. */
  removeOriginal(sha256: string): Promise<void>;
  openOriginal(sha256: string, range?: { start: number; end: number }): NodeJS.ReadableStream;
  /** The folder of a version's files (data.parquet, search.parquet). */
  versionFolder(key: string): string;
  /** Moves a finished scratch folder to its place as a version; the folder must not exist yet. */
  keepVersion(scratchFolder: string, key: string): Promise<void>;
  removeVersion(key: string): Promise<void>;
  versionKeys(): Promise<readonly string[]>;
};

/** A file store on a local disk. */
export async function openDiskStore(root: string): Promise<FileStore> {
  const originals = join(root, 'originals');
  const versions = join(root, 'versions');
  const scratch = join(root, 'scratch');
  for (const folder of [originals, versions, scratch]) await mkdir(folder, { recursive: true });
  const originalPath = (sha256: string) => join(originals, sha256.slice(0, 2), sha256);
  const versionFolder = (key: string) => join(versions, key);
  return {
    root,
    scratch,
    originalPath,
    versionFolder,
    async keepOriginal(scratchPath, sha256) {
      await mkdir(join(originals, sha256.slice(0, 2)), { recursive: true });
      await sync(scratchPath);
      await rename(scratchPath, originalPath(sha256));
      await sync(join(originals, sha256.slice(0, 2)));
    },
    hasOriginal: (sha256) => exists(originalPath(sha256)),
    removeOriginal: (sha256) => rm(originalPath(sha256), { force: true }),
    openOriginal: (sha256, range) => openFile(originalPath(sha256), range),
    async keepVersion(scratchFolder, key) {
      if (await exists(versionFolder(key))) throw new TerroirError('storage.failed', { reason: `version ${key}` });
      for (const name of await readdir(scratchFolder)) await sync(join(scratchFolder, name));
      await rename(scratchFolder, versionFolder(key));
      await sync(versions);
    },
    removeVersion: (key) => rm(versionFolder(key), { recursive: true, force: true }),
    versionKeys: () => readdir(versions),
  };
}

/** Makes what was written to a file or a folder survive a power cut. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
