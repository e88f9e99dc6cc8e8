// The convex hull of points (Andrew's monotone chain), anticlockwise.
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { orientation } from './spatial-orientation.ts';

type Position = readonly [number, number];

/** The smallest convex place that holds all the points: a polygon, a line when they are on one, a point; null for none. */
export function hullOf(points: readonly Position[]): GeoJsonGeometry | null {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const unique = sorted.filter(
    (point, i) => i === 0 || point[0] !== sorted[i - 1]?.[0] || point[1] !== sorted[i - 1]?.[1],
  );
  const [first] = unique;
  if (first === undefined) return null;
  if (unique.length === 1) return { type: 'Point', coordinates: first };
  const [lower, upper] = [chain(unique), chain(unique.toReversed())];
  if (lower.length === 2 && upper.length === 2) return { type: 'LineString', coordinates: lower };
  return { type: 'Polygon', coordinates: [[...lower.slice(0, -1), ...upper.slice(0, -1), first]] };
}

function chain(points: readonly Position[]): readonly Position[] {
  const kept: Position[] = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept.at(-2) as Position, kept.at(-1) as Position, point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept;
}

function turn(a: Position, b: Position, c: Position): number {
  return orientation(a[0], a[1], b[0], b[1], c[0], c[1]);
}
