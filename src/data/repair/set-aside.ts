// The file of the rows set aside: what the producer wrote, the row it was on, and why it was set aside.
import { type FileHandle, open } from 'node:fs/promises';
import { neutralised } from '../../model/spreadsheet-text.ts';
import type { ParsedTable } from '../stages.ts';

const writtenAtOnce = 1 << 20;

export const asideFileName = 'set-aside.csv';

/** The titles of the two columns added: the row in the file, and the reason. */
export const asideTitles = { row: 'ligne', reason: 'motif' } as const;

export type AsideWriter = {
  add(row: number, cells: readonly string[], reason: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * Writes rows set aside for a spreadsheet (UTF-8 with its mark, semicolons, formulas neutralised); the file is made with
 * the first row.
 * @param kept the columns shown; those that the producer does not publish are left out here too
 */
export function asideWriter(path: string, table: ParsedTable, kept: readonly number[]): AsideWriter {
  let file: FileHandle | null = null;
  return {
    async add(row, cells, reason) {
      if (file === null) {
        file = await open(path, 'w');
        const titles = [asideTitles.row, ...kept.map((index) => table.headers[index]?.title ?? ''), asideTitles.reason];
        await file.writeFile(`\uFEFF${csvLine(titles.map(neutralised), ';')}`);
      }
      const shown = kept.map((index) => neutralised(cells[index] ?? ''));
      await file.writeFile(csvLine([String(row), ...shown, reason], ';'));
    },
    async close() {
      await file?.close();
    },
  };
}

function countOf(line: string, sign: string): number {
  let count = 0;
  for (let at = line.indexOf(sign); at !== -1; at = line.indexOf(sign, at + 1)) count++;
  return count;
}

export function csvLine(cells: readonly string[], delimiter: string): string {
  const line = cells.join(delimiter);
  // Most lines hold nothing to quote: one look at all of them, not one at each cell.
  const plain = !/["\r\n]/.test(line) && countOf(line, delimiter) === cells.length - 1;
  if (plain) return `${line}\n`;
  const quoted = (cell: string) => cell.includes(delimiter) || /["\r\n]/.test(cell);
  return `${cells.map((cell) => (quoted(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\n`;
}

/** Writes rows as a CSV that everyone reads: UTF-8 with its mark, semicolons. Every text stays as it is. */
export async function writeRepairedCsv(
  path: string,
  titles: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    let pending = `\uFEFF${csvLine(titles, ';')}`;
    for await (const cells of rows) {
      pending += csvLine(cells, ';');
      if (pending.length < writtenAtOnce) continue;
      await file.writeFile(pending);
      pending = '';
    }
    await file.writeFile(pending);
  } finally {
    await file.close();
  }
}
