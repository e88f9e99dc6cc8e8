// Whatever is typed, the answer is rows or a coded refusal.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { sampleFields as fields, openSample, type Sample } from './sample.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

const name = fc.constantFrom(
  ...fields.map((f) => (/^\d/.test(f.name) ? `\`${f.name}\`` : f.name)),
  'geo_point_2d',
  'absent',
);
const text = fc
  .oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('Tours', '2024-02-29', '12', 'é', '%', '*', '0000', '9999-12-31T23:59:59-14:00'),
  )
  .map((s) => `"${s.replace(/[\\"]/g, '\\$&')}"`);
const literal = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  text,
  fc.constantFrom("date'2024-01-01'", "date'2024-13-01'", 'true', 'false', 'null', '-5', '1e308', '01000'),
);
const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    name,
    literal,
    fc.tuple(tie('value'), fc.constantFrom('+', '-', '*', '/'), tie('value')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('value').map((v) => `-${v}`),
    fc
      .tuple(fc.constantFrom('avg', 'count', 'sum', 'min', 'max', 'median'), tie('value'))
      .map(([f, v]) => `${f}(${v})`),
  ),
})).value;
const condition = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(value, fc.constantFrom('=', '!=', '>', '<', '>=', '<=', 'like', ':'), value)
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(name, fc.array(literal, { minLength: 1, maxLength: 4 })).map(([a, v]) => `${a} in (${v.join(', ')})`),
    fc
      .tuple(name, fc.constantFrom('[', ']'), literal, literal, fc.constantFrom('[', ']'))
      .map(([a, l, x, y, r]) => `${a} in ${l}${x}..${y}${r}`),
    fc.tuple(name, fc.constantFrom('is null', 'is not null', 'is true', 'is not false')).map((p) => p.join(' ')),
    text,
    name,
    fc
      .tuple(fc.constantFrom('search', 'suggest', 'startswith', 'nothing'), name, text)
      .map(([f, n, t]) => `${f}(${n}, ${t})`),
    tie('condition').map((c) => `not ${c}`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).condition;
const pieces = fc.constantFrom(
  '(',
  ')',
  '[',
  ']',
  '..',
  ',',
  '*',
  '`',
  '"',
  "'",
  ' and ',
  ' or ',
  ' not ',
  ' in ',
  ' is ',
  ' null',
  ' like ',
  ' as ',
  ' desc',
  '=',
  '<',
  '-',
  '\\',
  '\0',
  '\u{1F600}',
  'é',
  '1',
  'id',
  'date',
  ' to ',
  ';',
  '--',
  '$1',
  '?',
);
/** A text with a few pieces put in or characters taken out. */
const mutated = (texts: fc.Arbitrary<string>) =>
  fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), pieces, fc.nat(3)), { maxLength: 3 }))
    .map(([start, edits]) =>
      edits.reduce(
        (t, [at, piece, cut]) => t.slice(0, at % (t.length + 1)) + piece + t.slice((at % (t.length + 1)) + cut),
        start,
      ),
    );

const noise = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(pieces, { maxLength: 20 }).map((p) => p.join('')),
);
const where = fc.oneof(condition, mutated(condition), noise);
const select = fc.oneof(
  fc
    .array(
      fc.oneof(
        value,
        fc.constant('*'),
        value.map((v) => `${v} as x`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((s) => s.join(', ')),
  noise,
);
const orderBy = fc.oneof(
  fc
    .array(
      fc.tuple(value, fc.constantFrom('', ' asc', ' desc')).map((p) => p.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((s) => s.join(', ')),
  noise,
);

function planOrRefusal(texts: QueryTexts) {
  try {
    return planRecords(sample.version, parseQuery(texts));
  } catch (error) {
    if (error instanceof TerroirError && error.code.startsWith('query.')) return null;
    throw error;
  }
}

test('twenty-five thousand texts: a plan or a coded refusal, never anything else', () => {
  let plans = 0;
  fc.assert(
    fc.property(where, select, orderBy, fc.nat(3), (w, s, o, which) => {
      const texts: QueryTexts =
        which === 0
          ? { where: [w] }
          : which === 1
            ? { select: s }
            : which === 2
              ? { orderBy: o }
              : { where: [w], select: s, orderBy: o };
      if (planOrRefusal(texts) !== null) plans++;
    }),
    { numRuns: 25_000 },
  );
  expect(plans).toBeGreaterThan(2500);
});

test('every plan runs', async () => {
  const valid = fc
    .sample(fc.tuple(where, select, orderBy, fc.nat(3)), 6000)
    .map(
      ([w, s, o, which]): QueryTexts =>
        which < 2 ? { where: [w] } : which === 2 ? { select: s } : { where: [w], orderBy: o },
    )
    .map((texts) => ({ texts, plan: planOrRefusal(texts) }))
    .flatMap(({ texts, plan }) => (plan === null ? [] : [{ texts, plan }]));
  expect(valid.length).toBeGreaterThan(600);
  for (const { texts, plan } of valid.slice(0, 1500)) {
    const [page, count] = await sample.tables.run([plan.page(0, 10), plan.count()]).catch((error: unknown) => {
      throw new Error(`${JSON.stringify(texts)}\n${JSON.stringify(plan.page(0, 10))}\n${error}`);
    });
    expect(page?.columns.length).toBe(Math.max(1, plan.columns.length));
    if (!plan.aggregated) expect(page?.rows.length).toBe(Math.min(10, Number(count?.rows[0]?.[0])));
  }
}, 60_000);
