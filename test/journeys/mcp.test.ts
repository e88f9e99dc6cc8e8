// The portal in a chat client: the official client of the Model Context Protocol lists the tools and calls each of them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
let client: Client;

const rows = [
  'commune;nature;montant;année',
  'Tours;Sport;1200;2023',
  'Tours;Culture;800;2024',
  'Joué-lès-Tours;Sport;450,5;2024',
  'Luynes;"Sport ""nature""";300;2022',
];

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  await portal.cli('organization', 'add', 'departement', '--name', 'Département d’Indre-et-Loire');
  const deposit = async (id: string, title: string, ...more: string[]) => {
    const path = join(portal.home, `${id}.csv`);
    await writeFile(path, `${rows.join('\n')}\n`);
    const answer = await portal.cli(
      ...['deposit', path, '--organization', 'ville-de-tours', '--title', title, '--id', id, ...more],
    );
    expect(answer.code, answer.stderr).toBe(0);
  };
  await deposit('subventions', 'Subventions aux associations', '--publish');
  await deposit('brouillon', 'Subventions à relire');
  client = new Client({ name: 'journey', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', portal.url)));
}, 120_000);
afterAll(async () => {
  await client?.close();
  await portal?.close();
});

type Answer = { readonly text: string; readonly data: Readonly<Record<string, unknown>>; readonly isError: boolean };

const called = new Set<string>();

async function call(name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  called.add(name);
  const { content, structuredContent, isError } = (await client.callTool({ name, arguments: args })) as unknown as {
    content: readonly { readonly type: string; readonly text: string }[];
    structuredContent?: Record<string, unknown>;
    isError?: boolean;
  };
  return { text: content[0]?.text ?? '', data: structuredContent ?? {}, isError: isError === true };
}

const source = {
  producer: 'Ville de Tours',
  title: 'Subventions aux associations',
  version: 1,
  demonstration: false,
  licence: { id: 'lov2', url: expect.stringMatching(/^https:\/\//), name: expect.stringContaining('Licence Ouverte') },
  updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  url: expect.stringContaining('/datasets/subventions'),
  citation: expect.stringContaining('Ville de Tours'),
};

test('the client reads what the portal is, and eleven tools that only read', async () => {
  expect(client.getServerVersion()?.name).toBe('terroir');
  expect(client.getInstructions()).toContain('search_datasets');
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'search_datasets',
    'get_dataset_info',
    'list_dataset_resources',
    'get_resource_info',
    'query_resource_data',
    'query_dataset',
    'search_dataservices',
    'get_dataservice_info',
    'get_dataservice_openapi_spec',
    'get_metrics',
    'search_organizations',
  ]);
  for (const tool of tools) {
    expect(tool.annotations?.readOnlyHint, tool.name).toBe(true);
    expect(tool.description?.length, tool.name).toBeGreaterThan(30);
  }
  const info = tools.find(({ name }) => name === 'get_dataset_info');
  expect(info?.inputSchema.required).toEqual(['dataset_id']);
});

test('datasets are found by the words that people say to a chat; drafts are not', async () => {
  const { text, data } = await call('search_datasets', { query: 'jeu de données subventions csv', page_size: '5' });
  expect(data).toMatchObject({ total_count: 1, page: 1, page_size: 5, datasets: [{ id: 'subventions', rows: 4 }] });
  expect(text).toContain('Ville de Tours');
  expect(text).toContain('Licence Ouverte');
  expect((await call('search_datasets', {})).data).toMatchObject({ total_count: 1 });
  expect((await call('search_datasets', { query: 'baleines' })).data).toMatchObject({ total_count: 0, datasets: [] });
});

test('a dataset is described with its columns, its source and its files', async () => {
  const info = await call('get_dataset_info', { dataset_id: 'subventions' });
  expect(info.data).toMatchObject({ source, dataset: { id: 'subventions', rows: 4 } });
  expect((info.data['fields'] as readonly { name: string }[]).map(({ name }) => name)).toEqual([
    'commune',
    'nature',
    'montant',
    'annee',
  ]);
  expect(info.text).toMatch(/Source\s: Ville de Tours/);
  const files = await call('list_dataset_resources', { dataset_id: 'subventions' });
  const ids = (files.data['resources'] as readonly { id: string; url: string }[]).map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['subventions.csv', 'subventions.json', 'subventions.parquet', 'subventions.original']),
  );
  // No place, no map.
  expect(ids).not.toContain('subventions.geojson');
  const file = await call('get_resource_info', { resource_id: 'subventions.csv' });
  expect(file.data).toMatchObject({ source, resource: { format: 'csv', mime: expect.stringContaining('text/csv') } });
  const { url } = file.data['resource'] as { url: string };
  expect(await (await portal.get(new URL(url).pathname)).text()).toContain('Joué-lès-Tours');
});

test('rows are read page by page, filtered by one column, sorted by one', async () => {
  const rowsOf = async (args: Record<string, unknown>) =>
    (await call('query_resource_data', { resource_id: 'subventions', ...args })).data;
  expect(await rowsOf({ page_size: 3, page: 2 })).toMatchObject({
    source,
    total_count: 4,
    results: [{ commune: 'Luynes' }],
  });
  const filter = (filter_column: string, filter_value: unknown, filter_operator?: string) =>
    rowsOf({
      filter_column,
      filter_value,
      ...(filter_operator && { filter_operator }),
      sort_column: 'montant',
      sort_direction: 'desc',
    });
  const amounts = async (data: Promise<Readonly<Record<string, unknown>>>) =>
    ((await data)['results'] as readonly { montant: number }[]).map(({ montant }) => montant);
  expect(await amounts(filter('commune', 'Tours'))).toEqual([1200, 800]);
  expect(await amounts(filter('commune', 'tours', 'contains'))).toEqual([1200, 800, 450.5]);
  expect(await amounts(filter('montant', 450.5, 'less'))).toEqual([450.5, 300]);
  expect(await amounts(filter('montant', '450.5', 'strictly_greater'))).toEqual([1200, 800]);
  // The header of the file names the column too; a quote is only a quote.
  expect(await amounts(filter('Année', 2022))).toEqual([300]);
  expect(await amounts(filter('nature', 'Sport "nature"'))).toEqual([300]);
  expect(await amounts(filter('nature', '" or 1=1 or nature="'))).toEqual([]);
  const { text } = await call('query_resource_data', { resource_id: 'subventions.csv', page_size: 1 });
  expect(text).toContain('| commune | nature | montant | annee |');
  expect(text).toContain('page 2');
  expect(text).toContain('Licence Ouverte');
});

test('a dataset is asked in ODSQL', async () => {
  const { data, text } = await call('query_dataset', {
    dataset_id: 'subventions',
    select: 'commune, sum(montant) as total',
    where: 'annee >= 2023',
    group_by: 'commune',
    order_by: 'total desc',
  });
  expect(data).toMatchObject({
    source,
    total_count: 2,
    results: [
      { commune: 'Tours', total: 2000 },
      { commune: 'Joué-lès-Tours', total: 450.5 },
    ],
  });
  expect(text).toMatch(/Source\s: Ville de Tours/);
});

test('the interfaces, the figures and the producers are told', async () => {
  expect((await call('search_dataservices', { query: 'OGC' })).data).toMatchObject({ total_count: 1 });
  const service = await call('get_dataservice_info', { dataservice_id: 'explore-v2.1' });
  expect(service.data).toMatchObject({
    dataservice: { base_api_url: expect.stringMatching(/\/api\/explore\/v2\.1$/) },
  });
  const spec = await call('get_dataservice_openapi_spec', { dataservice_id: 'explore-v2.1' });
  expect(spec.data['operations']).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      path: '/api/explore/v2.1/catalog/datasets/{dataset_id}/records',
      parameters: expect.arrayContaining(['where', 'group_by', 'limit']),
    }),
  );
  const ogc = await call('get_dataservice_openapi_spec', { dataservice_id: 'ogc-api' });
  expect((ogc.data['operations'] as readonly unknown[]).length).toBeGreaterThan(5);
  const figures = await call('get_metrics', { dataset_id: 'subventions', limit: 3 });
  expect(figures.data).toMatchObject({
    source,
    metrics: { rows: 4, columns: 4, versions: 1 },
    versions: [{ version: 1, rows: 4 }],
  });
  const producers = await call('search_organizations', { query: 'tours', sort: '-datasets' });
  expect(producers.data).toMatchObject({ total_count: 1, organizations: [{ slug: 'ville-de-tours', datasets: 1 }] });
  expect((await call('search_organizations', { badge: 'commune' })).data).toMatchObject({ total_count: 1 });
});

test.each<[string, Record<string, unknown>, string]>([
  ['get_dataset_info', { dataset_id: 'brouillon' }, 'n’existe pas'],
  ['get_dataset_info', { dataset_id: 'absent' }, 'Le jeu de données « absent » n’existe pas.'],
  ['get_dataset_info', {}, 'L’argument dataset_id'],
  ['get_dataset_info', { dataset_id: ['subventions'] }, 'L’argument dataset_id'],
  ['get_resource_info', { resource_id: 'subventions.shp2' }, 'subventions.csv'],
  ['query_resource_data', { resource_id: 'subventions', page: 0 }, 'L’argument page'],
  ['query_resource_data', { resource_id: 'subventions', page: 100_000 }, 'page × page_size'],
  [
    'query_resource_data',
    { resource_id: 'subventions', filter_column: 'x`y', filter_value: '1' },
    'Le champ « x`y » n’existe pas.',
  ],
  ['query_resource_data', { resource_id: 'subventions', filter_column: 'montant' }, 'filter_value'],
  ['query_resource_data', { resource_id: 'subventions', filter_operator: 'like' }, 'strictly_less'],
  ['query_dataset', { dataset_id: 'subventions', where: 'montant >' }, 'caractère'],
  ['query_dataset', { dataset_id: 'subventions', sql: 'select 1' }, 'Arguments possibles : dataset_id, select, where'],
  ['query_dataset', { dataset_id: 'subventions', limit: 1000 }, '0 … 100'],
])('%s %j is refused in plain words', async (name, args, words) => {
  const { text, isError } = await call(name, args);
  expect(isError).toBe(true);
  expect(text).toContain(words);
});

test('every tool that the client lists was called', async () => {
  const { tools } = await client.listTools();
  expect(called).toEqual(new Set(tools.map(({ name }) => name)));
});

test('a tool that is not there is an error of the protocol', async () => {
  await expect(client.callTool({ name: 'delete_dataset', arguments: {} })).rejects.toThrow('Unknown tool');
});

const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${portal.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('no session, no stream; what is no message is refused, and the portal goes on', async () => {
  const answer = await post(message);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('mcp-session-id')).toBe(null);
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect((await post('{')).status).toBe(400);
  expect((await post({ hello: 1 })).status).toBe(400);
  expect((await post(Array.from({ length: 11 }, () => message))).status).toBe(400);
  expect((await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
  expect((await post(message, { accept: 'text/html' })).status).toBe(406);
  expect((await post(message, { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
  for (const method of ['GET', 'DELETE']) {
    const refused = await fetch(`${portal.url}/mcp`, {
      method,
      headers: { accept: 'text/event-stream, application/json' },
    });
    expect(refused.status, method).toBe(405);
    expect(refused.headers.get('allow')).toBe('POST');
  }
});

test('a browser asks for our own pages alone, whatever name it was made to believe', async () => {
  expect((await post(message, { origin: 'https://ailleurs.example' })).status).toBe(403);
  expect((await post(message, { origin: 'null' })).status).toBe(403);
  // DNS rebinding: the Host is what the page wanted, and so is the Origin.
  expect((await post(message, { origin: 'http://piege.example:3000', host: 'piege.example:3000' })).status).toBe(403);
});
