// Rows as shapefiles (ESRI Shapefile Technical Description, July 1998): one per kind of shape, with their tables in dBase.
import { ByteFile } from './byte-file.ts';
import {
  type ByteRequest,
  type CellValue,
  eachPosition,
  type Geometry,
  type PlacedRow,
  rowsOf,
} from './byte-format.ts';
import { type DbfField, dbfFields, dbfHeader, dbfRecord, describeFields, fieldWidths } from './dbf.ts';
import { targetSystem } from './target-system.ts';

/** The kinds that a shapefile may hold, each alone. */
const families = {
  Point: { code: 1, name: 'points' },
  MultiPoint: { code: 8, name: 'multipoints' },
  LineString: { code: 3, name: 'lignes' },
  Polygon: { code: 5, name: 'surfaces' },
} as const;
type Family = keyof typeof families;

const familyOf: Readonly<Record<string, Family>> = {
  Point: 'Point',
  MultiPoint: 'MultiPoint',
  LineString: 'LineString',
  MultiLineString: 'LineString',
  Polygon: 'Polygon',
  MultiPolygon: 'Polygon',
};

/** Offsets are counted in 32 bits; many readers stop at two gigabytes. */
const mostBytes = 2 ** 31 - 1;

export class TooLarge extends Error {}

const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

type Part = { readonly name: string; readonly path: string };

/**
 * The files of an archive. A collection is written piece by piece, each beside its kind.
 * @throws TooLarge
 */
export async function writeShapefiles(request: ByteRequest): Promise<readonly Part[]> {
  const { columns } = request;
  const present = new Set<Family>();
  const widths = fieldWidths(columns);
  for await (const rows of rowsOf(request))
    for (const row of rows) {
      for (const { family } of piecesOf(row.place)) present.add(family);
      widths.see(row.values);
    }
  const fields = dbfFields(columns, widths.most);
  const kept = (Object.keys(families) as Family[]).filter((family) => present.has(family));
  const [first = 'Point'] = kept;
  const parts: Part[] = [];
  const sets = new Map<Family, ShapeSet>();
  const system = targetSystem(request.epsg ?? 4326)?.wkt ?? wgs84;
  for (const family of kept.length === 0 ? [first] : kept) {
    const name = kept.length > 1 ? `${request.id}-${families[family].name}` : request.id;
    const set = new ShapeSet(family, fields, system, `${request.path}-${families[family].name}`);
    sets.set(family, set);
    parts.push(...set.parts(name));
  }
  try {
    for await (const rows of rowsOf(request))
      for (const row of rows) {
        const pieces = piecesOf(row.place);
        if (pieces.length === 0) sets.get(first)?.add(null, row.values);
        for (const { family, shape } of pieces) sets.get(family)?.add(shape, row.values);
      }
  } finally {
    for (const set of sets.values()) set.close();
  }
  const about = new ByteFile(`${request.path}-about`);
  about.write(Buffer.from(describeFields(fields), 'utf8'));
  about.close();
  return [...parts, { name: 'colonnes.csv', path: `${request.path}-about` }];
}

type Piece = { readonly family: Family; readonly shape: Buffer };

function piecesOf(place: PlacedRow['place']): readonly Piece[] {
  if (place === null) return [];
  if (!('coordinates' in place)) return place.geometries.flatMap(piecesOf);
  const family = familyOf[place.type];
  const shape = family === undefined ? null : shapeOf(family, place);
  return family === undefined || shape === null ? [] : [{ family, shape }];
}

type Ring = readonly (readonly number[])[];

/** The content of a record; null for what is empty. */
function shapeOf(family: Family, place: Extract<Geometry, { readonly coordinates: unknown }>): Buffer | null {
  const { code } = families[family];
  const box = boxOf(place);
  if (box === null) return null;
  if (family === 'Point') {
    const point = Buffer.alloc(20);
    point.writeInt32LE(code, 0);
    point.writeDoubleLE(box[0], 4);
    point.writeDoubleLE(box[1], 12);
    return point;
  }
  const lines = linesOf(place);
  const points = lines.flat();
  const parts = family === 'MultiPoint' ? 0 : lines.length;
  const shape = Buffer.alloc(40 + (parts > 0 ? 4 + 4 * parts : 0) + 16 * points.length);
  shape.writeInt32LE(code, 0);
  for (const [i, value] of box.entries()) shape.writeDoubleLE(value, 4 + 8 * i);
  let at = 36;
  if (parts > 0) at = shape.writeInt32LE(parts, at);
  at = shape.writeInt32LE(points.length, at);
  let begun = 0;
  for (const line of parts > 0 ? lines : []) {
    at = shape.writeInt32LE(begun, at);
    begun += line.length;
  }
  for (const [lon = 0, lat = 0] of points) at = shape.writeDoubleLE(lat, shape.writeDoubleLE(lon, at));
  return shape;
}

/** Lines, or rings: the outline clockwise, its holes the other way. */
function linesOf({ type, coordinates }: Extract<Geometry, { readonly coordinates: unknown }>): readonly Ring[] {
  if (type === 'LineString' || type === 'MultiPoint') return [coordinates as Ring];
  if (type === 'MultiLineString') return coordinates as readonly Ring[];
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates) as readonly (readonly Ring[])[];
  return polygons.flatMap((rings) =>
    rings.map((ring, i) => (isClockwise(ring) === (i === 0) ? ring : ring.toReversed())),
  );
}

function isClockwise(ring: Ring): boolean {
  let area = 0;
  for (const [i, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    area += x * nextY - nextX * y;
  }
  return area < 0;
}

type Box = [number, number, number, number];

function boxOf(place: Geometry): Box | null {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  eachPosition(place, (lon, lat) => widen(box, [lon, lat, lon, lat]));
  return Number.isFinite(box[0]) ? box : null;
}

function widen(box: Box, [west, south, east, north]: Readonly<Box>): void {
  box[0] = Math.min(box[0], west);
  box[1] = Math.min(box[1], south);
  box[2] = Math.max(box[2], east);
  box[3] = Math.max(box[3], north);
}

/** The files of one shapefile, row after row. */
class ShapeSet {
  readonly #path: string;
  readonly #code: number;
  readonly #fields: readonly DbfField[];
  readonly #system: string;
  readonly #shapes: ByteFile;
  readonly #index: ByteFile;
  readonly #table: ByteFile;
  readonly #box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  #count = 0;

  constructor(family: Family, fields: readonly DbfField[], system: string, path: string) {
    this.#path = path;
    this.#code = families[family].code;
    this.#fields = fields;
    this.#system = system;
    this.#shapes = new ByteFile(`${path}.shp`);
    this.#index = new ByteFile(`${path}.shx`);
    this.#table = new ByteFile(`${path}.dbf`);
    this.#shapes.write(Buffer.alloc(100));
    this.#index.write(Buffer.alloc(100));
    this.#table.write(dbfHeader(fields, 0));
  }

  parts(name: string): readonly Part[] {
    return ['shp', 'shx', 'dbf', 'prj', 'cpg'].map((ending) => ({
      name: `${name}.${ending}`,
      path: `${this.#path}.${ending}`,
    }));
  }

  /** @param shape null: a row that is nowhere */
  add(shape: Buffer | null, values: readonly CellValue[]): void {
    const content = shape ?? Buffer.alloc(4);
    if (shape !== null) this.#widenBy(shape);
    this.#count++;
    const header = Buffer.alloc(8);
    header.writeInt32BE(this.#count, 0);
    header.writeInt32BE(content.length / 2, 4);
    const place = Buffer.alloc(8);
    place.writeInt32BE(this.#shapes.length / 2, 0);
    place.writeInt32BE(content.length / 2, 4);
    this.#shapes.write(header);
    this.#shapes.write(content);
    this.#index.write(place);
    this.#table.write(dbfRecord(this.#fields, values));
    if (this.#shapes.length > mostBytes || this.#table.length > mostBytes) throw new TooLarge();
  }

  #widenBy(shape: Buffer): void {
    const [x, y] = [shape.readDoubleLE(4), shape.readDoubleLE(12)];
    const point = this.#code === families.Point.code;
    widen(this.#box, point ? [x, y, x, y] : [x, y, shape.readDoubleLE(20), shape.readDoubleLE(28)]);
  }

  close(): void {
    this.#shapes.close(this.#header(this.#shapes.length));
    this.#index.close(this.#header(this.#index.length));
    this.#table.write(Buffer.from([0x1a]));
    this.#table.close(dbfHeader(this.#fields, this.#count));
    for (const [ending, text] of [
      ['prj', this.#system],
      ['cpg', 'UTF-8'],
    ] as const) {
      const file = new ByteFile(`${this.#path}.${ending}`);
      file.write(Buffer.from(text, 'ascii'));
      file.close();
    }
  }

  #header(bytes: number): Buffer {
    const header = Buffer.alloc(100);
    header.writeInt32BE(9994, 0);
    header.writeInt32BE(bytes / 2, 24);
    header.writeInt32LE(1000, 28);
    header.writeInt32LE(this.#code, 32);
    if (Number.isFinite(this.#box[0]))
      for (const [i, value] of this.#box.entries()) header.writeDoubleLE(value, 36 + 8 * i);
    return header;
  }
}
