// The next days of collection from a day on, and until where the calendar was looked at to find them.
import type { Day, WasteCalendar } from '../../model/waste.ts';
import { type Collections, collectionsBetween } from './collections.ts';
import { dayOf, partsOf, sureNumber } from './days.ts';

/** Days looked at first, then twice as many, and in all: a collection once in two years is still found. */
const stride = 31;
const farthest = 750;

/**
 * The next `count` days of collection of a sector, with everything collected on each of them; what is undecided or cancelled
 * until the last of these days is told with them.
 */
export function nextCollections(calendar: WasteCalendar, sector: string | null, from: Day, count: number): Collections {
  const first = sureNumber(from);
  for (let days = stride; ; days *= 2) {
    const to = Math.min(first + Math.min(days, farthest), lastDay);
    const found = collectionsBetween(calendar, sector, from, dayOf(to));
    const dates = [...new Set(found.collections.map(({ date }) => date))];
    const ended = to === lastDay || days >= farthest;
    if (dates.length < count && !ended) continue;
    const last = dates[count - 1];
    return last === undefined ? found : collectionsBetween(calendar, sector, from, last);
  }
}

/** The last day that ISO 8601 writes with four digits. */
const lastDay = sureNumber('9999-11-30');

/** The days of a whole year, for a calendar on one page. */
export function collectionsOfYear(calendar: WasteCalendar, sector: string | null, year: number): Collections {
  return collectionsBetween(calendar, sector, `${year}-01-01`, `${year}-12-31`);
}

export function yearOf(day: Day): number {
  return partsOf(sureNumber(day)).year;
}
