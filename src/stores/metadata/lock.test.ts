import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHome, withLock } from './lock.ts';
import { startOf } from './process.ts';

const here = import.meta.dirname;
let home = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-lock-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** A process of its own that runs a module's text and says what it did on standard output. */
function run(text: string): ChildProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function holdElsewhere(): Promise<ChildProcess> {
  const child = run(`
    import { lockHome } from ${JSON.stringify(join(here, 'lock.ts'))};
    await lockHome(${JSON.stringify(home)});
    console.log('held');
    setInterval(() => {}, 1000);`);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

test('one holder; released, it can be taken again', async () => {
  const release = await lockHome(home);
  await expect(lockHome(home)).rejects.toMatchObject({ code: 'home.busy', params: { home, pid: process.pid } });
  await release();
  await (await lockHome(home))();
});

test('another process is refused with the holder’s number, and a killed holder blocks nobody', async () => {
  const holder = await holdElsewhere();
  await expect(lockHome(home)).rejects.toMatchObject({ code: 'home.busy', params: { home, pid: holder.pid } });
  const gone = once(holder, 'exit');
  holder.kill('SIGKILL');
  await gone;
  await (await lockHome(home))();
});

test('a number given again to another process is not the holder', async () => {
  const folder = join(home, 'locks', 'server');
  await mkdir(folder, { recursive: true });
  // The parent runs, but it did not start when the claim says.
  await writeFile(join(folder, `${process.ppid}.0badb007-1.1`), 'holds');
  const release = await lockHome(home);
  expect(await readdir(folder)).toHaveLength(1);
  await release();
});

test('a holder killed while it asked blocks nobody', async () => {
  const folder = join(home, 'locks', 'server');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '4194303.0badb007-1.1'), '');
  await (await lockHome(home))();
});

test('of many at the same instant exactly one gets it', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockHome(home)));
  expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
});

test('turns never overlap between processes', async () => {
  const log = join(home, 'log');
  const text = `
    import { appendFile } from 'node:fs/promises';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { withLock } from ${JSON.stringify(join(here, 'lock.ts'))};
    for (let turn = 0; turn < 5; turn++) await withLock(${JSON.stringify(join(home, 'turns'))}, async () => {
      await appendFile(${JSON.stringify(log)}, '(');
      await sleep(2);
      await appendFile(${JSON.stringify(log)}, ')');
    });`;
  await Promise.all([run(text), run(text), run(text)].map((child) => once(child, 'exit')));
  expect(await readFile(log, 'utf8')).toBe('()'.repeat(15));
});

test('work that fails gives its turn back', async () => {
  await expect(withLock(join(home, 'turns'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(join(home, 'turns'), async () => 'mine')).toBe('mine');
});

test('a folder that cannot be made is one clear refusal', async () => {
  await writeFile(join(home, 'file'), '');
  await expect(lockHome(join(home, 'file'))).rejects.toMatchObject({ code: 'home.unusable' });
});

test('a process has a start that does not change, and an ended one has none', async () => {
  expect(startOf(process.pid)).toBe(startOf(process.pid));
  expect(startOf(process.pid)).not.toBe(startOf(process.ppid));
  const child = run('');
  await once(child, 'exit');
  expect(startOf(child.pid ?? 0)).toBeNull();
  expect(startOf(-1)).toBeNull();
});
