// What was learnt of a deposited file before it is published: its tables, what to correct, what personal data it holds.
import type { Field } from './field.ts';
import type { Finding } from './finding.ts';
import type { Problem } from './problem.ts';
import type { Unmatched } from './step-plan.ts';
import type { Geometry } from './table.ts';

export type Examination = {
  /** csv, xlsx … */
  readonly format: string;
  readonly encoding: string | null;
  /** The tables of the file: one of them is examined. */
  readonly tables: readonly ExaminedTable[];
  /** The name of the one examined. */
  readonly table: string;
  readonly headerRow: number | null;
  /** Records, once corrected. */
  readonly rows: number;
  readonly fields: readonly Field[];
  readonly geometry: Geometry | null;
  /** Some places, as they are understood, where the file's own columns had to be put in degrees. */
  readonly places: readonly {
    readonly row: number;
    readonly read: string;
    readonly lon: number;
    readonly lat: number;
  }[];
  /** The first records once corrected, cells as the file writes them, in the order of the fields. */
  readonly preview: readonly (readonly string[])[];
  /** What remains once the corrections are done: of the reading, of the values, of the schema. */
  readonly problems: readonly Problem[];
  readonly corrections: {
    /** For each step, how many cells (or rows) it found. */
    readonly hits: readonly number[];
    readonly unmatched: readonly { readonly step: number; readonly reason: Unmatched }[];
    readonly setAsideRows: number;
  };
  /** The schema it was checked against, null when none. */
  readonly schema: string | null;
  /** Names of the fields that this schema says are the key; absent of what was examined before this was told. */
  readonly declaredKey?: readonly string[];
  /** The schemas it is likely to follow, the likeliest first. */
  readonly proposals: readonly { readonly name: string; readonly share: number; readonly missing: readonly string[] }[];
  readonly findings: readonly Finding[];
};

export type ExaminedTable = {
  readonly name: string;
  readonly sheet: string | null;
  readonly rows: number;
  readonly columns: number;
};
