// Reads the sheets of an OpenDocument spreadsheet (.ods, or .fods in one plain XML), as a stream.
import { createReadStream } from 'node:fs';
import { TerroirError } from '../../../lib/errors.ts';
import { canonicalNumber } from './number-format.ts';
import { type RawSheet, type RawSheetWriter, writeRawSheet } from './raw-sheet.ts';
import type { SheetsRead } from './sheets-read.ts';
import { attribute, decodeXml, scanXml, XmlBroken } from './xml-scanner.ts';
import { openZipParts } from './zip-parts.ts';

/** @throws TerroirError file.encrypted, file.archiveUnsafe, file.tooManyColumns; the zip reader's errors, XmlBroken */
export async function readOds(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  const parts = await openZipParts(path, name);
  try {
    if (parts.has('encrypted-package')) throw new TerroirError('file.encrypted', { name });
    if (parts.has('META-INF/manifest.xml') && (await parts.text('META-INF/manifest.xml')).includes('encryption-data'))
      throw new TerroirError('file.encrypted', { name });
    if (!parts.has('content.xml')) throw new XmlBroken('no content.xml');
    const macros = parts.names().some((part) => /^(Basic|Scripts)\/.+\.(xml|xba|py|js)$/i.test(part));
    return { sheets: await readContent(parts.stream('content.xml'), name, pathOf), macros, missing: [] };
  } finally {
    parts.close();
  }
}

/** @throws TerroirError file.tooManyColumns */
export async function readFlatOds(path: string, name: string, pathOf: (index: number) => string): Promise<SheetsRead> {
  return { sheets: await readContent(createReadStream(path), name, pathOf), macros: false, missing: [] };
}

/** Elements whose texts are no cell's. */
const asides = new Set(['annotation', 'frame', 'custom-shape', 'g', 'shapes', 'tracked-changes', 'dde-links', 'forms']);
const errorText = /^(Err:\d{3}|#(N\/A|REF!|NAME\?|VALUE!|VALEUR!|DIV\/0!|NUM!|NULL!|NOM\?|NOMBRE!))$/;

async function readContent(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  pathOf: (index: number) => string,
): Promise<readonly RawSheet[]> {
  const sheets: RawSheet[] = [];
  // A sheet's file is opened as its rows come; rows of a chunk wait in a list, since reading XML never waits.
  let writer: RawSheetWriter | null = null;
  let works: (() => Promise<void> | void)[] = [];
  const handlers = readTables({
    start: (name, hidden) =>
      works.push(async () => {
        writer = await writeRawSheet(file, { name, hidden, path: pathOf(sheets.length) });
      }),
    write: (work) => works.push(() => (writer === null ? undefined : work(writer))),
    end: () =>
      works.push(async () => {
        if (writer !== null) sheets.push(await writer.finish());
        writer = null;
      }),
  });
  const settle = async () => {
    for (const work of works) await work();
    works = [];
    await writer?.flush();
  };
  try {
    await scanXml(chunks, handlers, settle);
    await settle();
  } catch (error) {
    if (!(error instanceof XmlBroken)) {
      await (writer as RawSheetWriter | null)?.abandon().catch(() => undefined);
      throw error;
    }
    await settle();
  }
  const unfinished = writer as RawSheetWriter | null;
  if (unfinished !== null) {
    unfinished.cutShort();
    sheets.push(await unfinished.finish());
  }
  return sheets;
}

type Tables = {
  start(name: string, hidden: boolean): void;
  write(work: (writer: RawSheetWriter) => void): void;
  end(): void;
};

function readTables({ start, write, end }: Tables) {
  const hiddenStyles = new Set<string>();
  let style = '';
  let [aside, depth, row, column, rowRepeat, cellRepeat] = [0, 0, 0, 0, 1, 1];
  let [headColumn, paragraphs, inParagraph] = [0, 0, false];
  let cells: string[] = [];
  let text = '';
  let attributes = '';

  function cellText(): string {
    const shown = decodeXml(text);
    const type = attribute(attributes, 'office:value-type') ?? attribute(attributes, 'calcext:value-type') ?? '';
    const isFormula = attributes.includes('formula=');
    const isError = attribute(attributes, 'calcext:value-type') === 'error' || (isFormula && errorText.test(shown));
    if (isError) return fault('error', shown);
    const value = attribute(attributes, 'office:value');
    switch (type) {
      case 'float':
      case 'percentage':
      case 'currency':
        return value === null ? '' : numberOf(value, type === 'float' ? shown : '');
      case 'date':
        return dateOf(attribute(attributes, 'office:date-value') ?? shown, shown);
      case 'time':
        return timeOf(attribute(attributes, 'office:time-value') ?? '') ?? shown;
      case 'boolean':
        return attribute(attributes, 'office:boolean-value') === 'true' ? 'true' : 'false';
      default:
        if (isFormula && type === '' && shown === '') return fault('noValue', '');
        return paragraphs > 0 ? shown : (attribute(attributes, 'office:string-value') ?? '');
    }
  }

  function fault(kind: 'error' | 'noValue', value: string): string {
    const [atRow, atColumn] = [row, column];
    write((writer) => writer.fault(kind, atRow, atColumn, value));
    return '';
  }

  function endCell(): void {
    const value = cellText();
    const [across, down] = ['columns', 'rows'].map((what) => count(attributes, `table:number-${what}-spanned`));
    if ((across ?? 1) > 1 || (down ?? 1) > 1) {
      const range = { top: row, left: column, bottom: row + (down ?? 1) - 1, right: column + (across ?? 1) - 1 };
      write((writer) => writer.merge(range));
    }
    if (value !== '') {
      while (cells.length < column) cells.push('');
      for (let repeat = 0; repeat < cellRepeat; repeat++) cells.push(value);
    }
    column += cellRepeat;
  }

  function endRow(): void {
    const [first, repeat, filled] = [row, rowRepeat, cells];
    row += rowRepeat;
    if (filled.length === 0) return;
    write((writer) => {
      for (let index = 0; index < repeat; index++) writer.row(first + index, [...filled]);
    });
  }

  return {
    open(name: string, raw: string, empty: boolean) {
      if (asides.has(name)) aside += empty ? 0 : 1;
      if (aside > 0) return;
      switch (name) {
        case 'style':
          style = attribute(raw, 'style:name') ?? '';
          return;
        case 'table-properties':
          if (attribute(raw, 'table:display') === 'false') hiddenStyles.add(style);
          return;
        case 'table':
          if (++depth > 1) return;
          [row, headColumn] = [0, 0];
          start(attribute(raw, 'table:name') ?? '', hiddenStyles.has(attribute(raw, 'table:style-name') ?? ''));
          return;
        case 'table-column': {
          const first = headColumn;
          headColumn += count(raw, 'table:number-columns-repeated');
          const last = headColumn - 1;
          if (isHidden(raw)) write((writer) => writer.hideColumns(first, last));
          return;
        }
        case 'table-row': {
          rowRepeat = count(raw, 'table:number-rows-repeated');
          [cells, column] = [[], 0];
          const [first, repeat] = [row, Math.min(rowRepeat, 1000)];
          if (isHidden(raw))
            write((writer) => {
              for (let index = 0; index < repeat; index++) writer.hideRow(first + index);
            });
          return;
        }
        case 'table-cell':
        case 'covered-table-cell':
          cellRepeat = count(raw, 'table:number-columns-repeated');
          [text, paragraphs, attributes] = ['', 0, raw];
          return;
        case 'p':
          if (paragraphs++ > 0) text += '\n';
          inParagraph = true;
          return;
        case 's':
          if (inParagraph) text += ' '.repeat(Math.min(count(raw, 'text:c'), 1000));
          return;
        case 'tab':
          if (inParagraph) text += '\t';
          return;
        case 'line-break':
          if (inParagraph) text += '\n';
      }
    },
    text(piece: string) {
      if (inParagraph && aside === 0) text += piece;
    },
    close(name: string) {
      if (asides.has(name)) aside = Math.max(0, aside - 1);
      if (aside > 0) return;
      switch (name) {
        case 'p':
          inParagraph = false;
          return;
        case 'table-cell':
          if (depth === 1) endCell();
          return;
        case 'covered-table-cell':
          column += cellRepeat;
          return;
        case 'table-row':
          if (depth === 1) endRow();
          return;
        case 'table':
          if (--depth === 0) end();
      }
    },
  };
}

function count(attributes: string, name: string): number {
  const number = Number(attribute(attributes, name) ?? 1);
  return Number.isInteger(number) && number > 0 ? Math.min(number, 1_048_576) : 1;
}

function isHidden(attributes: string): boolean {
  const visibility = attribute(attributes, 'table:visibility');
  return visibility === 'collapse' || visibility === 'filter';
}

/** A number shown with zeros before it is a code: the text that people see tells it. */
function numberOf(value: string, shown: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const digits = shown.replace(/[\s\u00a0\u202f]/g, '');
  if (/^0\d+$/.test(digits) && Number(digits) === number) return shown.trim().replace(/[\u00a0\u202f]/g, ' ');
  return canonicalNumber(number);
}

/** Midnight is only a time when the cell shows one, in a format for people. */
function dateOf(value: string, shown: string): string {
  const moment = value.replace(/(T\d\d:\d\d:\d\d)[.,]\d+/, '$1');
  return /\d\s*[:h]/i.test(shown) && !/^\d{4}-\d\d-\d\dT/.test(shown) ? moment : moment.replace(/T00:00:00$/, '');
}

/** "PT09H30M00S" → "09:30:00". */
function timeOf(duration: string): string | null {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$/.exec(duration);
  if (found === null) return null;
  return [found[1], found[2], found[3]].map((part) => (part ?? '').padStart(2, '0').replace(/^$/, '00')).join(':');
}
