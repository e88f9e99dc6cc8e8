// The empty table of a schema as CSV: its header alone, ready to be filled.
import type { TableSchema } from '../../model/schema.ts';

/** UTF-8 with a mark and semicolons, as French spreadsheets open it with a double click. */
export function csvTemplate(schema: TableSchema): string {
  return `\uFEFF${schema.fields.map((field) => quoted(field.name)).join(';')}\r\n`;
}

function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
