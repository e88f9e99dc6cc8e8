// The functions that a query may call: an allow-list. A name that is not here never reaches the engine.
import type { Kind } from './kinds.ts';

export type Aggregate = {
  readonly written: string;
  /** What its argument may be; null for any field. */
  readonly accepts: readonly Kind[] | null;
  sql(argument: string, distinct: boolean): string;
  answers(argument: Kind): Kind;
};

const comparable: readonly Kind[] = ['text', 'number', 'date', 'datetime', 'time', 'boolean'];

export const aggregates: Readonly<Record<string, Aggregate>> = {
  avg: { written: 'avg(n)', accepts: ['number'], sql: (x) => `avg(${x})`, answers: () => 'number' },
  sum: { written: 'sum(n)', accepts: ['number'], sql: (x) => `sum(${x})`, answers: () => 'number' },
  min: { written: 'min(x)', accepts: comparable, sql: (x) => `min(${x})`, answers: (kind) => kind },
  max: { written: 'max(x)', accepts: comparable, sql: (x) => `max(${x})`, answers: (kind) => kind },
  median: { written: 'median(n)', accepts: ['number'], sql: (x) => `median(${x})`, answers: () => 'number' },
  /** Its second argument is read by values.ts. */
  percentile: { written: 'percentile(n, 0…100)', accepts: ['number'], sql: (x) => x, answers: () => 'number' },
  count: {
    written: 'count(*), count(x), count(distinct x)',
    accepts: null,
    sql: (x, distinct) => (distinct ? `count(DISTINCT ${x})` : `count(${x})`),
    answers: () => 'number',
  },
  /** The points that may be its corners: see hull-sql.ts; their hull is made of them by answer.ts. */
  envelope: {
    written: 'envelope(geo_point)',
    accepts: ['point'],
    sql: (x) => x,
    answers: () => 'envelope',
  },
  bbox: { written: 'bbox(geo)', accepts: ['point', 'shape'], sql: (x) => x, answers: () => 'shape' },
};

/** Functions of one row's values; compiled in scalars.ts. */
export const scalarFunctions: Readonly<Record<string, string>> = {
  length: 'length(text)',
  lower: 'lower(text)',
  ifnull: 'ifnull(x, y)',
  now: 'now(), now(years=-1, weekday=0 …)',
  year: 'year(date)',
  month: 'month(date)',
  day: 'day(date)',
  hour: 'hour(date)',
  minute: 'minute(date)',
  second: 'second(date)',
  date_format: "date_format(date, 'dd/MM/yyyy')",
  json_format: 'json_format(text), json_format(text, fallback)',
  distance: "distance(geo_point, geom'POINT(lon lat)')",
  random: 'random(1)',
};

/** Functions that make groups; compiled in grouping.ts. */
export const groupFunctions: Readonly<Record<string, string>> = {
  range: 'range(n, 10), range(n, *, 10, 50, *), range(date, 1 day)',
  geo_cluster: 'geo_cluster(geo_point, zoom 0…25, radius 1…256)',
};

/** Conditions written as calls; compiled in compile.ts and spatial-calls.ts. */
export const conditionFunctions: Readonly<Record<string, string>> = {
  search: 'search("…"), search(x, "…"), search(*, "…")',
  suggest: 'suggest("…"), suggest(x, "…")',
  startswith: 'startswith(x, "…")',
  within_distance: "within_distance(geo, geom'POINT(lon lat)', 10km)",
  in_bbox: 'in_bbox(geo, lat1, lon1, lat2, lon2)',
  intersects: "intersects(geo, geom'…')",
  disjoint: "disjoint(geo, geom'…')",
  within: "within(geo, geom'…')",
  // As version 2.0 called them.
  distance: "distance(geo, geom'POINT(lon lat)', 10km)",
  geometry: "geometry(geo, geom'…', INTERSECTS)",
  polygon: "polygon(geo_point, geom'POLYGON(…)')",
  bbox: "bbox(geo, geom'POINT(lon lat)', geom'POINT(lon lat)')",
};
