import { expect, test } from 'vitest';
import type { FieldMapping } from '../../model/mapping.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import { communesCovered, givenBack, newlyBroken, teachersOf } from './rules.ts';
import type { Contribution } from './schemas.ts';

const map = (field: string, column: string, reason: FieldMapping['reason'] = 'sameName'): FieldMapping => ({
  field,
  columns: [column],
  transform: 'copy',
  confidence: 1,
  sure: true,
  reason,
});
const contribution = (slug: string, insee: string | null, more: Partial<Contribution> = {}): Contribution => ({
  datasetId: `d-${slug}`,
  title: `Fichier ${slug}`,
  organization: { slug, name: slug, insee },
  mapping: [map('nom', 'Nom')],
  state: 'validated',
  missingColumns: [],
  missingFields: [],
  toldOf: [],
  keptVersion: 1,
  keptFrom: 'x',
  keptRows: 10,
  rejectedRows: 2,
  reasons: [],
  ...more,
});

test('each commune is there, degraded, waiting or missing', () => {
  const communes = ['1', '2', '3', '4'].map((insee) => ({ insee, name: `C${insee}` }));
  const contributions = [
    contribution('a', '1'),
    contribution('b', '2', { state: 'broken' }),
    contribution('c', '3', { state: 'suggested', keptRows: 0 }),
    contribution('region', null),
  ];
  expect(communesCovered(contributions, communes).map(({ state, rows }) => [state, rows])).toEqual([
    ['there', 10],
    ['degraded', 10],
    ['waiting', 0],
    ['missing', 0],
  ]);
});

test('what a mapping lacked already is not broken by the next version', () => {
  const schema = (...fields: readonly object[]) => readTableSchema({ fields }, 'x');
  const required = (name: string) => ({ name, constraints: { required: true } });
  const before = schema(required('id'), { name: 'nom' }, { name: 'rue' });
  const after = schema(required('id'), required('rue'));
  expect(newlyBroken([map('nom', 'Nom')], before, after)).toEqual(['nom', 'rue']);
  expect(newlyBroken([map('id', 'Code'), map('rue', 'Rue')], before, after)).toEqual([]);
});

test('who taught a column is told by name, once', () => {
  const others = [
    { producer: 'Druye', mapping: [map('montant', 'Somme versée')] },
    { producer: 'Luynes', mapping: [map('montant', 'SOMME VERSEE')] },
    { producer: 'Tours', mapping: [map('objet', 'Somme versée')] },
  ];
  expect(teachersOf(map('montant', 'somme versée'), others)).toEqual(['Druye', 'Luynes']);
  expect(teachersOf({ field: 'montant', columns: [] }, others)).toEqual([]);
});

test('what a table gives back counts the others, not oneself', () => {
  const own = contribution('a', '1', { mapping: [map('nom', 'Nom'), map('montant', 'Somme', 'learned')] });
  const contributions = [own, contribution('b', '2'), contribution('c', '3', { keptRows: 0 })];
  expect(givenBack({ id: 't', title: 'T' }, own, { contributions, duplicates: 3 })).toMatchObject({
    rows: 10,
    rejected: 2,
    fields: 2,
    learned: 1,
    producers: 1,
    otherRows: 10,
    duplicates: 3,
  });
});
