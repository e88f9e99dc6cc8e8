// One producer's file through its mapping: the rows in the words of the schema, those that it cannot take set aside with why.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Language } from '../model/language.ts';
import type { Mapping } from '../model/mapping.ts';
import { cellAddress, type ProblemCode, problem, problemMessage } from '../model/problem.ts';
import type { TableSchema } from '../model/schema.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { rowMapper } from './mapping/apply.ts';
import { regularRecords } from './repair/regular-csv.ts';
import { numberedRows } from './repair/repair.ts';
import { csvLine } from './repair/set-aside.ts';
import { brokenRecords } from './schema/broken-rows.ts';
import { compileRules } from './schema/compile.ts';
import { reformValue } from './schema/reform.ts';
import type { Rule } from './schema/rule.ts';
import type { ParsedTable } from './stages.ts';

/** The last columns: where the row is in the producer's file, as a spreadsheet counts; why it was set aside. */
export const rowColumn = 'sourceRow';
export const reasonColumn = 'reason';

export type Contribution = {
  readonly table: ParsedTable;
  readonly mapping: Pick<Mapping, 'mappings'>;
  /** What is the same for all its rows, by name of column: from whom, from which file …; in this order, before the row. */
  readonly origin: Readonly<Record<string, string>>;
};

export type Harmonised = {
  /** A CSV with a header: the fields of the schema, the columns of origin, the row. */
  readonly path: string;
  readonly rows: number;
  /** The same with the reason, for the rows that the schema cannot take. */
  readonly rejectedPath: string;
  readonly rejected: number;
  /** How many rows are set aside for each fault, the most frequent first. */
  readonly reasons: readonly { readonly field: string; readonly code: ProblemCode; readonly rows: number }[];
};

/**
 * @param folder an existing folder for the two files
 * @throws TerroirError engine.*, disk.full; no row makes it fail
 */
export async function harmoniseFile(
  { table, mapping, origin }: Contribution,
  schema: TableSchema,
  tools: { readonly tables: TableEngine; readonly folder: string; readonly lang: Language },
): Promise<Harmonised> {
  const { tables, folder, lang } = tools;
  const mapped = await writeMapped(table, mapping, schema, join(folder, 'mapped.csv'));
  const columnOf = new Map(schema.fields.map(({ name }, index) => [name, index]));
  const rules = compileRules(schema, columnOf);
  const broken = mapped.table.source.records === 0 ? new Map() : await brokenRecords(mapped.table, rules, tables);
  const path = join(folder, 'harmonised.csv');
  const rejectedPath = join(folder, 'rejected.csv');
  const header = [...schema.fields.map(({ name }) => name), ...Object.keys(origin), rowColumn];
  const same = Object.values(origin);
  const [kept, aside] = [createWriteStream(path), createWriteStream(rejectedPath)];
  kept.write(csvLine(header, ','));
  aside.write(csvLine([...header, reasonColumn], ','));
  const reasons = new Map<Rule, number>();
  const why = sentences({ table, mapping, lang });
  let record = 0;
  for await (const batch of regularRecords(mapped.table.source)) {
    for (const { cells } of batch) {
      const row = mapped.rows[record++] ?? 0;
      const faults = oneForEachField(broken.get(record) ?? []);
      const all = [...cells, ...same, String(row)];
      if (faults.length === 0) kept.write(csvLine(all, ','));
      else
        aside.write(csvLine([...all, faults.map((rule) => why(rule, cells[rule.column] ?? '', row)).join(' ')], ','));
      for (const rule of faults) reasons.set(rule, (reasons.get(rule) ?? 0) + 1);
    }
    if (kept.writableNeedDrain) await once(kept, 'drain');
    if (aside.writableNeedDrain) await once(aside, 'drain');
  }
  kept.end();
  aside.end();
  await Promise.all([finished(kept), finished(aside)]);
  return {
    path,
    rows: record - broken.size,
    rejectedPath,
    rejected: broken.size,
    reasons: [...reasons]
      .map(([rule, rows]) => ({ field: rule.field, code: rule.code, rows }))
      .toSorted((a, b) => b.rows - a.rows),
  };
}

/** The rows in the schema's words, and the row of the file that each comes from. */
async function writeMapped(
  table: ParsedTable,
  mapping: Pick<Mapping, 'mappings'>,
  schema: TableSchema,
  path: string,
): Promise<{ readonly table: ParsedTable; readonly rows: readonly number[] }> {
  const titles = table.headers.map(({ title }) => title);
  const map = rowMapper(mapping, schema, titles, reformValue);
  const out = createWriteStream(path);
  const names = schema.fields.map(({ name }) => name);
  out.write(csvLine(names, ','));
  const rows: number[] = [];
  let longest = 0;
  for await (const batch of numberedRows(table)) {
    for (const { row, cells } of batch) {
      const made = map(cells);
      // A row that gives nothing to the schema is no row of it.
      if (made.every((cell) => cell === '')) continue;
      const line = csvLine(made, ',');
      longest = Math.max(longest, line.length * 4);
      rows.push(row);
      out.write(line);
    }
    if (out.writableNeedDrain) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  const source = {
    path,
    delimiter: ',',
    records: rows.length,
    skipLines: 1,
    columns: names.length,
    original: false,
    longestRecord: longest,
  };
  const headers = names.map((name) => ({ title: name, name }));
  return {
    rows,
    table: {
      name: table.name,
      source,
      headerRow: null,
      rows: rows.length,
      emptyRows: 0,
      headers,
      firstSourceRow: 2,
      droppedSourceRows: [],
      sample: [],
    },
  };
}

/** What is wrong with a cell is told once: a code that is too short has no right key either. */
function oneForEachField(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule, index) => rules.findIndex(({ field }) => field === rule.field) === index);
}

/** Why a rule sets a row aside, in the words of the report, with the cell of the producer's own file. */
function sentences({
  table,
  mapping,
  lang,
}: Pick<Contribution, 'table' | 'mapping'> & { readonly lang: Language }): (
  rule: Rule,
  value: string,
  row: number,
) => string {
  const titles = table.headers.map(({ title }) => title);
  return (rule, value, row) => {
    const column = mapping.mappings.find(({ field }) => field === rule.field)?.columns[0];
    if (column === undefined && rule.code === 'value.required')
      return problemMessage(problem('column.required', 'error', { column: rule.field, expected: rule.field }), lang);
    const place = column === undefined ? null : titles.indexOf(column) + (table.firstSourceColumn ?? 0);
    const said = {
      column: column ?? rule.field,
      row,
      cell: place === null ? null : cellAddress(place, row),
      value: value === '' ? null : value,
      expected: rule.expected,
    };
    return problemMessage(problem(rule.code, 'error', said), lang);
  };
}
