// Decides in which reference system the shapes of a layer are, from what the file says and from the numbers themselves.
import { type Problem, problem } from '../../../model/problem.ts';
import { type Crs, isWithin, type ToDegrees, toDegrees, wgs84 } from './crs.ts';
import { guessCrs, inFrance } from './guess-crs.ts';

/** What a file says of its reference system. */
export type DeclaredCrs = {
  /** Null when the file says nothing. */
  readonly crs: Crs | null;
  /** What told it, for people: ".prj", "crs", "format". */
  readonly source: string;
  /** What the file says, when it is a system that is not known. */
  readonly unknown?: string;
};

export type Placement = {
  readonly crs: Crs;
  readonly source: string;
  readonly convert: ToDegrees;
  readonly problems: readonly Problem[];
};

/** The column of the shapes in every clean copy. */
export const shapeColumn = 'geo_shape';

/**
 * What the file says is believed when the numbers agree; turned axes are put right; else the numbers decide, and a problem
 * says so. When nothing fits, the declared system is kept: shapes out of the world are told one by one.
 * @returns null when nothing is declared and the numbers fit nothing
 */
export function decidePlacement(declared: DeclaredCrs, xs: readonly number[], ys: readonly number[]): Placement | null {
  const { crs } = declared;
  if (crs !== null) {
    const convert = toDegrees(crs.definition);
    const turned: ToDegrees = (x, y) => convert(y, x);
    const [straight, swapped] = [shareOf(crs, convert, xs, ys), shareOf(crs, turned, xs, ys)];
    const frenchTurned = shareInFrance(turned, xs, ys);
    if (frenchTurned > 0.5 && frenchTurned > shareInFrance(convert, xs, ys))
      return { ...said(declared, crs), convert: turned, problems: [swappedProblem()] };
    if (straight >= 0.5) return { ...said(declared, crs), convert, problems: [] };
    const guessed = guessPlacement(xs, ys, declared);
    if (guessed !== null) return guessed;
    if (swapped >= 0.9) return { ...said(declared, crs), convert: turned, problems: [swappedProblem()] };
    return { ...said(declared, crs), convert, problems: [] };
  }
  return guessPlacement(xs, ys, declared);
}

function said({ source }: DeclaredCrs, crs: Crs): { crs: Crs; source: string } {
  return { crs, source };
}

function guessPlacement(xs: readonly number[], ys: readonly number[], declared: DeclaredCrs): Placement | null {
  const guess = guessCrs(xs, ys);
  if (guess === null) return null;
  const { crs, swapped } = guess;
  const straight = toDegrees(crs.definition);
  const convert: ToDegrees = swapped ? (x, y) => straight(y, x) : straight;
  const label = crs === wgs84 ? `${crs.code} (WGS 84)` : `${crs.code} (${crs.name})`;
  const value = declared.crs === null ? (declared.unknown ?? null) : declared.crs.code;
  const guessed = problem(value === null ? 'geo.crsGuessed' : 'geo.crsContradicted', 'warning', {
    column: shapeColumn,
    value,
    expected: label,
    proposal: label,
  });
  return { crs, source: 'guess', convert, problems: swapped ? [guessed, swappedProblem()] : [guessed] };
}

function swappedProblem(): Problem {
  return problem('geo.swapped', 'warning', { column: shapeColumn });
}

function shareOf(crs: Crs, convert: ToDegrees, xs: readonly number[], ys: readonly number[]): number {
  const area = crs.area ?? ([-180, -90, 180, 90] as const);
  return share(xs, ys, (x, y) => isWithin(convert(x, y), area));
}

function shareInFrance(convert: ToDegrees, xs: readonly number[], ys: readonly number[]): number {
  return share(xs, ys, (x, y) => inFrance(convert(x, y)));
}

function share(xs: readonly number[], ys: readonly number[], test: (x: number, y: number) => boolean): number {
  let [fitting, all] = [0, 0];
  for (const [index, x] of xs.entries()) {
    const y = ys[index] ?? Number.NaN;
    if (!Number.isFinite(x) || !Number.isFinite(y) || (x === 0 && y === 0)) continue;
    all++;
    if (test(x, y)) fitting++;
  }
  return all === 0 ? 1 : fitting / all;
}
