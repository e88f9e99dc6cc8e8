// The value that a wrong cell probably means: what we propose, never what we do unasked.
import { editDistance } from '../../lib/nearest.ts';
import { isSiren, isSiret } from '../../lib/siret.ts';
import { foldedWords } from '../../lib/text.ts';
import type { SchemaField } from '../../model/schema.ts';

/**
 * A proposed value. Repairs of one kind are one gesture ("replace the decimal commas"), whatever the values; without a
 * kind, only identical values go together.
 */
export type Repair = { readonly proposal: string; readonly kind: string | null };

const blanksAround = /^[\s\u00a0\u202f]+|[\s\u00a0\u202f]+$/g;
const blanksInside = /[\s\u00a0\u202f]/g;

export function trimText(text: string): string {
  return text.replace(blanksAround, '');
}

/** What a value that disobeys its type probably means. */
export function repairValue(field: SchemaField, value: string): Repair | null {
  const text = trimText(value);
  switch (field.type) {
    case 'integer':
      return repairInteger(text);
    case 'number':
      return repairNumber(text, field.decimalChar);
    case 'boolean':
      return repairBoolean(text, field.trueValues, field.falseValues);
    case 'date':
      return repairDate(text, field.format);
    case 'datetime':
      return repairDatetime(text, field.format);
    case 'time':
      return repairTime(text, field.format);
    case 'year': {
      const year = /^(\d{4})[.,]0+$/.exec(text)?.[1] ?? /^(?:\d{1,2}[/.-]){2}(\d{4})$/.exec(text)?.[1];
      return year === undefined ? null : { proposal: year, kind: 'year' };
    }
    case 'geopoint':
      return repairPoint(text, field.format);
    case 'array': {
      const items = text
        .split(/[;|]/)
        .map(trimText)
        .filter((item) => item !== '');
      return items.length === 0 || /^[[{]/.test(text) ? null : { proposal: JSON.stringify(items), kind: 'array' };
    }
    case 'string':
      if (field.format === 'uri') return repairUri(text);
      if (field.format === 'email') return repairEmail(text);
      return text === value ? null : { proposal: text, kind: 'blanks' };
    default:
      return null;
  }
}

function repairInteger(text: string): Repair | null {
  const bare = text.replace(blanksInside, '').replace(/[.,]0+$/, '');
  return /^[+-]?\d+$/.test(bare) && bare !== text ? { proposal: bare, kind: 'integer' } : null;
}

/** "1 250,50 €" → "1250.50"; a point and a comma together: the last one is the decimal sign. */
function repairNumber(text: string, decimalChar: string): Repair | null {
  const bare = text.replace(blanksInside, '').replace(/[€$£%'’]|EUR|euros?/gi, '');
  const signs = bare.replace(/[^.,]/g, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (!/^[+-]?\d[\d.,]*$/.test(bare) || signs.length > 4) return null;
  const severalAlike = signs.length > 1 && new Set(signs).size === 1;
  const whole = (severalAlike ? bare : bare.slice(0, last === -1 ? undefined : last)).replace(/[.,]/g, '');
  const fraction = severalAlike || last === -1 ? '' : bare.slice(last + 1);
  const proposal = fraction === '' ? whole : `${whole}${decimalChar}${fraction}`;
  return proposal === text ? null : { proposal, kind: 'number' };
}

const yes = new Set(['oui', 'o', 'vrai', 'v', 'yes', 'y', 'true', 't', '1', 'x', 'ok']);
const no = new Set(['non', 'n', 'faux', 'f', 'no', 'false', '0']);

function repairBoolean(text: string, trueValues: readonly string[], falseValues: readonly string[]): Repair | null {
  const word = foldedWords(text, '-');
  const among = yes.has(word) ? trueValues : no.has(word) ? falseValues : null;
  const proposal = among?.find((value) => foldedWords(value, '-') === word) ?? among?.[0];
  return proposal === undefined ? null : { proposal, kind: null };
}

const months = ['jan', 'fev', 'mar', 'avr', 'mai', 'jui', 'jul', 'aou', 'sep', 'oct', 'nov', 'dec'];

type Day = { readonly year: number; readonly month: number; readonly day: number };

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

/** Whether a text is written as a day that the calendar does not have ("31/02/2024"). */
export function isImpossibleDay(text: string): boolean {
  const looks = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$|^\d{4}-\d{1,2}-\d{1,2}$/.test(trimText(text));
  return looks && readDay(trimText(text)) === null;
}

function repairDate(text: string, format: string): Repair | null {
  const day = readDay(text);
  if (day === null) return null;
  const proposal = writeDay(day, format);
  return proposal === null || proposal === text ? null : { proposal, kind: 'date' };
}

function writeDay({ year, month, day }: Day, format: string): string | null {
  const two = (number: number) => String(number).padStart(2, '0');
  const written: Readonly<Record<string, string>> = {
    Y: String(year).padStart(4, '0'),
    y: two(year % 100),
    m: two(month),
    d: two(day),
  };
  const pattern = format === 'default' || format === 'any' ? '%Y-%m-%d' : format;
  if (/%[^Yymd]/.test(pattern)) return null;
  return pattern.replace(/%([Yymd])/g, (piece, letter: string) => written[letter] ?? piece);
}

function repairDatetime(text: string, format: string): Repair | null {
  if (format !== 'default' && format !== 'any') return null;
  const day = readDay(text);
  if (day === null) return null;
  const clock = /[ T](\d{1,2})[h:](\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  const time = clock === null ? '00:00:00' : `${clock[1]?.padStart(2, '0')}:${clock[2]}:${clock[3] ?? '00'}`;
  const proposal = `${writeDay(day, '%Y-%m-%d')}T${time}${clock?.[4] ?? ''}`;
  return proposal === text ? null : { proposal, kind: 'datetime' };
}

function repairTime(text: string, format: string): Repair | null {
  const clock = /^(\d{1,2})\s*(?:[h:H]\s*(\d{2})?)(?::(\d{2}))?$/.exec(text);
  if (clock === null || Number(clock[1]) > 23 || (format !== 'default' && format !== 'any')) return null;
  const proposal = `${clock[1]?.padStart(2, '0')}:${clock[2] ?? '00'}:${clock[3] ?? '00'}`;
  return proposal === text ? null : { proposal, kind: 'time' };
}

function repairPoint(text: string, format: string): Repair | null {
  const pair = /^[[({]?\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[\])}]?$/.exec(text);
  if (pair === null) return null;
  const proposal =
    format === 'array'
      ? `[${pair[1]}, ${pair[2]}]`
      : format === 'object'
        ? JSON.stringify({ lon: Number(pair[1]), lat: Number(pair[2]) })
        : `${pair[1]}, ${pair[2]}`;
  return proposal === text ? null : { proposal, kind: 'geopoint' };
}

function repairUri(text: string): Repair | null {
  return /^(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i.test(text)
    ? { proposal: `https://${text}`, kind: 'uri' }
    : null;
}

function repairEmail(text: string): Repair | null {
  const bare = text
    .replace(/^mailto:/i, '')
    .replace(blanksInside, '')
    .replace(/[([]at[)\]]/i, '@')
    .replace(/[;,.]$/, '');
  return bare !== text && /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(bare) ? { proposal: bare, kind: null } : null;
}

/** A choice that people wrote in their own way: by case and accents first, then by letters. */
export function repairChoice(value: string, accepted: readonly string[]): Repair | null {
  const word = foldedWords(value, '-');
  if (word === '' || accepted.length > 5000) return null;
  const same = accepted.find((choice) => foldedWords(choice, '-') === word);
  if (same !== undefined) return { proposal: same, kind: null };
  const starts = accepted.filter((choice) => word.length >= 3 && foldedWords(choice, '-').startsWith(word));
  if (starts.length === 1 && starts[0] !== undefined) return { proposal: starts[0], kind: null };
  // One or two letters are a code: the nearest one is only another one.
  if (word.length < 3) return null;
  let best: string | null = null;
  let distance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const choice of accepted) {
    const folded = foldedWords(choice, '-');
    if (Math.abs(folded.length - word.length) >= distance) continue;
    const letters = editDistance(word, folded);
    if (letters < distance) [best, distance] = [choice, letters];
  }
  return best === null ? null : { proposal: best, kind: null };
}

/**
 * The first ordinary change that makes a value match: blanks, case, a lost zero, a lost or added sign, a day written in
 * another way.
 * @param match which of some texts match, asked once for all of them; null when it takes too long
 */
export function repairPattern(
  value: string,
  match: (texts: readonly string[]) => readonly boolean[] | null,
): Repair | null {
  const text = trimText(value);
  const tight = text.replace(blanksInside, '');
  const candidates: readonly (readonly [string, string | null])[] = [
    [text, 'blanks'],
    [tight, 'blanks'],
    [tight.replace(/[.,]0+$/, ''), 'integer'],
    [text.toUpperCase(), 'case'],
    [text.toLowerCase(), 'case'],
    [capitals(text), 'case'],
    [tight.replace(/[.\-/]/g, ''), 'signs'],
    ...(/^\d+$/.test(tight) ? ([[`0${tight}`, 'zero']] as const) : []),
    [text.replaceAll('_', '/'), null],
    [text.replace(/\s*[,;]\s*/g, '|'), 'separator'],
    [text.replace(/\s*[|,]\s*/g, ';'), 'separator'],
    [text.replace(/\s*[|;]\s*/g, ','), 'separator'],
    [phoneDigits(text) ?? text, 'phone'],
  ];
  const day = readDay(text);
  const written = day === null ? null : writeDay(day, '%Y-%m-%d');
  const all = written === null ? candidates : [...candidates, [written, 'date'] as const];
  const matching = match(all.map(([proposal]) => proposal)) ?? [];
  const found = all.find(([proposal], index) => proposal !== value && proposal !== '' && matching[index] === true);
  return found === undefined ? null : { proposal: found[0], kind: found[1] };
}

/** "SAINT-CYR" → "Saint-Cyr". */
function capitals(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

export function repairText(value: string, fits: (text: string) => boolean): Repair | null {
  const text = trimText(value);
  return text !== value && fits(text) ? { proposal: text, kind: 'blanks' } : null;
}

/** A share written in per cent where one writes it between 0 and 1. */
export function repairPercent(value: string): Repair | null {
  const number = Number(value);
  if (!(number > 1 && number <= 100)) return null;
  return { proposal: String(Number((number / 100).toPrecision(12))), kind: 'percent' };
}

/** "02 47 21 60 00" → "0247216000"; null when it is no French number. */
function phoneDigits(text: string): string | null {
  const bare = text
    .replace(/[\s.\-()/\u00a0\u202f]/g, '')
    .replace(/^0033/, '+33')
    .replace(/^\+330/, '+33');
  if (/^0[1-9]\d{8}$/.test(bare)) return `+33${bare.slice(1)}`;
  return /^\+\d{8,15}$/.test(bare) ? bare : null;
}

export function repairPhone(value: string): Repair | null {
  const proposal = phoneDigits(value) ?? (/^[1-9]\d{8}$/.test(value) ? `+33${value}` : null);
  return proposal === null || proposal === value ? null : { proposal, kind: 'phone' };
}

/** Digits without blanks and points, the zeros that a spreadsheet took away put back, if they then check out. */
export function repairSiret(value: string): Repair | null {
  return repairNumberCode(value, 14, isSiret);
}

export function repairSiren(value: string): Repair | null {
  const found = repairNumberCode(value, 9, isSiren);
  if (found !== null) return found;
  const digits = value.replace(/\D/g, '');
  return isSiret(digits) ? { proposal: digits.slice(0, 9), kind: 'siren' } : null;
}

function repairNumberCode(value: string, length: number, isRight: (text: string) => boolean): Repair | null {
  if (isTruncated(value)) return null;
  const digits = value.replace(/[.,]0+$/, '').replace(/\D/g, '');
  const full = digits.length >= length - 2 ? digits.padStart(length, '0') : digits;
  return full !== value && isRight(full) ? { proposal: full, kind: 'digits' } : null;
}

/** "2,136E+13": a spreadsheet made a number of a code and lost its last digits. */
export function isTruncated(value: string): boolean {
  return /^\d[.,]?\d*E\+?\d+$/i.test(trimText(value));
}
