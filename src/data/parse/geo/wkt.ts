// Reads WKT, and PostGIS's EWKT with its number, as a geometry of GeoJSON's model.

export type WktShape =
  | { readonly type: string; readonly coordinates: unknown }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly WktShape[] };

export type ReadWkt = {
  readonly shape: WktShape;
  /** The number that EWKT gives ("SRID=2154;POINT …"), null without one. */
  readonly srid: number | null;
};

const names: Readonly<Record<string, readonly [type: string, depth: number]>> = {
  POINT: ['Point', 0],
  LINESTRING: ['LineString', 1],
  POLYGON: ['Polygon', 2],
  MULTIPOINT: ['MultiPoint', 1],
  MULTILINESTRING: ['MultiLineString', 2],
  MULTIPOLYGON: ['MultiPolygon', 3],
};
const deepest = 8;

/** Whether a text begins as WKT does: quick, to tell columns apart. */
export function looksLikeWkt(text: string): boolean {
  return /^\s*(SRID\s*=\s*\d+\s*;\s*)?(MULTI)?(POINT|LINESTRING|POLYGON)\s*(ZM?|M)?\s*(\(|EMPTY)|^\s*(SRID\s*=\s*\d+\s*;\s*)?GEOMETRYCOLLECTION/i.test(
    text,
  );
}

/** @returns null for what is no WKT; heights and measures are left out, `EMPTY` gives an empty shape */
export function readWkt(text: string): ReadWkt | null {
  const srid = /^\s*SRID\s*=\s*(\d{1,6})\s*;/i.exec(text);
  const scan: Scan = { text, at: srid?.[0].length ?? 0 };
  const shape = readShape(scan, 0);
  blanks(scan);
  if (shape === null || scan.at < text.length) return null;
  return { shape, srid: srid === null ? null : Number(srid[1]) };
}

type Scan = { readonly text: string; at: number };

function readShape(scan: Scan, depth: number): WktShape | null {
  const word = match(scan, /\s*([A-Z]+)\s*/iy)?.[1]?.toUpperCase();
  if (word === undefined || depth > deepest) return null;
  const name = word.replace(/(ZM|Z|M)$/, '');
  match(scan, /(ZM|Z|M)(?![A-Z])\s*/iy);
  const empty = match(scan, /EMPTY/iy) !== null;
  if (name === 'GEOMETRYCOLLECTION') {
    const geometries = empty ? [] : list(scan, () => readShape(scan, depth + 1));
    return geometries === null ? null : { type: 'GeometryCollection', geometries };
  }
  const known = names[name];
  if (known === undefined) return null;
  const [type, level] = known;
  if (empty) return { type, coordinates: [] };
  const coordinates = type === 'Point' ? only(readLevel(scan, 1)) : readLevel(scan, level);
  return coordinates === null ? null : { type, coordinates };
}

/** `level` 1 is a list of positions, 2 a list of such lists … */
function readLevel(scan: Scan, level: number): readonly unknown[] | null {
  return list(scan, () => (level === 1 ? position(scan) : readLevel(scan, level - 1)));
}

function list<T>(scan: Scan, read: () => T | null): readonly T[] | null {
  if (match(scan, /\s*\(/y) === null) return null;
  const items: T[] = [];
  for (;;) {
    const item = read();
    if (item === null) return null;
    items.push(item);
    if (match(scan, /\s*,/y) !== null) continue;
    return match(scan, /\s*\)/y) === null ? null : items;
  }
}

const decimal = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';
const numbers = new RegExp(`\\s*(\\(?)\\s*(${decimal})\\s+(${decimal})(?:\\s+${decimal}){0,2}\\s*(\\)?)`, 'y');

/** A position of MULTIPOINT may stand in parentheses of its own. */
function position(scan: Scan): readonly [number, number] | null {
  const start = scan.at;
  const found = match(scan, numbers);
  if (found === null) return null;
  if (found[1] === '' && found[4] === ')') scan.at = start + found[0].length - 1;
  else if ((found[1] === '(') !== (found[4] === ')')) return null;
  return [Number(found[2]), Number(found[3])];
}

function only(items: readonly unknown[] | null): unknown {
  return items?.length === 1 ? items[0] : null;
}

function blanks(scan: Scan): void {
  match(scan, /\s*/y);
}

function match(scan: Scan, sign: RegExp): RegExpExecArray | null {
  sign.lastIndex = scan.at;
  const found = sign.exec(scan.text);
  if (found !== null) scan.at = sign.lastIndex;
  return found;
}
