// The report on a file: its problems grouped as a person puts them right, what blocks first, each with what can be done.
import { fillSentence } from '../lib/errors.ts';
import type { Language } from './language.ts';
import { reportMessages } from './messages/report.ts';
import { type Problem, problemMessage, type Severity } from './problem.ts';
import { type StepProposal, stepsFor } from './step-proposals.ts';

/** Problems that are the same but for their place: put right together. */
export type ReportItem = {
  readonly severity: Severity;
  /** The first of them, which speaks for all: its `count` is the group's. */
  readonly problem: Problem;
  /** Addresses as the spreadsheet shows them, the first ones; empty when it is about a column, a row or the file. */
  readonly cells: readonly string[];
  /** How many cells or rows it is about. */
  readonly count: number;
  /** What can be done, the surest first. */
  readonly steps: readonly StepProposal[];
};

export type Report = {
  /** « À corriger » first, then « À vérifier », then « Conseil »; in each, in the order of the file. */
  readonly items: readonly ReportItem[];
  readonly toFix: number;
  readonly toCheck: number;
  readonly advice: number;
  /** Cells or rows concerned by what is to be corrected. */
  readonly cellsToFix: number;
  /** Whether something must be corrected before the file can be published. */
  readonly blocked: boolean;
};

/** Addresses shown of a group; the others are counted. */
const shownCells = 5;
const order: readonly Severity[] = ['error', 'warning', 'advice'];

export function reportOf(problems: readonly Problem[]): Report {
  const groups = new Map<string, Problem[]>();
  for (const each of problems) {
    const { code, severity, sheet, column, value, expected, proposal } = each;
    // What is said of one row, or of a column or the file, is told by itself; the same value of a column is told once.
    const alike = each.cell === null ? [each.row] : [value];
    const key = JSON.stringify([code, severity, sheet, column, expected, proposal, ...alike]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const items = [...groups.values()].map(itemOf);
  const sorted = items.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const of = (severity: Severity) => items.filter((item) => item.severity === severity);
  return {
    items: sorted,
    toFix: of('error').length,
    toCheck: of('warning').length,
    advice: of('advice').length,
    cellsToFix: of('error').reduce((sum, { count }) => sum + count, 0),
    blocked: of('error').length > 0,
  };
}

function itemOf(group: readonly Problem[]): ReportItem {
  const [first] = group as readonly [Problem, ...Problem[]];
  const count = group.reduce((sum, each) => sum + (each.count ?? 1), 0);
  const problem = group.length === 1 ? first : { ...first, count };
  // Objects have a number, no cell.
  const places = group.flatMap(({ cell, row, unit }) => (cell === null ? [] : [unit === undefined ? cell : `${row}`]));
  const cells = places.slice(0, shownCells);
  return { severity: first.severity, problem, cells, count, steps: stepsFor(problem) };
}

/** « 3 points à corriger, 12 cellules · 1 point à vérifier » */
export function reportHeadline(report: Report, lang: Language): string {
  const { toFix, toCheck, advice, cellsToFix } = report;
  if (toFix + toCheck + advice === 0) return reportMessages['report.perfect'][lang];
  const counted = (name: 'toFix' | 'toCheck' | 'advice' | 'cells', count: number) =>
    fillSentence(reportMessages[`report.${name}.${count === 1 ? 'one' : 'many'}`][lang], { count });
  const fix =
    toFix === 0 ? reportMessages['report.fine'][lang] : `${counted('toFix', toFix)}, ${counted('cells', cellsToFix)}`;
  return [
    fix,
    ...(toCheck > 0 ? [counted('toCheck', toCheck)] : []),
    ...(advice > 0 ? [counted('advice', advice)] : []),
  ].join(' · ');
}

/** What an item says: the sentence of its problem, and where else it stands. */
export function itemSentences(item: ReportItem, lang: Language): readonly string[] {
  const [, ...others] = item.cells;
  if (others.length === 0) return [problemMessage(item.problem, lang)];
  const more = item.count - item.cells.length;
  const what = item.problem.unit === undefined ? 'cells' : 'objects';
  const cells = item.cells.join(', ');
  const where =
    more > 0
      ? fillSentence(reportMessages[`report.where.${what}More`][lang], { cells, count: more })
      : fillSentence(reportMessages[`report.where.${what}`][lang], { cells });
  return [problemMessage(item.problem, lang), where];
}
