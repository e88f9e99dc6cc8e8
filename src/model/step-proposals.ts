// What can be done about a problem: the steps it allows, each with the words of its button.
import { fillSentence } from '../lib/errors.ts';
import type { Sentence } from './language.ts';
import { stepLabels } from './messages/steps.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { StepBody } from './step.ts';

export type StepProposal = {
  readonly label: Sentence;
  readonly step: StepBody;
  /** Whether the person must type the value (`to`) first: nothing sure could be proposed. */
  readonly asks: boolean;
};

/** Groups whose cells are not all alike: one value cannot put all of them right. */
const differentValues: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'type.mixed',
  'date.invalid',
  'code.leadingZero',
  'number.scientific',
  'geo.outside',
  'quote.stray',
  'quote.unclosed',
  'encoding.mojibake',
  'row.ragged',
  'row.total',
]);
/** What is said of columns and of the whole file has no cell to correct. */
const aboutColumns: ReadonlySet<string> = new Set(['header', 'column', 'file', 'encoding']);
/** What the reading does by itself and only tells. */
const onlyTold: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['number.comma', 'value.missingMarker']);
/** Problems are cut at this length when they quote a cell: the whole text is not known. */
const shownLength = 200;

/**
 * The buttons of a problem, the surest first: put right, put aside, leave as it is (never when it blocks).
 * @param columnTitle what the column is called in steps, when its title is not unique (see columnKey)
 */
export function stepsFor(problem: Problem, columnTitle: string | null = problem.column): readonly StepProposal[] {
  const family = problem.code.split('.')[0] ?? '';
  const about = aboutColumns.has(family) ? columnSteps(problem, columnTitle) : cellSteps(problem, columnTitle);
  return [...about, ...rowSteps(problem, columnTitle), ...keepStep(problem, columnTitle)];
}

function columnSteps(problem: Problem, column: string | null): readonly StepProposal[] {
  const { code, value, proposal } = problem;
  switch (code as string) {
    case 'header.missing':
    case 'header.duplicate':
      return proposal === null ? [] : [rename(proposal, '', true)];
    case 'column.renamed':
      return value === null || proposal === null ? [] : [rename(value, proposal, false)];
    case 'column.required':
      return column === null || proposal === null ? [] : [rename(proposal, column, false)];
    case 'column.extra':
    case 'column.empty':
      return column === null ? [] : [offer('drop', { kind: 'dropColumn', column }, { column })];
    default:
      return [];
  }
}

function rename(from: string, to: string, asks: boolean): StepProposal {
  return offer(asks ? 'renameAsk' : 'rename', { kind: 'renameColumn', from, to }, { from, to }, asks);
}

function cellSteps(problem: Problem, column: string | null): readonly StepProposal[] {
  const { code, value, proposal, row, sheet, count = 1 } = problem;
  if (column === null || code.startsWith('row.') || onlyTold.has(code)) return [];
  if (code === 'code.leadingZero' && proposal !== null && count > 1) {
    const pad = { kind: 'padCodes', column, length: proposal.length } as const;
    return [offer('pad', pad, { count })];
  }
  const from = value ?? '';
  const to = proposal ?? '';
  const asks = proposal === null;
  const proposals: StepProposal[] = [];
  const alike = isAlike(problem);
  const { rewrite, various = false } = problem;
  if (rewrite !== undefined && various)
    proposals.push(offer('fixAll', { kind: 'rewriteColumn', column, as: rewrite }, { count }));
  if (row !== null) proposals.push(offer('fixCell', { kind: 'setCell', sheet, row, column, from, to }, { to }, asks));
  if (alike) proposals.push(offer('fixAll', { kind: 'replaceValue', column, from, to }, { count, to }, asks));
  return proposals;
}

function rowSteps(problem: Problem, column: string | null): readonly StepProposal[] {
  const { code, row, sheet, value, severity, count = 1 } = problem;
  if (code === 'row.total' && row !== null)
    return [offer('removeRow', { kind: 'setAside', sheet, rows: [row], problem: code }, { row })];
  if (row === null || severity === 'advice' || aboutColumns.has(code.split('.')[0] ?? '')) return [];
  const one = offer('asideRow', { kind: 'setAside', sheet, rows: [row], problem: code }, { row });
  if (count < 2) return [one];
  // Cells that must be filled and are not.
  if (code === 'value.required' && column !== null)
    return [one, offer('asideAll', { kind: 'setAside', sheet, column, value: '', problem: code }, { count })];
  const all =
    isAlike(problem) && value !== null && column !== null
      ? ({ column, value, problem: code } as const)
      : ({ problem: code, column } as const);
  return [one, offer('asideAll', { kind: 'setAside', sheet, ...all }, { count })];
}

/** Whether all the cells of a group hold the same text. */
function isAlike({ code, value, count = 1, various = false }: Problem): boolean {
  return count > 1 && value !== null && value.length <= shownLength && !various && !differentValues.has(code);
}

function keepStep({ code, severity }: Problem, column: string | null): readonly StepProposal[] {
  if (severity === 'error') return [];
  return [offer(code === 'row.total' ? 'keepRow' : 'keep', { kind: 'keepAsIs', problem: code, column }, {})];
}

function offer(
  label: keyof typeof stepLabels,
  step: StepBody,
  params: Readonly<Record<string, string | number>>,
  asks = false,
): StepProposal {
  const { fr, en } = stepLabels[label];
  return { label: { fr: fillSentence(fr, params), en: fillSentence(en, params) }, step, asks };
}
