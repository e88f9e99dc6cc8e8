import { expect, test } from 'vitest';
import { isSiren, isSiret } from './siret.ts';

test('SIREN: Tours Métropole, CHU de Tours; one digit changed is refused', () => {
  expect(['243700754', '263700189', '356000000'].map(isSiren)).toEqual([true, true, true]);
  expect(['243700755', '24370075', '2437007540', '24370075a', ''].map(isSiren)).toEqual(Array(5).fill(false));
});

test('SIRET: the university of Tours; swapped digits are refused', () => {
  expect(isSiret('19370800500478')).toBe(true);
  expect(isSiret('19370800500487')).toBe(false);
  expect(isSiret('1937080050047')).toBe(false);
  expect(isSiret('193 708 005 00478')).toBe(false);
});

test('SIRET: the establishments of La Poste add up to a multiple of five', () => {
  // The head office obeys Luhn; another establishment does not, its digits add up to 3+5+6+4+9+8+3+7 = 45.
  expect(isSiret('35600000000048')).toBe(true);
  expect(isSiret('35600000049837')).toBe(true);
  expect(isSiret('35600000049838')).toBe(false);
});
