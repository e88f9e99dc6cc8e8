// Runs the built command line and server, and weighs every process they start.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** A folder that PostgreSQL can enter whoever runs it: its memory is found by that path. */
export async function openBenchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-bench-'));
  await chmod(folder, 0o755);
  return folder;
}

export type Run = { readonly seconds: number; readonly peakMegabytes: number; readonly stdout: string };

/** Runs `terroir …` to its end, with the peak of the memory of all its processes together (proportional set size). */
export async function runCli(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'cli.js'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, megabytesOf(env['TERROIR_HOME'] ?? ''))), 200);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`terroir ${args.join(' ')} → ${code}\n${stdout}${stderr}`);
  return { seconds: (performance.now() - started) / 1000, peakMegabytes: peak, stdout };
}

/** Starts the server on a port and waits for its first answer. */
export async function startServer(
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string; readySeconds: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'main.js'), '--empty'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${env['PORT']}`;
  for (let tries = 0; tries < 300; tries++) {
    const ok = await fetch(`${url}/health`).then(
      (r) => r.ok,
      () => false,
    );
    if (ok) return { child, url, readySeconds: (performance.now() - started) / 1000 };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error('the server did not answer');
}

/** Memory in MB of every process whose environment holds this TERROIR_HOME, shared pages counted once. */
export function megabytesOf(home: string): number {
  let kilobytes = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const mine =
        environment.includes(`TERROIR_HOME=${home}\0`) ||
        command.includes(home) ||
        command.startsWith(`postgres: ${home}`);
      if (!mine && !isPostgresOf(pid, home)) continue;
      const proportional = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
      kilobytes += Number(proportional ?? 0);
    } catch {
      // The process ended while we looked at it.
    }
  }
  return kilobytes / 1024;
}

/** PostgreSQL's own children rename themselves: they are known by their parent. */
function isPostgresOf(pid: string, home: string): boolean {
  const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (parent === undefined || parent === '0') return false;
  const command = readFileSync(`/proc/${parent}/cmdline`, 'utf8');
  return command.includes('postgres') && command.includes(home);
}
