// The public face over HTTP: home, communes, organizations, the pages that explain.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { foldText } from '../../lib/text.ts';
import type { StoryShown } from '../../web/components/story-links.tsx';
import type { PageContext } from '../../web/page.ts';
import { urls } from '../../web/urls.ts';
import { listCommunes, listOrganizations } from '../catalog/service.ts';
import { chosenCodes } from './compare-rules.ts';
import { faceFormRoutes } from './face-routes.ts';
import { AccessibilityPage, accessibilityData } from './pages/accessibility-page.tsx';
import { CommunePage, CommunesPage } from './pages/commune-pages.tsx';
import { ComparePage } from './pages/compare-page.tsx';
import { DesignPage, designData } from './pages/design-page.tsx';
import { HomePage } from './pages/home-page.tsx';
import { OrganizationPage, OrganizationsPage } from './pages/organization-pages.tsx';
import { PublishPage, publishData } from './pages/text-pages.tsx';
import {
  accessibilityDeclaration,
  communePage,
  compareCommunes,
  homeOf,
  mayChangeFace,
  organizationPage,
  territoryDrawing,
} from './service.ts';

export type FaceRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
  /** The newest answers to questions that people ask; another room has them. */
  readonly answers?: (context: Context) => Promise<readonly StoryShown[]>;
  /** The stories and answers about a commune. */
  readonly storiesOf?: (context: Context, insee: string) => Promise<readonly StoryShown[]>;
};

const longestQuestion = 200;

export async function faceRoutes(
  server: FastifyInstance,
  { contextOf, publicUrl, answers, storiesOf }: FaceRoutesOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };
  const sendCommune = async (context: Context, insee: string, reply: FastifyReply) => {
    const [commune, drawing, stories] = await Promise.all([
      communePage(context, insee),
      territoryDrawing(context),
      storiesOf?.(context, insee) ?? [],
    ]);
    const data = { ...commune, drawing, stories };
    const { missing: _ideas, face: _face, ...facts } = commune;
    return reply.sendPage({ data: facts, page: (page) => CommunePage({ context: page, data }) });
  };

  await server.register(faceFormRoutes, { contextOf, publicUrl });

  server.get(urls.home(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    // Under an own address, the first page is the organization's.
    const label = request.look?.whiteLabel ?? null;
    if (label !== null)
      return label.insee === null
        ? sendOrganization(context, label.slug, request, reply)
        : sendCommune(context, label.insee, reply);
    const [home, drawing, told] = await Promise.all([
      homeOf(context, request.voice.lang),
      territoryDrawing(context),
      answers?.(context) ?? [],
    ]);
    const data = { ...home, drawing, mayChange: mayChangeFace(context, ''), answers: told };
    return reply.sendPage({ data: home, page: (page) => HomePage({ context: page, data }) });
  });

  server.get(urls.organizations(), hidden, async (request, reply) => {
    const data = { organizations: await listOrganizations(await contextOf(request)) };
    return reply.sendPage({ data, page: (page) => OrganizationsPage({ context: page, data }) });
  });

  server.get<{ Params: { slug: string } }>('/organizations/:slug', hidden, async (request, reply) =>
    sendOrganization(await contextOf(request), request.params.slug, request, reply),
  );

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

  server.get(urls.compareCommunes(), hidden, async (request, reply) => {
    const { communes } = request.query as Readonly<Record<string, unknown>>;
    const data = await compareCommunes(await contextOf(request), chosenCodes(communes));
    const { all: _choices, ...told } = data;
    return reply.sendPage({ data: told, page: (page) => ComparePage({ context: page, data }) });
  });

  server.get<{ Params: { insee: string } }>('/communes/:insee', hidden, async (request, reply) =>
    sendCommune(await contextOf(request), request.params.insee, reply),
  );

  server.get(urls.design(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [home, drawing] = await Promise.all([homeOf(context, request.voice.lang), territoryDrawing(context)]);
    const page = (shown: PageContext) => DesignPage({ context: shown, drawing, datasets: home.latest });
    return reply.sendPage({ data: designData(), page });
  });

  server.get(urls.publish(), hidden, async ({ voice }, reply) =>
    reply.sendPage({ data: publishData(voice), page: (context) => PublishPage({ context }) }),
  );
  server.get(urls.accessibility(), hidden, async (request, reply) => {
    const found = await accessibilityDeclaration(await contextOf(request));
    const page = (shown: PageContext) => AccessibilityPage({ context: shown, ...found });
    return reply.sendPage({ data: accessibilityData(found.results, request.voice), page });
  });
}

async function sendOrganization(
  context: Context,
  slug: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await organizationPage(context, slug, request.voice.lang);
  const data = { ...found, mayChange: mayChangeFace(context, slug) };
  return reply.sendPage({
    data: { ...found.organization, datasets: found.datasets },
    page: (page) => OrganizationPage({ context: page, data }),
  });
}
