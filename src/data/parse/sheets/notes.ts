// Words that stand in a workbook and are no data: a sheet that explains, a source below a table.
import { foldText } from '../../../lib/text.ts';
import type { Block } from './blocks.ts';
import type { RawSheet } from './raw-sheet.ts';

const noticeName =
  /\b(lisez[- ]?moi|readme|notice|aide|help|legende|mode d.?emploi|consignes|sommaire|a propos|informations?)\b/;
const longText = 80;

/** Whether a sheet only holds words for people: no row has two cells, and it is no plain list either. */
export function isNotice(sheet: RawSheet): boolean {
  if (noticeName.test(foldText(sheet.name)) && sheet.wideRows <= sheet.filledRows / 2) return true;
  if (sheet.wideRows > 0) return false;
  const columns = sheet.filled.filter((count) => count > 0).length;
  const texts = sheet.head.map(({ cells }) => cells[cells.length - 1] ?? '');
  const [first] = sheet.head;
  const hasGaps = first !== undefined && sheet.lastRow - first.row + 1 > sheet.filledRows;
  const isSentence = (text: string) => text.length > longText || /[.!?:]$/.test(text.trim());
  const sentences = texts.filter(isSentence).length;
  return columns > 1 || sheet.filledRows < 2 || (hasGaps && sentences > 0) || sentences >= texts.length / 3;
}

const noteStart =
  /^(\*|\(|sources?\b|notes?\b|nb\b|n\.b|champ\b|lecture\b|legende|remarques?\b|avertissement|perimetre|mis[e]? a jour|date d.)/;

/**
 * The first of the notes at the end of a sheet: lines of one cell below a blank row, or that begin as notes do.
 * @param firstRow first row of data, from 1
 * @returns its row (from 1), its text, and how many lines there are; null when the table goes to the end
 */
export function notesBelow(
  sheet: RawSheet,
  { left, right }: Block,
  firstRow: number,
): { row: number; value: string; count: number } | null {
  if (right - left < 1) return null;
  for (const [index, { row, cells }] of sheet.tail.entries()) {
    const text = (cells[cells.length - 1] ?? '').trim();
    const above = sheet.tail[index - 1]?.row ?? sheet.lastWideRow;
    if (row + 1 <= firstRow || /^[+-]?[\d\s.,€%]+$/.test(text)) continue;
    if (noteStart.test(foldText(text)) || (above !== null && row - above > 1))
      return { row: row + 1, value: text.slice(0, longText), count: sheet.tail.length - index };
  }
  return null;
}
