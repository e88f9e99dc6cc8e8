// Step 2 over HTTP: a file, cells that were copied, a link, or an upload that is already there.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { formOf } from '../../web/forms.ts';
import { urls } from '../../web/urls.ts';
import { receiveFile, receiveLink, receivePaste, saveForm } from '../intake/service.ts';
import type { Draft } from './schemas.ts';
import { draftToWorkOn, giveFile } from './service.ts';
import { mayMend, showAgain } from './show-stage.ts';

type Options = { readonly contextOf: ContextOf; readonly schemas: SchemaRegistry };
type Named = { Params: { id: string } };

/** What is pasted, in bytes of the form that carries it: intake bounds the text itself. */
const longestPaste = 64 * 1024 * 1024;

export async function arrivalRoutes(server: FastifyInstance, { contextOf, schemas }: Options): Promise<void> {
  const hidden = { schema: { hide: true } };

  /** Has a file received for a draft, and leads to its check; what cannot be received is said where it was given. */
  const arrive = (
    part: string,
    field: string,
    receive: (context: Context, draft: Draft, request: FastifyRequest) => Promise<string>,
    options: { readonly bodyLimit?: number } = {},
  ) =>
    server.post<Named>(`/desk/drafts/:id/${part}`, { ...hidden, ...options }, async (request, reply) => {
      const context = await contextOf(request);
      const { id } = request.params;
      try {
        const draft = await draftToWorkOn(context, id);
        await giveFile(context, id, await receive(context, draft, request));
        return reply.redirect(urls.draftPart(id, 'check'), 303);
      } catch (error) {
        if (!mayMend(error)) throw error;
        const sentence = errorSentence(error, request.voice.lang);
        return showAgain({ context, schemas, reply }, id, 'file', [{ field, sentence }]);
      }
    });

  arrive('file', 'file', async (context, draft, request) => {
    const organization = draft.organization.slug;
    const form = await saveForm(request, context, {});
    try {
      const uploaded = form.fields.get('deposit') ?? '';
      if (uploaded !== '') return uploaded;
      if (form.file === null) throw new TerroirError('draft.nothingGiven');
      const { name, path } = form.file;
      return (await receiveFile(context, { organization, name, path, origin: 'upload' })).deposit;
    } finally {
      await form.done();
    }
  });
  arrive(
    'paste',
    'text',
    async (context, draft, request) => {
      const text = formOf(request).get('text') ?? '';
      if (text.trim() === '') throw new TerroirError('draft.nothingGiven');
      const organization = draft.organization.slug;
      return (await receivePaste(context, { organization, text, name: 'tableau-colle.tsv' })).deposit;
    },
    { bodyLimit: longestPaste },
  );
  arrive('link', 'url', async (context, draft, request) => {
    const url = (formOf(request).get('url') ?? '').trim();
    if (url === '') throw new TerroirError('draft.nothingGiven');
    return (await receiveLink(context, { organization: draft.organization.slug, url })).deposit;
  });
}
