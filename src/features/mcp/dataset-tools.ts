// The tools about datasets and their files: search, description, resources, figures.
import type { Context } from '../../context.ts';
import { factsOf, formatsFor } from '../../data/export/formats.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { licenceById, themeById } from '../../model/reference.ts';
import type { Voice } from '../../web/language.ts';
import { urls } from '../../web/urls.ts';
import { getVersions, searchCatalog } from '../catalog/service.ts';
import { findVersion, type ReadableVersion } from '../explore/service.ts';
import { type Arguments, neededText, optionalText, readResourceId, searchWords, wholeNumber } from './rules.ts';
import { type ToolAnswer, toolLimits } from './schemas.ts';

/** What a tool may use. */
export type Asked = { readonly context: Context; readonly voice: Voice; readonly publicUrl: string };

export const pageOf = (args: Arguments) => ({
  page: wholeNumber(args, 'page', { otherwise: 1, min: 1, max: 100_000 }),
  size: wholeNumber(args, 'page_size', { otherwise: toolLimits.pageSize, min: 1, max: toolLimits.maxPageSize }),
});

export async function searchDatasets({ context, voice, publicUrl }: Asked, args: Arguments): Promise<ToolAnswer> {
  const query = optionalText(args, 'query') ?? '';
  const { page, size } = pageOf(args);
  const search = {
    q: searchWords(query),
    selected: {},
    sort: query === '' ? 'recent' : 'relevance',
    page,
    pageSize: size,
    language: voice.lang,
  } as const;
  const { total, datasets, correctedQuery } = await searchCatalog(context, search);
  const list = datasets.map((dataset) => ({
    id: dataset.id,
    title: dataset.title,
    description: dataset.description.slice(0, 500),
    organization: dataset.organization,
    licence: licenceOf(dataset, voice),
    rows: dataset.rows,
    updated_at: dataset.modifiedAt.toISOString(),
    keywords: dataset.keywords,
    demonstration: dataset.demo,
    url: publicUrl + urls.dataset(dataset.id),
  }));
  const count = voice.datasets(total);
  const head = [
    ...(correctedQuery === null ? [] : [voice.say('mcp.corrected', { query, corrected: correctedQuery })]),
    total === 0 && query !== ''
      ? voice.say('mcp.nothing', { query })
      : voice.say(query === '' ? 'mcp.all' : 'mcp.found', { count, query, page }),
  ];
  const lines = list.map((one) => {
    const rows = one.rows === null ? '' : `, ${rowsIn(voice, one.rows)}`;
    const date = voice.date(new Date(one.updated_at));
    return `- ${one.id} — ${one.title} (${one.organization.name}${rows}, ${one.licence.name}, ${date}) ${one.url}`;
  });
  return {
    text: [...head, ...lines].join('\n'),
    data: { total_count: total, page, page_size: size, corrected_query: correctedQuery, datasets: list },
  };
}

export async function getDatasetInfo(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const found = await findVersion(asked.context, neededText(args, 'dataset_id'));
  const { dataset, version } = found;
  const { voice } = asked;
  const source = sourceOf(found, asked);
  const fields = fieldsOf(version);
  const theme = dataset.theme === null ? null : themeById(dataset.theme);
  const about = {
    id: dataset.id,
    title: dataset.title,
    description: dataset.description,
    organization: { slug: dataset.organization.slug, name: dataset.organization.name },
    theme: theme === null ? null : voice.of(theme.label),
    keywords: dataset.keywords,
    communes: dataset.communes,
    frequency: dataset.frequency,
    rows: version.rows,
    has_places: version.geometry !== null,
    contact: dataset.contact,
  };
  const text = [
    `${dataset.title} (${dataset.id})`,
    dataset.description,
    `${rowsIn(voice, version.rows)}.`,
    voice.say('mcp.columns'),
    ...fieldLines(fields),
    sourceLine(found, asked),
  ];
  return { text: text.filter((line) => line !== '').join('\n'), data: { source, dataset: about, fields } };
}

export async function listDatasetResources(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const found = await findVersion(asked.context, neededText(args, 'dataset_id'));
  const resources = resourcesOf(found, asked);
  const text = [
    asked.voice.say('mcp.resources', { title: found.dataset.title }),
    ...resources.map(({ id, title, url }) => `- ${id} — ${title} ${url}`),
    sourceLine(found, asked),
  ];
  return { text: text.join('\n'), data: { source: sourceOf(found, asked), resources } };
}

export async function getResourceInfo(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const id = neededText(args, 'resource_id');
  const { found, resource } = await findResource(asked, id);
  const fields = fieldsOf(found.version);
  const text = [
    `${resource.id} — ${resource.title} ${resource.url}`,
    asked.voice.say('mcp.columns'),
    ...fieldLines(fields),
    sourceLine(found, asked),
  ];
  return { text: text.join('\n'), data: { source: sourceOf(found, asked), resource, fields } };
}

export async function getMetrics(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const { context, voice } = asked;
  const id = optionalText(args, 'dataset_id') ?? readResourceId(neededText(args, 'resource_id')).dataset;
  const limit = wholeNumber(args, 'limit', { otherwise: toolLimits.versions, min: 1, max: 100 });
  const found = await findVersion(context, id);
  const all = await getVersions(context, id);
  const versions = all.slice(0, limit).map(({ number, createdAt, rows, fields, parquetBytes, file }) => ({
    version: number,
    created_at: createdAt.toISOString(),
    rows,
    columns: fields.length,
    original_bytes: file.bytes,
    parquet_bytes: parquetBytes,
  }));
  const { dataset, version } = found;
  const text = [
    voice.say('mcp.metrics', {
      title: dataset.title,
      rows: rowsIn(voice, version.rows),
      columns: voice.number(version.fields.length),
    }),
    ...versions.map(
      (one) =>
        `- ${voice.say('mcp.metrics.version', {
          number: one.version,
          date: voice.date(new Date(one.created_at)),
          rows: rowsIn(voice, one.rows),
        })}`,
    ),
    voice.say('mcp.metrics.visits'),
    sourceLine(found, asked),
  ];
  const metrics = { rows: version.rows, columns: version.fields.length, versions: all.length };
  return { text: text.join('\n'), data: { source: sourceOf(found, asked), metrics, versions } };
}

/** The dataset and the file that a resource's identifier names. @throws TerroirError mcp.resourceUnknown, dataset.* */
export async function findResource(asked: Asked, id: string) {
  const { dataset, format } = readResourceId(id);
  const found = await findVersion(asked.context, dataset);
  const resources = resourcesOf(found, asked);
  const resource = format === null ? resources[0] : resources.find((one) => one.id === `${found.dataset.id}.${format}`);
  if (resource === undefined)
    throw new TerroirError('mcp.resourceUnknown', {
      id: id.slice(0, 200),
      known: resources.map((one) => one.id).join(', '),
    });
  return { found, resource };
}

function resourcesOf({ dataset, version }: ReadableVersion, { voice, publicUrl }: Asked) {
  const places =
    version.geometry !== null || version.fields.some(({ type }) => type === 'geopoint' || type === 'geojson');
  const files = formatsFor({ places }).map((format) => ({
    id: `${dataset.id}.${format}`,
    title: voice.say('mcp.resource.export', { format }),
    format,
    mime: factsOf(format).media,
    url: publicUrl + urls.export(dataset.id, format),
    bytes: null as number | null,
    queryable: true,
  }));
  const original = {
    id: `${dataset.id}.original`,
    title: voice.say('mcp.resource.original'),
    format: version.file.format,
    mime: null,
    url: publicUrl + urls.original(dataset.id),
    bytes: version.file.bytes,
    queryable: true,
  };
  return [...files, original];
}

/** Where the data comes from, under which licence, of what date: goes with every answer about it. */
export function sourceOf({ dataset, version }: ReadableVersion, { voice, publicUrl }: Asked) {
  const url = publicUrl + urls.dataset(dataset.id);
  const licence = licenceOf(dataset, voice);
  return {
    producer: dataset.organization.name,
    title: dataset.title,
    url,
    licence,
    version: version.number,
    updated_at: version.createdAt.toISOString(),
    demonstration: dataset.demo,
    citation: voice.say('dataset.citation.text', {
      producer: dataset.organization.name,
      title: dataset.title,
      date: voice.date(version.createdAt),
      licence: licence.name,
      url,
    }),
  };
}

export function sourceLine(found: ReadableVersion, asked: Asked): string {
  const demo = found.dataset.demo ? ` (${asked.voice.say('demo.badge')})` : '';
  return asked.voice.say('mcp.source', { citation: sourceOf(found, asked).citation }) + demo;
}

export function rowsIn(voice: Voice, rows: number): string {
  return voice.count('mcp.rows.one', 'mcp.rows.many', rows);
}

function licenceOf({ licence: id }: Pick<Dataset, 'licence'>, voice: Voice) {
  const licence = licenceById(id);
  return { id, name: licence === null ? id : voice.of(licence.title), url: licence?.url ?? '' };
}

function fieldsOf({ fields, profiles, geometry }: Version) {
  const listed = fields.map(({ name, title, type, role }) => {
    const profile = profiles.find((one) => one.name === name);
    return {
      name,
      title,
      type: type as string,
      role: role as string | null,
      filled_share: profile?.filledShare ?? null,
      distinct: profile?.distinct ?? null,
      min: profile?.min ?? null,
      max: profile?.max ?? null,
      examples: profile?.top.slice(0, 5).map(({ value }) => value) ?? [],
    };
  });
  const places = geometry !== null && !fields.some(({ name }) => name === 'geo_point_2d');
  const made = {
    title: 'geo_point_2d',
    role: null,
    filled_share: null,
    distinct: null,
    min: null,
    max: null,
    examples: [],
  };
  return places ? [...listed, { name: 'geo_point_2d', type: 'geopoint', ...made }] : listed;
}

function fieldLines(fields: ReturnType<typeof fieldsOf>): readonly string[] {
  return fields.map(({ name, title, type, examples }) => {
    const shown = examples.slice(0, 3).map((text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text));
    return `- ${name} (${type})${title === name ? '' : ` — ${title}`}${shown.length === 0 ? '' : `: ${shown.join(', ')}`}`;
  });
}
