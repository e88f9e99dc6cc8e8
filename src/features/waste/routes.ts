// Waste over HTTP: the page that says when the bin goes out, the calendar to print, agendas, and the same facts for programs.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import type { Language } from '../../model/language.ts';
import { urls } from '../../web/urls.ts';
import { listCommunes } from '../catalog/service.ts';
import { agendaOf, type CentreLine, centreLine, type NextLines, nextLines, sectorLine, sourceLine } from './answers.ts';
import { writeAgenda } from './ical.ts';
import { WastePage, type WastePageData } from './pages/waste-page.tsx';
import { YearPage } from './pages/year-page.tsx';
import type { Place, SectorAnswer } from './schemas.ts';
import {
  bulkyItems,
  centresAt,
  communeCode,
  listSectors,
  nextOf,
  searchSorting,
  sectorOf,
  todayInParis,
  yearOfSector,
} from './service.ts';

export type WasteRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Query = Readonly<Record<string, unknown>>;
type Sector = { Params: { sector: string } };
const hidden = { schema: { hide: true } };
const shown = 4;
const mostDays = 100;

export async function wasteRoutes(server: FastifyInstance, options: WasteRoutesOptions): Promise<void> {
  await server.register(wastePages, options);
  await server.register(wasteApi, options);
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

type Asked = { readonly insee: string | null; readonly words: string; readonly sector: string | null };

async function pageData(context: Context, lang: Language, { insee, words, sector }: Asked) {
  const today = todayInParis(context);
  const next = sector === null ? null : nextLines(await nextOf(context, sector, today, shown), today, lang);
  const here = next?.sector.insee ?? insee;
  const [communes, sectors, centres, sorting, bulky] = await Promise.all([
    listCommunes(context),
    listSectors(context),
    centresAt(context, context.now(), here),
    searchSorting(context, words),
    bulkyItems(context, here),
  ]);
  return {
    today,
    communes: communes.map(({ name }) => name),
    next,
    sectors: sectors.map(sectorLine),
    centres: centres.map((each) => centreLine(each, today, lang)),
    sorting: sorting.map((each) => ({ ...each, source: sourceLine(each.source) })),
    bulky: bulky === null ? null : { ...bulky, source: sourceLine(bulky.source) },
  };
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

const mostCharacters = 200;

/** What was typed: in English for programs, in French for the page's address. */
function textsOf(query: Query) {
  const text = (...names: readonly string[]) => {
    const value = names.map((name) => query[name]).find((each) => typeof each === 'string');
    return typeof value === 'string' ? value.trim().slice(0, mostCharacters) : '';
  };
  return { commune: text('commune', 'insee'), street: text('street', 'rue'), words: text('q', 'dechet') };
}

async function placeOf(context: Context, query: Query): Promise<Place> {
  const { commune, street } = textsOf(query);
  const degrees = (value: unknown) => {
    const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : null;
  };
  return {
    insee: commune === '' ? null : await communeCode(context, commune),
    street: street === '' ? null : street,
    lon: degrees(query['lon']),
    lat: degrees(query['lat']),
  };
}

/** A commune that no table knows is elsewhere, wherever its streets are. */
async function answerOf(context: Context, place: Place, commune: string): Promise<SectorAnswer> {
  if (commune !== '' && place.insee === null) return { kind: 'outside', insee: null, competent: null };
  return sectorOf(context, place);
}

export type AnswerLine = ReturnType<typeof answerLine>;

function answerLine(answer: SectorAnswer) {
  if (answer.kind === 'found') return { ...answer, sector: sectorLine(answer.sector) };
  if (answer.kind === 'choose') return { ...answer, sectors: answer.sectors.map(sectorLine) };
  return answer;
}
