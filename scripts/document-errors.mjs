// Writes docs/reference/errors.md from the registry of errors; a test fails when the page is not up to date.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from '../test/docs/errors-page.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'reference', 'errors.md'), errorsPage());
