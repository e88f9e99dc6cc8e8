// Counts the records of a delimited text in its bytes, and stops at the first one that is not like the others.
import type { CellFacts } from '../cell-facts.ts';
import { cellCounter } from './cell-counter.ts';
import type { Dialect } from './dialect.ts';
import { type SampleOf, sampleOf } from './sample.ts';

export type RecordsExpected = {
  readonly dialect: Dialect;
  readonly width: number;
  /** Records above the data, each on one line. */
  readonly skipRecords: number;
  /** Whether record `skipRecords - 1` is the header, so that a repeat of it is an irregularity. */
  readonly hasHeader: boolean;
  /** Byte offsets whose records are asked for, in order. */
  readonly offsets: readonly number[];
};

export type RecordsFound = {
  /** Records below the header. */
  readonly records: number;
  /** Bytes of the longest record. */
  readonly longestRecord: number;
  /** Records spread over the file, as bytes. */
  readonly sample: readonly Uint8Array[];
  /** Records that begin like a total, with their index from 0 below the header. */
  readonly totalCandidates: readonly { readonly index: number; readonly bytes: Uint8Array }[];
  /** For each offset asked for, the index of its record in the file from 0. */
  readonly recordsAt: readonly number[];
  /** What the cells of each column are made of, null where they are texts. */
  readonly cells: readonly (CellFacts | null)[];
};

export type RecordCounter = {
  /**
   * Reads the whole records of `buffer[0..end]`, two free bytes after it; `origin` is the offset in the file of `buffer[0]`.
   * @returns where the first unfinished record starts, or -1 at the first irregularity
   */
  read(buffer: Buffer, end: number, origin: number, final: boolean): number;
  /** Records so far, those above the data included. */
  count(): number;
  answer(): RecordsFound;
};

const mostTotalCandidates = 1000;
const [tab, lf, cr, space, quote] = [9, 10, 13, 32, 34];

export function countRecords(expected: RecordsExpected): RecordCounter {
  const { dialect, width, skipRecords, hasHeader, offsets } = expected;
  const delimiter = dialect.delimiter.charCodeAt(0);
  const stops = [delimiter, lf, cr, quote];
  const cells = cellCounter(width, stops);
  /** The lines above the data say nothing of the columns. */
  const above = cellCounter(0, stops);
  const sample: SampleOf<Uint8Array> = sampleOf();
  const totalCandidates: { index: number; bytes: Uint8Array }[] = [];
  const recordsAt: number[] = [];
  let header: Uint8Array = new Uint8Array(0);
  let [count, longest, blanks] = [0, 0, 0];
  /** 0 until known, then 1 for LF, 2 for CRLF: an engine wants all lines to end alike. */
  let newlineBytes = 0;

  function read(buffer: Buffer, end: number, origin: number, final: boolean): number {
    // Sentinels: they stop a cell, and a quoted text, at the end of the buffer.
    buffer[end] = lf;
    buffer[end + 1] = quote;
    let start = 0;
    while (start < end) {
      const counter = count < skipRecords ? above : cells;
      let at = start;
      let column = 0;
      for (;;) {
        if (buffer[at] === quote && at < end) {
          for (;;) {
            at++;
            while (buffer[at] !== quote) at++;
            if (at >= end) {
              counter.forget();
              return final ? -1 : start;
            }
            at++;
            if (buffer[at] !== quote || at >= end) break;
          }
          counter.quoted(column);
        } else {
          // At the end of the file, the sentinel ends a cell as a line end does.
          at = counter.cellEnd(buffer, at, column, final ? end + 1 : end);
        }
        if (buffer[at] !== delimiter) break;
        column++;
        at++;
      }
      const stop = buffer[at] as number;
      // A record that touches the end of the buffer may go on in the next one.
      if (at >= end - 1 && !final && (at >= end || stop === cr)) {
        counter.forget();
        return start;
      }
      const recordEnd = at;
      let next = at + 1;
      let newline = 1;
      if (at >= end) {
        next = end;
        newline = 0;
      } else if (stop === cr) {
        if (at + 1 < end && buffer[at + 1] === lf) [next, newline] = [at + 2, 2];
        else return -1;
      } else if (stop !== lf) return -1;
      if (newline !== 0 && newline !== newlineBytes) {
        if (newlineBytes !== 0) return -1;
        newlineBytes = newline;
      }
      if (recordEnd === start) {
        // Blank lines are nothing at the end of a file, and an irregularity anywhere else; of one column they are cells.
        if (width === 1) return -1;
        counter.forget();
        blanks++;
        start = next;
        continue;
      }
      if (blanks > 0) return -1;
      counter.commit();
      while (recordsAt.length < offsets.length && (offsets[recordsAt.length] as number) < origin + next)
        recordsAt.push(count);
      if (count >= skipRecords) {
        if (column + 1 !== width) return -1;
        if (!lookInside(buffer, start, recordEnd)) return -1;
      } else if (hasHeader && count === skipRecords - 1) {
        header = Uint8Array.from(buffer.subarray(start, recordEnd));
      }
      if (recordEnd - start > longest) longest = recordEnd - start;
      count++;
      start = next;
    }
    return start;
  }

  /** @returns false when the record is empty or repeats the header */
  function lookInside(buffer: Buffer, start: number, recordEnd: number): boolean {
    let at = start;
    let byte = buffer[at] as number;
    while (at < recordEnd && (byte === delimiter || byte === quote || byte === space || byte === tab))
      byte = buffer[++at] as number;
    if (at >= recordEnd) return false;
    if (
      recordEnd - start === header.length &&
      buffer[start] === header[0] &&
      buffer.compare(header, 0, header.length, start, recordEnd) === 0
    )
      return false;
    // t or s, then o: Total, Sous-total, Somme.
    const letter = byte | 32;
    if (
      (letter === 116 || letter === 115) &&
      ((buffer[at + 1] as number) | 32) === 111 &&
      totalCandidates.length < mostTotalCandidates
    ) {
      totalCandidates.push({ index: count - skipRecords, bytes: Uint8Array.from(buffer.subarray(start, recordEnd)) });
    }
    if (sample.wants()) sample.add(Uint8Array.from(buffer.subarray(start, recordEnd)));
    else sample.skip();
    return true;
  }

  return {
    read,
    count: () => count,
    answer: () => {
      while (recordsAt.length < offsets.length) recordsAt.push(count);
      const records = Math.max(0, count - skipRecords);
      return {
        records,
        longestRecord: longest,
        sample: sample.all(),
        totalCandidates,
        recordsAt,
        cells: cells.facts(records),
      };
    },
  };
}
