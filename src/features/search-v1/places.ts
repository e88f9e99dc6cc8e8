// What maps ask of version 1: clusters of points, previews of shapes, the box around rows.
import type { Context } from '../../context.ts';
import { placeOf, pointOf } from '../../data/query/q-places.ts';
import { fieldNamed, quotedName } from '../../data/query/q-words.ts';
import { TerroirError } from '../../lib/errors.ts';
import { queryVersion, recordsAfter } from '../explore/service.ts';
import { readSeries, type Series } from './analyze.ts';
import { integer, lastText, oneOf, type Query } from './parameters.ts';
import { type Opened, openRows, settingsOf } from './rows.ts';
import { shapeOf } from './shapes.ts';

const mostClusters = 20_000;
const mostShapes = 10_000;
const deepestZoom = 25;
/** Pixels, as the widgets ask. */
const usualDistance = 50;

type Row = Readonly<Record<string, unknown>>;
type Geometry = { readonly type: string; readonly coordinates?: unknown };

/** @throws TerroirError query.outOfRange */
function needPlace(opened: Opened): string {
  const point = pointOf(opened.fields);
  if (point === null) throw new TerroirError('query.parameter', { name: 'dataset', reason: 'its rows have no place' });
  return quotedName(point.name);
}

function conditions({ filters, where }: Opened, more: readonly string[] = []) {
  return { ...settingsOf(filters), where: [...where, ...more] };
}

/** /api/records/1.0/geocluster @throws TerroirError dataset.*, query.*, engine.* */
export async function geocluster(context: Context, query: Query) {
  const opened = await openRows(context, query);
  const point = needPlace(opened);
  if (lastText(query, 'clusterprecision') === undefined)
    throw new TerroirError('query.parameter', { name: 'clusterprecision', reason: 'it is missing' });
  const precision = integer(query, 'clusterprecision', 0, { min: 0, max: 29 });
  const distance = integer(query, 'clusterdistance', usualDistance, { min: 1, max: 256 });
  const shaped = oneOf(query, 'clustermode', ['polygon', 'heatmap'], 'polygon') === 'polygon';
  const polygons = shaped && !/^(false|0)$/i.test(lastText(query, 'return_polygons') ?? '');
  const series = readSeries(query, opened.fields);
  const { results } = await queryVersion(context, opened.version, {
    ...conditions(opened, [`${point} is not null`]),
    select: [
      'count(*) as n',
      ...(polygons ? [`envelope(${point}) as hull`] : []),
      ...series.flatMap(({ select }) => select),
    ].join(', '),
    group_by: `geo_cluster(${point}, ${Math.min(precision, deepestZoom)}, ${distance}) as cell`,
    limit: mostClusters,
  });
  const clusters = results.map((row) => {
    const { cluster_centroid: centre } = row['cell'] as { cluster_centroid: { lat: number; lon: number } };
    const hull = polygons ? shapeOf(row['hull']) : null;
    return {
      cluster_center: [centre.lat, centre.lon],
      cluster: hull ?? { type: 'Point', coordinates: [centre.lon, centre.lat] },
      count: Number(row['n']),
      ...told(series, row),
    };
  });
  return {
    clusters,
    count: bounds(clusters.map(({ count }) => count)),
    ...seriesBounds(series, results),
    clusterprecision: precision,
  };
}

function told(series: readonly Series[], row: Row) {
  if (series.length === 0) return {};
  return { series: Object.fromEntries(series.map((one) => [one.name, one.value(row)])) };
}

function seriesBounds(series: readonly Series[], rows: readonly Row[]) {
  if (series.length === 0) return {};
  const all = series.map((one) => [
    one.name,
    bounds(rows.map((row) => one.value(row)).filter((value) => value !== null)),
  ]);
  return { series: Object.fromEntries(all) as Readonly<Record<string, unknown>> };
}

function bounds(values: readonly number[]) {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return values.length === 0 ? { min: 0, max: 0 } : { min: least, max: most };
}

type Drawn = { readonly geometry: Geometry; readonly rows: Row[] };

/** Shapes, or points where there are none, each once with its rows. */
async function drawn(context: Context, query: Query, { rows, more }: { rows: number; more: readonly string[] }) {
  const opened = await openRows(context, query);
  const place = placeOf(opened.fields, lastText(query, 'geo_field'));
  if (place === null) throw new TerroirError('query.parameter', { name: 'dataset', reason: 'its rows have no place' });
  const name = quotedName(place.name);
  const select = [name, ...more.map((field) => quotedName(fieldNamed(opened.fields, field, 'y').name))].join(', ');
  const asked = { ...conditions(opened, [`${name} is not null`]), select };
  const page = { keys: [], after: null, limit: Math.min(rows, mostShapes) };
  const { results } = await recordsAfter(context, opened.version, asked, page);
  const byShape = new Map<string, Drawn>();
  for (const row of results) {
    const geometry = place.kind === 'shape' ? shapeOf(row[place.name]) : pointGeometry(row[place.name]);
    if (geometry === null) continue;
    const digest = JSON.stringify(geometry);
    const known = byShape.get(digest);
    if (known === undefined) byShape.set(digest, { geometry, rows: [row] });
    else known.rows.push(row);
  }
  return [...byShape.values()];
}

function pointGeometry(value: unknown): Geometry | null {
  const point = value as { readonly lat: number; readonly lon: number } | null;
  return point === null ? null : { type: 'Point', coordinates: [point.lon, point.lat] };
}

/** /api/records/1.0/geopreview @throws TerroirError dataset.*, query.*, engine.* */
export async function geopreview(context: Context, query: Query) {
  const rows = integer(query, 'rows', 1000, { min: 0, max: mostShapes });
  const shapes = await drawn(context, query, { rows, more: [] });
  return shapes.map(({ geometry, rows: same }) => ({ geometry, geo_digest: digestOf(geometry), count: same.length }));
}

const plainFunctions = ['count', 'sum', 'avg', 'min', 'max'] as const;

/** /api/records/1.0/geopolygon: rows gathered by their shape. @throws TerroirError dataset.*, query.*, engine.* */
export async function geopolygon(context: Context, query: Query) {
  const asked = seriesOfShapes(query);
  const shapes = await drawn(context, query, {
    rows: mostShapes,
    more: [...new Set(asked.flatMap(({ field }) => field ?? []))],
  });
  const clusters = shapes.map(({ geometry, rows }) => ({
    cluster: geometry,
    cluster_center: centreOf(geometry),
    geo_digest: digestOf(geometry),
    count: rows.length,
    ...(asked.length > 0 && {
      series: Object.fromEntries(asked.map((one) => [one.name, reckon(one.func, one.field, rows)])),
    }),
  }));
  const values = (name: string) => clusters.flatMap(({ series = {} }) => series[name] ?? []);
  return {
    clusters,
    count: bounds(clusters.map(({ count }) => count)),
    ...(asked.length > 0 && {
      series: Object.fromEntries(asked.map(({ name }) => [name, bounds(values(name))])),
    }),
  };
}

function seriesOfShapes(query: Query) {
  const names = Object.keys(query).flatMap((key) => /^y\.(.+)\.func$/.exec(key)?.[1] ?? []);
  return names.slice(0, 20).map((name) => {
    const func = oneOf(query, `y.${name}.func`, plainFunctions, 'count');
    const field = lastText(query, `y.${name}.expr`)?.trim() ?? null;
    if (func !== 'count' && field === null)
      throw new TerroirError('query.parameter', { name: `y.${name}.expr`, reason: 'it is missing' });
    return { name, func, field };
  });
}

function reckon(func: (typeof plainFunctions)[number], field: string | null, rows: readonly Row[]): number | null {
  const numbers = rows.map((row) => (field === null ? 1 : row[field])).filter((value) => typeof value === 'number');
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (func === 'count') return field === null ? rows.length : rows.filter((row) => row[field] !== null).length;
  if (numbers.length === 0) return null;
  if (func === 'sum') return sum;
  if (func === 'avg') return sum / numbers.length;
  const { min, max } = bounds(numbers);
  return func === 'min' ? min : max;
}

/** The middle of the box around a shape: latitude, longitude. */
function centreOf(geometry: Geometry): readonly number[] {
  const [west, south, east, north] = boxOf(geometry);
  return [(south + north) / 2, (west + east) / 2];
}

type Box = [number, number, number, number];

function boxOf(geometry: Geometry): Box {
  const box: Box = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  const parts = 'geometries' in geometry ? (geometry.geometries as readonly Geometry[]) : [geometry];
  const pending: unknown[] = parts.map(({ coordinates }) => coordinates);
  while (pending.length > 0) {
    const next = pending.pop();
    if (!Array.isArray(next)) continue;
    const [lon, lat] = next as readonly unknown[];
    if (typeof lon !== 'number' || typeof lat !== 'number') {
      pending.push(...(next as readonly unknown[]));
      continue;
    }
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Names a shape: the same place has the same name. */
function digestOf(geometry: Geometry): string {
  const text = JSON.stringify(geometry);
  let [a, b] = [0x811c9dc5, 5381];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = (Math.imul(b, 33) ^ code) >>> 0;
  }
  return String((BigInt(a) << 31n) | BigInt(b & 0x7fffffff));
}

/** /api/records/1.0/boundingbox: how many rows are somewhere, and the box around them. @throws TerroirError dataset.*, query.* */
export async function boundingbox(context: Context, query: Query) {
  const opened = await openRows(context, query);
  const place = placeOf(opened.fields, lastText(query, 'geo_field'));
  if (place === null) return { count: 0, bbox: [], geometries: {}, metas: {} };
  const name = quotedName(place.name);
  const { results } = await queryVersion(context, opened.version, {
    ...conditions(opened, [`${name} is not null`]),
    select: `count(*) as n, bbox(${name}) as around`,
    limit: 1,
  });
  const count = Number(results[0]?.['n'] ?? 0);
  const around = count === 0 ? null : shapeOf(results[0]?.['around']);
  const kind = place.kind === 'shape' ? (opened.version.geometry?.type ?? 'Polygon') : 'Point';
  return {
    count,
    bbox: around === null ? [] : boxOf(around),
    geometries: count === 0 ? {} : { [kind]: count },
    metas: {},
  };
}
