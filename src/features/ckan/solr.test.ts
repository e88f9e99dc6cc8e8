// The query language of package_search: what it selects, what it refuses, whatever it is given.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset } from '../../model/dataset.ts';
import { indexOf, isSelected, scoreOf } from './matching.ts';
import { type Package, packageOf } from './packages.ts';
import { readSolr } from './solr.ts';

const organization = {
  slug: 'ville',
  name: 'Ville de Tours',
  kind: 'commune',
  siret: null,
  siren: null,
  insee: '37261',
  population: null,
  populationSource: null,
  description: null,
} as const;

function dataset(said: Partial<Dataset>): Package {
  const whole: Dataset = {
    id: 'arbres',
    title: 'Arbres remarquables de l’allée',
    description: 'Tous les chevaux de bois et les arbres.',
    state: 'published',
    stateReason: null,
    organization,
    theme: 'ENVI',
    licence: 'lov2',
    hvdCategory: null,
    homologation: null,
    frequency: 'ANNUAL',
    dueDay: null,
    contact: null,
    keywords: ['nature', 'espace vert'],
    communes: [],
    demo: false,
    source: null,
    createdAt: new Date('2024-01-01T00:00:00Z'),
    publishedAt: new Date('2024-01-01T00:00:00Z'),
    modifiedAt: new Date('2025-05-03T10:00:00Z'),
    verifiedAt: null,
    version: null,
    ...said,
  };
  return packageOf(whole, { publicUrl: 'https://donnees.example.org', communes: new Map(), original: true });
}

const one = indexOf(dataset({}));
const now = new Date('2025-06-01T00:00:00Z');
const selects = (query: string) => isSelected(readSolr(query), one, now);

test.each([
  ['', true],
  ['*:*', true],
  ['*', true],
  ['arbre', true],
  ['ARBRES allee', true],
  ['arbre rivière', false],
  ['arbre OR rivière', true],
  ['rivière || arbre', true],
  ['arbre && nature', true],
  ['cheval', true],
  ['"arbres remarquables"', true],
  ['"remarquables arbres"', false],
  ['remarq*', true],
  ['title:arbre', true],
  ['title:nature', false],
  ['notes:bois^4', true],
  ['tags:nature', true],
  ['tags:"espace vert"', true],
  ['tags:espace', false],
  ['tags:(mer OR nature)', true],
  ['organization:ville', true],
  ['-organization:ville', false],
  ['NOT organization:ville', false],
  ['!organization:autre', true],
  ['+organization:ville -groups:envi', false],
  ['groups:envi', true],
  ['license_id:lov*', true],
  ['res_format:*', false],
  ['state:active AND dataset_type:dataset', true],
  ['metadata_modified:[2025-05-01T00:00:00Z TO *]', true],
  ['metadata_modified:[2025-05-03T10:00:00.000000Z TO *]', true],
  ['metadata_modified:{2025-05-03T10:00:00Z TO *]', false],
  ['metadata_modified:[NOW-30DAYS TO NOW]', true],
  ['metadata_modified:[NOW-1MONTH/DAY TO NOW/DAY]', true],
  ['metadata_modified:[NOW-7DAYS TO NOW]', false],
  ['num_tags:[2 TO 2]', true],
  ['name:[a TO b]', true],
  ['organization:autre OR organization:ville metadata_modified:[NOW-7DAYS TO *]', false],
  ['organization:autre OR organization:ville metadata_modified:[NOW-60DAYS TO *]', true],
  ['frequency:annual', true],
])('%s → %s', (query, expected) => {
  expect(selects(query)).toBe(expected);
});

test.each([
  '(',
  ')',
  'a OR',
  'AND a',
  'title:',
  '"a',
  'a:[1 TO',
  'a:[1]',
  `${'('.repeat(100)}a${')'.repeat(100)}`,
  'a '.repeat(1000),
  'x'.repeat(10_001),
])('refuses %s', (query) => {
  expect(() => readSolr(query)).toThrow(TerroirError);
});

test.each(['metadata_modified:[hier TO *]', 'num_tags:[x TO *]', 'metadata_modified:[NOW-1SIECLE TO *]'])(
  'has no sense of %s',
  (query) => {
    expect(() => selects(query)).toThrow(TerroirError);
  },
);

test('a word of the title weighs more than one of the description', () => {
  const inTitle = indexOf(dataset({ title: 'Gares', description: '' }));
  const inText = indexOf(dataset({ title: 'Trains', description: 'Leurs gares.' }));
  const query = readSolr('gare');
  expect(scoreOf(query, inTitle, now)).toBeGreaterThan(scoreOf(query, inText, now));
  expect(scoreOf(query, inText, now)).toBeGreaterThan(scoreOf(query, one, now));
});

test('any text is read or refused, and what is read is answered', () => {
  const pieces = [
    ...['(', ')', '[', ']', '{', '}', ' ', ' AND ', ' OR ', ' NOT ', ' TO ', '-', '+', '!', '"', '\\', '*', '?', '~1'],
    ...['^2', ':', 'title', 'metadata_modified', 'num_tags', 'arbre', 'NOW', '-1DAY', '/DAY', '2025-01-01', '*:*', 'é'],
  ];
  const made = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(made, fc.string(), fc.string({ unit: 'binary' })), (query) => {
      try {
        expect(typeof selects(query)).toBe('boolean');
      } catch (error) {
        if (!(error instanceof TerroirError) || error.code !== 'ckan.search') throw error;
      }
    }),
    { numRuns: 5000 },
  );
});
