// One's own account over HTTP: one page, and a form for each thing that can be changed.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../lib/error-registry.ts';
import { TerroirError } from '../../lib/errors.ts';
import { languages } from '../../model/language.ts';
import { urls } from '../../web/urls.ts';
import type { SignedIn } from '../../web/visitor.ts';
import {
  changeAccount,
  choosePassword,
  endSessions,
  getAccount,
  getOwnRequests,
  removeAccount,
  removePasskey,
  removePassword,
} from './account.ts';
import { passwordLength } from './auth.ts';
import { type Form, formOf, queryText, refusedBy } from './forms.ts';
import { withdrawRequest } from './members.ts';
import { type AccountData, AccountPage } from './pages/account-page.tsx';
import type { Refused } from './pages/parts.tsx';
import { type AccountRoutesOptions, goToProvider } from './sign-in.ts';
import { sessionCookie } from './tokens.ts';

const hidden = { schema: { hide: true } };

export async function accountPages(server: FastifyInstance, { contextOf, doors }: AccountRoutesOptions): Promise<void> {
  server.get(urls.account(), hidden, async (request, reply) => {
    const done = queryText(request, 'done');
    return send(request, reply, null, done === 'saved' || done === 'left' ? done : null);
  });

  change('profile', async (request, form) =>
    changeAccount(await contextOf(request), {
      ...(form.text('name') !== '' && { name: form.text('name') }),
      ...(languageOf(form) !== undefined && { language: languageOf(form) ?? 'fr' }),
      rhythm: form.text('rhythm'),
    }),
  );
  change('sessions', async (request, form) => {
    const id = form.text('id');
    const { session } = signedIn(request);
    await endSessions(await contextOf(request), id === 'others' ? { except: session.id } : { only: id });
  });
  change('passkeys', async (request, form) => removePasskey(await contextOf(request), form.text('id')));
  change('requests', async (request, form) => withdrawRequest(await contextOf(request), form.text('id')));
  change(
    'password',
    async (request, form) =>
      choosePassword(await contextOf(request), doors, signedIn(request), {
        password: form.text('password'),
        current: form.text('current'),
      }),
    { 'password.wrong': 'current', 'request.tooMany': 'current' },
  );
  change('password-removal', async (request) => removePassword(await contextOf(request), signedIn(request)));

  server.post(urls.accountPart('removal'), hidden, async (request, reply) => {
    const person = signedIn(request);
    // The box says that they mean it; a browser asks for it before the form leaves.
    if (formOf(request).text('sure') !== 'yes') return reply.redirect(`${urls.account()}#removal`, 303);
    try {
      await removeAccount(await contextOf(request), person);
    } catch (error) {
      const { refused, status } = refusedBy(error, request, { 'session.tooOld': 'removal' });
      return send(request, reply.code(status), refused, null);
    }
    const cookie = sessionCookie('', doors.secret, { secure: doors.secure, seconds: 0 });
    return reply.header('set-cookie', cookie).redirect(urls.home(), 303);
  });

  server.get(urls.accountPart('provider'), hidden, async (request, reply) => {
    if (signedIn(request).demo) throw new TerroirError('permission.denied');
    const { address, cookies } = await goToProvider(doors, {
      next: urls.account(),
      cookie: request.headers.cookie,
      link: true,
    });
    return reply.header('set-cookie', [...cookies]).redirect(address, 303);
  });

  /** A form that changes one thing, then shows the account again. */
  function change(
    part: string,
    act: (request: FastifyRequest, form: Form) => Promise<void>,
    fields: Partial<Record<ErrorCode, string>> = {},
  ): void {
    server.post(urls.accountPart(part), hidden, async (request, reply) => {
      try {
        await act(request, formOf(request));
        return reply.redirect(`${urls.account()}?done=saved`, 303);
      } catch (error) {
        const { refused, status } = refusedBy(error, request, fields);
        return send(request, reply.code(status), refused, null);
      }
    });
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    refused: Refused | null,
    done: AccountData['done'],
  ): Promise<FastifyReply> {
    const context = await contextOf(request);
    const { session } = signedIn(request);
    const [account, requests] = await Promise.all([getAccount(context, session.id), getOwnRequests(context)]);
    const data = {
      account,
      requests,
      passwordMin: passwordLength.min,
      provider: doors.oidc?.name ?? null,
      done,
      refused,
    };
    return reply.sendPage({ data: { account, requests }, page: (page) => AccountPage({ context: page, data }) });
  }
}

function languageOf(form: Form) {
  return languages.find((language) => language === form.text('language'));
}

function signedIn(request: FastifyRequest): SignedIn {
  if (request.visitor.person === null) throw new TerroirError('session.needed');
  return request.visitor.person;
}
