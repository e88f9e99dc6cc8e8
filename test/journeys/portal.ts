// A portal of its own for a journey: a temporary TERROIR_HOME, the built server on a free port, the built command line.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '..', '..', 'dist');

export type CliAnswer = { readonly code: number; readonly json: unknown; readonly stderr: string };

export type Portal = {
  readonly url: string;
  readonly home: string;
  readonly server: ChildProcess;
  /** Runs `terroir …args --json`. */
  cli(...args: string[]): Promise<CliAnswer>;
  get(path: string): Promise<Response>;
  json(path: string): Promise<unknown>;
  /** What it wrote on its console so far. */
  said(): string;
  close(): Promise<void>;
};

/** Runs the built command line on a TERROIR_HOME. */
export function runCli(
  home: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CliAnswer> {
  return new Promise((resolve) => {
    const env = { ...process.env, TERROIR_HOME: home, ...settings };
    execFile(
      process.execPath,
      [join(dist, 'cli.js'), ...args, '--json'],
      { env, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : Number(error.code ?? 1),
          json: stdout === '' ? null : JSON.parse(stdout),
          stderr,
        });
      },
    );
  });
}

/** Opens a portal without the demonstration. */
export async function openPortal(...serverArgs: string[]): Promise<Portal> {
  const home = await mkdtemp(join(tmpdir(), 'terroir-journey-'));
  // PostgreSQL runs as another user when this is root: it must be able to enter.
  await chmod(home, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(dist, 'main.js'), ...serverArgs], {
    env: { ...process.env, TERROIR_HOME: home, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  server.stdout?.on('data', (chunk) => (said += chunk));
  server.stderr?.on('data', (chunk) => (said += chunk));
  await untilReady(url, server, () => said);
  return {
    url,
    home,
    server,
    cli: (...args) => runCli(home, args),
    get: (path) => fetch(url + path),
    json: async (path) => (await fetch(url + path)).json(),
    said: () => said,
    async close() {
      if (server.exitCode === null) {
        const exited = new Promise((resolve) => server.once('exit', resolve));
        server.kill('SIGTERM');
        await exited;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (server.exitCode !== null) throw new Error(`the server stopped:\n${said()}`);
    const ready = await fetch(`${url}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server did not answer:\n${said()}`);
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
