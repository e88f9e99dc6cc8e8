// Which question a dataset answers, and how the rows of one commune are told from the others.
import { expect, test } from 'vitest';
import type { Field } from '../../model/field.ts';
import { columnsFor, conditionOf, dayInParis, rowsThere, subjectOf } from './rules.ts';

const field = (name: string, type: Field['type'], role: Field['role'] = null): Field => ({
  name,
  title: name,
  type,
  format: null,
  role,
});

test.each([
  ['Jours de collecte des déchets', ['déchets'], 'collection'],
  ['Points d’apport volontaire', ['déchets', 'tri'], 'dropOff'],
  ['Stationnements vélo', ['vélo', 'stationnement'], 'bikes'],
  ['Stationnement sur les sites du CHU', ['hôpital'], 'parking'],
  ['Marchés de producteurs', ['circuits courts'], 'markets'],
  ['Subventions 2025', [], 'grants'],
  ['Délibérations', ['conseil municipal'], 'deliberations'],
])('%s', (title, keywords, subject) => {
  expect(subjectOf({ title, keywords })?.subject).toBe(subject);
});

test('public contracts are no market, and postal codes answer no question', () => {
  expect(subjectOf({ title: 'Marchés publics', keywords: ['commande publique'] })).toBeNull();
  expect(subjectOf({ title: 'Codes postaux', keywords: ['adresses'] })).toBeNull();
});

const tours = { insee: '37261', name: "L'Île-Bouchard" };

test('all rows, by code, by name, or not at all', () => {
  expect(rowsThere({ communes: ['37261'] }, [], tours)).toBe('all');
  const code = field('code_insee', 'string', 'inseeCode');
  const name = field('commune', 'string', 'communeName');
  expect(rowsThere({ communes: ['37261', '37272'] }, [name, code], tours)).toEqual({
    column: 'code_insee',
    value: '37261',
  });
  expect(rowsThere({ communes: ['37261', '37272'] }, [name], tours)).toEqual({
    column: 'commune',
    value: "L'Île-Bouchard",
  });
  expect(rowsThere({ communes: ['37261', '37272'] }, [field('jour', 'date')], tours)).toBeNull();
});

test('a name with an apostrophe is a value, never a query', () => {
  expect(conditionOf({ column: 'commune', value: "L'Île\\" })).toBe("`commune` = 'L\\'Île\\\\'");
  expect(conditionOf('all')).toBeNull();
});

test('the columns of an answer: the day, the sum, what is told', () => {
  const grants = subjectOf({ title: 'Subventions', keywords: [] });
  const bikes = subjectOf({ title: 'Stationnement vélo', keywords: [] });
  if (grants === null || bikes === null) throw new Error('no subject');
  expect(columnsFor(grants, [field('objet', 'string'), field('montant_vote', 'number')]).sum).toBe('montant_vote');
  expect(columnsFor(bikes, [field('capacite', 'string')]).sum).toBeNull();
});

test('the day is the one of Paris', () => {
  expect(dayInParis(new Date('2026-11-23T23:30:00Z'))).toBe('2026-11-24');
});
