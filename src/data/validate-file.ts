// Whether a file obeys a schema: deposit and parse it aside, check all its rows, keep nothing.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../lib/errors.ts';
import type { Language } from '../model/language.ts';
import { type Problem, problemMessage } from '../model/problem.ts';
import type { LoadedSchema, PackageFile, TableSchema } from '../model/schema.ts';
import type { FileStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { aside, lend } from './lent-file.ts';
import { parseFile } from './parse/parse.ts';
import { concerns } from './places.ts';
import { countAhead } from './schema/ahead.ts';
import { checkTable } from './schema/check.ts';
import { looseName, matchColumns } from './schema/columns.ts';
import { checkDocument } from './schema/json-document.ts';
import type { OtherTable } from './schema/keys.ts';
import type { DepositedFile, ParsedTable } from './stages.ts';

export type Validation = {
  readonly valid: boolean;
  /** The schema's name. */
  readonly schema: string;
  readonly rows: number;
  readonly errorCount: number;
  readonly problems: readonly Problem[];
};

type Tools = { readonly files: FileStore; readonly tables: TableEngine };

/** A JSON document is read whole: larger ones are data for a table. */
const longestDocument = 256 * 1024 * 1024;

/**
 * Checks a file against a schema, all its rows. Of several tables, the one whose header is the likest is checked.
 * @throws TerroirError file.*, engine.*, schema.otherKind, disk.full; bad cells never throw
 */
export async function validateFile(path: string, loaded: LoadedSchema, tools: Tools): Promise<Validation> {
  return aside(tools, async (scratch) => {
    if (loaded.kind === 'table') warmUp(tools.tables);
    const file = await lend(path, scratch);
    if (loaded.kind === 'json') return validateDocument(file, loaded.schema, loaded.name);
    const ahead = await countAhead(file, loaded.schema, tools.tables);
    const { table, problems } = await likestTable(file, loaded.schema, { scratch, tables: tools.tables });
    const checked = await checkTable(table, loaded.schema, tools.tables, undefined, ahead);
    return report(loaded.name, checked.value, problems, checked.problems);
  });
}

/**
 * Checks the files of a package together: foreign keys look into the other files.
 * @throws TerroirError file.*, engine.*, disk.full
 */
export async function validatePackage(
  files: readonly PackageFile[],
  tools: Tools,
): Promise<readonly (Validation & { readonly resource: string })[]> {
  return aside(tools, async (scratch) => {
    const read = [];
    for (const [index, file] of files.entries()) {
      const folder = join(scratch, String(index));
      await mkdir(folder);
      read.push({
        file,
        ...(await likestTable(await lend(file.path, folder), file.schema, { scratch: folder, tables: tools.tables })),
      });
    }
    const others = new Map<string, OtherTable>(
      read.map(({ file, table }) => [file.name, { table, columnOf: columnsOf(table, file.schema) }]),
    );
    const validations = [];
    for (const { file, table, problems } of read) {
      const checked = await checkTable(table, file.schema, tools.tables, others);
      const said = report(file.schema.name, checked.value, problems, checked.problems);
      validations.push({ ...said, resource: file.name });
    }
    return validations;
  });
}

/** The engine starts while the file is read; what goes wrong with it is told by the first question. */
function warmUp(tables: TableEngine): void {
  tables.run([]).catch(() => {});
}

/** What reading the file found stands before what the schema found, and counts too when it is to correct. */
function report(
  schema: string,
  verdict: { readonly rows: number; readonly errorCount: number },
  ofFile: readonly Problem[],
  ofSchema: readonly Problem[],
): Validation {
  const repeated = new Set(ofSchema.filter(({ code }) => code === 'column.repeated').map(({ column }) => column));
  const told = ofFile.filter(({ code, column }) => code !== 'header.duplicate' || !repeated.has(column));
  const toCorrect = told.filter(({ severity }) => severity === 'error');
  const errorCount = verdict.errorCount + toCorrect.reduce((sum, { count }) => sum + (count ?? 1), 0);
  return { valid: errorCount === 0, schema, rows: verdict.rows, errorCount, problems: [...told, ...ofSchema] };
}

async function validateDocument(file: DepositedFile, schema: unknown, name: string): Promise<Validation> {
  const fileName = file.innerName ?? file.name;
  if ((await stat(file.path)).size > longestDocument)
    throw new TerroirError('schema.otherKind', { name, expected: 'JSON < 256 MB', file: fileName });
  let document: unknown;
  try {
    document = JSON.parse((await readFile(file.path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch {
    throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: fileName });
  }
  const checked = checkDocument(document, schema, name);
  return report(name, checked.value, [], checked.problems);
}

async function likestTable(
  file: DepositedFile,
  schema: TableSchema,
  options: { readonly scratch: string; readonly tables: TableEngine },
) {
  const parsed = await parseFile(file, options);
  const names = new Set(schema.fields.map((field) => looseName(field.name)));
  const share = (table: ParsedTable) => table.headers.filter(({ title }) => names.has(looseName(title))).length;
  const [table] = [...parsed.value.tables].sort((a, b) => share(b) - share(a));
  if (table === undefined) throw new TerroirError('file.empty', { name: file.innerName ?? file.name });
  return { table, problems: parsed.problems.filter((each) => concerns(each, table)) };
}

function columnsOf(table: ParsedTable, schema: TableSchema): ReadonlyMap<string, number> {
  return matchColumns(schema, table.headers, { headerRow: null, firstColumn: 0, sheet: null }).columnOf;
}

/** A validation as `terroir validate --json` prints it. */
export function validationJson(validation: Validation, lang: Language): unknown {
  const { valid, schema, rows, errorCount, problems } = validation;
  return {
    valid,
    schema,
    rows,
    errorCount,
    problems: problems.map((each) => ({
      code: each.code,
      severity: each.severity,
      sheet: each.sheet,
      cell: each.cell,
      row: each.row,
      column: each.column,
      value: each.value,
      expected: each.expected,
      proposal: each.proposal,
      count: each.count ?? 1,
      message: problemMessage(each, lang),
    })),
  };
}
