// Writes a delimited file again with its producer's corrections: only the cells that changed differ, byte for byte.
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { StepPlan } from '../model/step-plan.ts';
import { fitToWidth } from './parse/clean-copy.ts';
import type { Dialect } from './parse/dialect.ts';
import { judgeHead, windows1252ToUtf8 } from './parse/encoding.ts';
import { readRecord } from './parse/record.ts';
import { sniff } from './parse/sniff.ts';

export type CorrectedCsvRequest = {
  /** The original. */
  readonly path: string;
  readonly encoding: string;
  readonly plan: StepPlan;
  /** Columns of the table before the corrections. */
  readonly width: number;
  /** The header's row as the spreadsheet shows it, null when the file has none. */
  readonly headerRow: number | null;
  readonly firstSourceRow: number;
  /** Rows that the reading leaves out: they stay as they are, those that repeat the header follow it. */
  readonly leftOut: ReadonlySet<number>;
  /** Rows set aside: they have a file of their own. */
  readonly aside: ReadonlySet<number>;
  readonly to: string;
};

const chunkBytes = 1 << 20;
const headBytes = 256 * 1024;

/**
 * Delimiter, title lines, line ends, quotes and byte-order mark stay. The encoding stays when it can hold the new texts;
 * else everything is written as UTF-8.
 * @returns the encoding written
 */
export async function writeCorrectedCsv(request: CorrectedCsvRequest): Promise<string> {
  const input = await open(request.path, 'r');
  const output = await open(request.to, 'w');
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await input.read(head, 0, headBytes, 0);
    const { wide, markBytes } = judgeHead(head.subarray(0, bytesRead));
    const signs = wide === null ? bytesAsSigns : wideAsSigns(wide);
    const dialect = dialectOf(signs.read(head.subarray(markBytes, bytesRead)), bytesRead < headBytes);
    const toUtf8 = wide === null && request.encoding === 'windows-1252' && !canHold(request);
    const code: Code = wide !== null ? wideCode : toUtf8 ? utf8Code : byteCode(request.encoding);
    const write = async (text: string) => {
      await output.writeFile(toUtf8 ? Buffer.from(text, 'utf8') : signs.write(text));
    };
    await output.writeFile(toUtf8 ? '\uFEFF' : head.subarray(0, markBytes));
    const edit = editorOf(request, dialect, code);
    let [text, position, row] = ['', markBytes, 0];
    const buffer = Buffer.alloc(chunkBytes);
    for (let final = false; !final; ) {
      const read = await input.read(buffer, 0, chunkBytes, position);
      position += read.bytesRead;
      final = read.bytesRead === 0;
      text += signs.read(buffer.subarray(0, read.bytesRead));
      let [at, written] = [0, ''];
      while (at < text.length) {
        const record = readRecord(text, at, dialect, request.width, final);
        if (record === null) break;
        row++;
        written += edit(row, text.slice(at, record.next), record.cells);
        at = record.next;
      }
      await write(written);
      text = text.slice(at);
    }
    return wide ?? (toUtf8 ? 'UTF-8' : request.encoding);
  } finally {
    await input.close();
    await output.close();
  }
}

/** Signs one by one as the file has them, so that what is not touched is written back as it was. */
type Signs = { read(bytes: Buffer): string; write(text: string): Buffer };

const bytesAsSigns: Signs = { read: (bytes) => bytes.toString('latin1'), write: (text) => Buffer.from(text, 'latin1') };

function wideAsSigns(wide: 'UTF-16LE' | 'UTF-16BE'): Signs {
  const swap = (bytes: Buffer) => (wide === 'UTF-16LE' ? bytes : Buffer.from(bytes).swap16());
  const whole = (bytes: Buffer) => bytes.subarray(0, bytes.length - (bytes.length % 2));
  return {
    read: (bytes) => swap(whole(bytes)).toString('utf16le'),
    write: (text) => swap(Buffer.from(text, 'utf16le')),
  };
}

/** Between what the file holds and what people read. */
type Code = { decode(signs: string): string; encode(text: string, around: string): string; readonly rewrites: boolean };

const wideCode: Code = { decode: (signs) => signs, encode: (text) => text, rewrites: false };
const utf8Code: Code = { decode: decodeBytes, encode: (text) => text, rewrites: true };

function byteCode(encoding: string): Code {
  const toUtf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  return {
    decode: decodeBytes,
    // A line in the other encoding than the rest of the file stays in its own.
    encode: (text, around) => {
      const foreign =
        /[\x80-\xff]/.test(around) && isUtf8(Buffer.from(around, 'latin1')) === (encoding === 'windows-1252');
      const single = (encoding === 'windows-1252') !== foreign;
      return single ? (encode1252(text) ?? toUtf8(text)) : toUtf8(text);
    },
    rewrites: false,
  };
}

function decodeBytes(signs: string): string {
  const bytes = Buffer.from(signs, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8').replaceAll('\0', '');
  return Buffer.concat([...bytes].map((byte) => windows1252ToUtf8[byte] ?? Buffer.alloc(0)))
    .toString('utf8')
    .replaceAll('\0', '');
}

const bytesOf1252: ReadonlyMap<string, number> = new Map(
  windows1252ToUtf8.map((bytes, byte) => [Buffer.from(bytes).toString('utf8'), byte]),
);

/** A text as windows-1252, one sign a byte; null when it cannot be written so. */
function encode1252(text: string): string | null {
  const bytes = [...text].map((sign) => bytesOf1252.get(sign));
  return bytes.some((byte) => byte === undefined) ? null : String.fromCharCode(...(bytes as number[]));
}

function canHold({ plan }: CorrectedCsvRequest): boolean {
  return plan.texts.every((text) => encode1252(text) !== null);
}

function dialectOf(head: string, complete: boolean): Dialect {
  return sniff(head, complete)?.dialect ?? { delimiter: ';', newline: 'lf', initialSpace: false, quotes: true };
}

/** What becomes of a record, as the file has it. */
function editorOf(
  { plan, width, headerRow, firstSourceRow, leftOut, aside }: CorrectedCsvRequest,
  dialect: Dialect,
  code: Code,
): (row: number, slice: string, cells: readonly string[]) => string {
  const drops = plan.kept.length < width;
  const kept = new Set(plan.kept);
  let header: readonly string[] | null = null;
  const asIs = (slice: string) => (code.rewrites ? code.decode(slice) : slice);
  return (row, slice, raw) => {
    const isHeader = row === headerRow;
    if (isHeader) header = raw;
    const repeats =
      leftOut.has(row) && header?.length === raw.length && header.every((h, i) => h.trim() === raw[i]?.trim());
    if (aside.has(row)) return '';
    const untouched = !isHeader && !repeats && (row < firstSourceRow || leftOut.has(row));
    if (untouched || raw.join('').trim() === '') return asIs(slice);
    const cells = raw.map(code.decode);
    const fitted = fitToWidth(cells, width, dialect.delimiter);
    const after =
      isHeader || repeats ? fitted.map((cell, index) => plan.titleOf(index) ?? cell) : plan.apply(row, fitted).cells;
    const changed = new Map(after.flatMap((cell, index) => (cell === fitted[index] ? [] : [[index, cell] as const])));
    if (changed.size === 0 && !drops) return asIs(slice);
    const end = /(\r\n|\n|\r)?$/.exec(slice)?.[0] ?? '';
    const pieces = piecesOf(slice.slice(0, slice.length - end.length), dialect);
    const sound =
      pieces.length === raw.length && raw.length === width && pieces.every((piece, i) => unquoted(piece) === raw[i]);
    const shown = (cell: string, quoted: boolean) =>
      code.encode(quoted || needsQuotes(cell, dialect) ? `"${cell.replaceAll('"', '""')}"` : cell, slice);
    const written = sound
      ? pieces.map((piece, index) => {
          const cell = changed.get(index);
          return cell === undefined ? asIs(piece) : shown(cell, piece.trimStart().startsWith('"'));
        })
      : after.map((cell) => shown(cell, false));
    return written.filter((_piece, index) => kept.has(index)).join(dialect.delimiter) + end;
  };
}

/** A record cut at its delimiters, quotes and blanks included. */
function piecesOf(line: string, { delimiter, quotes }: Dialect): readonly string[] {
  if (!quotes || !line.includes('"')) return line.split(delimiter);
  const pieces: string[] = [];
  let [from, inside] = [0, false];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') inside = !inside;
    else if (line[at] === delimiter && !inside) {
      pieces.push(line.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, line.slice(from)];
}

function unquoted(piece: string): string {
  const text = piece.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"')
    : piece;
}

function needsQuotes(cell: string, { delimiter, quotes }: Dialect): boolean {
  return quotes && (cell.includes(delimiter) || /["\r\n]/.test(cell));
}
