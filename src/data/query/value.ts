// What a value of a query is once it is compiled, and a column of an answer.
import type { Kind } from './kinds.ts';

export type Value = {
  readonly sql: string;
  readonly kind: Kind;
  /** Numbers that are whole: their ranges are told with their last number. */
  readonly whole?: boolean;
  /** What an export writes, where an answer says more. */
  readonly plain?: string;
};

/** A column of the answer. */
export type OutputColumn = { readonly name: string; readonly kind: Kind };
