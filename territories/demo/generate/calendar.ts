// Days: plain dates as "YYYY-MM-DD", the French public holidays by rule, and the file of them.
import { type Cell, writeCsvFile } from './csv-file.ts';

const dayMilliseconds = 86_400_000;
const weekdayNames = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const;

export type Holiday = { readonly date: string; readonly name: string; readonly movable: boolean };

/** A day, some days later or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** 0 for Sunday, 1 for Monday … */
export function weekday(date: string): number {
  return new Date(date).getUTCDay();
}

/** « lundi », « mardi » … */
export function weekdayName(date: string): string {
  return weekdayNames[weekday(date)] ?? '';
}

/** "2026-03-09" → "09/03/2026". */
export function frenchDate(date: string): string {
  return date.split('-').reverse().join('/');
}

/** Easter Sunday of the Gregorian calendar: the anonymous algorithm of Nature (1876), as Meeus gives it. */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return isoDate(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The eleven legal holidays of a year in metropolitan France, in order (Code du travail, article L3133-1). */
export function publicHolidays(year: number): readonly Holiday[] {
  const easter = easterSunday(year);
  const holidays: Holiday[] = [
    fixed(year, 1, 1, '1er janvier'),
    { date: addDays(easter, 1), name: 'Lundi de Pâques', movable: true },
    fixed(year, 5, 1, '1er mai'),
    fixed(year, 5, 8, '8 mai'),
    { date: addDays(easter, 39), name: 'Ascension', movable: true },
    { date: addDays(easter, 50), name: 'Lundi de Pentecôte', movable: true },
    fixed(year, 7, 14, '14 juillet'),
    fixed(year, 8, 15, 'Assomption'),
    fixed(year, 11, 1, 'Toussaint'),
    fixed(year, 11, 11, '11 novembre'),
    fixed(year, 12, 25, 'Jour de Noël'),
  ];
  return holidays.sort((one, other) => one.date.localeCompare(other.date));
}

/** Every legal holiday from 2018 to 2035. */
export async function writePublicHolidays(folder: string): Promise<string> {
  const rows: Cell[][] = [['date', 'annee', 'jour_semaine', 'nom', 'date_mobile']];
  for (let year = 2018; year <= 2035; year++) {
    for (const holiday of publicHolidays(year))
      rows.push([holiday.date, year, weekdayName(holiday.date), holiday.name, holiday.movable ? 'oui' : 'non']);
  }
  return writeCsvFile(folder, 'jours-feries-2018-2035.csv', rows);
}

function fixed(year: number, month: number, day: number, name: string): Holiday {
  return { date: isoDate(year, month, day), name, movable: false };
}

function isoDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
