import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpeningHours, openingState, readOpeningHours, spansOn } from './opening-hours.ts';

const hoursOf = (text: string): OpeningHours => {
  const hours = readOpeningHours(text);
  if (hours === null) throw new Error(text);
  return hours;
};
const centre = hoursOf(
  'Mar-Oct Mo-Sa 09:00-12:00,14:00-18:30; Nov-Feb Mo-Sa 09:00-12:00,14:00-17:45; Su 09:00-12:00; PH off',
);
const at = (day: string, clock: string) => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return openingState(centre, day, hours * 60 + minutes, { closed: ['2025-12-24'] });
};

test('« Ouverte, ferme à 17 h 45 » in winter, 18 h 30 in summer', () => {
  expect(at('2025-11-25', '17:44')).toEqual({ open: true, closes: 17 * 60 + 45 });
  expect(at('2025-06-24', '17:45')).toEqual({ open: true, closes: 18 * 60 + 30 });
});

test('closed: at lunch, in the evening, on a public holiday, on an exceptional closing', () => {
  expect(at('2025-11-25', '12:00')).toEqual({ open: false, next: { day: '2025-11-25', at: 14 * 60 } });
  expect(at('2025-11-25', '17:45')).toEqual({ open: false, next: { day: '2025-11-26', at: 9 * 60 } });
  // 11 November 2025 is a Tuesday; the rule for holidays comes last and wins.
  expect(at('2025-11-11', '10:00')).toEqual({ open: false, next: { day: '2025-11-12', at: 9 * 60 } });
  expect(at('2025-12-24', '10:00')).toEqual({ open: false, next: { day: '2025-12-26', at: 9 * 60 } });
});

test('stretches of months and dates, over the turn of the year too', () => {
  const winter = hoursOf('Nov 15-Feb 15 Mo-Fr 10:00-16:00');
  expect(spansOn(winter, '2026-01-05')).toHaveLength(1);
  expect(spansOn(winter, '2025-11-14')).toHaveLength(0);
  expect(spansOn(winter, '2026-02-16')).toHaveLength(0);
  expect(spansOn(hoursOf('24/7'), '2026-01-01')).toEqual([{ from: 0, to: 1440 }]);
  expect(openingState(hoursOf('Mo off'), '2026-01-01', 0)).toEqual({ open: false, next: null });
});

test('what is not understood says nothing', () => {
  for (const text of ['', 'sur rendez-vous', 'Mo-Fr sunrise-sunset', 'Mo', 'Mo 18:00-02:00', 'Mo 9h-12h'])
    expect(readOpeningHours(text)).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => readOpeningHours(text) === null || readOpeningHours(text) !== null));
});
