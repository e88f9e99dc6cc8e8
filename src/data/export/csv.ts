// Rows as comma-separated values: for programs as they are, for spreadsheets without formulas.
import { formulaStart, harmless } from '../../model/spreadsheet-text.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { CsvOptions, ExportRequest } from './request.ts';
import { csvValue } from './values.ts';

/** How the COPY of rows writes them. */
export function csvCopyOptions(request: ExportRequest): string {
  const { csv } = request;
  // The engine writes no byte order mark: the header is ours, before the rows. It ends the last row by the suffix alone.
  const rows = `FORMAT csv, HEADER false, DELIMITER ${quoteLiteral(csv.delimiter)}${csv.quoteAll ? ', FORCE_QUOTE *' : ''}`;
  return `${rows}, PREFIX ${quoteLiteral(csvHeader(request))}, SUFFIX '\n'`;
}

/** The first line, with its end. */
export function csvHeader({ columns, csv }: ExportRequest): string {
  const cells = columns.map((column) => csvCell(csv.useLabels ? column.label : column.name, csv));
  return `${csv.withBom ? '\uFEFF' : ''}${cells.join(csv.delimiter)}\n`;
}

function csvCell(text: string, csv: CsvOptions): string {
  const quoted = csv.quoteAll || text.includes(csv.delimiter) || /["\r\n]|^$/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/** How a value is written, by its kind. */
export function csvWriter({ csv }: ExportRequest): (kind: string, sql: string) => string {
  return csv.forSpreadsheet ? spreadsheetValue : csvValue;
}

/** Whether a text is one that a spreadsheet would run. */
export function runsAsFormula(sql: string): string {
  return `regexp_matches(${sql}, ${quoteLiteral(formulaStart)}) AND NOT regexp_matches(${sql}, ${quoteLiteral(harmless)})`;
}

/** Only texts can hold a formula: numbers and dates are written by us. */
function spreadsheetValue(kind: string, sql: string): string {
  if (kind !== 'text') return csvValue(kind, sql);
  return `CASE WHEN ${runsAsFormula(sql)} THEN concat('''', ${sql}) ELSE ${sql} END`;
}
