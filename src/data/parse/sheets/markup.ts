// Reads the tables that programs call .xls and are none: HTML pages, and the XML of Excel 2003.
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { TerroirError } from '../../../lib/errors.ts';
import { judgeHead } from '../encoding.ts';
import { readHead } from '../head.ts';
import { transcode } from '../transcode.ts';
import { decodeHtml } from './html-entities.ts';
import { numberText } from './number-format.ts';
import { fillRawSheet, type RawSheet, type RawSheetWriter } from './raw-sheet.ts';
import type { SheetsRead } from './sheets-read.ts';
import { attribute, decodeXml, scanXml, XmlBroken, type XmlHandlers } from './xml-scanner.ts';

type Cell = { readonly text: string; readonly across: number; readonly down: number; readonly column: number | null };
type Row = { readonly cells: Cell[]; readonly row: number | null; readonly hidden: boolean };
type Grid = { readonly name: string; readonly hidden: boolean; readonly rows: Row[]; readonly hiddenColumns: number[] };

/** Both are read whole: nobody writes large ones. */
const mostBytes = 300 * 1024 * 1024;
const mostSpan = 1000;

/** @throws TerroirError file.archiveUnsafe, file.tooManyColumns */
export async function readHtml(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const grids: Grid[] = [];
  const open: Grid[] = [];
  let [text, inCell, across, down] = ['', false, 1, 1];
  const endCell = () => {
    const rows = open[open.length - 1]?.rows;
    const clean = decodeHtml(text.replace(/[\s\r\n]+/g, ' '))
      .replaceAll('\u0001', '\n')
      .replace(/[\u00a0\u202f]/g, ' ')
      .replace(/ *\n */g, '\n')
      .trim();
    if (inCell) rows?.[rows.length - 1]?.cells.push({ text: clean, across, down, column: null });
    inCell = false;
  };
  await scanWhole(path, `${pathOf(0)}-text`, name, {
    open(tag, attributes) {
      const local = tag.toLowerCase();
      if (local === 'table') {
        if (inCell) endCell();
        open.push({ name: `Tableau ${grids.length + 1}`, hidden: false, rows: [], hiddenColumns: [] });
        grids.push(open[open.length - 1] as Grid);
      } else if (local === 'tr') {
        endCell();
        open[open.length - 1]?.rows.push({ cells: [], row: null, hidden: /display\s*:\s*none/i.test(attributes) });
      } else if (local === 'td' || local === 'th') {
        endCell();
        [text, inCell] = ['', true];
        across = span(attribute(attributes, 'colspan'));
        down = span(attribute(attributes, 'rowspan'));
      } else if (local === 'br') text += '\u0001';
    },
    text(piece) {
      if (inCell) text += piece;
    },
    close(tag) {
      const local = tag.toLowerCase();
      if (local === 'td' || local === 'th' || local === 'tr') endCell();
      else if (local === 'table') {
        endCell();
        open.pop();
      }
    },
  });
  return {
    sheets: await writeGrids(
      grids.filter(({ rows }) => rows.length > 0),
      name,
      pathOf,
    ),
    macros: false,
    missing: [],
  };
}

/** @throws TerroirError file.archiveUnsafe, file.tooManyColumns */
export async function readExcelXml(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const grids: Grid[] = [];
  let [text, type, inData, wasFormula] = ['', '', false, false];
  let cell: { across: number; down: number; column: number | null } | null = null;
  const faults: { sheet: number; row: Row; index: number; kind: 'error' | 'noValue'; value: string }[] = [];
  const rowNow = () => grids[grids.length - 1]?.rows.at(-1);
  await scanWhole(path, `${pathOf(0)}-text`, name, {
    open(tag, attributes) {
      if (tag === 'Worksheet')
        grids.push({ name: attribute(attributes, 'ss:Name') ?? '', hidden: false, rows: [], hiddenColumns: [] });
      else if (tag === 'Row')
        grids[grids.length - 1]?.rows.push({
          cells: [],
          row: numberOr(attribute(attributes, 'ss:Index')),
          hidden: attribute(attributes, 'ss:Hidden') === '1',
        });
      else if (tag === 'Cell') {
        cell = {
          across: span(attribute(attributes, 'ss:MergeAcross'), 1),
          down: span(attribute(attributes, 'ss:MergeDown'), 1),
          column: numberOr(attribute(attributes, 'ss:Index')),
        };
        [text, type] = ['', ''];
        wasFormula = attributes.includes('Formula=');
      } else if (tag === 'Data') {
        inData = true;
        type = attribute(attributes, 'ss:Type') ?? 'String';
      }
    },
    text(piece) {
      if (inData) text += piece;
    },
    close(tag) {
      if (tag === 'Data') inData = false;
      if (tag !== 'Cell' || cell === null) return;
      const row = rowNow();
      const raw = decodeXml(text);
      const kind = type === 'Error' ? 'error' : wasFormula && type === '' ? 'noValue' : null;
      if (row !== undefined && kind !== null)
        faults.push({ sheet: grids.length - 1, row, index: row.cells.length, kind, value: raw });
      row?.cells.push({ ...cell, text: kind === null ? excelText(type, raw) : '' });
      cell = null;
    },
  });
  const sheets = await writeGrids(grids, name, pathOf, (writer, grid, row, at, placed) => {
    for (const fault of faults)
      if (grids[fault.sheet] === grid && fault.row === row)
        writer.fault(fault.kind, at, placed[fault.index] ?? 0, fault.value);
  });
  return { sheets, macros: false, missing: [] };
}

function excelText(type: string, text: string): string {
  if (type === 'Number') return numberText(text.trim(), { kind: 'number' }, false);
  if (type === 'Boolean') return text.trim() === '1' ? 'true' : 'false';
  if (type === 'DateTime')
    return text
      .trim()
      .replace(/\.\d+$/, '')
      .replace(/T00:00:00$/, '');
  return text;
}

async function scanWhole(path: string, copy: string, name: string, handlers: XmlHandlers): Promise<void> {
  const head = judgeHead(await readHead(path, 64 * 1024));
  await transcode(path, copy, head);
  let bytes = 0;
  async function* bounded() {
    for await (const chunk of createReadStream(copy)) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > mostBytes) throw new TerroirError('file.archiveUnsafe', { name, reason: `> ${mostBytes}` });
      yield chunk as Uint8Array;
    }
  }
  try {
    await scanXml(withoutScripts(bounded()), handlers);
  } catch (error) {
    // What could be read of a page that is cut is kept.
    if (!(error instanceof XmlBroken)) throw error;
  }
}

/** Scripts and styles may hold any sign: they are cut out before anyone looks for tags. */
async function* withoutScripts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new StringDecoder('utf8');
  const [begin, finish] = [/<(style|script)\b/i, /<\/(style|script)\b/i];
  const longestTag = '</script'.length;
  let held = '';
  let inside = false;
  for await (const chunk of chunks) {
    held += decoder.write(Buffer.from(chunk));
    for (;;) {
      const found = (inside ? finish : begin).exec(held);
      const end = found?.index ?? Math.max(0, held.length - longestTag);
      if (!inside && end > 0) yield Buffer.from(held.slice(0, end));
      held = held.slice(end);
      if (found === null) break;
      inside = !inside;
      // The tag that ends it is read like any other.
      if (inside) held = held.slice(longestTag - 1);
    }
  }
  if (!inside) yield Buffer.from(held);
}

async function writeGrids(
  grids: readonly Grid[],
  name: string,
  pathOf: (index: number) => string,
  onRow?: (writer: RawSheetWriter, grid: Grid, row: Row, at: number, columns: readonly number[]) => void,
): Promise<readonly RawSheet[]> {
  const sheets: RawSheet[] = [];
  for (const [index, grid] of grids.entries()) {
    const start = { name: grid.name, hidden: grid.hidden, path: pathOf(index) };
    const fill = async (writer: RawSheetWriter) => {
      /** For each column, the first row that no cell above covers any more. */
      const free: number[] = [];
      let at = -1;
      for (const row of grid.rows) {
        at = row.row === null ? at + 1 : row.row - 1;
        if (row.hidden) writer.hideRow(at);
        const texts: string[] = [];
        const columns: number[] = [];
        let column = 0;
        for (const cell of row.cells) {
          if (cell.column !== null) column = cell.column - 1;
          while ((free[column] ?? 0) > at) column++;
          columns.push(column);
          while (texts.length < column) texts.push('');
          texts[column] = cell.text;
          const right = column + cell.across - 1;
          if (cell.across > 1 || cell.down > 1) {
            writer.merge({ top: at, left: column, bottom: at + cell.down - 1, right });
            for (let covered = column; covered <= right; covered++) free[covered] = at + cell.down;
          }
          column = right + 1;
        }
        onRow?.(writer, grid, row, at, columns);
        writer.row(at, texts);
        await writer.flush();
      }
    };
    sheets.push(await fillRawSheet(name, start, fill));
  }
  return sheets;
}

function numberOr(text: string | null): number | null {
  const number = Number(text);
  return text !== null && Number.isInteger(number) && number > 0 && number <= 1_048_576 ? number : null;
}

/** @param more what to add: HTML counts the cells, Excel those beyond the first */
function span(text: string | null, more = 0): number {
  return Math.min((numberOr(text) ?? (more === 0 ? 1 : 0)) + more, mostSpan);
}
