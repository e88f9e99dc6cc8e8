// Which table of a file a dataset is made of: the one asked for, else the only one, else the largest.
import { TerroirError } from '../lib/errors.ts';
import { type Problem, problem } from '../model/problem.ts';
import { concerns } from './places.ts';
import type { ParsedFile, ParsedTable, Stage } from './stages.ts';

export type ChosenTable = {
  readonly table: ParsedTable;
  /** What is about this table or the whole file, the other tables' own problems left out. */
  readonly problems: readonly Problem[];
};

/**
 * @param fileName the deposited file's name, for people
 * @param wanted the table's name as `inspect` gives it, or its sheet's; capitals and blanks around do not count
 * @throws TerroirError file.empty, file.headerOnly, file.tableUnknown
 */
export function chooseTable(
  { value, problems }: Stage<Pick<ParsedFile, 'tables'>>,
  fileName: string,
  wanted?: string,
): ChosenTable {
  const { tables } = value;
  const table = wanted === undefined ? largest(tables) : named(tables, wanted);
  if (table === undefined && wanted !== undefined) {
    const accepted = tables.map(({ name }) => `« ${name} »`).join(', ');
    throw new TerroirError('file.tableUnknown', { name: fileName, table: wanted, accepted });
  }
  if (table === undefined) throw new TerroirError('file.empty', { name: fileName });
  if (filledRows(table) === 0) throw new TerroirError('file.headerOnly', { name: fileName });
  const others = tables.filter((other) => other !== table);
  const ours = problems.filter((each) => concerns(each, table) || !others.some((other) => concerns(each, other)));
  if (others.length === 0 || wanted !== undefined) return { table, problems: ours };
  const warning = problem('table.others', 'warning', {
    value: table.name,
    count: tables.length,
    expected: others.map(({ name, rows }) => `« ${name} » (${rows})`).join(', '),
  });
  return { table, problems: [warning, ...ours] };
}

function named(tables: readonly ParsedTable[], wanted: string): ParsedTable | undefined {
  const key = (text: string) => text.trim().toLowerCase();
  return (
    tables.find(({ name }) => key(name) === key(wanted)) ?? tables.find(({ sheet }) => key(sheet ?? '') === key(wanted))
  );
}

/** The most cells; among equals the first one. */
function largest(tables: readonly ParsedTable[]): ParsedTable | undefined {
  const cells = (table: ParsedTable) => filledRows(table) * table.headers.length;
  return tables.reduce<ParsedTable | undefined>(
    (best, table) => (best === undefined || cells(table) > cells(best) ? table : best),
    undefined,
  );
}

function filledRows({ rows, emptyRows }: ParsedTable): number {
  return rows - emptyRows;
}
