// Reads the sheets of an XLSX or XLSM workbook, one stream a sheet: nothing but the shared texts is held in memory.
import { numberText } from './number-format.ts';
import { fillRawSheet, type RawSheet, type RawSheetWriter } from './raw-sheet.ts';
import type { SheetsRead } from './sheets-read.ts';
import { isTrue, readXlsxWorkbook, sheetText, type XlsxWorkbook } from './xlsx-parts.ts';
import { attribute, scanXml, XmlBroken, type XmlHandlers } from './xml-scanner.ts';
import { openZipParts } from './zip-parts.ts';

/** @throws the zip reader's errors, XmlBroken, TerroirError file.archiveUnsafe, file.tooManyColumns */
export async function readXlsx(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const parts = await openZipParts(path, name);
  try {
    const workbook = await readXlsxWorkbook(parts);
    if (workbook === null) throw new XmlBroken('no workbook');
    const sheets: RawSheet[] = [];
    const missing: string[] = [];
    for (const [index, { name: sheet, hidden, part }] of workbook.sheets.entries()) {
      if (!parts.has(part)) {
        missing.push(sheet);
        continue;
      }
      // A sheet of charts holds no cells.
      if (/(^|\/)(chartsheets|dialogsheets|macrosheets)\//i.test(part)) continue;
      const start = { name: sheet, hidden, path: pathOf(index) };
      const written = await fillRawSheet(name, start, async (writer) => {
        const reading = readCells(workbook, writer);
        await readUntilCut(parts.stream(part), reading, writer);
        if (reading.lostTexts) missing.push('sharedStrings.xml');
        if (reading.lostStyles) missing.push('styles.xml');
      });
      sheets.push(written);
    }
    return { sheets, macros: workbook.macros, missing: [...new Set(missing)] };
  } finally {
    parts.close();
  }
}

/** A sheet that is cut in the middle keeps what came before. */
async function readUntilCut(
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers & { readonly ended: boolean },
  writer: RawSheetWriter,
): Promise<void> {
  try {
    await scanXml(chunks, handlers, () => writer.flush());
  } catch (error) {
    if (!(error instanceof XmlBroken)) throw error;
    writer.cutShort();
    return;
  }
  if (!handlers.ended) writer.cutShort();
}

type CellReading = XmlHandlers & { readonly ended: boolean; readonly lostTexts: boolean; readonly lostStyles: boolean };

function readCells({ texts, meanings, from1904 }: XlsxWorkbook, writer: RawSheetWriter): CellReading {
  let cells: string[] = [];
  let [row, column, type, style] = [-1, -1, '', 0];
  let [value, inline] = ['', ''];
  let [hasValue, hasFormula, collecting, inGuide] = [false, false, '', false];
  let [ended, lostTexts, lostStyles, inData] = [false, false, false, false];

  function cellText(): string {
    switch (type) {
      case 's': {
        const text = texts?.at(Number(value));
        if (text === undefined && value !== '') lostTexts = true;
        return text ?? '';
      }
      case 'inlineStr':
        return sheetText(inline);
      case 'str':
        return sheetText(value);
      case 'b':
        return value.trim() === '1' || value.trim() === 'true' ? 'true' : 'false';
      case 'e':
        writer.fault('error', row, column, value);
        return '';
      case 'd':
        return value.replace(/T00:00:00(\.0+)?Z?$/, '');
      default:
        if (meanings === null && style > 0) lostStyles = true;
        return value === '' ? '' : numberText(value, meanings?.[style] ?? plain, from1904);
    }
  }

  function endCell(): void {
    if (hasFormula && !hasValue && type !== 'inlineStr') writer.fault('noValue', row, column, '');
    const text = hasValue || type === 'inlineStr' ? cellText() : '';
    if (text === '') return;
    while (cells.length < column) cells.push('');
    if (column < cells.length) cells[column] = text;
    else cells.push(text);
  }

  return {
    get ended() {
      return ended;
    },
    get lostTexts() {
      return lostTexts;
    },
    get lostStyles() {
      return lostStyles;
    },
    open(name, attributes, empty) {
      if (inData) {
        switch (name) {
          case 'row': {
            const written = attribute(attributes, 'r');
            row = written === null ? row + 1 : Number(written) - 1;
            column = -1;
            cells = [];
            if (attributes.includes('hidden') && isTrue(attribute(attributes, 'hidden'))) writer.hideRow(row);
            return;
          }
          case 'c': {
            const written = columnOf(attributes);
            column = written === -1 ? column + 1 : written;
            type = attribute(attributes, 't') ?? '';
            const index = attribute(attributes, 's');
            style = index === null ? 0 : Number(index);
            value = inline = '';
            hasValue = hasFormula = false;
            return;
          }
          case 'v':
            hasValue = true;
            collecting = 'v';
            return;
          case 'f':
            hasFormula = true;
            return;
          case 'rPh':
            inGuide = true;
            return;
          case 't':
            if (!inGuide) collecting = 't';
            return;
        }
        return;
      }
      if (name === 'sheetData') {
        inData = !empty;
        ended = empty;
      } else if (name === 'col' && isTrue(attribute(attributes, 'hidden')))
        writer.hideColumns(Number(attribute(attributes, 'min')) - 1, Number(attribute(attributes, 'max')) - 1);
      else if (name === 'mergeCell') {
        const range = rangeOf(attribute(attributes, 'ref') ?? '');
        if (range !== null) writer.merge(range);
      }
    },
    text(text) {
      if (collecting === 'v') value += text;
      else if (collecting === 't') inline += text;
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          collecting = '';
          return;
        case 'c':
          if (inData) endCell();
          return;
        case 'row':
          if (inData) writer.row(row, cells);
          return;
        case 'rPh':
          inGuide = false;
          return;
        case 'sheetData':
          inData = false;
          ended = true;
      }
    },
  };
}

const plain = { kind: 'number' } as const;

/** The column of `r="AB12"`, from 0; -1 when the cell does not say it. */
function columnOf(attributes: string): number {
  let at = attributes.indexOf('r="');
  while (at > 0 && attributes.charCodeAt(at - 1) > 32) at = attributes.indexOf('r="', at + 1);
  if (at === -1) return -1;
  let column = 0;
  for (let next = at + 3; ; next++) {
    const sign = attributes.charCodeAt(next) & 0xdf;
    if (sign < 65 || sign > 90) break;
    column = column * 26 + sign - 64;
  }
  return column - 1;
}

/** "B2:D5" → rows and columns from 0. */
export function rangeOf(reference: string) {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference);
  if (found === null) return null;
  const [, left = '', top = '', right = left, bottom = top] = found;
  const letters = (text: string) =>
    [...text.toUpperCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
  return { top: Number(top) - 1, left: letters(left), bottom: Number(bottom) - 1, right: letters(right) };
}
