// Joins repair and validate: the steps are done, personal data is treated, the table is typed, and what validate finds may set
// rows aside in turn.
import { join } from 'node:path';
import type { Treatment } from '../model/finding.ts';
import { cellAddress, type Problem } from '../model/problem.ts';
import type { Step } from '../model/step.ts';
import type { Unmatched } from '../model/step-plan.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { sampleOf } from './parse/sample.ts';
import { placeRows } from './place-rows.ts';
import { isKept, keptAsIs, type Repaired, repairTable } from './repair/repair.ts';
import { asideFileName } from './repair/set-aside.ts';
import { treatTable, withoutTreated } from './screen/treat.ts';
import type { ParsedTable, TypedTable } from './stages.ts';
import type { TrustedTable } from './validate/confirm.ts';
import { trustTable, validateTable } from './validate/validate.ts';

export type CorrectedTable = {
  readonly table: ParsedTable;
  readonly typed: TypedTable | TrustedTable;
  readonly problems: readonly Problem[];
  readonly corrections: Corrections;
  /** The columns of the parsed table that it still has, in order. */
  readonly kept: readonly number[];
};

/** What the steps did. */
export type Corrections = {
  /** For each step, how many cells (or rows set aside) it found. */
  readonly hits: readonly number[];
  readonly unmatched: readonly { readonly step: number; readonly reason: Unmatched }[];
  readonly setAsideRows: number;
};

export const noCorrections: Corrections = { hits: [], unmatched: [], setAsideRows: 0 };

export type CorrectionRequest = {
  readonly table: ParsedTable;
  /** What parse found. */
  readonly problems: readonly Problem[];
  readonly steps: readonly Step[];
  /** What was decided of columns with personal data; they are named as the steps leave them. */
  readonly treatments: readonly Treatment[];
  readonly scratch: string;
  /** Where the rows set aside are written (set-aside.csv), when there are some. */
  readonly folder: string;
  /** Whether the table may be typed on the faith of its bytes: it is confirmed once stored. */
  readonly trust: boolean;
};

/**
 * Does the steps of a table, treats its personal data, then types it. Addresses of problems stay those of the deposited file;
 * what a treated column held is in none of them.
 * @throws TerroirError steps.nothingLeft, file.unreadable, engine.*, disk.full
 */
export async function correctTable(request: CorrectionRequest, tables: TableEngine): Promise<CorrectedTable> {
  const { problems, steps } = request;
  if (steps.length === 0) {
    const { table, kept, told } = await treat(request.table, request, tables);
    const typed = await (request.trust ? trustTable : validateTable)(table, tables);
    const found = typed.problems.map((one) => addressedIn(one, kept));
    const all = withoutTreated([...problems, ...found], request.table.headers, request.treatments);
    const here = told.map((one) => addressedIn(one, kept));
    return { table, typed: typed.value, problems: [...all, ...here], corrections: noCorrections, kept };
  }
  const first = await repairAndType(request, problems, tables);
  // Rows that only validate can name: they are set aside in a second turn.
  const named = steps.some((step) => setsProblemAside(step) && first.found.some((one) => one.code === step.problem));
  const {
    repaired,
    table,
    typed,
    found,
    told,
    kept: columns,
  } = named ? await repairAndType(request, [...problems, ...first.found], tables, problems.length) : first;
  // What was left as it is may be something that only validate finds.
  const kept = (index: number) => {
    const step = steps[index];
    return step?.kind === 'keepAsIs' && found.some((one) => isKept(one, step));
  };
  const unmatched = repaired.unmatched.filter(({ step }) => !kept(step));
  const all = [...repaired.known, ...repaired.own(unmatched), ...found.map((one) => keptAsIs(one, steps))];
  return {
    table,
    typed,
    problems: [...withoutTreated(all, repaired.table.headers, request.treatments), ...told],
    corrections: {
      hits: repaired.hits.map((hits, index) => (kept(index) ? 1 : hits)),
      unmatched,
      setAsideRows: repaired.asideRows.length,
    },
    kept: columns,
  };
}

function setsProblemAside(step: Step): step is Step & { readonly problem: Problem['code'] } {
  return step.kind === 'setAside' && !('rows' in step) && !('value' in step);
}

/** The table without the personal data that is not published, its rows placed, and the columns of it that stay. */
async function treat(
  table: ParsedTable,
  { treatments, scratch }: CorrectionRequest,
  tables: TableEngine,
): Promise<{ readonly table: ParsedTable; readonly kept: readonly number[]; readonly told: readonly Problem[] }> {
  const { value, problems } = await treatTable(table, treatments, scratch, tables);
  const placed = await placeRows(value.table, scratch);
  return { kept: value.kept, table: placed.value, told: [...problems, ...placed.problems] };
}

type Turn = {
  readonly repaired: Repaired;
  /** The repaired table, treated. */
  readonly table: ParsedTable;
  readonly kept: readonly number[];
  readonly told: readonly Problem[];
  readonly typed: TypedTable;
  /** What validate found, addressed in the deposited file. */
  readonly found: readonly Problem[];
};

/** @param parsedProblems how many of the problems come from parse: the others are looked for again by validate */
async function repairAndType(
  request: CorrectionRequest,
  problems: readonly Problem[],
  tables: TableEngine,
  parsedProblems = problems.length,
): Promise<Turn> {
  const { table, steps, scratch, folder } = request;
  const value = await repairTable(table, steps, {
    scratch,
    asidePath: join(folder, asideFileName),
    problems,
    parsedProblems,
    sample: sampleOf(),
  });
  const treated = await treat(value.table, request, tables);
  const typed = await validateTable(treated.table, tables);
  const kept = treated.kept.map((index) => value.kept[index] ?? index);
  const found = typed.problems.map((one) => addressedIn(one, kept));
  return {
    repaired: value,
    table: treated.table,
    typed: typed.value,
    found,
    told: treated.told.map((one) => addressedIn(one, kept)),
    kept,
  };
}

/**
 * Letters of columns count those that are gone.
 * @param kept the columns of the parsed table that the one looked at still has, in order
 * @param first the place of the table's first column in its sheet, when the problem's letters count from there
 */
export function addressedIn(problem: Problem, kept: readonly number[], first = 0): Problem {
  const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(problem.cell ?? '') ?? [];
  if (letters === '') return problem;
  const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { ...problem, cell: cellAddress((kept[index - first] ?? index - first) + first, Number(row)) };
}
