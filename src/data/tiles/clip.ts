// Fits lines and polygons to a tile: fewer positions where none would be seen, nothing beyond the buffer, whole numbers.
import { buffer, extent } from './tile-grid.ts';

export type Place = readonly [number, number];

const least = -buffer;
const most = extent + buffer;

/** Leaves out the positions that lie within `tolerance` of the line without them (Douglas and Peucker, 1973). */
export function simplify(line: readonly Place[], tolerance: number): readonly Place[] {
  if (line.length <= 2 || tolerance === 0) return line;
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const square = tolerance * tolerance;
  const spans: [number, number][] = [[0, line.length - 1]];
  for (;;) {
    const span = spans.pop();
    if (span === undefined) break;
    const [first, last] = span;
    let [farthest, distance] = [0, square];
    for (let i = first + 1; i < last; i++) {
      const d = squareDistance(line[i] as Place, line[first] as Place, line[last] as Place);
      if (d > distance) [farthest, distance] = [i, d];
    }
    if (farthest === 0) continue;
    keep[farthest] = 1;
    spans.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

function squareDistance([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
}

/** The parts of a line inside the tile and its buffer (Liang and Barsky, 1984, segment by segment). */
export function clipLine(line: readonly Place[]): readonly (readonly Place[])[] {
  const parts: Place[][] = [];
  let part: Place[] = [];
  const end = () => {
    if (part.length > 1) parts.push(part);
    part = [];
  };
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Place, line[i] as Place];
    const cut = clipSegment(a, b);
    if (cut === null) {
      end();
      continue;
    }
    const [from, to] = cut;
    if (from > 0 || part.length === 0) {
      end();
      part.push(from === 0 ? a : between(a, b, from));
    }
    part.push(to === 1 ? b : between(a, b, to));
    if (to < 1) end();
  }
  end();
  return parts;
}

function clipSegment([ax, ay]: Place, [bx, by]: Place): readonly [number, number] | null {
  let [from, to] = [0, 1];
  for (const [start, delta] of [
    [ax, bx - ax],
    [ay, by - ay],
  ] as const) {
    if (delta === 0) {
      if (start < least || start > most) return null;
      continue;
    }
    const [one, two] = [(least - start) / delta, (most - start) / delta];
    from = Math.max(from, Math.min(one, two));
    to = Math.min(to, Math.max(one, two));
    if (from > to) return null;
  }
  return [from, to];
}

function between([ax, ay]: Place, [bx, by]: Place, t: number): Place {
  return [ax + (bx - ax) * t, ay + (by - ay) * t];
}

/** The part of a ring inside the tile and its buffer, closed (Sutherland and Hodgman, 1974). */
export function clipRing(ring: readonly Place[]): readonly Place[] {
  let clipped = ring;
  for (const axis of [0, 1] as const) {
    clipped = clipSide(clipped, (place) => place[axis] - least, axis);
    clipped = clipSide(clipped, (place) => most - place[axis], axis);
  }
  return clipped;
}

function clipSide(ring: readonly Place[], inside: (place: Place) => number, axis: 0 | 1): readonly Place[] {
  if (ring.every((place) => inside(place) >= 0)) return ring;
  const out: Place[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Place, ring[i] as Place];
    const [da, db] = [inside(a), inside(b)];
    if (da >= 0) out.push(a);
    if (da >= 0 !== db >= 0) {
      const cut = between(a, b, da / (da - db));
      // Exactly on the side, whatever the rounding.
      const side = Math.abs(cut[axis] - least) < Math.abs(cut[axis] - most) ? least : most;
      out.push(axis === 0 ? [side, cut[1]] : [cut[0], side]);
    }
  }
  const [first] = out;
  if (first !== undefined) out.push(first);
  return out;
}

/** Whole numbers, without a position twice in a row. */
export function rounded(line: readonly Place[]): readonly Place[] {
  const out: Place[] = [];
  for (const [x, y] of line) {
    const place: Place = [Math.round(x) + 0, Math.round(y) + 0];
    const last = out.at(-1);
    if (last === undefined || last[0] !== place[0] || last[1] !== place[1]) out.push(place);
  }
  return out;
}

/** Twice the area of a ring, positive when it turns clockwise on the screen: y goes downwards. */
export function turning(ring: readonly Place[]): number {
  let area = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Place, ring[i] as Place];
    area += a[0] * b[1] - b[0] * a[1];
  }
  return area;
}
