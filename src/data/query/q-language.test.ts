// The q language as ODSQL, case by case, and whatever text it is given.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import type { Kind } from './kinds.ts';
import { parseQuery } from './parse.ts';
import { conditionOf } from './q-language.ts';
import { geofilterCondition, readPolygon } from './q-places.ts';
import type { KnownField } from './q-words.ts';

const kindsByName: Readonly<Record<string, Kind>> = {
  nom: 'text',
  n: 'number',
  jour: 'date',
  moment: 'datetime',
  actif: 'boolean',
  lieu: 'point',
};
const fields = new Map(
  Object.entries(kindsByName).map(([name, kind]): readonly [string, KnownField] => [name, { name, kind }]),
);

test.each([
  ['', null],
  ['*', null],
  ['film', "'film'"],
  ["l'eau", "'l\\'eau'"],
  ['a b', "('a' and 'b')"],
  ['a OR b c', "('a' or ('b' and 'c'))"],
  ['NOT a b', "((not 'a') and 'b')"],
  ['(a OR b) c', "(('a' or 'b') and 'c')"],
  ['or and not', "('or' and 'and' and 'not')"],
  ['"a OR b"', "'a OR b'"],
  ['nom:paris', "`nom` like 'paris'"],
  ['nom:par*', "suggest(`nom`, 'par')"],
  ['nom="Paris"', "`nom` = 'Paris'"],
  ['n>=-5', '`n` >= -5'],
  ['n != 5', '(not `n` = 5)'],
  ['n:[1 TO 5]', '(`n` >= 1 and `n` <= 5)'],
  ['n:[* TO *]', '`n` is not null'],
  ['jour:2020', "(`jour` >= date'2020-01-01' and `jour` < date'2021-01-01')"],
  ['jour:2020/12', "(`jour` >= date'2020-12-01' and `jour` < date'2021-01-01')"],
  ['jour > 2020-02-29', "`jour` >= date'2020-03-01'"],
  ['jour < 2020', "`jour` < date'2020-01-01'"],
  ['jour:[2019 TO 2020]', "(`jour` >= date'2019-01-01' and `jour` < date'2021-01-01')"],
  ['moment >= 2020-01-01T10:30:00', "`moment` >= date'2020-01-01T10:30:00'"],
  ['moment >= #now(years=-1, hours=-1)', '`moment` >= now(years=-1, hours=-1)'],
  ['moment >= #now(weeks=-2, weekday=1)', '`moment` >= now(days=-14, weekday=1)'],
  ['moment <= #now(weekday=MO(2))', '`moment` <= now(mondays=2)'],
  ['#null(nom)', '`nom` is null'],
  ['#exact(nom, "Marie")', "`nom` = 'Marie'"],
  ['#search("tram")', "search('tram')"],
  ['#distance(lieu, "47.5,0.5", 1000)', "within_distance(`lieu`, geom'POINT(0.5 47.5)', 1000m)"],
  ['#polygon(lieu, "(47,0),(48,0),(48,1)")', "intersects(`lieu`, geom'POLYGON((0 47, 0 48, 1 48, 0 47))')"],
])('%s', (q, expected) => {
  expect(conditionOf(q, fields)).toBe(expected);
  if (expected !== null) expect(parseQuery({ where: [expected] }).where).not.toBe(null);
});

test('polygons: with parentheses around or without, closed, of three points at least', () => {
  const ring = 'POLYGON((0 47, 0 48, 1 48, 0 47))';
  expect(readPolygon('(47,0),(48,0),(48,1)')).toBe(ring);
  expect(readPolygon('((47, 0), (48, 0), (48, 1), (47, 0))')).toBe(ring);
  expect(readPolygon('(47,0),(48,0)')).toBe(null);
  expect(readPolygon('(147,0),(48,0),(48,1)')).toBe(null);
  expect(readPolygon(`(${' '.repeat(60_000)}`)).toBe(null);
});

/** What is refused is refused in words; what is accepted is ODSQL. */
function isHandled(make: () => string | null): void {
  try {
    const condition = make();
    if (condition !== null) parseQuery({ where: [condition] });
  } catch (error) {
    if (!(error instanceof TerroirError) || !error.code.startsWith('query.')) throw error;
  }
}

const pieces = [
  ...['(', ')', '[', ']', ',', ' ', ' AND ', ' OR ', ' NOT ', ' TO ', '-', '"', "'", '\\', '`', '*', '?', ':', '='],
  ...['>=', '<', '!=', '#', '#now(', '#null(', '#exact(', '#distance(', '#polygon(', 'years=-1', 'weekday=MO(2)'],
  ...['nom', 'n', 'jour', 'moment', 'actif', 'lieu', 'inconnu', '2020', '2020/13', '1e999', '-5', 'é', '\u0000', '😀'],
];

test('any text is read or refused', () => {
  const made = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(made, fc.string(), fc.string({ unit: 'binary' })), (q) =>
      isHandled(() => conditionOf(q, fields)),
    ),
    { numRuns: 5000 },
  );
});

test('any geofilter is read or refused', () => {
  const place = { name: 'lieu', kind: 'point' } as const;
  const numbers = fc.array(fc.oneof(fc.double().map(String), fc.constantFrom('', ' ', 'x', '1e9')), { maxLength: 6 });
  const value = fc.oneof(
    numbers.map((list) => list.join(',')),
    fc.array(numbers.map((list) => `(${list.join(',')})`)).map((list) => list.join(',')),
  );
  fc.assert(
    fc.property(fc.constantFrom('distance', 'polygon', 'bbox', 'x'), value, (name, text) =>
      isHandled(() => geofilterCondition({ name, value: text }, place)),
    ),
    { numRuns: 5000 },
  );
});
