// The reuses of the portal in place go on: Opendatasoft's npm client unchanged, the requests of its widgets, the old addresses.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient, fromCatalog, Query } from '@opendatasoft/api-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipOf } from '../zip.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
const green = 'espaces-verts-tours-metropole-val-de-loire';
const bus = 'horaires-temps-reel-gtfsrt-reseau-filbleu-tmvl';
const timetable = zipOf([
  [
    'stops.txt',
    'stop_id,stop_name,stop_lat,stop_lon\nJJ,Jean Jaurès,47.3900,0.6887\nGA,Gare de Tours,47.3898,0.6935\n',
  ],
  ['agency.txt', 'agency_id,agency_name\nFB,Fil Bleu\n'],
]);

const parks = [
  'Commune;Libellé;Aire en m²;Ouverture;Latitude;Longitude',
  'Tours;Jardin des Prébendes;50000;2024-03-01;47.3810;0.6850',
  'Tours;Parc Mirabeau;20000;2024-05-02;47.3950;0.6990',
  'Joué-lès-Tours;Parc de la Rabière;125000;2023-04-15;47.3480;0.6640',
  'Saint-Avertin;Parc de Cangé;90000;2022-01-20;47.3640;0.7330',
];

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'metropole', '--name', 'Tours Métropole Val de Loire');
  await deposit(green, 'Espaces verts', 'espaces-verts.csv', `${parks.join('\n')}\n`, '--theme', 'ENVI', '--publish');
  await deposit(bus, 'Horaires Fil Bleu', 'filbleu_gtfs.zip', timetable, '--theme', 'TRAN', '--publish');
  await deposit('brouillon', 'Un brouillon', 'brouillon.csv', 'Nom;Ville\nA;Tours\n');
}, 120_000);
afterAll(() => portal?.close());

async function deposit(id: string, title: string, name: string, content: string | Buffer, ...more: string[]) {
  const path = join(portal.home, name);
  await writeFile(path, content);
  const said = ['--organization', 'metropole', '--title', title, '--id', id, '--keyword', 'ouvert', ...more];
  const answer = await portal.cli('deposit', path, ...said);
  expect(answer.code, answer.stderr).toBe(0);
}

type Answer = { total_count?: number; results: Record<string, unknown>[] };
const client = () => new ApiClient({ domain: portal.url });

test('the npm client lists the catalogue', async () => {
  const { total_count, results } = await client().get<Answer>(fromCatalog().datasets().orderBy('title asc').limit(5));
  expect(total_count).toBe(2);
  expect(results.map((dataset) => dataset['dataset_id'])).toEqual([green, bus]);
  const found = await client().get<Answer>(
    fromCatalog().datasets().select('dataset_id, title').where('theme = "Environnement"').refine('keyword:ouvert'),
  );
  expect(found).toEqual({ total_count: 1, results: [{ dataset_id: green, title: 'Espaces verts' }] });
  const grouped = await client().get<Answer>(
    fromCatalog().datasets().select('theme, count(*) as n').groupBy('theme').orderBy('theme'),
  );
  expect(grouped.results).toEqual([
    { theme: 'Environnement', n: 1 },
    { theme: 'Transports', n: 1 },
  ]);
});

test('the npm client counts the facets of the catalogue', async () => {
  const { facets } = await client().get<{ facets: { name: string; facets: unknown[] }[] }>(
    fromCatalog().facets().facet('publisher').facet('theme').exclude('theme:Transports'),
  );
  expect(facets).toEqual([
    {
      name: 'publisher',
      facets: [
        {
          name: 'Tours Métropole Val de Loire',
          value: 'Tours Métropole Val de Loire',
          count: 1,
          state: 'displayed',
        },
      ],
    },
    {
      name: 'theme',
      facets: [
        { name: 'Environnement', value: 'Environnement', count: 1, state: 'displayed' },
        { name: 'Transports', value: 'Transports', state: 'excluded' },
      ],
    },
  ]);
});

test('the npm client exports the catalogue and a dataset', async () => {
  const catalogue = await client().get<Record<string, unknown>[]>(fromCatalog().export('json').select('dataset_id'));
  expect(catalogue.map((dataset) => dataset['dataset_id']).toSorted()).toEqual([green, bus].toSorted());
  const rows = await client().get<Record<string, unknown>[]>(
    fromCatalog().dataset(green).export('json').select('libelle').orderBy('aire_en_m desc').limit(2),
  );
  expect(rows).toEqual([{ libelle: 'Parc de la Rabière' }, { libelle: 'Parc de Cangé' }]);
});

test('the npm client reads a dataset, its records, one of them, its facets', async () => {
  const dataset = await client().get<{ metas: { default: Record<string, unknown> }; fields: { name: string }[] }>(
    fromCatalog().dataset(green).itself(),
  );
  expect(dataset.metas.default['records_count']).toBe(4);
  expect(dataset.fields.map(({ name }) => name)).toContain('geo_point_2d');
  const records = await client().get<Answer>(
    fromCatalog().dataset(green).records().select('libelle, aire_en_m').where("commune:'Tours'").orderBy('-aire_en_m'),
  );
  expect(records).toEqual({
    total_count: 2,
    results: [
      { libelle: 'Jardin des Prébendes', aire_en_m: 50000 },
      { libelle: 'Parc Mirabeau', aire_en_m: 20000 },
    ],
  });
  const groups = await client().get<Answer>(
    fromCatalog().dataset(green).records().select('commune, sum(aire_en_m) as aire').groupBy('commune').limit(1),
  );
  expect(Object.keys(groups)).toEqual(['results']);
  expect(groups.results).toHaveLength(1);
  expect(await client().get(fromCatalog().dataset(green).record('3').select('libelle'))).toEqual({
    libelle: 'Parc de la Rabière',
  });
  const { facets } = await client().get<{ facets: { name: string; facets: { name: string; count: number }[] }[] }>(
    fromCatalog().dataset(green).facets().facet('commune').refine('commune:Tours'),
  );
  expect(facets[0]).toMatchObject({ name: 'commune', facets: [{ name: 'Tours', count: 2, state: 'refined' }] });
});

test('the npm client: every way it has of making a question', async () => {
  const records = fromCatalog().dataset(green).records().select('libelle').orderBy('libelle');
  const names = async (query: Query | string) =>
    (await client().get<Answer>(query)).results.map(({ libelle }) => String(libelle));
  const all = ['Jardin des Prébendes', 'Parc Mirabeau', 'Parc de Cangé', 'Parc de la Rabière'];
  expect(await names(records)).toEqual(all);
  expect(await names(records.limit(2).offset(1))).toEqual(all.slice(1, 3));
  expect(await names(records.where('aire_en_m > 1000').where((before) => `${before} and aire_en_m < 60000`))).toEqual([
    'Jardin des Prébendes',
    'Parc Mirabeau',
  ]);
  expect(await names(records.set('limit', '1'))).toEqual(all.slice(0, 1));
  expect(await names(records.limit(1).unset('limit'))).toEqual(all);
  expect(
    await names(records.append('where', 'aire_en_m > 60000').append('where', "commune != 'Saint-Avertin'")),
  ).toEqual(['Parc de la Rabière']);
  expect(await names(records.update('limit', () => '3'))).toEqual(all.slice(0, 3));
  expect(await names(records.exclude('commune:Tours'))).toEqual(['Parc de Cangé', 'Parc de la Rabière']);
  expect(await names(records.refine('ouverture:2024').lang('fr').timezone('Europe/Paris'))).toEqual(all.slice(0, 2));
  // A question as a text, or made from its path.
  expect(await names(records.limit(1).toString())).toEqual(all.slice(0, 1));
  expect(records.limit(1).getSearchParams().get('limit')).toBe('1');
  expect(await names(new Query(records.getPath(), { select: 'libelle', order_by: 'libelle', limit: '1' }))).toEqual(
    all.slice(0, 1),
  );
  // Months in the language that is asked for.
  const months = fromCatalog().dataset(green).records().where("libelle = 'Parc Mirabeau'");
  const month = async (lang: string) =>
    (await client().get<Answer>(months.select("date_format(ouverture, 'MMMM') as mois").lang(lang))).results;
  expect([await month('fr'), await month('en')]).toEqual([[{ mois: 'mai' }], [{ mois: 'May' }]]);
  const through: string[] = [];
  const watched = new ApiClient({
    domain: portal.url,
    interceptRequest: async (request) => {
      through.push(new URL(request.url).pathname);
      return request;
    },
    interceptResponse: async (response) => response.json(),
  });
  expect(await watched.get<Answer>(fromCatalog().datasets().limit(0))).toMatchObject({ total_count: 2 });
  expect(through).toEqual(['/api/explore/v2.1/catalog/datasets/']);
  const { links } = await client().get<{ links: { rel: string }[] }>(fromCatalog().itself());
  expect(links.map(({ rel }) => rel)).toEqual(['self', 'datasets', 'facets', 'exports']);
});

test('the npm client knows our refusals', async () => {
  const refusal = (asked: Promise<unknown>) =>
    asked.then(
      () => null,
      (error: { response: Response; details: unknown }) => ({ status: error.response.status, said: error.details }),
    );
  for (const id of ['absent', 'brouillon'])
    expect(await refusal(client().get(fromCatalog().dataset(id).records()))).toEqual({
      status: 404,
      said: { error_code: 'NotFoundResource', message: `The requested dataset ${id} does not exist.` },
    });
  expect(await refusal(client().get(fromCatalog().datasets().where('editeur = 1')))).toEqual({
    status: 400,
    said: {
      error_code: 'ODSQLError',
      message: 'ODSQL query is malformed: Unknown field: editeur. Clause(s) containing the error(s): where.',
    },
  });
  const keyed = new ApiClient({ domain: portal.url, apiKey: 'wrong' });
  expect(await refusal(keyed.get(fromCatalog().datasets()))).toMatchObject({ status: 401 });
});

test('the widgets’ aggregates, with what Angular sends', async () => {
  const query = 'group_by=commune&refine=commune:Tours&select=sum(aire_en_m)+as+serie';
  expect(await portal.json(`/api/v2/catalog/datasets/${green}/aggregates?${query}`)).toMatchObject({
    aggregations: [{ serie: 70000 }],
  });
  const records = (await portal.json(`/api/v2/catalog/datasets/${green}/records?apikey=&limit=1&order_by=libelle`)) as {
    records: { record: { id: string; fields: Record<string, unknown> } }[];
  };
  expect(records.records[0]?.record).toMatchObject({ id: '1', fields: { libelle: 'Jardin des Prébendes' } });
});

test('a trip planner finds its timetable where it always was, byte for byte', async () => {
  for (const address of [
    `/api/v2/catalog/datasets/${bus}/alternative_exports/filbleu_gtfszip`,
    `/api/datasets/1.0/${bus}/alternative_exports/filbleu_gtfszip/`,
    `/api/explore/v2.1/catalog/datasets/${bus}/alternative_exports/filbleu_gtfszip/`,
    `/api/explore/v2.1/catalog/datasets/${bus}/attachments/filbleu_gtfs_zip`,
  ]) {
    const answer = await fetch(portal.url + address, { redirect: 'error' });
    expect(answer.status, address).toBe(200);
    expect(answer.headers.get('content-type'), address).toBe('application/zip');
    expect(Buffer.from(await answer.arrayBuffer()).equals(timetable), address).toBe(true);
  }
});

test('the addresses in bookmarks and in code lead to pages that are there', async () => {
  for (const address of [
    `/explore/dataset/${green}/`,
    `/explore/dataset/${green}/information/`,
    `/explore/dataset/${green}/map/?location=13,47.39,0.69`,
    `/explore/dataset/${green}/export/?sort=ouverture`,
    `/explore/embed/dataset/${green}/table/`,
    '/explore/?sort=modified&refine.theme=Environnement',
    '/pages/accueil/',
  ]) {
    const answer = await portal.get(address);
    expect(answer.status, address).toBe(200);
    expect(answer.headers.get('content-type'), address).toContain('text/html');
  }
  const csv = await portal.get(
    `/explore/dataset/${green}/download/?format=csv&timezone=Europe/Berlin&use_labels_for_header=true&csv_separator=%3B`,
  );
  expect((await csv.text()).split('\n')[0]?.replace(/^\uFEFF/, '')).toMatch(/^Commune;Libellé;/);
  expect((await portal.get('/explore/dataset/brouillon/')).status).toBe(404);
});
