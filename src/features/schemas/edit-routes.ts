// The territory's own schemas over HTTP: begin one, its form, comments of all, the decision, the publication.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { readInput } from './form.ts';
import { EditSchemaPage } from './pages/edit-schema-page.tsx';
import { NewSchemaPage } from './pages/new-schema-page.tsx';
import { decisions } from './schemas.ts';
import {
  abandonDraft,
  beginSchema,
  commentSchema,
  decideSchema,
  isSubject,
  openComments,
  publishAmended,
  saveSchema,
  schemasAbout,
  schemaToEdit,
  today,
} from './service.ts';

export type EditRoutesOptions = { readonly contextOf: ContextOf; readonly schemas: SchemaRegistry };

type Named = { Params: { name: string } };

/** As long as the product asks: each commune has the time to answer. */
const usualDays = 21;
/** A form of a few hundred columns. */
const bodyLimit = 1024 * 1024;

export async function schemaEditRoutes(server: FastifyInstance, options: EditRoutesOptions): Promise<void> {
  const { contextOf, schemas } = options;
  const hidden = { schema: { hide: true } };
  acceptForms(server);

  server.get(urls.newSchema(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    mustBeAbleTo(context.actor, 'schema.manage');
    const { subject, from } = textsOf(request, ['subject', 'from']);
    const asked = isSubject(subject);
    const near = asked ? await schemasAbout(schemas, subject) : [];
    const data = { subject, asked, near, from: from === '' ? null : from };
    return reply.sendPage({ data: { near }, page: (page) => NewSchemaPage({ context: page, data }) });
  });

  server.post(urls.newSchema(), hidden, async (request, reply) => {
    const form = formOf(request);
    const from = form.get('from') ?? '';
    const name = await beginSchema(await contextOf(request), schemas, {
      title: form.get('title') ?? '',
      basedOn: from === '' ? null : from,
      reason: form.get('reason') ?? '',
    });
    return reply.redirect(urls.schemaEdit(name), 303);
  });

  server.get<Named>('/schemas/:name/edit', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { name } = request.params;
    const found = await schemaToEdit(context, schemas, name);
    const { at, saved } = textsOf(request, ['at', 'saved']);
    const day = today(context);
    const data = {
      ...found,
      name,
      at: /^\d{1,3}$/.test(at) ? Number(at) : null,
      saved: saved === 'yes',
      until: new Date(Date.parse(day) + usualDays * 86_400_000).toISOString().slice(0, 10),
      decidable: found.version.comments !== null && day >= found.version.comments.until,
    };
    return reply.sendPage({ data: found, page: (page) => EditSchemaPage({ context: page, data }) });
  });

  server.post<Named>('/schemas/:name/edit', { ...hidden, bodyLimit }, async (request, reply) => {
    const { name } = request.params;
    const { input, at } = readInput(formOf(request));
    await saveSchema(await contextOf(request), schemas, name, input);
    const path = withQuery(urls.schemaEdit(name), at === null ? { saved: 'yes' } : { at });
    return reply.redirect(at === null ? path : `${path}#column-${at}`, 303);
  });

  server.post<Named>('/schemas/:name/window', hidden, async (request, reply) => {
    const { name } = request.params;
    await openComments(await contextOf(request), schemas, name, formOf(request).get('until') ?? '');
    return reply.redirect(urls.schemaEdit(name), 303);
  });

  server.post<Named>('/schemas/:name/comments', hidden, async (request, reply) => {
    const { name } = request.params;
    const byName = request.visitor.person?.name ?? '';
    const text = formOf(request).get('text') ?? '';
    const { version } = await commentSchema(await contextOf(request), name, { byName, text });
    return reply.redirect(`${urls.schemaVersion(name, version)}#comments`, 303);
  });

  server.post<Named>('/schemas/:name/decision', hidden, async (request, reply) => {
    const { name } = request.params;
    const form = formOf(request);
    const word = decisions.find((each) => each === form.get('word'));
    const byName = request.visitor.person?.name ?? '';
    const said = { word: word ?? 'refused', reason: word === undefined ? '' : (form.get('reason') ?? ''), byName };
    const { version } = await decideSchema(await contextOf(request), name, said);
    return reply.redirect(word === 'amended' ? urls.schemaEdit(name) : urls.schemaVersion(name, version), 303);
  });

  server.post<Named>('/schemas/:name/publish', hidden, async (request, reply) => {
    const { name } = request.params;
    await publishAmended(await contextOf(request), schemas, name);
    return reply.redirect(urls.schema(name), 303);
  });

  server.post<Named>('/schemas/:name/abandon', hidden, async (request, reply) => {
    await abandonDraft(await contextOf(request), request.params.name);
    return reply.redirect(urls.schemas(), 303);
  });
}

function textsOf<K extends string>(request: FastifyRequest, names: readonly K[]): Readonly<Record<K, string>> {
  const query = request.query as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, typeof query[name] === 'string' ? query[name] : ''])) as Record<
    K,
    string
  >;
}
