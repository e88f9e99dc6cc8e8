// now(): the current moment, with parts set (year=2000) or moved (years=-1), as dateutil's relativedelta reckons.
import { momentOf, offsetMinutes, type QuerySettings } from './settings.ts';

const settable = {
  year: [1, 9999],
  month: [1, 12],
  day: [1, 1e9],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
  microsecond: [0, 999_999],
  weekday: [0, 6],
} as const satisfies Record<string, readonly [number, number]>;

const movable = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, microseconds: 0.001 } as const;
/** The years that are written with four digits, and some. */
const mostMilliseconds = 3e14;
const weekdays = ['mondays', 'tuesdays', 'wednesdays', 'thursdays', 'fridays', 'saturdays', 'sundays'];

/** "2021-05-06 12:34:55.450" in UTC; null for a part that does not exist, or a moment out of the years that are written. */
export function readNow(parts: ReadonlyMap<string, number>, { now, timezone }: QuerySettings): string | null {
  for (const [name, value] of parts) if (!isKnown(name, value)) return null;
  const of = (name: string, otherwise: number) => parts.get(name) ?? otherwise;
  const wall = new Date(now.getTime() + offsetMinutes(now.getTime(), timezone) * 60_000);
  const months =
    (of('year', wall.getUTCFullYear()) + of('years', 0)) * 12 +
    of('month', wall.getUTCMonth() + 1) -
    1 +
    of('months', 0);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  if (!(year >= 1 && year <= 9999)) return null;
  const day = Math.min(of('day', wall.getUTCDate()), daysOf(year, month));
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(
    of('hour', wall.getUTCHours()),
    of('minute', wall.getUTCMinutes()),
    of('second', wall.getUTCSeconds()),
  );
  date.setUTCMilliseconds(
    parts.has('microsecond') ? Math.floor(of('microsecond', 0) / 1000) : wall.getUTCMilliseconds(),
  );
  const moved = Object.entries(movable).reduce((sum, [name, unit]) => sum + of(name, 0) * unit, 0);
  const time = onWeekday(date.getTime() + Math.trunc(moved), parts);
  if (!(Math.abs(time) < mostMilliseconds)) return null;
  const iso = new Date(momentOf(time, timezone)).toISOString();
  return /^(?!0000)\d{4}-/.test(iso) ? iso.replace('T', ' ').replace('Z', '') : null;
}

function isKnown(name: string, value: number): boolean {
  if (!Number.isInteger(value) || Math.abs(value) > 1e9) return false;
  if (Object.hasOwn(settable, name)) {
    const [least, most] = settable[name as keyof typeof settable];
    return value >= least && value <= most;
  }
  if (weekdays.includes(name)) return value !== 0;
  return Object.hasOwn(movable, name) || name === 'years' || name === 'months';
}

/** The day of the week that is asked for: the next one, or the nth one before or after; today counts. */
function onWeekday(time: number, parts: ReadonlyMap<string, number>): number {
  const asked = [...parts].findLast(([name]) => name === 'weekday' || weekdays.includes(name));
  if (asked === undefined || Number.isNaN(new Date(time).getTime())) return time;
  const [name, value] = asked;
  const [day, nth] = name === 'weekday' ? [value, 1] : [weekdays.indexOf(name), value];
  const today = (new Date(time).getUTCDay() + 6) % 7;
  const days = nth > 0 ? ((day - today + 7) % 7) + (nth - 1) * 7 : -(((today - day + 7) % 7) + (-nth - 1) * 7);
  return time + days * 86_400_000;
}

function daysOf(year: number, month: number): number {
  const last = new Date(0);
  last.setUTCFullYear(year, month + 1, 0);
  return last.getUTCDate();
}
