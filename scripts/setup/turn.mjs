// One setup at a time: two commands started together on a fresh clone must not install over each other.
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    mine = false;
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A program that works for the holder: if the holder is killed, its turn ends when the program does. */
export function noteWorker(pid) {
  if (mine && pid !== undefined) appendFileSync(join(lock, 'pid'), ` ${pid}`);
}

let mine = false;

function take() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    mine = true;
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
    const pids = readPids();
    // Its number is written just after it is taken: a lock without one is stale only after a moment.
    return pids.length === 0 ? minutes > 0.1 : !pids.some(isRunning);
  } catch {
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

function readPids() {
  try {
    return readFileSync(join(lock, 'pid'), 'utf8')
      .split(' ')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}
