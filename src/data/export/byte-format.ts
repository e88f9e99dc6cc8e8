// Formats of bytes (FlatGeobuf, shapefile, GeoPackage, OV2): what their writers are given, row after row.
import { open } from 'node:fs/promises';
import { type GeoJsonGeometry, geometryOf } from '../../stores/tables/wkb.ts';
import { type Move, moveBinary, moveTo, targetSystem } from './target-system.ts';

/** A value as its column's type has it; dates and moments as ISO 8601 texts. */
export type CellValue = string | number | boolean | null;

export type ByteColumn = {
  readonly name: string;
  readonly label: string;
  /** Integers come as texts of digits: none of them is rounded on the way. */
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime';
};

/** What a writer works from: a text of one row per line, `[place, value, value …]`. */
export type ByteRequest = {
  readonly format: 'fgb' | 'geojson' | 'gpkg' | 'ov2' | 'shp';
  readonly rows: string;
  /** The file to write; a shapefile's parts are written beside, under this name and an ending. */
  readonly path: string;
  readonly columns: readonly ByteColumn[];
  readonly title: string;
  readonly id: string;
  /** The system of the places; degrees of WGS84 when absent. */
  readonly epsg?: number;
};

export type Geometry = GeoJsonGeometry;

/** A row: its place as well-known binary and as a geometry. */
export type PlacedRow = {
  readonly wkb: Buffer | null;
  readonly place: Geometry | null;
  readonly values: readonly CellValue[];
};

/** What a writer answers. */
export type ByteAnswer =
  | {
      readonly kind: 'written';
      /** The entries of an archive that is still to be made; empty when the file is whole. */
      readonly parts: readonly { readonly name: string; readonly path: string }[];
    }
  | { readonly kind: 'tooLarge'; readonly max: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly full: boolean };

const pieceBytes = 1 << 17;

/** The rows of the file, one at a time, their places in the system asked for; nothing but a piece of it is in memory. */
export async function* rowsOf(request: ByteRequest): AsyncGenerator<readonly PlacedRow[]> {
  const file = await open(request.rows, 'r');
  const system = targetSystem(request.epsg ?? 4326);
  const move = system === null ? null : moveTo(system);
  try {
    let rest = Buffer.alloc(0);
    for (let at = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const { bytesRead } = await file.read(piece, 0, pieceBytes, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const text = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      const end = text.lastIndexOf(10) + 1;
      rest = text.subarray(end);
      const lines = text.toString('utf8', 0, end).split('\n');
      yield lines.filter((line) => line !== '').map((line) => readRow(line, move));
    }
    if (rest.length > 0) yield [readRow(rest.toString('utf8'), move)];
  } finally {
    await file.close();
  }
}

function readRow(line: string, move: Move | null): PlacedRow {
  const [place, ...values] = JSON.parse(line) as [string | null, ...CellValue[]];
  const wkb = place === null ? null : Buffer.from(place, 'hex');
  if (wkb !== null && move !== null) moveBinary(wkb, move);
  return { wkb, place: wkb === null ? null : geometryOf(wkb), values };
}

/** Every position of a geometry, in its order. */
export function eachPosition(geometry: Geometry, visit: (lon: number, lat: number) => void): void {
  if (!('coordinates' in geometry)) {
    for (const member of geometry.geometries) eachPosition(member, visit);
    return;
  }
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number') visit(value[0], Number(value[1]));
    else for (const one of value) walk(one);
  };
  walk(geometry.coordinates);
}

/** The text cut so that it takes `most` bytes of UTF-8 at most, between two signs. */
export function cutToBytes(text: string, most: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= most) return text;
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
