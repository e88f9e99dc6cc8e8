// One setup at a time: two commands started together on a fresh clone must not install over each other.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, sentence } from './messages.mjs';
import { runtime } from './project.mjs';

const lock = join(runtime, 'setup.lock');
const oldestMinutes = 30;

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export async function inTurn(work) {
  mkdirSync(runtime, { recursive: true });
  let told = false;
  while (!take()) {
    if (!told) say(sentence('waiting'));
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isStale()) {
      // Renamed first: of two that find it stale, one succeeds.
      const aside = `${lock}.${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {}
    }
    return false;
  }
}

function isStale() {
  try {
    const minutes = (Date.now() - statSync(lock).mtimeMs) / 60_000;
    if (minutes > oldestMinutes) return true;
    const pid = Number(readPid());
    // Its number is written just after it is taken: a lock without one is stale only after a moment.
    if (!(pid > 0)) return minutes > 0.1;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function readPid() {
  try {
    return readFileSync(join(lock, 'pid'), 'utf8');
  } catch {
    return '';
  }
}
