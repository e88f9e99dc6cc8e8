// date_format's patterns as SQL: letters stand for parts of a date, names are in the reader's language, the rest is text.
import { quoteLiteral } from '../../stores/tables/dialect.ts';

const strftime = (pattern: string) => (moment: string) => `strftime(${moment}, '${pattern}')`;
const part = (name: string) => (moment: string) => `CAST(${name}(${moment}) AS VARCHAR)`;

type Part = (moment: string, lang: string) => string;

/** The symbols of Opendatasoft's date_format. */
const symbols: Readonly<Record<string, Part>> = {
  yy: strftime('%y'),
  YY: strftime('%y'),
  yyyy: strftime('%Y'),
  YYYY: strftime('%Y'),
  xx: (moment) => `right(strftime(${moment}, '%G'), 2)`,
  xxxx: strftime('%G'),
  w: part('weekofyear'),
  ww: strftime('%V'),
  e: part('isodow'),
  E: (moment, lang) => named(dayNames(lang, 'short'), `isodow(${moment})`),
  EEEE: (moment, lang) => named(dayNames(lang, 'long'), `isodow(${moment})`),
  D: part('dayofyear'),
  DDD: strftime('%j'),
  M: part('month'),
  MM: strftime('%m'),
  MMMM: (moment, lang) => named(monthNames(lang), `month(${moment})`),
  d: part('day'),
  dd: strftime('%d'),
  H: part('hour'),
  HH: strftime('%H'),
  m: part('minute'),
  mm: strftime('%M'),
  s: part('second'),
  ss: strftime('%S'),
};

export const dateFormatSymbols = Object.keys(symbols).join(' ');

/**
 * SQL of a moment written by a pattern; null when the pattern is none.
 * @param moment SQL of a TIMESTAMP, used once per symbol
 */
export function dateFormatSql(moment: string, pattern: string, lang: string): string | null {
  const pieces: string[] = [];
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at] as string;
    if (character === "'") {
      const text = freeText(pattern, at);
      if (text === null) return null;
      pieces.push(quoteLiteral(text.value));
      at = text.end;
    } else if (/[A-Za-z]/.test(character)) {
      const run = (/^([A-Za-z])\1*/.exec(pattern.slice(at)) as RegExpExecArray)[0];
      const symbol = Object.hasOwn(symbols, run) ? symbols[run] : undefined;
      if (symbol === undefined) return null;
      pieces.push(symbol(moment, lang));
      at += run.length;
    } else {
      pieces.push(quoteLiteral(character));
      at++;
    }
  }
  if (pieces.length === 0 || pieces.length > 100) return null;
  // Without a symbol nothing would say that an empty date has no text.
  return `(CASE WHEN ${moment} IS NULL THEN NULL ELSE ${pieces.join(' || ')} END)`;
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
