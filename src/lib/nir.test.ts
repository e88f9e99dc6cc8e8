import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNir, nirKey } from './nir.ts';

// The example that the social security itself prints on its specimen card: 2 69 05 49 588 157, key 80.
test('a NIR with its key is one, however it is written', () => {
  for (const text of ['269054958815780', '2 69 05 49 588 157 80', '2 69 05 49 588 157 80'])
    expect(isNir(text)).toBe(true);
});

test('a wrong key, a wrong month, a number of another length are none', () => {
  for (const text of [
    '269054958815781',
    '269134958815780',
    '26905495881578',
    '2690549588157801',
    '969054958815780',
    '',
  ])
    expect(isNir(text)).toBe(false);
});

test('Corsica has letters, and the key is made as if it had 19 and 18', () => {
  // 1 85 01 2A 004 001: 1850119004001 mod 97 = 80, so the key is 17; with 2B, 1850118004001 mod 97 = 53 and the key is 44.
  expect(Number(1850119004001n % 97n)).toBe(80);
  expect(Number(1850118004001n % 97n)).toBe(53);
  expect(isNir('185012A00400117')).toBe(true);
  expect(isNir('1 85 01 2b 004 001 44')).toBe(true);
  expect(isNir('185012A00400144')).toBe(false);
});

const two = (min: number, max: number) => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
const three = fc.integer({ min: 1, max: 999 }).map((n) => String(n).padStart(3, '0'));

test('every number made as the register makes them is one; changing one digit of it makes none', () => {
  const born = fc.tuple(
    fc.constantFrom('1', '2'),
    two(0, 99),
    two(1, 12),
    fc.oneof(two(1, 95), fc.constantFrom('2A', '2B')),
  );
  fc.assert(
    fc.property(
      born,
      three,
      three,
      fc.integer({ min: 7, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (b, c, o, at, add) => {
        const thirteen = [...b, c, o].join('');
        const nir = thirteen + nirKey(thirteen);
        expect(isNir(nir)).toBe(true);
        const other = String((Number(nir[at]) + add) % 10);
        expect(isNir(nir.slice(0, at) + other + nir.slice(at + 1))).toBe(false);
      },
    ),
  );
});
