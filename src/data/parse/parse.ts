// Second stage: from a deposited file to its tables, by the reader of its format.
import { extname } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { problem } from '../../model/problem.ts';
import type { DepositedFile, ParsedFile, Stage } from '../stages.ts';
import { documentTable } from './document-table.ts';
import { recogniseFormat } from './formats.ts';
import { type ReadOptions, readers } from './readers.ts';
import { readZipTables } from './zip-tables.ts';

const textEndings = new Set(['.csv', '.tsv', '.tab', '.txt', '.asc', '.dat']);
const sheetEndings = new Set(['.xlsx', '.xlsm', '.xls', '.ods', '.xlsb']);

/**
 * Reads the tables of a file, whatever its format, and everything irregular in them.
 * @throws TerroirError file.* when the file holds no table that can be read; bad cells never throw
 */
export async function parseFile(file: DepositedFile, options: ReadOptions): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  const { format, shown } = await recogniseFormat(file.path, name);
  const ending = extname(name).toLowerCase();
  if (format === 'document' || format === 'picture') {
    // A picture that claims to be a table is a mistake, not a document to publish.
    if (textEndings.has(ending)) throw new TerroirError('file.binary', { name });
    if (options.asDocument === true) return documentTable(file, shown, options.scratch);
    throw new TerroirError('file.document', { name, format: shown });
  }
  if (format === 'zip')
    return readZipTables(file, options.scratch, (inner, scratch) =>
      parseFile(inner, { scratch, tables: options.tables }),
    );
  const read = readers[format];
  if (read === undefined) throw new TerroirError('file.formatUnsupported', { name, format: shown });
  const parsed = await read(file, options);
  if (!sheetEndings.has(ending) || !['delimited', 'html', 'excel-xml'].includes(format)) return parsed;
  // Many exports call a text ".xls" so that a spreadsheet opens it; a text of one column is a broken workbook instead.
  if (format === 'delimited' && parsed.value.delimiter === null) throw new TerroirError('file.damaged', { name });
  const found = parsed.value.format.toUpperCase();
  return {
    ...parsed,
    problems: [problem('file.otherFormat', 'advice', { value: name, expected: found }), ...parsed.problems],
  };
}
