// The records of a UTF-8 file as texts, one after the other, in bounded memory.
import { open } from 'node:fs/promises';
import { LineTooLong } from './census.ts';
import { type Dialect, longestLineBytes } from './dialect.ts';
import { type RecordRead, readRecord } from './record.ts';

export type TextRecord = RecordRead & {
  /** Whether a byte offset asked for lies in this record. */
  readonly marks: number;
};

const chunkBytes = 1 << 20;
/** A file with that many quotes left open does not use quotes at all. */
const mostRecoveries = 1000;

/**
 * Reads a UTF-8 file (without NUL) from byte `start`, by batches of records.
 * @param offsets byte offsets, in order: each record says how many of them it holds
 * @throws LineTooLong
 */
export async function* textRecords(
  path: string,
  start: number,
  dialect: Dialect,
  width: number,
  offsets: readonly number[] = [],
): AsyncGenerator<readonly TextRecord[]> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let [text, position, records, recoveries, offset] = ['', start, 0, 0, start];
    let current = dialect;
    let nextMark = 0;
    for (let final = false; !final; ) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
      position += bytesRead;
      final = bytesRead === 0;
      text += decoder.decode(buffer.subarray(0, bytesRead), { stream: !final });
      let at = 0;
      const batch: TextRecord[] = [];
      while (at < text.length) {
        const read = readRecord(text, at, current, width, final);
        if (read === null) break;
        let marks = 0;
        if (nextMark < offsets.length) {
          offset += Buffer.byteLength(text.slice(at, read.next));
          while (nextMark < offsets.length && (offsets[nextMark] as number) < offset) {
            nextMark++;
            marks++;
          }
        }
        if (read.next - at > longestLineBytes) throw new LineTooLong(records);
        if (read.recovered && ++recoveries > mostRecoveries) current = { ...dialect, quotes: false };
        batch.push({ ...read, marks });
        records++;
        at = read.next;
      }
      yield batch;
      text = text.slice(at);
      if (text.length > longestLineBytes) throw new LineTooLong(records);
    }
  } finally {
    await file.close();
  }
}
