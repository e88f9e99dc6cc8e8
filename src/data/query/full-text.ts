// Full text: all the words, wherever they are in the searched fields, accents and capitals forgiven.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { StoredVersion } from './stored-version.ts';

/** Puts a value among the statement's parameters and answers its place. */
export type Bind = (value: string | number | boolean) => string;

export const maxWords = 30;

/** The words of a text: runs of letters and digits; a text of signs alone is one word. */
export function wordsOf(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [text.trim()];
  return [...new Set(words)].filter((word) => word !== '').slice(0, maxWords);
}

/**
 * The condition that every word is in one of the fields. Folded texts are read from the search file, by row number; codes
 * (digits and capitals, not folded) and whole numbers from the data.
 */
export function allWords(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
): string {
  const folded = names.filter((name) => version.searchableFields.includes(name));
  const direct = names.filter((name) => !folded.includes(name));
  if (words.length === 0) return 'TRUE';
  if (direct.length === 0)
    return inSearchFile(words.map((word) => inFolded(word, folded, bind)).join(' AND '), version);
  const perWord = words.map((word) => {
    const places = [
      ...(folded.length === 0 ? [] : [inSearchFile(inFolded(word, folded, bind), version)]),
      ...direct.flatMap((name) => inData(word, name, version, bind)),
    ];
    return places.length === 0 ? 'FALSE' : `(${places.join(' OR ')})`;
  });
  return `(${perWord.join(' AND ')})`;
}

/** The condition that a folded pattern (% any text) matches the whole value of a field. */
export function matchesPattern(pattern: string, name: string, version: StoredVersion, bind: Bind): string {
  const like = `LIKE ${fold(bind(pattern))} ESCAPE '\\'`;
  const column = quoteIdentifier(name);
  return version.searchableFields.includes(name)
    ? inSearchFile(`${column} ${like}`, version)
    : `(lower(${column}) ${like})`;
}

function inFolded(word: string, names: readonly string[], bind: Bind): string {
  const value = fold(bind(word));
  return `(${names.map((name) => `contains(${quoteIdentifier(name)}, ${value})`).join(' OR ')})`;
}

function inData(word: string, name: string, version: StoredVersion, bind: Bind): readonly string[] {
  const column = quoteIdentifier(name);
  const type = version.fields.find((field) => field.name === name)?.type;
  if (type === 'string') return [`contains(lower(${column}), ${fold(bind(word))})`];
  const number = Number(word);
  return type === 'integer' && /^\d{1,15}$/.test(word) ? [`${column} = ${bind(number)}`] : [];
}

function inSearchFile(condition: string, version: StoredVersion): string {
  if (version.searchPath === null) return 'FALSE';
  const file = `read_parquet(${quoteLiteral(version.searchPath)}, file_row_number = true)`;
  return `(file_row_number IN (SELECT file_row_number FROM ${file} WHERE ${condition}))`;
}

/** Folds as the search file was folded (data/store): by the same functions of the engine. */
function fold(place: string): string {
  return `lower(strip_accents(CAST(${place} AS VARCHAR)))`;
}
