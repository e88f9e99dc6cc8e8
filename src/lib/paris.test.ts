import { expect, test } from 'vitest';
import { parisClock, parisInstant } from './paris.ts';

test.each([
  ['2026-01-15T07:00:00Z', { year: 2026, month: 1, day: 15, hour: 8, minute: 0, weekday: 4 }],
  ['2026-07-19T22:30:00Z', { year: 2026, month: 7, day: 20, hour: 0, minute: 30, weekday: 1 }],
  ['2026-10-25T00:30:00Z', { year: 2026, month: 10, day: 25, hour: 2, minute: 30, weekday: 7 }],
])('at %s a clock in Paris shows %o', (iso, shown) => {
  expect(parisClock(new Date(iso))).toEqual(shown);
});

test.each([
  [[2026, 1, 15, 8], '2026-01-15T07:00:00.000Z'],
  [[2026, 7, 20, 0], '2026-07-19T22:00:00.000Z'],
  [[2026, 12, 32, 7], '2027-01-01T06:00:00.000Z'],
  [[2026, 3, 29, 8], '2026-03-29T06:00:00.000Z'],
] as const)('%o is %s', ([year, month, day, hour], iso) => {
  expect(parisInstant(year, month, day, hour).toISOString()).toBe(iso);
});
