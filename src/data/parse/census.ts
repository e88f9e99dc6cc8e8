// Reads every byte of a file once, without making texts of them: is it clean UTF-8, and is every record like the first?
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { longestLineBytes } from './dialect.ts';
import { wholeSignsEnd } from './encoding.ts';
import { countRecords, type RecordsExpected, type RecordsFound } from './record-counter.ts';

export type CensusRequest = RecordsExpected & {
  /** Bytes of the byte-order mark. */
  readonly start: number;
};

export type Census = RecordsFound & {
  /** False when the file holds a NUL or anything but UTF-8: it must be rewritten first. */
  readonly cleanUtf8: boolean;
  /**
   * Whether each record has the width, sound quotes, something in it, and no blank line stands between records; what was
   * found of the records is only whole when they are.
   */
  readonly regular: boolean;
};

/** A census under way, fed with the bytes of a file in order. */
export type CensusTaker = {
  /** @throws LineTooLong when a line without end goes on past the limit */
  read(chunk: Uint8Array): void;
  /** Whether the rest of the file would teach nothing more. */
  readonly over: boolean;
  answer(): Census;
};

/** A line above the limit; `record` is its index in the file from 0. */
export class LineTooLong extends Error {
  readonly record: number;
  constructor(record: number) {
    super(`record ${record} is too long`);
    this.record = record;
  }
}

const chunkBytes = 1 << 19;
const lf = 10;

/** @throws LineTooLong when a line without end goes on past the limit */
export async function takeCensus(path: string, request: CensusRequest): Promise<Census> {
  const taker = censusTaker(request);
  const file = await open(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let position = 0; !taker.over; ) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, position);
      if (bytesRead === 0) break;
      taker.read(chunk.subarray(0, bytesRead));
      position += bytesRead;
    }
    return taker.answer();
  } finally {
    await file.close();
  }
}

export function censusTaker(request: CensusRequest): CensusTaker {
  const records = countRecords(request);
  let cleanUtf8 = true;
  let regular = request.dialect.newline === 'lf' && !request.dialect.initialSpace;
  /** The bytes from the first unfinished record on, two bytes kept free for the sentinels of the record counter. */
  let buffer = Buffer.allocUnsafe(chunkBytes * 2);
  /** How many bytes are held, and how many of them are known to be UTF-8. */
  let [held, checked] = [0, 0];
  /** Bytes of the mark still to be passed, and the offset in the file of `buffer[0]`. */
  let [skip, origin] = [request.start, request.start];

  function work(final: boolean): void {
    const checkable = final ? held : wholeSignsEnd(buffer, held);
    const fresh = buffer.subarray(checked, checkable);
    cleanUtf8 = isUtf8(fresh) && !fresh.includes(0);
    checked = checkable;
    if (!cleanUtf8) return;
    let kept = regular ? records.read(buffer, held, origin, final) : checked;
    if (kept === -1) {
      regular = false;
      kept = checked;
    }
    if (held - kept > longestLineBytes) {
      if (buffer.subarray(kept, held).indexOf(lf) === -1) throw new LineTooLong(records.count());
      regular = false;
      kept = checked;
    }
    buffer.copyWithin(0, kept, held);
    held -= kept;
    checked -= kept;
    origin += kept;
  }

  return {
    read(chunk) {
      if (!cleanUtf8) return;
      const bytes = skip === 0 ? chunk : chunk.subarray(skip);
      skip -= chunk.length - bytes.length;
      if (buffer.length - held - 2 < bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, held + bytes.length + 2));
        buffer.copy(larger, 0, 0, held);
        buffer = larger;
      }
      buffer.set(bytes, held);
      held += bytes.length;
      work(false);
    },
    get over() {
      return !cleanUtf8;
    },
    answer() {
      if (cleanUtf8) work(true);
      return { cleanUtf8, regular: regular && cleanUtf8, ...records.answer() };
    },
  };
}
