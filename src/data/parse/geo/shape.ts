// One shape: checked as it was read (GeoJSON's model), placed in WGS84 degrees, written as WKT.
import type { ToDegrees } from './crs.ts';
import { Middle } from './middle.ts';

/** Why a shape cannot be kept: not a shape at all, nothing in it, a ring that does not close, or out of the world. */
export type ShapeFault = 'broken' | 'empty' | 'unclosed' | 'outside';

export type PlacedShape =
  | {
      readonly wkt: string;
      readonly hasHeight: boolean;
      /** GeoJSON's word for it. */
      readonly type: string;
      /** A point that stands for it on a map: the centroid of its areas, else of its lines, else of its points. */
      readonly center: readonly [number, number];
      /** west, south, east, north in degrees. */
      readonly box: readonly [number, number, number, number];
    }
  | { readonly wkt: null; readonly fault: ShapeFault };

/** A collection inside a collection inside a collection … ends somewhere. */
const deepest = 8;

class Faulty extends Error {
  readonly fault: ShapeFault;
  constructor(fault: ShapeFault) {
    super(fault);
    this.fault = fault;
  }
}

type Pen = { readonly convert: ToDegrees; hasHeight: boolean; readonly middle: Middle };

/** Checks a geometry as GeoJSON writes it, and writes it as WKT: longitude first, seven decimals at most, no height. */
export function placeShape(shape: unknown, convert: ToDegrees): PlacedShape {
  const pen: Pen = { convert, hasHeight: false, middle: new Middle() };
  try {
    const wkt = geometry(shape, pen, 0);
    const { center, box } = pen.middle;
    return { wkt, hasHeight: pen.hasHeight, type: typeOf(shape), center, box };
  } catch (error) {
    if (error instanceof Faulty) return { wkt: null, fault: error.fault };
    throw error;
  }
}

function typeOf(shape: unknown): string {
  return typeof shape === 'object' && shape !== null && 'type' in shape ? String(shape.type) : '';
}

function geometry(shape: unknown, pen: Pen, depth: number): string {
  if (typeof shape !== 'object' || shape === null || !('type' in shape)) throw new Faulty('broken');
  const parts = 'coordinates' in shape ? shape.coordinates : null;
  switch (shape.type) {
    case 'Point':
      return `POINT (${position(filled(parts), pen)})`;
    case 'MultiPoint':
      return `MULTIPOINT (${joined(parts, (each) => `(${position(each, pen)})`)})`;
    case 'LineString':
      return `LINESTRING ${line(parts, pen)}`;
    case 'MultiLineString':
      return `MULTILINESTRING (${joined(parts, (each) => line(each, pen))})`;
    case 'Polygon':
      return `POLYGON ${polygon(parts, pen)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${joined(parts, (each) => polygon(each, pen))})`;
    case 'GeometryCollection':
      if (!('geometries' in shape) || depth >= deepest) throw new Faulty('broken');
      return `GEOMETRYCOLLECTION (${joined(shape.geometries, (each) => geometry(each, pen, depth + 1))})`;
    default:
      throw new Faulty('broken');
  }
}

function filled(parts: unknown): readonly unknown[] {
  if (!Array.isArray(parts)) throw new Faulty('broken');
  if (parts.length === 0) throw new Faulty('empty');
  return parts;
}

function joined(parts: unknown, write: (part: unknown) => string): string {
  let text = '';
  for (const part of filled(parts)) text += text === '' ? write(part) : `, ${write(part)}`;
  return text;
}

function polygon(parts: unknown, pen: Pen): string {
  let outer = true;
  return `(${joined(parts, (ring) => {
    const points = filled(ring);
    if (points.length < 3) throw new Faulty('broken');
    if (!isSame(points[0], points[points.length - 1])) throw new Faulty('unclosed');
    if (points.length < 4) throw new Faulty('broken');
    const text = positions(points, pen);
    pen.middle.closeRing(outer);
    outer = false;
    return text;
  })})`;
}

function line(parts: unknown, pen: Pen): string {
  const points = filled(parts);
  if (points.length < 2) throw new Faulty('broken');
  return positions(points, pen);
}

function positions(points: readonly unknown[], pen: Pen): string {
  pen.middle.startLine();
  let text = '(';
  for (let i = 0; i < points.length; i++) text += i === 0 ? position(points[i], pen) : `, ${position(points[i], pen)}`;
  return `${text})`;
}

function position(point: unknown, pen: Pen): string {
  if (!Array.isArray(point) || point.length < 2) throw new Faulty('broken');
  const [x, y] = point;
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
    throw new Faulty('broken');
  if (point.length > 2 && typeof point[2] === 'number' && point[2] !== 0) pen.hasHeight = true;
  const [lon, lat] = pen.convert(x, y);
  // Zero and zero is where software puts what it could not locate.
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90) || (x === 0 && y === 0)) throw new Faulty('outside');
  pen.middle.add(lon, lat);
  return `${degreesText(lon)} ${degreesText(lat)}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) && a[0] === b[0] && a[1] === b[1];
}

/** Seven decimals: a centimetre. Never an exponent, which readers of WKT do not all know. */
export function degreesText(value: number): string {
  // Whole numbers are written ten times faster than decimals, and every corner of every shape passes here.
  const scaled = Math.round(Math.abs(value) * 1e7);
  if (scaled === 0) return '0';
  const whole = Math.floor(scaled / 1e7);
  const decimals = scaled - whole * 1e7;
  const sign = value < 0 ? '-' : '';
  if (decimals === 0) return `${sign}${whole}`;
  const text = String(decimals + 1e7);
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end--;
  return `${sign}${whole}.${text.slice(1, end)}`;
}

/** Adds the coordinates of a shape, `most` at most, to two lists: for a guess, so that nothing is checked here. */
export function gatherCoordinates(shape: unknown, xs: number[], ys: number[], most: number): void {
  if (typeof shape !== 'object' || shape === null) return;
  if ('geometries' in shape && Array.isArray(shape.geometries))
    for (const each of shape.geometries.slice(0, most)) gatherCoordinates(each, xs, ys, most);
  else if ('coordinates' in shape) gatherPositions(shape.coordinates, xs, ys, xs.length + most, 0);
}

function gatherPositions(parts: unknown, xs: number[], ys: number[], end: number, depth: number): void {
  if (!Array.isArray(parts) || depth > 4) return;
  if (typeof parts[0] === 'number' && typeof parts[1] === 'number') {
    xs.push(parts[0]);
    ys.push(parts[1]);
    return;
  }
  for (const part of parts) {
    if (xs.length >= end) return;
    gatherPositions(part, xs, ys, end, depth + 1);
  }
}
