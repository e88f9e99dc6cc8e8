// Reads geom'…' : a place in well-known text (or its binary in hexadecimal) or in GeoJSON.
import { TerroirError } from '../../lib/errors.ts';
import { type GeoJsonGeometry, geometryOf } from '../../stores/tables/wkb.ts';
import { parseCql2Json } from './cql2-json.ts';
import { Cursor } from './cql2-text.ts';
import { cql2Tokens } from './cql2-tokens.ts';
import { Budget } from './cql2-tree.ts';
import { WktReader } from './cql2-wkt.ts';
import type { Clause } from './tokens.ts';

/** @throws TerroirError query.geometryInvalid, query.tooDeep, query.tooManyValues */
export function readGeometry(text: string, clause: Clause): GeoJsonGeometry {
  const written = text.trim();
  try {
    const geometry = written.startsWith('{')
      ? fromGeoJson(written)
      : /^[0-9a-f]+$/i.test(written)
        ? fromWkb(written)
        : fromWkt(written);
    if (geometry !== null && isOnEarth(geometry)) return geometry;
  } catch (error) {
    if (!(error instanceof TerroirError || error instanceof RangeError)) throw error;
    // What is too much is told as such, in the words of this language.
    if (error instanceof TerroirError && (error.code === 'query.tooDeep' || error.code === 'query.tooManyValues'))
      throw new TerroirError(error.code, { ...error.params, clause });
  }
  throw new TerroirError('query.geometryInvalid', { value: written.slice(0, 60), clause });
}

function fromWkt(text: string): GeoJsonGeometry | null {
  // Written before the geometry by PostGIS: our coordinates are WGS84's anyway.
  const cursor = new Cursor(cql2Tokens(text.replace(/^SRID\s*=\s*4326\s*;/i, '')));
  const geometry = new WktReader(cursor, new Budget()).geometry();
  return cursor.next.kind === 'end' ? geometry : null;
}

function fromGeoJson(text: string): GeoJsonGeometry | null {
  const node = parseCql2Json(text);
  return node.kind === 'geometry' ? node.geometry : null;
}

function fromWkb(text: string): GeoJsonGeometry | null {
  return text.length % 2 === 1 || text.length > 1_000_000 ? null : geometryOf(Buffer.from(text, 'hex'));
}

/** Every position a longitude and a latitude; some more, for boxes drawn around the world. */
function isOnEarth(geometry: GeoJsonGeometry): boolean {
  if (!('coordinates' in geometry)) return geometry.geometries.every(isOnEarth);
  const pending: unknown[] = [geometry.coordinates];
  while (pending.length > 0) {
    const one = pending.pop();
    if (Array.isArray(one)) {
      for (const each of one) pending.push(each);
    } else if (typeof one !== 'number' || !(Math.abs(one) <= 1e7)) return false;
  }
  return true;
}

/** The position of a place that is one point. */
export function pointOf(geometry: GeoJsonGeometry): readonly [number, number] | null {
  if (geometry.type !== 'Point' || !('coordinates' in geometry)) return null;
  const [lon, lat] = geometry.coordinates as readonly number[];
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
}

const metres: Readonly<Record<string, number>> = {
  mi: 1609.344,
  yd: 0.9144,
  ft: 0.3048,
  m: 1,
  cm: 0.01,
  km: 1000,
  mm: 0.001,
};

/** A length in metres; null for what is none. */
export function metresOf(value: number, unit: string): number | null {
  const one = Object.hasOwn(metres, unit.toLowerCase()) ? metres[unit.toLowerCase()] : undefined;
  return one === undefined || !(value >= 0) ? null : value * one;
}

const earthRadius = 6_371_008.8;

/** SQL of the arc between a point's column and a place, in metres (haversine). */
export function distanceSql(column: string, [lon, lat]: readonly [number, number]): string {
  const double = (value: number) => `CAST('${value}' AS DOUBLE)`;
  const half = (axis: string, from: number) => `sin(radians(${column}.${axis} - ${double(from)}) / 2)`;
  const [dy, dx] = [half('lat', lat), half('lon', lon)];
  const squared = `${dy} * ${dy} + cos(radians(${column}.lat)) * cos(radians(${double(lat)})) * ${dx} * ${dx}`;
  // No least(): it leaves out what has no value.
  return `(2 * ${earthRadius} * atan2(sqrt(${squared}), sqrt(abs(1 - (${squared})))))`;
}

/** How far a distance reaches from a latitude, in degrees: [of longitude, of latitude], a little more than exact. */
export function reachDegrees(metresAway: number, lat: number): readonly [number, number] {
  const dy = (((metresAway / earthRadius) * 180) / Math.PI) * 1.001 + 1e-9;
  const widest = Math.cos((Math.min(90, Math.abs(lat) + dy) * Math.PI) / 180);
  return [widest < 1e-3 ? 360 : Math.min(360, (dy / widest) * 1.001), dy];
}
