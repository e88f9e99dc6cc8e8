// The bytes of a text as clean UTF-8, chunk by chunk: the file itself when it already is, else a copy.
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile } from '../../stages.ts';
import { type EncodingName, judgeHead, wholeSignsEnd } from '../encoding.ts';
import { readHead } from '../head.ts';
import { transcode } from '../transcode.ts';

export type TextSource = {
  readonly path: string;
  readonly start: number;
  readonly encoding: EncodingName;
  readonly problems: readonly Problem[];
};

const chunkBytes = 1 << 20;

/** Reads a file as bytes; each chunk is only good until the next one. */
export async function* chunksOf(path: string, start: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let position = start; ; ) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/**
 * @param markup whether a text full of NULs is still a text where it starts with "<" (a copy that was interrupted)
 * @throws TerroirError file.empty, file.binary
 */
export async function openTextSource(file: DepositedFile, scratch: string, markup = false): Promise<TextSource> {
  const name = file.innerName ?? file.name;
  const head = await readHead(file.path, 64 * 1024);
  if (head.length === 0) throw new TerroirError('file.empty', { name });
  const seen = judgeHead(head);
  const judged = markup && seen.binary && startsAsMarkup(head) ? { ...seen, binary: false } : seen;
  if (judged.binary) throw new TerroirError('file.binary', { name });
  if (judged.wide === null && (await isClean(file.path, judged.markBytes)))
    return { path: file.path, start: judged.markBytes, encoding: 'UTF-8', problems: [] };
  const path = join(scratch, `${randomUUID()}.utf8`);
  const { encoding, nuls, otherLines } = await transcode(file.path, path, judged);
  const problems: Problem[] = [];
  if (nuls > 0) problems.push(problem('file.nulBytes', 'warning', { count: nuls }));
  if (otherLines > 0) {
    const other = encoding === 'UTF-8' ? 'windows-1252' : 'UTF-8';
    problems.push(
      problem('encoding.mixed', 'warning', { row: 1, expected: encoding, proposal: other, count: otherLines }),
    );
  }
  return { path, start: 0, encoding, problems };
}

function startsAsMarkup(head: Uint8Array): boolean {
  return /^[\0\s]*</.test(Buffer.from(head.subarray(0, 4096)).toString('latin1'));
}

/** Whether all bytes are UTF-8 without NUL. */
async function isClean(path: string, start: number): Promise<boolean> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunksOf(path, start)) {
    if (chunk.includes(0)) return false;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = wholeSignsEnd(bytes, bytes.length);
    if (!isUtf8(bytes.subarray(0, end))) return false;
    rest = Buffer.from(bytes.subarray(end));
  }
  return isUtf8(rest);
}
