// Places as version 1 writes them, latitude first: "47.39,0.68", "(47.3,0.6),(47.4,0.6),(47.4,0.7)". Pure.
import { TerroirError } from '../../lib/errors.ts';
import { type KnownField, type KnownFields, quoted, quotedName } from './q-words.ts';

/** Latitude, longitude. */
export type LatLon = readonly [number, number];

const mostPoints = 1000;
const farthest = 1e8;

/** "lat,lon"; null when it is no place. */
export function readPoint(text: string): LatLon | null {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [lat = Number.NaN, lon = Number.NaN] = numbers;
  return numbers.length === 2 && Math.abs(lat) <= 90 && Math.abs(lon) <= 360 ? [lat, lon] : null;
}

/** A polygon of "(lat,lon),…" as WKT, closed; null when it is none. */
export function readPolygon(text: string): string | null {
  const tight = text.replace(/\s+/g, '');
  const written = tight.startsWith('((') && tight.endsWith('))') ? tight.slice(1, -1) : tight;
  const pairs = [...written.matchAll(/\(([^(),]+),([^(),]+)\)/g)];
  const rest = written.replace(/\([^(),]+,[^(),]+\)/g, '').replaceAll(',', '');
  const points = pairs.map(([, lat, lon]) => readPoint(`${lat},${lon}`)).filter((point) => point !== null);
  if (rest !== '' || points.length !== pairs.length || points.length < 3 || points.length > mostPoints) return null;
  const [first, last] = [points[0], points.at(-1)];
  const closed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const ring = closed || first === undefined ? points : [...points, first];
  return ring.length < 4 ? null : `POLYGON((${ring.map(([lat, lon]) => `${lon} ${lat}`).join(', ')}))`;
}

/** WKT or GeoJSON as it is: the language of queries reads both. */
export function wktOf(text: string): string | null {
  return text.trim() === '' || text.length > 20_000 ? null : text;
}

/** The field that says where rows are: shapes where there are some. */
export function placeOf(fields: KnownFields, asked: string | undefined): KnownField | null {
  const all = [...fields.values()].filter(({ kind }) => kind === 'point' || kind === 'shape');
  if (asked !== undefined) return all.find(({ name }) => name === asked) ?? null;
  return all.find(({ kind }) => kind === 'shape') ?? all[0] ?? null;
}

/** The point of rows, by which they are gathered and drawn. */
export function pointOf(fields: KnownFields): KnownField | null {
  return [...fields.values()].find(({ kind }) => kind === 'point') ?? null;
}

export type Geofilter = { readonly name: string; readonly value: string };

/** @throws TerroirError query.outOfRange */
export function geofilterCondition({ name, value }: Geofilter, place: KnownField | null): string {
  const wrong = (expected: string) =>
    new TerroirError('query.outOfRange', { name: `geofilter.${name}`, value: value.slice(0, 100), expected });
  if (place === null) throw wrong('a dataset with places');
  const field = quotedName(place.name);
  if (name === 'distance') {
    const circle = readCircle(value);
    if (circle === null) throw wrong('latitude,longitude,metres');
    const [lat, lon, metres] = circle;
    return `within_distance(${field}, geom'POINT(${lon} ${lat})', ${metres}m)`;
  }
  if (name === 'bbox') {
    const sides = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    const [south = Number.NaN, west = Number.NaN, north = Number.NaN, east = Number.NaN] = sides;
    const there = Math.abs(south) <= 90 && Math.abs(north) <= 90 && Math.abs(west) <= 540 && Math.abs(east) <= 540;
    if (sides.length !== 4 || !there) throw wrong('lat1,lon1,lat2,lon2');
    // A map that shows more than the world shows the world.
    const within = (lon: number) => Math.max(-180, Math.min(180, lon));
    return `in_bbox(${field}, ${south}, ${within(west)}, ${north}, ${within(east)})`;
  }
  if (name === 'polygon') {
    const polygon = readPolygon(value);
    if (polygon === null) throw wrong('(lat1,lon1),(lat2,lon2),(lat3,lon3)');
    return `intersects(${field}, geom${quoted(polygon)})`;
  }
  throw wrong('geofilter.distance, geofilter.polygon or geofilter.bbox');
}

/** "lat,lon,metres"; the metres may be left out. */
export function readCircle(value: string): readonly [number, number, number] | null {
  const parts = value.split(',');
  const point = readPoint(parts.slice(0, 2).join(','));
  const metres = parts[2] === undefined ? 0 : parts[2].trim() === '' ? Number.NaN : Number(parts[2]);
  return point === null || parts.length > 3 || !(metres >= 0 && metres <= farthest) ? null : [...point, metres];
}
