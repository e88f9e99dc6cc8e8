// Ordinary changes of writing that one gesture does to a whole column: days in ISO 8601, numbers with a point, codes of digits.
import { isSiren, isSiret } from '../lib/siret.ts';
import { foldedWords } from '../lib/text.ts';

/** How the cells of a column are written again. */
export const rewriteKinds = [
  'date',
  'datetime',
  'time',
  'number',
  'integer',
  'phone',
  'siret',
  'siren',
  'blanks',
] as const;
export type RewriteKind = (typeof rewriteKinds)[number];

const blanksAround = /^[\s\u00a0\u202f]+|[\s\u00a0\u202f]+$/g;
const blanksInside = /[\s\u00a0\u202f]/g;

/**
 * A text in the writing wanted.
 * @returns null when it is written so already, or when nothing sure can be made of it
 */
export function rewriteText(kind: RewriteKind, value: string): string | null {
  const text = trimText(value);
  const written = text === '' ? null : writers[kind](text);
  return written === null || written === value ? null : written;
}

const writers: Readonly<Record<RewriteKind, (text: string) => string | null>> = {
  date: (text) => isoDay(text),
  datetime: isoMoment,
  time: isoTime,
  number: (text) => plainNumber(text, '.'),
  integer: plainInteger,
  phone: (text) => phoneDigits(text) ?? (/^[1-9]\d{8}$/.test(text) ? `+33${text}` : null),
  siret: (text) => codeOfDigits(text, 14, isSiret),
  siren: (text) => codeOfDigits(text, 9, isSiren) ?? sirenOfSiret(text),
  blanks: (text) => text,
};

export function trimText(text: string): string {
  return text.replace(blanksAround, '');
}

export function withoutBlanks(text: string): string {
  return text.replace(blanksInside, '');
}

export function plainInteger(text: string): string | null {
  const bare = withoutBlanks(text).replace(/[.,]0+$/, '');
  return /^[+-]?\d+$/.test(bare) ? bare : null;
}

/** "1 250,50 €" → "1250.50"; a point and a comma together: the last one is the decimal sign. */
export function plainNumber(text: string, decimalChar: string): string | null {
  const bare = withoutBlanks(text).replace(/[€$£%'’]|EUR|euros?/gi, '');
  const signs = bare.replace(/[^.,]/g, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (!/^[+-]?\d[\d.,]*$/.test(bare) || signs.length > 4) return null;
  const severalAlike = signs.length > 1 && new Set(signs).size === 1;
  const whole = (severalAlike ? bare : bare.slice(0, last === -1 ? undefined : last)).replace(/[.,]/g, '');
  const fraction = severalAlike || last === -1 ? '' : bare.slice(last + 1);
  return fraction === '' ? whole : `${whole}${decimalChar}${fraction}`;
}

const months = ['jan', 'fev', 'mar', 'avr', 'mai', 'jui', 'jul', 'aou', 'sep', 'oct', 'nov', 'dec'];

export type Day = { readonly year: number; readonly month: number; readonly day: number };

/** The day that a text names, the day first as French people write it; null when the calendar has none. */
export function readDay(text: string): Day | null {
  const numbers = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T].*)?$/.exec(text);
  const iso =
    /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T].*)?$/.exec(text) ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const words = /^(?:\p{L}+ )?(\d{1,2})(?:er)? (\p{L}+)\.? (\d{4})$/u.exec(text);
  if (numbers !== null) return existing(fullYear(numbers[3] ?? ''), Number(numbers[2]), Number(numbers[1]));
  if (iso !== null) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  if (words === null) return null;
  const name = foldedWords(words[2] ?? '', '-');
  const month = name.startsWith('juil') ? 7 : name.startsWith('juin') ? 6 : months.indexOf(name.slice(0, 3)) + 1;
  return month === 0 ? null : existing(Number(words[3]), month, Number(words[1]));
}

function fullYear(text: string): number {
  return text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);
}

function existing(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null;
}

/** A day in a strptime pattern of years, months and days; null for a pattern that wants more. */
export function writeDay({ year, month, day }: Day, pattern: string): string | null {
  const two = (number: number) => String(number).padStart(2, '0');
  const written: Readonly<Record<string, string>> = {
    Y: String(year).padStart(4, '0'),
    y: two(year % 100),
    m: two(month),
    d: two(day),
  };
  if (/%[^Yymd]/.test(pattern)) return null;
  return pattern.replace(/%([Yymd])/g, (piece, letter: string) => written[letter] ?? piece);
}

export function isoDay(text: string): string | null {
  const day = readDay(text);
  return day === null ? null : writeDay(day, '%Y-%m-%d');
}

export function isoMoment(text: string): string | null {
  const day = isoDay(text);
  if (day === null) return null;
  const clock = /[ T](\d{1,2})[h:](\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  const time = clock === null ? '00:00:00' : `${clock[1]?.padStart(2, '0')}:${clock[2]}:${clock[3] ?? '00'}`;
  return `${day}T${time}${clock?.[4] ?? ''}`;
}

export function isoTime(text: string): string | null {
  const clock = /^(\d{1,2})\s*(?:[h:H]\s*(\d{2})?)(?::(\d{2}))?$/.exec(text);
  if (clock === null || Number(clock[1]) > 23) return null;
  return `${clock[1]?.padStart(2, '0')}:${clock[2] ?? '00'}:${clock[3] ?? '00'}`;
}

/** "02 47 21 60 00" → "+33247216000"; null when it is no French number. */
export function phoneDigits(text: string): string | null {
  const bare = text
    .replace(/[\s.\-()/\u00a0\u202f]/g, '')
    .replace(/^0033/, '+33')
    .replace(/^\+330/, '+33');
  if (/^0[1-9]\d{8}$/.test(bare)) return `+33${bare.slice(1)}`;
  return /^\+\d{8,15}$/.test(bare) ? bare : null;
}

/** "2,136E+13": a spreadsheet made a number of a code and lost its last digits. */
export function isTruncated(value: string): boolean {
  return /^\d[.,]?\d*E\+?\d+$/i.test(trimText(value));
}

/** Digits without blanks and points, the zeros that a spreadsheet took away put back, if they then check out. */
function codeOfDigits(value: string, length: number, isRight: (text: string) => boolean): string | null {
  if (isTruncated(value)) return null;
  const digits = value.replace(/[.,]0+$/, '').replace(/\D/g, '');
  const full = digits.length >= length - 2 ? digits.padStart(length, '0') : digits;
  return isRight(full) ? full : null;
}

function sirenOfSiret(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return isSiret(digits) ? digits.slice(0, 9) : null;
}
