import { expect, test } from 'vitest';
import type { Version } from '../../model/dataset.ts';
import { kindOf } from './tables.ts';

const version = (names: readonly string[], schema: string | null = null, geometry: string | null = null) =>
  ({
    schema,
    fields: names.map((name) => ({ name })),
    geometry: geometry === null ? null : { type: geometry },
  }) as unknown as Version;

test.each<[string, readonly string[], string | null]>([
  ['rounds by weekday', ['secteur', 'flux', 'jour'], 'rounds'],
  ['rounds by rule', ['secteur', 'flux', 'regle'], 'rounds'],
  ['dates, which say their weekday too', ['secteur', 'flux', 'date_collecte', 'jour', 'date_habituelle'], 'dates'],
  ['exceptions', ['date', 'nouvelle_date', 'flux', 'motif'], 'exceptions'],
  ['streets with their days', ['commune', 'voie', 'jours'], 'streets'],
  ['recycling centres', ['nom', 'adresse', 'horaires', 'dechets_acceptes'], 'centres'],
  ['shops, which have hours as well', ['nom', 'adresse', 'horaires'], null],
  ['sorting', ['dechet', 'destination'], 'sorting'],
  ['something else', ['nom', 'montant'], null],
])('%s', (_what, names, kind) => {
  expect(kindOf(version(names))).toBe(kind);
});

test('what a producer names goes first; sectors are areas', () => {
  expect(kindOf(version(['secteur', 'flux', 'jour'], 'https://p.example/schemas/collecte-dechets-dates'))).toBe(
    'dates',
  );
  expect(kindOf(version(['secteur'], null, 'MultiPolygon'))).toBe('sectors');
  expect(kindOf(version(['secteur'], null, 'Point'))).toBeNull();
});
