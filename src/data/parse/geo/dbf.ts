// Reads the rows of a .dbf file as canonical texts (dBase III to 7 and FoxPro, as shapefiles carry them).
import { isUtf8 } from 'node:buffer';
import { readHead } from '../head.ts';
import { readChunks } from './binary.ts';
import { type CodePage, codePageOfLanguage, decode } from './code-page.ts';

export type DbfField = {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly length: number;
};

export type Dbf = {
  readonly path: string;
  readonly fields: readonly DbfField[];
  /** What the header declares; the file may hold fewer. */
  readonly rows: number;
  readonly headerBytes: number;
  readonly rowBytes: number;
  readonly page: CodePage;
  /** Whether nothing but the bytes themselves told the encoding, and it mattered. */
  readonly assumed: boolean;
};

const mostFields = 2046;

/**
 * Reads the header, and judges the encoding on all texts: valid UTF-8 is UTF-8 whatever is declared, for many programs
 * declare a code page and write UTF-8.
 * @param declared what the .cpg says
 * @returns null when it is no .dbf
 */
export async function openDbf(path: string, declared: CodePage | null): Promise<Dbf | null> {
  const head = Buffer.from(await readHead(path, 32 + mostFields * 32));
  if (head.length < 33) return null;
  const [rows, headerBytes, rowBytes] = [head.readUInt32LE(4), head.readUInt16LE(8), head.readUInt16LE(10)];
  const raw: { name: Buffer; type: string; at: number; length: number }[] = [];
  let at = 1;
  for (let start = 32; start + 32 <= Math.min(head.length, headerBytes) && head[start] !== 0x0d; start += 32) {
    const end = head.indexOf(0, start);
    const name = head.subarray(start, end === -1 ? start + 11 : Math.min(end, start + 11));
    const type = String.fromCharCode(head[start + 11] ?? 0);
    // Long texts borrow the byte of the decimals.
    const length = (head[start + 16] ?? 0) + (type === 'C' ? (head[start + 17] ?? 0) * 256 : 0);
    raw.push({ name, type, at, length });
    at += length;
  }
  // Drawings have shapes and nothing to say of them: no column at all is no damage.
  if (at > rowBytes || headerBytes < 33 || rowBytes === 0) return null;
  const language = codePageOfLanguage(head[29] ?? 0);
  const votes = await vote(path, headerBytes, rowBytes, raw);
  const said = declared ?? language;
  const page =
    votes.beyondAscii > 0 && votes.invalid === 0 ? 'UTF-8' : said === null || said === 'UTF-8' ? 'windows-1252' : said;
  const pageOfNames = raw.every(({ name }) => isUtf8(name)) ? 'UTF-8' : page === 'UTF-8' ? 'windows-1252' : page;
  const fields = raw
    .map(({ name, ...rest }) => ({ ...rest, name: decode(name, pageOfNames).trim() }))
    .filter(({ type }) => type !== '0');
  return { path, fields, rows, headerBytes, rowBytes, page, assumed: said === null && votes.beyondAscii > 0 };
}

async function vote(
  path: string,
  headerBytes: number,
  rowBytes: number,
  fields: readonly { type: string; at: number; length: number }[],
): Promise<{ beyondAscii: number; invalid: number }> {
  const texts = fields.filter(({ type }) => type === 'C');
  const votes = { beyondAscii: 0, invalid: 0 };
  for await (const rows of rowsOf(path, headerBytes, rowBytes)) {
    for (const row of rows) {
      for (const { at, length } of texts) {
        const cell = row.subarray(at, at + length);
        if (cell.every((byte) => byte < 0x80)) continue;
        votes.beyondAscii++;
        if (!isUtf8(cell.subarray(0, wholeEnd(cell)))) votes.invalid++;
      }
    }
  }
  return votes;
}

/** A text that fills its cell may be cut in the middle of a sign. */
function wholeEnd(cell: Buffer): number {
  for (let back = 1; back <= 3 && back <= cell.length; back++) {
    const byte = cell[cell.length - back] as number;
    if (byte < 0x80) return cell.length;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? cell.length - back : cell.length;
  }
  return cell.length;
}

async function* rowsOf(path: string, headerBytes: number, rowBytes: number): AsyncGenerator<readonly Buffer[]> {
  let rest = Buffer.alloc(0);
  for await (const chunk of readChunks(path, headerBytes)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const rows: Buffer[] = [];
    let at = 0;
    for (; at + rowBytes <= bytes.length && bytes[at] !== 0x1a; at += rowBytes)
      rows.push(bytes.subarray(at, at + rowBytes));
    if (rows.length > 0) yield rows;
    if (bytes[at] === 0x1a) return;
    rest = Buffer.from(bytes.subarray(at));
  }
}

/** The rows in order, by batches; null for one that was deleted. */
export async function* dbfRows(dbf: Dbf): AsyncGenerator<readonly (readonly string[] | null)[]> {
  let left = dbf.rows;
  for await (const rows of rowsOf(dbf.path, dbf.headerBytes, dbf.rowBytes)) {
    const batch = rows.slice(0, left);
    left -= batch.length;
    yield batch.map((row) => (row[0] === 0x2a ? null : dbf.fields.map((field) => textOf(row, field, dbf.page))));
    if (left <= 0) return;
  }
}

function textOf(row: Buffer, { type, at, length }: DbfField, page: CodePage): string {
  const cell = row.subarray(at, at + length);
  switch (type) {
    case 'N':
    case 'F':
      return numberText(cell.toString('latin1'));
    case 'D': {
      const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(cell.toString('latin1').trim()) ?? [];
      return year === undefined || year === '0000' ? '' : `${year}-${month}-${day}`;
    }
    case 'L': {
      const sign = cell.toString('latin1').trim();
      return /^[YyTt]$/.test(sign) ? 'true' : /^[NnFf]$/.test(sign) ? 'false' : '';
    }
    case 'I':
    case '+':
      return length === 4 ? String(cell.readInt32LE(0)) : '';
    case 'O':
      return length === 8 ? finite(cell.readDoubleLE(0)) : '';
    case 'B':
      return length === 8 ? finite(cell.readDoubleLE(0)) : '';
    case 'Y':
      return length === 8 ? finite(Number(cell.readBigInt64LE(0)) / 10_000) : '';
    case 'T':
    case '@':
      return length === 8 ? momentText(cell.readInt32LE(0), cell.readInt32LE(4)) : '';
    case 'M':
    case 'G':
    case 'P':
      // The text stands in another file, that shapefiles do not have.
      return '';
    default:
      return characters(cell, page);
  }
}

function characters(cell: Buffer, page: CodePage): string {
  const nul = cell.indexOf(0);
  const bytes = nul === -1 ? cell : cell.subarray(0, nul);
  const text = page === 'UTF-8' ? bytes.subarray(0, wholeEnd(bytes)) : bytes;
  return decode(text, page).trimEnd();
}

/** "  0012.500" → "12.5"; stars mean that the number did not fit. */
function numberText(cell: string): string {
  const text = cell.replaceAll('\0', ' ').trim();
  const plain = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text);
  if (plain !== null) {
    const [, sign = '', whole = '', decimals = ''] = plain;
    const value = decimals === '' ? whole : `${whole}.${decimals}`;
    return sign === '-' && value !== '0' ? `-${value}` : value;
  }
  if (text === '' || text.startsWith('*')) return '';
  const value = Number(text);
  return Number.isNaN(value) ? text : finite(value);
}

function finite(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/** Julian day and milliseconds of the day. */
function momentText(day: number, milliseconds: number): string {
  if (day <= 0) return '';
  const moment = new Date((day - 2_440_588) * 86_400_000 + milliseconds);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 19);
}
