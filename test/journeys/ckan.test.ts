// Programs written for CKAN read the portal: their exact calls (ckanapi, ckanext-harvest, udata), on a catalogue of three datasets.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;

const trees = `essence;hauteur;plantation;remarquable;lat;lon
Platane;21.5;2001-03-04;oui;47.39;0.68
Tilleul;12;2010-11-20;non;47.40;0.69
Platane;8.25;2019-01-02;non;47.41;0.70
Cèdre;30;1899-05-06;oui;47.38;0.71
`;

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
  await portal.cli('organization', 'add', 'syndicat', '--name', 'Syndicat des eaux');
  const said = ['--description', 'Tous les arbres de la ville.', '--theme', 'ENVI', '--frequency', 'ANNUAL'];
  await deposit('arbres', 'ville', 'Arbres remarquables', trees, [
    ...said,
    '--keyword',
    'arbre',
    '--keyword',
    'nature',
    '--publish',
  ]);
  await deposit('eaux', 'syndicat', 'Qualité des eaux', 'point;ph\nLoire;7.2\n', ['--publish']);
  await deposit('brouillon', 'ville', 'Un brouillon', 'a;b\n1;2\n', []);
});
afterAll(() => portal?.close());

async function deposit(id: string, organization: string, title: string, content: string, more: readonly string[]) {
  const path = join(portal.home, `${id}.csv`);
  await writeFile(path, content);
  const answer = await portal.cli(
    'deposit',
    path,
    '--organization',
    organization,
    '--title',
    title,
    '--id',
    id,
    ...more,
  );
  expect(answer.code, answer.stderr).toBe(0);
}

type Envelope = { help: string; success: boolean; result: never; error: Record<string, unknown> };

async function get(path: string, status = 200): Promise<Envelope> {
  const answer = await portal.get(path);
  expect(answer.status, path).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return (await answer.json()) as Envelope;
}

/** As ckanapi asks: JSON to api/action/{name}, no redirection followed. */
async function post(name: string, given: unknown, status = 200): Promise<Envelope> {
  const answer = await fetch(`${portal.url}/api/action/${name}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', 'user-agent': 'ckanapi/4.8 (+https://github.com/ckan/ckanapi)' },
    body: JSON.stringify(given),
  });
  expect(answer.status, name).toBe(status);
  return (await answer.json()) as Envelope;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the envelope, by GET and by POST, with and without a slash', async () => {
  const answer = await get('/api/3/action/package_list');
  expect(answer).toEqual({
    help: expect.stringMatching(/\/api\/3\/action\/help_show\?name=package_list$/),
    success: true,
    result: ['arbres', 'eaux'],
  });
  expect((await get('/api/action/package_list/')).result).toEqual(['arbres', 'eaux']);
  expect((await post('package_list', {})).result).toEqual(['arbres', 'eaux']);
  expect((await get('/api/3/action/package_list?limit=1&offset=1')).result).toEqual(['eaux']);
  expect((await get('/api/3/action/site_read')).result).toBe(true);
  expect((await get('/api/3/action/status_show')).result).toMatchObject({
    site_url: expect.stringContaining('http'),
    locale_default: 'fr',
    extensions: ['datastore'],
    error_emails_to: null,
  });
  expect((await get('/api/3/action/help_show?name=package_show')).result).toContain(':param id:');
  expect(await (await portal.get('/api/3')).json()).toEqual({ version: 3 });
});

test('a package has the keys and types of CKAN', async () => {
  const { result } = await get('/api/3/action/package_show?id=arbres');
  expect(result).toMatchObject({
    name: 'arbres',
    title: 'Arbres remarquables',
    notes: 'Tous les arbres de la ville.',
    license_id: 'lov2',
    isopen: true,
    private: false,
    state: 'active',
    type: 'dataset',
    num_tags: 2,
    organization: { name: 'ville', title: 'Ville d’essai', is_organization: true, approval_status: 'approved' },
    groups: [{ name: 'envi', title: 'Environnement' }],
    tags: [
      { name: 'arbre', state: 'active', vocabulary_id: null },
      { name: 'nature', display_name: 'nature' },
    ],
    relationships_as_object: [],
  });
  const one = result as Readonly<Record<string, unknown>>;
  expect(one['id']).toMatch(uuid);
  expect(one['metadata_modified']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  const extras = Object.fromEntries((one['extras'] as { key: string; value: string }[]).map((e) => [e.key, e.value]));
  expect(extras['frequency']).toBe('annual');
  expect(JSON.parse(extras['spatial'] ?? '')).toMatchObject({ type: 'Polygon' });
  // Every resource is a file that can be fetched, and each has what harvesters keep.
  const resources = one['resources'] as Record<string, string>[];
  expect(resources.map(({ format }) => format)).toEqual(expect.arrayContaining(['CSV', 'JSON', 'Parquet']));
  expect(one['num_resources']).toBe(resources.length);
  for (const resource of resources) {
    expect(resource).toMatchObject({ id: expect.stringMatching(uuid), package_id: one['id'], resource_type: 'file' });
    const file = await fetch(`${portal.url}${new URL(resource['url'] ?? '').pathname}`);
    expect(file.status, resource['url']).toBe(200);
    await file.arrayBuffer();
  }
  expect(resources.map((r) => r['datastore_active'])).toEqual([true, ...resources.slice(1).map(() => false)]);
  expect((await post('package_show', { id: one['id'] })).result).toEqual(result);
  expect((await get(`/api/3/action/resource_show?id=${resources[0]?.['id']}`)).result).toEqual(resources[0]);
});

test('errors are those that ckanapi knows', async () => {
  const unknown = await get('/api/3/action/package_show?id=nulle-part', 404);
  expect(unknown).toMatchObject({ success: false, error: { __type: 'Not Found Error' } });
  expect(unknown.error['message']).toMatch(/^Not found/);
  expect((await get('/api/3/action/package_show', 409)).error).toEqual({
    __type: 'Validation Error',
    id: ['Missing value'],
  });
  expect((await post('package_search', { rows: -1 }, 409)).error).toEqual({
    __type: 'Validation Error',
    rows: ['Must be a natural number'],
  });
  expect((await get('/api/3/action/package_search?rows=dix', 409)).error).toMatchObject({ rows: ['Invalid integer'] });
  expect((await get('/api/3/action/package_search?sort=couleur', 400)).error).toMatchObject({
    __type: 'Search Query Error',
  });
  expect((await get('/api/3/action/package_search?couleur=1', 400)).error).toMatchObject({
    __type: 'Search Query Error',
    message: expect.stringContaining("['couleur']"),
  });
  expect(await get('/api/3/action/datastore_search_sql?sql=select%201', 400)).toBe(
    'Bad request - Action name not known: datastore_search_sql',
  );
  expect(await post('package_create', { name: 'x' }, 400)).toBe('Bad request - Action name not known: package_create');
  for (const name of ['__proto__', 'constructor', 'toString']) await get(`/api/3/action/${name}`, 400);
  const broken = await fetch(`${portal.url}/api/3/action/package_show`, { method: 'POST', body: '{"id":' });
  expect(broken.status).toBe(400);
  const list = await fetch(`${portal.url}/api/3/action/package_show`, { method: 'POST', body: '["arbres"]' });
  expect(list.status).toBe(400);
});

test('a draft is unknown, whatever it is asked by', async () => {
  await get('/api/3/action/package_show?id=brouillon', 404);
  await get('/api/3/action/datastore_search?resource_id=brouillon', 404);
  await get('/api/3/action/datastore_info?id=brouillon', 404);
  for (const path of [
    'package_search?q=brouillon',
    'package_search?fq=state:draft&include_drafts=true&include_private=true',
    'current_package_list_with_resources',
    'recently_changed_packages_activity_list',
    'organization_show?id=ville&include_datasets=true',
  ])
    expect(JSON.stringify(await get(`/api/3/action/${path}`))).not.toContain('brouillon"');
});

const search = async (query: string) =>
  (await get(`/api/3/action/package_search?${query}`)).result as {
    count: number;
    results: { name: string; id: string }[];
    facets: Record<string, Record<string, number>>;
    search_facets: Record<string, unknown>;
    sort: string;
  };
const names = async (query: string) => (await search(query)).results.map(({ name }) => name);

test('package_search: words, fields, ranges, sort, pages', async () => {
  expect(await search('')).toMatchObject({ count: 2, sort: 'score desc, metadata_modified desc', facets: {} });
  expect(await names('q=arbre')).toEqual(['arbres']);
  expect(await names('q=*:*&sort=name+desc')).toEqual(['eaux', 'arbres']);
  expect(await names('q=title:%22qualite+des+eaux%22')).toEqual(['eaux']);
  expect(await names('q=arbre+eaux')).toEqual([]);
  expect(await names('q=arbre+OR+eaux&sort=name+asc')).toEqual(['arbres', 'eaux']);
  expect(await names('q=arb*')).toEqual(['arbres']);
  expect(await names('fq=tags:nature')).toEqual(['arbres']);
  expect(await names('fq=-organization:ville')).toEqual(['eaux']);
  expect(await names('fq=organization:(ville+OR+syndicat)+AND+NOT+groups:envi')).toEqual(['eaux']);
  expect(await names('fq=res_format:Parquet&rows=1&start=1&sort=name+asc')).toEqual(['eaux']);
  expect(await names('fq=metadata_modified:[NOW-1DAY+TO+NOW%2B1DAY]&sort=name+asc')).toEqual(['arbres', 'eaux']);
  expect(await names('fq=metadata_modified:[*+TO+2001-01-01T00:00:00Z]')).toEqual([]);
  expect(await names('fq_list=["groups:envi","tags:arbre"]')).toEqual(['arbres']);
  expect(await names('rows=0')).toEqual([]);
  // What people type is not a query language.
  expect(await names('q=arbres+(remarquables')).toEqual(['arbres']);
  await get('/api/3/action/package_search?fq=metadata_modified:[hier+TO+*]', 400);
  await get('/api/3/action/package_search?fq=(((', 400);
});

test('facets count what searching for their values finds', async () => {
  const fields = ['organization', 'groups', 'tags', 'res_format', 'license_id'];
  const { facets, search_facets } = await search(`rows=0&facet.field=${JSON.stringify(fields)}&facet.limit=-1`);
  expect(facets).toMatchObject({
    organization: { ville: 1, syndicat: 1 },
    groups: { envi: 1 },
    tags: { arbre: 1, nature: 1 },
    license_id: { lov2: 2 },
  });
  expect(search_facets['organization']).toEqual({
    title: 'organization',
    items: [
      { name: 'syndicat', display_name: 'Syndicat des eaux', count: 1 },
      { name: 'ville', display_name: 'Ville d’essai', count: 1 },
    ],
  });
  for (const [field, values] of Object.entries(facets))
    for (const [value, count] of Object.entries(values))
      expect((await search(`rows=0&fq=${field}:"${value}"`)).count, `${field}:${value}`).toBe(count);
});

test('ckanext-harvest: pages by id until an empty one, then what changed since', async () => {
  const found: string[] = [];
  for (let start = 0; ; start += 100) {
    const page = await names(`rows=100&start=${start}&sort=id+asc`);
    if (page.length === 0) break;
    found.push(...page);
  }
  expect(found.toSorted()).toEqual(['arbres', 'eaux']);
  const { results } = await search('rows=100&sort=id+asc');
  expect(results.map(({ id }) => id)).toEqual(results.map(({ id }) => id).toSorted());
  const since = new Date(Date.now() - 3_600_000).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
  const changed = encodeURIComponent(`metadata_modified:[${since} TO *]`);
  expect(await names(`rows=100&start=0&sort=id+asc&fq=organization:ville+${changed}`)).toEqual(['arbres']);
  // Several organizations: the window narrows them all.
  const both = 'organization%3Aville+OR+organization%3Aailleurs';
  expect(await names(`rows=100&start=0&sort=id+asc&fq=${both}+${changed}`)).toEqual(['arbres']);
  expect(await names(`rows=100&start=0&sort=id+asc&fq=-organization%3Aville+${changed}`)).toEqual(['eaux']);
  expect((await get('/api/3/action/organization_show?id=ville')).result).toMatchObject({ name: 'ville', users: [] });
  expect((await get('/api/3/action/group_show?id=envi')).result).toMatchObject({ name: 'envi', package_count: 1 });
});

test('ckanapi dump: names, then each of them; a call of it posts, with the key in CKAN’s own header', async () => {
  for (const thing of ['package', 'organization', 'group']) {
    const { result } = await post(`${thing}_list`, {});
    expect((result as string[]).length).toBeGreaterThan(1);
    for (const id of result as string[]) {
      const one = (await post(`${thing}_show`, { id, include_datasets: false })).result as Record<string, unknown>;
      expect(one['name']).toBe(id);
      expect(Object.hasOwn(one, 'packages')).toBe(false);
    }
  }
  expect((await post('organization_list', {})).result).toEqual(['syndicat', 'ville']);
  const [first] = (await post('organization_list', { all_fields: true, sort: 'package_count desc' }))
    .result as object[];
  expect(first).toMatchObject({ name: 'syndicat', display_name: 'Syndicat des eaux', package_count: 1 });
  expect((await post('tag_list', { query: 'NAT' })).result).toEqual(['nature']);
  const licences = (await post('license_list', {})).result as { id: string }[];
  expect(licences.map(({ id }) => id)).toEqual(expect.arrayContaining(['lov2', 'odc-odbl']));
  const listed = (await post('current_package_list_with_resources', { limit: 1, offset: 1 })).result as object[];
  expect(listed).toHaveLength(1);
});

test('a script of another page gets a call of its function; no other function is called', async () => {
  const answer = await portal.get('/api/3/action/package_list?callback=montrer');
  expect(answer.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.text()).toMatch(/^montrer\(\{"help":.*"result":\["arbres","eaux"\]\}\);$/);
  const odd = await portal.get(`/api/3/action/package_list?callback=${encodeURIComponent('alert(1)//')}`);
  expect(odd.headers.get('content-type')).toBe('application/json; charset=utf-8');
});

type Data = {
  records: Record<string, unknown>[];
  fields: { id: string; type: string }[];
  total: number;
  limit: number;
  _links: { start: string; next: string };
};
const rows = async (given: Record<string, unknown>) =>
  (await post('datastore_search', { resource_id: 'arbres', ...given })).result as Data;
const ids = async (given: Record<string, unknown>) => (await rows(given)).records.map((record) => record['_id']);

test('datastore_search: columns, filters, words, order, pages', async () => {
  const all = await rows({});
  expect(all).toMatchObject({ total: 4, limit: 100 });
  expect(all.fields.slice(0, 5)).toEqual([
    { id: '_id', type: 'int' },
    { id: 'essence', type: 'text' },
    { id: 'hauteur', type: 'numeric' },
    { id: 'plantation', type: 'date' },
    { id: 'remarquable', type: 'bool' },
  ]);
  expect(all.records[1]).toMatchObject({
    _id: 2,
    essence: 'Tilleul',
    hauteur: 12,
    plantation: '2010-11-20',
    remarquable: false,
  });
  expect(await ids({ filters: { essence: 'Platane' } })).toEqual([1, 3]);
  expect(await ids({ filters: JSON.stringify({ essence: ['Platane', 'Cèdre'], remarquable: true }) })).toEqual([1, 4]);
  expect(await ids({ filters: { hauteur: '8.25' } })).toEqual([3]);
  expect(await ids({ filters: { plantation: '1899-05-06' } })).toEqual([4]);
  expect(await ids({ filters: { _id: [4, 2, 99] } })).toEqual([2, 4]);
  expect(await ids({ q: 'cedre' })).toEqual([4]);
  expect(await ids({ q: { essence: 'platane' } })).toEqual([1, 3]);
  expect(await ids({ q: 'til:*', plain: false })).toEqual([2]);
  expect(await ids({ sort: 'hauteur desc' })).toEqual([4, 1, 2, 3]);
  expect(await ids({ sort: 'essence asc, hauteur desc' })).toEqual([4, 1, 3, 2]);
  expect(await ids({ sort: '_id desc', limit: 2, offset: 1 })).toEqual([3, 2]);
  expect(await ids({ limit: 1, offset: 2 })).toEqual([3]);
  // Many are read at once: the same rows in the same order.
  expect(await ids({ limit: 32_000, sort: 'hauteur desc' })).toEqual([4, 1, 2, 3]);
  expect(await ids({ limit: 1000, filters: { essence: 'Platane' } })).toEqual([1, 3]);
  expect(await rows({ limit: 0 })).toMatchObject({ records: [], total: 4 });
  expect((await rows({ limit: 1_000_000 })).limit).toBe(32_000);
  const page = await rows({ limit: 3 });
  const next = (await get(page._links.next)).result as Data;
  expect(next.records.map((record) => record['_id'])).toEqual([4]);
  const none = (await rows({ include_total: false })) as Partial<Data>;
  expect(none.total).toBe(undefined);
});

test('datastore_search: fields, distinct rows, other forms, by GET', async () => {
  expect((await rows({ fields: 'essence', limit: 1 })).records).toEqual([{ essence: 'Platane' }]);
  const distinct = await rows({ fields: ['essence'], distinct: true, sort: 'essence' });
  expect(distinct.records.map((record) => record['essence'])).toEqual(['Cèdre', 'Platane', 'Tilleul']);
  expect(distinct.total).toBe(3);
  const path = `/api/3/action/datastore_search?resource_id=arbres&limit=2&fields=_id,essence&filters=${encodeURIComponent('{"remarquable": true}')}`;
  expect(((await get(path)).result as Data).records).toEqual([
    { _id: 1, essence: 'Platane' },
    { _id: 4, essence: 'Cèdre' },
  ]);
  expect((await rows({ fields: '_id,essence', records_format: 'lists', limit: 1 })).records).toEqual([[1, 'Platane']]);
  expect((await rows({ fields: '_id,essence', records_format: 'csv', limit: 2 })).records).toBe(
    '1,Platane\n2,Tilleul\n',
  );
  const info = (await post('datastore_info', { id: 'arbres' })).result as { meta: object; fields: object[] };
  expect(info.meta).toMatchObject({ count: 4, table_type: 'BASE TABLE' });
  expect(info.fields[0]).toMatchObject({ id: 'essence', type: 'text', info: { label: 'essence' } });
  const { result } = await get('/api/3/action/package_show?id=arbres');
  const [first] = (result as { resources: { id: string }[] }).resources;
  expect((await post('datastore_search', { resource_id: first?.id, limit: 0 })).result).toMatchObject({ total: 4 });
});

test.each([
  [{}, 'resource_id'],
  [{ resource_id: 'arbres', filters: { couleur: 'vert' } }, 'filters'],
  [{ resource_id: 'arbres', filters: '{' }, 'filters'],
  [{ resource_id: 'arbres', filters: { hauteur: 'haut' } }, 'filters'],
  [{ resource_id: 'arbres', filters: { geo_point_2d: 1 } }, 'filters'],
  [{ resource_id: 'arbres', filters: { essence: {} } }, 'filters'],
  [{ resource_id: 'arbres', sort: 'couleur desc' }, 'sort'],
  [{ resource_id: 'arbres', sort: "essence; drop table x; --'" }, 'sort'],
  [{ resource_id: 'arbres', fields: 'couleur' }, 'fields'],
  [{ resource_id: 'arbres', limit: -5 }, 'limit'],
  [{ resource_id: 'arbres', offset: 'x' }, 'offset'],
  [{ resource_id: 'arbres', records_format: 'xml' }, 'records_format'],
  [{ resource_id: 'arbres', q: '!(a|b)', plain: false }, 'q'],
])('datastore_search refuses %j', async (given, field) => {
  const { error } = await post('datastore_search', given, 409);
  expect(error['__type']).toBe('Validation Error');
  expect(Object.keys(error)).toContain(field);
});

test('/datastore/dump: all the rows as a file, in the forms of the DataStore', async () => {
  const { resources } = (await get('/api/3/action/package_show?id=arbres')).result as {
    resources: { id: string; datastore_active: boolean }[];
  };
  const id = resources.find(({ datastore_active }) => datastore_active)?.id ?? '';
  const file = await portal.get(`/datastore/dump/${id}?fields=_id,essence,hauteur`);
  expect(file.status).toBe(200);
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(file.headers.get('content-disposition')).toContain('attachment; filename=');
  expect(await file.text()).toBe('_id,essence,hauteur\n1,Platane,21.5\n2,Tilleul,12\n3,Platane,8.25\n4,Cèdre,30\n');
  const asked = async (query: string) => (await portal.get(`/datastore/dump/arbres?${query}`)).text();
  expect(await asked('format=tsv&fields=essence&sort=hauteur%20desc&limit=2')).toBe('essence\nCèdre\nPlatane\n');
  expect(await asked('fields=_id&sort=_id%20desc')).toBe('_id\n4\n3\n2\n1\n');
  expect(await asked('fields=essence&distinct=true&sort=essence')).toBe('essence\nCèdre\nPlatane\nTilleul\n');
  const marked = await (await portal.get('/datastore/dump/arbres?fields=_id&offset=3&bom=true')).arrayBuffer();
  expect(Buffer.from(marked).toString('hex')).toBe(`efbbbf${Buffer.from('_id\n4\n').toString('hex')}`);
  expect(
    JSON.parse(await asked(`format=json&fields=_id,essence&filters=${encodeURIComponent('{"essence":"Platane"}')}`)),
  ).toEqual({
    fields: [
      { id: '_id', type: 'int' },
      { id: 'essence', type: 'text' },
    ],
    records: [
      [1, 'Platane'],
      [3, 'Platane'],
    ],
  });
  expect(JSON.parse(await asked('format=json&q=absent')).records).toEqual([]);
  expect(await asked('format=xml&fields=_id,essence&limit=1')).toContain(
    '<row _id="1"><value name="essence">Platane</value></row>',
  );
  await get('/datastore/dump/absent', 404);
  await get('/datastore/dump/brouillon', 404);
  await get('/datastore/dump/arbres?format=exe', 409);
});

test('a key of another portal is that of nobody', async () => {
  const answer = await fetch(`${portal.url}/api/action/package_list`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'a-key-of-ckan', 'x-ckan-api-key': 'a-key-of-ckan' },
    body: '{}',
  });
  expect(answer.status).toBe(200);
});

test('texts made to be slow are refused soon', async () => {
  const most = 50_000;
  await post('datastore_search', { resource_id: 'arbres', sort: ','.repeat(most) });
  await post('datastore_search', { resource_id: 'arbres', sort: `a${' '.repeat(most)}b` }, 409);
  await post('datastore_search', { resource_id: 'arbres', fields: '"'.repeat(20_000) }, 409);
  await post('package_search', { fq: `name:[${' '.repeat(9000)}x]` }, 400);
  await post('package_search', { fq: 'arbre '.repeat(1600) }, 400);
  await post('package_search', { q: `${'*a'.repeat(2000)}` });
});

test('quotes and backslashes are looked for, never run', async () => {
  for (const word of ['\u0000', "l'eau", '\\', "\\'", '`essence`', "' or 1=1 --", '"', '%', '*'])
    expect(await ids({ filters: { essence: word } }), word).toEqual([]);
  for (const q of ["' or '1'='1", '\\', '"']) expect(Array.isArray(await ids({ q })), q).toBe(true);
});
