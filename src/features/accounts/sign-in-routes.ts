// Coming in and going out over HTTP: plain forms, and the few addresses of better-auth that passkeys and providers need.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TerroirError } from '../../lib/errors.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { answerAuth, authPath, providerId, visitorHeader } from './auth.ts';
import { formOf, queryText, refusedBy } from './forms.ts';
import { mailsAreShown } from './mails.ts';
import type { Refused } from './pages/parts.tsx';
import { AdministratorPage, LinkSentPage, SignInPage, UseLinkPage } from './pages/sign-in-page.tsx';
import { safePath } from './rules.ts';
import { signOut } from './service.ts';
import {
  type AccountRoutesOptions,
  askForLink,
  checkAdministratorLink,
  demoIsRunning,
  type Entry,
  enterAsAdministrator,
  enterAsDemoPerson,
  enterByLink,
  enterByPassword,
  goToProvider,
} from './sign-in.ts';
import { comesBackTying, sessionCookie } from './tokens.ts';

const hidden = { schema: { hide: true } };

export async function signInRoutes(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): Promise<void> {
  server.get(urls.signIn(), hidden, async (request, reply) => {
    const next = safePath(queryText(request, 'next'));
    if (request.visitor.person !== null) return reply.redirect(next, 303);
    const failed = queryText(request, 'refused') === 'provider';
    const refusal = new TerroirError('provider.failed', { name: doors.oidc?.name ?? 'OpenID Connect' });
    return sendSignIn(request, reply, next, failed ? refusedBy(refusal, request).refused : null);
  });

  server.post(urls.signIn(), hidden, async (request, reply) => {
    const form = formOf(request);
    const next = safePath(form.text('next'));
    try {
      await askForLink(await contextOf(request), doors, {
        email: form.text('email'),
        next,
        language: request.voice.lang,
        visitor: request.ip,
      });
      return reply.redirect(withQuery(urls.signInSent(), { next }), 303);
    } catch (error) {
      const { refused, status } = refusedBy(error, request);
      return sendSignIn(request, reply.code(status), next, refused);
    }
  });

  server.get(urls.signInSent(), hidden, async (request, reply) => {
    const data = {
      next: safePath(queryText(request, 'next')),
      mails: await mailsAreShown(await contextOf(request), doors),
    };
    return reply.sendPage({ data: {}, page: (page) => LinkSentPage({ context: page, data }) });
  });

  server.get(urls.signInLink(), hidden, async (request, reply) => {
    const data = { token: queryText(request, 'token').slice(0, 200), next: safePath(queryText(request, 'next')) };
    return reply.sendPage({ data: {}, page: (page) => UseLinkPage({ context: page, data }) });
  });

  server.post(urls.signInLink(), hidden, async (request, reply) => {
    const form = formOf(request);
    const entry = await enterByLink(doors, form.text('token'), agentOf(request));
    return come(reply, entry, form.text('next'));
  });

  server.post(urls.signInPassword(), hidden, async (request, reply) => {
    const form = formOf(request);
    const next = safePath(form.text('next'));
    try {
      const entry = await enterByPassword(await contextOf(request), doors, {
        email: form.text('email'),
        password: form.text('password'),
        userAgent: agentOf(request),
        visitor: request.ip,
      });
      return come(reply, entry, next);
    } catch (error) {
      const { refused, status } = refusedBy(error, request, { 'request.tooMany': 'password-email' });
      return sendSignIn(request, reply.code(status), next, refused);
    }
  });

  server.get(urls.signInProvider(), hidden, async (request, reply) => {
    const next = safePath(queryText(request, 'next'));
    const { address, cookies } = await goToProvider(doors, { next, cookie: undefined, link: false });
    return reply.header('set-cookie', [...cookies]).redirect(address, 303);
  });

  server.post(urls.signInDemo(), hidden, async (request, reply) => {
    const form = formOf(request);
    const entry = await enterAsDemoPerson(await contextOf(request), doors, form.text('person'), agentOf(request));
    const next = form.text('next');
    return come(reply, entry, next === '' || next === urls.account() ? urls.desk() : next);
  });

  server.post(urls.signOut(), hidden, async (request, reply) => {
    await signOut(await contextOf(request), request.visitor);
    const cookie = sessionCookie('', doors.secret, { secure: doors.secure, seconds: 0 });
    return reply.header('set-cookie', cookie).redirect(urls.home(), 303);
  });

  administratorRoutes(server, { contextOf, doors });
  authRoutes(server, { contextOf, doors });

  async function sendSignIn(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string,
    refused: Refused | null,
  ): Promise<FastifyReply> {
    const running = await demoIsRunning(await contextOf(request), doors);
    const characters = running ? doors.demoPeople.map(({ key, name, job }) => ({ key, name, job })) : [];
    const data = { next, refused, provider: doors.oidc?.name ?? null, characters };
    return reply.sendPage({
      data: { provider: data.provider, characters },
      page: (page) => SignInPage({ context: page, data }),
    });
  }
}

function administratorRoutes(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): void {
  const send = (reply: FastifyReply, token: string, refused: Refused | null) =>
    reply.sendPage({ data: {}, page: (page) => AdministratorPage({ context: page, data: { token, refused } }) });

  server.get(urls.signInAdministrator(), hidden, async (request, reply) => {
    const token = queryText(request, 'token');
    await checkAdministratorLink(await contextOf(request), token);
    return send(reply, token, null);
  });

  server.post(urls.signInAdministrator(), hidden, async (request, reply) => {
    const form = formOf(request);
    try {
      const entry = await enterAsAdministrator(await contextOf(request), doors, {
        token: form.text('token'),
        email: form.text('email'),
        name: form.text('name'),
        language: request.voice.lang,
        userAgent: agentOf(request),
      });
      return come(reply, entry, urls.account());
    } catch (error) {
      const { refused, status } = refusedBy(error, request);
      return send(reply.code(status), form.text('token'), refused);
    }
  });
}

/** What of better-auth is reached from outside: the dance of passkeys, and a provider's answer. Nothing else is. */
const authAddresses = [
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', `/callback/${providerId}`],
] as const;

function authRoutes(server: FastifyInstance, { doors }: AccountRoutesOptions): void {
  for (const [method, path] of authAddresses)
    server.route({
      method,
      url: authPath + path,
      ...hidden,
      handler: async (request, reply) => {
        // A character of the demonstration is everybody's: nobody makes a key to it.
        if (request.visitor.person?.demo === true) throw new TerroirError('permission.denied');
        if (path.includes('regist') && request.visitor.person === null) throw new TerroirError('session.needed');
        const auth = await doors.auth();
        const answer = await answerAuth(
          auth,
          asWebRequest(request, doors.publicUrl),
          comesBackTying(request.headers.cookie, queryText(request, 'state'), doors.secret),
        );
        reply.code(answer.status);
        for (const [name, value] of answer.headers)
          if (!['set-cookie', 'content-length'].includes(name)) reply.header(name, value);
        const cookies = answer.headers.getSetCookie();
        if (cookies.length > 0) reply.header('set-cookie', cookies);
        return reply.send(await answer.text());
      },
    });
}

function asWebRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'user-agent', 'content-type', 'sec-fetch-site', 'sec-fetch-mode'] as const) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(visitorHeader, request.ip);
  return new Request(publicUrl + request.url, {
    method: request.method,
    headers,
    ...(request.method === 'POST' && { body: JSON.stringify(request.body ?? {}) }),
  });
}

function come(reply: FastifyReply, entry: Entry, next: string): FastifyReply {
  return reply.header('set-cookie', [...entry.cookies]).redirect(safePath(next), 303);
}

function agentOf(request: FastifyRequest): string | null {
  return request.headers['user-agent'] ?? null;
}
