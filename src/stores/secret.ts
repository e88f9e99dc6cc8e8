// The secret that signs cookies: made once, kept in TERROIR_HOME where its owner alone reads it.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../lib/errors.ts';

/**
 * Reads TERROIR_HOME/secret, or makes it. Two processes that start together agree: the first to write is right.
 * @throws TerroirError home.unusable
 */
export async function openSecret(home: string): Promise<string> {
  const path = join(home, 'secret');
  try {
    await writeFile(path, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw unusable(home, error);
  }
  for (let tries = 0; tries < 50; tries++) {
    const secret = (
      await readFile(path, 'utf8').catch((error: unknown) => Promise.reject(unusable(home, error)))
    ).trim();
    if (secret.length >= 32) return secret;
    // Another process has made the file and is about to fill it.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw unusable(home, new Error('the file "secret" is too short'));
}

function unusable(home: string, error: unknown): TerroirError {
  const reason = error instanceof Error ? error.message : String(error);
  return new TerroirError('home.unusable', { home, reason }, { cause: error });
}
