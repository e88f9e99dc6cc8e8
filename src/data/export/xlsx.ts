// Rows as a workbook (ECMA-376): one sheet, whose rows are texts made by the engine; numbers, dates and moments as spreadsheets have them.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import { runsAsFormula } from './csv.ts';
import type { TypedColumn } from './request.ts';
import type { TextFormat } from './text-format.ts';
import { escapeXml, textValue, xmlText } from './values.ts';
import type { ZipEntry } from './zip.ts';

/** The formats of cells, by their place in styles.xml. */
const style = { date: 1, moment: 2, time: 3, text: 4, header: 5 } as const;
/** What Excel holds in a cell. */
const longestText = 32_767;
/** Numbers of more digits would be rounded by a spreadsheet: they are written as texts. */
const exactNumber = '1e15';

/** The sheet alone: see workbookParts for the rest of the file. */
export const sheetFormat: TextFormat = (request, columns) => {
  const header = columns.map((column) =>
    inlineText(escapeXml(request.csv.useLabels ? column.label : column.name), style.header),
  );
  const pane =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  return {
    head: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${pane}<sheetData><row>${header.join('')}</row>\n`,
    tail: '\n</sheetData></worksheet>',
    commas: false,
    row: ["'<row>'", ...columns.map((column) => `coalesce(${cell(column)}, '<c/>')`), "'</row>'"].join(' || '),
  };
};

function inlineText(text: string, styled?: number): string {
  return `<c${styled === undefined ? '' : ` s="${styled}"`} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function cell({ name, kind, type }: TypedColumn): string {
  const sql = quoteIdentifier(name);
  switch (kind) {
    case 'number': {
      const value = `'<c><v>' || CAST(${sql} AS VARCHAR) || '</v></c>'`;
      if (/^(DOUBLE|FLOAT)/.test(type)) return `CASE WHEN isfinite(${sql}) THEN ${value} END`;
      return `CASE WHEN abs(CAST(${sql} AS DOUBLE)) < ${exactNumber} THEN ${value} ELSE ${textCell(`CAST(${sql} AS VARCHAR)`)} END`;
    }
    case 'boolean':
      return `CASE WHEN ${sql} THEN '<c t="b"><v>1</v></c>' WHEN NOT ${sql} THEN '<c t="b"><v>0</v></c>' END`;
    // Spreadsheets count days from 30 December 1899, and are wrong before March 1900.
    case 'date':
      return `CASE WHEN ${sql} BETWEEN DATE '1900-03-01' AND DATE '9999-12-31' THEN '<c s="${style.date}"><v>' || (${sql} - DATE '1899-12-30') || '</v></c>' ELSE ${textCell(`CAST(${sql} AS VARCHAR)`)} END`;
    case 'datetime':
      return `CASE WHEN ${sql} BETWEEN TIMESTAMP '1900-03-01' AND TIMESTAMP '9999-12-31 23:59:59' THEN '<c s="${style.moment}"><v>' || (epoch_us(${sql}) / 86400000000.0 + 25569) || '</v></c>' ELSE ${textCell(textValue(kind, sql))} END`;
    case 'time':
      return `'<c s="${style.time}"><v>' || (epoch_us(${sql}) / 86400000000.0) || '</v></c>'`;
    default:
      return textCell(textValue(kind, sql));
  }
}

/**
 * A text is never a formula in such a cell; one that looks so is marked as quoted too (`quotePrefix`, the apostrophe of
 * spreadsheets), so that it stays a text when somebody edits it. `_x0041_` would be read as an escape: its `_` is escaped.
 */
function textCell(sql: string): string {
  const short = `CASE WHEN length(${sql}) > ${longestText} THEN substr(${sql}, 1, ${longestText - 1}) || '…' ELSE ${sql} END`;
  const escaped = `regexp_replace(${short}, '_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1', 'g')`;
  const open = (styled: string) => `'<c${styled} t="inlineStr"><is><t xml:space="preserve">'`;
  return `CASE WHEN ${runsAsFormula(sql)} THEN ${open(` s="${style.text}"`)} ELSE ${open('')} END || ${xmlText(escaped)} || '</t></is></c>'`;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The entries of the file, the sheet being at `sheetPath`. */
export function workbookParts(sheetName: string, sheetPath: string): readonly ZipEntry[] {
  const xml = (name: string, text: string): ZipEntry => ({ name, text: declaration + text });
  return [
    xml(
      '[Content_Types].xml',
      `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`,
    ),
    xml(
      '_rels/.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    xml(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeXml(safeSheetName(sheetName))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    xml(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ),
    xml(
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${cellFormats()}</cellXfs></styleSheet>`,
    ),
    { name: 'xl/worksheets/sheet1.xml', path: sheetPath },
  ];
}

function cellFormats(): string {
  const format = (numbers: number, font = 0, more = '') =>
    `<xf numFmtId="${numbers}" fontId="${font}" fillId="0" borderId="0" xfId="0"${numbers > 0 ? ' applyNumberFormat="1"' : ''}${font > 0 ? ' applyFont="1"' : ''}${more}/>`;
  // 21 is the format h:mm:ss that every spreadsheet knows.
  return [format(0), format(164), format(165), format(21), format(0, 0, ' quotePrefix="1"'), format(0, 1)].join('');
}

/** At most 31 signs, none of []:*?/\, no apostrophe at an end. */
function safeSheetName(name: string): string {
  const safe = [...name.replace(/[[\]:*?/\\]/g, ' ')]
    .slice(0, 31)
    .join('')
    .replace(/^'+|'+$/g, '')
    .trim();
  return safe === '' ? 'Feuille1' : safe;
}
