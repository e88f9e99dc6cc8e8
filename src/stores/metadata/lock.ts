// Locks of TERROIR_HOME between processes, kept by files that say who holds them: a killed holder never blocks the next one.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TerroirError } from '../../lib/errors.ts';
import { isRunning, type ProcessName, thisProcess } from './process.ts';

export type Release = () => Promise<void>;

type Claim = ProcessName & { readonly holds: boolean };

/** How long two processes that ask at the same instant keep trying to let one of them through. */
const tieMilliseconds = 3000;

/**
 * Takes TERROIR_HOME for one server. Kept until released, or until this process ends in any way.
 * @throws TerroirError home.busy when another process that runs has it, home.unusable when the folder cannot be written
 */
export async function lockHome(home: string): Promise<Release> {
  const taken = await takeLock(join(home, 'locks', 'server'));
  if (typeof taken === 'function') return taken;
  throw new TerroirError('home.busy', { home, pid: taken.pid });
}

/**
 * Does some work while no other process does it under the same lock; waits for its turn.
 * @throws TerroirError home.unusable when the turn does not come in time
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, waitMilliseconds = 90_000): Promise<T> {
  const deadline = Date.now() + waitMilliseconds;
  for (;;) {
    const taken = await takeLock(folder);
    if (typeof taken === 'function') {
      try {
        return await work();
      } finally {
        await taken();
      }
    }
    if (Date.now() > deadline)
      throw new TerroirError('home.unusable', { home: folder, reason: `process ${taken.pid}` });
    await sleep(20 + Math.random() * 30);
  }
}

/**
 * Announce, then look: each one first writes a file of its own, then reads the folder. Of two, whoever looks last sees
 * the other and withdraws, so there are never two holders; the files of processes that ended are swept, and their names
 * (number and start time) never come again, so nothing living can be swept by mistake.
 * @returns the release, or who holds the lock.
 * @throws TerroirError home.unusable when the folder cannot be made or written
 */
export async function takeLock(folder: string): Promise<Release | ProcessName> {
  try {
    await mkdir(folder, { recursive: true });
    return await claim(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TerroirError('home.unusable', { home: folder, reason }, { cause: error });
  }
}

async function claim(folder: string): Promise<Release | ProcessName> {
  const { pid, started } = thisProcess();
  // The counter tells apart two askers of one process.
  const mine = join(folder, `${pid}.${started}.${++asked}`);
  const deadline = Date.now() + tieMilliseconds;
  for (;;) {
    const holder = (await othersIn(folder, mine)).find((other) => other.holds);
    if (holder !== undefined) return holder;
    await writeFile(mine, '');
    const rival = (await othersIn(folder, mine))[0];
    if (rival === undefined) {
      await writeFile(mine, holding);
      return () => rm(mine, { force: true });
    }
    await rm(mine, { force: true });
    if (rival.holds || Date.now() > deadline) return rival;
    await sleep(5 + Math.random() * 40);
  }
}

let asked = 0;

/** What a claim says once nobody contests it: askers that see it need not try again. */
const holding = 'holds';

async function othersIn(folder: string, mine: string): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const [, pid, started] = /^(\d+)\.([\w-]+)\.\d+$/.exec(name) ?? [];
    if (file === mine || pid === undefined || started === undefined) continue;
    const claimant = { pid: Number(pid), started };
    if (isRunning(claimant))
      claims.push({ ...claimant, holds: (await readFile(file, 'utf8').catch(() => '')) === holding });
    else await rm(file, { force: true });
  }
  return claims;
}
