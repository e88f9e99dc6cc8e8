// What every reader of workbooks hands on: its sheets, written raw, and what was odd about the workbook itself.
import type { RawSheet } from './raw-sheet.ts';

export type SheetsRead = {
  readonly sheets: readonly RawSheet[];
  readonly macros: boolean;
  /** Names of sheets or parts that the workbook speaks of and does not hold. */
  readonly missing: readonly string[];
};
