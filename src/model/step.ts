// A fix as a step that can be replayed: plain JSON, bound to a column's title, never to its place, so that next year's file matches.
import { TerroirError } from '../lib/errors.ts';
import { columnName } from '../lib/text.ts';
import { problemMessages } from './messages/problems.ts';
import type { ProblemCode } from './problem.ts';
import { type RewriteKind, rewriteKinds } from './rewrite.ts';

/** What a fix does. Cells are compared without the blanks around them; `column` is a title, compared folded. */
export type StepBody =
  /** One cell: « Corriger cette cellule ». `row` is the spreadsheet's, `from` what was read there. */
  | {
      readonly kind: 'setCell';
      readonly sheet: string | null;
      readonly row: number;
      readonly column: string;
      readonly from: string;
      readonly to: string;
    }
  /** All the cells of a column that hold a text: « Corriger les 11 pareilles ». */
  | { readonly kind: 'replaceValue'; readonly column: string; readonly from: string; readonly to: string }
  /** Codes of digits shorter than `length` get their zeros back: 1000 → 01000. */
  | { readonly kind: 'padCodes'; readonly column: string; readonly length: number }
  /** All the cells of a column in another writing: days as ISO 8601 has them, numbers with a point. */
  | { readonly kind: 'rewriteColumn'; readonly column: string; readonly as: RewriteKind }
  | { readonly kind: 'renameColumn'; readonly from: string; readonly to: string }
  | { readonly kind: 'dropColumn'; readonly column: string }
  /** « Laisser tel quel »: the producer has seen this problem. */
  | { readonly kind: 'keepAsIs'; readonly problem: ProblemCode; readonly column: string | null }
  /** Rows that are not published, kept apart with their reason. */
  | ({ readonly kind: 'setAside'; readonly sheet: string | null } & SetAside);

/** Which rows: those numbered, those whose cell holds a text, or those of which the report says this. */
export type SetAside =
  | { readonly rows: readonly number[]; readonly problem: ProblemCode | null }
  | { readonly column: string; readonly value: string; readonly problem: ProblemCode | null }
  | { readonly problem: ProblemCode; readonly column: string | null };

/** A fix, who chose it and when (ISO 8601). */
export type Step = StepBody & { readonly by: string; readonly at: string };

export type StepKind = StepBody['kind'];

/** How steps travel in files: the number changes when an older program could not read them. */
export type StepFile = { readonly terroirSteps: 1; readonly steps: readonly Step[] };

export function stepFile(steps: readonly Step[]): StepFile {
  return { terroirSteps: 1, steps };
}

/**
 * Whether the original holds what its producer does not publish: columns left out, rows set aside. A total that was taken
 * away hides nothing.
 */
export function hidesOriginal(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === 'dropColumn' || (step.kind === 'setAside' && step.problem !== 'row.total'));
}

/** What tells columns apart in steps: the folded title. */
export function columnKey(title: string): string {
  return columnName(title) || title.trim();
}

const mostSteps = 100_000;
const longestText = 1_000_000;

/**
 * Steps from a file or a request: either a list of steps or `{ terroirSteps: 1, steps: […] }`.
 * @param author who and when, for the steps that do not say it
 * @throws TerroirError steps.invalid (which step and what is wrong), steps.newer, steps.tooMany
 */
export function parseSteps(value: unknown, author: { readonly by: string; readonly at: Date }): readonly Step[] {
  const list = Array.isArray(value) ? value : listOf(value);
  if (list.length > mostSteps) throw new TerroirError('steps.tooMany', { max: mostSteps });
  return list.map((one, index) => parseStep(one, index + 1, author));
}

/** Steps that came as text. @throws TerroirError steps.invalid, steps.newer, steps.tooMany */
export function parseStepText(text: string, author: { readonly by: string; readonly at: Date }): readonly Step[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TerroirError('steps.invalid', { step: 0, reason: error instanceof Error ? error.message : 'JSON' });
  }
  return parseSteps(value, author);
}

function listOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('steps' in value) || !Array.isArray(value.steps))
    throw new TerroirError('steps.invalid', { step: 0, reason: '{"terroirSteps": 1, "steps": […]}' });
  const version = 'terroirSteps' in value ? value.terroirSteps : null;
  if (typeof version === 'number' && version > 1) throw new TerroirError('steps.newer', { version });
  if (version !== 1) throw new TerroirError('steps.invalid', { step: 0, reason: '"terroirSteps": 1' });
  return value.steps;
}

type Members = {
  text(name: string): string;
  optionalText(name: string): string | null;
  number(name: string): number;
  problem(): ProblemCode | null;
  refuse(reason: string): never;
  readonly raw: Readonly<Record<string, unknown>>;
};

function parseStep(value: unknown, place: number, author: { readonly by: string; readonly at: Date }): Step {
  const members = membersOf(value, place);
  const at = members.optionalText('at') ?? author.at.toISOString();
  if (Number.isNaN(Date.parse(at))) members.refuse(`at: ${at}`);
  return { ...bodyOf(members), by: members.optionalText('by') ?? author.by, at };
}

function bodyOf(members: Members): StepBody {
  const kind = members.text('kind');
  const sheet = members.optionalText('sheet');
  switch (kind) {
    case 'setCell': {
      const [column, from, to] = [title(members, 'column'), members.text('from'), members.text('to')];
      return { kind, sheet, row: rowNumber(members.raw['row'], members), column, from, to };
    }
    case 'replaceValue':
      return { kind, column: title(members, 'column'), from: members.text('from'), to: members.text('to') };
    case 'padCodes': {
      const length = members.number('length');
      if (!Number.isInteger(length) || length < 1 || length > 50) members.refuse(`length: ${length}`);
      return { kind, column: title(members, 'column'), length };
    }
    case 'rewriteColumn': {
      const as = rewriteKinds.find((each) => each === members.text('as'));
      return { kind, column: title(members, 'column'), as: as ?? members.refuse(`as: ${rewriteKinds.join(' | ')}`) };
    }
    case 'renameColumn':
      return { kind, from: title(members, 'from'), to: title(members, 'to') };
    case 'dropColumn':
      return { kind, column: title(members, 'column') };
    case 'keepAsIs':
      return { kind, problem: mustHaveProblem(members), column: members.optionalText('column') };
    case 'setAside':
      return { kind, sheet, ...setAsideOf(members) };
    default:
      return members.refuse(`kind: ${kind}`);
  }
}

function setAsideOf(members: Members): SetAside {
  const { rows, value } = members.raw;
  if (rows !== undefined) {
    if (!Array.isArray(rows) || rows.length === 0) members.refuse('rows');
    const numbers = (rows as readonly unknown[]).map((row) => rowNumber(row, members));
    return { rows: [...new Set(numbers)].toSorted((a, b) => a - b), problem: members.problem() };
  }
  if (value !== undefined && value !== null)
    return { column: title(members, 'column'), value: members.text('value'), problem: members.problem() };
  return { problem: mustHaveProblem(members), column: members.optionalText('column') };
}

function membersOf(value: unknown, place: number): Members {
  const refuse = (reason: string): never => {
    throw new TerroirError('steps.invalid', { step: place, reason });
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('{"kind": …}');
  const raw = value as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const found = raw[name];
    return typeof found === 'string' && found.length <= longestText ? found : refuse(`${name}: "…"`);
  };
  return {
    raw,
    refuse,
    text,
    optionalText: (name) => (raw[name] === undefined || raw[name] === null ? null : text(name)),
    number: (name) => (typeof raw[name] === 'number' ? raw[name] : refuse(`${name}: 0`)),
    problem() {
      const code = raw['problem'];
      if (code === undefined || code === null) return null;
      return isProblemCode(code) ? code : refuse(`problem: ${String(code)}`);
    },
  };
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problemMessages, code);
}

function mustHaveProblem(members: Members): ProblemCode {
  return members.problem() ?? members.refuse('problem');
}

function title(members: Members, name: string): string {
  const text = members.text(name).trim();
  return text === '' ? members.refuse(`${name}: ""`) : text;
}

function rowNumber(value: unknown, members: Members): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 40
    ? value
    : members.refuse(`row: ${String(value)}`);
}
