// Reads XLS workbooks of Excel 97–2003: texts and merges through hucre, formats and what is hidden from the records.
import { readFile, stat } from 'node:fs/promises';
import { type CellValue, readXlsb as readXlsbValues, readXls as readXlsValues, type Sheet } from 'hucre/xlsx';
import { TerroirError } from '../../../lib/errors.ts';
import { type BiffSheet, biff8, readBiff } from './biff.ts';
import { openCompound } from './compound.ts';
import { canonicalNumber, numberText } from './number-format.ts';
import { fillRawSheet, type RawSheet, type RawSheetWriter } from './raw-sheet.ts';
import type { SheetsRead } from './sheets-read.ts';

/** These makes are read whole; a sheet of theirs has 65 536 rows at most. */
const mostBytes = 200 * 1024 * 1024;

/** @throws TerroirError file.encrypted, file.tooOld, file.tooManyColumns; RangeError and hucre's errors when damaged */
export async function readXls(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const bytes = await readWhole(path, name);
  // Before Excel 5, a worksheet was no compound file.
  if (bytes[0] === 0x09) throw new TerroirError('file.tooOld', { name });
  const compound = openCompound(bytes);
  if (compound.names.includes('EncryptedPackage')) throw new TerroirError('file.encrypted', { name });
  const stream = compound.stream('Workbook') ?? compound.stream('Book');
  if (stream === null) throw new RangeError('no workbook');
  const { version, encrypted, from1904, sheets: facts } = readBiff(stream);
  if (version !== biff8) throw new TerroirError('file.tooOld', { name });
  if (encrypted) throw new TerroirError('file.encrypted', { name });
  const { sheets: values } = await readXlsValues(bytes);
  const sheets: RawSheet[] = [];
  for (const [index, fact] of facts.entries()) {
    const start = { name: fact.name, hidden: fact.hidden, path: pathOf(index) };
    const written = await fillRawSheet(name, start, async (writer) => {
      const sheet = values.find((each) => each.name === fact.name);
      for (const [first, last] of fact.hiddenColumns) writer.hideColumns(first, last);
      for (const row of fact.hiddenRows) writer.hideRow(row);
      addTexts(sheet, fact.texts);
      await writeRows(sheet, writer, (value, row, column) => textOf(value, row, column, fact, from1904, writer));
    });
    sheets.push(written);
  }
  return { sheets, macros: compound.names.includes('_VBA_PROJECT_CUR'), missing: [] };
}

/** XLSB: the values only, for its formats are not told. @throws hucre's errors when damaged */
export async function readXlsb(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const { sheets: values } = await readXlsbValues(await readWhole(path, name));
  const sheets: RawSheet[] = [];
  for (const [index, sheet] of values.entries()) {
    const start = { name: sheet.name, hidden: sheet.hidden === true, path: pathOf(index) };
    sheets.push(await fillRawSheet(name, start, (writer) => writeRows(sheet, writer, plainText)));
  }
  return { sheets, macros: false, missing: [] };
}

async function readWhole(path: string, name: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > mostBytes) throw new TerroirError('file.archiveUnsafe', { name, reason: `${size} > ${mostBytes}` });
  return readFile(path);
}

async function writeRows(
  sheet: Sheet | undefined,
  writer: RawSheetWriter,
  text: (value: CellValue, row: number, column: number) => string,
): Promise<void> {
  for (const { startRow, startCol, endRow, endCol } of sheet?.merges ?? [])
    writer.merge({ top: startRow, left: startCol, bottom: endRow, right: endCol });
  for (const [row, cells] of (sheet?.rows ?? []).entries()) {
    // Rows and cells that the file does not hold are holes in hucre's lists.
    if (cells === undefined) continue;
    writer.row(
      row,
      Array.from(cells, (value, column) => text(value ?? null, row, column)),
    );
    await writer.flush();
  }
}

/** hucre only knows the text of a formula that follows it at once. */
function addTexts(sheet: Sheet | undefined, texts: ReadonlyMap<number, string>): void {
  for (const [key, text] of texts) {
    const cells = sheet?.rows[key >> 8];
    if (cells === undefined) continue;
    while (cells.length <= (key & 255)) cells.push(null);
    cells[key & 255] = text;
  }
}

function textOf(
  value: CellValue,
  row: number,
  column: number,
  { numbers, errors }: BiffSheet,
  from1904: boolean,
  writer: RawSheetWriter,
): string {
  const key = row * 256 + column;
  const error = errors.get(key);
  if (error !== undefined) {
    writer.fault('error', row, column, error);
    return '';
  }
  const number = numbers.get(key);
  if (number !== undefined) return numberText(String(number.value), number.meaning, from1904);
  return plainText(value);
}

function plainText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return canonicalNumber(value);
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 19);
    return text.replace(/T00:00:00$/, '');
  }
  return String(value);
}
