// Recognises the row of totals that spreadsheets carry below their tables.
import { foldText } from '../../lib/text.ts';

const label =
  /^((sous[ -]?)?tota(l|ux)|somme)( (general|generale|generaux|global|annuel|des?|du|d['’]|par|ttc|ht)\b.*| [\d/.-]+)?\s*:?$/;
const numberCell = /^[+-]?[\d\s\u00a0\u202f.,]*\d\s*[€%]?$/;

/** Whether a record is a total: its first filled cell says so, and every other one is a number. */
export function isTotalRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first, ...others] = filled;
  if (first === undefined || first.length > 80 || others.length === 0 || !label.test(foldText(first))) return false;
  return others.every((cell) => numberCell.test(cell));
}
