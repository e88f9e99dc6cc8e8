import { expect, test } from 'vitest';
import { chosenCodes, compared } from './compare-rules.ts';
import type { Answer } from './schemas.ts';

const dataset = {
  id: 'velos',
  title: 'Stationnements vélo',
  organization: { slug: 'le-val', name: 'Le Val' },
  modifiedAt: new Date('2026-05-03T00:00:00Z'),
  demo: false,
} as Answer['dataset'];
const answer: Answer = {
  subject: 'bikes',
  part: 'everyday',
  dataset,
  count: 2,
  sum: 30,
  day: null,
  told: [],
  since: null,
  refine: 'code_insee:37261',
};
const commune = (insee: string, population: number) => ({
  insee,
  name: insee,
  siren: '',
  postalCodes: [],
  population,
  populationSource: 'à la main',
  organization: null,
});

test('codes come by commas or again and again, none twice', () => {
  expect(chosenCodes('37050, 37122,37050')).toEqual(['37050', '37122']);
  expect(chosenCodes(['37050', '2a004'])).toEqual(['37050', '2A004']);
  expect(chosenCodes(undefined)).toEqual([]);
});

test('figures are told per inhabitant; what has no row is missing, not zero', () => {
  const [line, ...others] = compared([
    { commune: commune('37261', 4000), answers: [answer] },
    { commune: commune('37099', 1000), answers: [] },
  ]);
  expect(others).toEqual([]);
  expect(line?.missing).toBe(1);
  expect(line?.figures[0]).toMatchObject({ count: 2, sum: 30, per1000: 0.5, sumPer1000: 7.5 });
  expect(line?.figures[1]).toBeNull();
});

test('a population that is not known divides nothing', () => {
  const [line] = compared([{ commune: commune('37261', 0), answers: [answer] }]);
  expect(line?.figures[0]).toMatchObject({ count: 2, per1000: null, sumPer1000: null });
});

test('a file of one commune alone, and what is only to come, are set beside nothing', () => {
  const alone = { ...answer, refine: null };
  const coming = { ...answer, since: { column: 'jour', day: '2026-05-03' } };
  const votes = { ...answer, subject: 'deliberations' as const };
  expect(compared([{ commune: commune('37261', 4000), answers: [alone, coming, votes] }])).toEqual([]);
});
