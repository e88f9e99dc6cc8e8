// The tree of a CQL2 filter (OGC 21-065r2): what both encodings make and the compiler reads. Nothing in it is SQL.
import { TerroirError } from '../../lib/errors.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';

export const compareOperators = ['=', '<>', '<', '>', '<=', '>='] as const;
export type Cql2Compare = (typeof compareOperators)[number];

export const arithmeticOperators = ['+', '-', '*', '/', '%', 'div', '^'] as const;
export type Cql2Arithmetic = (typeof arithmeticOperators)[number];

export const spatialRelations = [
  's_intersects',
  's_equals',
  's_disjoint',
  's_touches',
  's_within',
  's_overlaps',
  's_crosses',
  's_contains',
] as const;
export type SpatialRelation = (typeof spatialRelations)[number];

export const temporalRelations = [
  't_after',
  't_before',
  't_contains',
  't_disjoint',
  't_during',
  't_equals',
  't_finishedby',
  't_finishes',
  't_intersects',
  't_meets',
  't_metby',
  't_overlappedby',
  't_overlaps',
  't_startedby',
  't_starts',
] as const;
export type TemporalRelation = (typeof temporalRelations)[number];

export const arrayRelations = ['a_equals', 'a_contains', 'a_containedby', 'a_overlaps'] as const;
export type ArrayRelation = (typeof arrayRelations)[number];

/** Conditions and values share one tree: the compiler says which is expected where. */
export type Cql2 =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Cql2[] }
  | { readonly kind: 'not'; readonly of: Cql2 }
  | { readonly kind: 'compare'; readonly operator: Cql2Compare; readonly left: Cql2; readonly right: Cql2 }
  | { readonly kind: 'like'; readonly of: Cql2; readonly pattern: Cql2 }
  | { readonly kind: 'between'; readonly of: Cql2; readonly low: Cql2; readonly high: Cql2 }
  | { readonly kind: 'in'; readonly of: Cql2; readonly values: readonly Cql2[] }
  | { readonly kind: 'isNull'; readonly of: Cql2 }
  | SpatialTest
  | { readonly kind: 'temporal'; readonly relation: TemporalRelation; readonly left: Cql2; readonly right: Cql2 }
  | { readonly kind: 'arrays'; readonly relation: ArrayRelation; readonly left: Cql2; readonly right: Cql2 }
  | { readonly kind: 'arithmetic'; readonly operator: Cql2Arithmetic; readonly left: Cql2; readonly right: Cql2 }
  | { readonly kind: 'casei' | 'accenti'; readonly of: Cql2 }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Cql2[] }
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** "2024-05-03", a day that exists. */
  | { readonly kind: 'date'; readonly value: string }
  /** "2024-05-03T10:00:00Z", a moment that exists. */
  | { readonly kind: 'timestamp'; readonly value: string }
  /** null: no bound on that side. */
  | { readonly kind: 'interval'; readonly start: Cql2 | null; readonly end: Cql2 | null }
  | { readonly kind: 'geometry'; readonly geometry: GeoJsonGeometry }
  | { readonly kind: 'array'; readonly items: readonly Cql2[] };

/** A test between two places; what it finds is worked out on the rows before the statement is written. */
export type SpatialTest = {
  readonly kind: 'spatial';
  readonly relation: SpatialRelation;
  readonly left: Cql2;
  readonly right: Cql2;
};

/** What a filter may cost to read: beyond it is nobody's question. */
export const filterLimits = { characters: 100_000, levels: 100, nodes: 5000, values: 1000, positions: 20_000 } as const;

/** Counts what a parser makes, and refuses a filter that is too much. */
export class Budget {
  #nodes = 0;
  #positions = 0;
  #levels = 0;

  /** @throws TerroirError query.tooManyValues */
  node(): void {
    if (++this.#nodes > filterLimits.nodes) throw new TerroirError('query.tooManyValues', { max: filterLimits.nodes });
  }

  /** @throws TerroirError query.tooManyValues */
  position(): void {
    if (++this.#positions > filterLimits.positions)
      throw new TerroirError('query.tooManyValues', { max: filterLimits.positions });
  }

  /** @throws TerroirError query.tooDeep */
  deeper<T>(read: () => T): T {
    if (++this.#levels > filterLimits.levels) throw new TerroirError('query.tooDeep', { max: filterLimits.levels });
    try {
      return read();
    } finally {
      this.#levels--;
    }
  }
}

/** A day of the calendar, else null. */
export function readDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** A moment in UTC as CQL2 writes it ("2024-05-03T10:00:00Z", decimals allowed), else null. */
export function readMoment(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/.exec(text);
  return match !== null && readDay(match[1] ?? '') !== null ? text : null;
}

/** An instant of an interval: a day, a moment, or ".." for none. @throws TerroirError query.dateInvalid */
export function readInstant(text: string): Cql2 | null {
  if (text === '..') return null;
  const day = readDay(text);
  if (day !== null) return { kind: 'date', value: day };
  const moment = readMoment(text);
  if (moment === null) throw new TerroirError('query.dateInvalid', { value: text.slice(0, 100) });
  return { kind: 'timestamp', value: moment };
}

/** The box as a geometry, west to east; one that crosses the antimeridian is two. @throws TerroirError query.parameter */
export function boxGeometry(numbers: readonly number[]): GeoJsonGeometry {
  const flat = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i] as number) : numbers;
  const [west, south, east, north] = flat as [number, number, number, number];
  if (flat.length !== 4 || flat.some((n) => !Number.isFinite(n)) || south > north)
    throw new TerroirError('query.parameter', { name: 'bbox', reason: 'minx,miny,maxx,maxy' });
  if (west <= east) return { type: 'Polygon', coordinates: [boxRing(west, south, east, north)] };
  return {
    type: 'MultiPolygon',
    coordinates: [[boxRing(west, south, 180, north)], [boxRing(-180, south, east, north)]],
  };
}

function boxRing(west: number, south: number, east: number, north: number): readonly (readonly number[])[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
