// Every error of the registry is documented: run `node scripts/document-errors.mjs` after a change.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorsPage } from './errors-page.ts';

test('docs/reference/errors.md is up to date', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', 'errors.md'), 'utf8')).toBe(
    errorsPage(),
  );
});
