// The seven steps of a draft over HTTP. Each form is kept, then leads on; what is refused shows the step again, with what was typed.
import { open } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { isContact } from '../../model/contact.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { formOf } from '../../web/forms.ts';
import { urls } from '../../web/urls.ts';
import { askLegalOfficer } from '../opening/service.ts';
import { arrivalRoutes } from './arrival-routes.ts';
import { formFields, presentOf, termsOf } from './forms.ts';
import { type KindId, kindById } from './kinds.ts';
import { currentStage, nextStage, shortestDescription, shortestTitle } from './rules.ts';
import { type StageName, stages } from './schemas.ts';
import {
  abandonDraft,
  answerRights,
  chooseKind,
  chooseSchema,
  chooseTable,
  correct,
  correctAll,
  draftToWorkOn,
  examineDraft,
  getDraft,
  publishAsDocument,
  publishDraft,
  reach,
  replayLastSteps,
  reviewOfDraft,
  say,
  undo,
  withDraftFile,
} from './service.ts';
import { mayMend, sendStage, showAgain } from './show-stage.ts';

type Options = { readonly contextOf: ContextOf; readonly schemas: SchemaRegistry };
type Named = { Params: { id: string } };
type Staged = { Params: { id: string; stage: string } };

export async function draftRoutes(server: FastifyInstance, { contextOf, schemas }: Options): Promise<void> {
  const hidden = { schema: { hide: true } };
  const asItIs = { ...hidden, compress: false } as const;

  server.get<Named>('/desk/drafts/:id', hidden, async (request, reply) => {
    const draft = await getDraft(await contextOf(request), request.params.id);
    const ended = draft.state === 'published' || draft.state === 'secondReading';
    return reply.redirect(urls.draftPart(draft.id, ended ? 'done' : currentStage(draft)), 303);
  });

  server.get<Staged>('/desk/drafts/:id/:stage', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id, stage } = request.params;
    const draft = await getDraft(context, id);
    const name = [...stages, 'done' as const].find((each) => each === stage);
    if (name === undefined) throw new TerroirError('page.unknown');
    if (name !== 'done' && draft.state !== 'draft') return reply.redirect(urls.draftPart(id, 'done'), 303);
    return sendStage({ context, schemas, reply }, draft, name);
  });

  /** Does what a form asks, then leads to a step; a refusal that the person can mend shows the step again. */
  const act = (
    part: string,
    stage: StageName,
    field: string,
    work: (context: Context, id: string, form: URLSearchParams, request: FastifyRequest) => Promise<string>,
  ) =>
    server.post<Named>(`/desk/drafts/:id/${part}`, hidden, async (request, reply) => {
      const context = await contextOf(request);
      const { id } = request.params;
      const form = formOf(request);
      try {
        const next = await work(context, id, form, request);
        if (form.has('autosave')) return reply.code(204).send();
        return reply.redirect(next, 303);
      } catch (error) {
        if (!mayMend(error)) throw error;
        return showAgain({ context, schemas, reply }, id, stage, [
          { field: fieldOf(error, field), sentence: errorSentence(error, request.voice.lang) },
        ]);
      }
    });
  const at = (id: string, part: string) => urls.draftPart(id, part);

  act('what', 'what', 'kind', async (context, id, form) => {
    await draftToWorkOn(context, id);
    const kind = kindById(form.get('kind'));
    if (kind === null) throw new TerroirError('draft.kindMissing');
    await chooseKind(context, id, kind.id as KindId);
    return at(id, 'file');
  });
  await server.register(arrivalRoutes, { contextOf, schemas });
  act('document', 'file', 'file', async (context, id) => {
    await publishAsDocument(context, id);
    return at(id, 'check');
  });
  act('table', 'check', 'tables', async (context, id, form) => {
    await chooseTable(context, id, form.get('table') ?? '');
    return at(id, 'check');
  });
  act('schema', 'check', 'schema', async (context, id, form) => {
    await chooseSchema(context, schemas, id, form.get('schema') ?? '');
    return `${at(id, 'check')}#report`;
  });
  act('correct', 'check', 'report', async (context, id, form) => {
    await examineDraft(context, schemas, id);
    if (form.has('all')) await correctAll(context, id);
    else await correct(context, id, { mark: form.get('mark') ?? '', typed: form.get('typed') ?? '' });
    return `${at(id, 'check')}#report`;
  });
  act('replay', 'check', 'report', async (context, id) => {
    await replayLastSteps(context, id);
    return `${at(id, 'check')}#report`;
  });
  act('undo', 'check', 'done', async (context, id, form) => {
    const place = form.get('place') ?? '';
    await undo(context, id, place === 'all' ? 'all' : Number(place));
    return `${at(id, 'check')}#report`;
  });
  act('rights', 'rights', 'outcome', async (context, id, form) => {
    await examineDraft(context, schemas, id);
    const open = await answerRights(context, id, formFields(form));
    return open ? at(id, nextStage('rights', await getDraft(context, id))) : `${at(id, 'rights')}#outcome`;
  });
  act('ask', 'rights', 'ask', async (context, id, form) => {
    await draftToWorkOn(context, id);
    const review = await reviewOfDraft(context, await examineDraft(context, schemas, id));
    if (review === null) throw new TerroirError('draft.notReady', { obstacle: 'file.missing' });
    await askLegalOfficer(context, review.id, form.get('question') ?? '');
    await reach(context, id, 'rights');
    return `${at(id, 'rights')}#outcome`;
  });
  act('abandon', 'publish', 'left', async (context, id) => {
    await abandonDraft(context, id);
    return `${urls.desk()}?abandoned=1`;
  });
  act('publish', 'publish', 'left', async (context, id) => {
    await publishDraft(context, schemas, id);
    return at(id, 'done');
  });

  server.post<Named>('/desk/drafts/:id/present', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id } = request.params;
    const form = formFields(formOf(request));
    const { voice } = request;
    const said = presentOf(form);
    await say(context, id, said, 'present');
    if (form.has('autosave')) return reply.code(204).send();
    const refusals = [
      ...((said.title ?? '').length < shortestTitle
        ? [{ field: 'title', sentence: voice.say('present.title.short') }]
        : []),
      ...((said.description ?? '').length < shortestDescription
        ? [{ field: 'description', sentence: voice.say('present.description.short') }]
        : []),
      ...(said.contact != null && !isContact(said.contact)
        ? [{ field: 'contact', sentence: voice.say('present.contact.wrong') }]
        : []),
    ];
    if (refusals.length > 0) return showAgain({ context, schemas, reply }, id, 'present', refusals);
    await reach(context, id, 'terms');
    return reply.redirect(at(id, 'terms'), 303);
  });
  act('terms', 'terms', 'licence', async (context, id, form) => {
    await say(context, id, termsOf(formFields(form)), 'terms');
    await reach(context, id, form.has('autosave') ? 'terms' : 'publish');
    return at(id, 'publish');
  });

  server.get<Named>('/desk/drafts/:id/corrected', asItIs, async (request, reply) =>
    withDraftFile(await contextOf(request), request.params.id, async ({ path, name }) => {
      // Opened before the scratch folder goes: whoever reads a deleted file reads it to its end.
      const file = await open(path, 'r');
      return reply
        .type('application/octet-stream')
        .header('content-length', (await file.stat()).size)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(file.createReadStream());
    }),
  );
}

function fieldOf(error: TerroirError, field: string): string {
  if (error.code === 'draft.notReady') return 'left';
  return error.code.startsWith('licence.') || error.code.startsWith('hvd.') ? 'licence' : field;
}
