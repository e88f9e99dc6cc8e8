// The server as an administrator lives with it: started, stopped, killed, started twice.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from './portal.ts';

const project = join(import.meta.dirname, '..', '..');
const main = join(project, 'dist', 'main.js');
const homes: string[] = [];
const running: Started[] = [];
let home = '';

type Started = { readonly child: ChildProcess; readonly url: string; said(): string };

beforeEach(async () => {
  home = await newHome();
});

afterEach(async () => {
  for (const one of running.splice(0)) {
    if (isAlive(one)) one.child.kill('SIGTERM');
    await ended(one);
  }
  for (const folder of homes.splice(0)) {
    for (const pid of processesOf(folder)) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});

async function newHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-start-'));
  homes.push(folder);
  return folder;
}

/** Starts the server in a process group of its own, as a terminal does, so that Ctrl-C can be sent to the whole group. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  const port = env['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, [main, '--empty'], {
    env: { ...process.env, TERROIR_HOME: home, HOST: '127.0.0.1', PORT: port, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  const one = { child, url: `http://127.0.0.1:${port}`, said: () => text };
  running.push(one);
  return one;
}

async function ready(one: Started): Promise<Started> {
  while (isAlive(one)) {
    if (await answers(one)) return one;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`the server stopped:\n${one.said()}`);
}

function answers(one: Started): Promise<boolean> {
  return fetch(`${one.url}/health`).then(
    (answer) => answer.ok,
    () => false,
  );
}

function isAlive(one: Started): boolean {
  return one.child.exitCode === null && one.child.signalCode === null;
}

async function ended(one: Started): Promise<number | null> {
  if (isAlive(one)) await once(one.child, 'close');
  return one.child.exitCode;
}

function ctrlC(one: Started): void {
  process.kill(-(one.child.pid ?? 0), 'SIGINT');
}

/** Numbers of the processes that name this folder, in their command or, on Linux, in their environment; their children too. */
function processesOf(folder: string): readonly number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row !== null)
    .map(([, pid, parent, command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      command: `${command} ${environmentOf(Number(pid))}`,
    }));
  const found = new Set(
    rows.filter((row) => row.pid !== process.pid && row.command.includes(folder)).map((row) => row.pid),
  );
  for (const row of rows) if (found.has(row.parent)) found.add(row.pid);
  return [...found];
}

function environmentOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? execFileSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      : '';
  } catch {
    return '';
  }
}

test('Ctrl-C stops everything in order, and the next start finds all again', async () => {
  const first = await ready(await start());
  expect(processesOf(home).length).toBeGreaterThan(1);
  ctrlC(first);
  expect(await ended(first)).toBe(0);
  expect(processesOf(home)).toEqual([]);
  expect(first.said()).not.toMatch(/Error|FATAL/);
  const second = await ready(await start());
  second.child.kill('SIGTERM');
  expect(await ended(second)).toBe(0);
  expect(processesOf(home)).toEqual([]);
});

test('an impatient Ctrl-C, given three times, is the same', async () => {
  const one = await ready(await start());
  for (let times = 0; times < 3; times++) ctrlC(one);
  expect(await ended(one)).toBe(0);
  expect(processesOf(home)).toEqual([]);
});

test('Ctrl-C while it starts leaves nothing', async () => {
  const one = await start();
  while (isAlive(one) && processesOf(home).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  ctrlC(one);
  await ended(one);
  await expect.poll(() => processesOf(home), { timeout: 15_000 }).toEqual([]);
  await ready(await start());
});

test('kill -9 prevents nothing, as often as it comes', async () => {
  for (let times = 0; times < 3; times++) {
    const one = await ready(await start());
    one.child.kill('SIGKILL');
    await ended(one);
  }
  const last = await ready(await start());
  ctrlC(last);
  expect(await ended(last)).toBe(0);
  expect(processesOf(home)).toEqual([]);
});

test('kill -9 before it is ready prevents nothing', async () => {
  for (const milliseconds of [150, 500, 1200]) {
    const one = await start();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    one.child.kill('SIGKILL');
    await ended(one);
  }
  await ready(await start());
});

test('a second server on the same TERROIR_HOME refuses with one sentence, and the first one goes on', async () => {
  const first = await ready(await start());
  const second = await start();
  expect(await ended(second)).toBe(7);
  expect(second.said().trim().split('\n')).toEqual([
    `Un serveur utilise déjà ${home} (processus ${first.child.pid}). Arrêtez-le ou choisissez un autre TERROIR_HOME.`,
  ]);
  expect(await answers(first)).toBe(true);
});

test('two servers with their own PORT and TERROIR_HOME run side by side', async () => {
  const first = await ready(await start());
  const otherHome = await newHome();
  const second = await ready(await start({ TERROIR_HOME: otherHome }));
  ctrlC(first);
  await ended(first);
  expect(await answers(second)).toBe(true);
  expect(processesOf(home)).toEqual([]);
});

test('a taken port is one sentence, and leaves nothing behind', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  try {
    const one = await start({ PORT: String(port) });
    expect(await ended(one)).toBe(6);
    expect(one.said().trim()).toBe(`Le port ${port} est déjà pris. Choisissez-en un autre avec PORT.`);
    expect(processesOf(home)).toEqual([]);
  } finally {
    await closed(taken);
  }
});

test('a setting that cannot be understood stops the start with one sentence', async () => {
  const wrong = await start({ PORT: 'http' });
  expect(await ended(wrong)).toBe(2);
  expect(wrong.said().trim()).toBe('Le réglage PORT ne peut pas être « http ». Attendu : 1–65535.');
  const unknown = await start({ TERROIR_HOEM: '/tmp' });
  expect(await ended(unknown)).toBe(2);
  expect(unknown.said().trim()).toBe('Le réglage TERROIR_HOEM n’existe pas. Vouliez-vous dire TERROIR_HOME ?');
});

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
