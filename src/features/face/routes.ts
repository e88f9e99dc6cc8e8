// The public face over HTTP: home, communes, organizations, the pages that explain.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { foldText } from '../../lib/text.ts';
import { urls } from '../../web/urls.ts';
import { listCommunes, listOrganizations } from '../catalog/service.ts';
import { CommunePage, CommunesPage } from './pages/commune-pages.tsx';
import { HomePage } from './pages/home-page.tsx';
import { OrganizationPage, OrganizationsPage } from './pages/organization-pages.tsx';
import { AccessibilityPage, accessibilityData, PublishPage, publishData } from './pages/text-pages.tsx';
import { communePage, homeOf, organizationPage, territoryDrawing } from './service.ts';

export type FaceRoutesOptions = { readonly contextOf: ContextOf };

const longestQuestion = 200;

export async function faceRoutes(server: FastifyInstance, { contextOf }: FaceRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.home(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [home, drawing] = await Promise.all([homeOf(context, request.voice.lang), territoryDrawing(context)]);
    const data = { ...home, drawing };
    return reply.sendPage({ data: home, page: (page) => HomePage({ context: page, data }) });
  });

  server.get(urls.organizations(), hidden, async (request, reply) => {
    const data = { organizations: await listOrganizations(await contextOf(request)) };
    return reply.sendPage({ data, page: (page) => OrganizationsPage({ context: page, data }) });
  });

  server.get<{ Params: { slug: string } }>('/organizations/:slug', hidden, async (request, reply) => {
    const data = await organizationPage(await contextOf(request), request.params.slug, request.voice.lang);
    return reply.sendPage({
      data: { ...data.organization, datasets: data.datasets },
      page: (page) => OrganizationPage({ context: page, data }),
    });
  });

  server.get(urls.communes(), hidden, async (request, reply) => {
    const { q: asked } = request.query as Readonly<Record<string, unknown>>;
    const q = typeof asked === 'string' ? asked.slice(0, longestQuestion) : '';
    const words = foldText(q).trim();
    const context = await contextOf(request);
    const [all, drawing] = await Promise.all([listCommunes(context), territoryDrawing(context)]);
    const communes = all.filter(
      (c) =>
        foldText(c.name).includes(words) || c.postalCodes.some((code) => code.startsWith(words)) || c.insee === words,
    );
    const only =
      communes.find((c) => foldText(c.name) === words) ??
      (communes.length === 1 && words !== '' ? communes[0] : undefined);
    // A single answer is the answer: people are led there, programs get the list.
    if (only !== undefined && !request.asData) return reply.redirect(urls.commune(only.insee), 303);
    const data = { q, communes, drawing };
    return reply.sendPage({ data: { q, communes }, page: (page) => CommunesPage({ context: page, data }) });
  });

  server.get<{ Params: { insee: string } }>('/communes/:insee', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [commune, drawing] = await Promise.all([
      communePage(context, request.params.insee),
      territoryDrawing(context),
    ]);
    const data = { ...commune, drawing };
    const { missing: _ideas, face: _face, ...facts } = commune;
    return reply.sendPage({ data: facts, page: (page) => CommunePage({ context: page, data }) });
  });

  server.get(urls.publish(), hidden, async ({ voice }, reply) =>
    reply.sendPage({ data: publishData(voice), page: (context) => PublishPage({ context }) }),
  );
  server.get(urls.accessibility(), hidden, async ({ voice }, reply) =>
    reply.sendPage({ data: accessibilityData(voice), page: (context) => AccessibilityPage({ context }) }),
  );
}
