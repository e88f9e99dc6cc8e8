// The catalogue in the Explore API v2.1 over HTTP: an address in, Opendatasoft's shapes out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ContextOf } from '../../context.ts';
import { licenceById } from '../../model/reference.ts';
import { prepareExplore, sendJson } from '../../web/explore-shell.ts';
import { DatasetSchema, DatasetsSchema, ErrorSchema, limits } from '../explore/schemas.ts';
import { findVersion, type Query, readPage, readRecordsQuery, texts } from '../explore/service.ts';
import { datasetObject } from './dataset-object.ts';
import { listForApi } from './service.ts';

export type CatalogApiOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

const base = '/api/explore/v2.1';
const errors = { 400: ErrorSchema, 404: ErrorSchema, 410: ErrorSchema };
const tags = ['Explore API v2.1'];
const described = (description: string) => Type.Optional(Type.String({ description }));

/** Registers the catalogue's part of the API; what is not there is answered by the explore room, which holds the prefix. */
export async function catalogApiRoutes(server: FastifyInstance, options: CatalogApiOptions): Promise<void> {
  await server.register(
    async (plain) => {
      const api = plain.withTypeProvider<TypeBoxTypeProvider>();
      prepareExplore(api, async (request) => (await options.contextOf(request)).log);
      catalogueRoutes(api, options);
    },
    { prefix: base },
  );
}

function catalogueRoutes(api: FastifyInstance, { contextOf, publicUrl }: CatalogApiOptions): void {
  const listSchema = {
    summary: 'The datasets, most recently modified first',
    tags,
    querystring: Type.Object({
      where: described('Quoted full text: `"arbres"`'),
      limit: Type.Optional(Type.Integer({ minimum: -1, maximum: limits.maxLimit, default: limits.defaultLimit })),
      offset: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
    }),
    response: { 200: DatasetsSchema, ...errors },
  };
  api.get('/catalog/datasets', { schema: listSchema }, async (request, reply) => {
    const query = request.query as Query;
    const { total, datasets } = await listForApi(await contextOf(request), {
      ...readPage(query),
      where: texts(query, 'where'),
    });
    reply.header('cache-control', 'public, max-age=0, must-revalidate');
    return sendJson(reply, {
      total_count: total,
      results: datasets.map((dataset) => datasetObject(dataset, publicUrl)),
    });
  });

  const oneSchema = {
    summary: 'A dataset: what it is about, its licence, its fields',
    tags,
    params: Type.Object({ dataset_id: Type.String({ description: 'The dataset’s identifier' }) }),
    response: { 200: DatasetSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id', { schema: oneSchema }, async (request, reply) => {
    const found = await findVersion(
      await contextOf(request),
      idOf(request),
      readRecordsQuery(request.query as Query).version,
    );
    const licence = licenceById(found.dataset.licence);
    reply.header('cache-control', 'public, max-age=0, must-revalidate');
    if (licence !== null) reply.header('link', `<${licence.url}>; rel="license"`);
    return sendJson(reply, datasetObject({ ...found.dataset, version: found.version }, publicUrl));
  });
}

function idOf(request: FastifyRequest): string {
  return (request.params as { readonly dataset_id: string }).dataset_id;
}
