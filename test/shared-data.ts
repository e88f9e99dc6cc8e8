// Where the real files are, and how a test that needs them says that it was skipped.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

/** The folder beside the repository that holds `data/real`, `data/schemas` …; used in place, never committed. */
export const sharedData = join(import.meta.dirname, '..', '..', 'shared');

const present = existsSync(join(sharedData, 'data', 'real'));

/** Like `describe`; skipped with one visible line where the real files are not there, a failure where CI needs them. */
export function describeWithSharedData(name: string, body: () => void): void {
  if (!present && process.env['CI'] === 'true')
    throw new Error(`CI needs the real files: ${sharedData} does not exist`);
  if (!present) console.warn(`SKIPPED, no real files in ${sharedData}: ${name}`);
  describe.skipIf(!present)(name, body);
}
