// Shared tables over HTTP: the list, each with its sources, and the form that says how a producer's columns are read.
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import type { FieldMapping } from '../../model/mapping.ts';
import { can } from '../../model/permission.ts';
import { openFile } from '../../stores/files/file-stream.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { getDataset, listCommunes } from '../catalog/service.ts';
import { duplicateRoutes } from './duplicate-routes.ts';
import { countDuplicates } from './duplicates.ts';
import { ConsolidationPage } from './pages/consolidation-page.tsx';
import { ConsolidationsPage } from './pages/consolidations-page.tsx';
import { ContributionPage } from './pages/contribution-page.tsx';
import type { CoverageDrawing } from './pages/coverage-map.tsx';
import { communesCovered } from './rules.ts';
import { faultNames } from './sentences.ts';
import {
  addContribution,
  decideMapping,
  getConsolidation,
  getContribution,
  listConsolidations,
  moveToNewerSchema,
  newerSchema,
  proposeMappingOf,
  rejectedRows,
  removeContribution,
  schemaOfTable,
  teachersOfMapping,
} from './service.ts';

export type HarmonisationRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly schemas: SchemaRegistry;
  /** The drawn territory, where its boundaries are published. */
  readonly drawing?: (context: Context) => Promise<CoverageDrawing | null>;
};

type Named = { Params: { id: string } };
type Source = { Params: { id: string; dataset: string } };

export async function harmonisationRoutes(
  server: FastifyInstance,
  { contextOf, schemas, drawing }: HarmonisationRoutesOptions,
): Promise<void> {
  const hidden = { schema: { hide: true } };
  acceptForms(server);
  await server.register(duplicateRoutes, { contextOf, schemas });

  server.get(urls.harmonisation(), hidden, async (request, reply) => {
    const list = await listConsolidations(await contextOf(request));
    return reply.sendPage({
      data: { consolidations: list },
      page: (page) => ConsolidationsPage({ context: page, list }),
    });
  });

  server.get<Named>('/harmonisation/:id', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const facts = await getConsolidation(context, request.params.id);
    const { consolidation, contributions } = facts;
    const communes = communesCovered(contributions, await listCommunes(context));
    const [drawn, newer] = await Promise.all([
      drawing?.(context) ?? null,
      newerSchema(context, schemas, consolidation.id),
    ]);
    const schema = await schemaOfTable(schemas, consolidation);
    const { lang } = request.voice;
    const mayManage = can(context.actor, 'harmonisation.manage', { organization: consolidation.organization });
    const data = {
      ...facts,
      communes,
      drawing: drawn,
      newer,
      duplicates: await countDuplicates(context, consolidation),
      mayManage,
      mayDecide: contributions
        .filter(
          ({ organization }) => mayManage || can(context.actor, 'mapping.decide', { organization: organization.slug }),
        )
        .map(({ datasetId }) => datasetId),
      faultNames: faultNames(lang),
      fieldTitles: Object.fromEntries(
        schema.fields.map((field) => [field.name, (lang === 'en' ? field.titleEn : null) ?? field.title ?? field.name]),
      ),
    };
    return reply.sendPage({
      data: { ...facts, communes },
      page: (page) => ConsolidationPage({ context: page, data }),
    });
  });

  server.post<Named>('/harmonisation/:id/schema', hidden, async (request, reply) => {
    const { id } = request.params;
    await moveToNewerSchema(await contextOf(request), schemas, id);
    return reply.redirect(urls.consolidation(id), 303);
  });

  server.post<Named>('/harmonisation/:id/sources', hidden, async (request, reply) => {
    const { id } = request.params;
    const dataset = formOf(request).get('dataset')?.trim() ?? '';
    await addContribution(await contextOf(request), schemas, id, dataset);
    return reply.redirect(urls.contribution(id, dataset), 303);
  });

  server.get<Source>('/harmonisation/:id/sources/:dataset', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id, dataset } = request.params;
    const { consolidation, contribution } = await getContribution(context, id, dataset);
    const { fields } = await schemaOfTable(schemas, consolidation);
    const { version } = await getDataset(context, dataset);
    const decided = new Set(contribution.mapping.map(({ field }) => field));
    const { mappings } = await proposeMappingOf(context, schemas, id, dataset);
    const columns = (version?.fields ?? []).map(({ title, name }) => ({
      title,
      examples: (version?.profiles.find((each) => each.name === name)?.top ?? []).map(({ value }) => value),
    }));
    const mapping = [...contribution.mapping, ...mappings.filter(({ field }) => !decided.has(field))];
    const known = new Set(columns.map(({ title }) => title));
    const made = mapping.flatMap((each) => each.columns).filter((title) => !known.has(title));
    const data = {
      consolidation,
      contribution,
      fields,
      columns: [...columns, ...[...new Set(made)].map((title) => ({ title, examples: [] }))],
      mapping,
      teachers: await teachersOfMapping(context, consolidation, {
        mapping,
        organization: contribution.organization.name,
      }),
      saved: (request.query as Readonly<Record<string, unknown>>)['saved'] === 'yes',
    };
    reply.header('cache-control', 'private, no-store');
    return reply.sendPage({ data: { mapping }, page: (page) => ContributionPage({ context: page, data }) });
  });

  server.post<Source>('/harmonisation/:id/sources/:dataset', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { id, dataset } = request.params;
    const form = formOf(request);
    if (form.get('leave') === 'yes') {
      await removeContribution(context, id, dataset);
      return reply.redirect(urls.consolidation(id), 303);
    }
    const { consolidation, contribution } = await getContribution(context, id, dataset);
    const { fields } = await schemaOfTable(schemas, consolidation);
    const proposed = (await proposeMappingOf(context, schemas, id, dataset)).mappings;
    const mapping = fields.flatMap(({ name }) => said(form, name, [...contribution.mapping, ...proposed]));
    await decideMapping(context, schemas, { id, datasetId: dataset }, mapping);
    return reply.redirect(withQuery(urls.contribution(id, dataset), { saved: 'yes' }), 303);
  });

  server.get<Source>('/harmonisation/:id/sources/:dataset/rejected.csv', hidden, async (request, reply) => {
    const { id, dataset } = request.params;
    const { path, name } = await rejectedRows(await contextOf(request), id, dataset);
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(openFile(path));
  });
}

/** What the form says of a field; a column that is left as it was keeps how it was read. */
function said(form: URLSearchParams, field: string, known: readonly FieldMapping[]): readonly FieldMapping[] {
  const given = { confidence: 1, sure: true, reason: 'given' } as const;
  const constant = form.get(`constant.${field}`)?.trim() ?? '';
  if (constant !== '') return [{ field, columns: [], transform: 'constant', text: constant, ...given }];
  const column = form.get(`column.${field}`) ?? '';
  if (column === '') return [];
  const same = known.find((each) => each.field === field && each.columns[0] === column);
  return [same ?? { field, columns: [column], transform: 'copy', ...given }];
}
