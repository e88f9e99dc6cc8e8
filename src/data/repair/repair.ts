// A stage between parse and validate: does the producer's steps to a table, on a copy; the rows set aside go to a file of their own.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fillSentence, TerroirError } from '../../lib/errors.ts';
import { asideReasons } from '../../model/messages/steps.ts';
import { type Problem, problem, problemMessage } from '../../model/problem.ts';
import { columnKey, type Step } from '../../model/step.ts';
import { planSteps, type StepPlan, type Unmatched } from '../../model/step-plan.ts';
import type { ParsedTable } from '../stages.ts';
import { type RegularRecord, regularRecords } from './regular-csv.ts';
import { asideWriter, csvLine } from './set-aside.ts';

export type RepairOptions = {
  /** An existing folder for the copy. */
  readonly scratch: string;
  /** Where the rows set aside are written; no file is made when there is none. */
  readonly asidePath: string;
  /** What is known to be wrong with the table. */
  readonly problems: readonly Problem[];
  /** How many of them, from the first on, nobody will look for again: those of parse. */
  readonly parsedProblems: number;
  /** Keeps a sample of the records, as parse does. */
  readonly sample: Sample;
};

export type Sample = {
  wants(): boolean;
  skip(): void;
  add(record: readonly string[]): void;
  all(): readonly (readonly string[])[];
};

export type Repaired = {
  readonly table: ParsedTable;
  /** For each step, how many cells (or rows set aside) it found. */
  readonly hits: readonly number[];
  /** The steps that found nothing, and why. */
  readonly unmatched: readonly { readonly step: number; readonly reason: Unmatched }[];
  /** The rows set aside, as the spreadsheet shows them. */
  readonly asideRows: readonly number[];
  /** What the stage itself has to tell, given the steps that found nothing. */
  own(unmatched: Repaired['unmatched']): readonly Problem[];
  /** The columns of the parsed table that stay. */
  readonly kept: readonly number[];
  /** The problems of parse that still stand. */
  readonly known: readonly Problem[];
};

const writtenAtOnce = 1 << 20;

/**
 * Applies steps to a table; the original is not touched. Rows keep their order and their addresses: those that are set
 * aside, or that the steps left empty, count as rows left out.
 * @throws TerroirError steps.nothingLeft, disk.full; a step that finds nothing is told, never thrown
 */
export async function repairTable(
  table: ParsedTable,
  steps: readonly Step[],
  options: RepairOptions,
): Promise<Repaired> {
  const plan = planSteps(steps, { sheet: table.sheet ?? null, headers: table.headers, problems: options.problems });
  if (plan.kept.length === 0) throw new TerroirError('steps.nothingLeft');
  const rewritten = plan.touchesRows || plan.kept.length < table.headers.length;
  const copy = rewritten
    ? await writeCopy(table, steps, plan, options)
    : { table, asideRows: [] as readonly number[], rows: new Set<number>() };
  if (copy.table.rows - copy.table.emptyRows === 0) throw new TerroirError('steps.nothingLeft');
  const unmatched = unmatchedOf(steps, plan, copy.rows);
  const [first] = copy.asideRows;
  const told =
    first === undefined ? [] : [problem('row.setAside', 'advice', { row: first, count: copy.asideRows.length })];
  const { problems, parsedProblems } = options;
  return {
    table: { ...copy.table, headers: plan.headers, ...shapesOf(table, plan) },
    hits: plan.hits(),
    unmatched,
    asideRows: copy.asideRows,
    kept: plan.kept,
    known: stillStanding(problems.slice(0, parsedProblems), steps, plan, new Set(copy.asideRows), table),
    own: (left) => [...told, ...left.map(({ step }) => unmatchedProblem(steps, step))],
  };
}

/** The rows of a table with their number in the spreadsheet, by batches. */
export async function* numberedRows(
  table: ParsedTable,
): AsyncGenerator<readonly (RegularRecord & { readonly row: number })[]> {
  const dropped = table.droppedSourceRows;
  let next = 0;
  let row = table.firstSourceRow - 1;
  for await (const batch of regularRecords(table.source)) {
    yield batch.map(({ cells, plain }) => {
      row++;
      while (next < dropped.length && (dropped[next] as number) <= row) {
        if (dropped[next] === row) row++;
        next++;
      }
      return { row, cells, plain };
    });
  }
}

type Copy = {
  readonly table: ParsedTable;
  readonly asideRows: readonly number[];
  /** The rows that steps name and that the table has. */
  readonly rows: ReadonlySet<number>;
};

async function writeCopy(
  table: ParsedTable,
  steps: readonly Step[],
  plan: StepPlan,
  options: RepairOptions,
): Promise<Copy> {
  const path = join(options.scratch, 'repaired.csv');
  const aside = asideWriter(options.asidePath, table, plan.kept);
  const asideRows: number[] = [];
  const emptied: number[] = [];
  const seen = new Set<number>();
  const { sample } = options;
  const { delimiter } = table.source;
  const written = [...plan.kept, ...pointColumnsOf(table, plan)];
  let [records, longest, pending] = [0, 0, ''];
  const output = await open(path, 'w');
  try {
    for await (const batch of numberedRows(table)) {
      for (const { row, cells, plain } of batch) {
        if (plan.named.has(row)) seen.add(row);
        const planned = plan.apply(row, cells);
        if (planned.aside !== null) {
          asideRows.push(row);
          await aside.add(row, cells, reasonOf(steps[planned.aside], row, options.problems));
          continue;
        }
        const whole =
          written.length === cells.length ? planned.cells : written.map((index) => planned.cells[index] ?? '');
        const kept = whole.length === plan.kept.length ? whole : whole.slice(0, plan.kept.length);
        // As in parse: a row with nothing in it is no row.
        if (kept.every((cell) => cell.trim() === '')) {
          emptied.push(row);
          continue;
        }
        records++;
        if (sample.wants()) sample.add(kept);
        else sample.skip();
        // What is not touched is written as it was.
        const line = plain !== null && whole === cells ? `${plain}\n` : csvLine(whole, delimiter);
        longest = Math.max(longest, line.length);
        pending += line;
        if (pending.length > writtenAtOnce) {
          await output.writeFile(pending);
          pending = '';
        }
      }
    }
    await output.writeFile(pending);
  } finally {
    await output.close();
    await aside.close();
  }
  const left = asideRows.length + emptied.length;
  return {
    asideRows,
    rows: seen,
    table: {
      ...table,
      source: {
        path,
        delimiter,
        records,
        skipLines: 0,
        columns: written.length,
        original: false,
        longestRecord: longest * 3,
      },
      rows: table.rows - asideRows.length,
      emptyRows: table.emptyRows + emptied.length,
      droppedSourceRows:
        left === 0
          ? table.droppedSourceRows
          : [...table.droppedSourceRows, ...asideRows, ...emptied].toSorted((a, b) => a - b),
      sample: sample.all(),
    },
  };
}

/** The sentence beside a row set aside: what the report says of it, else what the step says. */
function reasonOf(step: Step | undefined, row: number, problems: readonly Problem[]): string {
  if (step?.kind !== 'setAside') return asideReasons.chosen.fr;
  const known = problems.find((one) => one.code === step.problem && one.row === row);
  if (known !== undefined) return problemMessage({ ...known, count: 1 }, 'fr');
  return 'value' in step
    ? fillSentence(asideReasons.value.fr, { column: step.column, value: step.value })
    : asideReasons.chosen.fr;
}

function shapesOf(table: ParsedTable, plan: StepPlan): { shapes?: NonNullable<ParsedTable['shapes']> } {
  if (table.shapes === undefined) return {};
  const column = plan.kept.indexOf(table.shapes.column);
  if (column === -1) return {};
  const rewritten = plan.touchesRows || plan.kept.length < table.headers.length;
  if (!rewritten) return { shapes: table.shapes };
  const { length } = plan.kept;
  return { shapes: { ...table.shapes, column, pointColumns: [length, length + 1] } };
}

/** The columns beyond the headers where a point stands for each shape: they go with the shapes, after what is kept. */
function pointColumnsOf({ shapes }: ParsedTable, plan: StepPlan): readonly number[] {
  return shapes === undefined || !plan.kept.includes(shapes.column) ? [] : shapes.pointColumns;
}

export function unmatchedOf(steps: readonly Step[], plan: StepPlan, rows: ReadonlySet<number>): Repaired['unmatched'] {
  const hits = plan.hits();
  return steps.flatMap((step, index) => {
    if ((hits[index] ?? 0) > 0) return [];
    return [{ step: index, reason: plan.impossible.get(index) ?? whyNothing(step, rows) }];
  });
}

function whyNothing(step: Step, rows: ReadonlySet<number>): Unmatched {
  if (step.kind === 'setCell') return rows.has(step.row) ? 'valueMissing' : 'rowMissing';
  return step.kind === 'setAside' && 'rows' in step ? 'rowMissing' : 'valueMissing';
}

/** Named by its place and its column alone: what it replaced may not be for everyone. */
function unmatchedProblem(steps: readonly Step[], index: number): Problem {
  const step = steps[index];
  const column = step === undefined ? null : 'column' in step ? step.column : 'from' in step ? step.from : null;
  const value = column === null ? `n° ${index + 1}` : `n° ${index + 1}, ${column}`;
  return problem('step.unmatched', 'advice', { column, value });
}

/** A problem goes with its row, its cell or its column; one that was left as it is becomes an advice. */
function stillStanding(
  problems: readonly Problem[],
  steps: readonly Step[],
  plan: StepPlan,
  aside: ReadonlySet<number>,
  table: ParsedTable,
): readonly Problem[] {
  const hits = plan.hits();
  const done = steps.filter((_step, index) => (hits[index] ?? 0) > 0);
  const renamed = new Set(done.flatMap((step) => (step.kind === 'renameColumn' ? [step.from] : [])));
  const dropped = new Set(
    table.headers.filter((_header, index) => !plan.kept.includes(index)).map((header) => header.title),
  );
  return problems.flatMap((one) => {
    const gone =
      (one.row !== null && aside.has(one.row)) ||
      (one.column !== null && dropped.has(one.column)) ||
      (one.code.startsWith('header.') && one.proposal !== null && renamed.has(one.proposal));
    return gone ? [] : [keptAsIs(one, done)];
  });
}

/** What the producer left as it is still shows, as an advice; what blocks cannot be left. */
export function keptAsIs(one: Problem, steps: readonly Step[]): Problem {
  const seen = steps.some((step) => isKept(one, step));
  return seen && one.severity === 'warning' ? { ...one, severity: 'advice' } : one;
}

/** Whether a step leaves a problem as it is. */
export function isKept(one: Problem, step: Step): boolean {
  if (step.kind !== 'keepAsIs' || step.problem !== one.code) return false;
  return step.column === null || (one.column !== null && columnKey(step.column) === columnKey(one.column));
}
