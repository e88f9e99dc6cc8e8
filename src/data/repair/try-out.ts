// Tries steps on a table without writing anything: what each would find, and where cells that moved are now.
import type { Problem } from '../../model/problem.ts';
import type { Findings } from '../../model/replay.ts';
import type { Step } from '../../model/step.ts';
import { planSteps, type Unmatched } from '../../model/step-plan.ts';
import type { ParsedTable } from '../stages.ts';
import { numberedRows, unmatchedOf } from './repair.ts';

/** A number cut by a spreadsheet says nothing of what it was: another one like it is another thing. */
const cutNumber = /^\d([.,]\d+)?e\+?\d+$/i;

/** What steps would find in a table. */
export async function tryOut(
  table: ParsedTable,
  steps: readonly Step[],
  problems: readonly Problem[],
): Promise<Findings> {
  const plan = planSteps(steps, { sheet: table.sheet ?? null, headers: table.headers, problems });
  const wanted = new Map<number, Map<string, Place>>();
  for (const { index, from } of plan.cells.values()) {
    if (from === '' || cutNumber.test(from)) continue;
    const values = wanted.get(index) ?? new Map<string, Place>();
    values.set(from, { row: 0, count: 0 });
    wanted.set(index, values);
  }
  const rows = new Set<number>();
  if (plan.touchesRows) {
    for await (const batch of numberedRows(table)) {
      for (const { row, cells } of batch) {
        if (plan.named.has(row)) rows.add(row);
        plan.apply(row, cells);
        for (const [index, values] of wanted) {
          const place = values.get(cells[index]?.trim() ?? '');
          if (place === undefined) continue;
          place.row = row;
          place.count++;
        }
      }
    }
  }
  const unmatched = unmatchedOf(steps, plan, rows).map((one) => ({ ...one, reason: exactly(one, steps, plan) }));
  const moved = new Map<number, number | null>();
  for (const { step } of unmatched) {
    const cell = plan.cells.get(step);
    const place = cell === undefined ? undefined : wanted.get(cell.index)?.get(cell.from);
    if (place !== undefined && place.count > 0) moved.set(step, place.count === 1 ? place.row : null);
  }
  return { hits: plan.hits(), unmatched, moved };
}

type Place = { row: number; count: number };

/** A title that is already the new one needs no correction. */
function exactly(
  { step, reason }: { readonly step: number; readonly reason: Unmatched },
  steps: readonly Step[],
  plan: { readonly headers: readonly { readonly title: string }[] },
): Unmatched {
  const body = steps[step];
  return body?.kind === 'renameColumn' && plan.headers.some(({ title }) => title === body.to) ? 'alreadyRight' : reason;
}
