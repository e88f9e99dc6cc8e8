// Dates as people write them in queries, read as the engine compares them.

export type DateValue = {
  readonly type: 'date' | 'datetime';
  /** "2024-05-03" or "2024-05-03 10:00:00.000", in UTC when it is zoned. */
  readonly text: string;
  /** Whether it was written with an offset; without one it is of the query's time zone. */
  readonly zoned: boolean;
};

const dateShape = /^(\d{4})(?:([-/])(\d{1,2})(?:\2(\d{1,2}))?)?$/;
const datetimeShape =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?)?$/i;

/** Reads YYYY, YYYY-MM, YYYY-MM-DD (or with slashes), with a time and an offset or without; null when it is no date. */
export function readDate(text: string): DateValue | null {
  const trimmed = text.trim();
  const date = dateShape.exec(trimmed);
  if (date !== null) {
    const day = calendarDay(date[1], date[3] ?? '1', date[4] ?? '1');
    return day === null ? null : { type: 'date', text: day, zoned: false };
  }
  const time = datetimeShape.exec(trimmed);
  if (time === null) return null;
  const day = calendarDay(time[1], time[3], time[4]);
  const [hour, minute, second] = [Number(time[5]), Number(time[6]), Number(time[7] ?? 0)];
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = (time[8] ?? '').slice(0, 3).padEnd(3, '0');
  const utc = Date.parse(`${day}T${two(hour)}:${two(minute)}:${two(second)}.${milliseconds}Z`) - offsetOf(time[9]);
  const iso = new Date(utc).toISOString().replace('T', ' ').replace('Z', '');
  // An offset may lead out of the years that the engine writes with four digits.
  return /^(?!0000)\d{4}-/.test(iso) ? { type: 'datetime', text: iso, zoned: time[9] !== undefined } : null;
}

function calendarDay(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${two(Number(month))}-${two(Number(day))}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  if (year === '0000') return null;
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** Milliseconds east of Greenwich of "+02:00", "-0130", "Z" or nothing. */
function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
