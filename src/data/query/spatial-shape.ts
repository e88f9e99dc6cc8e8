// A geometry made ready to be compared: its points, and its segments in bands of latitude so that few are looked at.
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { orientation } from './spatial-orientation.ts';

/** west, south, east, north. */
export type Extent = readonly [number, number, number, number];

/** Where a point lies: inside, on the boundary, outside. */
export type Location = 'I' | 'B' | 'E';

export type Shape = {
  readonly extent: Extent;
  /** 0 points, 1 lines, 2 areas: the greatest of its parts; -1 when it is empty. */
  readonly dimension: -1 | 0 | 1 | 2;
  readonly points: readonly (readonly [number, number])[];
  /** Segments as ax, ay, bx, by; those of areas have the inside on their left. */
  readonly segments: Float64Array;
  /** How many segments, from the first, belong to lines; the others to rings. */
  readonly lineSegments: number;
  /** The ends of lines that are a boundary: those where an odd number of lines end. */
  readonly ends: ReadonlySet<string>;
  readonly bands: readonly Uint32Array[];
};

type Position = readonly number[];

/** Prepares a geometry; heights are left out. */
export function shapeOf(geometry: GeoJsonGeometry): Shape {
  const points: [number, number][] = [];
  const lines: (readonly Position[])[] = [];
  const polygons: (readonly (readonly Position[])[])[] = [];
  gather(geometry, points, lines, polygons);
  const flat: number[] = [];
  const ends = new Map<string, number>();
  for (const line of lines) {
    pushLine(flat, line);
    for (const end of [line[0], line.at(-1)])
      if (end !== undefined) ends.set(keyOf(end[0], end[1]), (ends.get(keyOf(end[0], end[1])) ?? 0) + 1);
  }
  const lineSegments = flat.length / 4;
  for (const rings of polygons) for (const [index, ring] of rings.entries()) pushLine(flat, inside(ring, index === 0));
  const segments = Float64Array.from(flat);
  const extent = extentOf(points, segments);
  const dimension = polygons.length > 0 ? 2 : lines.length > 0 ? 1 : points.length > 0 ? 0 : -1;
  return {
    extent,
    dimension,
    points,
    segments,
    lineSegments,
    ends: new Set([...ends].flatMap(([key, count]) => (count % 2 === 1 ? [key] : []))),
    bands: bandsOf(segments, extent),
  };
}

function gather(
  geometry: GeoJsonGeometry,
  points: [number, number][],
  lines: (readonly Position[])[],
  polygons: (readonly (readonly Position[])[])[],
): void {
  if (!('coordinates' in geometry)) {
    for (const part of geometry.geometries) gather(part, points, lines, polygons);
    return;
  }
  const { type, coordinates } = geometry;
  const addPoint = (point: Position) => {
    if (point.length >= 2) points.push([point[0] as number, point[1] as number]);
  };
  // A line whose positions are all one is a point, as far as places go.
  const addLine = (line: readonly Position[]) => {
    const [first] = line;
    if (first === undefined) return;
    if (line.every((p) => p[0] === first[0] && p[1] === first[1])) addPoint(first);
    else lines.push(line);
  };
  const addPolygon = (rings: readonly (readonly Position[])[]) => {
    if ((rings[0]?.length ?? 0) > 0) polygons.push(rings);
  };
  if (type === 'Point') addPoint(coordinates as Position);
  else if (type === 'MultiPoint') for (const point of coordinates as Position[]) addPoint(point);
  else if (type === 'LineString') addLine(coordinates as Position[]);
  else if (type === 'MultiLineString') for (const line of coordinates as Position[][]) addLine(line);
  else if (type === 'Polygon') addPolygon(coordinates as Position[][]);
  else if (type === 'MultiPolygon') for (const rings of coordinates as Position[][][]) addPolygon(rings);
}

function pushLine(flat: number[], line: readonly Position[]): void {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Position, line[i] as Position];
    if (a[0] !== b[0] || a[1] !== b[1]) flat.push(a[0] as number, a[1] as number, b[0] as number, b[1] as number);
  }
}

/** The ring turned so that its polygon lies on its left: outer ones anticlockwise, holes clockwise. */
function inside(ring: readonly Position[], outer: boolean): readonly Position[] {
  let area = 0;
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
    area += ((a[0] as number) - x0) * ((b[1] as number) - y0) - ((b[0] as number) - x0) * ((a[1] as number) - y0);
  }
  return area > 0 === outer ? ring : ring.toReversed();
}

export function keyOf(x: number | undefined, y: number | undefined): string {
  return `${x} ${y}`;
}

function extentOf(points: readonly (readonly [number, number])[], segments: Float64Array): Extent {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const see = (x: number, y: number) => {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  };
  for (const [x, y] of points) see(x, y);
  for (let i = 0; i < segments.length; i += 2) see(segments[i] as number, segments[i + 1] as number);
  return [west, south, east, north];
}

const segmentsPerBand = 8;
const mostBands = 4096;

function bandsOf(segments: Float64Array, [, south, , north]: Extent): readonly Uint32Array[] {
  const count = segments.length / 4;
  const bands: number[][] = Array.from(
    { length: Math.max(1, Math.min(mostBands, Math.floor(count / segmentsPerBand))) },
    () => [],
  );
  for (let i = 0; i < count; i++) {
    const [ay, by] = [segments[i * 4 + 1] as number, segments[i * 4 + 3] as number];
    const first = bandAt(Math.min(ay, by), south, north, bands.length);
    const last = bandAt(Math.max(ay, by), south, north, bands.length);
    for (let band = first; band <= last; band++) (bands[band] as number[]).push(i);
  }
  return bands.map((band) => Uint32Array.from(band));
}

function bandAt(y: number, south: number, north: number, count: number): number {
  if (!(north > south)) return 0;
  return Math.max(0, Math.min(count - 1, Math.floor(((y - south) / (north - south)) * count)));
}

/** Whether two extents share a point. */
export function extentsMeet(a: Extent, b: Extent): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** Calls `see` for every segment that may touch the extent, once each; stops when it answers true. */
export function eachSegmentNear(
  shape: Shape,
  [west, south, east, north]: Extent,
  see: (segment: number) => boolean | undefined,
): boolean {
  const { bands, segments, extent } = shape;
  if (!extentsMeet(extent, [west, south, east, north])) return false;
  const first = bandAt(south, extent[1], extent[3], bands.length);
  const last = bandAt(north, extent[1], extent[3], bands.length);
  for (let band = first; band <= last; band++) {
    for (const i of bands[band] as Uint32Array) {
      const [ax, ay, bx, by] = [segments[i * 4], segments[i * 4 + 1], segments[i * 4 + 2], segments[i * 4 + 3]] as [
        number,
        number,
        number,
        number,
      ];
      // A segment of several bands is seen in the first one that was asked for.
      if (band > first && bandAt(Math.min(ay, by), extent[1], extent[3], bands.length) < band) continue;
      if ((ax < west && bx < west) || (ax > east && bx > east)) continue;
      if ((ay < south && by < south) || (ay > north && by > north)) continue;
      if (see(i) === true) return true;
    }
  }
  return false;
}

/** Where a point lies, exactly. A point of an area's inside is inside, whatever else is there. */
export function locate(shape: Shape, x: number, y: number): Location {
  const { extent, segments, points, lineSegments, dimension } = shape;
  if (x < extent[0] || x > extent[2] || y < extent[1] || y > extent[3]) return 'E';
  let [onLine, onRing, crossings] = [false, false, 0];
  const band = shape.bands[bandAt(y, extent[1], extent[3], shape.bands.length)] as Uint32Array;
  for (const i of band) {
    const [ax, ay, bx, by] = [segments[i * 4], segments[i * 4 + 1], segments[i * 4 + 2], segments[i * 4 + 3]] as [
      number,
      number,
      number,
      number,
    ];
    if ((y < ay && y < by) || (y > ay && y > by) || (x > ax && x > bx)) continue;
    const side = orientation(ax, ay, bx, by, x, y);
    if (side === 0 && x >= Math.min(ax, bx)) {
      if (i < lineSegments) onLine = true;
      else onRing = true;
    } else if (i >= lineSegments && ay <= y !== by <= y && side > 0 === by > ay) crossings++;
  }
  if (onRing) return 'B';
  if (dimension === 2 && crossings % 2 === 1) return 'I';
  if (onLine) return shape.ends.has(keyOf(x, y)) ? 'B' : 'I';
  return points.some((point) => point[0] === x && point[1] === y) ? 'I' : 'E';
}
