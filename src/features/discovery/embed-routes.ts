// What other sites put in a frame, over HTTP: the one page that they may.
import type { FastifyInstance } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { suggestCharts } from '../../model/chart/suggest.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Field } from '../../model/field.ts';
import {
  chartOf,
  findVersion,
  placesOf,
  queryVersion,
  readChoices,
  readVersion,
  whereOf,
  withCommune,
} from '../explore/service.ts';
import { EmbedPage, type EmbedView, embedFacts } from './pages/embed-page.tsx';

type Query = Readonly<Record<string, unknown>>;

const rowsShown = 15;
const placesShown = 100;

export async function embedRoutes(server: FastifyInstance, { contextOf }: { readonly contextOf: ContextOf }) {
  server.get<{ Params: { id: string } }>('/datasets/:id/embed', { schema: { hide: true } }, async (request, reply) => {
    const context = await contextOf(request);
    const query = request.query as Query;
    const found = await findVersion(context, request.params.id, readVersion(query) ?? undefined);
    const data = { ...found, view: await viewOf(context, found, query) };
    // Any site may frame this page, and no other: it holds no form and knows nobody.
    const policy = String(reply.getHeader('content-security-policy'));
    reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", 'frame-ancestors *'));
    return reply.sendPage({ data: embedFacts(data), page: (page) => EmbedPage({ context: page, data }) });
  });
}

/** The view that the address asks for; else what answers best: a chart, places, rows. */
async function viewOf(
  context: Context,
  { version }: { readonly dataset: Dataset; readonly version: Version },
  query: Query,
): Promise<EmbedView> {
  const choices = readChoices(await withCommune(context, version.fields, query), version.fields);
  const where = whereOf(choices, version.fields);
  const asked = typeof query['view'] === 'string' ? query['view'] : '';
  const [first] = suggestCharts(version.fields, version.profiles, version.rows);
  const spec = choices.chart ?? first;
  try {
    if (spec !== undefined && (asked === 'chart' || asked === ''))
      return { kind: 'chart', spec, data: await chartOf(context, version, spec, where) };
    const label = nameColumn(version.fields);
    const places =
      asked === 'table' || version.geometry === null
        ? null
        : await placesOf(context, version, where, { most: placesShown, label });
    if (places !== null) {
      const names = places.points.map((point) => point.label ?? `${point.lat}, ${point.lon}`);
      return { kind: 'map', names, placed: places.placed, filters: filtersOf(query) };
    }
    const { results, total_count } = await queryVersion(context, version, { where, limit: rowsShown });
    return { kind: 'table', rows: results, total: total_count };
  } catch (error) {
    // A filter that a column cannot obey: the frame says that there is nothing, the page explains.
    if (!(error instanceof TerroirError) || !error.code.startsWith('query.')) throw error;
    return { kind: 'table', rows: [], total: 0 };
  }
}

/** The column that names a row best: the first text that is a name, else the first text. */
function nameColumn(fields: readonly Field[]): string | null {
  const texts = fields.filter(({ type, role }) => type === 'string' && (role === null || role === 'address'));
  return (texts.find(({ name }) => /^(nom|name|libelle|intitule|titre|title)/.test(name)) ?? texts[0])?.name ?? null;
}

/** The filters alone, as the element of the map takes them. */
function filtersOf(query: Query): string {
  const filters = new URLSearchParams();
  for (const name of ['q', 'column', 'operator', 'value', 'refine', 'version']) {
    const value = query[name];
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one === 'string') filters.append(name, one);
  }
  return filters.toString();
}
