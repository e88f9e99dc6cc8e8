// The catalogue's pages over HTTP: address in, page or data out.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import { CatalogPage } from './pages/catalog-page.tsx';
import { type CatalogSearch, facetNames, sortOrders } from './schemas.ts';
import { searchCatalog } from './service.ts';

export type CatalogRoutesOptions = { readonly contextOf: ContextOf };

const defaultPageSize = 20;
const largestPage = 100;

export async function catalogRoutes(server: FastifyInstance, { contextOf }: CatalogRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.catalog(), hidden, async (request, reply) => {
    const search = readSearch(request);
    const found = await searchCatalog(await contextOf(request), search);
    const data = { search, found };
    return reply.sendPage({ data: { ...search, ...found }, page: (page) => CatalogPage({ context: page, data }) });
  });
}

/** A search that cannot be read is no reason to refuse: each part falls back to what people expect. */
function readSearch(request: FastifyRequest): CatalogSearch {
  const sort = text(request, 'sort');
  const selected = Object.fromEntries(
    facetNames.map((name) => [name, texts(request, name)]).filter(([, values]) => (values?.length ?? 0) > 0),
  );
  const q = text(request, 'q').slice(0, 500);
  return {
    q,
    selected,
    sort: sortOrders.find((order) => order === sort) ?? (q === '' ? 'recent' : 'relevance'),
    page: positive(text(request, 'page'), 1, 100_000),
    pageSize: positive(text(request, 'pageSize'), defaultPageSize, largestPage),
    language: request.voice.lang,
  };
}

function texts(request: FastifyRequest, name: string): readonly string[] {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string' && item !== '').slice(0, 50);
}

function text(request: FastifyRequest, name: string): string {
  return texts(request, name)[0] ?? '';
}

function positive(value: string, fallback: number, largest: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, largest) : fallback;
}
