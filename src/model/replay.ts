// Last year's steps on this year's file: those that still find something are proposed, the others say why not.

import type { Step } from './step.ts';
import type { Unmatched } from './step-plan.ts';

/** What a try on the new file found, step by step. */
export type Findings = {
  /** Cells (or rows) that each step found. */
  readonly hits: readonly number[];
  readonly unmatched: readonly { readonly step: number; readonly reason: Unmatched }[];
  /** For a cell that is not on its row any more: the only row that holds what was read, or null when there are several. */
  readonly moved: ReadonlyMap<number, number | null>;
};

export type Replay = {
  /** Steps as they apply to the new file, in their order. */
  readonly proposed: readonly Step[];
  /** « 11 corrections »: cells, rows set aside, columns and problems that the steps put right. */
  readonly corrections: number;
  readonly unmatched: readonly { readonly step: Step; readonly reason: Unmatched }[];
};

/**
 * The steps worth trying on another file: rows chosen by their number mean nothing there, the problem that they were set
 * aside for does.
 */
export function portable(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => {
    if (step.kind !== 'setAside' || !('rows' in step) || step.problem === null) return step;
    const { rows: _rows, ...rest } = step;
    return { ...rest, sheet: null, problem: step.problem, column: null };
  });
}

/** Which of the steps still apply, and which no longer match and why. `steps` are those that were tried (see portable). */
export function replayable(steps: readonly Step[], findings: Findings): Replay {
  const reasons = new Map(findings.unmatched.map(({ step, reason }) => [step, reason]));
  const proposed: Step[] = [];
  const unmatched: { step: Step; reason: Unmatched }[] = [];
  let corrections = 0;
  for (const [index, step] of steps.entries()) {
    // Last year's row numbers are nobody's this year.
    const byNumber = step.kind === 'setAside' && 'rows' in step;
    const reason = byNumber ? ('rowMissing' as const) : reasons.get(index);
    const row = findings.moved.get(index);
    if (reason === undefined) {
      proposed.push(step);
      corrections += findings.hits[index] ?? 0;
    } else if (step.kind === 'setCell' && typeof row === 'number') {
      proposed.push({ ...step, row });
      corrections++;
    } else {
      unmatched.push({ step, reason: row === null ? 'ambiguous' : reason });
    }
  }
  return { proposed, corrections, unmatched };
}
