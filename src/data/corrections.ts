// Joins repair and validate: the steps are done, the table is typed, and what validate finds may set rows aside in turn.
import { join } from 'node:path';
import { cellAddress, type Problem } from '../model/problem.ts';
import type { Step } from '../model/step.ts';
import type { Unmatched } from '../model/step-plan.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { sampleOf } from './parse/sample.ts';
import { isKept, keptAsIs, type Repaired, repairTable } from './repair/repair.ts';
import { asideFileName } from './repair/set-aside.ts';
import type { ParsedTable, TypedTable } from './stages.ts';
import type { TrustedTable } from './validate/confirm.ts';
import { trustTable, validateTable } from './validate/validate.ts';

export type CorrectedTable = {
  readonly table: ParsedTable;
  readonly typed: TypedTable | TrustedTable;
  readonly problems: readonly Problem[];
  readonly corrections: Corrections;
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
  readonly scratch: string;
  /** Where the rows set aside are written (set-aside.csv), when there are some. */
  readonly folder: string;
  /** Whether the table may be typed on the faith of its bytes: it is confirmed once stored. */
  readonly trust: boolean;
};

/**
 * Does the steps of a table, then types it. Addresses of problems stay those of the deposited file.
 * @throws TerroirError steps.nothingLeft, file.unreadable, engine.*, disk.full
 */
export async function correctTable(request: CorrectionRequest, tables: TableEngine): Promise<CorrectedTable> {
  const { table, problems, steps } = request;
  if (steps.length === 0) {
    const typed = await (request.trust ? trustTable : validateTable)(table, tables);
    return { table, typed: typed.value, problems: [...problems, ...typed.problems], corrections: noCorrections };
  }
  const first = await repairAndType(request, problems, tables);
  // Rows that only validate can name: they are set aside in a second turn.
  const named = steps.some((step) => setsProblemAside(step) && first.found.some((one) => one.code === step.problem));
  const { repaired, typed, found } = named
    ? await repairAndType(request, [...problems, ...first.found], tables, problems.length)
    : first;
  // What was left as it is may be something that only validate finds.
  const kept = (index: number) => {
    const step = steps[index];
    return step?.kind === 'keepAsIs' && found.some((one) => isKept(one, step));
  };
  const unmatched = repaired.unmatched.filter(({ step }) => !kept(step));
  return {
    table: repaired.table,
    typed,
    problems: [...repaired.known, ...repaired.own(unmatched), ...found.map((one) => keptAsIs(one, steps))],
    corrections: {
      hits: repaired.hits.map((hits, index) => (kept(index) ? 1 : hits)),
      unmatched,
      setAsideRows: repaired.asideRows.length,
    },
  };
}

function setsProblemAside(step: Step): step is Step & { readonly problem: Problem['code'] } {
  return step.kind === 'setAside' && !('rows' in step) && !('value' in step);
}

type Turn = {
  readonly repaired: Repaired;
  readonly typed: TypedTable;
  /** What validate found, addressed in the deposited file. */
  readonly found: readonly Problem[];
};

/** @param parsedProblems how many of the problems come from parse: the others are looked for again by validate */
async function repairAndType(
  { table, steps, scratch, folder }: CorrectionRequest,
  problems: readonly Problem[],
  tables: TableEngine,
  parsedProblems = problems.length,
): Promise<Turn> {
  const value = await repairTable(table, steps, {
    scratch,
    asidePath: join(folder, asideFileName),
    problems,
    parsedProblems,
    sample: sampleOf(),
  });
  const typed = await validateTable(value.table, tables);
  const found = typed.problems.map((one) => addressedIn(one, value.kept));
  return { repaired: value, typed: typed.value, found };
}

/** Letters of columns count those that the steps dropped. */
function addressedIn(problem: Problem, kept: readonly number[]): Problem {
  const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(problem.cell ?? '') ?? [];
  if (letters === '') return problem;
  const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { ...problem, cell: cellAddress(kept[index] ?? index, Number(row)) };
}
