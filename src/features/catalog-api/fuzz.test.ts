// Questions made up on the catalogue: each is answered or refused, never a failure, and no draft ever shows.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueColumns } from './columns.ts';
import { catalogApiRoutes } from './routes.ts';
import { openSample, type SampleCatalogue } from './sample.ts';
import { explorePastRoutes } from './v2-routes.ts';

let sample: SampleCatalogue;

beforeAll(async () => {
  sample = await openSample(catalogApiRoutes, explorePastRoutes);
}, 60_000);

afterAll(() => sample?.close());

const short = ['title', 'keyword', 'theme', 'modified', 'records_count', 'datasetid', 'fields', 'metas', 'absent', '*'];
const name = fc.constantFrom(...short, ...catalogueColumns.map((column) => column.name));
const literal = fc.constantFrom(
  '"sport"',
  "'é'",
  '12',
  '-3.5',
  'true',
  'null',
  "date'2024-01-01'",
  '2025',
  '10km',
  '""',
);
const called = fc.constantFrom(
  ...['lower', 'length', 'year', 'date_format', 'ifnull', 'distance', 'in_bbox', 'search', 'suggest', 'startswith'],
  ...[
    'count',
    'sum',
    'max',
    'median',
    'percentile',
    'bbox',
    'range',
    'geo_cluster',
    'random',
    'now',
    'include',
    'exclude',
  ],
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    name,
    literal,
    fc.tuple(called, fc.array(tie('value'), { maxLength: 3 })).map(([f, args]) => `${f}(${args.join(', ')})`),
    fc.tuple(tie('value'), fc.constantFrom('+', '-', '*', '/'), tie('value')).map((parts) => parts.join(' ')),
  ),
}));
const operator = fc.constantFrom('=', '!=', '<', '>=', 'like', ':', 'in');
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(value, operator, value).map((parts) => parts.join(' ')),
    fc.tuple(value, value, value).map(([of, a, b]) => `${of} in (${a}, ${b})`),
    value.map((one) => `${one} is not null`),
    tie('condition').map((one) => `not (${one})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
}));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const question = fc.record({
  where: maybe(condition),
  select: maybe(fc.array(value, { minLength: 1, maxLength: 3 }).map((items) => items.join(', '))),
  group_by: maybe(value),
  order_by: maybe(value.map((one) => `${one} desc`)),
  refine: maybe(name.map((one) => `${one}:sport`)),
  exclude: maybe(name.map((one) => `${one}:2025`)),
});
const address = fc.constantFrom(
  '/api/explore/v2.1/catalog/datasets',
  '/api/explore/v2.1/catalog/exports/csv',
  '/api/explore/v2.1/catalog/exports/json',
  '/api/v2/catalog/aggregates',
);

test('any question is answered or refused', async () => {
  await fc.assert(
    fc.asyncProperty(address, question, async (path, asked) => {
      const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const answer = await sample.get(`${path}?${new URLSearchParams(given)}`);
      expect([200, 400], answer.text).toContain(answer.status);
      if (answer.status === 200) expect(answer.text).not.toMatch(/brouillon|retire|secret/i);
    }),
    { numRuns: 400 },
  );
}, 120_000);
