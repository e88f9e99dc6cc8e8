// What an export is asked, made of a query: the columns with their labels, the place of the rows, what the file says of itself.
import { type ExportFormat, factsOf } from '../../data/export/formats.ts';
import { defaultCsv, defaultGpx, type ExportRequest } from '../../data/export/request.ts';
import { exportSelect } from '../../data/query/plan.ts';
import type { QuerySettings } from '../../data/query/settings.ts';
import { columnsOf, type StoredVersion } from '../../data/query/stored-version.ts';
import type { QueryTree, SelectItem } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { urls } from '../../web/urls.ts';
import type { ExportQuery } from './schemas.ts';

type Asked = {
  readonly dataset: Dataset;
  readonly stored: StoredVersion;
  readonly tree: QueryTree;
  readonly settings: QuerySettings;
  readonly format: ExportFormat;
  readonly query: ExportQuery;
};

const momentsAsText: ReadonlySet<ExportFormat> = new Set(['csv', 'json', 'jsonl', 'geojson']);

/** @throws TerroirError query.* */
export function exportRequest({ dataset, stored, tree, settings, format, query }: Asked): ExportRequest {
  const { limit = null } = query;
  if (query.epsg !== undefined && factsOf(format).systems !== true)
    throw new TerroirError('query.outOfRange', { name: 'epsg', value: String(query.epsg), expected: '4326' });
  const wanted = factsOf(format).places ? withPlace(stored, tree, settings) : tree;
  // Texts tell moments by the clocks that were asked for; the others store them.
  const moments = momentsAsText.has(format) ? 'text' : 'stored';
  const selected = exportSelect(stored, wanted, (_column, sql) => sql, limit, settings, moments);
  const labels = new Map(columnsOf(stored).map((column) => [column.name, column.title]));
  const unbounded = tree.select === null && tree.where === null && limit === null;
  const whole = unbounded && tree.orderBy.length === 0 && tree.groupBy.length === 0;
  const iri = query.site === undefined ? `urn:terroir:dataset:${dataset.id}` : query.site + urls.dataset(dataset.id);
  return {
    key: JSON.stringify([stored.key, selected.sql, selected.params]),
    version: stored.key,
    format,
    csv: { ...defaultCsv, ...query.csv },
    compression: query.compression ?? 'snappy',
    gpx: { ...defaultGpx, ...query.gpx },
    ...(query.epsg !== undefined && { epsg: query.epsg }),
    subject: { iri, id: dataset.id, title: dataset.title },
    columns: selected.columns.map(({ name, kind }) => ({ name, kind, label: labels.get(name) ?? name })),
    select: (wrap) => exportSelect(stored, wanted, (column, sql) => wrap(column.kind, sql), limit, settings, moments),
    stored: whole ? stored.dataPath : null,
  };
}

/** A map of some columns still is a map: the place of the rows goes with those that are selected. */
function withPlace(stored: StoredVersion, tree: QueryTree, settings: QuerySettings): QueryTree {
  if (tree.select === null || tree.groupBy.length > 0) return tree;
  const { columns } = exportSelect(stored, tree, (_column, sql) => sql, null, settings);
  if (columns.some(({ kind }) => kind === 'point' || kind === 'shape')) return tree;
  const places = columnsOf(stored).filter(({ type }) => type === 'geojson' || type === 'geopoint');
  const place = places.find(({ type }) => type === 'geojson') ?? places[0];
  // One row of aggregates is nowhere.
  const aggregated = tree.select.some((item) => item.kind === 'value' && item.node.kind !== 'field');
  if (place === undefined || aggregated) return tree;
  const node = { kind: 'field', name: place.name, at: 0 } as const;
  const item: SelectItem = { kind: 'value', node, alias: null, written: place.name };
  return { ...tree, select: [...tree.select, item] };
}

/** Whether the rows of a version may be drawn on a map. */
export function hasPlaces({ geometry, fields }: Version): boolean {
  return geometry !== null || fields.some(({ type }) => type === 'geopoint' || type === 'geojson');
}
