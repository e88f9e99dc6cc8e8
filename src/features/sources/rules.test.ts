import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parisClock } from '../../lib/paris.ts';
import { checkSource, nextReading } from './rules.ts';
import type { Schedule, SourceRequest } from './schemas.ts';

const schedule = (said: Partial<Schedule>): Schedule => ({
  rhythm: 'daily',
  hour: 5,
  weekday: 1,
  monthDay: 1,
  ...said,
});

test.each([
  // Winter: Paris is one hour ahead of UTC. Summer: two.
  ['daily at 5, asked before', { hour: 5 }, '2026-01-15T03:00:00Z', '2026-01-15T04:00:00.000Z'],
  ['daily at 5, asked at that very moment', { hour: 5 }, '2026-01-15T04:00:00Z', '2026-01-16T04:00:00.000Z'],
  ['the night when clocks go forward', { hour: 5 }, '2026-03-28T12:00:00Z', '2026-03-29T03:00:00.000Z'],
  ['the night when clocks go back', { hour: 5 }, '2026-10-24T12:00:00Z', '2026-10-25T04:00:00.000Z'],
  ['an hour that is skipped is read an hour later', { hour: 2 }, '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
  ['the day after that', { hour: 2 }, '2026-03-29T01:00:00Z', '2026-03-30T00:00:00.000Z'],
  ['midnight', { hour: 0 }, '2026-07-14T12:00:00Z', '2026-07-14T22:00:00.000Z'],
  ['weekly on Thursday', { rhythm: 'weekly', weekday: 4 }, '2026-01-15T12:00:00Z', '2026-01-22T04:00:00.000Z'],
  ['weekly on Sunday', { rhythm: 'weekly', weekday: 7 }, '2026-03-23T12:00:00Z', '2026-03-29T03:00:00.000Z'],
  ['monthly on the 28th', { rhythm: 'monthly', monthDay: 28 }, '2026-02-28T12:00:00Z', '2026-03-28T04:00:00.000Z'],
  ['monthly, over a year', { rhythm: 'monthly', monthDay: 1 }, '2026-12-01T12:00:00Z', '2027-01-01T04:00:00.000Z'],
] as const)('%s', (_name, said, after, next) => {
  expect(nextReading(schedule(said), new Date(after)).toISOString()).toBe(next);
});

test('an hour that is lived twice is read once', () => {
  const first = nextReading(schedule({ hour: 2 }), new Date('2026-10-24T12:00:00Z'));
  const second = nextReading(schedule({ hour: 2 }), first);
  expect(parisClock(first)).toMatchObject({ day: 25, hour: 2 });
  expect(parisClock(second)).toMatchObject({ day: 26, hour: 2 });
});

test('whatever the schedule and the day, the next reading is later, and each day has one at most', () => {
  const anySchedule = fc.record({
    rhythm: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
    hour: fc.integer({ min: 0, max: 23 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    monthDay: fc.integer({ min: 1, max: 28 }),
  });
  const anyDate = fc.date({ min: new Date('2025-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(anySchedule, anyDate, (said, after) => {
      const next = nextReading(said, after);
      const then = nextReading(said, next);
      expect(next.getTime()).toBeGreaterThan(after.getTime());
      const apart = { daily: 22, weekly: 166, monthly: 27 * 24 }[said.rhythm] * 3_600_000;
      expect(then.getTime() - next.getTime()).toBeGreaterThanOrEqual(apart);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['ftp://example.org/a.csv', {}, 'source.urlInvalid'],
  ['example.org/a.csv', {}, 'source.urlInvalid'],
  ['https://user:secret@example.org/a.csv', {}, 'source.urlInvalid'],
  [`https://example.org/${'a'.repeat(2000)}`, {}, 'source.urlInvalid'],
  ['https://example.org/a.csv', { hour: 24 }, 'source.scheduleInvalid'],
  ['https://example.org/a.csv', { hour: Number.NaN }, 'source.scheduleInvalid'],
  ['https://example.org/a.csv', { monthDay: 31 }, 'source.scheduleInvalid'],
] as const)('%s %o is refused', (url, said, code) => {
  const request: SourceRequest = { ...schedule(said), url, publish: true, table: null };
  expect(() => checkSource(request)).toThrow(expect.objectContaining({ code }));
});
