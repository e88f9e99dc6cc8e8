// From broken cells to problems: what one gesture corrects is one problem, with a count and the place of the first cell.
import { type Problem, type ProblemCode, problem } from '../../model/problem.ts';
import { placeOf } from '../source-row.ts';
import type { ParsedTable } from '../stages.ts';
import { isImpossibleDay, isTruncated, type Repair } from './repairs.ts';
import type { Rule } from './rule.ts';
import type { Broken, BrokenCell } from './run.ts';

/** Groups told for one rule; the cells beyond are told together. */
const mostGroups = 50;
const longestShown = 200;

type Group = { readonly code: ProblemCode; readonly first: BrokenCell; readonly repair: Repair | null; count: number };

export function groupCells(table: ParsedTable, { rule, total, cells }: Broken): readonly Problem[] {
  const groups = new Map<string, Group>();
  const repairs = new Map<string, Repair | null>();
  const repairOf = (value: string) => {
    const known = repairs.get(value);
    if (known !== undefined) return known;
    const repair = rule.repair(value);
    repairs.set(value, repair);
    return repair;
  };
  let rest = total;
  let restFirst: BrokenCell | null = null;
  for (const cell of cells) {
    const repair = cell.value === null ? null : repairOf(cell.value);
    const code = codeOf(rule, cell.value ?? '');
    const key = `${code}\0${repair?.kind ?? `=${cell.value}`}`;
    const group = groups.get(key);
    if (group !== undefined) group.count += cell.count;
    else if (groups.size < mostGroups) groups.set(key, { code, first: cell, repair, count: cell.count });
    else {
      restFirst ??= cell;
      continue;
    }
    rest -= cell.count;
  }
  const problems = [...groups.values()].map((group) => toProblem(table, rule, group));
  if (rest <= 0) return problems;
  const [only] = groups.values();
  // Every value that was read asks for the same gesture: so do the others.
  if (groups.size === 1 && only !== undefined && only.repair?.kind != null)
    return [toProblem(table, rule, { ...only, count: total })];
  const first = restFirst ?? cells.at(-1) ?? { record: 1, value: null, count: 1 };
  return [...problems, toProblem(table, rule, { code: 'values.others', first, repair: null, count: rest })];
}

function toProblem(table: ParsedTable, rule: Rule, { code, first, repair, count }: Group): Problem {
  return problem(code, rule.severity, {
    ...placeOf(table, first.record, rule.column),
    column: table.headers[rule.column]?.title ?? rule.field,
    value: first.value === null ? null : shorten(first.value),
    expected: rule.expected,
    proposal: repair?.proposal ?? null,
    ...(repair?.rewrite !== undefined && { rewrite: repair.rewrite }),
    ...(repair?.kind != null && count > 1 && { various: true }),
    ...(count > 1 && { count }),
  });
}

/** A sentence of its own where we know what happened. */
function codeOf(rule: Rule, value: string): ProblemCode {
  if ((rule.code === 'type.date' || rule.code === 'type.datetime') && isImpossibleDay(value)) return 'date.invalid';
  const isCode = rule.code === 'siret.invalid' || rule.code === 'siren.invalid' || rule.code === 'pattern.unmatched';
  return isCode && isTruncated(value) ? 'siret.truncated' : rule.code;
}

function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)} …` : text;
}
