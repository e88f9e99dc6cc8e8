// Arithmetic on days of the calendar, without hours or zones: a day is a number of days since 1970-01-01.
import { parisClock } from '../../lib/paris.ts';
import type { Day, Season, WeekParity } from '../../model/waste.ts';

const millisecondsPerDay = 86_400_000;

/** @returns null for what is no day of the calendar ("2025-02-30") */
export function dayNumber(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year === undefined ? null : numberOf(Number(year), Number(month), Number(date));
}

/** Month 1 to 12. @returns null for a day that the month does not have */
export function numberOf(year: number, month: number, date: number): number | null {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.getTime() / millisecondsPerDay : null;
}

/** The days of 1970 to 2150, as they were asked for: calendars write the same ones all day long. */
const written: Day[] = [];
const lastWritten = 66_000;

export function dayOf(number: number): Day {
  const known = written[number];
  if (known !== undefined) return known;
  const day = new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
  if (number >= 0 && number < lastWritten) written[number] = day;
  return day;
}

export function isDay(text: string): boolean {
  return dayNumber(text) !== null;
}

/** @throws RangeError for what is no day: callers have checked it before */
export function sureNumber(day: Day): number {
  const number = dayNumber(day);
  if (number === null) throw new RangeError(day);
  return number;
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the week. */
export function mondayOf(number: number): number {
  return number - weekdayOf(number) + 1;
}

export function partsOf(number: number): { readonly year: number; readonly month: number; readonly date: number } {
  const at = new Date(number * millisecondsPerDay);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** The number of the week by ISO 8601: week 1 is the one of the year's first Thursday. */
export function isoWeek(number: number): { readonly year: number; readonly week: number } {
  const thursday = mondayOf(number) + 3;
  const { year } = partsOf(thursday);
  const first = numberOf(year, 1, 1) ?? 0;
  return { year, week: Math.floor((thursday - first) / 7) + 1 };
}

export function hasParity(number: number, weeks: WeekParity): boolean {
  return weeks === 'all' || (isoWeek(number).week % 2 === 0) === (weeks === 'even');
}

export function inSeason(number: number, season: Season | null): boolean {
  if (season === null) return true;
  const monthDay = dayOf(number).slice(5);
  return season.from <= season.to
    ? season.from <= monthDay && monthDay <= season.to
    : season.from <= monthDay || monthDay <= season.to;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day that a calendar on a wall in Paris shows at an instant. */
export function dayInParis(at: Date): Day {
  const { year, month, day } = parisClock(at);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
