// The people of an organization over HTTP: members, invitations, requests, departures, keys.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { can } from '../../model/permission.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { type Form, formOf, queryText, refusedBy } from './forms.ts';
import { createKey, listKeys, revokeKey } from './keys.ts';
import { getHandover, leaveOrganization, removeMember } from './leaving.ts';
import {
  acceptRequest,
  changeApproval,
  changeMembership,
  closePending,
  getOrganizationPeople,
  invite,
  renewMember,
} from './members.ts';
import { HandoverPage } from './pages/handover-page.tsx';
import { type KeysData, KeysPage } from './pages/keys-page.tsx';
import { type MembersData, MembersPage, membersDone } from './pages/members-page.tsx';
import type { Refused } from './pages/parts.tsx';
import { nextMemberships } from './rules.ts';
import type { AccountRoutesOptions } from './sign-in.ts';

const hidden = { schema: { hide: true } };

type Named = { Params: { slug: string } };
type Done = NonNullable<MembersData['done']>;

export async function memberRoutes(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): Promise<void> {
  server.get<Named>('/organizations/:slug/people', hidden, async (request, reply) => {
    const done = membersDone.find((one) => one === queryText(request, 'done')) ?? null;
    return sendMembers(await contextOf(request), reply, request.params.slug, done, null);
  });

  change('invite', 'invited', async (context, slug, form, request) => {
    // The demonstration is open to all the world: its characters send no letters to it.
    if (request.visitor.person?.demo === true && doors.mailFolder === null)
      throw new TerroirError('invitation.character');
    const language = request.voice.lang;
    await invite(context, slug, { email: form.text('email'), role: form.text('role'), language });
    doors.wakePost();
  });
  change('close', 'closed', (context, slug, form) => closePending(context, slug, form.text('id')));
  change('accept', 'accepted', (context, slug, form) => acceptRequest(context, slug, form.text('id')));
  change('renew', 'renewed', (context, slug, form) => renewMember(context, slug, form.text('grant')));
  change('remove', 'ended', async (context, slug, form) => {
    await removeMember(context, slug, form.text('person'));
  });
  change('settings', 'settings', (context, slug, form) =>
    changeApproval(context, slug, form.text('approval') === 'yes'),
  );
  change('membership', 'settings', (context, slug, form) =>
    changeMembership(context, slug, form.text('membership'), form.text('reason')),
  );

  server.post<Named>('/organizations/:slug/people/leave', hidden, async (request, reply) => {
    const { slug } = request.params;
    if (request.visitor.person === null) throw new TerroirError('session.needed');
    // The box says that they mean it; a browser asks for it before the form leaves.
    if (formOf(request).text('sure') !== 'yes') return reply.redirect(`${urls.members(slug)}#leave`, 303);
    await leaveOrganization(await contextOf(request), slug);
    return reply.redirect(withQuery(urls.account(), { done: 'left' }), 303);
  });

  server.get<{ Params: { slug: string; id: string } }>(
    '/organizations/:slug/handovers/:id',
    hidden,
    async (request, reply) => {
      const handover = await getHandover(await contextOf(request), request.params.slug, request.params.id);
      return reply.sendPage({ data: handover, page: (page) => HandoverPage({ context: page, data: handover }) });
    },
  );

  keyRoutes(server, { contextOf, doors });

  /** A form that changes one thing about people, then shows them again. */
  function change(
    name: string,
    done: Done,
    act: (context: Context, slug: string, form: Form, request: FastifyRequest) => Promise<void>,
  ): void {
    server.post<Named>(`/organizations/:slug/people/${name}`, hidden, async (request, reply) => {
      const context = await contextOf(request);
      const { slug } = request.params;
      try {
        await act(context, slug, formOf(request), request);
      } catch (error) {
        const { refused, status } = refusedBy(error, request);
        return sendMembers(context, reply.code(status), slug, null, refused);
      }
      return reply.redirect(withQuery(urls.members(slug), { done }), 303);
    });
  }
}

async function sendMembers(
  context: Context,
  reply: FastifyReply,
  slug: string,
  done: MembersData['done'],
  refused: Refused | null,
): Promise<FastifyReply> {
  const { actor } = context;
  const people = await getOrganizationPeople(context, slug);
  const about = { organization: slug };
  const data = {
    people,
    reader: actor.kind === 'person' ? actor.id : null,
    may: {
      manage: can(actor, 'member.manage', about),
      settings: can(actor, 'organization.settings', about),
      membership: can(actor, 'organization.membership'),
      keys: can(actor, 'key.manage', about),
    },
    nextMemberships: nextMemberships(people.membership.state),
    done,
    refused,
  };
  return reply.sendPage({ data: people, page: (page) => MembersPage({ context: page, data }) });
}

function keyRoutes(server: FastifyInstance, { contextOf }: AccountRoutesOptions): void {
  server.get<Named>('/organizations/:slug/keys', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const revoked = queryText(request, 'done') === 'revoked';
    return send(context, reply, request.params.slug, { made: null, revoked, refused: null });
  });

  server.post<Named>('/organizations/:slug/keys', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { slug } = request.params;
    const form = formOf(request);
    const days = Number(form.text('days'));
    try {
      const { key } = await createKey(context, slug, { name: form.text('name'), scopes: form.texts('scopes'), days });
      return await send(context, reply, slug, { made: key, revoked: false, refused: null });
    } catch (error) {
      const { refused, status } = refusedBy(error, request);
      return send(context, reply.code(status), slug, { made: null, revoked: false, refused });
    }
  });

  server.post<Named>('/organizations/:slug/keys/revoke', hidden, async (request, reply) => {
    const { slug } = request.params;
    await revokeKey(await contextOf(request), slug, formOf(request).text('id'));
    return reply.redirect(withQuery(urls.keys(slug), { done: 'revoked' }), 303);
  });

  async function send(
    context: Context,
    reply: FastifyReply,
    slug: string,
    shown: Pick<KeysData, 'made' | 'revoked' | 'refused'>,
  ): Promise<FastifyReply> {
    const facts = await listKeys(context, slug);
    const data = { ...facts, ...shown, now: context.now() };
    return reply.sendPage({
      data: { ...facts, ...(shown.made !== null && { made: shown.made }) },
      page: (page) => KeysPage({ context: page, data }),
    });
  }
}
