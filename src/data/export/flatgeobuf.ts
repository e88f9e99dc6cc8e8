// Rows as FlatGeobuf 3 (flatgeobuf.org): a header, then features one after the other, without an index, so that they stream.
import { ByteFile } from './byte-file.ts';
import {
  type ByteColumn,
  type ByteRequest,
  type CellValue,
  type Geometry,
  type PlacedRow,
  rowsOf,
} from './byte-format.ts';
import { type FlatTable, FlatWriter } from './flatbuffer.ts';

const magic = Buffer.from([0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x01]);

const types: Readonly<Record<string, number>> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
};

const columnTypes: Readonly<Record<ByteColumn['type'], number>> = {
  boolean: 2,
  integer: 7,
  number: 10,
  text: 11,
  date: 13,
  datetime: 13,
};

/** A row without a place is a feature without geometry. */
export async function writeFlatGeobuf(request: ByteRequest): Promise<void> {
  const file = new ByteFile(request.path);
  try {
    const writer = new FlatWriter();
    file.write(magic);
    file.write(writer.sizePrefixed(header(request)));
    for await (const rows of rowsOf(request))
      for (const row of rows) file.write(writer.sizePrefixed(feature(row, request.columns)));
  } finally {
    file.close();
  }
}

/** Any type of geometry; an unknown number of features; no index. */
function header({ id, title, columns, epsg = 4326 }: ByteRequest): FlatTable {
  return [
    { kind: 'text', value: id },
    null,
    { kind: 'u8', value: 0 },
    null,
    null,
    null,
    null,
    { kind: 'tables', value: columns.map(columnTable) },
    { kind: 'u64', value: 0n },
    { kind: 'u16', value: 0 },
    {
      kind: 'table',
      value: [
        { kind: 'text', value: 'EPSG' },
        { kind: 'i32', value: epsg },
      ],
    },
    { kind: 'text', value: title },
  ];
}

function columnTable({ name, label, type }: ByteColumn): FlatTable {
  return [
    { kind: 'text', value: name },
    { kind: 'u8', value: columnTypes[type] },
    { kind: 'text', value: label },
  ];
}

function feature({ place, values }: PlacedRow, columns: readonly ByteColumn[]): FlatTable {
  return [
    place === null ? null : { kind: 'table', value: geometry(place) },
    { kind: 'bytes', value: properties(values, columns) },
  ];
}

function geometry(place: Geometry): FlatTable {
  const type = { kind: 'u8', value: types[place.type] ?? 0 } as const;
  if (!('coordinates' in place)) return withParts(place.geometries.map(geometry), type);
  if (place.type === 'MultiPolygon')
    return withParts(
      (place.coordinates as readonly unknown[]).map((coordinates) => geometry({ type: 'Polygon', coordinates })),
      type,
    );
  const lines = linesOf(place.type, place.coordinates);
  const xy = lines.flatMap((line) => line.flatMap(([lon = 0, lat = 0]) => [lon, lat]));
  let end = 0;
  const ends = lines.map((line) => (end += line.length));
  return [
    lines.length > 1 ? { kind: 'u32s', value: ends } : null,
    { kind: 'f64s', value: xy },
    null,
    null,
    null,
    null,
    type,
  ];
}

function withParts(parts: readonly FlatTable[], type: { readonly kind: 'u8'; readonly value: number }): FlatTable {
  return [null, null, null, null, null, null, type, { kind: 'tables', value: parts }];
}

type Line = readonly (readonly number[])[];

/** The positions as lists: of rings or lines, else one alone. */
function linesOf(type: string, coordinates: unknown): readonly Line[] {
  if (type === 'Point')
    return [(coordinates as readonly number[]).length === 0 ? [] : [coordinates as readonly number[]]];
  if (type === 'LineString' || type === 'MultiPoint') return [coordinates as Line];
  return coordinates as readonly Line[];
}

/** For each value that is there, the number of its column, then the value. */
function properties(values: readonly CellValue[], columns: readonly ByteColumn[]): Buffer {
  const pieces: Buffer[] = [];
  for (const [i, { type }] of columns.entries()) {
    const value = values[i] ?? null;
    if (value === null) continue;
    const number = Buffer.alloc(2);
    number.writeUInt16LE(i);
    pieces.push(number, property(type, value));
  }
  return Buffer.concat(pieces);
}

function property(type: ByteColumn['type'], value: CellValue): Buffer {
  if (type === 'boolean') return Buffer.from([value === true ? 1 : 0]);
  if (type === 'integer' || type === 'number') {
    const bytes = Buffer.alloc(8);
    // Integers come as texts, whole whatever their size.
    if (type === 'integer') bytes.writeBigInt64LE(BigInt(String(value)));
    else bytes.writeDoubleLE(Number(value));
    return bytes;
  }
  const text = Buffer.from(String(value), 'utf8');
  const bytes = Buffer.alloc(4 + text.length);
  bytes.writeUInt32LE(text.length);
  text.copy(bytes, 4);
  return bytes;
}
