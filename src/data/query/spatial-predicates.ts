// The spatial tests of OGC's simple features, exact on plane coordinates: longitude and latitude in degrees.
import type { SpatialRelation } from './cql2-tree.ts';
import { orientation } from './spatial-orientation.ts';
import { type Matrix, relate } from './spatial-relate.ts';
import { eachSegmentNear, extentsMeet, locate, type Shape } from './spatial-shape.ts';

/** Whether a place stands to another as the test says; an empty one is disjoint from all. */
export function holds(relation: SpatialRelation, a: Shape, b: Shape): boolean {
  if (relation === 's_intersects') return intersects(a, b);
  if (relation === 's_disjoint') return !intersects(a, b);
  if (a.dimension === -1 || b.dimension === -1 || !extentsMeet(a.extent, b.extent)) return false;
  if (relation === 's_within' && !isInside(a, b)) return false;
  if (relation === 's_contains' && !isInside(b, a)) return false;
  if (relation === 's_equals' && a.extent.some((side, i) => side !== b.extent[i])) return false;
  return tests[relation](relate(a, b), a.dimension, b.dimension);
}

/** Whether the extent of a lies in that of b: else a is not within b. */
function isInside(a: Shape, b: Shape): boolean {
  const [p, q] = [a.extent, b.extent];
  return p[0] >= q[0] && p[1] >= q[1] && p[2] <= q[2] && p[3] <= q[3];
}

type Test = (matrix: Matrix, a: number, b: number) => boolean;

const none = -1;

const tests: Readonly<Record<Exclude<SpatialRelation, 's_intersects' | 's_disjoint'>, Test>> = {
  s_equals: ({ II, IE, BE, EI, EB }) => II > none && IE === none && BE === none && EI === none && EB === none,
  s_touches: ({ II, IB, BI, BB }) => II === none && (IB > none || BI > none || BB > none),
  s_within: ({ II, IE, BE }) => II > none && IE === none && BE === none,
  s_contains: ({ II, EI, EB }) => II > none && EI === none && EB === none,
  s_crosses: ({ II, IE, EI }, a, b) => {
    if (a < b) return II > none && IE > none;
    if (a > b) return II > none && EI > none;
    return a === 1 && II === 0;
  },
  s_overlaps: ({ II, IE, EI }, a, b) => a === b && II === a && IE > none && EI > none,
};

/** Whether two places share a point: stops at the first one found. */
export function intersects(a: Shape, b: Shape): boolean {
  if (a.dimension === -1 || b.dimension === -1 || !extentsMeet(a.extent, b.extent)) return false;
  if (a.points.some(([x, y]) => locate(b, x, y) !== 'E')) return true;
  if (b.points.some(([x, y]) => locate(a, x, y) !== 'E')) return true;
  const [few, many] = a.segments.length <= b.segments.length ? [a, b] : [b, a];
  const s = few.segments;
  for (let i = 0; i < s.length; i += 4) {
    const [ax, ay, bx, by] = [s[i], s[i + 1], s[i + 2], s[i + 3]] as [number, number, number, number];
    const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
    if (eachSegmentNear(many, box, (j) => segmentsMeet(few.segments, i, many.segments, j * 4))) return true;
  }
  return hasCornerIn(a, b) || hasCornerIn(b, a);
}

/** No segments meet: a part of one lies wholly in the other, or has nothing of it. */
function hasCornerIn(a: Shape, b: Shape): boolean {
  if (b.dimension < 2) return false;
  for (let i = 0; i < a.segments.length; i += 4) {
    // The segments of a part follow each other: one corner tells for all of them.
    if (i > 0 && a.segments[i] === a.segments[i - 2] && a.segments[i + 1] === a.segments[i - 1]) continue;
    if (locate(b, a.segments[i] as number, a.segments[i + 1] as number) !== 'E') return true;
  }
  return false;
}

/** Whether two segments share a point, exactly. */
function segmentsMeet(p: Float64Array, i: number, q: Float64Array, j: number): boolean {
  const [ax, ay, bx, by] = [p[i], p[i + 1], p[i + 2], p[i + 3]] as [number, number, number, number];
  const [cx, cy, dx, dy] = [q[j], q[j + 1], q[j + 2], q[j + 3]] as [number, number, number, number];
  const boxes =
    Math.min(ax, bx) <= Math.max(cx, dx) &&
    Math.min(cx, dx) <= Math.max(ax, bx) &&
    Math.min(ay, by) <= Math.max(cy, dy) &&
    Math.min(cy, dy) <= Math.max(ay, by);
  if (!boxes) return false;
  const [c, d] = [orientation(ax, ay, bx, by, cx, cy), orientation(ax, ay, bx, by, dx, dy)];
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return false;
  const [e, f] = [orientation(cx, cy, dx, dy, ax, ay), orientation(cx, cy, dx, dy, bx, by)];
  return !((e > 0 && f > 0) || (e < 0 && f < 0));
}

const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/**
 * The distance between two places, in metres: on a plane that touches the Earth between them, exact to a part in a
 * thousand over the size of a region.
 */
export function distanceMetres(a: Shape, b: Shape): number {
  if (a.dimension === -1 || b.dimension === -1) return Infinity;
  if (intersects(a, b)) return 0;
  const middle = (Math.max(a.extent[1], b.extent[1]) + Math.min(a.extent[3], b.extent[3])) / 2;
  const flatten = Math.cos(middle * radians);
  let least = Infinity;
  for (const [p, q] of [
    [a, b],
    [b, a],
  ] as const) {
    const corners = [...p.points];
    for (let i = 0; i < p.segments.length; i += 2) corners.push([p.segments[i] as number, p.segments[i + 1] as number]);
    for (const [x, y] of corners) {
      for (const [u, v] of q.points) least = Math.min(least, Math.hypot((u - x) * flatten, v - y));
      for (let i = 0; i < q.segments.length; i += 4) least = Math.min(least, toSegment(x, y, q.segments, i, flatten));
    }
  }
  return least * radians * earthRadius;
}

function toSegment(x: number, y: number, s: Float64Array, i: number, flatten: number): number {
  const [ax, ay] = [((s[i] as number) - x) * flatten, (s[i + 1] as number) - y];
  const [bx, by] = [((s[i + 2] as number) - x) * flatten, (s[i + 3] as number) - y];
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  return Math.hypot(ax + t * dx, ay + t * dy);
}

/** Whether two places are at most so many metres apart. */
export function dwithin(a: Shape, b: Shape, metres: number): boolean {
  return distanceMetres(a, b) <= metres;
}
