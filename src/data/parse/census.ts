// Reads every byte of a file once, without making texts of them: is it clean UTF-8, and is every record like the first?
import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { type Dialect, longestLineBytes } from './dialect.ts';
import { wholeSignsEnd } from './encoding.ts';
import { type SampleOf, sampleOf } from './sample.ts';

export type CensusRequest = {
  readonly path: string;
  /** Bytes of the byte-order mark. */
  readonly start: number;
  readonly dialect: Dialect;
  readonly width: number;
  /** Records above the data, each on one line. */
  readonly skipRecords: number;
  /** Whether record `skipRecords - 1` is the header, so that a repeat of it is an irregularity. */
  readonly hasHeader: boolean;
  /** Byte offsets whose records are asked for, in order. */
  readonly offsets: readonly number[];
};

export type Census = {
  /** False when the file holds a NUL or anything but UTF-8: it must be rewritten first. */
  readonly cleanUtf8: boolean;
  /** Whether each record has the width, sound quotes, something in it, and no blank line stands between records. */
  readonly regular: boolean;
  /** Records below the header, when regular. */
  readonly records: number;
  readonly longestRecord: number;
  /** Records spread over the file (as bytes), when regular. */
  readonly sample: readonly Uint8Array[];
  /** Records that begin like a total, with their index from 0 below the header, when regular. */
  readonly totalCandidates: readonly { readonly index: number; readonly bytes: Uint8Array }[];
  /** For each offset asked for, the index of its record in the file from 0, when regular. */
  readonly recordsAt: readonly number[];
};

const chunkBytes = 1 << 19;
const mostTotalCandidates = 1000;
const [tab, lf, cr, space, quote] = [9, 10, 13, 32, 34];

/** @throws LineTooLong when a line without end goes on past the limit */
export async function takeCensus(request: CensusRequest): Promise<Census> {
  const file = await open(request.path, 'r');
  try {
    return await census(file, request);
  } finally {
    await file.close();
  }
}

/** A line above the limit; `record` is its index in the file from 0. */
export class LineTooLong extends Error {
  readonly record: number;
  constructor(record: number) {
    super(`record ${record} is too long`);
    this.record = record;
  }
}

async function census(file: FileHandle, request: CensusRequest): Promise<Census> {
  let cleanUtf8 = true;
  const records = countRecords(request);
  let regular = request.dialect.newline === 'lf' && !request.dialect.initialSpace;
  let buffer = Buffer.allocUnsafe(chunkBytes * 2);
  let position = request.start;
  let [held, checked, final] = [0, 0, false];
  while (!final && cleanUtf8) {
    if (buffer.length - held < chunkBytes) {
      const larger = Buffer.allocUnsafe(buffer.length * 2);
      buffer.copy(larger, 0, 0, held);
      buffer = larger;
    }
    // Two bytes are kept free for the sentinels of the record counter.
    const { bytesRead } = await file.read(buffer, held, buffer.length - held - 2, position);
    position += bytesRead;
    final = bytesRead === 0;
    const end = held + bytesRead;
    const checkable = final ? end : wholeSignsEnd(buffer, end);
    const fresh = buffer.subarray(checked, checkable);
    cleanUtf8 = isUtf8(fresh) && !fresh.includes(0);
    checked = checkable;
    let kept = regular ? records.read(buffer, end, position - end, final) : checked;
    if (kept === -1) {
      regular = false;
      kept = checked;
    }
    if (end - kept > longestLineBytes) {
      if (buffer.subarray(kept, end).indexOf(lf) === -1) throw new LineTooLong(records.count());
      regular = false;
      kept = checked;
    }
    buffer.copyWithin(0, kept, end);
    held = end - kept;
    checked -= kept;
  }
  return { cleanUtf8, regular: regular && cleanUtf8, ...records.answer() };
}

/** Where a text without quotes ends. Four bytes a turn: twice as fast as one; a sentinel stops it at the buffer's end. */
function plainTextEnd(bytes: Uint8Array, from: number, stops: Uint8Array): number {
  for (let at = from; ; at += 4) {
    if (stops[bytes[at] as number] !== 0) return at;
    if (stops[bytes[at + 1] as number] !== 0) return at + 1;
    if (stops[bytes[at + 2] as number] !== 0) return at + 2;
    if (stops[bytes[at + 3] as number] !== 0) return at + 3;
  }
}

type RecordCounter = {
  /**
   * Reads the whole records of `buffer[0..end]`; `origin` is the offset in the file of `buffer[0]`.
   * @returns where the first unfinished record starts, or -1 at the first irregularity
   */
  read(buffer: Buffer, end: number, origin: number, final: boolean): number;
  count(): number;
  answer(): Pick<Census, 'records' | 'longestRecord' | 'sample' | 'totalCandidates' | 'recordsAt'>;
};

function countRecords({ dialect, width, skipRecords, hasHeader, offsets }: CensusRequest): RecordCounter {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const special = new Uint8Array(256);
  for (const byte of [delimiter, lf, cr, quote]) special[byte] = 1;
  const sample: SampleOf<Uint8Array> = sampleOf();
  const totalCandidates: { index: number; bytes: Uint8Array }[] = [];
  const recordsAt: number[] = [];
  let header: Uint8Array = new Uint8Array(0);
  let [count, longest, blanks] = [0, 0, 0];
  /** 0 until known, then 1 for LF, 2 for CRLF: an engine wants all lines to end alike. */
  let newlineBytes = 0;

  function read(buffer: Buffer, end: number, origin: number, final: boolean): number {
    buffer[end] = lf;
    buffer[end + 1] = quote;
    const stops = special;
    const between = delimiter;
    let start = 0;
    while (start < end) {
      let at = start;
      let cells = 1;
      let stop = 0;
      for (;;) {
        if (buffer[at] === quote && at < end) {
          for (;;) {
            at++;
            while (buffer[at] !== quote) at++;
            if (at >= end) return final ? -1 : start;
            at++;
            if (buffer[at] !== quote || at >= end) break;
          }
        } else {
          at = plainTextEnd(buffer, at, stops);
        }
        stop = buffer[at] as number;
        if (stop !== between) break;
        cells++;
        at++;
      }
      // A record that touches the end of the buffer may go on in the next one.
      if (at >= end - 1 && !final) {
        if (at >= end || stop === cr) return start;
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
        blanks++;
        start = next;
        continue;
      }
      if (blanks > 0) return -1;
      while (recordsAt.length < offsets.length && (offsets[recordsAt.length] as number) < origin + next)
        recordsAt.push(count);
      if (count >= skipRecords) {
        if (cells !== width) return -1;
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
      return {
        records: Math.max(0, count - skipRecords),
        longestRecord: longest,
        sample: sample.all(),
        totalCandidates,
        recordsAt,
      };
    },
  };
}
