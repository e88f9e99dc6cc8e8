// The value that a wrong cell probably means: what we propose, never what we do unasked.
import { editDistance } from '../../lib/nearest.ts';
import { foldedWords } from '../../lib/text.ts';
import {
  isoMoment,
  isoTime,
  phoneDigits,
  plainInteger,
  plainNumber,
  type RewriteKind,
  readDay,
  rewriteText,
  trimText,
  withoutBlanks,
  writeDay,
} from '../../model/rewrite.ts';
import type { SchemaField } from '../../model/schema.ts';

export { isTruncated, readDay, trimText } from '../../model/rewrite.ts';

/**
 * A proposed value. Repairs of one kind are one gesture ("replace the decimal commas"), whatever the values; without a
 * kind, only identical values go together. `rewrite`: that gesture can be done to a whole column.
 */
export type Repair = { readonly proposal: string; readonly kind: string | null; readonly rewrite?: RewriteKind };

/** What a value that disobeys its type probably means. */
export function repairValue(field: SchemaField, value: string): Repair | null {
  const text = trimText(value);
  switch (field.type) {
    case 'integer':
      return changed('integer', text, plainInteger(text), 'integer');
    case 'number':
      return changed('number', text, plainNumber(text, field.decimalChar), field.decimalChar === '.' ? 'number' : null);
    case 'boolean':
      return repairBoolean(text, field.trueValues, field.falseValues);
    case 'date':
      return repairDate(text, field.format);
    case 'datetime':
      return isUsual(field.format) ? changed('datetime', text, isoMoment(text), 'datetime') : null;
    case 'time':
      return isUsual(field.format) ? changed('time', text, isoTime(text), 'time') : null;
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
      return changed('blanks', value, text, 'blanks');
    default:
      return null;
  }
}

const yes = new Set(['oui', 'o', 'vrai', 'v', 'yes', 'y', 'true', 't', '1', 'x', 'ok']);
const no = new Set(['non', 'n', 'faux', 'f', 'no', 'false', '0']);

function repairBoolean(text: string, trueValues: readonly string[], falseValues: readonly string[]): Repair | null {
  const word = foldedWords(text, '-');
  const among = yes.has(word) ? trueValues : no.has(word) ? falseValues : null;
  const proposal = among?.find((value) => foldedWords(value, '-') === word) ?? among?.[0];
  return proposal === undefined ? null : { proposal, kind: null };
}

/** Whether a text is written as a day that the calendar does not have ("31/02/2024"). */
export function isImpossibleDay(text: string): boolean {
  const looks = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$|^\d{4}-\d{1,2}-\d{1,2}$/.test(trimText(text));
  return looks && readDay(trimText(text)) === null;
}

function repairDate(text: string, format: string): Repair | null {
  const day = readDay(text);
  const written = day === null ? null : writeDay(day, isUsual(format) ? '%Y-%m-%d' : format);
  return changed('date', text, written, isUsual(format) ? 'date' : null);
}

/** Whether a moment is written as ISO 8601 says. */
function isUsual(format: string): boolean {
  return format === 'default' || format === 'any';
}

function changed(kind: string, from: string, proposal: string | null, rewrite: RewriteKind | null): Repair | null {
  if (proposal === null || proposal === from) return null;
  return { proposal, kind, ...(rewrite !== null && { rewrite }) };
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
    .replace(/[\s\u00a0\u202f]/g, '')
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
  const tight = withoutBlanks(text);
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
  return fits(text) ? changed('blanks', value, text, 'blanks') : null;
}

/** A share written in per cent where one writes it between 0 and 1. */
export function repairPercent(value: string): Repair | null {
  const number = Number(value);
  if (!(number > 1 && number <= 100)) return null;
  return { proposal: String(Number((number / 100).toPrecision(12))), kind: 'percent' };
}

export function repairPhone(value: string): Repair | null {
  return changed('phone', value, rewriteText('phone', value), 'phone');
}

/** Digits without blanks and points, the zeros that a spreadsheet took away put back, if they then check out. */
export function repairSiret(value: string): Repair | null {
  return changed('digits', value, rewriteText('siret', value), 'siret');
}

export function repairSiren(value: string): Repair | null {
  return changed('digits', value, rewriteText('siren', value), 'siren');
}
