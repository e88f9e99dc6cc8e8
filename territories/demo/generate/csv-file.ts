// Writes the rows of a generated file: delimiter, line ends and encoding as the producer's tool would have them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Cell = string | number | null;

export type CsvStyle = {
  readonly delimiter: ',' | ';' | '\t';
  readonly newline: '\n' | '\r\n';
  /** `latin1` is also windows-1252 for texts without € or œ. */
  readonly encoding: 'utf8' | 'latin1';
};

export const plainStyle: CsvStyle = { delimiter: ',', newline: '\n', encoding: 'utf8' };
/** What a French spreadsheet saves as « CSV ». */
export const spreadsheetStyle: CsvStyle = { delimiter: ';', newline: '\r\n', encoding: 'latin1' };

/**
 * Writes `name` into the folder, header first.
 * @returns its path.
 * @throws Error when a text does not fit into the encoding.
 */
export async function writeCsvFile(
  folder: string,
  name: string,
  rows: readonly (readonly Cell[])[],
  style: CsvStyle = plainStyle,
): Promise<string> {
  const lines = rows.map((row) => row.map((cell) => quoted(cell, style.delimiter)).join(style.delimiter));
  const content = lines.join(style.newline) + style.newline;
  const bytes = Buffer.from(content, style.encoding);
  if (bytes.toString(style.encoding) !== content) throw new Error(`${name} holds letters that ${style.encoding} lacks`);
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

function quoted(cell: Cell, delimiter: string): string {
  const text = cell === null ? '' : String(cell);
  const mustQuote = text.includes(delimiter) || /["\r\n]/.test(text);
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A number as a French spreadsheet writes it: 12.5 → "12,5". */
export function withComma(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('.', ',');
}
