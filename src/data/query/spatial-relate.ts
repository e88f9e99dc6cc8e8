// How two shapes stand to each other: the nine-intersection matrix (OGC 06-103r4, §6.1.15), by cutting each one's segments where they meet the other's.
import { orientation } from './spatial-orientation.ts';
import { eachSegmentNear, type Location, locate, type Shape } from './spatial-shape.ts';

/** The dimension of what inside, boundary and outside of both have in common; -1 for nothing. `IE`: inside of the first, outside of the second. */
export type Matrix = Record<`${Location}${Location}`, number>;

/** Below this share of a segment, two cuts are one. */
const sameCut = 1e-12;

/** Works out the whole matrix. */
export function relate(a: Shape, b: Shape): Matrix {
  const matrix: Matrix = { II: -1, IB: -1, IE: -1, BI: -1, BB: -1, BE: -1, EI: -1, EB: -1, EE: 2 };
  const mark = (first: Location, second: Location, dimension: number) => {
    const key = `${first}${second}` as const;
    if (matrix[key] < dimension) matrix[key] = dimension;
  };
  const turned = (second: Location, first: Location, dimension: number) => mark(first, second, dimension);
  markPoints(a, b, mark);
  markPoints(b, a, turned);
  markSegments(a, b, mark);
  markSegments(b, a, turned);
  if (a.dimension === 2 && b.dimension < 2) mark('I', 'E', 2);
  if (b.dimension === 2 && a.dimension < 2) mark('E', 'I', 2);
  return matrix;
}

type Mark = (first: Location, second: Location, dimension: number) => void;

/** Every point and every corner of the first, as it lies in both. */
function markPoints(a: Shape, b: Shape, mark: Mark): void {
  for (const [x, y] of a.points) mark(locate(a, x, y), locate(b, x, y), 0);
  const seen = new Set<string>();
  for (let i = 0; i < a.segments.length; i += 2) {
    const [x, y] = [a.segments[i] as number, a.segments[i + 1] as number];
    const key = `${x} ${y}`;
    if (seen.has(key)) continue;
    seen.add(key);
    mark(locate(a, x, y), locate(b, x, y), 0);
  }
}

/** A stretch of a segment that lies along one of the other's. */
type Along = { readonly from: number; readonly to: number; readonly ring: boolean; readonly sameWay: boolean };

function markSegments(a: Shape, b: Shape, mark: Mark): void {
  const s = a.segments;
  for (let i = 0; i * 4 < s.length; i++) {
    const [ax, ay, bx, by] = [s[i * 4], s[i * 4 + 1], s[i * 4 + 2], s[i * 4 + 3]] as [number, number, number, number];
    const ring = i >= a.lineSegments;
    const cuts = [0, 1];
    const alongs: Along[] = [];
    const box = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const;
    eachSegmentNear(b, box, (j) => {
      const [cx, cy, dx, dy] = [
        b.segments[j * 4],
        b.segments[j * 4 + 1],
        b.segments[j * 4 + 2],
        b.segments[j * 4 + 3],
      ] as [number, number, number, number];
      const otherRing = j >= b.lineSegments;
      const c = orientation(ax, ay, bx, by, cx, cy);
      const d = orientation(ax, ay, bx, by, dx, dy);
      const at = (x: number, y: number) =>
        Math.abs(bx - ax) > Math.abs(by - ay) ? (x - ax) / (bx - ax) : (y - ay) / (by - ay);
      if (c === 0 && d === 0) {
        const [tc, td] = [at(cx, cy), at(dx, dy)];
        const [from, to] = [Math.max(0, Math.min(tc, td)), Math.min(1, Math.max(tc, td))];
        if (from < to) alongs.push({ from, to, ring: otherRing, sameWay: td > tc });
        cuts.push(from, to);
      } else if (c === 0 || d === 0) {
        cuts.push(c === 0 ? at(cx, cy) : at(dx, dy));
      } else if (c > 0 !== d > 0) {
        const e = orientation(cx, cy, dx, dy, ax, ay);
        const f = orientation(cx, cy, dx, dy, bx, by);
        if (e === 0 || f === 0) return;
        if (e > 0 === f > 0) return;
        cuts.push(e / (e - f));
        // A crossing: a point of both, inside lines, on the boundary of areas.
        mark(ring ? 'B' : 'I', otherRing ? 'B' : 'I', 0);
      }
      return;
    });
    cuts.sort((one, two) => one - two);
    for (let k = 1; k < cuts.length; k++) {
      const [from, to] = [Math.max(0, cuts[k - 1] as number), Math.min(1, cuts[k] as number)];
      if (to - from <= sameCut) continue;
      const middle = (from + to) / 2;
      const along = alongs.filter((each) => each.from < middle && middle < each.to);
      if (along.length > 0) markAlong(along, ring, mark);
      else markApart(locate(b, ax + (bx - ax) * middle, ay + (by - ay) * middle), ring, b.dimension, mark);
    }
  }
}

/** A stretch that both have: on which side each one's inside lies tells what the insides share. */
function markAlong(along: readonly Along[], ring: boolean, mark: Mark): void {
  const other = along.find((each) => each.ring) ?? (along[0] as Along);
  mark(ring ? 'B' : 'I', other.ring ? 'B' : 'I', 1);
  if (!ring || !other.ring) return;
  if (other.sameWay) mark('I', 'I', 2);
  else {
    mark('I', 'E', 2);
    mark('E', 'I', 2);
  }
}

/** A stretch that lies wholly inside or outside the other. */
function markApart(where: Location, ring: boolean, otherDimension: number, mark: Mark): void {
  mark(ring ? 'B' : 'I', where, where === 'B' ? 0 : 1);
  if (!ring) return;
  if (where === 'E') mark('I', 'E', 2);
  // Both sides of this stretch lie inside the other, one of them outside the first.
  if (where === 'I' && otherDimension === 2) {
    mark('I', 'I', 2);
    mark('E', 'I', 2);
  }
}
