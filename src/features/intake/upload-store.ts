// Files that arrive in several pieces, on the disk: what has come so far, what it will be, and who may send the rest.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileStore } from '../../stores/files/files.ts';
import type { Arrival } from './schemas.ts';

/** What is said of an upload when it begins, and what became of it. */
export type UploadFacts = {
  readonly organization: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Who sends it, as `actorName` says. */
  readonly actor: string;
  /** Once all has come. */
  readonly arrival: Arrival | null;
};

export type Upload = UploadFacts & {
  readonly id: string;
  /** Bytes that have come. */
  readonly offset: number;
  /** When something last came. */
  readonly touchedAt: Date;
};

/** Beside the originals, so that a finished upload moves there without a copy; kept from one start to the next. */
const folderOf = (files: FileStore) => join(files.root, 'uploads');
const factsPath = (files: FileStore, id: string) => join(folderOf(files), `${id}.json`);
/** The file of what has come so far. */
export const partPath = (files: FileStore, id: string) => join(folderOf(files), `${id}.part`);

const idShape = /^[\da-f]{32}$/;

/** @returns its id. */
export async function beginUpload(files: FileStore, facts: UploadFacts): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await mkdir(folderOf(files), { recursive: true });
  try {
    await writeFile(partPath(files, id), '', { flag: 'wx' });
    await writeFacts(files, id, facts);
    return id;
  } catch (error) {
    await forgetUpload(files, id);
    throw error;
  }
}

/** Null when there is none of that id. */
export async function findUpload(files: FileStore, id: string): Promise<Upload | null> {
  if (!idShape.test(id)) return null;
  const text = await readFile(factsPath(files, id), 'utf8').catch(nullIfAbsent);
  if (text === null) return null;
  // Our own file: written whole, then renamed.
  const facts = JSON.parse(text) as UploadFacts;
  const part = await stat(facts.arrival === null ? partPath(files, id) : factsPath(files, id)).catch(nullIfAbsent);
  if (part === null) return null;
  const offset = facts.arrival === null ? part.size : facts.size;
  return { ...facts, id, offset, touchedAt: part.mtime };
}

/** Notes that all has come: whoever lost the last answer asks again. */
export async function endUpload(files: FileStore, upload: Upload, arrival: Arrival): Promise<void> {
  const { organization, name, size, actor } = upload;
  await writeFacts(files, upload.id, { organization, name, size, actor, arrival });
  await rm(partPath(files, upload.id), { force: true });
}

export async function forgetUpload(files: FileStore, id: string): Promise<void> {
  if (!idShape.test(id)) return;
  await rm(partPath(files, id), { force: true });
  await rm(factsPath(files, id), { force: true });
}

/** The uploads that are there, finished ones too. */
export async function listUploads(files: FileStore): Promise<readonly Upload[]> {
  const names = await readdir(folderOf(files)).catch(nullIfAbsent);
  const uploads: Upload[] = [];
  for (const name of names ?? []) {
    if (!name.endsWith('.json')) continue;
    const upload = await findUpload(files, name.slice(0, -'.json'.length));
    if (upload !== null) uploads.push(upload);
  }
  return uploads;
}

/** Takes away what nothing came of since a moment, and files that belong to no upload. @returns how many uploads went. */
export async function sweepStore(files: FileStore, before: Date): Promise<number> {
  const names = await readdir(folderOf(files)).catch(nullIfAbsent);
  let gone = 0;
  for (const name of names ?? []) {
    const id = name.replace(/\..*$/, '');
    const path = join(folderOf(files), name);
    const upload = await findUpload(files, id);
    const touchedAt = upload?.touchedAt ?? (await stat(path).catch(nullIfAbsent))?.mtime;
    if (touchedAt === undefined || touchedAt >= before) continue;
    if (name.endsWith('.json')) gone += 1;
    await rm(path, { force: true });
  }
  return gone;
}

/**
 * Adds bytes after those that have come. Cut anywhere, what was written stays and counts.
 * @param most bytes that may still come
 * @returns whether more came than that; nothing of it is written.
 */
export async function appendBytes(path: string, body: Readable, most: number): Promise<{ readonly tooMany: boolean }> {
  const file = await open(path, 'a');
  let left = most;
  try {
    for await (const piece of body) {
      const bytes: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
      if (bytes.length > left) return { tooMany: true };
      await file.appendFile(bytes);
      left -= bytes.length;
    }
    return { tooMany: false };
  } finally {
    await file.close();
  }
}

/** Whether the disk has room for so many bytes. */
export async function hasRoom(files: FileStore, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(files.root);
  return bavail * bsize > bytes;
}

async function writeFacts(files: FileStore, id: string, facts: UploadFacts): Promise<void> {
  const beside = `${factsPath(files, id)}.new`;
  await writeFile(beside, JSON.stringify(facts));
  await rename(beside, factsPath(files, id));
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
