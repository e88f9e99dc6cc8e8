// The dataset's page and its original files over HTTP.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { suggestCharts } from '../../model/chart/suggest.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { hidesOriginal } from '../../model/step.ts';
import { sendFile } from '../../web/send-file.ts';
import { urls } from '../../web/urls.ts';
import type { DatasetSummary } from '../catalog/schemas.ts';
import {
  getDataset,
  getTombstone,
  getVersion,
  getVersions,
  listCommunes,
  mayOnDataset,
  rhythmOf,
  searchCatalog,
} from '../catalog/service.ts';
import { mustBePublicOriginal, openingOf } from '../opening/service.ts';
import { type Choices, facetFields, readChoices, readVersion, whereOf } from './choices.ts';
import { withCommune } from './communes.ts';
import { elementRoutes } from './element-routes.ts';
import type { ChartView } from './pages/chart-figure.tsx';
import { DatasetPage } from './pages/dataset-page.tsx';
import { type ExplorerData, type Facet, isNarrowed, type RowsView } from './pages/explorer-data.ts';
import { TombstonePage } from './pages/tombstone-page.tsx';
import { rowsQuery } from './rules.ts';
import type { RecordsQuery } from './schemas.ts';
import { queryRecords } from './service.ts';
import { chosenVersion, labelColumn, viewRoutes } from './view-routes.ts';
import { chartOf, facetOf, placesOf } from './views.ts';

export type ExplorePagesOptions = { readonly contextOf: ContextOf };

type Rhythm = ReturnType<typeof rhythmOf>;
type Named = { Params: { id: string } };

/** Places drawn in a page: more would be heavy, and no clearer. */
const drawnPlaces = 2000;

export async function explorePages(server: FastifyInstance, { contextOf }: ExplorePagesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };
  // An original that is an archive must arrive as it is: compressing again would have browsers unfold it.
  const asItIs = { ...hidden, compress: false } as const;

  await server.register(viewRoutes, { contextOf });
  await server.register(elementRoutes);

  server.get<Named>('/datasets/:id', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    const dataset = await getDataset(context, id).catch((error: unknown) => {
      if (error instanceof TerroirError && error.code === 'dataset.withdrawn') return null;
      throw error;
    });
    if (dataset === null) {
      const tombstone = await getTombstone(context, id);
      return reply.code(410).sendPage({ data: tombstone, page: (page) => TombstonePage({ context: page, tombstone }) });
    }
    const version = shownVersion(dataset);
    const [versions, communes, opening] = await Promise.all([
      getVersions(context, id),
      listCommunes(context),
      openingOf(context, id, version.number),
    ]);
    const about = communes.filter((c) => dataset.communes.includes(c.insee));
    const rhythm = rhythmOf(context, dataset);
    const facts = { ...publicFacts(dataset, versions, rhythm), opening };
    // The data of the page are the facts, with the rows when the address narrows them; all the rows have the API.
    if (request.asData)
      return reply.sendPage({ data: await withRows(context, dataset, facts, request), page: () => unreachablePage() });
    const [explorer, similar] = await Promise.all([explore(context, dataset, request), similarTo(context, dataset)]);
    const answer = await firstAnswer(context, version);
    const data = { dataset, version, versions, communes: about, rhythm, explorer, answer, similar, opening };
    return reply.sendPage({ data: facts, page: (page) => DatasetPage({ context: page, data }) });
  });

  server.get<Named>('/datasets/:id/original', asItIs, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    return sendOriginal(context, id, shownVersion(await getDataset(context, id)), request, reply);
  });

  server.get<{ Params: { id: string; number: string } }>(
    '/datasets/:id/versions/:number/original',
    asItIs,
    async (request, reply) => {
      const context = await contextOf(request);
      const { id, number } = request.params;
      return sendOriginal(context, id, await getVersion(context, id, Number(number)), request, reply);
    },
  );
}

function shownVersion(dataset: Dataset): Version {
  if (dataset.version === null) throw new TerroirError('dataset.unknown', { id: dataset.id });
  return dataset.version;
}

/** Where its files lie is nobody's business; what was corrected may quote what is not published. */
function publicFacts(
  dataset: Dataset,
  versions: readonly Version[],
  rhythm: Rhythm,
): Readonly<Record<string, unknown>> {
  const { version, ...facts } = dataset;
  const shown = (one: Version) => {
    const { key: _key, steps: _steps, ...rest } = one;
    return rest;
  };
  return {
    ...facts,
    freshness: rhythm.freshness,
    nextUpdateBefore: rhythm.dueAt,
    records: urls.records(dataset.id),
    version: version === null ? null : shown(version),
    versions: versions.map(({ number, createdAt, rows, file }) => ({ number, createdAt, rows, file })),
  };
}

/** The facts, and the rows that the page would show where its address says which. */
async function withRows(
  context: Context,
  dataset: Dataset,
  facts: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const version = await chosenVersion(context, dataset, readVersion(query));
  const choices = readChoices(await withCommune(context, version.fields, query), version.fields);
  const { page, size, sort } = choices.search;
  if (!isNarrowed(choices) && sort === '' && page === 1 && query['size'] === undefined) return facts;
  const where = whereOf(choices, version.fields);
  const { total_count, results } = await queryRecords(context, dataset.id, {
    ...rowsQuery({ ...choices.search, q: '', column: '' }, version.fields),
    ...(where.length > 0 && { where }),
    version: version.number,
  });
  return { ...facts, rows: { version: version.number, total: total_count, page, size, records: results } };
}

function unreachablePage(): never {
  throw new TerroirError('page.unknown');
}

/** What the explorer shows: the version, the filters and the view that the address names. */
async function explore(context: Context, dataset: Dataset, request: FastifyRequest): Promise<ExplorerData> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const version = await chosenVersion(context, dataset, readVersion(query));
  const asked = readChoices(await withCommune(context, version.fields, query), version.fields);
  const { rows, choices } = await readRows(context, dataset, version, asked);
  const where = whereOf(choices, version.fields);
  const [first] = suggestCharts(version.fields, version.profiles, version.rows);
  const spec = choices.view === 'chart' ? (choices.chart ?? first ?? null) : null;
  const placeLabel = labelColumn(version);
  const [facets, data, places] = await Promise.all([
    readFacets(context, version, choices),
    spec === null ? null : chartOf(context, version, spec, where),
    choices.view === 'map' ? placesOf(context, version, where, { most: drawnPlaces, label: placeLabel }) : null,
  ]);
  const chart = spec === null || data === null ? null : { spec, data };
  return { dataset, version, choices, rows, facets, chart, places, placeLabel };
}

/** A filter that the column cannot obey is told above the whole table, never a page of error. */
async function readRows(
  context: Context,
  dataset: Dataset,
  version: Version,
  choices: Choices,
): Promise<{ readonly rows: RowsView; readonly choices: Choices }> {
  const { search } = choices;
  const of = (change: RecordsQuery) =>
    queryRecords(context, dataset.id, { ...change, ...(choices.version !== null && { version: choices.version }) });
  try {
    const where = whereOf(choices, version.fields);
    const query = {
      ...rowsQuery({ ...search, q: '', column: '' }, version.fields),
      ...(where.length > 0 && { where }),
    };
    const { total_count, results } = await of(query);
    return { choices, rows: { search, total: total_count, rows: results, refusal: null } };
  } catch (error) {
    if (!(error instanceof TerroirError) || !error.code.startsWith('query.')) throw error;
    const { total_count, results } = await of({ limit: search.size, offset: 0 });
    const refusal = search.value || search.q || (choices.refine[0]?.value ?? '');
    const kept = { ...search, q: '', column: '', value: '', page: 1 };
    return {
      choices: { ...choices, search: kept, refine: [] },
      rows: { search: { ...search, page: 1 }, total: total_count, rows: results, refusal },
    };
  }
}

/** Counted among the rows that the other choices leave; the profile knows them for the whole table. */
async function readFacets(context: Context, version: Version, choices: Choices): Promise<readonly Facet[]> {
  const fields = facetFields(version.fields, version.profiles);
  return Promise.all(
    fields.map(async (field) => {
      const where = whereOf(choices, version.fields, field.name);
      const known = version.profiles.find((profile) => profile.name === field.name)?.top ?? [];
      return { field, values: where.length === 0 ? known : await facetOf(context, version, field.name, where) };
    }),
  );
}

async function firstAnswer(context: Context, version: Version): Promise<ChartView | null> {
  const [spec] = suggestCharts(version.fields, version.profiles, version.rows);
  return spec === undefined ? null : { spec, data: await chartOf(context, version, spec, []) };
}

/** Published elsewhere about the same: by another producer, with the words of this one's title or keywords. */
async function similarTo(context: Context, dataset: Dataset): Promise<readonly DatasetSummary[]> {
  const selected = dataset.theme === null ? {} : { theme: [dataset.theme] };
  const page = { selected, sort: 'relevance', page: 1, pageSize: 30 } as const;
  const { datasets } = await searchCatalog(context, { ...page, q: dataset.keywords[0] ?? '' });
  const shared = (other: DatasetSummary) => other.keywords.filter((word) => dataset.keywords.includes(word)).length;
  return datasets
    .filter((other) => other.id !== dataset.id && other.state === 'published')
    .filter((other) => other.organization.slug !== dataset.organization.slug && shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a))
    .slice(0, 3);
}

/** Byte for byte, in pieces where they are asked for; the sha256 is the best of tags. */
async function sendOriginal(
  context: Context,
  dataset: string,
  version: Version,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await mustBePublicOriginal(context, dataset, version.number);
  const { name, bytes, sha256 } = version.file;
  if (hidesOriginal(version.steps) && !(await mayOnDataset(context, 'deposit.read', dataset)))
    throw new TerroirError('original.partial');
  // An original may have been destroyed with another version that came from the same file.
  if (!(await context.files.hasOriginal(sha256)))
    throw new TerroirError('version.originalPurged', { id: dataset, version: version.number });
  return sendFile(request, reply, {
    bytes,
    tag: sha256,
    type: 'application/octet-stream',
    name,
    cache: 'public, max-age=0, must-revalidate',
    open: (range) => context.files.openOriginal(sha256, range),
  });
}
