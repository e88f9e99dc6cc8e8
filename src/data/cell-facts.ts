// What reading every byte of a column tells of its cells, without making texts of them.

/** The signs that a column's cells are made of, as bits of `CellFacts.signs`. */
export const signs = { digit: 1, dot: 2, comma: 4, minus: 8, slash: 16, letter: 32, other: 64 } as const;

export type CellFacts = {
  /** Cells that are not empty. */
  readonly filled: number;
  /** Bytes of the shortest and of the longest cell that is not empty; 0 when there is none. */
  readonly shortest: number;
  readonly longest: number;
  /** Which signs occur, as bits; see `signs`. */
  readonly signs: number;
  /** Whether some cell has a zero before another digit ("007", "-01.5"). */
  readonly leadingZero: boolean;
};
