// Widgets over HTTP: gallery, studio, preview, test benches; and the widgets of an organization.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { getTerritory, listDatasets, searchCatalog } from '../catalog/service.ts';
import { benchNames, isBenchName, keptBy } from './bench-rules.ts';
import { readConfiguration } from './configuration.ts';
import { escapeHtml } from './html.ts';
import { codesOf, frameOf, kinds, type WidgetKind } from './kinds.ts';
import { organizationWidgetRoutes } from './organization-routes.ts';
import { BenchesPage, BenchPage } from './pages/bench-pages.tsx';
import { GalleryPage, type Notes, StudioPage } from './pages/studio-pages.tsx';
import { createInstance, organizationsOfMaker } from './service.ts';
import { adviceOn, codesFor, coloursOf, textsOf } from './studio.ts';
import { townHallPage } from './town-hall.ts';

export type WidgetRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  /** What the elements' own comments say. */
  readonly notes: readonly Notes[];
};

type Named = { Params: { name: string } };
const hidden = { schema: { hide: true } };
const mostDatasets = 500;

export async function widgetRoutes(server: FastifyInstance, options: WidgetRoutesOptions): Promise<void> {
  const { contextOf, publicUrl, notes } = options;
  acceptForms(server);
  await server.register(organizationWidgetRoutes, options);

  server.get(urls.widgets(), hidden, async (request, reply) => {
    const search = { q: '', selected: {}, sort: 'recent', page: 1, pageSize: 100 } as const;
    const { datasets } = await searchCatalog(await contextOf(request), search);
    const [newest] = datasets;
    const placed = datasets.find(({ hasGeometry }) => hasGeometry);
    const widgets = kinds.map((kind) => {
      const example = kind.view === 'map' ? placed : newest;
      return {
        kind,
        frame:
          kind.view === 'waste'
            ? previewAddress(kind.name, {})
            : example === undefined
              ? null
              : exampleOf(kind, example.id),
        notes: notes.find(({ tag }) => tag === kind.tag) ?? null,
      };
    });
    allowFrames(reply);
    const data = { widgets };
    return reply.sendPage({ data, page: (page) => GalleryPage({ context: page, data }) });
  });

  server.get(urls.widgetBenches(), hidden, async (request, reply) => {
    const tried = await triedIn(request);
    const benches = benchNames.map((name) => ({ name, kept: keptBy(name, tried.codes, tried.codes.iframe) }));
    return reply.sendPage({ data: { benches }, page: (page) => BenchesPage({ context: page, data: { benches } }) });
  });

  server.get<Named>('/widgets/bench/:name', hidden, async (request, reply) => {
    const { name } = request.params;
    if (!isBenchName(name)) throw new TerroirError('widget.benchUnknown', { name: name.slice(0, 80) });
    const tried = await triedIn(request);
    const data = { name, widget: tried.title, kept: keptBy(name, tried.codes, tried.codes.iframe) };
    allowFrames(reply);
    return reply.sendPage({ data, page: (page) => BenchPage({ context: page, data }) });
  });

  // A site that is not ours, in the demonstration alone.
  server.get(urls.demoTownHall(), hidden, async (request, reply) => {
    const territory = await getTerritory(await contextOf(request));
    if (territory === null || territory.demo === null) throw new TerroirError('page.unknown');
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; frame-ancestors 'none'";
    reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
    const addresses = {
      script: urls.element,
      dataset: urls.dataset,
      waste: urls.waste(),
      studio: urls.widgets(),
    };
    return reply.type('text/html; charset=utf-8').send(townHallPage(addresses));
  });

  server.get<Named>('/widgets/:name', hidden, async (request, reply) =>
    show(request, reply, textsOf(request.query), null),
  );

  server.post<Named>('/widgets/:name', hidden, async (request, reply) => {
    const form = Object.fromEntries(formOf(request));
    const slug = form['organization'] ?? '';
    const context = await contextOf(request);
    const typed = {
      organization: slug,
      title: form['keep_title'] ?? '',
      hosts: form['keep_hosts'] ?? '',
      contact: form['keep_contact'] ?? '',
    };
    try {
      const { key } = await createInstance(context, slug, {
        widget: request.params.name,
        name: typed.title,
        hosts: typed.hosts,
        contact: typed.contact,
        attributes: form,
        colours: coloursOf(form),
        language: request.voice.lang,
      });
      return reply.redirect(withQuery(urls.organizationWidget(slug, key), { done: 'made' }), 303);
    } catch (error) {
      const ours = error instanceof TerroirError && error.code.startsWith('widget.') && error.code !== 'widget.unknown';
      if (!ours || request.asData) throw error;
      const refused = { sentence: errorSentence(error, request.voice.lang), typed };
      return show(request, reply.code(422), form, refused);
    }
  });

  // What the studio shows in its frames: the element itself, with its colours; without a script, the dataset's own frame.
  server.get<Named>('/widgets/:name/preview', hidden, async (request, reply) => {
    const said = textsOf(request.query);
    const { kind, attributes } = readConfiguration(request.params.name, said);
    const { accent, ground } = coloursOf(said);
    const words = Object.entries(attributes).map(([name, value]) => `${name}="${escapeHtml(value)}"`);
    const style = [
      ...(accent === null ? [] : [`--terroir-link:${accent};`]),
      ...(ground === null ? [] : [`--terroir-surface:${ground};background:${ground};`]),
    ].join('');
    const title = escapeHtml(request.voice.of(kind.title));
    const frame = escapeHtml(frameOf(kind, attributes));
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'";
    reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="${request.voice.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>html{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:.75rem;${style}}iframe{width:100%;height:24rem;border:0}</style><script type="module" src="${urls.element(kind.script)}"></script></head><body><main><h1 style="font-size:1.1rem">${title}</h1><${kind.tag} ${words.join(' ')}></${kind.tag}><noscript><iframe src="${frame}" title="${title}"></iframe></noscript></main></body></html>`,
      );
  });

  async function show(
    request: FastifyRequest<Named>,
    reply: FastifyReply,
    said: Readonly<Record<string, string>>,
    refused: { readonly sentence: string; readonly typed: Readonly<Record<string, string>> } | null,
  ): Promise<FastifyReply> {
    const context = await contextOf(request);
    const configuration = readConfiguration(request.params.name, said);
    const { datasets } = await listDatasets(context, { limit: mostDatasets, offset: 0 });
    const ready = configuration.missing.length === 0;
    const colours = coloursOf(said);
    const data = {
      configuration,
      datasets: datasets.map(({ id, title }) => ({ id, title })),
      colours: adviceOn(said, request.voice),
      preview: ready ? previewAddress(configuration.kind.name, { ...configuration.attributes, ...colours }) : null,
      codes: ready
        ? codesFor(configuration.kind, configuration.attributes, {
            publicUrl,
            key: null,
            colours,
            voice: request.voice,
          })
        : null,
      organizations: context.actor.kind === 'person' ? await organizationsOfMaker(context) : null,
      refused,
    };
    allowFrames(reply);
    const { kind, attributes } = configuration;
    return reply.sendPage({
      data: { widget: kind.name, attributes, codes: data.codes, colours: data.colours },
      page: (page) => StudioPage({ context: page, data }),
    });
  }

  /** What the benches try: a table of the newest dataset. */
  async function triedIn(request: FastifyRequest) {
    const { datasets } = await listDatasets(await contextOf(request), { limit: 1, offset: 0 });
    const [kind] = kinds;
    if (kind === undefined) throw new TerroirError('widget.unknown', { name: '' });
    const title = request.voice.of(kind.title);
    const colours = { accent: null, ground: null };
    const attributes = { dataset: datasets[0]?.id ?? 'exemple' };
    const link = request.voice.say('studio.frame.see');
    return { title, codes: codesOf(kind, attributes, { publicUrl, key: null, colours, title, link, integrity: null }) };
  }
}

function previewAddress(name: string, said: Readonly<Record<string, string | null>>): string {
  return withQuery(`${urls.widget(name)}/preview`, said);
}

/** A chart needs a column: the dataset's own frame chooses one. */
function exampleOf(kind: WidgetKind, dataset: string): string {
  return kind.view === 'chart' ? frameOf(kind, { dataset }) : previewAddress(kind.name, { dataset });
}

/** Our own pages may be framed in this one. */
function allowFrames(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header('content-security-policy', `${policy}; frame-src 'self'`);
}
