// Recognises the reference system of numbers that come without one, by where they would fall.
import { franceOutline } from '../../../model/france-outline.ts';
import { type Area, type Crs, crsOfEpsg, isWithin, toDegrees, wgs84 } from './crs.ts';

export type CrsGuess = {
  readonly crs: Crs;
  /** Whether the first numbers are northings (latitudes) and the second ones eastings. */
  readonly swapped: boolean;
};

const overseas: readonly Area[] = [
  [-63.5, 14, -60.5, 18.5],
  [-55, 2, -51, 6.2],
  [55, -21.6, 56, -20.7],
  [44.8, -13.2, 45.5, -12.4],
  [-56.6, 46.6, -56, 47.3],
];

type Candidate = {
  readonly epsg: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
};

/** In the order of how often they are met; where two of them fit, the first one is taken. */
const candidates: readonly Candidate[] = [
  { epsg: 2154, x: [0, 1_300_000], y: [6_000_000, 7_200_000] },
  ...Array.from({ length: 9 }, (_, index) => ({
    epsg: 3942 + index,
    x: [1_000_000, 2_400_000] as const,
    y: [(index + 1) * 1_000_000 + 50_000, (index + 1) * 1_000_000 + 350_000] as const,
  })),
  { epsg: 3857, x: [-700_000, 1_150_000], y: [5_000_000, 6_700_000] },
  // Below 1 900 000 the numbers may be those of the Antilles: no guess.
  { epsg: 27572, x: [0, 1_250_000], y: [1_900_000, 2_720_000] },
  { epsg: 2975, x: [300_000, 400_000], y: [7_600_000, 7_720_000] },
  { epsg: 4471, x: [480_000, 560_000], y: [8_540_000, 8_640_000] },
];

const most = 2000;
/** Strays (zeros, typing errors) do not hide what the others say. */
const enough = 0.9;

/**
 * Guesses the system of x (first) and y (second) numbers, pairwise; pairs that are not finite, or at zero, are left aside.
 * @returns null when nothing fits or nothing is left
 */
export function guessCrs(xs: readonly number[], ys: readonly number[]): CrsGuess | null {
  const pairs: (readonly [number, number])[] = [];
  const step = Math.max(1, Math.ceil(xs.length / most));
  for (let i = 0; i < xs.length; i += step) {
    const [x, y] = [xs[i], ys[i]];
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x !== 0 || y !== 0) pairs.push([x, y]);
  }
  if (pairs.length === 0) return null;
  const turned = pairs.map(([x, y]) => [y, x] as const);
  if (share(pairs, ([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180) >= enough) {
    const [straight, swapped] = [share(pairs, inFrance), share(turned, inFrance)];
    if (swapped > 0.5 && swapped > straight) return { crs: wgs84, swapped: true };
    if (share(pairs, ([, y]) => Math.abs(y) <= 90) >= enough) return { crs: wgs84, swapped: false };
    return share(turned, ([, y]) => Math.abs(y) <= 90) >= enough ? { crs: wgs84, swapped: true } : null;
  }
  for (const [points, swapped] of [
    [pairs, false],
    [turned, true],
  ] as const) {
    for (const { epsg, x, y } of candidates) {
      const fits = share(points, (p) => p[0] >= x[0] && p[0] <= x[1] && p[1] >= y[0] && p[1] <= y[1]);
      if (fits < enough) continue;
      const crs = crsOfEpsg(epsg);
      if (crs === null) continue;
      const convert = toDegrees(crs.definition);
      if (share(points, (p) => inFrance(convert(p[0], p[1]))) >= enough) return { crs, swapped };
    }
  }
  return null;
}

/** Whether degrees lie in France, near its coasts, or overseas. */
export function inFrance(point: readonly [number, number]): boolean {
  return overseas.some((area) => isWithin(point, area)) || isInside(point, franceOutline);
}

function isInside([x, y]: readonly [number, number], line: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const [ax, ay] = line[i] as readonly [number, number];
    const [bx, by] = line[j] as readonly [number, number];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) if (test(item)) count++;
  return count / items.length;
}
