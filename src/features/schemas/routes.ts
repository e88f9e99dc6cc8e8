// The models over HTTP: the list, each at an address that does not change, its versions, its descriptor, empty files to fill.
import type { FastifyInstance } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { csvTemplate } from '../../data/schema/template-csv.ts';
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { can } from '../../model/permission.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import type { RegisteredSchema, SchemaRegistry } from '../../stores/schemas/registry.ts';
import { urls } from '../../web/urls.ts';
import { schemaEditRoutes } from './edit-routes.ts';
import { SchemaPage, type SchemaPageData } from './pages/schema-page.tsx';
import { SchemasPage } from './pages/schemas-page.tsx';
import { listed } from './rules.ts';
import type { SchemaVersion } from './schemas.ts';
import { acceptsComments, commentsOf, compare, discussedVersions, findVersion, versionsOf } from './service.ts';

export type SchemaRoutesOptions = {
  readonly contextOf: ContextOf;
  /** With the territory's own. */
  readonly schemas: SchemaRegistry;
  /** Those that come with the platform. */
  readonly shipped: SchemaRegistry;
  /** Where those who have no account write to. */
  readonly contact: string;
};

type Named = { Params: { name: string } };
type Numbered = { Params: { name: string; version: string } };
type Template = { Params: { name: string; format: string } };

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function schemaRoutes(server: FastifyInstance, options: SchemaRoutesOptions): Promise<void> {
  const { contextOf, schemas, shipped, contact } = options;
  const hidden = { schema: { hide: true } };
  await server.register(schemaEditRoutes, { contextOf, schemas });

  server.get(urls.schemas(), hidden, async (request, reply) => {
    const context = await contextOf(request);
    const [all, discussed] = await Promise.all([schemas.list(), discussedVersions(context)]);
    const list = all.map(listed);
    const data = { schemas: list, discussed, mayWrite: can(context.actor, 'schema.manage') };
    return reply.sendPage({ data: { schemas: list }, page: (page) => SchemasPage({ context: page, data }) });
  });

  server.get<Named>('/schemas/:name', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { name } = request.params;
    const versions = await versionsOf(context, name);
    const found = await find(name).catch((error: unknown) => {
      // Nothing is in force yet: what is discussed, or was refused, has its page.
      const shown = versions.find(({ state }) => state !== 'draft');
      if (shown === undefined) throw error;
      return shown;
    });
    if ('state' in found) return reply.redirect(urls.schemaVersion(name, found.version), 302);
    const data = await pageData(context, found, { versions, version: null });
    return reply.sendPage({
      // Programs get the descriptor itself: its address is what a dataset names as its schema.
      data: found.descriptor,
      page: (page) => SchemaPage({ context: page, data }),
    });
  });

  server.get<Numbered>('/schemas/:name/:version', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { name, version: number } = request.params;
    const [version, versions] = await Promise.all([findVersion(context, name, number), versionsOf(context, name)]);
    const found = version === null ? await findShipped(name, number) : registered(version);
    const data = await pageData(context, found, { versions, version });
    return reply.sendPage({ data: found.descriptor, page: (page) => SchemaPage({ context: page, data }) });
  });

  server.get<Template>('/schemas/:name/template.:format', hidden, async (request, reply) => {
    const { name, format } = request.params;
    const { loaded } = await find(name);
    if (loaded.kind !== 'table') throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: format });
    if (format !== 'csv' && format !== 'xlsx') throw new TerroirError('export.formatUnknown', { format });
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('content-disposition', `attachment; filename="modele-${name}.${format}"`);
    if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvTemplate(loaded.schema));
    // The writer of workbooks is only loaded for those who want one.
    const { xlsxTemplate } = await import('../../data/schema/template-xlsx.ts');
    return reply.type(workbookType).send(Buffer.from(await xlsxTemplate(loaded.schema, request.voice.lang)));
  });

  async function pageData(
    context: Awaited<ReturnType<ContextOf>>,
    found: RegisteredSchema,
    { versions, version }: { readonly versions: readonly SchemaVersion[]; readonly version: SchemaVersion | null },
  ): Promise<SchemaPageData> {
    const own = (await shipped.list()).find(({ name, national }) => name === found.name && national === null);
    const inForce = version === null || version.state === 'published' ? null : await compare(context, schemas, version);
    return {
      listed: listed(found),
      loaded: found.loaded,
      reason: reasonOf(found.descriptor),
      version,
      versions,
      shipped: own?.loaded.kind === 'table' ? own.loaded.schema.version : null,
      comparison: inForce,
      comments: version === null ? [] : await commentsOf(context, version),
      commentsOpen: version !== null && acceptsComments(context, version),
      contact,
      mayWrite: can(context.actor, 'schema.manage'),
      onItsWay: versions.some(({ state }) => state === 'draft' || state === 'commenting' || state === 'amending'),
    };
  }

  async function find(name: string): Promise<RegisteredSchema> {
    const list = await schemas.list();
    const found = list.find((each) => each.name === name || each.national === name.toLowerCase());
    if (found !== undefined) return found;
    const names = list.map((each) => each.name);
    throw new TerroirError('schema.unknown', { name, nearest: names.length === 0 ? '–' : nearest(name, names) });
  }

  async function findShipped(name: string, number: string): Promise<RegisteredSchema> {
    const found = (await shipped.list()).find((each) => each.name === name);
    const version = found?.loaded.kind === 'table' ? found.loaded.schema.version : null;
    if (found === undefined || version !== number)
      throw new TerroirError('schema.unknown', { name: `${name} ${number}`, nearest: found?.name ?? '–' });
    return found;
  }
}

function registered({ name, descriptor }: SchemaVersion): RegisteredSchema {
  const schema = readTableSchema(descriptor, name);
  return { name, national: null, loaded: { kind: 'table', name, schema }, descriptor, fetched: false };
}

function reasonOf(descriptor: unknown): { readonly fr: string; readonly en: string } | null {
  if (typeof descriptor !== 'object' || descriptor === null) return null;
  const { reason, reasonEn } = descriptor as Readonly<Record<string, unknown>>;
  if (typeof reason !== 'string' || reason === '') return null;
  return { fr: reason, en: typeof reasonEn === 'string' ? reasonEn : reason };
}
