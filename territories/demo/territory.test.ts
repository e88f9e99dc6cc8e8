import { expect, test } from 'vitest';
import { slugify } from '../../src/lib/text.ts';
import { decoupage, populationYear } from './decoupage.ts';
import { demoTerritory } from './territory.ts';

test('the territory is the metropole and its 22 communes', () => {
  expect(demoTerritory.territory).toMatchObject({ name: 'Tours Métropole Val de Loire', siren: '243700754' });
  expect(demoTerritory.communes.map((commune) => commune.name).sort((a, b) => a.localeCompare(b, 'fr'))).toEqual([
    'Ballan-Miré',
    'Berthenay',
    'Chambray-lès-Tours',
    'Chanceaux-sur-Choisille',
    'Druye',
    'Fondettes',
    'Joué-lès-Tours',
    'La Membrolle-sur-Choisille',
    'La Riche',
    'Luynes',
    'Mettray',
    "Notre-Dame-d'Oé",
    'Parçay-Meslay',
    'Rochecorbon',
    'Saint-Avertin',
    'Saint-Cyr-sur-Loire',
    'Saint-Étienne-de-Chigny',
    'Saint-Genouph',
    'Saint-Pierre-des-Corps',
    'Savonnières',
    'Tours',
    'Villandry',
  ]);
});

test('a commune has its codes, and its population says where it comes from', () => {
  expect(demoTerritory.communes.find((commune) => commune.insee === '37261')).toEqual({
    insee: '37261',
    name: 'Tours',
    siren: '213702616',
    population: 139259,
    populationSource:
      'INSEE, populations municipales de référence 2023 (paquet npm @etalab/decoupage-administratif 6.0.0)',
    postalCodes: ['37000', '37100', '37200'],
    organization: 'ville-de-tours',
  });
});

test('the year of the populations is that of the installed package: look its README up when it changes', () => {
  expect([decoupage().version, populationYear]).toEqual(['6.0.0', 2023]);
});

test('every commune has its organization, and the other producers of the founding opinion are there', () => {
  const organizations = new Map(demoTerritory.organizations.map((organization) => [organization.slug, organization]));
  expect(organizations.size).toBe(demoTerritory.organizations.length);
  for (const commune of demoTerritory.communes)
    expect(organizations.get(commune.organization ?? '')).toMatchObject({
      kind: 'commune',
      insee: commune.insee,
      siren: commune.siren,
      population: commune.population,
    });
  expect(
    [...organizations.values()].filter((one) => one.kind !== 'commune').map((one) => [one.name, one.kind]),
  ).toEqual([
    ['Tours Métropole Val de Loire', 'metropole'],
    ['CHU de Tours', 'hospital'],
    ['Université de Tours', 'university'],
    ['Département d’Indre-et-Loire', 'departement'],
    ['CCI Touraine', 'chamber'],
    ['Chambre de métiers et de l’artisanat d’Indre-et-Loire', 'chamber'],
    ['Chambre d’agriculture d’Indre-et-Loire', 'chamber'],
  ]);
});

test('the population of the metropole is the sum of its communes', () => {
  const metropole = demoTerritory.organizations.find((organization) => organization.kind === 'metropole');
  expect(metropole?.population).toBe(demoTerritory.communes.reduce((sum, commune) => sum + commune.population, 0));
});

test('short names are made of the names, and identifiers obey their check digit', () => {
  for (const organization of demoTerritory.organizations) {
    expect(organization.slug).toBe(slugify(organization.name));
    for (const [code, digits] of [
      [organization.siren, 9],
      [organization.siret, 14],
    ] as const) {
      if (code !== null)
        expect([organization.slug, code.length, luhnSum(code) % 10]).toEqual([organization.slug, digits, 0]);
    }
    if (organization.siret !== null) expect(organization.siret.slice(0, 9)).toBe(organization.siren);
  }
});

function luhnSum(code: string): number {
  return [...code].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
