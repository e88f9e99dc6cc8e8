// Rewrites a file that is not clean UTF-8 as UTF-8, line by line, in streams, and says which lines were not like the others.
import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import {
  type EncodingName,
  elect,
  type HeadJudgement,
  type LineVotes,
  utf8SignLength,
  wholeSignsEnd,
  windows1252ToUtf8,
} from './encoding.ts';

export type Transcoded = {
  readonly encoding: EncodingName;
  /** NULs taken out. */
  readonly nuls: number;
  /** Lines in the other encoding, and where the first hundred of them start in the rewritten file. */
  readonly otherLines: number;
  readonly otherLineOffsets: readonly number[];
};

const chunkBytes = 1 << 20;
const keptOffsets = 100;

/** Writes `from` as UTF-8 without byte-order mark into `to`. */
export async function transcode(from: string, to: string, head: HeadJudgement): Promise<Transcoded> {
  const input = await open(from, 'r');
  const output = await open(to, 'w');
  try {
    if (head.wide !== null) return await transcodeWide(input, output, head.wide, head.markBytes);
    const main = elect(await countVotes(input, head.markBytes));
    return await transcodeBytes(input, output, main, head.markBytes);
  } finally {
    await input.close();
    await output.close();
  }
}

async function transcodeWide(
  input: FileHandle,
  output: FileHandle,
  encoding: 'UTF-16LE' | 'UTF-16BE',
  start: number,
): Promise<Transcoded> {
  const decoder = new TextDecoder(encoding);
  let nuls = 0;
  const write = async (text: string) => {
    const clean = text.replaceAll('\0', '');
    nuls += text.length - clean.length;
    await output.writeFile(clean);
  };
  for await (const chunk of chunks(input, start)) await write(decoder.decode(chunk, { stream: true }));
  await write(decoder.decode());
  return { encoding, nuls, otherLines: 0, otherLineOffsets: [] };
}

async function countVotes(input: FileHandle, start: number): Promise<LineVotes> {
  const votes = { utf8: 0, windows1252: 0 };
  for await (const batch of lineBatches(input, start)) {
    for (const line of batch) {
      if (!line.beyondAscii) continue;
      if (isUtf8(line.bytes)) votes.utf8++;
      else votes.windows1252++;
    }
  }
  return votes;
}

async function transcodeBytes(
  input: FileHandle,
  output: FileHandle,
  main: 'UTF-8' | 'windows-1252',
  start: number,
): Promise<Transcoded> {
  // A line holds less than two chunks, and a byte becomes three at most.
  const target = Buffer.allocUnsafe(chunkBytes * 8);
  const offsets: number[] = [];
  let used = 0;
  let written = 0;
  let nuls = 0;
  let otherLines = 0;
  for await (const batch of lineBatches(input, start)) {
    for (const { bytes, beyondAscii } of batch) {
      if (used + bytes.length * 3 > target.length) {
        await output.writeFile(target.subarray(0, used));
        written += used;
        used = 0;
      }
      const valid = !beyondAscii || isUtf8(bytes);
      if (beyondAscii && valid !== (main === 'UTF-8')) {
        otherLines++;
        if (offsets.length < keptOffsets) offsets.push(written + used);
      }
      for (let i = 0; i < bytes.length; ) {
        const byte = bytes[i] as number;
        // In a file that is mostly UTF-8, a broken line may still hold good signs beside the bad ones.
        const length = valid || byte < 0x80 ? 1 : main === 'UTF-8' ? utf8SignLength(bytes, i, bytes.length) : 0;
        if (byte === 0) nuls++;
        else if (length > 0) for (let k = 0; k < length; k++) target[used++] = bytes[i + k] as number;
        else for (const out of windows1252ToUtf8[byte] as Uint8Array) target[used++] = out;
        i += length || 1;
      }
    }
  }
  await output.writeFile(target.subarray(0, used));
  return { encoding: main, nuls, otherLines, otherLineOffsets: offsets };
}

type Line = { readonly bytes: Uint8Array; readonly beyondAscii: boolean };

/** The lines of a file, ends included, by batches; a line above one chunk is cut in pieces between two signs. */
async function* lineBatches(input: FileHandle, start: number): AsyncGenerator<readonly Line[]> {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks(input, start)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const batch: Line[] = [];
    let from = 0;
    let beyondAscii = false;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (byte >= 0x80) beyondAscii = true;
      else if (byte === 10 || byte === 13) {
        batch.push({ bytes: bytes.subarray(from, i + 1), beyondAscii });
        from = i + 1;
        beyondAscii = false;
      }
    }
    if (bytes.length - from >= chunkBytes) {
      const cut = wholeSignsEnd(bytes, bytes.length);
      batch.push({ bytes: bytes.subarray(from, cut), beyondAscii: true });
      from = cut;
    }
    yield batch;
    rest = Uint8Array.from(bytes.subarray(from));
  }
  if (rest.length > 0) yield [{ bytes: rest, beyondAscii: rest.some((byte) => byte >= 0x80) }];
}

/** The bytes of a file from an offset; each chunk is only good until the next one. */
async function* chunks(input: FileHandle, start: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = start; ; ) {
    const { bytesRead } = await input.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
