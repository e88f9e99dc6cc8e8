// The catalogue's pages over HTTP: address in, page or data out.
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import type { StoryShown } from '../../web/components/story-links.tsx';
import { urls } from '../../web/urls.ts';
import type { CatalogDrawing } from './pages/catalog-map.tsx';
import { CatalogPage } from './pages/catalog-page.tsx';
import { readSearch } from './parameters.ts';
import { listCommunes, searchCatalog } from './service.ts';

export type CatalogRoutesOptions = {
  readonly contextOf: ContextOf;
  /** The territory drawn, for choosing on a map; another room draws it. */
  readonly drawing?: (context: Context) => Promise<CatalogDrawing | null>;
  /** Stories that say the words of a search; another room finds them. */
  readonly stories?: (context: Context, q: string) => Promise<readonly StoryShown[]>;
};

export async function catalogRoutes(
  server: FastifyInstance,
  { contextOf, drawing, stories }: CatalogRoutesOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.catalog(), hidden, async (request, reply) => {
    const search = readSearch(request.query as Readonly<Record<string, unknown>>, request.voice.lang);
    const context = await contextOf(request);
    const [found, drawn, communes, told] = await Promise.all([
      searchCatalog(context, search),
      drawing?.(context) ?? null,
      listCommunes(context),
      search.q === '' || search.page > 1 ? [] : (stories?.(context, search.q) ?? []),
    ]);
    const names = new Map(communes.map(({ insee, name }) => [insee, name]));
    const data = { search, found, drawing: drawn, communes: names, stories: told };
    return reply.sendPage({ data: { ...search, ...found }, page: (page) => CatalogPage({ context: page, data }) });
  });
}
