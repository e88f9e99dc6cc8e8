// /api/datasets/1.0: the catalogue in the shapes of version 1.
import type { Context } from '../../context.ts';
import type { Kind } from '../../data/query/kinds.ts';
import { fieldNamed, type KnownFields, quoted } from '../../data/query/q-words.ts';
import { urls } from '../../web/urls.ts';
import { getTerritory } from '../catalog/service.ts';
import { describeDataset, facetCatalogue, listDescribed } from '../catalog-api/service.ts';
import { type Feed, type FeedItem, feedFormats, writeFeed } from './feeds.ts';
import {
  conditionsOf,
  echoed,
  type Filters,
  integer,
  oneOf,
  outOfRange,
  prefixed,
  type Query,
  readFilters,
  texts,
} from './parameters.ts';
import type { Place } from './rows.ts';
import { csvOf } from './shapes.ts';

const mostRows = 10_000;

const kind = (of: Kind, names: string) => names.split(' ').map((name) => [name, { name, kind: of }] as const);

/** The metas that a question may name. */
const metas: KnownFields = new Map([
  ...kind('text', 'title description theme keyword license license_url language publisher references attributions'),
  ...kind('text', 'territory features update_frequency dataset_id'),
  ...kind('datetime', 'modified data_processed metadata_processed'),
  ...kind('number', 'records_count'),
  ...kind('boolean', 'has_records federated'),
]);
/** What they were called. */
const formerNames: Readonly<Record<string, string>> = {
  datasetid: 'dataset_id',
  accrualperiodicity: 'update_frequency',
  records_size: 'records_count',
};
/** The metas of DCAT stand beside the others there. */
const dcatMetas = kind('datetime', 'created issued').concat(
  kind('text', 'creator contributor granularity dataquality'),
);
const fields: KnownFields = new Map([
  ...metas,
  ...dcatMetas.map(([name, field]) => [name, { ...field, name: `dcat.${name}` }] as const),
  ...Object.entries(formerNames).map(
    ([former, name]) => [former, { name, kind: metas.get(name)?.kind ?? 'text' }] as const,
  ),
]);

type Values = Readonly<Record<string, unknown>>;

/** /api/datasets/1.0/search @throws TerroirError query.*, engine.* */
export async function searchDatasets(context: Context, query: Query, { publicUrl, path }: Place) {
  const filters = readFilters(query);
  const format = oneOf(query, 'format', ['json', 'jsonp', 'csv', ...feedFormats], 'json');
  const rows = integer(query, 'rows', 10, { min: -1, max: mostRows });
  const limit = rows === -1 ? mostRows : rows;
  const start = integer(query, 'start', 0, { min: 0, max: mostRows });
  if (rows !== -1 && start + rows > mostRows) throw outOfRange('start', String(start), `start + rows <= ${mostRows}`);
  const order = orderOf(query);
  const asked = questionOf(filters);
  const page = { limit, offset: start, ...(order !== null && { order_by: order }) };
  const { total, rows: found } = await listDescribed(context, { ...asked, ...page }, publicUrl);
  const datasets = found.map(({ answer }) => datasetObject(answer));
  if (format === 'csv') return { format, value: tableOf(datasets) };
  if (format === 'rss' || format === 'atom')
    return { format, value: writeFeed(format, await feedOf(context, datasets, { publicUrl, path })) };
  const facets = texts(query, 'facet');
  const said = {
    rows,
    start,
    ...(facets.length > 0 && { facet: facets }),
    format,
    timezone: filters.timezone ?? 'UTC',
  };
  const groups = facets.length === 0 ? {} : { facet_groups: await countDatasets(context, query, filters, facets) };
  return { format, value: { nhits: total, parameters: echoed(query, said), datasets, ...groups } };
}

async function feedOf(
  context: Context,
  datasets: readonly ReturnType<typeof datasetObject>[],
  { publicUrl, path }: Place,
): Promise<Feed> {
  const name = (await getTerritory(context))?.name ?? 'Terroir';
  const items = datasets.map(({ datasetid, metas }): FeedItem => {
    const { title, description, modified } = metas as Values;
    return {
      url: `${publicUrl}${urls.dataset(String(datasetid))}`,
      title: String(title),
      text: String(description ?? ''),
      updated: new Date(String(modified)),
      place: null,
    };
  });
  const updated = new Date(Math.max(0, ...items.map((item) => item.updated.getTime())));
  return { url: publicUrl, self: `${publicUrl}${path}`, title: name, author: name, updated, items };
}

/** /api/datasets/1.0/{id} @throws TerroirError dataset.unknown, dataset.withdrawn */
export async function readDataset(context: Context, id: string, publicUrl: string) {
  const { object } = await describeDataset(context, id, { publicUrl });
  return datasetObject(object as unknown as Values);
}

/** Words and places are conditions; facets are the catalogue's own. */
function questionOf(filters: Filters) {
  const where = conditionsOf({ ...filters, refine: [], exclude: [] }, fields);
  const chosen = (list: Filters['refine'], clause: string) =>
    list.map(({ field, value }) => `${fieldNamed(fields, field, clause).name}:${value}`);
  return {
    ...(where.length > 0 && { where }),
    ...(filters.timezone !== null && { timezone: filters.timezone }),
    ...(filters.refine.length > 0 && { refine: chosen(filters.refine, 'refine') }),
    ...(filters.exclude.length > 0 && { exclude: chosen(filters.exclude, 'exclude') }),
  };
}

function orderOf(query: Query): string | null {
  const keys = texts(query, 'sort').flatMap((text) => text.split(',').map((key) => key.trim()));
  const orders = keys
    .filter((key) => key !== '' && key !== '-' && key !== 'explore.popularity_score')
    .map((key) => {
      const { name } = fieldNamed(fields, key.replace(/^[-+]/, ''), 'sort');
      return `${name} ${key.startsWith('-') ? 'asc' : 'desc'}`;
    });
  return orders.length === 0 ? null : orders.join(', ');
}

async function countDatasets(context: Context, query: Query, filters: Filters, names: readonly string[]) {
  const sorts = new Map(prefixed(query, 'facetsort.').map(({ field, value }) => [field, value]));
  const facets = names.map((name) => {
    const { name: column } = fieldNamed(fields, name, 'facet');
    const sort = sorts.get(name);
    const options = [
      `name=${quoted(column)}`,
      ...(filters.disjunctive.has(name) ? ['disjunctive=true'] : []),
      ...(sort === undefined ? [] : [`sort=${quoted(sort)}`]),
    ];
    return `facet(${options.join(', ')})`;
  });
  const counted = await facetCatalogue(context, { ...questionOf(filters), facet: facets });
  const asked = new Map(names.map((name) => [fieldNamed(fields, name, 'facet').name, name]));
  type Counted = (typeof counted)[number]['facets'][number];
  const told = ({ name, value, count, state, facets: below }: Counted): Values => ({
    name,
    path: value,
    count: count ?? 0,
    state,
    ...(below && { facets: below.map(told) }),
  });
  return counted.map(({ name, facets: values }) => ({ name: asked.get(name) ?? name, facets: values.map(told) }));
}

/** The dataset object of the newer interface in the shape of the first one. */
function datasetObject(object: Values) {
  const templates = (object['metas'] ?? {}) as Readonly<Record<string, Values>>;
  const { default: basic = {}, ...interop } = templates;
  const { records_count: count, territory, update_frequency: _rhythm, license_url: _url, ...metas } = basic;
  const told = Object.entries({ domain: '', ...metas }).filter(([, value]) => value !== null);
  const all = (object['fields'] ?? []) as readonly (Values & { readonly annotations?: Values })[];
  return {
    datasetid: object['dataset_id'],
    metas: {
      ...Object.fromEntries(told),
      ...(territory !== null && territory !== undefined && { territory }),
      records_count: count ?? 0,
    },
    basic_metas: basic,
    interop_metas: interop,
    has_records: object['has_records'],
    data_visible: object['data_visible'],
    features: object['features'],
    attachments: object['attachments'],
    alternative_exports: object['alternative_exports'],
    fields: all.map(({ name, label, description, type, annotations }) => ({
      name,
      label,
      type,
      ...(description !== null && description !== undefined && { description }),
      annotations: annotationsOf(type, annotations),
    })),
  };
}

/** A list of names there; what may be grouped by is a facet. */
function annotationsOf(type: unknown, annotations: Values = {}): readonly Values[] {
  const told = Object.entries(annotations)
    .filter(([, value]) => value !== false)
    .map(([name, value]): Values => (value === true ? { name } : { name, args: [String(value)] }));
  const facet = type === 'text' || type === 'boolean' || type === 'date' || type === 'datetime';
  return facet && !told.some(({ name }) => name === 'facet') ? [{ name: 'facet' }, ...told] : told;
}

function tableOf(datasets: readonly ReturnType<typeof datasetObject>[]): string {
  const names = ['title', 'description', 'theme', 'keyword', 'license', 'publisher', 'modified', 'records_count'];
  const cell = (value: unknown) => (Array.isArray(value) ? value.join(',') : value);
  const rows = datasets.map(({ datasetid, metas }) => [
    datasetid,
    ...names.map((name) => cell((metas as Values)[name])),
  ]);
  return csvOf([['datasetid', ...names], ...rows]);
}
