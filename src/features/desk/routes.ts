// The deposit desk over HTTP: the desk itself, what begins or ends there; the steps of a draft are in draft-routes.ts.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { can } from '../../model/permission.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls } from '../../web/urls.ts';
import { getDataset, listSecondReadings, rhythmOf, searchCatalog, verifyDataset } from '../catalog/service.ts';
import { draftRoutes } from './draft-routes.ts';
import { type DeskDataset, DeskPage } from './pages/desk-page.tsx';
import { getDraftOfReview, listDrafts, organizationsToDepositFor, readOver, startDraft } from './service.ts';

export type DeskRoutesOptions = { readonly contextOf: ContextOf; readonly schemas: SchemaRegistry };

/** How many published datasets the desk lists: the catalogue has them all. */
const datasetsListed = 30;

type Named = { Params: { id: string } };
type Numbered = { Params: { id: string; number: string } };

export async function deskRoutes(server: FastifyInstance, options: DeskRoutesOptions): Promise<void> {
  const { contextOf } = options;
  const hidden = { schema: { hide: true } };
  acceptForms(server);
  // Nobody between the reader and us keeps these pages.
  server.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store');
  });
  await server.register(draftRoutes, options);

  server.get(urls.desk(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    if (context.actor.kind === 'anyone') return reply.redirect(`${urls.signIn()}?next=${urls.desk()}`, 303);
    const { voice } = request;
    const organizations = await organizationsToDepositFor(context);
    const [drafts, datasets, waiting] = await Promise.all([
      listDrafts(context),
      datasetsOf(organizations.map(({ slug }) => slug)),
      listSecondReadings(context),
    ]);
    const readings = await Promise.all(
      waiting.map(async (one) => ({ ...one, title: (await getDataset(context, one.dataset)).title })),
    );
    const mayDecide = can(context.actor, 'legal.queue');
    const done = doneOf(request.query as Readonly<Record<string, unknown>>, datasets);
    const data = { organizations, drafts, datasets, readings, mayDecide, done };
    return reply.sendPage({
      data: { organizations: organizations.map(({ slug, name }) => ({ slug, name })), drafts, datasets, readings },
      page: (page) => DeskPage({ context: page, data }),
    });

    async function datasetsOf(slugs: readonly string[]): Promise<readonly DeskDataset[]> {
      if (slugs.length === 0) return [];
      const selected = { organization: slugs };
      const search = { q: '', selected, sort: 'recent', page: 1, pageSize: datasetsListed } as const;
      const found = await searchCatalog(context, search);
      return Promise.all(
        found.datasets.map(async ({ id, title, organization }) => ({
          id,
          title,
          organization: organization.name,
          mayAutomate: can(context.actor, 'source.manage', { organization: organization.slug }),
          ...rhythmOf(context, await getDataset(context, id)),
        })),
      );
    }

    function doneOf(query: Readonly<Record<string, unknown>>, listed: readonly DeskDataset[]): string | null {
      if (query['abandoned'] === '1') return voice.say('desk.abandoned');
      const verified = listed.find(({ id }) => id === query['verified']);
      return verified === undefined ? null : voice.say('desk.verified', { title: verified.title });
    }
  });

  server.post(urls.drafts(), hidden, async (request, reply) => {
    const form = formOf(request);
    const dataset = form.get('dataset') ?? '';
    const organization = form.get('organization') ?? '';
    const draft = await startDraft(
      await contextOf(request),
      dataset === '' ? { organization } : { datasetId: dataset },
    );
    return reply.redirect(urls.draft(draft.id), 303);
  });

  server.get<Named>('/desk/reviews/:id', hidden, async (request, reply) => {
    const draft = await getDraftOfReview(await contextOf(request), request.params.id);
    return reply.redirect(urls.draftPart(draft.id, 'rights'), 303);
  });

  server.post<Named>('/desk/datasets/:id/verify', hidden, async (request, reply) => {
    await verifyDataset(await contextOf(request), request.params.id);
    return reply.redirect(`${urls.desk()}?verified=${encodeURIComponent(request.params.id)}`, 303);
  });

  server.post<Numbered>('/desk/datasets/:id/versions/:number', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id, number } = request.params;
    const form = formOf(request);
    await readOver(context, id, Number(number), form.get('decision') === 'return' ? (form.get('reason') ?? '') : null);
    return reply.redirect(urls.desk(), 303);
  });
}
