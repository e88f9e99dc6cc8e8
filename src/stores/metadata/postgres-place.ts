// Where the embedded PostgreSQL lives: in TERROIR_HOME, or elsewhere when its user cannot enter that.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { canEnter, isRoot, type SystemUser, userFor } from './postgres-user.ts';

export type Place = {
  readonly home: string;
  /** PostgreSQL's data folder, whether it exists or not. Its parent can be entered by `user`. */
  readonly data: string;
  readonly user: SystemUser;
  /** Folders that may receive a copy of the programs, best first. */
  readonly copyTo: readonly string[];
};

/** For machines: everyone can enter it, it outlives a restart. */
const systemFolder = '/var/lib/terroir';

/**
 * The place of this TERROIR_HOME's database; chosen once and then remembered in postgres.json, if it is not in the home
 * itself. To be called by one process at a time.
 * @throws TerroirError home.unusable
 */
export async function findPlace(home: string): Promise<Place> {
  await mkdir(home, { recursive: true });
  const real = await realpath(home);
  const inHome = join(real, 'postgres');
  const elsewhere = await remembered(real);
  const data = elsewhere ?? inHome;
  const user = await userFor(data);
  const copyTo = isRoot() ? await enterable(user, [systemFolder, tmpdir(), '/tmp']) : [real];
  if (elsewhere !== null || !isRoot() || canEnter(user, real)) return { home: real, data, user, copyTo };
  if (await exists(inHome))
    throw new TerroirError('home.unusable', { home: inHome, reason: `uid ${user?.uid}: EACCES` });
  return { home: real, data: await chooseElsewhere(real, user), user, copyTo };
}

async function remembered(home: string): Promise<string | null> {
  const text = await readFile(join(home, 'postgres.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  const data = value !== null && typeof value === 'object' && 'data' in value ? value.data : null;
  if (typeof data !== 'string') throw new TerroirError('home.unusable', { home, reason: 'postgres.json' });
  return data;
}

/** A folder of its own with a name never used before: a home made anew at the same path must not find an old database. */
async function chooseElsewhere(home: string, user: SystemUser): Promise<string> {
  const temporary = await realpath(tmpdir());
  const passing = home.startsWith(`${temporary}/`);
  const bases = await enterable(user, passing ? [temporary, '/tmp'] : [systemFolder, temporary, '/tmp']);
  const base = bases[0];
  if (base === undefined) throw new TerroirError('home.unusable', { home, reason: `uid ${user?.uid}: EACCES` });
  if (passing) await sweep(base);
  const folder = join(base, `terroir-${randomBytes(6).toString('hex')}`);
  await mkdir(folder);
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'home'), home);
  const data = join(folder, 'postgres');
  await writeFile(join(home, 'postgres.json.new'), `${JSON.stringify({ data }, null, 2)}\n`);
  await rename(join(home, 'postgres.json.new'), join(home, 'postgres.json'));
  return data;
}

/** Takes away databases of temporary homes that no longer exist: nobody else would. Those elsewhere are never touched. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!/^terroir-[0-9a-f]{12}$/.test(name)) continue;
    const folder = join(base, name);
    const home = await readFile(join(folder, 'home'), 'utf8').catch(() => null);
    const owner = await stat(folder).catch(() => null);
    // PostgreSQL stops by itself when its data folder is gone.
    if (home?.startsWith(`${base}/`) && owner?.uid === 0 && !(await exists(home)))
      await rm(folder, { recursive: true, force: true });
  }
}

async function enterable(user: SystemUser, folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const made = await mkdir(folder, { recursive: true }).catch(() => null);
    if (made !== undefined && made !== null) await chmod(folder, 0o755);
    if (made !== null && canEnter(user, folder)) found.push(folder);
  }
  return found;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
