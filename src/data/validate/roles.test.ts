import { expect, test } from 'vitest';
import { headerWords } from '../../lib/header-words.ts';
import { hasLuhnKey, isIdentifier, roleOf } from './roles.ts';

test('headers speak alike, however they are written', () => {
  expect(headerWords('codeInseeCommune')).toEqual(['code', 'insee', 'commune']);
  expect(headerWords('Code INSEE')).toEqual(['code', 'insee']);
  expect(headerWords('canteen_city_insee_code')).toEqual(['canteen', 'city', 'insee', 'code']);
});

const roles: readonly [title: string, values: readonly string[], role: string | null][] = [
  ['code_insee', ['37261', '2A041', '01004'], 'inseeCode'],
  ['Code postal', ['37000', '1000'], 'postalCode'],
  ['com_cp', ['37000', 'ZZZ'], 'postalCode'],
  ['departement', ['37', '2B', '974'], 'departmentCode'],
  ['departement', ['INDRE-ET-LOIRE'], null],
  ['SIRET', ['213 702 616 00013'], 'siret'],
  ['idBeneficiaire', ['2,43E+13', '7,17E+13'], 'siret'],
  ['Identification du bénéficiaire', ['213702616', '263700189'], null],
  ['telephone', ['02 47 21 60 00', '+33247216000'], 'phone'],
  ['Courriel', ['a@b.fr'], 'email'],
  ['web', ['https://tours.fr', 'www.tours.fr'], 'url'],
  ['annee', ['2023', '2024'], 'year'],
  ['Montant', ['1 200,50', '3'], 'amount'],
  ['pourcentage du montant', ['10'], null],
  ['Commune', ['Tours', 'Saint-Cyr-sur-Loire'], 'communeName'],
  ['adresse', ['1 rue Nationale'], 'address'],
  ['nombre', ['12'], null],
];
test.each(roles)('%s %j is %s', (title, values, role) => expect(roleOf(title, values)).toBe(role));

test('a SIRET is known by its key, whatever its header', () => {
  // Saint-Étienne Métropole, Loire-Atlantique, two associations: as published in their own files.
  expect(roleOf('numero', ['24420077000117', '22440002800011', '52499120500013', '45297781200018'])).toBe('siret');
  expect(roleOf('numero', ['24420077000118', '22440002800012', '52499120500014', '45297781200019'])).toBe(null);
  expect(hasLuhnKey('732829320')).toBe(true);
});

test('an identifier is named so and never repeats', () => {
  expect([isIdentifier('id_station', 3, 3), isIdentifier('id_station', 3, 2), isIdentifier('nom', 3, 3)]).toEqual([
    true,
    false,
    false,
  ]);
});
