// The widgets of an organization over HTTP: the list, each one with its code, its sites, its end.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { findWidget } from './configuration.ts';
import { OrganizationWidgetsPage, WidgetPage } from './pages/organization-widgets-page.tsx';
import type { Refused } from './pages/parts.tsx';
import { changeHosts, organizationWidget, organizationWidgets, retire } from './service.ts';
import { codesFor, coloursOf } from './studio.ts';

type Options = { readonly contextOf: ContextOf; readonly publicUrl: string };
type Slug = { Params: { slug: string } };
type Keyed = { Params: { slug: string; key: string } };

const hidden = { schema: { hide: true } };

export async function organizationWidgetRoutes(server: FastifyInstance, { contextOf, publicUrl }: Options) {
  server.get<Slug>('/organizations/:slug/widgets', hidden, async (request, reply) => {
    const found = await organizationWidgets(await contextOf(request), request.params.slug);
    const data = { ...found, done: doneOf(request) };
    return reply.sendPage({ data: found, page: (page) => OrganizationWidgetsPage({ context: page, data }) });
  });

  server.get<Keyed>('/organizations/:slug/widgets/:key', hidden, async (request, reply) => show(request, reply, null));

  server.post<Keyed>('/organizations/:slug/widgets/:key/hosts', hidden, async (request, reply) => {
    const { slug, key } = request.params;
    const hosts = formOf(request).get('hosts') ?? '';
    try {
      await changeHosts(await contextOf(request), slug, { key, hosts });
    } catch (error) {
      if (!(error instanceof TerroirError) || !error.code.startsWith('widget.hosts') || request.asData) throw error;
      return show(request, reply.code(422), {
        sentence: errorSentence(error, request.voice.lang),
        typed: { hosts },
      });
    }
    return reply.redirect(withQuery(urls.organizationWidget(slug, key), { done: 'changed' }), 303);
  });

  server.post<Keyed>('/organizations/:slug/widgets/:key/retire', hidden, async (request, reply) => {
    const { slug, key } = request.params;
    await retire(await contextOf(request), slug, key);
    return reply.redirect(withQuery(urls.organizationWidgets(slug), { done: 'retired' }), 303);
  });

  async function show(request: FastifyRequest<Keyed>, reply: FastifyReply, refused: Refused): Promise<FastifyReply> {
    const { slug, key } = request.params;
    const found = await organizationWidget(await contextOf(request), slug, key);
    const { instance } = found.widget;
    const kind = findWidget(instance.widget);
    const { voice } = request;
    const colours = coloursOf(instance.attributes);
    const codes =
      kind === null ? null : codesFor(kind, withoutColours(instance.attributes), { publicUrl, key, colours, voice });
    const data = { ...found, codes, done: doneOf(request), refused };
    return reply.sendPage({ data: { ...found, codes }, page: (page) => WidgetPage({ context: page, data }) });
  }
}

function withoutColours(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { accent: _accent, ground: _ground, ...rest } = attributes;
  return rest;
}

function doneOf({ query, voice }: FastifyRequest): string | null {
  const { done } = query as { readonly done?: unknown };
  const known = (['made', 'changed', 'retired'] as const).find((one) => one === done);
  return known === undefined ? null : voice.say(`studio.mine.${known}`);
}
