// Which encoding a file is in: a byte-order mark, the rhythm of NULs of UTF-16, strict UTF-8, else judged line by line.
import { isUtf8 } from 'node:buffer';

export type EncodingName = 'UTF-8' | 'windows-1252' | 'UTF-16LE' | 'UTF-16BE';

export type HeadJudgement = {
  /** UTF-16 when its mark or its rhythm says so, else null: one byte per sign at least. */
  readonly wide: 'UTF-16LE' | 'UTF-16BE' | null;
  /** Bytes of the byte-order mark. */
  readonly markBytes: number;
  /** Pictures, archives, programs …: no text at all. */
  readonly binary: boolean;
};

/** First bytes of the formats that people most often rename to .csv. */
const magics: readonly string[] = [
  '504b0304',
  '504b0506',
  'd0cf11e0',
  '25504446',
  '89504e47',
  'ffd8ff',
  '47494638',
  '1f8b',
  '7f454c46',
  '4d5a9000',
  'cafebabe',
  '53514c69746520666f726d6174',
  '50415231',
  '377abcaf',
  '52617221',
  '425a68',
  'fd377a58',
  '28b52ffd',
  '0000000c6a50',
  '49492a00',
  '4d4d002a',
  '00000018667479',
  '00000020667479',
];

/** Judges the first bytes of a file. */
export function judgeHead(head: Uint8Array): HeadJudgement {
  if (head[0] === 0xff && head[1] === 0xfe) return { wide: 'UTF-16LE', markBytes: 2, binary: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { wide: 'UTF-16BE', markBytes: 2, binary: false };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { wide: null, markBytes: 3, binary: false };
  const start = Buffer.from(head.subarray(0, 16)).toString('hex');
  if (magics.some((magic) => start.startsWith(magic))) return { wide: null, markBytes: 0, binary: true };
  const wide = wideRhythm(head);
  return { wide, markBytes: 0, binary: wide === null && looksBinary(head) };
}

/** In UTF-16, the signs of a table (digits, delimiters, unaccented letters) put a NUL at every other byte. */
function wideRhythm(head: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = Math.floor(head.length / 2);
  if (pairs < 2) return null;
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'UTF-16LE';
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'UTF-16BE';
  return null;
}

/** Text holds hardly any control sign; a few stray NULs happen in exports and are taken out later. */
function looksBinary(head: Uint8Array): boolean {
  let nuls = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) nuls++;
    else if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) || byte === 127)
      controls++;
  }
  return controls > Math.max(2, head.length * 0.02) || nuls > Math.max(4, head.length * 0.3);
}

/** Where the last whole UTF-8 sign before `end` ends, so that a chunk can be judged without its cut tail. */
export function wholeSignsEnd(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}

/** How many lines can only be UTF-8, how many can only be windows-1252; ASCII lines say nothing. */
export type LineVotes = { readonly utf8: number; readonly windows1252: number };

/** Decides from the votes of all lines; at equality UTF-8 wins, because text in another encoding is seldom valid UTF-8. */
export function elect(votes: LineVotes): 'UTF-8' | 'windows-1252' {
  return votes.windows1252 > votes.utf8 ? 'windows-1252' : 'UTF-8';
}

/** The windows-1252 signs of bytes 0x80–0x9F (WHATWG Encoding Standard); the five holes stay control signs. */
const signs80To9f = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * UTF-8 bytes of every windows-1252 byte. Own table, because decoders of some runtimes read 0x80–0x9F as latin-1 and lose
 * œ and €.
 */
export const windows1252ToUtf8: readonly Uint8Array[] = Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte >= 0x80 && byte <= 0x9f ? (signs80To9f[byte - 0x80] ?? '') : String.fromCharCode(byte)),
);

/** Length of the valid UTF-8 sign of two bytes or more that starts here, 0 when there is none. */
export function utf8SignLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > end) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
