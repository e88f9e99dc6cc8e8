// Reads a header that spreads over several lines with merged cells as one line: « Budget 2024 / Recettes ».
import { isValue } from '../sniff.ts';
import type { Block } from './blocks.ts';
import type { CellRange, SheetRow } from './raw-sheet.ts';

export type HeaderLines = {
  /** Rows of the first and of the last line, from 0. */
  readonly top: number;
  readonly bottom: number;
  readonly cells: readonly string[];
  /** Each line alone, what is merged down repeated, as rows of data would have it. */
  readonly lines: readonly (readonly string[])[];
};

const mostLines = 6;

/**
 * @param head rows cut to the block
 * @param row the row that looks most like a header
 */
export function headerLines(
  head: readonly SheetRow[],
  row: number,
  block: Block,
  merges: readonly CellRange[],
): HeaderLines {
  const lines = new Map(head.map((line) => [line.row, line.cells]));
  const inside = merges.filter(
    ({ left, right, top, bottom }) =>
      left <= block.right && right >= block.left && bottom >= row - mostLines && top <= row + mostLines,
  );
  // A merge over the whole width is a title.
  const groups = inside.filter(
    ({ left, right }) => right > left && !(left <= block.left && right >= block.right) && block.right > block.left,
  );
  const goesOn = (line: number) =>
    groups.some(({ top, bottom }) => top <= line && bottom >= line) ||
    inside.some(({ top, bottom }) => top <= line && bottom > line);
  const isText = (line: number) => {
    const filled = (lines.get(line) ?? []).filter((cell) => cell.trim() !== '');
    return filled.length > 0 && filled.every((cell) => !isValue(cell.trim()) || /^(19|20)\d\d$/.test(cell.trim()));
  };
  let [top, bottom] = [row, row];
  while (bottom - row < mostLines && goesOn(bottom) && (isText(bottom + 1) || isCovered(bottom + 1, inside))) bottom++;
  while (row - top < mostLines && isText(top - 1) && goesOn(top - 1) && !isTitle(top - 1, block, inside)) top--;
  const columns = Array.from({ length: block.right - block.left + 1 }, (_, index) => block.left + index);
  const cells = columns.map((column) => {
    const pieces: string[] = [];
    for (let line = top; line <= bottom; line++) {
      // Lines inside a cell are there to fit its width.
      const piece = valueAt(line, column).replace(/\s+/g, ' ').trim();
      if (piece !== '' && piece !== pieces[pieces.length - 1]) pieces.push(piece);
    }
    return pieces.join(' / ');
  });
  const alone = Array.from({ length: bottom - top + 1 }, (_, index) =>
    columns.map((column) => repeatedAt(top + index, column)),
  );
  return { top, bottom, cells, lines: alone };

  /** The cell's text, or that of the merged cell that covers it. */
  function valueAt(line: number, column: number): string {
    const range = inside.find((m) => m.top <= line && m.bottom >= line && m.left <= column && m.right >= column);
    // A vertical merge says its words once.
    if (range !== undefined && line > Math.max(range.top, top)) return '';
    return (
      lines.get(range?.top ?? line)?.[(range === undefined ? column : Math.max(range.left, block.left)) - block.left] ??
      ''
    );
  }

  function repeatedAt(line: number, column: number): string {
    const range = inside.find((m) => m.top < line && m.bottom >= line && m.left === column);
    return lines.get(range?.top ?? line)?.[column - block.left] ?? '';
  }
}

/** Whether a row says again what a line of the header says, but for a word or two: a table cut for printing does. */
export function repeatsHeader(lines: readonly (readonly string[])[]): (cells: readonly string[]) => boolean {
  const headers = lines.map((line) => ({
    cells: line.map((cell) => cell.trim()),
    filled: line.filter((cell) => cell.trim() !== '').length,
  }));
  return (cells) =>
    headers.some((header) => {
      let [same, filled] = [0, 0];
      for (const [index, cell] of cells.entries()) {
        if (cell === '') continue;
        filled++;
        if (cell.trim() === header.cells[index]) same++;
      }
      return same >= 2 && same >= 0.8 * Math.max(filled, header.filled);
    });
}

function isCovered(line: number, merges: readonly CellRange[]): boolean {
  return merges.some(({ top, bottom }) => top < line && bottom >= line);
}

function isTitle(line: number, block: Block, merges: readonly CellRange[]): boolean {
  return merges.some(
    ({ top, bottom, left, right }) => top <= line && bottom >= line && left <= block.left && right >= block.right,
  );
}
