// Compound files and XLS records written by hand from MS-CFB and MS-XLS, for tests of workbooks that no library writes.

const sector = 512;
const [free, end, table] = [0xffff_ffff, 0xffff_fffe, 0xffff_fffd];

/** A compound file of some streams, each filled up with zeros to 4 096 bytes at least so that none is "mini". */
export function compoundOf(streams: readonly (readonly [name: string, content: Uint8Array])[]): Buffer {
  const contents = streams.map(([, content]) => {
    const size = Math.max(4096, Math.ceil(content.length / sector) * sector);
    return Buffer.concat([content, Buffer.alloc(size - content.length)]);
  });
  // One sector of table, one of directory (four entries), then the streams.
  const chain: number[] = [table, end];
  const starts = contents.map((content) => {
    const start = chain.length;
    for (let left = content.length / sector; left > 0; left--) chain.push(left === 1 ? end : chain.length + 1);
    return start;
  });
  const header = Buffer.alloc(sector);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  for (const [at, value] of [
    ...[[24, 0x3e] as const, [26, 3] as const, [28, 0xfffe] as const, [30, 9] as const, [32, 6] as const],
  ])
    header.writeUInt16LE(value, at);
  for (const [at, value] of [
    ...[[44, 1] as const, [48, 1] as const, [56, 4096] as const, [60, end] as const, [68, end] as const],
  ])
    header.writeUInt32LE(value, at);
  for (let index = 0; index < 109; index++) header.writeUInt32LE(index === 0 ? 0 : free, 76 + index * 4);
  const allocation = Buffer.alloc(sector, 0xff);
  for (const [index, next] of chain.entries()) allocation.writeUInt32LE(next, index * 4);
  const entries = [
    entry('Root Entry', 5, end, 0),
    ...streams.map(([name], index) => entry(name, 2, starts[index] ?? end, contents[index]?.length ?? 0)),
  ];
  const directory = Buffer.concat([...entries, Buffer.alloc(sector - entries.length * 128)]);
  return Buffer.concat([header, allocation, directory, ...contents]);
}

function entry(name: string, kind: number, start: number, size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write(name, 'utf16le');
  bytes.writeUInt16LE((name.length + 1) * 2, 64);
  bytes[66] = kind;
  bytes[67] = 1;
  for (const at of [68, 72, 76]) bytes.writeUInt32LE(free, at);
  bytes.writeUInt32LE(start, 116);
  bytes.writeUInt32LE(size, 120);
  return bytes;
}

/** One record: its number, its length, its content. */
export function biffRecord(id: number, ...content: readonly (readonly number[] | Uint8Array)[]): Buffer {
  const data = Buffer.concat(content.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

export const u16 = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
};
export const f64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value, 0);
  return bytes;
};
/** A text of one byte a sign, its length in two bytes before it. */
export const text16 = (text: string) =>
  Buffer.concat([u16(text.length), Buffer.from([0]), Buffer.from(text, 'latin1')]);

export type SheetGiven = { readonly name: string; readonly hidden?: boolean; readonly records: readonly Uint8Array[] };

/** The Workbook stream: globals, then each sheet between its beginning and its end. @param version 0x0600 is Excel 97 */
export function workbookStream(
  sheets: readonly SheetGiven[],
  globals: readonly Uint8Array[] = [],
  version = 0x0600,
): Buffer {
  const begin = (kind: number) => biffRecord(0x809, u16(version, kind, 0, 0), [0, 0, 0, 0, 0, 0, 0, 0]);
  const finish = biffRecord(0x0a);
  const bodies = sheets.map(({ records }) => Buffer.concat([begin(0x10), ...records, finish]));
  const places = (offsets: readonly number[]) =>
    sheets.map(({ name, hidden }, index) => {
      const offset = Buffer.alloc(4);
      offset.writeUInt32LE(offsets[index] ?? 0, 0);
      return biffRecord(0x85, offset, [hidden ? 1 : 0, 0, name.length, 0], Buffer.from(name, 'latin1'));
    });
  const head = (offsets: readonly number[]) => Buffer.concat([begin(5), ...globals, ...places(offsets), finish]);
  let at = head([]).length;
  const offsets = bodies.map((body) => {
    const start = at;
    at += body.length;
    return start;
  });
  return Buffer.concat([head(offsets), ...bodies]);
}
