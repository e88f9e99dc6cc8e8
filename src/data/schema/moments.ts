// Dates and times as schemas describe them: strptime formats, ISO 8601, and "any".

/** What each strptime directive looks like in a text. */
const pieces: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '(?:0[1-9]|1[0-2])',
  d: '(?:0[1-9]|[12]\\d|3[01])',
  j: '\\d{3}',
  H: '(?:[01]\\d|2[0-3])',
  I: '(?:0[1-9]|1[0-2])',
  M: '[0-5]\\d',
  S: '[0-5]\\d',
  f: '\\d{1,6}',
  p: '(?:[AaPp][Mm])',
  z: '(?:Z|[+-]\\d{2}:?\\d{2})',
  Z: '[A-Za-z/_+-]+',
  b: '\\p{L}{3,5}\\.?',
  B: '\\p{L}{3,10}',
  a: '\\p{L}{3}\\.?',
  A: '\\p{L}{4,9}',
  '%': '%',
};

/** The directives that the engine reads too; the others are only checked by their look. */
const engineReads = /^(?:%[YymdjHIMSfpbBaAz%]|[^%])*$/;

export type MomentFormat = {
  /** Understood alike by RE2 and JavaScript. */
  readonly pattern: string;
  /** The format for the engine's strptime, which knows the calendar; null when it cannot read it. */
  readonly strptime: string | null;
};

/** A strptime format ("%d/%m/%Y"), or null when it holds a directive that nobody knows. */
export function readMomentFormat(format: string): MomentFormat | null {
  let pattern = '';
  for (let i = 0; i < format.length; i++) {
    const char = format[i] ?? '';
    if (char !== '%') {
      pattern += char.replace(/[$()*+.?[\\\]^{|}/]/, '\\$&');
      continue;
    }
    i++;
    // "%-d" is a day without its zero.
    const bare = format[i] === '-';
    if (bare) i++;
    const piece = pieces[format[i] ?? ''];
    if (piece === undefined) return null;
    pattern += bare ? piece.replace('(?:0[1-9]|', '(?:0?[1-9]|').replace('\\d{2}', '\\d{1,2}') : piece;
  }
  const plain = format.replaceAll('%-', '%');
  return { pattern, strptime: engineReads.test(plain) ? plain : null };
}

const date = '\\d{4}-\\d{2}-\\d{2}';
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?';
const zone = '(?:Z|[+-]\\d{2}(?::?\\d{2})?)';

export const isoDate = date;
export const isoTime = `${clock}${zone}?`;
/** XML Schema's dateTime, whose seconds people leave out. */
export const isoDatetime = `${date}T${clock}${zone}?`;

/** What "any" accepts: ISO first, then what French and English people write; tried in this order. */
export const anyFormats: Readonly<Record<'date' | 'datetime' | 'time', readonly string[]>> = {
  date: ['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%Y/%m/%d', '%d/%m/%y', '%Y%m%d', '%d %B %Y', '%d %b %Y'],
  datetime: [
    '%Y-%m-%dT%H:%M:%S',
    '%Y-%m-%d %H:%M:%S',
    '%Y-%m-%dT%H:%M',
    '%Y-%m-%d %H:%M',
    '%Y-%m-%dT%H:%M:%S%z',
    '%Y-%m-%dT%H:%M:%S.%f',
    '%Y-%m-%dT%H:%M:%S.%f%z',
    '%d/%m/%Y %H:%M:%S',
    '%d/%m/%Y %H:%M',
    '%d-%m-%Y %H:%M:%S',
    '%d-%m-%Y %H:%M',
  ],
  time: ['%H:%M:%S', '%H:%M', '%Hh%M', '%H:%M:%S.%f', '%I:%M %p'],
};

const moment: Readonly<Record<string, string>> = {
  Y: '2024',
  y: '24',
  m: '01',
  d: '31',
  j: '031',
  H: '09',
  I: '09',
  M: '30',
  S: '00',
  f: '000000',
  p: 'AM',
  z: '+01:00',
  Z: 'UTC',
  b: 'Jan',
  B: 'January',
  a: 'Wed',
  A: 'Wednesday',
  '%': '%',
};

/** 31 January 2024, half past nine, written in a strptime format. */
export function momentExample(format: string): string {
  return format.replace(/%-?([A-Za-z%])/g, (piece, letter: string) => moment[letter] ?? piece);
}
