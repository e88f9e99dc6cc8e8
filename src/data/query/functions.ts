// The functions that a query may call: an allow-list. A name that is not here never reaches the engine.
import type { Kind } from './kinds.ts';

export type Aggregate = {
  readonly written: string;
  /** What its argument may be; null for any field. */
  readonly accepts: readonly Kind[] | null;
  sql(argument: string, distinct: boolean): string;
  answers(argument: Kind): Kind;
};

const comparable: readonly Kind[] = ['text', 'number', 'date', 'datetime', 'time', 'boolean'];

export const aggregates: Readonly<Record<string, Aggregate>> = {
  avg: { written: 'avg(n)', accepts: ['number'], sql: (x) => `avg(${x})`, answers: () => 'number' },
  sum: { written: 'sum(n)', accepts: ['number'], sql: (x) => `sum(${x})`, answers: () => 'number' },
  min: { written: 'min(x)', accepts: comparable, sql: (x) => `min(${x})`, answers: (kind) => kind },
  max: { written: 'max(x)', accepts: comparable, sql: (x) => `max(${x})`, answers: (kind) => kind },
  count: {
    written: 'count(*), count(x), count(distinct x)',
    accepts: null,
    sql: (x, distinct) => (distinct ? `count(DISTINCT ${x})` : `count(${x})`),
    answers: () => 'number',
  },
};

/** Conditions written as calls; compiled in compile.ts. */
export const conditionFunctions: Readonly<Record<string, string>> = {
  search: 'search("…"), search(x, "…"), search(*, "…")',
  suggest: 'suggest("…"), suggest(x, "…")',
  startswith: 'startswith(x, "…")',
};
