// The dataset's page and its original files over HTTP.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { hidesOriginal } from '../../model/step.ts';
import { urls } from '../../web/urls.ts';
import {
  getDataset,
  getTombstone,
  getVersion,
  getVersions,
  listCommunes,
  mayOnDataset,
  rhythmOf,
} from '../catalog/service.ts';
import { mustBePublicOriginal, openingOf } from '../opening/service.ts';
import { DatasetPage } from './pages/dataset-page.tsx';
import type { RowsView } from './pages/rows-table.tsx';
import { TombstonePage } from './pages/tombstone-page.tsx';
import { readRowsSearch, rowsQuery } from './rules.ts';
import { queryRecords } from './service.ts';

export type ExplorePagesOptions = { readonly contextOf: ContextOf };

type Rhythm = ReturnType<typeof rhythmOf>;
type Named = { Params: { id: string } };

export async function explorePages(server: FastifyInstance, { contextOf }: ExplorePagesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };
  // An original that is an archive must arrive as it is: compressing again would have browsers unfold it.
  const asItIs = { ...hidden, compress: false } as const;

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
    // The data of the page are the facts; the rows have their own address, in the API.
    if (request.asData) return reply.sendPage({ data: facts, page: () => unreachablePage() });
    const rows = await readRows(context, dataset, version, request);
    const data = { dataset, version, versions, communes: about, rhythm, rows, opening };
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

function unreachablePage(): never {
  throw new TerroirError('page.unknown');
}

/** A filter that the column cannot obey is told above the whole table, never a page of error. */
async function readRows(
  context: Context,
  dataset: Dataset,
  version: Version,
  request: FastifyRequest,
): Promise<RowsView> {
  const search = readRowsSearch(request.query as Readonly<Record<string, unknown>>, version.fields);
  try {
    const { total_count, results } = await queryRecords(context, dataset.id, rowsQuery(search, version.fields));
    return { search, total: total_count, rows: results, refusal: null };
  } catch (error) {
    if (!(error instanceof TerroirError) || !error.code.startsWith('query.')) throw error;
    const { total_count, results } = await queryRecords(context, dataset.id, { limit: search.size, offset: 0 });
    return { search: { ...search, page: 1 }, total: total_count, rows: results, refusal: search.value || search.q };
  }
}

/** Byte for byte; the sha256 is the best of ETags. */
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
  const etag = `"${sha256}"`;
  reply.header('etag', etag).header('cache-control', 'public, max-age=0, must-revalidate');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  reply.header('content-length', bytes);
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  return reply.type('application/octet-stream').send(context.files.openOriginal(sha256));
}
