// The models over HTTP: the list, each at an address that does not change, its descriptor, and empty files to fill.
import type { FastifyInstance } from 'fastify';
import { csvTemplate } from '../../data/schema/template-csv.ts';
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import type { RegisteredSchema, SchemaRegistry } from '../../stores/schemas/registry.ts';
import { urls } from '../../web/urls.ts';
import { SchemaPage } from './pages/schema-page.tsx';
import { SchemasPage } from './pages/schemas-page.tsx';
import { listed } from './rules.ts';

export type SchemaRoutesOptions = { readonly schemas: SchemaRegistry };

type Named = { Params: { name: string } };
type Template = { Params: { name: string; format: string } };

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function schemaRoutes(server: FastifyInstance, { schemas }: SchemaRoutesOptions): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get(urls.schemas(), hidden, async (_request, reply) => {
    const list = (await schemas.list()).map(listed);
    return reply.sendPage({ data: { schemas: list }, page: (context) => SchemasPage({ context, schemas: list }) });
  });

  server.get<Named>('/schemas/:name', hidden, async (request, reply) => {
    const found = await find(request.params.name);
    return reply.sendPage({
      // Programs get the descriptor itself: its address is what a dataset names as its schema.
      data: found.descriptor,
      page: (context) => SchemaPage({ context, listed: listed(found), loaded: found.loaded }),
    });
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

  async function find(name: string): Promise<RegisteredSchema> {
    const list = await schemas.list();
    const found = list.find((each) => each.name === name || each.national === name.toLowerCase());
    if (found !== undefined) return found;
    const names = list.map((each) => each.name);
    throw new TerroirError('schema.unknown', { name, nearest: names.length === 0 ? '–' : nearest(name, names) });
  }
}
