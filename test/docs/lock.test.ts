import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type Row = { version?: string; optionalDependencies?: Record<string, string> };

const lock: { packages: Record<string, Row> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8'),
);

test('package-lock.json names the optional packages of every platform, or `npm ci` refuses it (node scripts/complete-lock.mjs)', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, row]) =>
    Object.keys(row.optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('every package of package-lock.json has its version', () => {
  expect(Object.entries(lock.packages).filter(([, row]) => row.version === undefined)).toEqual([]);
});
