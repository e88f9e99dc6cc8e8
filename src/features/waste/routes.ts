// Waste over HTTP: the page that says when the bin goes out, the calendar to print, agendas, and the same facts for programs.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import { agendaOf, type CentreLine, centreLine, type NextLines, nextLines, sectorLine, sourceLine } from './answers.ts';
import { answerLine, answerOf, pageData, placeOf, type Query, textsOf } from './asked.ts';
import { writeAgenda } from './ical.ts';
import { WastePage, type WastePageData } from './pages/waste-page.tsx';
import { YearPage } from './pages/year-page.tsx';
import { centresAt, listSectors, nextOf, searchSorting, todayInParis, yearOfSector } from './service.ts';
import { wasteWidgetRoutes } from './widget-routes.ts';

export type WasteRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Sector = { Params: { sector: string } };
const hidden = { schema: { hide: true } };
const mostDays = 100;

export async function wasteRoutes(server: FastifyInstance, options: WasteRoutesOptions): Promise<void> {
  await server.register(wastePages, options);
  await server.register(wasteApi, options);
  await server.register(wasteWidgetRoutes, options);
}

async function wastePages(server: FastifyInstance, { contextOf }: WasteRoutesOptions): Promise<void> {
  server.get(urls.waste(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { lang } = request.voice;
    const query = request.query as Query;
    const asked = textsOf(query);
    const place = await placeOf(context, query);
    const answer = asked.commune === '' && asked.street === '' ? null : await answerOf(context, place, asked.commune);
    const found = answer?.kind === 'found' ? answer.sector : null;
    const insee = found?.insee ?? place.insee;
    const data = await pageData(context, lang, { insee, words: asked.words, sector: found?.id ?? null });
    return reply.sendPage(answerPage({ ...data, asked, answer: answer === null ? null : answerLine(answer) }));
  });

  server.get<Sector>('/dechets/:sector', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { words } = textsOf(request.query as Query);
    const data = await pageData(context, request.voice.lang, { insee: null, words, sector: request.params.sector });
    const asked = { commune: data.next?.sector.commune ?? '', street: '', words };
    return reply.sendPage(answerPage({ ...data, asked, answer: null }));
  });

  server.get<{ Params: { sector: string; year: string } }>('/dechets/:sector/:year', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { lang } = request.voice;
    const today = todayInParis(context);
    const asked = /^(19|20|21)\d\d$/.test(request.params.year)
      ? Number(request.params.year)
      : Number(today.slice(0, 4));
    const lines = nextLines(await yearOfSector(context, request.params.sector, asked), today, lang);
    const data = { year: asked, ...lines };
    return reply.sendPage({ data, page: (page) => YearPage({ context: page, data }) });
  });
}

function answerPage(data: WastePageData) {
  return { data, page: (context: Parameters<typeof WastePage>[0]['context']) => WastePage({ context, data }) };
}

async function wasteApi(server: FastifyInstance, { contextOf, publicUrl }: WasteRoutesOptions): Promise<void> {
  // Widgets of communes' sites read these from other origins.
  server.addHook('onSend', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
  });

  server.get('/api/v1/waste/sectors', hidden, async (request) => ({
    sectors: (await listSectors(await contextOf(request))).map((sector) => ({
      ...sectorLine(sector),
      sources: sector.sources.map(sourceLine),
      collections: collectionsPath(sector.id),
      ical: urls.wasteAgenda(sector.id),
    })),
  }));

  server.get('/api/v1/waste/sector', hidden, async (request) => {
    const context = await contextOf(request);
    const query = request.query as Query;
    return answerLine(await answerOf(context, await placeOf(context, query), textsOf(query).commune));
  });

  server.get<Sector>('/api/v1/waste/sectors/:sector/collections', hidden, async (request): Promise<NextLines> => {
    const context = await contextOf(request);
    const today = todayInParis(context);
    const { from, count } = request.query as Query;
    const many = Number(count ?? 10);
    const days = Number.isInteger(many) ? Math.min(Math.max(1, many), mostDays) : 10;
    const found = await nextOf(context, request.params.sector, typeof from === 'string' ? from : today, days);
    return nextLines(found, today, request.voice.lang);
  });

  server.get<Sector>('/api/v1/waste/sectors/:sector/calendar.ics', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const year = Number(todayInParis(context).slice(0, 4));
    const years = await Promise.all(
      [year - 1, year, year + 1].map((each) => yearOfSector(context, request.params.sector, each)),
    );
    const agenda = agendaOf(years, { publicUrl, lang: request.voice.lang, alarm: alarmOf(request) });
    reply.header('content-disposition', `inline; filename="collecte-${request.params.sector}.ics"`);
    return reply.type('text/calendar; charset=utf-8').send(agenda === null ? '' : writeAgenda(agenda));
  });

  server.get('/api/v1/waste/centres', hidden, async (request): Promise<{ centres: readonly CentreLine[] }> => {
    const context = await contextOf(request);
    const place = await placeOf(context, request.query as Query);
    const today = todayInParis(context);
    const centres = await centresAt(context, context.now(), place.insee);
    return { centres: centres.map((each) => centreLine(each, today, request.voice.lang)) };
  });

  server.get('/api/v1/waste/sorting', hidden, async (request) => {
    const found = await searchSorting(await contextOf(request), textsOf(request.query as Query).words);
    return { results: found.map((each) => ({ ...each, source: sourceLine(each.source) })) };
  });
}

function collectionsPath(sector: string): string {
  return `/api/v1/waste/sectors/${encodeURIComponent(sector)}/collections`;
}

/** « ?alarm=19 »: reminded at 7 p.m. the evening before. */
function alarmOf(request: FastifyRequest): number | null {
  const { alarm } = request.query as Query;
  const hour = Number(alarm ?? Number.NaN);
  return Number.isInteger(hour) && hour >= 0 && hour <= 23 ? hour : null;
}
