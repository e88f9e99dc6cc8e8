// Next year's file: reads it as the journey does, and finds which of last year's steps still apply.
import { portable, type Replay, replayable } from '../model/replay.ts';
import type { Step } from '../model/step.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { chooseTable } from './choose-table.ts';
import { parseFile } from './parse/parse.ts';
import { tryOut } from './repair/try-out.ts';
import type { DepositedFile } from './stages.ts';
import { validateTable } from './validate/validate.ts';

/**
 * Last year's steps on a new file, at once.
 * @param options.table the table wanted, in a file that holds several
 * @throws TerroirError file.*, engine.*, disk.full
 */
export async function replaySteps(
  file: DepositedFile,
  steps: readonly Step[],
  tools: { readonly scratch: string; readonly tables: TableEngine },
  options: { readonly table?: string } = {},
): Promise<Replay> {
  if (steps.length === 0) return { proposed: [], corrections: 0, unmatched: [] };
  const parsed = await parseFile(file, { scratch: tools.scratch, tables: tools.tables });
  const { table, problems } = chooseTable(parsed, file.name, options.table);
  const typed = await validateTable(table, tools.tables);
  const tried = portable(steps);
  return replayable(tried, await tryOut(table, tried, [...problems, ...typed.problems]));
}
