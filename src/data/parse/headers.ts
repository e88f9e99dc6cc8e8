// The columns' titles and names, from the header's cells: no column without a name, no two with the same.
import { columnName, uniqueNames } from '../../lib/text.ts';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';

/** The engine gives this name to the number of a row in its file. */
const engineNames = ['file_row_number'];

export type Header = { readonly title: string; readonly name: string };

/**
 * @param cells the header's cells, empty when the file has no header
 * @param row the header's row as the spreadsheet shows it, null when there is none
 */
export function readHeaders(
  cells: readonly string[],
  width: number,
  row: number | null,
): { headers: readonly Header[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const titles = Array.from({ length: width }, (_, index) => (cells[index] ?? '').trim());
  const names = uniqueNames(
    titles.map((title, index) => columnName(title) || unnamed(index)),
    engineNames,
  );
  const seen = new Set<string>();
  const headers = titles.map((title, index) => {
    const name = names[index] ?? unnamed(index);
    const place = row === null ? {} : { cell: cellAddress(index, row), row };
    if (title === '') {
      if (row !== null) problems.push(problem('header.missing', 'warning', { ...place, proposal: name }));
      return { title: name, name };
    }
    if (seen.has(title))
      problems.push(problem('header.duplicate', 'warning', { ...place, column: title, value: title, proposal: name }));
    seen.add(title);
    return { title, name };
  });
  if (row === null) problems.push(problem('header.absent', 'warning', { row: 1 }));
  return { headers, problems };
}

function unnamed(index: number): string {
  return `colonne_${index + 1}`;
}
