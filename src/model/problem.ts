// What a stage says of bad data: a code, a place as the spreadsheet shows it, what was read, expected and proposed.

import { fillSentence } from '../lib/errors.ts';
import type { Language } from './language.ts';
import { objectWords, problemMessages, problemPlaces } from './messages/problems.ts';
import { problemTails, schemaProblemMessages } from './messages/schema-problems.ts';
import type { RewriteKind } from './rewrite.ts';

/** « À corriger » blocks publication, « À vérifier » warns, « Conseil » only helps. */
export type Severity = 'error' | 'warning' | 'advice';

export type ProblemCode = keyof typeof problemMessages;

export type Problem = {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** The sheet's name, null for a file without sheets. */
  readonly sheet: string | null;
  /** The cell as a spreadsheet shows it ("F14"), null when the problem is about a whole column, row or file. */
  readonly cell: string | null;
  /** The row as the spreadsheet shows it: 1 is the first line of the file. */
  readonly row: number | null;
  /** The header's text of the column concerned. */
  readonly column: string | null;
  /** What was read. */
  readonly value: string | null;
  /** What was expected, in Table Schema's words or an example. */
  readonly expected: string | null;
  /** A value that would be right, when there is one. */
  readonly proposal: string | null;
  /** How many cells or rows have this problem, when identical ones are grouped into this one (1 when absent). */
  readonly count?: number;
  /** What a row is where no spreadsheet numbers it; people are told the object's number, not a cell. */
  readonly unit?: 'object';
  /** Whether the values of the group differ: they ask for the same gesture, not for the same value. */
  readonly various?: boolean;
  /** The writing that all cells of the column could be given at once. */
  readonly rewrite?: RewriteKind;
};

/** A problem with every place left empty: name only what is known. */
export function problem(
  code: ProblemCode,
  severity: Severity,
  known: Partial<Omit<Problem, 'code' | 'severity'>> = {},
): Problem {
  return {
    code,
    severity,
    sheet: null,
    cell: null,
    row: null,
    column: null,
    value: null,
    expected: null,
    proposal: null,
    ...known,
  };
}

/** The sentence of a problem: where, what was read, what is expected, what to do (product wording: où, quoi, attendu, geste). */
export function problemMessage(p: Problem, lang: Language): string {
  const params: Record<string, string | number> = { count: p.count ?? 1 };
  for (const [name, value] of Object.entries(p))
    if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  const message = fillSentence(inUnits(problemMessages[p.code][lang] + tailOf(p, lang), p, lang), params);
  const place = p.unit === 'object' ? problemPlaces.inLayer : problemPlaces.inSheet;
  return p.sheet === null ? message : fillSentence(place[lang], { sheet: p.sheet, message });
}

/** Sentences are written for cells and rows; objects of a list or a map have a number alone. */
function inUnits(sentence: string, { unit }: Problem, lang: Language): string {
  if (unit === undefined) return sentence;
  return objectWords[lang].reduce((text, [cells, objects]) => text.replaceAll(cells, objects), sentence);
}

/** What a schema's sentence does not say itself: the proposal, and how many cells are alike. */
function tailOf(p: Problem, lang: Language): string {
  const sentence = problemMessages[p.code][lang];
  if (!(p.code in schemaProblemMessages)) return '';
  const proposal = p.code === 'column.required' ? problemTails.column : problemTails.proposal;
  const propose = p.proposal !== null && !sentence.includes('{proposal}') ? proposal[lang] : '';
  return propose + ((p.count ?? 1) > 1 && !sentence.includes('{count}') ? problemTails.count[lang] : '');
}

/** The letters of a column as a spreadsheet shows them: 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** The address of a cell as a spreadsheet shows it: column index from 0, row from 1 → "F14". */
export function cellAddress(columnIndex: number, row: number): string {
  return `${columnLetters(columnIndex)}${row}`;
}
