// Reminders over HTTP: the page that a letter leads to, and what its one button says. And the clock that writes the letters.
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls } from '../../web/urls.ts';
import { ReminderPage } from './pages/reminder-page.tsx';
import type { ReminderFacts } from './schemas.ts';
import { confirmUnchanged, getReminder, sendReminders } from './service.ts';

export type ReminderRoutesOptions = {
  readonly contextOf: ContextOf;
  /** The operator's, by which the letters are written. */
  readonly context: Context;
  /** What signs their addresses. */
  readonly secret: string;
};

const roundMilliseconds = 3_600_000;
/** The first round waits: a start is not the moment. */
const firstMilliseconds = 60_000;

export async function reminderRoutes(server: FastifyInstance, options: ReminderRoutesOptions): Promise<void> {
  const { contextOf, context, secret } = options;
  const hidden = { schema: { hide: true } };
  acceptForms(server);
  server.addHook('onSend', async (_request, reply) => {
    // The address opens a door: nobody keeps it, and no page that it leads to is told of it.
    reply.header('cache-control', 'private, no-store').header('referrer-policy', 'same-origin');
  });

  server.get(urls.unchanged(), hidden, async (request, reply) => {
    const said = textsOf(request.query as Readonly<Record<string, unknown>>);
    return reply.sendPage(pageOf(await getReminder(await contextOf(request), secret, said), said));
  });
  server.post(urls.unchanged(), hidden, async (request, reply) => {
    const said = textsOf(Object.fromEntries(formOf(request)));
    return reply.sendPage(pageOf(await confirmUnchanged(await contextOf(request), secret, said), said));
  });

  let running = Promise.resolve();
  const round = () => {
    running = running
      .then(async () => void (await sendReminders(context, secret)))
      .catch((error: unknown) => context.log.warn({ error: String(error) }, 'reminders could not be written'));
  };
  const first = setTimeout(round, firstMilliseconds);
  const timer = setInterval(round, roundMilliseconds);
  first.unref();
  timer.unref();
  server.addHook('onClose', async () => {
    clearTimeout(first);
    clearInterval(timer);
    await running;
  });
}

function pageOf(facts: ReminderFacts, said: Readonly<Record<string, string>>) {
  return {
    data: facts,
    page: (context: Parameters<typeof ReminderPage>[0]['context']) => ReminderPage({ context, data: { facts, said } }),
  };
}

function textsOf(said: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const names = ['dataset', 'person', 'at', 'sign'] as const;
  return Object.fromEntries(names.map((name) => [name, typeof said[name] === 'string' ? said[name] : '']));
}
