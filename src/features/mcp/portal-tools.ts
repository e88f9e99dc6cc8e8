// The tools about the portal itself: its interfaces, the organizations that publish there.
import { TerroirError } from '../../lib/errors.ts';
import { foldText } from '../../lib/text.ts';
import { ogcUrls } from '../../web/ogc-urls.ts';
import { urls } from '../../web/urls.ts';
import { listOrganizations } from '../catalog/service.ts';
import { type Asked, pageOf } from './dataset-tools.ts';
import { type Arguments, neededText, oneOf, optionalText } from './rules.ts';
import type { ToolAnswer } from './schemas.ts';

/** Reads the OpenAPI document that one of our own addresses answers. */
export type ReadDocument = (path: string) => Promise<unknown>;

const services = [
  { id: 'explore-v2.1', path: '/api/explore/v2.1', openapi: urls.openapi(), sentence: 'mcp.service.explore' },
  { id: 'ogc-api', path: ogcUrls.home(), openapi: ogcUrls.api(), sentence: 'mcp.service.ogc' },
] as const;

type Service = (typeof services)[number];

function describe({ id, path, openapi, sentence }: Service, { voice, publicUrl }: Asked) {
  return {
    id,
    title: voice.say(sentence),
    base_api_url: publicUrl + path,
    machine_documentation_url: publicUrl + openapi,
    documentation_url: publicUrl + urls.api(),
  };
}

function lineOf(service: ReturnType<typeof describe>): string {
  return `- ${service.id} — ${service.title} ${service.base_api_url} (OpenAPI ${service.machine_documentation_url})`;
}

export async function searchDataservices(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const words = wordsOf(optionalText(args, 'query'));
  pageOf(args);
  const described = services.map((service) => describe(service, asked));
  const matching = described.filter(({ id, title }) => words.some((word) => foldText(`${id} ${title}`).includes(word)));
  // There are few: whoever finds none by these words is better served with all.
  const list = matching.length === 0 ? described : matching;
  const text = [asked.voice.say('mcp.services'), ...list.map(lineOf)].join('\n');
  return { text, data: { total_count: list.length, dataservices: list } };
}

export async function getDataserviceInfo(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const dataservice = describe(serviceOf(args), asked);
  return { text: lineOf(dataservice), data: { dataservice } };
}

export async function getDataserviceOpenapi(asked: Asked, args: Arguments, read: ReadDocument): Promise<ToolAnswer> {
  const service = serviceOf(args);
  const operations = operationsOf(await read(service.openapi), service.path);
  const dataservice = describe(service, asked);
  const lines = operations.map(
    ({ method, path, summary, parameters }) =>
      `- ${method} ${path}${summary === '' ? '' : ` — ${summary}`}${parameters.length === 0 ? '' : ` (${parameters.join(', ')})`}`,
  );
  const text = [asked.voice.say('mcp.operations', { base: dataservice.base_api_url }), ...lines, lineOf(dataservice)];
  return { text: text.join('\n'), data: { dataservice, operations } };
}

function serviceOf(args: Arguments): Service {
  const id = neededText(args, 'dataservice_id');
  const service = services.find((one) => one.id === id);
  if (service !== undefined) return service;
  throw new TerroirError('mcp.argument', {
    name: 'dataservice_id',
    value: id.slice(0, 100),
    expected: services.map((one) => one.id).join(', '),
  });
}

type Operation = {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly string[];
};

/** The operations of an OpenAPI document whose addresses begin with `base`, or all when it has addresses of its own. */
function operationsOf(document: unknown, base: string): readonly Operation[] {
  const all = entries(read(document, 'paths')).flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => ['get', 'post'].includes(method))
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        summary: text(read(operation, 'summary')),
        parameters: list(read(operation, 'parameters'))
          .map((parameter) => text(read(parameter, 'name')))
          .filter((name) => name !== ''),
      })),
  );
  const own = all.filter(({ path }) => path.startsWith(base));
  return own.length === 0 ? all : own;
}

const read = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
const entries = (value: unknown): readonly [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export async function searchOrganizations(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const { context, voice, publicUrl } = asked;
  const words = [...wordsOf(optionalText(args, 'query')), ...wordsOf(optionalText(args, 'name'))];
  const number = optionalText(args, 'business_number_id')?.replace(/\s/g, '') ?? null;
  const badge = optionalText(args, 'badge')?.toLowerCase() ?? null;
  const sort = oneOf(args, 'sort', ['name', '-name', 'datasets', '-datasets'], 'name');
  const { page, size } = pageOf(args);
  const found = (await listOrganizations(context)).filter(
    ({ name, slug, kind, siren, siret }) =>
      words.every((word) => foldText(`${name} ${slug}`).includes(word)) &&
      (badge === null || kind === badge) &&
      (number === null || number === siret || number === siren),
  );
  const ordered = sort.endsWith('datasets') ? found.toSorted((a, b) => a.datasets - b.datasets) : found;
  const sorted = sort.startsWith('-') ? ordered.toReversed() : ordered;
  const organizations = sorted.slice((page - 1) * size, page * size).map((one) => ({
    slug: one.slug,
    name: one.name,
    badge: one.kind,
    siret: one.siret,
    siren: one.siren,
    insee: one.insee,
    datasets: one.datasets,
    url: publicUrl + urls.organization(one.slug),
  }));
  const lines = organizations.map(
    ({ name, slug, datasets, url }) =>
      `- ${voice.say('mcp.organization', { name, slug, datasets: voice.datasets(datasets) })} ${url}`,
  );
  const count = voice.count('mcp.organizations.one', 'mcp.organizations.many', found.length);
  return {
    text: [voice.say('mcp.all', { count, page }), ...lines].join('\n'),
    data: { total_count: found.length, page, organizations },
  };
}

function wordsOf(query: string | null): readonly string[] {
  return (query ?? '')
    .split(/\s+/)
    .map((word) => foldText(word))
    .filter((word) => word !== '');
}
