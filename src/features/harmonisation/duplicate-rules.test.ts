import { expect, test } from 'vitest';
import { readTableSchema } from '../../model/schema-reader.ts';
import { duplicateColumns, losersOf } from './duplicate-rules.ts';

const pair = (leftKey: string, rightKey: string, winner: 'left' | 'right' | null, present = true) =>
  ({ leftKey, rightKey, winner, verdict: winner === null ? 'different' : 'same', present }) as const;

test('of each thing one row stays', () => {
  expect(losersOf([pair('a', 'b', 'left'), pair('c', 'd', 'right'), pair('e', 'f', null)])).toEqual(['b', 'c']);
  // a over b, b over c: b and c leave.
  expect(losersOf([pair('a', 'b', 'left'), pair('b', 'c', 'left')])).toEqual(['b', 'c']);
});

test('contradictions never take everything away; a pair whose row is gone takes nothing', () => {
  expect(losersOf([pair('a', 'b', 'left'), pair('b', 'c', 'left'), pair('a', 'c', 'right')])).toEqual(['b', 'c']);
  expect(losersOf([pair('a', 'b', 'left'), pair('c', 'b', 'right'), pair('a', 'd', 'left')])).toHaveLength(3);
  expect(losersOf([pair('a', 'b', 'left', false)])).toEqual([]);
});

test('columns are known by their names', () => {
  const of = (...names: readonly string[]) =>
    duplicateColumns(readTableSchema({ fields: names.map((name) => ({ name })) }, 'x'));
  expect(of('id', 'nom', 'latitude', 'longitude', 'num_siret')).toEqual({
    lat: 'latitude',
    lon: 'longitude',
    name: 'nom',
    siret: 'num_siret',
    address: null,
  });
  expect(of('EQUIP_NOM', 'EQUIP_LAT', 'EQUIP_LONG', 'COLL_SIRET', 'id_ban_adresse')).toEqual({
    lat: 'EQUIP_LAT',
    lon: 'EQUIP_LONG',
    name: 'EQUIP_NOM',
    // Of who publishes, not of what is described.
    siret: null,
    address: 'id_ban_adresse',
  });
});
