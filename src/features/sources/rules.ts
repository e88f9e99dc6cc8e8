// When a source is read next, what is accepted of one, and when its people are told that it fails.
import { TerroirError } from '../../lib/errors.ts';
import { parisClock, parisInstant } from '../../lib/paris.ts';
import { rhythms, type Schedule, type SourceRequest, type SourceRhythm } from './schemas.ts';

/** Failures in a row after which people are told: a server that is down for a night is not their affair. */
export const failuresTold = 3;

const longestUrl = 2000;

/** The first moment after another at which a source is to be read. A hour that a change of clock skips is read an hour later. */
export function nextReading(schedule: Schedule, after: Date): Date {
  const today = parisClock(after);
  // A monthly one may be two months of days away.
  for (let days = 0; days <= 62; days++) {
    const at = shownAt(today.year, today.month, today.day + days, schedule.hour);
    if (at > after && fits(schedule, at)) return at;
  }
  throw new Error('a schedule has a day in every month');
}

function shownAt(year: number, month: number, day: number, hour: number): Date {
  const at = parisInstant(year, month, day, hour);
  return parisClock(at).hour === hour ? at : new Date(at.getTime() + 3_600_000);
}

function fits({ rhythm, weekday, monthDay }: Schedule, at: Date): boolean {
  const shown = parisClock(at);
  if (rhythm === 'weekly') return shown.weekday === weekday;
  return rhythm === 'daily' || shown.day === monthDay;
}

/**
 * What may be refused of a source without reading it.
 * @throws TerroirError source.urlInvalid, source.scheduleInvalid
 */
export function checkSource(request: SourceRequest): SourceRequest {
  const url = URL.parse(request.url.trim());
  const open = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!open || url.href.length > longestUrl) throw new TerroirError('source.urlInvalid');
  const { hour, weekday, monthDay, rhythm } = request;
  const within = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!isRhythm(rhythm) || !within(hour, 0, 23) || !within(weekday, 1, 7) || !within(monthDay, 1, 28))
    throw new TerroirError('source.scheduleInvalid');
  return { ...request, url: url.href, table: request.table?.trim() || null };
}

export function isRhythm(text: string): text is SourceRhythm {
  return (rhythms as readonly string[]).includes(text);
}
