// The embedded PostgreSQL server: made, started or adopted, stopped. Its callers hold the home's database lock.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { TerroirError } from '../../lib/errors.ts';
import { findPlace, type Place } from './postgres-place.ts';
import { findPrograms } from './postgres-programs.ts';
import { canEnter, type SystemUser, spawnAs } from './postgres-user.ts';
import { isRunning, type ProcessName, startOf } from './process.ts';

/** A server that answers. */
export type Postmaster = ProcessName & { readonly socketFolder: string };

const superuser = 'terroir';
const database = 'terroir';

/**
 * One machine, one portal: little memory at rest, no helper that is not needed, nothing on the network. Given at each
 * start, so that a newer Terroir's values apply to an older data folder. fsync stays on.
 */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '40',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  wal_buffers: '1MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  jit: 'off',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/** Locales for which « é » is a letter, the first one that the system has; with C alone, pg_trgm would cut words there. */
const knownLetters = ['C.UTF-8', 'en_US.UTF-8', 'fr_FR.UTF-8', 'C'] as const;

/** Recovery after a power cut may take a while; a start takes 60 ms. */
const startSeconds = 120;
const stopSeconds = 30;
const keptLogBytes = 10_000_000;

/** Addresses of the databases of a running server; the socket's folder stands where the host would. */
export function databaseUrl(server: { readonly socketFolder: string }, name = database): string {
  return `postgres://${superuser}@/${name}?host=${encodeURIComponent(server.socketFolder)}`;
}

/**
 * Answers the home's server: the one that runs, left by a killed process or used by another one, else a new one, made
 * first if there is none.
 * @throws TerroirError database.unreachable, database.notEmbedded, home.unusable, disk.full
 */
export async function ensureServer(home: string): Promise<Postmaster> {
  const place = await findPlace(home);
  const deadline = Date.now() + startSeconds * 1000;
  for (;;) {
    const found = await readPostmaster(place.data);
    // One that is stopping, or still recovering, refuses: wait for its end or its readiness.
    if (found === null) return await startServer(place, deadline);
    const refusal = await prepare(found);
    if (refusal === null) return found;
    if (Date.now() > deadline) throw unreachable(refusal);
    await sleep(20);
  }
}

/** Stops a server without waiting for its clients, with everything written; by force when it does not obey. */
export async function stopServer(server: Postmaster): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', stopSeconds],
    ['SIGQUIT', stopSeconds],
  ] as const) {
    if (!isRunning(server)) break;
    process.kill(server.pid, signal);
    for (let waited = 0; waited < seconds * 1000 && isRunning(server); waited += 10) await sleep(10);
  }
  // Empty once the server has ended well; in the way of nothing otherwise.
  await rmdir(server.socketFolder).catch(() => {});
}

async function startServer(place: Place, deadline: number): Promise<Postmaster> {
  const programs = await findPrograms(place.user, place.copyTo);
  if (!(await exists(join(place.data, 'PG_VERSION')))) await makeCluster(place, programs);
  const socketFolder = await makeSocketFolder(place);
  // Of a process that ended: PostgreSQL would refuse to start if its number was given again. We hold the lock: nobody starts it meanwhile.
  await rm(join(place.data, 'postmaster.pid'), { force: true });
  const log = await openLog(place.home);
  const options = Object.entries(serverSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: a terminal's Ctrl-C reaches every process of the terminal, and this one is stopped last, in order.
  const child = spawn(join(programs, 'bin', 'postgres'), ['-D', place.data, '-k', socketFolder, ...options], {
    ...spawnAs(place.user),
    detached: true,
    stdio: ['ignore', log.handle.fd, log.handle.fd],
  });
  let ended: string | null = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
  child.unref();
  await log.handle.close();
  for (;;) {
    const found = await readPostmaster(place.data);
    const refusal = found === null ? 'starting' : await prepare(found);
    if (found !== null && refusal === null) return found;
    if (ended !== null) throw unreachable(await log.said(), ended);
    if (Date.now() > deadline) throw unreachable(refusal ?? '');
    await sleep(10);
  }
}

/**
 * A new cluster is made beside and then renamed: one that exists is whole. Each making has a name of its own, for the
 * one of a killed server may still be writing in its own.
 */
async function makeCluster(place: Place, programs: string): Promise<void> {
  await removeUnfinished(place.data);
  for (const letters of knownLetters) {
    const fresh = `${place.data}.new-${randomBytes(4).toString('hex')}`;
    await mkdir(fresh, { mode: 0o700 });
    await give(fresh, place.user);
    const failure = await initdb(place, programs, fresh, letters);
    if (failure === null) return await rename(fresh, place.data);
    await rm(fresh, { recursive: true, force: true });
    if (/invalid locale name/.test(failure)) continue;
    if (/could not look up effective user ID/.test(failure))
      throw new TerroirError('database.namelessUser', { uid: process.getuid?.() ?? '' });
    if (/No space left/.test(failure)) throw new TerroirError('disk.full');
    throw unreachable(failure);
  }
}

/** Takes away what killed makings left. One that is still being written fails when its folder goes, and cleans up. */
async function removeUnfinished(data: string): Promise<void> {
  for (const name of await readdir(dirname(data)))
    if (name.startsWith(`${basename(data)}.new`))
      await rm(join(dirname(data), name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** Null when the cluster is made, else what was said. French order by ICU; `letters` tells what is a letter to pg_trgm. */
async function initdb(place: Place, programs: string, folder: string, letters: string): Promise<string | null> {
  const locale = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=fr', '--locale=C', `--lc-ctype=${letters}`];
  const args = ['-D', folder, ...locale, '--auth=trust', `--username=${superuser}`, '--no-instructions'];
  const child = spawn(join(programs, 'bin', 'initdb'), args, {
    ...spawnAs(place.user),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : said.trim() || `initdb: ${code}`));
  });
}

/**
 * The socket's folder: short, since its path may have 107 bytes at most, and closed to everyone but its owner, which is
 * what lets connections in without a password.
 */
async function makeSocketFolder(place: Place): Promise<string> {
  const name = `terroir-pg-${createHash('sha256').update(place.data).digest('hex').slice(0, 16)}`;
  const bases = [tmpdir(), '/tmp'].filter((base) => Buffer.byteLength(base) < 60 && canEnter(place.user, base));
  const base = bases[0];
  if (base === undefined) throw unreachable(`${tmpdir()}: EACCES`);
  const folder = join(base, name);
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (made) await give(folder, place.user);
  if (await isPrivate(folder, place.user)) {
    for (const file of await readdir(folder)) await rm(join(folder, file), { force: true });
    return folder;
  }
  // Someone else's folder stands there: a name that nobody guesses. Other processes read it in postmaster.pid.
  const other = await mkdtemp(join(base, `${name}-`));
  await give(other, place.user);
  return other;
}

async function give(folder: string, user: SystemUser): Promise<void> {
  if (user !== null) await chown(folder, user.uid, user.gid);
}

async function isPrivate(folder: string, user: SystemUser): Promise<boolean> {
  const facts = await lstat(folder);
  return facts.isDirectory() && facts.uid === (user?.uid ?? process.getuid?.()) && (facts.mode & 0o077) === 0;
}

/** The server that runs on this data folder, as its own file says and the system confirms. */
async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw new TerroirError('home.unusable', { home: data, reason: error.message });
    return '';
  });
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const started = startOf(pid);
  const command = started === null ? null : await commandOf(pid);
  if (started === null || command === null || !command.includes(data) || !command.includes('postgres')) return null;
  return { pid, started, socketFolder: lines[4] ?? '' };
}

async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  const { execFileSync } = await import('node:child_process');
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}

/** Null when the server answers and has our database, which is made the first time; else why it does not answer yet. */
async function prepare(server: Postmaster): Promise<string | null> {
  const client = new Client({ connectionString: databaseUrl(server, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    return null;
  } catch (error) {
    return passingRefusal(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Why a server does not answer yet, when that passes by waiting: it starts, stops, or is full. Anything else is thrown. */
function passingRefusal(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '53100') throw new TerroirError('disk.full', {}, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  // An SQLSTATE; its classes 53 and 57 are about resources and the operator's doings.
  if (/^[0-9A-Z]{5}$/.test(code) && !/^5[37]|^E/.test(code)) throw unreachable(message);
  return message;
}

async function openLog(home: string) {
  const path = join(home, 'logs', 'postgres.log');
  await mkdir(join(home, 'logs'), { recursive: true });
  if (((await stat(path).catch(() => null))?.size ?? 0) > keptLogBytes) await rename(path, `${path}.1`);
  const handle = await open(path, 'a');
  const from = (await handle.stat()).size;
  /** What was written since: the reason of a refused start. */
  const said = async () => (await readFile(path)).subarray(from).toString().trim().split('\n').slice(-3).join(' ');
  return { handle, said };
}

function unreachable(...reasons: readonly string[]): TerroirError {
  return new TerroirError('database.unreachable', { reason: reasons.filter((reason) => reason !== '').join('; ') });
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
