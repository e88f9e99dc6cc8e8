// Agendas of collections (RFC 5545): events whose identifiers never change, so that a subscription follows every shift.
import { createHash } from 'node:crypto';
import { dayNumber, dayOf } from '../../data/waste/days.ts';
import type { Day } from '../../model/waste.ts';

export type AgendaEvent = {
  /** The collection as the rule names it: stream and usual day. It stays the same when its day moves. */
  readonly key: string;
  readonly day: Day;
  readonly summary: string;
  readonly description: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
};

export type Agenda = {
  readonly name: string;
  readonly description: string;
  readonly events: readonly AgendaEvent[];
  /** When what it says was last changed. */
  readonly changedAt: Date;
  /** The portal's host: identifiers are its own. */
  readonly host: string;
  readonly page: string;
  /** The hour of the evening before at which to be reminded; null for no reminder. */
  readonly alarm: number | null;
};

const epoch = Date.UTC(2020, 0, 1);

/** A later change has a greater number, as RFC 5545 wants of SEQUENCE; a minute is fine enough. */
export function sequenceOf(changedAt: Date): number {
  return Math.max(0, Math.floor((changedAt.getTime() - epoch) / 60_000));
}

export function writeAgenda({ name, description, events, changedAt, host, page, alarm }: Agenda): string {
  const stamp = `${changedAt.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const sequence = sequenceOf(changedAt);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Terroir//Collecte//FR',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    `X-WR-CALDESC:${text(description)}`,
    'X-WR-TIMEZONE:Europe/Paris',
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${createHash('sha256').update(event.key).digest('hex').slice(0, 32)}@${host}`,
      `DTSTAMP:${stamp}`,
      `LAST-MODIFIED:${stamp}`,
      `SEQUENCE:${sequence}`,
      `DTSTART;VALUE=DATE:${basic(event.day)}`,
      `DTEND;VALUE=DATE:${basic(dayOf((dayNumber(event.day) ?? 0) + 1))}`,
      `SUMMARY:${text(event.summary)}`,
      ...(event.description === '' ? [] : [`DESCRIPTION:${text(event.description)}`]),
      `STATUS:${event.status}`,
      'TRANSP:TRANSPARENT',
      `URL:${page}`,
      ...(alarm === null || event.status === 'CANCELLED'
        ? []
        : [
            'BEGIN:VALARM',
            'ACTION:DISPLAY',
            `DESCRIPTION:${text(event.summary)}`,
            `TRIGGER:-PT${24 - alarm}H`,
            'END:VALARM',
          ]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function basic(day: Day): string {
  return day.replaceAll('-', '');
}

function text(value: string): string {
  return value.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');
}

/** Lines of 75 octets at most, never cut inside a sign. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > 75) {
      parts.push(part);
      part = ' ';
      bytes = 1;
    }
    part += sign;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}
