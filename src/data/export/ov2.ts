// Points as places of interest of TomTom's OV2: a record per point, in hundred-thousandths of a degree (POI v2 format).
import { ByteFile } from './byte-file.ts';
import { type ByteRequest, cutToBytes, eachPosition, type PlacedRow, rowsOf } from './byte-format.ts';

const simplePlace = 2;
const longestName = 250;

/** Rows with a point; of several points, one record each. Lines and areas have no place in such a file. */
export async function writeOv2(request: ByteRequest): Promise<void> {
  const file = new ByteFile(request.path);
  const named = nameIndex(request);
  try {
    for await (const rows of rowsOf(request))
      for (const row of rows) for (const record of recordsOf(row, named)) file.write(record);
  } finally {
    file.close();
  }
}

function nameIndex({ columns }: ByteRequest): number {
  const name = /(^|_)(nom|name|libelle|titre|denomination|intitule)(_|$)/;
  const found = columns.findIndex((column) => column.type === 'text' && name.test(column.name));
  return found === -1 ? columns.findIndex((column) => column.type === 'text') : found;
}

function recordsOf({ place, values }: PlacedRow, named: number): readonly Buffer[] {
  if (place === null || !/^(Multi)?Point$/.test(place.type)) return [];
  const name = Buffer.from(cutToBytes(String(values[named] ?? ''), longestName).replaceAll('\0', ''), 'utf8');
  const records: Buffer[] = [];
  eachPosition(place, (lon, lat) => {
    const record = Buffer.alloc(13 + name.length + 1);
    record.writeUInt8(simplePlace, 0);
    record.writeUInt32LE(record.length, 1);
    record.writeInt32LE(Math.round(lon * 100_000), 5);
    record.writeInt32LE(Math.round(lat * 100_000), 9);
    name.copy(record, 13);
    records.push(record);
  });
  return records;
}
