// Does what the producer decided of personal data: a copy of the table without it, which every later stage reads instead.
import { join } from 'node:path';
import type { Treatment } from '../../model/finding.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { rawColumn, readCsvExpression } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable, Stage } from '../stages.ts';
import { maskExpression } from './mask.ts';

/** A column that stays: its place among the raw columns, and the SQL that makes it of them. */
export type TreatedColumn = { readonly index: number; readonly expression: string };

/** Which columns stay and how; treatments whose column is not there are told. Removing wins over masking. */
export function planTreatments(
  headers: ParsedTable['headers'],
  treatments: readonly Treatment[],
): { readonly columns: readonly TreatedColumn[]; readonly unmatched: readonly Treatment[] } {
  const byName = new Map<string, Treatment>();
  for (const treatment of treatments)
    if (byName.get(treatment.column)?.kind !== 'remove') byName.set(treatment.column, treatment);
  const columns = headers.flatMap(({ name }, index) => {
    const treatment = byName.get(name);
    if (treatment?.kind === 'remove') return [];
    const raw = rawColumn(index);
    return [{ index, expression: treatment === undefined ? raw : maskExpression(treatment.mask, raw) }];
  });
  const names = new Set(headers.map(({ name }) => name));
  return { columns, unmatched: treatments.filter(({ column }) => !names.has(column)) };
}

export type Treated = {
  readonly table: ParsedTable;
  /** The columns of the parsed table that stay, in order. */
  readonly kept: readonly number[];
};

/**
 * The problems of a table without what its treated columns held: those of a removed column go, those of a masked one keep
 * their place and lose what was read, expected and proposed.
 */
export function withoutTreated(
  problems: readonly Problem[],
  headers: ParsedTable['headers'],
  treatments: readonly Treatment[],
): readonly Problem[] {
  const kinds = new Map<string, Treatment['kind']>();
  for (const { kind, column } of treatments) {
    const header = headers.find(({ name }) => name === column);
    for (const known of [column, header?.title ?? column]) if (kinds.get(known) !== 'remove') kinds.set(known, kind);
  }
  return problems.flatMap((each) => {
    const kind = each.column === null ? undefined : kinds.get(each.column);
    if (kind === undefined) return [each];
    return kind === 'remove' ? [] : [{ ...each, value: null, expected: null, proposal: null }];
  });
}

/** Records kept in the sample of the copy, spread over it; the first ones are always among them. */
const sampled = 5000;
const sampledFirst = 1000;

/**
 * Writes a copy of a table with the treatments done: validate, harmonise and store read it and never see what was hidden.
 * @param folder an existing folder of this journey alone
 * @returns the table to go on with (the same one when nothing is to be done), and a problem for each treatment whose column
 *   is no longer there: what it hid may have come back under another name
 * @throws TerroirError engine.*, disk.full
 */
export async function treatTable(
  table: ParsedTable,
  treatments: readonly Treatment[],
  folder: string,
  tables: TableEngine,
): Promise<Stage<Treated>> {
  const { columns, unmatched } = planTreatments(table.headers, treatments);
  const problems = unmatched.map((treatment) => unmatchedProblem(treatment, table));
  const kept = columns.map(({ index }) => index);
  const untouched = columns.every(({ index, expression }) => expression === rawColumn(index));
  if (columns.length === 0 || (untouched && columns.length === table.headers.length))
    return { value: { table, kept }, problems };

  const path = join(folder, 'treated.csv');
  const shapes = shapesOf(table, columns);
  const beyond = shapes.shapes === undefined ? [] : (table.shapes?.pointColumns ?? []).map(rawColumn);
  const expressions = [...columns.map(({ expression }) => expression), ...beyond];
  // A record of one empty cell would be an empty line, which is no record: a blank stands for it.
  const made = expressions.map((expression, place) =>
    expressions.length === 1 ? `coalesce(${expression}, ' ') AS t${place}` : `(${expression}) AS t${place}`,
  );
  // What was learnt of the original's cells does not hold for the copy's.
  const { cells: _cells, ...original } = table.source;
  const source = { ...original, path, delimiter: ',', skipLines: 0, columns: expressions.length, original: false };
  // Masks add a few signs to a cell, quotes as many as there were.
  const copy = { ...source, longestRecord: table.source.longestRecord * 2 + 40 * expressions.length };
  const step = Math.max(1, Math.ceil(table.source.records / (sampled - sampledFirst)));
  const [, sample] = await tables.run([
    {
      sql: `COPY (SELECT ${made.join(', ')} FROM ${readCsvExpression(table.source)}) TO ${quoteLiteral(path)} (FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
    },
    {
      sql: `SELECT * EXCLUDE (place) FROM (SELECT *, row_number() OVER () AS place FROM ${readCsvExpression(copy)}) WHERE place <= ${sampledFirst} OR place % ${step} = 0`,
    },
  ]);
  const records = (sample?.rows ?? []).map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  return {
    value: {
      kept,
      table: {
        ...withoutShapes(table),
        ...shapes,
        source: copy,
        headers: kept.map((index) => table.headers[index] as ParsedTable['headers'][number]),
        sample: records,
      },
    },
    problems,
  };
}

function withoutShapes({ shapes: _shapes, ...table }: ParsedTable): ParsedTable {
  return table;
}

/**
 * The column of shapes moves with the others, and the point that stands for each shape goes after them; all go when the
 * shapes are hidden, even in part: their points would tell them.
 */
function shapesOf(
  { shapes }: ParsedTable,
  columns: readonly { readonly index: number; readonly expression: string }[],
): Pick<ParsedTable, 'shapes'> {
  if (shapes === undefined) return {};
  const column = columns.findIndex(({ index }) => index === shapes.column);
  if (column === -1 || columns[column]?.expression !== rawColumn(shapes.column)) return {};
  return { shapes: { ...shapes, column, pointColumns: [columns.length, columns.length + 1] } };
}

function unmatchedProblem({ column }: Treatment, table: ParsedTable): Problem {
  return problem('personal.unmatched', 'warning', { sheet: table.sheet ?? null, column });
}
