// A dataset's automatic update over HTTP: one page with its forms, and the same as JSON.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { sourceApi } from './api-routes.ts';
import { SourcePage } from './pages/source-page.tsx';
import { isRhythm } from './rules.ts';
import type { SourceRequest } from './schemas.ts';
import { runSentence } from './sentences.ts';
import { getSource, openSourceReader, readNow, removeSource, setPaused, setSource } from './service.ts';

/** @param context the operator's: what is read by itself is read for the organization */
export type SourceRoutesOptions = { readonly contextOf: ContextOf; readonly context: Context };

type Named = { Params: { id: string } };
const doneSentences = ['saved', 'asked', 'paused', 'resumed', 'removed'] as const;

export async function sourceRoutes(
  server: FastifyInstance,
  { contextOf, context }: SourceRoutesOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };
  const page = '/desk/datasets/:id/source';
  const reader = openSourceReader(context);
  server.addHook('onClose', () => reader.close());
  acceptForms(server);
  await server.register(sourceApi, { contextOf, wake: () => reader.wake() });
  server.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store');
  });

  const show = async (request: FastifyRequest<Named>, reply: FastifyReply, refused: Refused = null) => {
    const facts = await getSource(await contextOf(request), request.params.id);
    const { done: asked } = request.query as Readonly<Record<string, unknown>>;
    const known = doneSentences.find((one) => one === asked);
    const done = known === undefined ? null : request.voice.say(`source.done.${known}`);
    const runs = facts.runs.map((run) => ({ ...run, sentence: runSentence(run, request.voice) }));
    return reply.sendPage({
      data: { ...facts, runs },
      page: (shown) => SourcePage({ context: shown, data: { ...facts, done, refused } }),
    });
  };
  const back = (reply: FastifyReply, id: string, done: (typeof doneSentences)[number]) =>
    reply.redirect(withQuery(urls.source(id), { done }), 303);

  server.get<Named>(page, hidden, async (request, reply) => show(request, reply));

  server.post<Named>(page, hidden, async (request, reply) => {
    const said = requestOf(formOf(request));
    try {
      await setSource(await contextOf(request), request.params.id, said);
    } catch (error) {
      if (!(error instanceof TerroirError) || !error.code.startsWith('source.') || request.asData) throw error;
      const sentence = errorSentence(error, request.voice.lang);
      return show(request, reply.code(422), { sentence, typed: said });
    }
    reader.wake();
    return back(reply, request.params.id, 'saved');
  });
  server.post<Named>(`${page}/run`, hidden, async (request, reply) => {
    await readNow(await contextOf(request), request.params.id);
    reader.wake();
    return back(reply, request.params.id, 'asked');
  });
  server.post<Named>(`${page}/pause`, hidden, async (request, reply) => {
    await setPaused(await contextOf(request), request.params.id, true);
    return back(reply, request.params.id, 'paused');
  });
  server.post<Named>(`${page}/resume`, hidden, async (request, reply) => {
    await setPaused(await contextOf(request), request.params.id, false);
    return back(reply, request.params.id, 'resumed');
  });
  server.post<Named>(`${page}/remove`, hidden, async (request, reply) => {
    await removeSource(await contextOf(request), request.params.id);
    return back(reply, request.params.id, 'removed');
  });
}

type Refused = { readonly sentence: string; readonly typed: SourceRequest } | null;

function requestOf(form: URLSearchParams): SourceRequest {
  const rhythm = form.get('rhythm') ?? '';
  const number = (name: string, otherwise: number) => {
    const text = form.get(name);
    return text === null || text === '' ? otherwise : Number(text);
  };
  return {
    url: form.get('url') ?? '',
    rhythm: isRhythm(rhythm) ? rhythm : 'weekly',
    hour: number('hour', 5),
    weekday: number('weekday', 1),
    monthDay: number('monthDay', 1),
    publish: form.get('publish') !== 'no',
    table: form.get('table'),
  };
}
