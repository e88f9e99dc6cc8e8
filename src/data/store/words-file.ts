// Writes the words of a stored table in alphabetical order, each with the rows it stands in: a search reads a few of them instead of all the texts.
import { searchRowName } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Statement } from '../../stores/tables/engine.ts';
import { betweenWords, codeMark, mostLetters, numberMark } from '../../stores/tables/words.ts';
import { copyToParquet } from './parquet.ts';

export type WordsRequest = {
  readonly data: string;
  /** The folded texts (search-file.ts), and the columns in it. */
  readonly search: string | null;
  readonly texts: readonly string[];
  readonly codes: readonly string[];
  readonly integers: readonly string[];
  readonly target: string;
};

/** Makes the file: columns `w`, the word, folded, and `r`, the number of its row from 0; each pair once. */
export function wordsFileStatement(request: WordsRequest): Statement {
  const { data, search, texts, codes, integers, target } = request;
  const rows = `read_parquet(${quoteLiteral(data)}, file_row_number = true)`;
  const parts = [
    ...(search === null ? [] : texts.map((name) => textWords(name, search))),
    ...codes.map((name) => marked(cut(`lower(${quoteIdentifier(name)})`, 'file_row_number', rows), ` || ${codeMark}`)),
    ...integers.map((name) => {
      const column = quoteIdentifier(name);
      return `SELECT ${column} || ${numberMark} AS w, file_row_number AS r FROM ${rows} WHERE ${column} IS NOT NULL`;
    }),
  ];
  const all = `SELECT DISTINCT w, CAST(r AS INTEGER) AS r FROM (${parts.join(' UNION ALL ')})`;
  return { sql: copyToParquet(`${all} ORDER BY w, r`, target, 'PARQUET_VERSION V2') };
}

function textWords(name: string, search: string): string {
  return marked(
    cut(quoteIdentifier(name), quoteIdentifier(searchRowName), `read_parquet(${quoteLiteral(search)})`),
    '',
  );
}

function marked(words: string, mark: string): string {
  return `SELECT left(w, ${mostLetters})${mark} AS w, r FROM (${words}) WHERE w <> ''`;
}

function cut(text: string, row: string, from: string): string {
  return `SELECT unnest(string_split_regex(${text}, '${betweenWords}+')) AS w, ${row} AS r FROM ${from}`;
}
