// Every function of the query language is on its page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dateFormatSymbols } from '../../src/data/query/date-format.ts';
import { aggregates, conditionFunctions, groupFunctions, scalarFunctions } from '../../src/data/query/functions.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', 'odsql.md'), 'utf8');

test.each(Object.keys({ ...aggregates, ...conditionFunctions, ...groupFunctions, ...scalarFunctions }))(
  'docs/reference/odsql.md tells of %s()',
  (name) => {
    expect(page).toContain(`\`${name}(`);
  },
);

test('docs/reference/odsql.md tells of every symbol of date_format', () => {
  const written = /`(yy [^`]+)`/.exec(page)?.[1]?.split(' ') ?? [];
  // Capitals say the same of years.
  const symbols = dateFormatSymbols.split(' ').filter((symbol) => !symbol.startsWith('Y'));
  expect(new Set(written)).toEqual(new Set(symbols));
});
