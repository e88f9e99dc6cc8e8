// Whether a process of this machine still lives: scratch folders of those that do not are swept.

/** Tells nothing of whose it is: a number that was given again counts as alive, and its folder waits for the next sweep. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
