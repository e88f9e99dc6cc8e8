// The doors into an organization over HTTP, invitations and requests; and the roles across organizations.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { type Form, formOf, queryText, refusedBy } from './forms.ts';
import { acceptInvitation, askToJoin, getInvitation, getJoinable, refuseInvitation } from './members.ts';
import { InvitationPage, InvitationRefusedPage, JoinPage } from './pages/joining-pages.tsx';
import type { Refused } from './pages/parts.tsx';
import { TerritoryPeoplePage } from './pages/territory-people-page.tsx';
import { type AccountRoutesOptions, enterAs } from './sign-in.ts';
import { endTerritoryRole, getTerritoryPeople, giveTerritoryRole, renewTerritoryRole } from './territory-people.ts';

const hidden = { schema: { hide: true } };

type Named = { Params: { slug: string } };
type Tokened = { Params: { token: string } };
type Done = 'given' | 'renewed' | 'ended';

export async function peopleRoutes(server: FastifyInstance, options: AccountRoutesOptions): Promise<void> {
  invitationRoutes(server, options);
  joinRoutes(server, options);
  territoryRoutes(server, options);
}

function invitationRoutes(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): void {
  server.get<Tokened>('/invitations/:token', hidden, async (request, reply) =>
    send(await contextOf(request), reply, request.params.token, null),
  );

  server.post<Tokened>('/invitations/:token', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { token } = request.params;
    try {
      const language = request.voice.lang;
      const personId = await acceptInvitation(context, token, { name: formOf(request).text('name'), language });
      const entry = await enterAs(context, doors, personId, request.headers['user-agent'] ?? null);
      return await reply.header('set-cookie', [...entry.cookies]).redirect(urls.desk(), 303);
    } catch (error) {
      const { refused, status } = refusedBy(error, request);
      return send(context, reply.code(status), token, refused);
    }
  });

  server.post<Tokened>('/invitations/:token/refuse', hidden, async (request, reply) => {
    await refuseInvitation(await contextOf(request), request.params.token);
    return reply.sendPage({ data: {}, page: (page) => InvitationRefusedPage({ context: page }) });
  });

  async function send(
    context: Context,
    reply: FastifyReply,
    token: string,
    refused: Refused | null,
  ): Promise<FastifyReply> {
    const { asksName, ...invitation } = await getInvitation(context, token);
    const data = { token, invitation, asksName, refused };
    return reply.sendPage({ data: invitation, page: (page) => InvitationPage({ context: page, data }) });
  }
}

function joinRoutes(server: FastifyInstance, { contextOf }: AccountRoutesOptions): void {
  server.get<Named>('/organizations/:slug/join', hidden, async (request, reply) =>
    send(request, reply, queryText(request, 'done') === 'asked', null),
  );

  server.post<Named>('/organizations/:slug/join', hidden, async (request, reply) => {
    const { slug } = request.params;
    const form = formOf(request);
    try {
      await askToJoin(await contextOf(request), slug, { role: form.text('role'), message: form.text('message') });
    } catch (error) {
      const { refused, status } = refusedBy(error, request, { 'joining.pending': 'role', 'request.tooMany': 'role' });
      return send(request, reply.code(status), false, refused);
    }
    return reply.redirect(withQuery(urls.joinOrganization(slug), { done: 'asked' }), 303);
  });

  async function send(
    request: FastifyRequest<Named>,
    reply: FastifyReply,
    done: boolean,
    refused: Refused | null,
  ): Promise<FastifyReply> {
    const organization = await getJoinable(await contextOf(request), request.params.slug);
    const data = { organization, done, refused };
    return reply.sendPage({ data: organization, page: (page) => JoinPage({ context: page, data }) });
  }
}

function territoryRoutes(server: FastifyInstance, { contextOf }: AccountRoutesOptions): void {
  server.get(urls.territoryPeople(), hidden, async (request, reply) => {
    const done = (['given', 'renewed', 'ended'] as const).find((one) => one === queryText(request, 'done')) ?? null;
    return send(await contextOf(request), reply, done, null);
  });

  change('give', 'given', (context, form) =>
    giveTerritoryRole(context, { email: form.text('email'), role: form.text('role') }),
  );
  change('renew', 'renewed', (context, form) => renewTerritoryRole(context, form.text('grant')));
  change('end', 'ended', (context, form) => endTerritoryRole(context, form.text('grant')));

  function change(name: string, done: Done, act: (context: Context, form: Form) => Promise<void>): void {
    server.post(`${urls.territoryPeople()}/${name}`, hidden, async (request, reply) => {
      const context = await contextOf(request);
      try {
        await act(context, formOf(request));
      } catch (error) {
        const { refused, status } = refusedBy(error, request);
        return send(context, reply.code(status), null, refused);
      }
      return reply.redirect(withQuery(urls.territoryPeople(), { done }), 303);
    });
  }

  async function send(
    context: Context,
    reply: FastifyReply,
    done: Done | null,
    refused: Refused | null,
  ): Promise<FastifyReply> {
    const { holders, givable } = await getTerritoryPeople(context);
    const data = { holders, givable, done, refused };
    return reply.sendPage({ data: { holders }, page: (page) => TerritoryPeoplePage({ context: page, data }) });
  }
}
