// The catalogue's pages over HTTP: address in, page or data out.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import { CatalogPage } from './pages/catalog-page.tsx';
import { readSearch } from './parameters.ts';
import { searchCatalog } from './service.ts';

export type CatalogRoutesOptions = { readonly contextOf: ContextOf };

export async function catalogRoutes(server: FastifyInstance, { contextOf }: CatalogRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.catalog(), hidden, async (request, reply) => {
    const search = readSearch(request.query as Readonly<Record<string, unknown>>, request.voice.lang);
    const found = await searchCatalog(await contextOf(request), search);
    const data = { search, found };
    return reply.sendPage({ data: { ...search, ...found }, page: (page) => CatalogPage({ context: page, data }) });
  });
}
