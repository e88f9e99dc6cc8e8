// A file looked at where it is, without keeping it: under a second name in a scratch folder, where the engine may read it.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TerroirError } from '../lib/errors.ts';
import type { FileStore } from '../stores/files/files.ts';
import { unwrapArchive } from './deposit/archive.ts';
import type { DepositedFile } from './stages.ts';

/** Work in a scratch folder that goes at its end, whatever happened. */
export async function aside<T>(
  tools: { readonly files: FileStore },
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  // The name of a journey: what a killed process leaves behind is swept by the next one.
  const scratch = join(tools.files.scratch, `journey-${process.pid}-${randomUUID()}`);
  await mkdir(scratch, { recursive: true });
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The file under a second name in the scratch folder, where the engine may read it: nothing is copied when both are on one
 * disk, and no sha256 is taken of a file that is not kept.
 * @throws TerroirError file.notFound, file.empty, file.unreadable, file.archiveUnsafe, disk.full
 */
export async function lend(path: string, scratch: string): Promise<DepositedFile> {
  const name = basename(path);
  const target = join(scratch, `lent-${randomUUID()}`);
  const { size } = await place(path, target).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new TerroirError('file.notFound', { path });
    if (code === 'ENOSPC') throw new TerroirError('disk.full');
    throw new TerroirError('file.unreadable', { name, reason: code || String(error) });
  });
  if (size === 0) throw new TerroirError('file.empty', { name });
  const file = { name, bytes: size, sha256: '', path: target };
  const inner = await unwrapArchive(target, name, scratch);
  return inner === null ? file : { ...file, path: inner.path, innerName: inner.name };
}

async function place(path: string, target: string): Promise<{ readonly size: number }> {
  // A link to a link would lead out of the scratch folder.
  const real = await realpath(path);
  const facts = await stat(real);
  if (!facts.isFile()) throw Object.assign(new Error(path), { code: 'EISDIR' });
  // Another disk, or a file of someone else: then it is copied, without a copy where the disk can share blocks.
  await link(real, target).catch(() => copyFile(real, target, constants.COPYFILE_FICLONE));
  return facts;
}
