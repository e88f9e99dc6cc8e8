// Shapefiles written by hand (ESRI Shapefile Technical Description; dBase III), for tests that need small or broken ones.

export type Ring = readonly (readonly [number, number])[];
export type ShpRecord =
  | null
  | { readonly point: readonly [number, number] | readonly [number, number, number] }
  | { readonly lines: readonly Ring[] }
  | { readonly rings: readonly Ring[] };

/** A .shp file of one type of shapes. */
export function shpOf(records: readonly ShpRecord[]): Buffer {
  const bodies = records.map(body);
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE((100 + bodies.reduce((sum, each) => sum + each.length + 8, 0)) / 2, 24);
  header.writeInt32LE(1000, 28);
  const first = bodies.find((each) => each.readInt32LE(0) !== 0);
  header.writeInt32LE(first?.readInt32LE(0) ?? 0, 32);
  return Buffer.concat([
    header,
    ...bodies.flatMap((each, index) => {
      const lead = Buffer.alloc(8);
      lead.writeInt32BE(index + 1, 0);
      lead.writeInt32BE(each.length / 2, 4);
      return [lead, each];
    }),
  ]);
}

function body(record: ShpRecord): Buffer {
  if (record === null) return Buffer.alloc(4);
  if ('point' in record) {
    const [x, y, z] = record.point;
    const bytes = Buffer.alloc(z === undefined ? 20 : 36);
    bytes.writeInt32LE(z === undefined ? 1 : 11, 0);
    bytes.writeDoubleLE(x, 4);
    bytes.writeDoubleLE(y, 12);
    if (z !== undefined) bytes.writeDoubleLE(z, 20);
    return bytes;
  }
  const parts = 'lines' in record ? record.lines : record.rings;
  const points = parts.flat();
  const bytes = Buffer.alloc(44 + parts.length * 4 + points.length * 16);
  bytes.writeInt32LE('lines' in record ? 3 : 5, 0);
  bytes.writeInt32LE(parts.length, 36);
  bytes.writeInt32LE(points.length, 40);
  let start = 0;
  for (const [index, part] of parts.entries()) {
    bytes.writeInt32LE(start, 44 + index * 4);
    start += part.length;
  }
  for (const [index, [x, y]] of points.entries()) {
    bytes.writeDoubleLE(x, 44 + parts.length * 4 + index * 16);
    bytes.writeDoubleLE(y, 52 + parts.length * 4 + index * 16);
  }
  return bytes;
}

export type DbfColumn = { readonly name: string; readonly type: string; readonly length: number };

/** A .dbf file; texts are written in the given encoding, `null` marks a row as deleted. */
export function dbfOf(
  columns: readonly DbfColumn[],
  rows: readonly (readonly (string | Buffer)[] | null)[],
  options: { language?: number; encoding?: BufferEncoding } = {},
): Buffer {
  const { language = 0, encoding = 'latin1' } = options;
  const header = Buffer.alloc(32);
  header[0] = 3;
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(33 + columns.length * 32, 8);
  header.writeUInt16LE(1 + columns.reduce((sum, { length }) => sum + length, 0), 10);
  header[29] = language;
  const fields = columns.map(({ name, type, length }) => {
    const field = Buffer.alloc(32);
    field.write(name, 0, 11, encoding);
    field.write(type, 11, 'latin1');
    field[16] = length;
    return field;
  });
  const lines = rows.map((row) =>
    Buffer.concat([
      Buffer.from(row === null ? '*' : ' '),
      ...columns.map(({ length, type }, index) => {
        const value = row?.[index] ?? '';
        const bytes = Buffer.alloc(length, ' ');
        const text = typeof value === 'string' ? Buffer.from(value, encoding) : value;
        text.copy(
          bytes,
          typeof value === 'string' && (type === 'N' || type === 'F') ? Math.max(0, length - text.length) : 0,
        );
        return bytes;
      }),
    ]),
  );
  return Buffer.concat([header, ...fields, Buffer.from([0x0d]), ...lines, Buffer.from([0x1a])]);
}

/** ESRI's description of Lambert-93, as most French shapefiles carry it. */
export const lambert93Prj =
  'PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],' +
  'PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],' +
  'PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],' +
  'UNIT["Meter",1.0]]';
