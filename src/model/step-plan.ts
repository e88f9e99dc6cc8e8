// Steps made ready for one table: which columns stay and how they are called, and what becomes of each of its rows.
import { columnName, uniqueNames } from '../lib/text.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { type RewriteKind, rewriteText } from './rewrite.ts';
import { columnKey, type Step } from './step.ts';

export type PlanHeader = { readonly title: string; readonly name: string };

/** Why a step finds nothing to do in a table. */
export type Unmatched =
  | 'columnMissing'
  | 'sheetMissing'
  | 'rowMissing'
  | 'valueMissing'
  | 'alreadyRight'
  | 'problemMissing'
  | 'ambiguous';

/** What became of a row: its cells (all the table's columns, dropped ones too), and the step that sets it aside. */
export type PlannedRow = { readonly cells: readonly string[]; readonly aside: number | null };

export type StepPlan = {
  /** Indexes of the columns that stay, in their order, and how they are called. */
  readonly kept: readonly number[];
  readonly headers: readonly PlanHeader[];
  /** The new title of a column, null when it keeps its own. */
  titleOf(index: number): string | null;
  /** Every text that the steps write. */
  readonly texts: readonly string[];
  /** For each step on one cell, the index of its column, its row and what was read there. */
  readonly cells: ReadonlyMap<number, { readonly index: number; readonly row: number; readonly from: string }>;
  /** The rows that steps name. */
  readonly named: ReadonlySet<number>;
  /** Whether rows must be read at all: titles alone may have changed. */
  readonly touchesRows: boolean;
  /** What becomes of a row; the same array when nothing changes. Counts what each step did. */
  apply(row: number, cells: readonly string[]): PlannedRow;
  /** For each step, how many cells (or rows set aside) it found; meaningful once all rows went through. */
  hits(): readonly number[];
  /** For each step that can find nothing in this table whatever its rows hold, the reason. */
  readonly impossible: ReadonlyMap<number, Unmatched>;
};

export type PlannedTable = {
  readonly sheet: string | null;
  readonly headers: readonly PlanHeader[];
  /** What is known to be wrong with the table: « set aside the rows that … » reads the rows here. */
  readonly problems: readonly Problem[];
};

/** One thing to do to the cells of a column. */
type Operation =
  | { readonly kind: 'cell'; readonly index: number; readonly row: number; readonly from: string; readonly to: string }
  | { readonly kind: 'value'; readonly index: number; readonly from: string; readonly to: string }
  | { readonly kind: 'pad'; readonly index: number; readonly length: number }
  | { readonly kind: 'rewrite'; readonly index: number; readonly as: RewriteKind }
  | { readonly kind: 'asideValue'; readonly index: number; readonly value: string }
  | { readonly kind: 'asideRows'; readonly rows: ReadonlySet<number> };
/** An operation, and the step it comes from. */
type Placed = Operation & { readonly step: number };

/** A problem quotes a long cell cut at this length, with a sign that says so. */
const shownLength = 200;

/** Makes steps ready for a table. Steps are done in their order; a column answers to its last title and to its first. */
export function planSteps(steps: readonly Step[], table: PlannedTable): StepPlan {
  const columns = columnsOf(table.headers);
  const operations: Placed[] = [];
  const hits = steps.map(() => 0);
  const impossible = new Map<number, Unmatched>();
  for (const [step, body] of steps.entries()) {
    const found = prepare(body, columns, table);
    if (typeof found === 'string') impossible.set(step, found);
    else if (found === null) hits[step] = 1;
    else operations.push({ ...found, step });
  }
  return {
    ...columns.answer(),
    texts: steps.flatMap((step) => ('to' in step ? [step.to] : [])),
    cells: new Map(operations.flatMap((o) => (o.kind === 'cell' ? [[o.step, o] as const] : []))),
    named: namedRows(operations),
    touchesRows: operations.length > 0,
    impossible,
    hits: () => hits,
    apply: applierOf(operations, hits),
  };
}

/** An operation; null when the step is done by the columns alone; the reason when it finds nothing. */
function prepare(step: Step, columns: Columns, table: PlannedTable): Operation | Unmatched | null {
  const onSheet = !('sheet' in step) || step.sheet === null || step.sheet === table.sheet;
  if (!onSheet) return 'sheetMissing';
  switch (step.kind) {
    case 'keepAsIs':
      return table.problems.some((p) => p.code === step.problem && sameColumn(p.column, step.column, columns))
        ? null
        : 'problemMissing';
    case 'renameColumn':
      if (columns.rename(step.from, step.to)) return null;
      return columns.find(step.to) === -1 ? 'columnMissing' : 'alreadyRight';
    case 'dropColumn':
      return columns.drop(step.column) ? null : 'columnMissing';
    case 'setAside': {
      if ('rows' in step) return { kind: 'asideRows', rows: new Set(step.rows) };
      if ('value' in step) {
        const index = columns.find(step.column);
        return index === -1 ? 'columnMissing' : { kind: 'asideValue', index, value: step.value.trim() };
      }
      const rows = rowsOfProblem(step.problem, step.column, table.problems, columns);
      return rows.size === 0 ? 'problemMissing' : { kind: 'asideRows', rows };
    }
    default: {
      const index = columns.find(step.column);
      if (index === -1) return 'columnMissing';
      if (step.kind === 'rewriteColumn') return { kind: 'rewrite', index, as: step.as };
      if (step.kind === 'padCodes') return { kind: 'pad', index, length: step.length };
      const [from, to] = [step.from.trim(), step.to];
      return step.kind === 'setCell'
        ? { kind: 'cell', index, row: step.row, from, to }
        : { kind: 'value', index, from, to };
    }
  }
}

/** The rows that the report names under a code. */
function rowsOfProblem(
  code: ProblemCode,
  column: string | null,
  problems: readonly Problem[],
  columns: Columns,
): ReadonlySet<number> {
  const named = problems.filter((p) => p.code === code && (column === null || sameColumn(p.column, column, columns)));
  return new Set(named.flatMap((p) => (p.row === null ? [] : [p.row])));
}

function sameColumn(a: string | null, b: string | null, columns: Columns): boolean {
  if (a === null || b === null) return a === b;
  const index = columns.find(b);
  return columnKey(a) === columnKey(b) || (index !== -1 && columns.find(a) === index);
}

type Columns = {
  /** The index of the column of that title, -1 when there is none. */
  find(title: string): number;
  rename(from: string, to: string): boolean;
  drop(title: string): boolean;
  answer(): {
    readonly kept: readonly number[];
    readonly headers: readonly PlanHeader[];
    titleOf(index: number): string | null;
  };
};

function columnsOf(headers: readonly PlanHeader[]): Columns {
  const current = headers.map((header) => ({ ...header, dropped: false, renamed: false }));
  const find = (title: string) => {
    const key = columnKey(title);
    const among = (name: (index: number) => string | undefined) =>
      current.findIndex((column, index) => !column.dropped && name(index) === key);
    const now = among((index) => (current[index]?.renamed ? columnKey(current[index].title) : current[index]?.name));
    return now !== -1 ? now : among((index) => headers[index]?.name);
  };
  const change = (title: string, how: (column: (typeof current)[number]) => void) => {
    const column = current[find(title)];
    if (column !== undefined) how(column);
    return column !== undefined;
  };
  return {
    find,
    rename: (from, to) =>
      change(from, (column) => {
        column.title = to.trim();
        column.renamed = true;
      }),
    drop: (title) =>
      change(title, (column) => {
        column.dropped = true;
      }),
    answer() {
      const kept = current.flatMap((column, index) => (column.dropped ? [] : [index]));
      // Those that keep their title keep their name; the renamed ones take what is free.
      const order = kept.toSorted((a, b) => Number(current[a]?.renamed) - Number(current[b]?.renamed) || a - b);
      const wanted = order.map((index) => {
        const column = current[index];
        if (column === undefined) return '';
        return column.renamed ? columnName(column.title) || `colonne_${index + 1}` : column.name;
      });
      const names = new Map(uniqueNames(wanted).map((name, place) => [order[place], name]));
      return {
        kept,
        headers: kept.map((index) => ({ title: current[index]?.title ?? '', name: names.get(index) ?? '' })),
        titleOf: (index) => (current[index]?.renamed ? current[index].title : null),
      };
    },
  };
}

/** Rows with a step of their own go through all steps one by one; the others through what each value becomes in the end. */
function applierOf(
  operations: readonly Placed[],
  hits: number[],
): (row: number, cells: readonly string[]) => PlannedRow {
  const single = namedRows(operations);
  const byColumn = new Map<number, Placed[]>();
  for (const operation of operations) {
    if (operation.kind === 'cell' || operation.kind === 'asideRows') continue;
    if (!byColumn.get(operation.index)?.push(operation)) byColumn.set(operation.index, [operation]);
  }
  const fates = [...byColumn].map(([index, own]) => ({ index, fateOf: fatesOf(own) }));
  return (row, cells) => {
    if (single.has(row)) return stepByStep(row, cells, operations, hits);
    let changed: string[] | null = null;
    let aside: number | null = null;
    for (const { index, fateOf } of fates) {
      const cell = cells[index] ?? '';
      const fate = fateOf(cell);
      if (fate === null) continue;
      for (const step of fate.steps) hits[step] = (hits[step] ?? 0) + 1;
      if (fate.aside !== null) aside ??= fate.aside;
      if (fate.to !== cell) {
        changed ??= [...cells];
        changed[index] = fate.to;
      }
    }
    return { cells: changed ?? cells, aside };
  };
}

function namedRows(operations: readonly Placed[]): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const operation of operations) {
    if (operation.kind === 'cell') rows.add(operation.row);
    else if (operation.kind === 'asideRows') for (const row of operation.rows) rows.add(row);
  }
  return rows;
}

/** What becomes of the values of a column, worked out once for each: columns repeat themselves. Null: nothing. */
function fatesOf(operations: readonly Placed[]): (cell: string) => Fate | null {
  const known = new Map<string, Fate>();
  const named = new Set(
    operations.flatMap((o) => (o.kind === 'value' ? [o.from] : o.kind === 'asideValue' ? [o.value] : [])),
  );
  const pads = operations.some((o) => o.kind === 'pad');
  return (cell) => {
    // A value that no step names can only be a code without its zeros.
    if (!named.has(cell.trim()) && !(pads && /^\s*\d+\s*$/.test(cell))) return null;
    const found = known.get(cell);
    if (found !== undefined) return found;
    const fate = fateAfter(cell, operations);
    if (known.size < rememberedValues) known.set(cell, fate);
    return fate;
  };
}

const rememberedValues = 10_000;

/** What a value of a column becomes, and the steps that had a part in it. */
type Fate = { readonly to: string; readonly steps: readonly number[]; readonly aside: number | null };

function fateAfter(cell: string, operations: readonly Placed[]): Fate {
  const steps: number[] = [];
  let to = cell;
  let aside: number | null = null;
  for (const operation of operations) {
    const after = changedBy(operation, to);
    if (after === null) continue;
    steps.push(operation.step);
    if (operation.kind === 'asideValue') aside ??= operation.step;
    else to = after;
  }
  return { to, steps, aside };
}

function stepByStep(row: number, cells: readonly string[], operations: readonly Placed[], hits: number[]): PlannedRow {
  const changed = [...cells];
  let aside: number | null = null;
  for (const operation of operations) {
    const hit = () => {
      hits[operation.step] = (hits[operation.step] ?? 0) + 1;
    };
    if (operation.kind === 'asideRows') {
      if (!operation.rows.has(row)) continue;
      hit();
      aside ??= operation.step;
      continue;
    }
    if (operation.kind === 'cell' && operation.row !== row) continue;
    const after = changedBy(operation, changed[operation.index] ?? '');
    if (after === null) continue;
    hit();
    if (operation.kind === 'asideValue') aside ??= operation.step;
    else changed[operation.index] = after;
  }
  return { cells: changed, aside };
}

/** What an operation makes of a cell of its column; null when it has nothing to do with it. */
function changedBy(operation: Operation, cell: string): string | null {
  switch (operation.kind) {
    case 'cell':
      return isRead(cell, operation.from) ? operation.to : null;
    case 'value':
      return cell.trim() === operation.from ? operation.to : null;
    case 'pad': {
      const code = cell.trim();
      return code !== '' && code.length < operation.length && /^\d+$/.test(code)
        ? code.padStart(operation.length, '0')
        : null;
    }
    case 'rewrite':
      return rewriteText(operation.as, cell);
    case 'asideValue':
      return cell.trim() === operation.value ? cell : null;
    case 'asideRows':
      return null;
  }
}

/** Whether a cell is the one that was read: reports quote only the beginning of a long one. */
function isRead(cell: string, from: string): boolean {
  const text = cell.trim();
  if (text === from) return true;
  return from.length === shownLength + 1 && from.endsWith('…') && text.startsWith(from.slice(0, -1));
}
