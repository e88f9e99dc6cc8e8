import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays, easterSunday, publicHolidays, weekdayName, writePublicHolidays } from './calendar.ts';

test('Easter is where the calendars printed it', () => {
  const printed: Readonly<Record<number, string>> = {
    2018: '2018-04-01',
    2019: '2019-04-21',
    2020: '2020-04-12',
    2021: '2021-04-04',
    2022: '2022-04-17',
    2023: '2023-04-09',
    2024: '2024-03-31',
    2025: '2025-04-20',
    2026: '2026-04-05',
    2027: '2027-03-28',
    2028: '2028-04-16',
    2029: '2029-04-01',
    2030: '2030-04-21',
    2031: '2031-04-13',
    2032: '2032-03-28',
    2033: '2033-04-17',
    2034: '2034-04-09',
    2035: '2035-03-25',
    // The earliest and the latest dates that can be, and the exceptions that simpler rules miss.
    1818: '1818-03-22',
    1943: '1943-04-25',
    1954: '1954-04-18',
    1981: '1981-04-19',
    2049: '2049-04-18',
  };
  for (const [year, date] of Object.entries(printed)) expect(easterSunday(Number(year)), year).toBe(date);
});

test('the eleven holidays of 2026 are those of the wall calendar', () => {
  expect(publicHolidays(2026).map((holiday) => [holiday.date, weekdayName(holiday.date), holiday.name])).toEqual([
    ['2026-01-01', 'jeudi', '1er janvier'],
    ['2026-04-06', 'lundi', 'Lundi de Pâques'],
    ['2026-05-01', 'vendredi', '1er mai'],
    ['2026-05-08', 'vendredi', '8 mai'],
    ['2026-05-14', 'jeudi', 'Ascension'],
    ['2026-05-25', 'lundi', 'Lundi de Pentecôte'],
    ['2026-07-14', 'mardi', '14 juillet'],
    ['2026-08-15', 'samedi', 'Assomption'],
    ['2026-11-01', 'dimanche', 'Toussaint'],
    ['2026-11-11', 'mercredi', '11 novembre'],
    ['2026-12-25', 'vendredi', 'Jour de Noël'],
  ]);
});

test('movable holidays keep their weekday in every year', () => {
  for (let year = 2018; year <= 2035; year++) {
    const days = publicHolidays(year)
      .filter((holiday) => holiday.movable)
      .map((holiday) => weekdayName(holiday.date));
    expect(days, String(year)).toEqual(['lundi', 'jeudi', 'lundi']);
  }
});

test('days are added across months, years and leap days', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('the file has eleven days for each of the eighteen years', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-holidays-'));
  try {
    const lines = (await readFile(await writePublicHolidays(folder), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 18 * 11);
    expect(lines[0]).toBe('date,annee,jour_semaine,nom,date_mobile');
    expect(lines[1]).toBe('2018-01-01,2018,lundi,1er janvier,non');
    expect(lines).toContain('2024-05-09,2024,jeudi,Ascension,oui');
    expect(lines.at(-1)).toBe('2035-12-25,2035,mardi,Jour de Noël,non');
  } finally {
    await rm(folder, { recursive: true });
  }
});
