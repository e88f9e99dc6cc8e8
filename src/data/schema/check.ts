// Checks a table against a schema: what its header lacks, what its cells break, told in the order of the file.
import { TerroirError } from '../../lib/errors.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { TableSchema } from '../../model/schema.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable, Stage } from '../stages.ts';
import { type Ahead, isAsGuessed } from './ahead.ts';
import { matchColumns } from './columns.ts';
import { compileRules } from './compile.ts';
import { groupCells } from './groups.ts';
import { checkForeignKeys, checkKeys, type OtherTable } from './keys.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run.ts';

export type SchemaVerdict = {
  /** Whether nothing is to correct; warnings do not count. */
  readonly valid: boolean;
  readonly rows: number;
  /** Columns, cells and records that break a rule: identical ones are all counted. */
  readonly errorCount: number;
};

/**
 * Checks all rows of a table. Identical errors are one problem with a count, at the place of the first of them.
 * @param ahead a count begun before the file was read, see countAhead
 * @param others the other tables of the package, by the names that foreign keys give them
 * @throws TerroirError file.unreadable when the engine reads other records than we did; engine.*, disk.full
 */
export async function checkTable(
  table: ParsedTable,
  schema: TableSchema,
  tables: TableEngine,
  others: ReadonlyMap<string, OtherTable> = new Map(),
  ahead: Ahead | null = null,
): Promise<Stage<SchemaVerdict>> {
  const match = matchColumns(schema, table.headers, {
    headerRow: table.headerRow,
    firstColumn: table.firstSourceColumn ?? 0,
    sheet: table.sheet ?? null,
  });
  const compiled = compileRules(schema, match.columnOf);
  const counted = ahead !== null && isAsGuessed(ahead, table) ? await ahead.count : null;
  // What was counted shows that the engine reads every rule.
  const rules = counted === null ? await readableRules(compiled, tables) : compiled;
  const { broken, unjudged } = await runRules(table, rules, tables, counted);
  const keys = await checkKeys(table, schema, match.columnOf, tables);
  const foreign = await checkForeignKeys(table, schema, match.columnOf, others, tables);
  const cells = broken.flatMap((each) => groupCells(table, each));
  const problems = [
    ...match.problems,
    ...[...cells, ...keys.problems, ...foreign.problems].sort(byPlace),
    ...unjudged.map((rule) => unfinished(table, rule)),
    ...rules
      .filter((rule) => rule.breaks === 'FALSE' && rule.severity === 'warning')
      .map((rule) => unmade(table, rule)),
  ];
  const errorCount =
    match.problems.filter((each) => each.severity === 'error').length +
    broken.reduce((sum, each) => sum + (each.rule.severity === 'error' ? each.total : 0), 0) +
    keys.errors +
    foreign.errors;
  return { value: { valid: errorCount === 0, rows: table.rows, errorCount }, problems };
}

/** The first cell first; what has no row comes before. */
function byPlace(a: Problem, b: Problem): number {
  return (
    (a.row ?? 0) - (b.row ?? 0) ||
    (a.cell ?? '').length - (b.cell ?? '').length ||
    ((a.cell ?? '') < (b.cell ?? '') ? -1 : 1)
  );
}

/** Patterns that the engine itself cannot read are judged here instead: one statement asks about them all. */
async function readableRules(rules: readonly Rule[], tables: TableEngine): Promise<readonly Rule[]> {
  const probed = rules.filter((rule) => rule.probe !== undefined);
  if (probed.length === 0 || (await reads(tables, probed))) return rules;
  const unreadable = new Set<Rule>();
  for (const rule of probed) if (!(await reads(tables, [rule]))) unreadable.add(rule);
  return rules.map((rule) => (unreadable.has(rule) ? (rule.instead ?? rule) : rule));
}

async function reads(tables: TableEngine, rules: readonly Rule[]): Promise<boolean> {
  try {
    await tables.run([{ sql: `SELECT ${rules.map((rule) => rule.probe).join(', ')}` }]);
    return true;
  } catch (error) {
    if (error instanceof TerroirError && error.code === 'engine.failed') return false;
    throw error;
  }
}

function unfinished(table: ParsedTable, rule: Rule): Problem {
  return problem('check.unfinished', 'warning', {
    sheet: table.sheet ?? null,
    column: rule.field,
    expected: rule.expected,
  });
}

function unmade(table: ParsedTable, rule: Rule): Problem {
  return problem(rule.code, 'warning', { sheet: table.sheet ?? null, column: rule.field, expected: rule.expected });
}
