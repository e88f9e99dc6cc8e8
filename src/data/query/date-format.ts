// date_format's patterns as SQL: letters stand for parts of a date, names are in the reader's language, the rest is text.
import { quoteLiteral } from '../../stores/tables/dialect.ts';

/** A part of a date: the engine's own code for it, or SQL. */
type Part = string | ((moment: string, lang: string) => string);

const part = (name: string) => (moment: string) => `CAST(${name}(${moment}) AS VARCHAR)`;

/** The symbols of Opendatasoft's date_format. */
const symbols: Readonly<Record<string, Part>> = {
  yy: '%y',
  YY: '%y',
  yyyy: '%Y',
  YYYY: '%Y',
  xx: (moment) => `right(strftime(${moment}, '%G'), 2)`,
  xxxx: '%G',
  w: part('weekofyear'),
  ww: '%V',
  e: part('isodow'),
  E: (moment, lang) => named(dayNames(lang, 'short'), `isodow(${moment})`),
  EEEE: (moment, lang) => named(dayNames(lang, 'long'), `isodow(${moment})`),
  D: part('dayofyear'),
  DDD: '%j',
  M: part('month'),
  MM: '%m',
  MMMM: (moment, lang) => named(monthNames(lang), `month(${moment})`),
  d: part('day'),
  dd: '%d',
  H: part('hour'),
  HH: '%H',
  m: part('minute'),
  mm: '%M',
  s: part('second'),
  ss: '%S',
};

export const dateFormatSymbols = Object.keys(symbols).join(' ');

const mostPieces = 50;

/**
 * SQL of a moment written by a pattern; null when the pattern is none.
 * @param moment SQL of a TIMESTAMP, used once per symbol
 */
export function dateFormatSql(moment: string, pattern: string, lang: string): string | null {
  const pieces: string[] = [];
  // What the engine writes by itself is written at once: many times faster than piece by piece.
  let plain = '';
  const text = (value: string) => {
    plain += value.replaceAll('%', '%%');
  };
  const flush = () => {
    if (plain !== '') pieces.push(`strftime(${moment}, ${quoteLiteral(plain)})`);
    plain = '';
  };
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at] as string;
    if (character === "'") {
      const free = freeText(pattern, at);
      if (free === null) return null;
      text(free.value);
      at = free.end;
    } else if (/[A-Za-z]/.test(character)) {
      const run = (/^([A-Za-z])\1*/.exec(pattern.slice(at)) as RegExpExecArray)[0];
      const symbol = Object.hasOwn(symbols, run) ? symbols[run] : undefined;
      if (symbol === undefined) return null;
      if (typeof symbol === 'string') plain += symbol;
      else {
        flush();
        pieces.push(symbol(moment, lang));
      }
      at += run.length;
    } else {
      text(character);
      at++;
    }
  }
  flush();
  return pieces.length === 0 || pieces.length > mostPieces ? null : `(${pieces.join(' || ')})`;
}

/** Free text is between single quotes; a doubled one, inside or outside, is a quote. */
function freeText(pattern: string, start: number): { readonly value: string; readonly end: number } | null {
  if (pattern[start + 1] === "'") return { value: "'", end: start + 2 };
  let value = '';
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] !== "'") value += pattern[at];
    else if (pattern[at + 1] === "'") {
      value += "'";
      at++;
    } else return { value, end: at + 1 };
  }
  return null;
}

function named(names: readonly string[], number: string): string {
  return `list_extract([${names.map(quoteLiteral).join(', ')}], ${number})`;
}

function dayNames(lang: string, weekday: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(lang, { weekday, timeZone: 'UTC' });
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, i) => format.format(Date.UTC(2024, 0, 1 + i)));
}

function monthNames(lang: string): readonly string[] {
  const format = new Intl.DateTimeFormat(lang, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, i) => format.format(Date.UTC(2024, i, 1)));
}
