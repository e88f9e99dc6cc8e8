// The legal officer's pages over HTTP: the queue, a review, its forms, the register. Forms work without JavaScript.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import type { MaskKind } from '../../model/finding.ts';
import type { BasisId, Disposition } from '../../model/opening.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls } from '../../web/urls.ts';
import { LegalQueuePage, LegalRegisterPage } from './pages/legal-queue-page.tsx';
import { type LegalReviewData, LegalReviewPage } from './pages/legal-review-page.tsx';
import { registerCsv } from './rules.ts';
import { decisions, type Review } from './schemas.ts';
import { decideReview, getReviewToDecide, legalQueue, openingRegister, returnReview, treatColumn } from './service.ts';

export type OpeningRoutesOptions = { readonly contextOf: ContextOf };

type Named = { Params: { id: string } };
type Form = Readonly<Record<string, string>>;

export async function openingRoutes(server: FastifyInstance, { contextOf }: OpeningRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };
  acceptForms(server);
  server.addHook('onRequest', async (request) => mustComeFromHere(request));
  // Nobody between the reader and us keeps these pages.
  server.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store');
  });

  server.get(urls.legalQueue(), hidden, async (request, reply) => {
    const reviews = await legalQueue(await contextOf(request));
    const { done } = request.query as { readonly done?: unknown };
    const data = { reviews, done: done === 'decided' || done === 'returned' ? done : null } as const;
    return reply.sendPage({ data: { reviews }, page: (page) => LegalQueuePage({ context: page, data }) });
  });

  server.get(urls.legalRegister(), hidden, async (request, reply) => {
    const reviews = await openingRegister(await contextOf(request));
    return reply.sendPage({
      data: { reviews },
      page: (page) => LegalRegisterPage({ context: page, data: { reviews } }),
    });
  });

  server.get(urls.legalRegisterCsv(), hidden, async (request, reply) => {
    const csv = registerCsv(await openingRegister(await contextOf(request)));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="registre-des-ouvertures.csv"')
      .send(csv);
  });

  server.get<Named>('/desk/legal/:id', hidden, async (request, reply) =>
    sendReview(reply, await getReviewToDecide(await contextOf(request), request.params.id), null),
  );

  server.post<Named>('/desk/legal/:id/column', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    const form = fieldsOf(request);
    return orRefused(context, request, reply, 'outcome', async () => {
      // Only who may decide sees this page; the depositor has the wizard.
      await getReviewToDecide(context, id);
      await treatColumn(context, id, dispositionOf(form));
      return `${urls.legalReview(id)}#findings`;
    });
  });

  server.post<Named>('/desk/legal/:id/decide', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const form = fieldsOf(request);
    return orRefused(context, request, reply, 'motive', async () => {
      const outcome = decisions.find((decision) => decision === form['outcome']);
      if (outcome === undefined) throw new TerroirError('opening.answerInvalid', { reason: form['outcome'] ?? '' });
      const basis = form['basis'] ?? '';
      const bases = basis === '' ? {} : { bases: [basis as BasisId] };
      await decideReview(context, request.params.id, { outcome, motive: form['motive'] ?? '', ...bases });
      return `${urls.legalQueue()}?done=decided`;
    });
  });

  server.post<Named>('/desk/legal/:id/return', hidden, async (request, reply) => {
    const context = await contextOf(request);
    return orRefused(context, request, reply, 'motive', async () => {
      await returnReview(context, request.params.id, fieldsOf(request)['motive'] ?? '');
      return `${urls.legalQueue()}?done=returned`;
    });
  });
}

function sendReview(reply: FastifyReply, review: Review, refusal: LegalReviewData['refusal']): Promise<FastifyReply> {
  return reply.sendPage({
    data: review,
    page: (page) => LegalReviewPage({ context: page, data: { review, refusal } }),
  });
}

/** Does what a form asks, then leads on; what is refused by a rule shows the form again, with what was typed. */
async function orRefused(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  field: 'motive' | 'outcome',
  act: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(await act(), 303);
  } catch (error) {
    if (!(error instanceof TerroirError) || errorRegistry[error.code].status !== 422) throw error;
    const { id } = request.params as { readonly id: string };
    const review = await getReviewToDecide(context, id);
    const sentence = errorSentence(error, request.voice.lang);
    const place = error.code === 'opening.motiveMissing' ? 'motive' : field === 'motive' ? 'outcome' : field;
    return sendReview(reply.code(422), review, { sentence, field: place, typed: fieldsOf(request) });
  }
}

function dispositionOf(form: Form): Disposition {
  const column = form['column'] ?? '';
  const [kind, mask] = (form['treatment'] ?? '').split(':');
  if (kind === 'remove' || kind === 'notPersonal') return { kind, column };
  if (kind === 'mask') return { kind, column, mask: mask as MaskKind };
  throw new TerroirError('opening.answerInvalid', { reason: kind ?? '' });
}

function fieldsOf(request: FastifyRequest): Form {
  return Object.fromEntries(formOf(request));
}

/** A form that another site sends in the reader's name is refused. */
function mustComeFromHere(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (request.method !== 'POST' || origin === undefined) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new TerroirError('permission.denied');
}
