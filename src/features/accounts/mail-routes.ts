// Letters over HTTP: those that a demonstration keeps, and the link by which a person gets no more.
import type { FastifyInstance } from 'fastify';
import { urls } from '../../web/urls.ts';
import { queryText } from './forms.ts';
import { getMail, listMails, listWaiting, mustBeSigned, unsubscribe } from './mails.ts';
import { MailPage, MailsPage, UnsubscribePage } from './pages/mail-pages.tsx';
import type { AccountRoutesOptions } from './sign-in.ts';

const hidden = { schema: { hide: true } };

export async function mailRoutes(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): Promise<void> {
  server.get(urls.mails(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [letters, waiting] = await Promise.all([listMails(context, doors), listWaiting(context, doors)]);
    const data = { letters, waiting };
    return reply.sendPage({ data, page: (page) => MailsPage({ context: page, data }) });
  });

  server.get<{ Params: { id: string } }>('/mails/:id', hidden, async (request, reply) => {
    const letter = await getMail(await contextOf(request), doors, request.params.id);
    return reply.sendPage({ data: letter, page: (page) => MailPage({ context: page, data: letter }) });
  });

  server.get(urls.unsubscribe(), hidden, async (request, reply) => {
    const [person, sign] = [queryText(request, 'person'), queryText(request, 'sign')];
    mustBeSigned(doors.secret, person, sign);
    const data = { person, sign, done: false };
    return reply.sendPage({ data: {}, page: (page) => UnsubscribePage({ context: page, data }) });
  });

  // Also what a mail program sends in one click (RFC 8058): without cookie, from no page.
  server.post(urls.unsubscribe(), hidden, async (request, reply) => {
    const [person, sign] = [queryText(request, 'person'), queryText(request, 'sign')];
    await unsubscribe(await contextOf(request), doors.secret, person, sign);
    const data = { person, sign, done: true };
    return reply.sendPage({ data: {}, page: (page) => UnsubscribePage({ context: page, data }) });
  });
}
