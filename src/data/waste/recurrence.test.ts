import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, hasParity, sureNumber, weekdayOf } from './days.ts';
import { layOut, type RecurrenceRule, readRule, weekdayCodes } from './recurrence.ts';

const ruleOf = (text: string): RecurrenceRule => {
  const rule = readRule(text);
  if (typeof rule === 'string') throw new Error(rule);
  return rule;
};
const days = (text: string, start: string, to: string, from = start) =>
  layOut(ruleOf(text), sureNumber(start), sureNumber(from), sureNumber(to)).map(dayOf);

test('the examples of RFC 5545, section 3.8.5.3, that are about days', () => {
  expect(days('FREQ=DAILY;COUNT=10', '1997-09-02', '1998-01-01')).toHaveLength(10);
  expect(days('FREQ=DAILY;COUNT=10', '1997-09-02', '1998-01-01').at(-1)).toBe('1997-09-11');
  expect(days('FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09-02', '1998-01-01')).toEqual([
    '1997-09-02',
    '1997-09-12',
    '1997-09-22',
    '1997-10-02',
    '1997-10-12',
  ]);
  expect(days('FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH', '1997-09-02', '1998-01-01').at(-1)).toBe(
    '1997-10-07',
  );
  expect(days('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '1998-01-01')).toEqual([
    '1997-08-05',
    '1997-08-10',
    '1997-08-19',
    '1997-08-24',
  ]);
  expect(days('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1998-01-01')).toEqual([
    '1997-08-05',
    '1997-08-17',
    '1997-08-19',
    '1997-08-31',
  ]);
  expect(days('FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '1997-09-05', '1998-01-01')).toEqual([
    '1997-09-05',
    '1997-10-03',
    '1997-11-07',
  ]);
  expect(days('FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU', '1997-09-07', '1999-01-01')).toEqual([
    '1997-09-07',
    '1997-09-28',
    '1997-11-02',
    '1997-11-30',
  ]);
  expect(days('FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', '1997-12-01')).toEqual([
    '1997-09-28',
    '1997-10-29',
    '1997-11-28',
  ]);
  expect(days('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02', '1998-12-31')).toEqual([
    '1998-02-13',
    '1998-03-13',
    '1998-11-13',
  ]);
  expect(days('FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1998-01-01')).toEqual([
    '1997-09-04',
    '1997-10-07',
    '1997-11-06',
  ]);
  expect(days('FREQ=YEARLY;BYDAY=20MO', '1997-05-19', '1999-12-31')).toEqual([
    '1997-05-19',
    '1998-05-18',
    '1999-05-17',
  ]);
  expect(days('FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '1997-05-12', '1999-12-31')).toEqual([
    '1997-05-12',
    '1998-05-11',
    '1999-05-17',
  ]);
  expect(days('FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200', '1997-01-01', '2010-01-01')).toEqual([
    '1997-01-01',
    '1997-04-10',
    '1997-07-19',
    '2000-01-01',
  ]);
});

test('what is not a rule of days is given back', () => {
  expect(readRule('FREQ=HOURLY')).toBe('FREQ=HOURLY');
  expect(readRule('FREQ=WEEKLY;BYHOUR=9')).toBe('BYHOUR=9');
  expect(readRule('FREQ=WEEKLY;BYDAY=XX')).toBe('BYDAY=XX');
  expect(readRule('tous les mardis')).toBe('tous les mardis');
  expect(readRule('BYDAY=MO')).toBe('BYDAY=MO');
});

const start = fc.integer({ min: sureNumber('1990-01-01'), max: sureNumber('2040-01-01') });

test('weekly rules by a plain definition: these weekdays, every n-th week from the start', () => {
  const weekdays = fc.uniqueArray(fc.constantFrom(...weekdayCodes), { minLength: 1 });
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 1, max: 8 }),
      weekdays,
      fc.integer({ min: 0, max: 2000 }),
      (day, interval, codes, ahead) => {
        const rule = ruleOf(`FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${codes.join(',')}`);
        const week = (each: number) => Math.floor((each + 3) / 7);
        const expected = Array.from({ length: 100 }, (_, index) => day + ahead + index).filter(
          (each) =>
            codes.includes(weekdayCodes[weekdayOf(each) - 1] ?? '') && (week(each) - week(day)) % interval === 0,
        );
        expect(layOut(rule, day, day + ahead, day + ahead + 99)).toEqual(expected);
      },
    ),
  );
});

test('laying out from later on gives the end of the same list; COUNT and UNTIL cut it', () => {
  const rules = fc.constantFrom(
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=MONTHLY;BYDAY=1MO,-1FR',
    'FREQ=MONTHLY;BYMONTHDAY=31',
    'FREQ=MONTHLY;INTERVAL=5;BYDAY=2TU',
    'FREQ=YEARLY;BYMONTH=4,10;BYDAY=SA',
    'FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU',
  );
  fc.assert(
    fc.property(
      start,
      rules,
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 1, max: 20 }),
      (day, text, ahead, count) => {
        const rule = ruleOf(text);
        const all = layOut(rule, day, day, day + 4000);
        expect([...all].sort((one, other) => one - other)).toEqual(all);
        expect(new Set(all).size).toBe(all.length);
        expect(layOut(rule, day, day + ahead, day + 4000)).toEqual(all.filter((each) => each >= day + ahead));
        expect(layOut({ ...rule, count }, day, day, day + 4000)).toEqual(all.slice(0, count));
        expect(layOut({ ...rule, until: day + ahead }, day, day, day + 4000)).toEqual(
          all.filter((each) => each <= day + ahead),
        );
      },
    ),
  );
});

test('any text is a rule or what is wrong in it', () => {
  const part = fc
    .tuple(fc.constantFrom('FREQ', 'BYDAY', 'COUNT', 'UNTIL', 'INTERVAL', 'X'), fc.string())
    .map((pair) => pair.join('='));
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const rule = readRule(['FREQ=MONTHLY', ...parts].join(';'));
      if (typeof rule !== 'string') layOut(rule, 20_000, 20_000, 21_000);
    }),
  );
});

test('the parity of weeks is that of ISO 8601, and weeks are one or the other', () => {
  fc.assert(fc.property(start, (day) => hasParity(day, 'even') !== hasParity(day, 'odd') && hasParity(day, 'all')));
});
