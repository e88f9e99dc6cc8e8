// First stage: takes a file in, copies it byte for byte, knows it by its sha256, and opens the archive that it may be.
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import type { FileFacts } from '../../model/table.ts';
import type { FileStore } from '../../stores/files/files.ts';
import type { DepositedFile } from '../stages.ts';
import { unwrapArchive } from './archive.ts';

const chunkBytes = 1 << 18;

/**
 * Copies a file in one reading, keeps the copy as an original, and unwraps a `.gz` or a `.zip` of one table beside it.
 * @param input.scratch an existing folder of this journey; without it the store's own scratch folder is used
 * @param input.onBytes sees every chunk in order while it is written; its memory is used again afterwards
 * @throws TerroirError file.notFound, file.empty, file.archiveUnsafe, file.formatUnsupported, disk.full
 */
export async function receiveFile(
  input: { path: string; scratch?: string; onBytes?: (chunk: Uint8Array) => void },
  files: FileStore,
): Promise<DepositedFile> {
  const scratch = input.scratch ?? files.scratch;
  const copied = await copyInto(input.path, scratch, input.onBytes);
  await guardDisk(() => files.keepOriginal(copied.path, copied.sha256));
  return unwrap({ ...copied, path: files.originalPath(copied.sha256) }, scratch);
}

/**
 * Keeps a file as an original under a name, and opens nothing.
 * @param input.take the file is the platform's own: it is moved, not copied
 * @throws TerroirError file.notFound, file.empty, file.unreadable, disk.full
 */
export async function keepFile(
  input: { path: string; name: string; take: boolean; scratch: string },
  files: FileStore,
): Promise<FileFacts> {
  const { name } = input;
  const copied = input.take ? await measure(input.path, name) : await copyInto(input.path, input.scratch);
  await guardDisk(() => files.keepOriginal(copied.path, copied.sha256));
  return { name, bytes: copied.bytes, sha256: copied.sha256 };
}

/** An original that was kept before, as it is: an archive stays closed. */
export function keptFile(file: FileFacts, files: FileStore): DepositedFile {
  return { ...file, path: files.originalPath(file.sha256) };
}

/** The sha256 of a file, read once. @throws TerroirError file.notFound, file.empty, file.unreadable */
export async function sha256OfFile(path: string): Promise<string> {
  return (await measure(path, basename(path))).sha256;
}

async function measure(path: string, name: string): Promise<DepositedFile> {
  const source = await openSource(path);
  const hash = createHash('sha256');
  let bytes = 0;
  // The stream closes the file.
  for await (const chunk of source.createReadStream({ highWaterMark: chunkBytes })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (bytes === 0) throw new TerroirError('file.empty', { name });
  return { name, path, bytes, sha256: hash.digest('hex') };
}

/** The same without keeping anything: the copy and what it holds stay in the scratch folder. */
export async function readAside(path: string, scratch: string): Promise<DepositedFile> {
  return unwrap(await copyInto(path, scratch), scratch);
}

/** An original that was kept before, opened as when it was received. */
export async function openKept(file: FileFacts, files: FileStore, scratch: string): Promise<DepositedFile> {
  return unwrap({ ...file, path: files.originalPath(file.sha256) }, scratch);
}

async function unwrap(file: DepositedFile, scratch: string): Promise<DepositedFile> {
  const inner = await guardDisk(() => unwrapArchive(file.path, file.name, scratch));
  return inner === null ? file : { ...file, path: inner.path, innerName: inner.name };
}

async function copyInto(
  path: string,
  scratch: string,
  onBytes: (chunk: Uint8Array) => void = () => {},
): Promise<DepositedFile> {
  const source = await openSource(path);
  const name = basename(path);
  const target = join(scratch, `received-${randomUUID()}`);
  try {
    const copied = await guardDisk(() => copy(source, target, onBytes));
    if (copied.bytes === 0) throw new TerroirError('file.empty', { name });
    return { name, path: target, ...copied };
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    await source.close();
  }
}

async function openSource(path: string): Promise<FileHandle> {
  try {
    if (!(await stat(path)).isFile()) throw new TerroirError('file.unreadable', { name: basename(path), reason: path });
    return await open(path, 'r');
  } catch (error) {
    if (isFault(error, 'ENOENT', 'ENOTDIR')) throw new TerroirError('file.notFound', { path });
    if (isFault(error, 'EACCES', 'EPERM'))
      throw new TerroirError('file.unreadable', { name: basename(path), reason: 'EACCES' });
    throw error;
  }
}

/** Reads a chunk while the one before is hashed and written: one reading of the file, never two. */
async function copy(
  source: FileHandle,
  target: string,
  onBytes: (chunk: Uint8Array) => void,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const output = await open(target, 'wx');
  try {
    const buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;
    let [bytes, turn] = [0, 0];
    let reading = source.read(buffers[0], 0, chunkBytes, 0);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) break;
      const filled = buffers[turn as 0 | 1].subarray(0, bytesRead);
      bytes += bytesRead;
      turn = 1 - turn;
      reading = source.read(buffers[turn as 0 | 1], 0, chunkBytes, bytes);
      reading.catch(() => undefined);
      const writing = output.writeFile(filled);
      hash.update(filled);
      onBytes(filled);
      await writing;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await output.close();
  }
}

/** A full disk is told as such, wherever it strikes. */
async function guardDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFault(error, 'ENOSPC', 'EDQUOT')) throw new TerroirError('disk.full', {}, { cause: error });
    throw error;
  }
}

function isFault(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
