// Looks at a deposited file as its publication would, step by step, and builds nothing: what the deposit desk shows.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Examination } from '../model/examination.ts';
import type { Field } from '../model/field.ts';
import type { Problem } from '../model/problem.ts';
import type { TableSchema } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { chooseTable } from './choose-table.ts';
import { addressedIn, correctTable } from './corrections.ts';
import { parseFile } from './parse/parse.ts';
import { placed } from './places.ts';
import { keptAsIs } from './repair/repair.ts';
import { checkTable } from './schema/check.ts';
import { matchColumns } from './schema/columns.ts';
import { proposeSchemas } from './schema/propose.ts';
import { screenTable } from './screen/screen.ts';
import type { DepositedFile, ParsedTable, Stage } from './stages.ts';

export type ExamineRequest = {
  /** The table wanted, in a file that holds several; null takes the largest. */
  readonly table: string | null;
  /** Whether a PDF, a picture or a text is published as it is. */
  readonly document?: boolean;
  readonly steps: readonly Step[];
  /** What it is checked against; null: nothing. */
  readonly schema: { readonly name: string; readonly schema: TableSchema } | null;
  /** The schemas that may be proposed. */
  readonly known: readonly { readonly name: string; readonly schema: TableSchema }[];
};

const previewedRows = 10;
const proposedSchemas = 3;
/** More would not be read by anyone; the counts of groups stay whole. */
const mostProblems = 1000;

/**
 * Parse, the producer's steps, types, the schema's checks, personal data: all told at once, addressed as in the file.
 * @param tools.scratch a folder of this work alone
 * @throws TerroirError file.* when it holds no table at all or not the one asked for, steps.nothingLeft, engine.*, disk.full
 */
export async function examineFile(
  file: DepositedFile,
  { table: wanted, document = false, steps, schema, known }: ExamineRequest,
  tools: { readonly scratch: string; readonly tables: TableEngine },
): Promise<Examination> {
  const parsed = await parseFile(file, { ...tools, asDocument: document });
  const chosen = chooseTable(parsed, file.name, wanted ?? undefined);
  const folder = join(tools.scratch, 'examined');
  await mkdir(folder);
  const work = { ...chosen, steps, treatments: [], scratch: tools.scratch, folder, trust: false };
  const { table, typed, problems, corrections, kept } = await correctTable(work, tools.tables);
  const checked = schema === null ? null : await checkTable(table, schema.schema, tools.tables);
  const told = checked?.problems ?? [];
  const ofSchema = told.map((each) =>
    keptAsIs(addressedIn(rewritten(each, typed.fields, told), kept, table.firstSourceColumn), steps),
  );
  const { value: findings } = await screenTable(table, tools.tables);
  return {
    format: parsed.value.format,
    encoding: parsed.value.encoding,
    tables: parsed.value.tables.map(({ name, sheet, rows, emptyRows, headers }) => ({
      name,
      sheet: sheet ?? null,
      rows: rows - emptyRows,
      columns: headers.length,
    })),
    table: chosen.table.name,
    headerRow: table.headerRow,
    rows: table.rows - table.emptyRows,
    fields: typed.fields,
    geometry: typed.geometry,
    places: table.shapes?.examples ?? [],
    preview: table.sample.slice(0, previewedRows),
    problems: withoutTotals(
      merged(
        problems.map((each) => placed(each, chosen.table)),
        ofSchema.map((each) => placed(each, chosen.table)),
      ),
    ).slice(0, mostProblems),
    corrections,
    schema: schema?.name ?? null,
    declaredKey: schema === null ? [] : keyOf(table, schema.schema),
    proposals: proposalsFor(table, known),
    findings,
  };
}

/** The names of the columns that a schema says are the key; none when one of them is not there. */
function keyOf(table: ParsedTable, schema: TableSchema): readonly string[] {
  const place = { headerRow: null, firstColumn: 0, sheet: null };
  const { columnOf } = matchColumns(schema, table.headers, place);
  const names = schema.primaryKey.map((field) => table.headers[columnOf.get(field) ?? -1]?.name);
  return names.every((name) => name !== undefined) ? names : [];
}

function proposalsFor(table: ParsedTable, known: ExamineRequest['known']): Examination['proposals'] {
  const titles = table.headers.map(({ title }) => title);
  return proposeSchemas(titles, table.sample, known).slice(0, proposedSchemas);
}

/** What the schema asks of a value and harmonisation writes anyway: the day in ISO 8601, the number with a point. */
const rewrittenTypes: Readonly<Partial<Record<Problem['code'], readonly Field['type'][]>>> = {
  'type.date': ['date'],
  'type.datetime': ['datetime', 'date'],
  'type.number': ['number', 'integer'],
  'type.integer': ['integer'],
  'type.boolean': ['boolean'],
};

/**
 * Every value of the column is read as what the schema wants, or will be once a day that does not exist is put right: it is
 * published as the schema writes it, nobody has to.
 */
function rewritten(problem: Problem, fields: readonly Field[], all: readonly Problem[]): Problem {
  const types = rewrittenTypes[problem.code];
  const type = fields.find(({ title }) => title === problem.column)?.type;
  if (types === undefined || type === undefined) return problem;
  const soon =
    problem.rewrite === 'date' && all.some(({ code, column }) => code === 'date.invalid' && column === problem.column);
  return types.includes(type) || soon ? { ...problem, severity: 'advice' } : problem;
}

/** A row that looks like a total breaks many rules: it is taken away, or kept; until then they would bury the others. */
function withoutTotals(problems: readonly Problem[]): readonly Problem[] {
  const totals = new Set(
    problems.filter(({ code, severity }) => code === 'row.total' && severity !== 'advice').map(({ row }) => row),
  );
  return problems.filter(({ code, row }) => code === 'row.total' || row === null || !totals.has(row));
}

/** The schema knows what a cell should be: what the reading says of the same cell would only repeat it. */
function merged(ofFile: Stage<unknown>['problems'], ofSchema: readonly Problem[]): readonly Problem[] {
  const place = ({ sheet, cell }: Problem) => JSON.stringify([sheet, cell]);
  const told = new Set(ofSchema.filter(({ cell }) => cell !== null).map(place));
  const repeated = new Set(ofSchema.filter(({ code }) => code === 'column.repeated').map(({ column }) => column));
  const others = ofFile.filter(
    (each) =>
      !(each.cell !== null && told.has(place(each))) &&
      !(each.code === 'header.duplicate' && repeated.has(each.column)),
  );
  return [...others, ...ofSchema];
}
