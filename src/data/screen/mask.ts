// What masking does to a column, in the engine's SQL: pure functions of a raw text column, NULL for an empty cell.
import type { MaskKind } from '../../model/finding.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { civilityPattern, emailPattern } from './patterns.ts';

/** What stands where something was hidden. */
export const hidden = '•••';

/** Counts up to this one are emptied: up to ten, people may be recognised (INSEE's and the CNIL's usual threshold is 11). */
const smallestTold = 10;

/**
 * SQL that makes a raw text column harmless. Nothing of what must be hidden is ever let through: a text that a mask does not
 * understand becomes NULL or « ••• ».
 * @param column the column's name in SQL, quoted
 */
export function maskExpression(mask: MaskKind, column: string): string {
  const text = `trim(${column})`;
  switch (mask) {
    case 'hide':
      return `CASE WHEN ${column} IS NOT NULL THEN ${quoteLiteral(hidden)} END`;
    case 'email':
      return withoutMailboxes(column);
    case 'phone':
      return `regexp_replace(${column}, ${quoteLiteral(anyPhone)}, ${quoteLiteral('•• •• •• •• ••')}, 'g')`;
    case 'initials':
      return initials(text);
    case 'year':
      return `coalesce(${part(text, '^(?:\\D*\\d{1,2}\\D+\\d{1,2}\\D+)?((?:18|19|20)\\d{2})(?:\\D.*)?$', 1)}, ${part(text, '^((?:18|19|20)\\d{2})\\d{4}$', 1)})`;
    case 'ageBand': {
      const age = `TRY_CAST(${part(text, '^(\\d{1,3})(?:[.,]\\d+)?(?: ?ans)?$', 1)} AS INTEGER)`;
      return `CASE WHEN ${age} >= 90 THEN '90+' ELSE (${age} // 10 * 10)::VARCHAR || '-' || (${age} // 10 * 10 + 9)::VARCHAR END`;
    }
    case 'street':
      return withoutNumbers(text);
    case 'commune':
      return part(text, '(?:^|\\D)\\d{5}\\s+([^\\d]+)$', 1);
    case 'coordinates':
      return rounded(text);
    case 'smallCells':
      return `CASE WHEN TRY_CAST(replace(${text}, ',', '.') AS DOUBLE) BETWEEN 1 AND ${smallestTold} THEN NULL WHEN TRY_CAST(replace(${text}, ',', '.') AS DOUBLE) IS NOT NULL THEN ${column} END`;
  }
}

/** A phone number as anyone may write it, mangled ones too: nine digits or more, close to each other. */
const anyPhone = '(?:\\+|\\(|\\b)?\\d(?:[ .()/\\-\u00a0\u202f]{0,2}\\d){7,14}';

/** Addresses become « j•••@••• », inside sentences too; a text whose @ is still there is hidden whole. */
function withoutMailboxes(column: string): string {
  const address = emailPattern.replace(']+@', ']*@');
  const left = `regexp_replace(${column}, ${quoteLiteral(`([A-Za-z0-9])${address}`)}, ${quoteLiteral('\\1•••＠•••')}, 'g')`;
  return `CASE WHEN contains(${left}, '@') THEN ${quoteLiteral(hidden)} ELSE replace(${left}, '＠', '@') END`;
}

/** « Mme Marie-Odile LE GOFF » → « M.-O. L. G. »: no civility, no digit, the first letter of each word. */
function initials(text: string): string {
  const bare = `regexp_replace(${text}, ${quoteLiteral(`^${civilityPattern} +`)}, '')`;
  const letters = `regexp_replace(${bare}, '[^\\p{L}\\p{M}\\s\\-]+', ' ', 'g')`;
  const cut = `regexp_replace(${letters}, '(\\p{L})[\\p{L}\\p{M}]*', '\\1.', 'g')`;
  return `nullif(trim(regexp_replace(${cut}, '\\s+', ' ', 'g')), '')`;
}

/**
 * « 12 bis rue du 8 mai 1945 37000 Tours » → « rue du 8 mai 1945 37000 Tours »: the number at the beginning, after a comma,
 * at the end, or after « n° » goes, with floors and flats.
 */
function withoutNumbers(text: string): string {
  const suffix = '(?:\\s*(?:bis|ter|quater|[A-Da-d])\\b)?';
  const inside = `(?i:\\b(?:n°|no|numéro|appt?|appartement|apt|étage|etage|porte|bâtiment|bâ?t|esc(?:alier)?|lot|bp|cs)\\.?\\s*)[\\dA-Z]{1,5}\\b`;
  const number = `\\d{1,4}${suffix}(?:\\s*[\\-/]\\s*\\d{1,4}${suffix})*`;
  const first = `regexp_replace(${text}, ${quoteLiteral(inside)}, '', 'g')`;
  const second = `regexp_replace(${first}, ${quoteLiteral(`(^|[,;(])\\s*${number}(?:[\\s,;]+|$)`)}, '\\1 ', 'g')`;
  const third = `regexp_replace(${second}, ${quoteLiteral(`[\\s,]+\\d{1,3}${suffix}\\s*$`)}, '')`;
  return `nullif(trim(regexp_replace(${third}, '\\s+', ' ', 'g'), ' ,;'), '')`;
}

/** Degrees keep two decimals (about a kilometre), metres their kilometres; what is no coordinate becomes NULL. */
function rounded(text: string): string {
  const degrees = `regexp_replace(${text}, '(\\d+[.,]\\d{2})\\d+', '\\1', 'g')`;
  const metres = `regexp_replace(${text}, '(\\d+)\\d{3}(?:[.,]\\d+)?', '\\1000', 'g')`;
  const isDegrees = `regexp_full_match(${text}, '[^\\d]*(?:\\d{1,3}(?:[.,]\\d*)?[^\\d]+)*\\d{1,3}(?:[.,]\\d*)?[^\\d]*')`;
  const isMetres = `regexp_full_match(${text}, '-?\\d{4,8}(?:[.,]\\d*)?')`;
  return `CASE WHEN ${isMetres} THEN ${metres} WHEN ${isDegrees} THEN ${degrees} END`;
}

function part(text: string, pattern: string, group: number): string {
  return `nullif(regexp_extract(${text}, ${quoteLiteral(pattern)}, ${group}), '')`;
}
