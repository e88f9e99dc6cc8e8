// What changed from one version to another: rows added, modified, removed, by key when there is one, and columns.
import type { Field } from '../../model/field.ts';
import type { ColumnChange, KeyOfRows, RowChange, VersionDiff } from '../../model/version-diff.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { Rows, TableEngine } from '../../stores/tables/engine.ts';
import { type ComparedVersion, parquet } from './compared.ts';
import { findKey } from './key.ts';

export type CompareOptions = {
  /** Names of the columns that the producer or the schema says are the key. */
  readonly declaredKey?: readonly string[];
  /** Rows listed of each kind of change. */
  readonly listed: number;
};

const compareSeconds = 120;

/**
 * Compares two versions over all their rows. Values are compared as they are stored; a column that changed its type is
 * compared as text, numbers as numbers.
 * @throws TerroirError engine.timeout, engine.memory, engine.failed, disk.full
 */
export async function compareVersions(
  from: ComparedVersion,
  to: ComparedVersion,
  tables: TableEngine,
  options: CompareOptions,
): Promise<VersionDiff> {
  const columns = columnChanges(from.fields, to.fields);
  const common = from.fields.flatMap((a) => {
    const b = to.fields.find((field) => field.name === a.name);
    return b === undefined ? [] : [{ name: a.name, title: b.title, wide: wideType(a, b) }];
  });
  if (common.length === 0) {
    const counts = { added: to.rows, removed: from.rows, modified: 0, unchanged: 0 };
    return { key: null, columns, ...counts, listed: { added: [], removed: [], modified: [] }, changedCells: [] };
  }
  const key = await findKey(from, to, tables, options.declaredKey ?? []);
  const request = { from: from.dataPath, to: to.dataPath, common, listed: options.listed };
  return { columns, ...(key === null ? await byWholeRow(request, tables) : await byKey(request, key, tables)) };
}

type Common = { readonly name: string; readonly title: string; readonly wide: string | null };
type Request = {
  readonly from: string;
  readonly to: string;
  readonly common: readonly Common[];
  readonly listed: number;
};

async function byKey(request: Request, key: KeyOfRows, tables: TableEngine): Promise<Omit<VersionDiff, 'columns'>> {
  const { common, listed } = request;
  const keys = common.filter((column) => key.columns.includes(column.name));
  const others = common.filter((column) => !key.columns.includes(column.name));
  const wides = new Map(common.map((column) => [column.name, column.wide]));
  const value = (side: 'a' | 'b', name: string) => {
    const wide = wides.get(name) ?? null;
    const column = `${side}.${quoteIdentifier(name)}`;
    return wide === null ? column : `CAST(${column} AS ${wide})`;
  };
  const same = keys.map(({ name }) => `${value('a', name)} = ${value('b', name)}`).join(' AND ');
  const differs = others.map(({ name }) => `${value('a', name)} IS DISTINCT FROM ${value('b', name)}`);
  const first = quoteIdentifier(keys[0]?.name ?? '');
  const joined = `${parquet(request.from)} AS a FULL JOIN ${parquet(request.to)} AS b ON ${same}`;
  const [isAdded, isRemoved] = [`a.${first} IS NULL`, `b.${first} IS NULL`];
  const isModified = `NOT (${isAdded}) AND NOT (${isRemoved}) AND (${differs.join(' OR ') || 'FALSE'})`;
  const cells = differs.map((differ) => `count_if(NOT (${isAdded}) AND NOT (${isRemoved}) AND ${differ})`);
  const sums = [`count_if(${isAdded})`, `count_if(${isRemoved})`, `count_if(${isModified})`, 'count(*)', ...cells];
  const shown = (side: 'a' | 'b') => common.map(({ name }) => `CAST(${side}.${quoteIdentifier(name)} AS VARCHAR)`);
  const list = (condition: string, expressions: readonly string[], side: 'a' | 'b') => ({
    sql: `SELECT ${expressions.join(', ')} FROM ${joined} WHERE ${condition} ORDER BY ${keys.map(({ name }) => `${side}.${quoteIdentifier(name)}`).join(', ')} LIMIT ${listed}`,
  });
  const [counted, added, removed, modified] = await tables.run(
    [
      { sql: `SELECT ${sums.join(', ')} FROM ${joined}` },
      list(isAdded, shown('b'), 'b'),
      list(isRemoved, shown('a'), 'a'),
      list(isModified, [...shown('a'), ...shown('b')], 'b'),
    ],
    { timeoutSeconds: compareSeconds },
  );
  const [addedRows = 0, removedRows = 0, modifiedRows = 0, all = 0, ...changed] = (counted?.rows[0] ?? []).map(Number);
  return {
    key,
    added: addedRows,
    removed: removedRows,
    modified: modifiedRows,
    unchanged: all - addedRows - removedRows - modifiedRows,
    listed: {
      added: recordsOf(added, common),
      removed: recordsOf(removed, common),
      modified: (modified?.rows ?? []).map((row) => changeOf(row, common, keys, others)),
    },
    changedCells: others
      .map(({ title }, index) => ({ column: title, cells: changed[index] ?? 0 }))
      .filter(({ cells: count }) => count > 0),
  };
}

function changeOf(
  row: readonly unknown[],
  common: readonly Common[],
  keys: readonly Common[],
  others: readonly Common[],
): RowChange {
  const before = new Map(common.map(({ name }, index) => [name, text(row[index])]));
  const after = new Map(common.map(({ name }, index) => [name, text(row[common.length + index])]));
  return {
    key: keys.map(({ name }) => after.get(name) ?? ''),
    changes: others.flatMap(({ name, title }) => {
      const [from, to] = [before.get(name) ?? null, after.get(name) ?? null];
      return from === to ? [] : [{ column: title, from, to }];
    }),
  };
}

/** Without a key, a row is what it holds: what is in one version and not in the other, as many times as it is there. */
async function byWholeRow(request: Request, tables: TableEngine): Promise<Omit<VersionDiff, 'columns'>> {
  const { common, listed } = request;
  const select = (path: string) =>
    `SELECT ${common.map(({ name, wide }) => (wide === null ? quoteIdentifier(name) : `CAST(${quoteIdentifier(name)} AS ${wide})`)).join(', ')} FROM ${parquet(path)}`;
  const except = (a: string, b: string) => `(${select(a)} EXCEPT ALL ${select(b)})`;
  const shown = common.map(({ name }, index) => `CAST(t.c${index} AS VARCHAR) AS ${quoteIdentifier(name)}`).join(', ');
  const named = (sql: string) => `${sql} AS t(${common.map((_column, index) => `c${index}`).join(', ')})`;
  const order = common.map((_column, index) => `t.c${index}`).join(', ');
  const [added, removed, total] = [
    except(request.to, request.from),
    except(request.from, request.to),
    `(SELECT count(*) FROM ${parquet(request.to)})`,
  ];
  const [counted, addedRows, removedRows] = await tables.run(
    [
      { sql: `SELECT (SELECT count(*) FROM ${added}), (SELECT count(*) FROM ${removed}), ${total}` },
      { sql: `SELECT ${shown} FROM ${named(added)} ORDER BY ${order} LIMIT ${listed}` },
      { sql: `SELECT ${shown} FROM ${named(removed)} ORDER BY ${order} LIMIT ${listed}` },
    ],
    { timeoutSeconds: compareSeconds },
  );
  const [plus = 0, minus = 0, all = 0] = (counted?.rows[0] ?? []).map(Number);
  return {
    key: null,
    added: plus,
    removed: minus,
    modified: 0,
    unchanged: all - plus,
    listed: { added: recordsOf(addedRows, common), removed: recordsOf(removedRows, common), modified: [] },
    changedCells: [],
  };
}

function recordsOf(rows: Rows | undefined, common: readonly Common[]): VersionDiff['listed']['added'] {
  return (rows?.rows ?? []).map((row) =>
    common.map(({ title }, index) => ({ column: title, value: text(row[index]) })),
  );
}

function columnChanges(from: readonly Field[], to: readonly Field[]): readonly ColumnChange[] {
  const added = to.filter((b) => !from.some((a) => a.name === b.name));
  const removed = from.filter((a) => !to.some((b) => b.name === a.name));
  const retyped = to.flatMap((b) => {
    const a = from.find((field) => field.name === b.name);
    return a === undefined || a.type === b.type
      ? []
      : [{ kind: 'type' as const, column: b.title, from: a.type, to: b.type }];
  });
  return [
    ...added.map((b) => ({ kind: 'added' as const, column: b.title, from: null, to: b.type })),
    ...removed.map((a) => ({ kind: 'removed' as const, column: a.title, from: a.type, to: null })),
    ...retyped,
  ];
}

/** What both are read as when their types differ; null when they are the same. */
function wideType(a: Field, b: Field): string | null {
  if (a.type === b.type) return null;
  const numbers = (field: Field) => field.type === 'integer' || field.type === 'number';
  return numbers(a) && numbers(b) ? 'DOUBLE' : 'VARCHAR';
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
