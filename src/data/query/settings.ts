// What a query takes from whoever asks: the clock, the time zone, the language of names.

export type QuerySettings = {
  /** What now() is. */
  readonly now: Date;
  /** A zone that readTimeZone accepted: moments are read, grouped and written in it. */
  readonly timezone: string;
  /** One of `languages`: names of days and months. */
  readonly lang: string;
};

export const languages = ['en', 'fr', 'nl', 'pt', 'it', 'ar', 'de', 'es', 'ca', 'eu', 'sv'] as const;

/** UTC, in French, now. */
export function usualSettings(): QuerySettings {
  return { now: new Date(), timezone: 'UTC', lang: 'fr' };
}

/** The name of a time zone as the engine knows it; null for what is none. */
export function readTimeZone(name: string): string | null {
  // An offset is none: "+02:00" says nothing of the other half of the year.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name) || name.length > 60) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone;
  } catch {
    return null;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of Greenwich of a moment in a zone. */
export function offsetMinutes(moment: number, timezone: string): number {
  if (timezone === 'UTC') return 0;
  let clock = clocks.get(timezone);
  if (clock === undefined) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en-u-ca-gregory-hc-h23', {
      timeZone: timezone,
      era: 'short',
      second: 'numeric',
      ...parts,
    });
    clocks.set(timezone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
  wall.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
  return Math.round((wall.getTime() - Math.floor(moment / 1000) * 1000) / 60_000);
}

/** The moment at which the clocks of a zone show a time, given as if it were UTC's. */
export function momentOf(wall: number, timezone: string): number {
  if (timezone === 'UTC') return wall;
  const guess = wall - offsetMinutes(wall, timezone) * 60_000;
  return wall - offsetMinutes(guess, timezone) * 60_000;
}

/** "2024-01-15T08:00:00+00:00" as the clocks of the zone show it: "2024-01-15T09:00:00+01:00". */
export function inTimeZone(iso: string, timezone: string): string {
  if (timezone === 'UTC') return iso;
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return iso;
  const minutes = offsetMinutes(moment, timezone);
  const wall = new Date(moment + minutes * 60_000).toISOString().slice(0, 19);
  const fraction = /\.\d+/.exec(iso)?.[0] ?? '';
  return `${wall}${fraction}${offsetText(minutes)}`;
}

/** "+02:00". */
export function offsetText(minutes: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
