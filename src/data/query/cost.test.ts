import { expect, test } from 'vitest';
import { refuseHopeless, workOf } from './cost.ts';
import { parseQuery } from './parse.ts';
import type { QueryTexts } from './tree.ts';

const million = 1_000_000;
const isRefused = (texts: QueryTexts, rows: number) => {
  try {
    refuseHopeless(parseQuery(texts), rows);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'query.tooCostly', params: { rows } });
    return true;
  }
};
const many = (text: (i: number) => string, times: number, joint: string) =>
  Array.from({ length: times }, (_, i) => text(i)).join(joint);

test.each<[string, QueryTexts]>([
  ['a page', {}],
  ['a condition', { where: ['montant > 5 and ville = "Tours"'] }],
  ['a thousand values', { where: [`id in (${many(String, 1000, ',')})`] }],
  [
    'groups',
    {
      select: 'ville, sum(montant), count(distinct nom), median(montant)',
      groupBy: 'ville',
      orderBy: 'sum(montant) desc',
    },
  ],
  ['a fuzzy search of five words', { where: ['search("rue de la paix tours")'] }],
  ['a text anywhere', { where: ['"école"'] }],
])('%s is asked on ten million rows', (_name, texts) => {
  expect(isRefused(texts, 10 * million)).toBe(false);
});

test.each<[string, QueryTexts]>([
  ['searches by the hundred', { where: [many((i) => `search(nom, "mot${i} autre${i} encore${i}")`, 100, ' or ')] }],
  ['formatted dates by the hundred', { select: many((i) => `date_format(jour, "YYYY") as a${i}`, 400, ', ') }],
  ['medians by the hundred', { select: many((i) => `median(montant + ${i}) as a${i}`, 300, ', ') }],
])('%s are refused on ten million rows, and asked on ten thousand', (_name, texts) => {
  expect(isRefused(texts, 10 * million)).toBe(true);
  expect(isRefused(texts, 10_000)).toBe(false);
});

test('more rows cost more, so do more conditions', () => {
  const tree = parseQuery({ where: ['nom like "a"'] });
  expect(workOf(tree, 2000)).toBe(2 * workOf(tree, 1000));
  expect(workOf(parseQuery({ where: ['nom like "a" and ville like "b"'] }), 1000)).toBeGreaterThan(workOf(tree, 1000));
});
