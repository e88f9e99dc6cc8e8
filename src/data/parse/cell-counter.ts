// Gathers, byte by byte, what the cells of each column are made of; gives a column up once its cells are texts.
import { type CellFacts, signs } from '../cell-facts.ts';

/** A byte that ends a plain cell, beside the bits of `signs`. */
const stop = 128;
/** Longer cells of letters are texts: "false" and "faux" are not. */
const longestWord = 5;
const [zero, nine, minus, dot, comma] = [48, 57, 45, 46, 44];

export type CellCounter = {
  /**
   * Reads the cell of a column that begins at `from` and is not quoted; a stop must stand at or after `limit`.
   * @returns where it ends; nothing is learnt of a cell that touches `limit`, for it may go on.
   */
  cellEnd(bytes: Uint8Array, from: number, column: number, limit: number): number;
  /** A quoted cell: its column is given up. */
  quoted(column: number): void;
  /** The record is whole: its cells count. */
  commit(): void;
  /** The record is not whole: it will be read again from its start. */
  forget(): void;
  /** By column, null for those given up. */
  facts(records: number): readonly (CellFacts | null)[];
};

/** @param stops the bytes that end a plain cell: delimiter, line ends, quote */
export function cellCounter(width: number, stops: readonly number[]): CellCounter {
  const kinds = kindsOf(stops);
  const givenUp = new Uint8Array(width + 1);
  const shortest = new Int32Array(width).fill(2 ** 31 - 1);
  const longest = new Int32Array(width);
  const seen = new Uint8Array(width);
  const zeros = new Uint8Array(width);
  const empty = new Int32Array(width);
  /** Empty cells of the record being read: the only facts that count twice when it is read twice. */
  let recordEmpty: number[] = [];

  return {
    cellEnd(bytes, from, column, limit) {
      if (column >= width || givenUp[column] === 1) return plainEnd(bytes, from, kinds);
      let at = from;
      let kind = kinds[bytes[at] as number] as number;
      let found = 0;
      while (kind < stop) {
        found |= kind;
        kind = kinds[bytes[++at] as number] as number;
      }
      if (at >= limit) return at;
      const length = at - from;
      if (length === 0) {
        recordEmpty.push(column);
        return at;
      }
      if (length < (shortest[column] as number)) shortest[column] = length;
      if (length > (longest[column] as number)) longest[column] = length;
      seen[column] = (seen[column] as number) | found;
      if (found >= signs.letter && (found >= signs.other || length > longestWord)) givenUp[column] = 1;
      else if (length > 1 && zeros[column] === 0 && hasLeadingZero(bytes, from)) zeros[column] = 1;
      return at;
    },
    quoted(column) {
      givenUp[column] = 1;
    },
    commit() {
      if (recordEmpty.length === 0) return;
      for (const column of recordEmpty) empty[column] = (empty[column] as number) + 1;
      recordEmpty = [];
    },
    forget() {
      recordEmpty = [];
    },
    facts: (records) =>
      Array.from({ length: width }, (_, column) => {
        if (givenUp[column] === 1) return null;
        const filled = records - (empty[column] as number);
        return {
          filled,
          shortest: filled === 0 ? 0 : (shortest[column] as number),
          longest: longest[column] as number,
          signs: seen[column] as number,
          leadingZero: zeros[column] === 1,
        };
      }),
  };
}

/** Where a text without quotes ends. Four bytes a turn: twice as fast as one; a stop stands at the buffer's end. */
function plainEnd(bytes: Uint8Array, from: number, kinds: Uint8Array): number {
  for (let at = from; ; at += 4) {
    if ((kinds[bytes[at] as number] as number) >= stop) return at;
    if ((kinds[bytes[at + 1] as number] as number) >= stop) return at + 1;
    if ((kinds[bytes[at + 2] as number] as number) >= stop) return at + 2;
    if ((kinds[bytes[at + 3] as number] as number) >= stop) return at + 3;
  }
}

function hasLeadingZero(bytes: Uint8Array, from: number): boolean {
  const first = bytes[from] === minus ? from + 1 : from;
  if (bytes[first] !== zero) return false;
  const next = bytes[first + 1] as number;
  // "-0" is not the number that it is stored as either.
  return next !== dot && next !== comma && ((next >= zero && next <= nine) || first > from);
}

function kindsOf(stops: readonly number[]): Uint8Array {
  const kinds = new Uint8Array(256).fill(signs.other);
  for (let byte = zero; byte <= nine; byte++) kinds[byte] = signs.digit;
  for (let byte = 97; byte <= 122; byte++) {
    kinds[byte] = signs.letter;
    kinds[byte - 32] = signs.letter;
  }
  kinds[dot] = signs.dot;
  kinds[comma] = signs.comma;
  kinds[minus] = signs.minus;
  kinds[47] = signs.slash;
  for (const byte of stops) kinds[byte] = stop;
  return kinds;
}
