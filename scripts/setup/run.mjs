// Runs programs for the setup.
import { spawn } from 'node:child_process';
import { SetupError, sentence } from './messages.mjs';
import { root } from './project.mjs';
import { noteWorker } from './turn.mjs';

/**
 * Runs a program and keeps what it says, to show it only when it fails. Ctrl-C reaches the program too: it is given a
 * moment to tidy up, or all the time it wants when it is `patient` work that must not be cut (the system's packages).
 */
export function runQuietly(program, args, { patient = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    noteWorker(child.pid);
    let interrupted = false;
    const onInterrupt = () => {
      if (!interrupted && !patient) setTimeout(() => child.kill('SIGKILL'), 2000).unref();
      interrupted = true;
    };
    const onTerminate = () => {
      onInterrupt();
      if (!patient) child.kill('SIGTERM');
    };
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', onTerminate);
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', (error) => reject(new SetupError(`${program}: ${error.message}`)));
    child.once('close', (code, signal) => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      if (interrupted) reject(new SetupError(sentence('interrupted')));
      else if (code === 0) resolve(said);
      else reject(new SetupError(`${said.trim()}\n${program} ${args.join(' ')} → ${code ?? signal}`));
    });
  });
}

/** Runs a program that speaks to people itself. Answers its exit code; a Ctrl-C reaches it directly, and we wait for its end. */
export function runOpenly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, ...options, stdio: 'inherit' });
    const ignore = () => {};
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Runs npm: the one that runs us, else the one of the path. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli))
    return runQuietly(process.env.npm_node_execpath || process.execPath, [cli, ...args, ...quiet]);
  return runQuietly('npm', [...args, ...quiet]);
}
