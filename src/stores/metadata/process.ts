// Which process is which: a number is given again after a process ends, a number with its start time is not.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type ProcessName = { readonly pid: number; readonly started: string };

/**
 * When a process started, in words that no later process of this machine repeats: ticks since boot with the boot's id on
 * Linux, the date elsewhere. Null when there is no such process, or when it has ended and is not yet collected.
 */
export function startOf(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
}

export function thisProcess(): ProcessName {
  return { pid: process.pid, started: startOf(process.pid) ?? 'unknown' };
}

/** Whether that very process still runs. */
export function isRunning(name: ProcessName): boolean {
  return startOf(name.pid) === name.started;
}

function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold spaces and parentheses: fields are counted after the last one (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${bootId()}-${fields[19]}`;
  } catch {
    return null;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
  } catch {
    return 'boot';
  }
}

function startByPs(pid: number): string | null {
  try {
    const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C' },
    }).trim();
    return said === '' || said.startsWith('Z') ? null : said.replace(/^\S+\s+/, '').replace(/\W+/g, '-');
  } catch {
    return null;
  }
}
