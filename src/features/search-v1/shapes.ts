// Rows and datasets in the shapes of version 1. Pure.
import type { Facet } from '../../data/query/facets.ts';
import type { KnownFields } from '../../data/query/q-words.ts';
import type { RecordObject } from '../explore/schemas.ts';

export type RecordFacts = {
  readonly dataset: string;
  /** Of the row in its file, from 1; null for what is no row. */
  readonly number: number;
  readonly timestamp: Date;
};

type Geometry = { readonly type: string; readonly coordinates?: unknown };

/** A record: empty values are left out, points are [latitude, longitude], shapes geometries. */
export function recordObject(row: RecordObject, fields: KnownFields, { dataset, number, timestamp }: RecordFacts) {
  const told = Object.entries(row)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, valueObject(value, fields.get(name)?.kind)] as const);
  const geometry = geometryOf(row, fields);
  return {
    datasetid: dataset,
    recordid: String(number),
    fields: Object.fromEntries(told),
    ...(geometry !== null && { geometry }),
    record_timestamp: timestamp.toISOString(),
  };
}

export type RecordAnswer = ReturnType<typeof recordObject>;

function valueObject(value: unknown, kind: string | undefined): unknown {
  if (kind === 'point') {
    const { lat, lon } = value as { readonly lat: number; readonly lon: number };
    return [lat, lon];
  }
  return kind === 'shape' ? shapeOf(value) : value;
}

/** A shape is a feature in the newer interface, its geometry here. */
export function shapeOf(value: unknown): Geometry | null {
  const feature = value as { readonly geometry?: Geometry } | null;
  return feature?.geometry ?? null;
}

/** Where a record is: the point that stands for it. */
function geometryOf(row: RecordObject, fields: KnownFields): Geometry | null {
  for (const [name, { kind }] of fields) {
    const point = kind === 'point' ? (row[name] as { lat: number; lon: number } | null | undefined) : null;
    if (point) return { type: 'Point', coordinates: [point.lon, point.lat] };
  }
  return null;
}

/** Records as a GeoJSON collection; those that are nowhere have no geometry. */
export function featureCollection(
  records: readonly RecordAnswer[],
  rows: readonly RecordObject[],
  fields: KnownFields,
) {
  const shape = [...fields.values()].find(({ kind }) => kind === 'shape')?.name;
  return {
    type: 'FeatureCollection',
    features: records.map((record, i) => ({
      type: 'Feature',
      geometry: (shape === undefined ? null : shapeOf(rows[i]?.[shape] ?? null)) ?? record.geometry ?? null,
      properties: record.fields,
    })),
  };
}

/** Facets of rows; a group without a value is not told. */
export function facetGroups(facets: readonly Facet[]) {
  return facets
    .filter(({ facets: values }) => values.length > 0)
    .map(({ name, facets: values }) => ({ name, facets: values.map(facetObject) }));
}

function facetObject({
  name,
  path,
  count,
  state,
  children,
}: Facet['facets'][number]): Readonly<Record<string, unknown>> {
  return { name, path, count, state, ...(children && { facets: children.map(facetObject) }) };
}

/** Lines of a table with `;` between values, as version 1 writes it. */
export function csvOf(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(';')}\n`).join('');
}

function cellOf(value: unknown): string {
  const text =
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
