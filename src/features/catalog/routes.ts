// The catalogue's pages over HTTP: address in, page or data out.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { foldText } from '../../lib/text.ts';
import { urls } from '../../web/urls.ts';
import { CatalogPage } from './pages/catalog-page.tsx';
import { CommunePage, CommunesPage } from './pages/commune-pages.tsx';
import { HomePage } from './pages/home-page.tsx';
import { OrganizationPage, OrganizationsPage } from './pages/organization-pages.tsx';
import { AccessibilityPage, accessibilityData, PublishPage, publishData } from './pages/text-pages.tsx';
import { type CatalogSearch, facetNames, sortOrders } from './schemas.ts';
import {
  getCommune,
  getOrganization,
  getTerritory,
  listCommunes,
  listOrganizations,
  searchCatalog,
} from './service.ts';

export type CatalogRoutesOptions = { readonly contextOf: ContextOf };

const defaultPageSize = 20;
const largestPage = 100;
const everything: CatalogSearch = { q: '', selected: {}, sort: 'recent', page: 1, pageSize: 6 };

export async function catalogRoutes(server: FastifyInstance, { contextOf }: CatalogRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.home(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [territory, communes, organizations, found] = await Promise.all([
      getTerritory(context),
      listCommunes(context),
      listOrganizations(context),
      searchCatalog(context, { ...everything, language: request.voice.lang }),
    ]);
    const figures = { datasets: found.total, organizations: organizations.length, communes: communes.length };
    const data = {
      territory,
      communes: communes.map(({ insee, name }) => ({ insee, name })),
      figures,
      latest: found.datasets,
    };
    return reply.sendPage({ data, page: (page) => HomePage({ context: page, data }) });
  });

  server.get(urls.catalog(), hidden, async (request, reply) => {
    const search = readSearch(request);
    const found = await searchCatalog(await contextOf(request), search);
    const data = { search, found };
    return reply.sendPage({ data: { ...search, ...found }, page: (page) => CatalogPage({ context: page, data }) });
  });

  server.get(urls.organizations(), hidden, async (request, reply) => {
    const data = { organizations: await listOrganizations(await contextOf(request)) };
    return reply.sendPage({ data, page: (page) => OrganizationsPage({ context: page, data }) });
  });

  server.get<{ Params: { slug: string } }>('/organizations/:slug', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const organization = await getOrganization(context, request.params.slug);
    const search = { ...everything, selected: { organization: [organization.slug] }, pageSize: largestPage };
    const { datasets } = await searchCatalog(context, search);
    const data = { organization, datasets };
    return reply.sendPage({
      data: { ...organization, datasets },
      page: (page) => OrganizationPage({ context: page, data }),
    });
  });

  server.get(urls.communes(), hidden, async (request, reply) => {
    const q = text(request, 'q').slice(0, 200);
    const words = foldText(q).trim();
    const all = await listCommunes(await contextOf(request));
    const communes = all.filter(
      (c) =>
        foldText(c.name).includes(words) || c.postalCodes.some((code) => code.startsWith(words)) || c.insee === words,
    );
    const only =
      communes.find((c) => foldText(c.name) === words) ??
      (communes.length === 1 && words !== '' ? communes[0] : undefined);
    // A single answer is the answer: people are led there, programs get the list.
    if (only !== undefined && !request.asData) return reply.redirect(urls.commune(only.insee), 303);
    const data = { q, communes };
    return reply.sendPage({ data, page: (page) => CommunesPage({ context: page, data }) });
  });

  server.get<{ Params: { insee: string } }>('/communes/:insee', hidden, async (request, reply) => {
    const data = await getCommune(await contextOf(request), request.params.insee);
    return reply.sendPage({ data, page: (page) => CommunePage({ context: page, data }) });
  });

  server.get(urls.publish(), hidden, async ({ voice }, reply) =>
    reply.sendPage({ data: publishData(voice), page: (context) => PublishPage({ context }) }),
  );
  server.get(urls.accessibility(), hidden, async ({ voice }, reply) =>
    reply.sendPage({ data: accessibilityData(voice), page: (context) => AccessibilityPage({ context }) }),
  );
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
