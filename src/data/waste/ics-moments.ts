// Moments of an iCalendar file: the day, the hour and the zone that are written, and the day that they are in Paris.
import { dayInParis, dayNumber, dayOf, sureNumber } from './days.ts';

export type IcsMoment = {
  /** The day as written, in the moment's own zone. */
  readonly day: number;
  /** Minutes since midnight; null for a whole day. */
  readonly minutes: number | null;
  /** An IANA zone, "UTC"; null for a moment that floats, which is then in Paris. */
  readonly zone: string | null;
};

/** @returns null for what is no moment */
export function readMoment(value: string, zone: string | null): IcsMoment | null {
  const [, year, month, date, hour, minute, utc] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?\d\d)?(Z)?)?$/.exec(value.trim()) ?? [];
  const day = year === undefined ? null : dayNumber(`${year}-${month}-${date}`);
  if (day === null) return null;
  if (hour === undefined) return { day, minutes: null, zone: null };
  const minutes = Number(hour) * 60 + Number(minute);
  if (minutes >= 1440) return null;
  return { day, minutes, zone: utc === undefined ? zone : 'UTC' };
}

/** Whether the machine knows the zone; the names of Outlook ("Romance Standard Time") are not IANA's. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The day in Paris of a moment of another zone, when its day there is `day`. */
export function dayInParisOf({ minutes, zone }: IcsMoment, day: number): number {
  if (minutes === null || zone === null || zone === 'Europe/Paris') return day;
  const wanted = sureNumber(dayOf(day)) * 86_400_000 + minutes * 60_000;
  return sureNumber(dayInParis(new Date(wanted - offsetOf(zone, wanted))));
}

/** What the zone's clocks show ahead of UTC, in milliseconds, at a wall clock time there. */
function offsetOf(zone: string, wall: number): number {
  const shown = (at: number) => {
    const parts = Object.fromEntries(
      clockOf(zone)
        .formatToParts(new Date(at))
        .map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  const guess = shown(wall) - wall;
  return shown(wall - guess) - (wall - guess);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, clock);
  return clock;
}
