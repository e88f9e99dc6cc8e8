// Full text: all the words, in whichever of the searched fields, accents and capitals forgiven.
import { searchRowName } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { betweenWords, signs } from '../../stores/tables/words.ts';
import type { StoredVersion } from './stored-version.ts';

/** Puts a value among the statement's parameters and answers its place. */
export type Bind = (value: string | number | boolean) => string;

export const maxWords = 30;

const word = new RegExp(`[^${signs}]+`, 'gu');

/** The words of a text: what stands between signs; a text of signs alone is one word. */
export function wordsOf(text: string): readonly string[] {
  const words = text.match(word) ?? [text.trim()];
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
  if (words.length === 0) return 'TRUE';
  const direct = directFields(names, version);
  const folded = names.filter((name) => !direct.includes(name));
  const [inCodes, inTexts] = [
    words.filter((word) => mayBeCode(word, folded)),
    words.filter((word) => !mayBeCode(word, folded)),
  ];
  const conditions = inTexts.length === 0 ? [] : [inSearchFile(allFolded(inTexts, folded, bind), version)];
  for (const word of inCodes) {
    const places = [
      ...(folded.length === 0 ? [] : [inSearchFile(allFolded([word], folded, bind), version)]),
      ...direct.flatMap((name) => inData(word, name, version, bind)),
    ];
    conditions.push(places.length === 0 ? 'FALSE' : `(${places.join(' OR ')})`);
  }
  return `(${conditions.join(' AND ')})`;
}

/** The condition of `prefixWords` as the search file alone can answer it, null when the data must be read too. */
export function wordsInSearchFile(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
): string | null {
  const direct = directFields(names, version);
  const folded = names.filter((name) => !direct.includes(name));
  if (words.length === 0 || folded.length === 0 || version.searchPath === null) return null;
  if (direct.length > 0 && words.some((word) => mayBeCode(word, folded))) return null;
  return allStarted(words, folded, bind);
}

function allStarted(words: readonly string[], folded: readonly string[], bind: Bind): string {
  const each = words.map((word) => {
    const starts = startsWord(word, bind);
    return `(${folded.map((name) => starts(quoteIdentifier(name))).join(' OR ')})`;
  });
  return each.join(' AND ');
}

function directFields(names: readonly string[], version: StoredVersion): readonly string[] {
  return names.filter((name) => !version.searchableFields.includes(name));
}

/** Codes and whole numbers hold digits: a word of letters is looked for in texts alone, when there are any. */
export function mayBeCode(word: string, folded: readonly string[]): boolean {
  return folded.length === 0 || word.length === 1 || /\p{N}/u.test(word);
}

/** The condition that a folded pattern (% any text) matches the whole value of a field. */
export function matchesPattern(pattern: string, name: string, version: StoredVersion, bind: Bind): string {
  const like = `LIKE ${fold(bind(pattern))} ESCAPE '\\'`;
  const column = quoteIdentifier(name);
  return version.searchableFields.includes(name)
    ? inSearchFile(`${column} ${like}`, version)
    : `(lower(${column}) ${like})`;
}

function allFolded(words: readonly string[], names: readonly string[], bind: Bind): string {
  const each = words.map((word) => {
    const value = fold(bind(word));
    return `(${names.map((name) => `contains(${quoteIdentifier(name)}, ${value})`).join(' OR ')})`;
  });
  return each.join(' AND ');
}

function inData(word: string, name: string, version: StoredVersion, bind: Bind): readonly string[] {
  const column = quoteIdentifier(name);
  const type = version.fields.find((field) => field.name === name)?.type;
  if (type === 'string') return [`contains(${column}, upper(${fold(bind(word))}))`];
  return type === 'integer' && /^\d{1,15}$/.test(word) ? [`${column} = ${bind(Number(word))}`] : [];
}

function inSearchFile(condition: string, version: StoredVersion): string {
  if (version.searchPath === null) return 'FALSE';
  return `(file_row_number IN (SELECT ${searchRow} FROM ${searchFile(version.searchPath)} WHERE ${condition}))`;
}

/** The row of the data that a row of the search file is about. */
export const searchRow = quoteIdentifier(searchRowName);

export function searchFile(path: string): string {
  return `read_parquet(${quoteLiteral(path)})`;
}

/** Folds as the search file was folded (data/store): by the same functions of the engine. */
export function fold(place: string): string {
  return `lower(strip_accents(CAST(${place} AS VARCHAR)))`;
}

/** The condition that each word begins a word of one of the fields. */
export function prefixWords(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
): string {
  return eachWord(words, names, version, bind, (word) => startsWord(word, bind));
}

/**
 * The condition that one of several texts is there, each as prefixWords reads it. The search file is read once for all of
 * them: a reading of its own for each would be a join for each.
 */
export function anyText(
  texts: readonly (readonly string[])[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
): string {
  const direct = directFields(names, version);
  const folded = names.filter((name) => !direct.includes(name));
  const together: string[] = [];
  const places: string[] = [];
  for (const words of texts) {
    const codes = direct.length > 0 && words.some((word) => mayBeCode(word, folded));
    const [word = ''] = words;
    if (folded.length === 0 || words.length === 0 || (codes && words.length > 1))
      places.push(prefixWords(words, names, version, bind));
    else {
      together.push(`(${allStarted(words, folded, bind)})`);
      if (codes) places.push(...direct.flatMap((name) => startedCode(word, name, version, bind)));
    }
  }
  if (together.length > 0) places.push(inSearchFile(together.join(' OR '), version));
  return places.length === 0 ? 'FALSE' : `(${places.join(' OR ')})`;
}

/** What is bound must be used: nothing is where the field cannot hold the word. */
function startedCode(word: string, name: string, version: StoredVersion, bind: Bind): readonly string[] {
  return directTest(word, name, (column) => startsWord(word, bind)(column), version, bind);
}

/**
 * The condition that each word is one of the fields', letters forgiven as Opendatasoft's search does: two of a word of more
 * than five, one of a word of more than two. The last word may be the beginning of one.
 */
export function fuzzyWords(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
  near: NearWords | null,
): string {
  return eachWord(words, names, version, bind, (word, last, place) => {
    const forgiven = lettersForgiven(word);
    const known = place === 'texts' ? near?.get(word) : undefined;
    const same =
      forgiven === 0
        ? isWord(word, bind)
        : known === undefined
          ? nearWord(word, forgiven, bind)
          : oneOfWords(known, bind);
    if (!last) return same;
    const starts = startsWord(word, bind);
    return (column) => `(${starts(column)} OR ${same(column)})`;
  });
}

type ColumnTest = (column: string) => string;

function eachWord(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  bind: Bind,
  test: (word: string, last: boolean, place: 'texts' | 'codes') => ColumnTest,
): string {
  if (words.length === 0) return 'TRUE';
  const direct = directFields(names, version);
  const folded = names.filter((name) => !direct.includes(name));
  const inTexts: string[] = [];
  const conditions: string[] = [];
  for (const [i, word] of words.entries()) {
    // Made when it is needed: what is bound must be used.
    const holds = (place: 'texts' | 'codes') => {
      let made: ColumnTest | null = null;
      return (column: string) => {
        made ??= test(word, i === words.length - 1, place);
        return made(column);
      };
    };
    const [inText, inCode] = [holds('texts'), holds('codes')];
    const texts = folded.map((name) => inText(quoteIdentifier(name))).join(' OR ');
    const codes = mayBeCode(word, folded)
      ? direct.flatMap((name) => directTest(word, name, inCode, version, bind))
      : [];
    if (codes.length === 0 && texts !== '') inTexts.push(`(${texts})`);
    else {
      const places = [...(texts === '' ? [] : [inSearchFile(texts, version)]), ...codes];
      conditions.push(places.length === 0 ? 'FALSE' : `(${places.join(' OR ')})`);
    }
  }
  // The words of texts are looked for together: the rarest one spares the others.
  if (inTexts.length > 0) conditions.push(inSearchFile(inTexts.join(' AND '), version));
  return `(${conditions.join(' AND ')})`;
}

/** Codes hold capitals and digits alone; whole numbers are looked for as they are. */
function directTest(
  word: string,
  name: string,
  holds: ColumnTest,
  version: StoredVersion,
  bind: Bind,
): readonly string[] {
  const column = quoteIdentifier(name);
  const type = version.fields.find((field) => field.name === name)?.type;
  if (type === 'string') return [holds(`lower(${column})`)];
  return type === 'integer' && /^\d{1,15}$/.test(word) ? [`${column} = ${bind(Number(word))}`] : [];
}

/** What stands between words, in a text that is folded. */
const edge = betweenWords;

/** A text of signs alone is no word: it is looked for as it is. */
export function isSigns(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word);
}

function startsWord(word: string, bind: Bind): ColumnTest {
  return patternTest(word, (value) => `'(^|${edge})' || ${value}`, bind);
}

function isWord(word: string, bind: Bind): ColumnTest {
  return patternTest(word, (value) => `'(^|${edge})' || ${value} || '($|${edge})'`, bind);
}

/** A word is letters and digits: nothing in it is a sign of a pattern. */
function patternTest(word: string, pattern: (value: string) => string, bind: Bind): ColumnTest {
  const value = fold(bind(word));
  if (isSigns(word)) return (column) => `contains(${column}, ${value})`;
  // Most rows have not even the letters: only the others are compared with the pattern.
  return (column) => `(contains(${column}, ${value}) AND regexp_matches(${column}, ${pattern(value)}))`;
}

/** A list of words of the texts, folded as they are: letters and digits. */
function oneOfWords(words: readonly string[], bind: Bind): ColumnTest {
  if (words.length === 0) return () => 'FALSE';
  const pattern = bind(`(^|${edge})(?:${words.join('|')})($|${edge})`);
  return (column) => `regexp_matches(${column}, ${pattern})`;
}

function nearWord(word: string, forgiven: number, bind: Bind): ColumnTest {
  const value = fold(bind(word));
  if (isSigns(word)) return (column) => `contains(${column}, ${value})`;
  const pieces = piecesOf(word, forgiven).map((piece) => fold(bind(piece)));
  return (column) => {
    const maybe = pieces.map((piece) => `contains(${column}, ${piece})`).join(' OR ');
    const near = `lambda w: ${isNear('w', value, forgiven)}`;
    const words = `string_split_regex(${column}, '${edge}+')`;
    return `((${maybe}) AND len(list_filter(${words}, ${near})) > 0)`;
  };
}

function isNear(word: string, value: string, forgiven: number): string {
  return `abs(length(${word}) - length(${value})) <= ${forgiven} AND levenshtein(${word}, ${value}) <= ${forgiven}`;
}

/** A word with so many letters changed keeps one of its pieces as it is: texts without any need not be cut into words. */
function piecesOf(word: string, forgiven: number): readonly string[] {
  const characters = [...word.normalize('NFC')];
  const size = Math.floor(characters.length / (forgiven + 1));
  return Array.from({ length: forgiven + 1 }, (_, i) =>
    characters.slice(i * size, i === forgiven ? undefined : (i + 1) * size).join(''),
  );
}

/** The words of a version's texts that are near those that are looked for. */
export type NearWords = ReadonlyMap<string, readonly string[]>;

/** Beyond, rows are compared one by one. */
const mostNearWords = 500;

/**
 * Finds the words near those of a search among the different words of the texts, which are far fewer than the rows.
 * @throws TerroirError engine.*
 */
export async function findNearWords(
  words: readonly string[],
  names: readonly string[],
  version: StoredVersion,
  tables: TableEngine,
): Promise<NearWords> {
  const texts = names.filter((name) => version.searchableFields.includes(name));
  const wanted = words.filter((word) => lettersForgiven(word) > 0 && !isSigns(word));
  if (texts.length === 0 || wanted.length === 0 || version.searchPath === null) return new Map();
  const params: (string | number | boolean)[] = [];
  const bind: Bind = (value) => `$${params.push(value)}`;
  const from = searchFile(version.searchPath);
  const near = wanted.map((word) => isNear('w', fold(bind(word)), lettersForgiven(word)));
  const pieces = wanted.flatMap((word) => piecesOf(word, lettersForgiven(word))).map((piece) => fold(bind(piece)));
  const each = texts.map((name) => {
    const column = quoteIdentifier(name);
    const maybe = pieces.map((piece) => `contains(${column}, ${piece})`).join(' OR ');
    return `SELECT DISTINCT ${column} AS t FROM ${from} WHERE ${maybe}`;
  });
  const sql = `WITH v AS (SELECT DISTINCT unnest(string_split_regex(t, '${edge}+')) AS w FROM (${each.join(' UNION ')}))
    SELECT w, ${near.map((one, i) => `(${one}) AS n${i}`).join(', ')} FROM v WHERE ${near.map((one) => `(${one})`).join(' OR ')} LIMIT ${wanted.length * mostNearWords + 1}`;
  const [answer] = await tables.run([{ sql, params }]);
  const rows = answer?.rows ?? [];
  const found = new Map<string, readonly string[]>();
  if (rows.length > wanted.length * mostNearWords) return found;
  for (const [i, word] of wanted.entries()) {
    const list = rows.filter((row) => row[i + 1] === true).map(([w]) => String(w));
    if (list.length <= mostNearWords) found.set(word, list);
  }
  return found;
}

function lettersForgiven(word: string): number {
  const { length } = [...word];
  return length > 5 ? 2 : length > 2 ? 1 : 0;
}
