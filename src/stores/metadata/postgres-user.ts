// Whom the embedded PostgreSQL runs as: it refuses root, so root lends it a user that owns nothing else.
import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** Null: the user who runs this process. */
export type SystemUser = { readonly uid: number; readonly gid: number } | null;

/** The system's user `nobody`, with its number where it is not the usual one (macOS); initdb wants a user that has a name. */
function unprivileged(): { uid: number; gid: number } {
  const number = (option: string) =>
    Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout?.trim() || 65_534);
  return { uid: number('-u'), gid: number('-g') };
}

/** The owner of an existing data folder when root starts it, so that a folder made by an ordinary user keeps working. */
export async function userFor(dataFolder: string): Promise<SystemUser> {
  if (!isRoot()) return null;
  const owner = await stat(dataFolder).catch(() => null);
  return owner === null || owner.uid === 0 ? unprivileged() : { uid: owner.uid, gid: owner.gid };
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Options of spawn: everything but the user is the same for all. The working folder is one that everyone may enter. */
export function spawnAs(user: SystemUser): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return user === null ? { cwd: '/', env } : { uid: user.uid, gid: user.gid, cwd: '/', env };
}

/** Whether that user can enter a folder. Asked of the system itself: modes alone do not tell (ACL, mounts, containers). */
export function canEnter(user: SystemUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...spawnAs(user), stdio: 'ignore' }).status === 0;
}
