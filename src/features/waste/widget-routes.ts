// The widget of waste over HTTP: its answer for the element, its page for frames, its feed for sites without scripts.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { escapeXml } from '../../data/export/values.ts';
import { urls } from '../../web/urls.ts';
import { fullName, nextLines } from './answers.ts';
import { answerLine, answerOf, pageData, placeOf, type Query, textsOf } from './asked.ts';
import { WasteFrame } from './pages/waste-frame.tsx';
import { nextOf, todayInParis } from './service.ts';
import { widgetAnswer } from './widget.ts';

type Options = { readonly contextOf: ContextOf; readonly publicUrl: string };
const hidden = { schema: { hide: true } };
const feedDays = 10;

export async function wasteWidgetRoutes(server: FastifyInstance, { contextOf, publicUrl }: Options): Promise<void> {
  const read = async (request: FastifyRequest) => {
    const context = await contextOf(request);
    const query = request.query as Query;
    const asked = textsOf(query);
    const sector = typeof query['sector'] === 'string' ? query['sector'].slice(0, 200) : '';
    const place = await placeOf(context, query);
    // The commune is the site's; only what its reader typed is a question.
    const asks = asked.street !== '' || asked.commune !== '' || place.lon !== null;
    const answer = sector !== '' || !asks ? null : await answerOf(context, place, asked.commune);
    const found = sector === '' ? (answer?.kind === 'found' ? answer.sector.id : null) : sector;
    const { voice } = request;
    const data = await pageData(context, voice.lang, { insee: place.insee, words: asked.words, sector: found });
    return widgetAnswer(data, {
      at: context.now(),
      insee: place.insee,
      words: asked.words,
      typed: asked.street !== '' || place.lon !== null,
      answer: answer === null ? null : answerLine(answer),
      publicUrl,
      voice,
    });
  };

  server.get('/api/v1/waste/answer', hidden, async (request, reply) => {
    // Said in the language that the address names: kept by browsers for when the portal does not answer.
    reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'public, max-age=60, stale-if-error=604800')
      .header('vary', 'accept-language');
    return read(request);
  });

  server.get(urls.wasteFrame(), hidden, async (request, reply) => {
    const data = await read(request);
    const query = request.query as Query;
    // Any site may frame this page: it knows nobody, and its form only reads.
    const policy = String(reply.getHeader('content-security-policy'));
    reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", 'frame-ancestors *'));
    return reply.sendPage({ data, page: (page) => WasteFrame({ context: page, data, query }) });
  });

  server.get<{ Params: { sector: string } }>(
    '/api/v1/waste/sectors/:sector/collections.rss',
    hidden,
    async (request, reply) => {
      const context = await contextOf(request);
      const today = todayInParis(context);
      const { voice } = request;
      const lines = nextLines(await nextOf(context, request.params.sector, today, feedDays), today, voice.lang);
      const page = publicUrl + urls.wasteOf(lines.sector.id);
      const title = voice.say('waste.feed', { sector: fullName(lines.sector) });
      const items = lines.next.map(({ date, day, streams, putOut, reasons }) => {
        const bins = streams.map(({ label }) => label).join(', ');
        const said = [voice.say('waste.putOut', { when: putOut.text }), ...reasons].join(' ');
        const guid = `${page}#${date}-${streams.map(({ code }) => code).join('-')}`;
        return `<item><title>${escapeXml(`${day} : ${bins}`)}</title><description>${escapeXml(said)}</description><link>${escapeXml(page)}</link><guid isPermaLink="false">${escapeXml(guid)}</guid></item>`;
      });
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=600');
      return reply
        .type('application/rss+xml; charset=utf-8')
        .send(
          `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>${escapeXml(title)}</title><link>${escapeXml(page)}</link><description>${escapeXml(title)}</description><language>${voice.lang}</language>${items.join('')}</channel></rss>`,
        );
    },
  );
}
