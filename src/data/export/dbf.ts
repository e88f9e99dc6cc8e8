// The table of a shapefile (dBase III): names of ten signs, values of a fixed width; what had to be shortened is told.
import { type ByteColumn, type CellValue, cutToBytes } from './byte-format.ts';

export type DbfField = {
  readonly name: string;
  readonly column: ByteColumn;
  readonly type: 'C' | 'N' | 'D' | 'L';
  readonly width: number;
  readonly decimals: number;
  /** Whether some of its texts are longer than a field may be. */
  readonly shortened: boolean;
};

const longestName = 10;
const widest = 254;

/** Measures texts as their rows go by. */
export function fieldWidths(columns: readonly ByteColumn[]) {
  const most = columns.map(() => 1);
  return {
    most,
    see(values: readonly CellValue[]): void {
      for (const [i, { type }] of columns.entries()) {
        const value = values[i] ?? null;
        if (value === null || (type !== 'text' && type !== 'integer')) continue;
        const bytes = Buffer.byteLength(String(value), 'utf8');
        if (bytes > (most[i] ?? 1)) most[i] = bytes;
      }
    },
  };
}

export function dbfFields(columns: readonly ByteColumn[], most: readonly number[]): readonly DbfField[] {
  const taken = new Set<string>();
  return columns.map((column, i) => {
    const name = shortName(column.name, taken);
    taken.add(name);
    const bytes = most[i] ?? 1;
    const of = (type: DbfField['type'], width: number, decimals = 0) => ({
      name,
      column,
      type,
      width,
      decimals,
      shortened: type === 'C' && bytes > width && column.type === 'text',
    });
    if (column.type === 'boolean') return of('L', 1);
    if (column.type === 'date') return of('D', 8);
    if (column.type === 'datetime') return of('C', 32);
    if (column.type === 'number') return of('N', 24, 15);
    // A number of more digits would be read as a rounded one.
    if (column.type === 'integer') return bytes <= 18 ? of('N', bytes) : of('C', Math.min(bytes, widest));
    return of('C', Math.min(bytes, widest));
  });
}

function shortName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_').toLowerCase();
  let short = plain.slice(0, longestName);
  for (let n = 2; taken.has(short); n++) short = `${plain.slice(0, longestName - String(n).length - 1)}_${n}`;
  return short;
}

export function dbfHeader(fields: readonly DbfField[], rows: number): Buffer {
  const header = Buffer.alloc(32 * (fields.length + 1) + 1);
  header.writeUInt8(3, 0);
  // 1 January 1980: the same rows make the same file, whenever.
  header.set([80, 1, 1], 1);
  header.writeUInt32LE(rows, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + fields.reduce((sum, { width }) => sum + width, 0), 10);
  for (const [i, field] of fields.entries()) {
    const at = 32 * (i + 1);
    header.write(field.name, at, 'ascii');
    header.write(field.type, at + 11, 'ascii');
    header.writeUInt8(field.width, at + 16);
    header.writeUInt8(field.decimals, at + 17);
  }
  header.writeUInt8(0x0d, header.length - 1);
  return header;
}

export function dbfRecord(fields: readonly DbfField[], values: readonly CellValue[]): Buffer {
  const record = Buffer.alloc(1 + fields.reduce((sum, { width }) => sum + width, 0), 0x20);
  let at = 1;
  for (const [i, field] of fields.entries()) {
    const value = values[i] ?? null;
    if (value !== null) {
      const text = written(field, value);
      // Numbers stand at the right of their field.
      const bytes = Buffer.byteLength(text, 'utf8');
      record.write(text, field.type === 'N' ? at + field.width - bytes : at, field.width, 'utf8');
    }
    at += field.width;
  }
  return record;
}

function written({ type, width, column }: DbfField, value: CellValue): string {
  if (type === 'L') return value === true ? 'T' : 'F';
  // Days before year 1 or after 9999 have no such form.
  if (type === 'D') return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value).replaceAll('-', '') : '';
  if (type === 'N' && column.type === 'number') return shortNumber(Number(value), width);
  return cutToBytes(String(value), width);
}

/** As exactly as the width allows. */
function shortNumber(value: number, width: number): string {
  const exact = String(value);
  return exact.length <= width ? exact : value.toPrecision(15);
}

/** A table for people: the names in full, and what was shortened. */
export function describeFields(fields: readonly DbfField[]): string {
  const cell = (text: string) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = fields.map(({ name, column, shortened }) =>
    [name, column.name, column.label, shortened ? `textes coupés à ${widest} octets` : ''].map(cell).join(';'),
  );
  return `\uFEFF${['nom_court;nom;titre;remarque', ...lines].join('\r\n')}\r\n`;
}
