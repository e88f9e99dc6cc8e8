// Over HTTP: the queue of duplicates, side by side, one decision at a time; and what sharing gives back to each producer.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { can } from '../../model/permission.ts';
import { openFile } from '../../stores/files/file-stream.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { decideDuplicate, duplicateRowsFile, duplicatesOf, pairsOnPage } from './duplicates.ts';
import { mutualisationOf } from './mutualisation.ts';
import { DuplicatesPage } from './pages/duplicates-page.tsx';
import { MutualisationPage } from './pages/mutualisation-page.tsx';
import type { Verdict } from './schemas.ts';
import { schemaOfTable } from './service.ts';

type Named = { Params: { id: string } };

export async function duplicateRoutes(
  server: FastifyInstance,
  { contextOf, schemas }: { readonly contextOf: ContextOf; readonly schemas: SchemaRegistry },
): Promise<void> {
  const hidden = { schema: { hide: true } };
  acceptForms(server);

  server.get<Named>('/harmonisation/:id/duplicates', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const query = request.query as Readonly<Record<string, unknown>>;
    const asked = Number(query['page']);
    const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
    const queue = await duplicatesOf(context, request.params.id, page);
    const { consolidation, counts } = queue;
    const { fields } = await schemaOfTable(schemas, consolidation);
    const { lang } = request.voice;
    const data = {
      ...queue,
      page,
      more: counts.waiting > page * pairsOnPage,
      mayDecide: can(context.actor, 'harmonisation.manage', { organization: consolidation.organization }),
      noted: query['noted'] === 'yes',
      fieldTitles: Object.fromEntries(
        fields.map((field) => [field.name, (lang === 'en' ? field.titleEn : null) ?? field.title ?? field.name]),
      ),
    };
    return reply.sendPage({ data: queue, page: (shown) => DuplicatesPage({ context: shown, data }) });
  });

  server.post<Named>('/harmonisation/:id/duplicates', hidden, async (request, reply) => {
    const { id } = request.params;
    const form = formOf(request);
    const context = await contextOf(request);
    const pair = { leftKey: form.get('left') ?? '', rightKey: form.get('right') ?? '' };
    const byName = request.visitor.person?.name ?? '';
    await decideDuplicate(context, id, pair, { verdict: () => verdictOf(form.get('verdict')), byName });
    return reply.redirect(withQuery(urls.duplicates(id), { noted: 'yes' }), 303);
  });

  server.get<{ Params: { slug: string } }>('/organizations/:slug/mutualisation', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const found = await mutualisationOf(context, request.params.slug);
    const mayDecide = can(context.actor, 'mapping.decide', { organization: request.params.slug });
    const data = { ...found, mayDecide };
    return reply.sendPage({ data: found, page: (shown) => MutualisationPage({ context: shown, data }) });
  });

  server.get<Named>('/harmonisation/:id/duplicates.csv', hidden, async (request, reply) => {
    const { id } = request.params;
    const path = await duplicateRowsFile(await contextOf(request), id);
    if (path === null) throw new TerroirError('duplicate.unknown', { id });
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="${id.replace(/[^\w.-]/g, '_')}-doublons.csv"`)
      .send(openFile(path));
  });
}

/** @throws TerroirError duplicate.verdictInvalid */
function verdictOf(said: string | null): Verdict | null {
  if (said === 'left' || said === 'right') return { verdict: 'same', winner: said };
  if (said === 'different') return { verdict: 'different' };
  if (said === 'undo') return null;
  throw new TerroirError('duplicate.verdictInvalid');
}
