// By what the portal is found, over HTTP: feeds, sitemaps, robots.txt, OpenSearch, .well-known, oEmbed.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { openAssets } from '../../web/assets.ts';
import { datasetPicture } from '../../web/share.ts';
import { urls } from '../../web/urls.ts';
import { getCommune, getDataset, getOrganization, readSearch, searchCatalog } from '../catalog/service.ts';
import { type Feed, updatedOf, writeAtom } from './atom.ts';
import {
  apiCatalog,
  dcatPath,
  openSearch,
  robots,
  securityText,
  sitemap,
  sitemapIndex,
  suggestions,
} from './documents.ts';
import { embedRoutes } from './embed-routes.ts';
import { type Embed, embedJson, embedXml, readTarget, sideOf } from './oembed.ts';
import { pictureRoutes } from './picture-routes.ts';
import { feedOfSearch, feedOfStories, feedOfVersions, listSitemaps, sitemapOf, titleOfSearch } from './service.ts';

export type DiscoveryOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  /** What the portal is called. */
  readonly siteName: () => Promise<string>;
  /** Whom to write to when something is wrong: "Données <donnees@example.org>" or the address alone. */
  readonly contact: string;
};

type Query = Readonly<Record<string, unknown>>;
const hidden = { schema: { hide: true } };
const xml = 'application/xml; charset=utf-8';
const suggested = 8;

export async function discoveryRoutes(server: FastifyInstance, options: DiscoveryOptions): Promise<void> {
  await server.register(feedRoutes, options);
  await server.register(machineRoutes, options);
  await server.register(embeddingRoutes, options);
  await server.register(pictureRoutes, options);
  await server.register(embedRoutes, options);
}

async function feedRoutes(server: FastifyInstance, { contextOf, publicUrl, siteName }: DiscoveryOptions) {
  const open = async (request: FastifyRequest) => ({
    context: await contextOf(request),
    place: { voice: request.voice, publicUrl, site: await siteName() },
    search: readSearch(request.query as Query, request.voice.lang),
  });

  server.get(urls.feed(), hidden, async (request, reply) => {
    const { context, place, search } = await open(request);
    const title = titleOfSearch(search, request.voice);
    const feed = await feedOfSearch(context, search, { ...place, title, path: urls.feed(), page: urls.catalog() });
    return sendFeed(feed, request, reply);
  });

  server.get<{ Params: { slug: string } }>('/organizations/:slug/datasets.atom', hidden, async (request, reply) => {
    const { context, place, search } = await open(request);
    const { slug, name } = await getOrganization(context, request.params.slug);
    const feed = await feedOfSearch(
      context,
      { ...search, q: '', selected: { organization: [slug] } },
      {
        ...place,
        title: request.voice.say('discovery.feed.organization', { name }),
        path: urls.organizationFeed(slug),
        page: urls.organization(slug),
      },
    );
    return sendFeed(feed, request, reply);
  });

  server.get<{ Params: { insee: string } }>('/communes/:insee/datasets.atom', hidden, async (request, reply) => {
    const { context, place, search } = await open(request);
    const { insee, name } = (await getCommune(context, request.params.insee)).commune;
    const feed = await feedOfSearch(
      context,
      { ...search, q: '', selected: { commune: [insee] } },
      {
        ...place,
        title: request.voice.say('discovery.feed.commune', { name }),
        path: urls.communeFeed(insee),
        page: urls.commune(insee),
      },
    );
    return sendFeed(feed, request, reply);
  });

  server.get(urls.storiesFeed(), hidden, async (request, reply) => {
    const { context, place } = await open(request);
    return sendFeed(await feedOfStories(context, place), request, reply);
  });

  server.get<{ Params: { id: string } }>('/datasets/:id/versions.atom', hidden, async (request, reply) => {
    const { context, place } = await open(request);
    return sendFeed(await feedOfVersions(context, request.params.id, place), request, reply);
  });
}

/** Readers of feeds come often: they are told quickly that nothing changed, by the tag of the text or by its date. */
function sendFeed(feed: Feed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const updated = updatedOf(feed);
  reply.header('last-modified', updated.toUTCString()).header('cache-control', 'no-cache');
  reply.header('access-control-allow-origin', '*').header('vary', 'accept-language, cookie');
  reply.header('link', `<${feed.self}>; rel="self", <${feed.page}>; rel="alternate"; type="text/html"`);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  const unchanged = since >= Math.floor(updated.getTime() / 1000) * 1000;
  // A tag says more than a date: it is asked first (RFC 9110 §13.2.2).
  if (request.headers['if-none-match'] === undefined && unchanged) return reply.code(304).send();
  return reply.type('application/atom+xml; charset=utf-8').send(writeAtom(feed));
}

async function machineRoutes(server: FastifyInstance, { contextOf, publicUrl, siteName, contact }: DiscoveryOptions) {
  const assets = openAssets();
  const address = /<([^>]+)>/.exec(contact)?.[1] ?? contact;

  server.get('/robots.txt', hidden, async (_request, reply) => reply.type('text/plain').send(robots(publicUrl)));

  server.get(urls.sitemap(), hidden, async (request, reply) =>
    reply.type(xml).send(sitemapIndex(publicUrl, await listSitemaps(await contextOf(request)))),
  );

  server.get<{ Params: { file: string } }>('/sitemaps/:file', hidden, async (request, reply) => {
    const name = /^(.+)\.xml$/.exec(request.params.file)?.[1] ?? '';
    const pages = await sitemapOf(await contextOf(request), name);
    if (pages === null) throw new TerroirError('page.unknown');
    return reply.type(xml).send(sitemap(publicUrl, pages));
  });

  server.get(urls.openSearch(), hidden, async (request, reply) => {
    const site = await siteName();
    const { voice } = request;
    const description = voice.say('discovery.search.description', { site });
    reply.header('vary', 'accept-language, cookie');
    return reply
      .type('application/opensearchdescription+xml; charset=utf-8')
      .send(openSearch(publicUrl, site, description, voice.lang, urls.asset(assets.nameOf('mark.svg'))));
  });

  server.get(urls.suggestions(), hidden, async (request, reply) => {
    const search = readSearch(request.query as Query, request.voice.lang);
    const asked = { ...search, page: 1, pageSize: suggested, sort: 'relevance' } as const;
    const found = search.q === '' ? [] : (await searchCatalog(await contextOf(request), asked)).datasets;
    reply.header('access-control-allow-origin', '*').header('cache-control', 'no-cache');
    return reply
      .type('application/x-suggestions+json; charset=utf-8')
      .send(JSON.stringify(suggestions(publicUrl, search.q, found)));
  });

  server.get('/.well-known/security.txt', hidden, async (request, reply) => {
    const { now } = await contextOf(request);
    return reply.type('text/plain; charset=utf-8').send(securityText(publicUrl, address, now()));
  });

  server.get('/.well-known/change-password', hidden, async (_request, reply) => reply.redirect(urls.account(), 303));

  server.get('/.well-known/api-catalog', hidden, async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('link', `<${publicUrl}/.well-known/api-catalog>; rel="api-catalog"`);
    return reply
      .type('application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"')
      .send(JSON.stringify(apiCatalog(publicUrl)));
  });

  // What « Describing Linked Datasets with the VoID Vocabulary » §7.2 asks for: ours is in DCAT.
  server.get('/.well-known/void', hidden, async (_request, reply) => reply.redirect(dcatPath, 303));
}

async function embeddingRoutes(server: FastifyInstance, { contextOf, publicUrl, siteName }: DiscoveryOptions) {
  server.get(urls.oembed(), hidden, async (request, reply) => {
    const query = request.query as Query;
    const url = typeof query['url'] === 'string' ? query['url'].slice(0, 4000) : '';
    const format = typeof query['format'] === 'string' ? query['format'] : 'json';
    const target = readTarget(url, publicUrl);
    if (target === null) throw new TerroirError('oembed.unknown', { url });
    if (format !== 'json' && format !== 'xml') throw new TerroirError('oembed.format', { format });
    const dataset = await getDataset(await contextOf(request), target.id);
    const { organization } = dataset;
    const embed: Embed = {
      target,
      title: dataset.title,
      author: { name: organization.name, url: publicUrl + urls.organization(organization.slug) },
      site: await siteName(),
      publicUrl,
      picture: datasetPicture(dataset, request.voice.lang),
      width: sideOf('width', query['maxwidth']),
      height: sideOf('height', query['maxheight']),
    };
    reply.header('access-control-allow-origin', '*').header('vary', 'accept-language, cookie');
    return format === 'json'
      ? reply.type('application/json; charset=utf-8').send(JSON.stringify(embedJson(embed)))
      : reply.type('text/xml; charset=utf-8').send(embedXml(embed));
  });
}
