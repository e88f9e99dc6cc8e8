// What a compiled rule is, and the SQL that every rule about a column shares.
import type { ProblemCode, Severity } from '../../model/problem.ts';
import type { SchemaField } from '../../model/schema.ts';
import type { Repair } from './repairs.ts';
import type { TypeCheck } from './types.ts';

export type Rule = {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Index of the column where the problem is shown, and its name in the schema. */
  readonly column: number;
  readonly field: string;
  /** SQL over the raw columns: whether a record breaks the rule (never NULL); of a judged rule: whether it is to be judged. */
  readonly breaks: string;
  /** Columns made first, once for all rules that name them: of the raw ones, then of those, step by step. */
  readonly made?: readonly Readonly<Record<string, string>>[];
  /** Judges the different values of the column, all at once: true when one is right; null when it took too long. */
  readonly judge?: (values: readonly string[]) => readonly boolean[] | null;
  /** SQL that fails where the engine cannot read the rule, and the rule to use instead. */
  readonly probe?: string;
  readonly instead?: Rule;
  /** SQL of what is shown as read; the column itself when absent. */
  readonly shown?: string;
  readonly expected: string;
  readonly repair: (value: string) => Repair | null;
};

/** A column of the file that the schema describes, with the SQL that all rules about it share. */
export type Checked = {
  readonly field: SchemaField;
  readonly index: number;
  /** SQL of the raw text: what an empty cell holds is NULL. */
  readonly raw: string;
  /** SQL, never NULL: whether the cell holds something else than blanks and missing markers. */
  readonly filled: string;
  readonly type: TypeCheck;
  /** SQL over a filled cell, never NULL: whether it obeys its type, so that constraints have a meaning. */
  readonly obeys: string;
};

/** SQL of "this filled cell breaks": the cheap test comes first, so that most values are done with it. */
export function breaksUnless(column: Checked, obeys: string, onlyWhen = 'TRUE'): string {
  const rest = onlyWhen === 'TRUE' ? column.filled : `(${column.filled} AND ${onlyWhen})`;
  return `(CASE WHEN ${column.raw} IS NULL THEN FALSE WHEN ${obeys} THEN FALSE ELSE ${rest} END)`;
}
