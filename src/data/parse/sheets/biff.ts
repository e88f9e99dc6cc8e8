// What the records of an XLS workbook (MS-XLS, BIFF8) say beside its texts: formats, raw numbers, errors, what is hidden.
import { builtInMeaning, meaningOf, type NumberMeaning } from './number-format.ts';

export type BiffSheet = {
  readonly name: string;
  readonly hidden: boolean;
  /** By `row * 256 + column`: the number of a cell and what it means. */
  readonly numbers: ReadonlyMap<number, { readonly value: number; readonly meaning: NumberMeaning }>;
  readonly errors: ReadonlyMap<number, string>;
  /** Texts of formulas that stand apart from their cell. */
  readonly texts: ReadonlyMap<number, string>;
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly (readonly [first: number, last: number])[];
};

export type Biff = {
  readonly version: number;
  readonly encrypted: boolean;
  readonly from1904: boolean;
  readonly sheets: readonly BiffSheet[];
};

type BiffRecord = { readonly id: number; readonly offset: number; readonly data: DataView };

const errorTexts: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

export const biff8 = 0x0600;

/** @throws RangeError when the stream is cut inside a record */
export function readBiff(stream: Uint8Array): Biff {
  const records = recordsOf(stream);
  const version = records[0]?.data.getUint16(0, true) ?? 0;
  const formats = new Map<number, NumberMeaning>();
  const styles: number[] = [];
  const places: { name: string; hidden: boolean; offset: number }[] = [];
  let [encrypted, from1904] = [false, false];
  for (const { id, data } of records) {
    if (id === 0x0a) break;
    if (id === 0x2f) encrypted = true;
    if (version !== biff8 || encrypted) break;
    if (id === 0x22) from1904 = data.getUint16(0, true) === 1;
    else if (id === 0x41e) formats.set(data.getUint16(0, true), meaningOf(textAt(data, 2)));
    else if (id === 0xe0) styles.push(data.getUint16(2, true));
    // Sheets of charts and of macros hold no table.
    else if (id === 0x85 && data.getUint8(5) === 0)
      places.push({
        name: textAt(data, 6, true),
        hidden: (data.getUint8(4) & 3) !== 0,
        offset: data.getUint32(0, true),
      });
  }
  const meanings = styles.map((id) => formats.get(id) ?? builtInMeaning(id));
  const starts = new Map(records.map(({ offset }, index) => [offset, index]));
  const sheets = places.map(({ offset, ...place }) => {
    const start = starts.get(offset);
    if (start === undefined) throw new RangeError('a sheet is missing');
    return { ...place, ...readSheet(records, start + 1, meanings) };
  });
  return { version, encrypted, from1904, sheets };
}

function recordsOf(stream: Uint8Array): readonly BiffRecord[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const records: BiffRecord[] = [];
  for (let at = 0; at + 4 <= stream.length; ) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    // Zeros fill the last sector.
    if (id === 0 && length === 0) break;
    if (at + 4 + length > stream.length) throw new RangeError('a record is cut');
    records.push({ id, offset: at, data: new DataView(stream.buffer, stream.byteOffset + at + 4, length) });
    at += 4 + length;
  }
  return records;
}

function readSheet(records: readonly BiffRecord[], start: number, meanings: readonly NumberMeaning[]) {
  const numbers = new Map<number, { value: number; meaning: NumberMeaning }>();
  const errors = new Map<number, string>();
  const texts = new Map<number, string>();
  const hiddenRows: number[] = [];
  const hiddenColumns: [number, number][] = [];
  const plain = builtInMeaning(0);
  let [depth, formula] = [0, -1];
  const keep = (key: number, style: number, value: number) =>
    numbers.set(key, { value, meaning: meanings[style] ?? plain });

  for (let index = start; index < records.length; index++) {
    const { id, data } = records[index] as BiffRecord;
    // Charts inside a sheet have their own beginning and end.
    if (id === 0x809) depth++;
    if (id === 0x0a && depth-- === 0) break;
    if (depth > 0) continue;
    const key = data.byteLength >= 4 ? data.getUint16(0, true) * 256 + data.getUint16(2, true) : 0;
    switch (id) {
      case 0x203:
        keep(key, data.getUint16(4, true), data.getFloat64(6, true));
        break;
      case 0x27e:
        keep(key, data.getUint16(4, true), shortNumber(data.getUint32(6, true)));
        break;
      case 0xbd:
        for (let at = 4, cell = key; at + 6 <= data.byteLength - 2; at += 6, cell++)
          keep(cell, data.getUint16(at, true), shortNumber(data.getUint32(at + 2, true)));
        break;
      case 0x06:
        formula = key;
        if (data.getUint16(12, true) !== 0xffff) keep(key, data.getUint16(4, true), data.getFloat64(6, true));
        else if (data.getUint8(6) === 2) errors.set(key, errorTexts[data.getUint8(8)] ?? '#ERR!');
        break;
      case 0x207:
        if (formula !== -1) texts.set(formula, textAt(data, 0));
        break;
      case 0x205:
        if (data.getUint8(7) === 1) errors.set(key, errorTexts[data.getUint8(6)] ?? '#ERR!');
        break;
      case 0x208:
        if ((data.getUint16(12, true) & 0x20) !== 0) hiddenRows.push(data.getUint16(0, true));
        break;
      case 0x7d:
        if ((data.getUint16(8, true) & 1) !== 0) hiddenColumns.push([data.getUint16(0, true), data.getUint16(2, true)]);
        break;
    }
  }
  return { numbers, errors, texts, hiddenRows, hiddenColumns };
}

/** MS-XLS 2.5.217: a number in four bytes, the two lowest bits tell how. */
function shortNumber(packed: number): number {
  let value: number;
  if ((packed & 2) !== 0) value = (packed | 0) >> 2;
  else {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(4, packed & 0xffff_fffc, true);
    value = view.getFloat64(0, true);
  }
  return (packed & 1) !== 0 ? value / 100 : value;
}

/** A text with its length before it, in one byte or two per sign. */
function textAt(data: DataView, at: number, short = false): string {
  const length = short ? data.getUint8(at) : data.getUint16(at, true);
  const start = at + (short ? 1 : 2);
  const wide = (data.getUint8(start) & 1) === 1;
  const bytes = Buffer.from(
    data.buffer,
    data.byteOffset + start + 1,
    Math.min(length * (wide ? 2 : 1), data.byteLength - start - 1),
  );
  return bytes.toString(wide ? 'utf16le' : 'latin1');
}
