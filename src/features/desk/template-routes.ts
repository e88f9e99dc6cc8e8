// Models to fill, one for each schema, as a workbook with lists and help or as a CSV.
import type { FastifyInstance } from 'fastify';
import { csvTemplate } from '../../data/schema/template-csv.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';

type Named = { Params: { name: string; format: string } };

export async function templateRoutes(
  server: FastifyInstance,
  { schemas }: { readonly schemas: SchemaRegistry },
): Promise<void> {
  server.get<Named>('/schemas/:name/template.:format', { schema: { hide: true } }, async (request, reply) => {
    const { name, format } = request.params;
    const known = (await schemas.list()).find((each) => each.name === name)?.loaded;
    if (known?.kind !== 'table') throw new TerroirError('schema.unknown', { name, nearest: '–' });
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('content-disposition', `attachment; filename="modele-${name}.${format}"`);
    if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvTemplate(known.schema));
    if (format !== 'xlsx') throw new TerroirError('export.formatUnknown', { format });
    // The writer of workbooks is only loaded for those who want one.
    const { xlsxTemplate } = await import('../../data/schema/template-xlsx.ts');
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(Buffer.from(await xlsxTemplate(known.schema, request.voice.lang)));
  });
}
