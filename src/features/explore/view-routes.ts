// The explorer's pictures as data: a chart, its SVG file, the places of a map; each over the filters of its address.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { drawChart } from '../../model/chart/draw.ts';
import { chartSummary, chartTitle } from '../../model/chart/summary.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { urls } from '../../web/urls.ts';
import { getDataset, getVersion } from '../catalog/service.ts';
import { type Choices, readChoices, readVersion, whereOf } from './choices.ts';
import { withCommune } from './communes.ts';
import { ChartPage } from './pages/chart-page.tsx';
import { chartLabels, sourceLine } from './pages/labels.ts';
import { chartOf, placesOf } from './views.ts';

type Named = { Params: { id: string } };
type Found = { readonly dataset: Dataset; readonly version: Version; readonly choices: Choices };

/** Places that a map of the web holds with ease. */
const mostPlaces = 5000;
const pictureWidth = 760;

export async function viewRoutes(server: FastifyInstance, { contextOf }: { contextOf: ContextOf }): Promise<void> {
  const hidden = { schema: { hide: true } };

  server.get<Named>('/datasets/:id/chart', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const found = await find(context, request.params.id, request);
    const { lang } = request.voice;
    const chart = await readChart(context, found, request);
    const labels = chartLabels(found.version, chart.spec);
    const data = {
      ...chart,
      title: chartTitle(chart.spec, labels, lang),
      summary: chartSummary(chart.spec, chart.data, labels, lang),
      labels,
      source: sourceLine(found.dataset, found.version, request.voice),
      dataset: found.dataset.id,
      version: found.version.number,
      licence: found.dataset.licence,
      modified: found.version.createdAt,
    };
    return reply.sendPage({ data, page: (page) => ChartPage({ context: page, ...found, chart }) });
  });

  server.get<Named>('/datasets/:id/chart.svg', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const found = await find(context, request.params.id, request);
    const { spec, data } = await readChart(context, found, request);
    const { lang } = request.voice;
    const labels = chartLabels(found.version, spec);
    const svg = drawChart({
      spec,
      data,
      title: chartTitle(spec, labels, lang),
      summary: chartSummary(spec, data, labels, lang),
      lang,
      width: pictureWidth,
      id: 'chart',
      footer: sourceLine(found.dataset, found.version, request.voice),
    });
    const name = `${found.dataset.id}-${spec.x}.svg`.replace(/[^\w.-]/g, '_');
    reply.header('content-disposition', `attachment; filename="${name}"`).header('access-control-allow-origin', '*');
    return reply.type('image/svg+xml; charset=utf-8').send(svg);
  });

  server.get<Named>('/datasets/:id/places', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const found = await find(context, request.params.id, request);
    const { dataset, version, choices } = found;
    if (!request.asData) return reply.redirect(`${urls.dataset(dataset.id)}?view=map`, 302);
    const label = labelColumn(version);
    const places = await placesOf(context, version, whereOf(choices, version.fields), { most: mostPlaces, label });
    return reply.type('application/geo+json; charset=utf-8').send(
      JSON.stringify({
        type: 'FeatureCollection',
        numberMatched: places?.placed ?? 0,
        numberReturned: places?.points.length ?? 0,
        source: sourceLine(dataset, version, request.voice),
        features: (places?.points ?? []).map(({ lon, lat, label: name }) => ({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [lon, lat] },
          properties: { name },
        })),
      }),
    );
  });
}

async function find(context: Context, id: string, request: FastifyRequest): Promise<Found> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const dataset = await getDataset(context, id);
  const version = await chosenVersion(context, dataset, readVersion(query));
  const asked = await withCommune(context, version.fields, query);
  return { dataset, version, choices: readChoices(asked, version.fields) };
}

async function readChart(context: Context, { version, choices }: Found, request: FastifyRequest) {
  const query = request.query as Readonly<Record<string, unknown>>;
  const spec = choices.chart;
  if (spec === null) throw new TerroirError('query.unknownField', { name: String(query['x'] ?? ''), clause: 'x' });
  return { spec, data: await chartOf(context, version, spec, whereOf(choices, version.fields)) };
}

/** The version that an address names, else the current one. @throws TerroirError dataset.unknown, version.unknown, version.purged */
export async function chosenVersion(context: Context, dataset: Dataset, number: number | null): Promise<Version> {
  if (number !== null && number !== dataset.version?.number) return getVersion(context, dataset.id, number);
  if (dataset.version === null) throw new TerroirError('dataset.unknown', { id: dataset.id });
  return dataset.version;
}

/** The column that names a place: the first text that tells the rows apart, and that people read. */
export function labelColumn({ fields, profiles }: Version): string | null {
  const named = fields.filter((field) => field.type === 'string' && (field.role === null || field.role === 'address'));
  const distinct = (name: string) => profiles.find((profile) => profile.name === name)?.distinct ?? 0;
  const telling = named.find(({ name }) => /^(nom|name|libelle|intitule|titre|title)/.test(name));
  return (telling ?? named.find(({ name }) => distinct(name) > 1) ?? named[0])?.name ?? null;
}
