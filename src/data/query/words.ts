// Finds the rows where words begin, in the file of a version's words: rarest first, so that few rows are compared.
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { codeMark, mostLetters, numberMark } from '../../stores/tables/words.ts';
import { type Bind, fold, isSigns, mayBeCode } from './full-text.ts';
import { amongRows } from './spatial-found.ts';
import type { FoundCache } from './spatial-found-cache.ts';
import type { StoredVersion } from './stored-version.ts';

/** The rows that were found: their numbers, joined by commas, in order; a condition where they are too many to be listed. */
export type FoundWords = { readonly rows: string } | { readonly sql: (bind: Bind) => string };

/** Rows of a word beyond which they are looked for again by each statement. */
const mostListed = 50_000;

export type WordsFile = {
  readonly path: string;
  readonly version: StoredVersion;
  readonly tables: TableEngine;
  /** What was found before: versions never change. */
  readonly cache: FoundCache;
};

/** Whether the file knows what is asked: not signs, nor words longer than it keeps. */
export function inWordsFile(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => !isSigns(word) && [...word].length <= mostLetters / 2);
}

/**
 * The rows where each word begins a word of some field.
 * @throws TerroirError engine.*
 */
export async function findWords(words: readonly string[], file: WordsFile): Promise<FoundWords> {
  const each = await Promise.all(words.map(async (word) => ({ word, known: await lookUp(word, file) })));
  // What stands in every row tells nothing.
  const frequent = each.filter(({ known }) => known === 'many').map(({ word }) => word);
  const lists = each.flatMap(({ known }) => (Array.isArray(known) ? [known as readonly number[]] : []));
  if (lists.length === 0) {
    if (frequent.length === 0) return { sql: () => 'TRUE' };
    return { sql: (bind) => `(${frequent.map((word) => inFile(word, file, bind)).join(' AND ')})` };
  }
  const [rarest = [], ...others] = lists.toSorted((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  let rows = rarest.filter((row) => sets.every((set) => set.has(row))).join(',');
  if (frequent.length > 0 && rows !== '')
    rows = await file.cache.get(file.version.key, JSON.stringify(['words', words]), () => among(rows, frequent, file));
  return { rows };
}

/** The rows of a word; `many` of them, or `all` there are. */
async function lookUp(word: string, file: WordsFile): Promise<readonly number[] | 'many' | 'all'> {
  const { version, cache } = file;
  const kept = await cache.get(version.key, JSON.stringify(['word', word]), async () => {
    const limit = mostListed + 1;
    const [times, rows] = await ask(
      file,
      (bind) => `SELECT count(*), string_agg(r, ',') FROM (${rowsWith(word, file, bind)} LIMIT ${limit})`,
    );
    if (Number(times) < limit) return String(rows ?? '');
    const [different] = await ask(file, (bind) => `SELECT count(DISTINCT r) FROM (${rowsWith(word, file, bind)})`);
    return Number(different) === version.rows ? 'all' : 'many';
  });
  if (kept === 'many' || kept === 'all') return kept;
  const rows = kept === '' ? [] : kept.split(',').map(Number);
  return [...new Set(rows)].sort((a, b) => a - b);
}

/** Those of some rows that have words which many have. */
async function among(rows: string, words: readonly string[], file: WordsFile): Promise<string> {
  let left = rows;
  for (const word of words) {
    if (left === '') break;
    const before = left;
    const [found] = await ask(
      file,
      (bind) =>
        `SELECT string_agg(r, ',' ORDER BY r) FROM (SELECT DISTINCT r FROM (${rowsWith(word, file, bind)}) WHERE ${amongRows(before, bind, 'r')})`,
    );
    left = String(found ?? '');
  }
  return left;
}

function inFile(word: string, file: WordsFile, bind: Bind): string {
  return `file_row_number IN (${rowsWith(word, file, bind)})`;
}

async function ask({ tables }: WordsFile, select: (bind: Bind) => string): Promise<readonly unknown[]> {
  const params: (string | number | boolean)[] = [];
  const sql = select((value) => `$${params.push(value)}`);
  return (await tables.run([{ sql, params }]))[0]?.rows[0] ?? [];
}

/** The rows of a word, some of them several times: the file is in order, two bounds spare most of it. */
function rowsWith(word: string, { path, version }: WordsFile, bind: Bind): string {
  const from = `SELECT r FROM read_parquet(${quoteLiteral(path)}) WHERE`;
  const start = fold(bind(word));
  const begins = `${from} w >= ${start} AND w < ${start} || chr(1114111)`;
  if (!mayBeCode(word, version.searchableFields)) return `${begins} AND NOT ends_with(w, ${codeMark})`;
  const number = /^\d{1,15}$/.test(word) ? String(Number(word)) : null;
  const itself = number === word ? ` OR w = ${start} || ${numberMark}` : '';
  const plain = `${begins} AND (NOT ends_with(w, ${numberMark})${itself})`;
  // Zeros before a number count in a code, and do not in a number.
  return number === null || number === word ? plain : `${plain} UNION ALL ${from} w = ${bind(number)} || ${numberMark}`;
}
