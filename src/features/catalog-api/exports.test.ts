// The exports of the catalogue and the files beside a dataset, over HTTP.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testVersion } from '../../../test/catalogue.ts';
import { catalogApiRoutes } from './routes.ts';
import { openSample, type SampleCatalogue } from './sample.ts';

let sample: SampleCatalogue;

beforeAll(async () => {
  sample = await openSample(catalogApiRoutes);
}, 60_000);

afterAll(() => sample?.close());

const get = (path: string, headers?: Record<string, string>) => sample.get(path, headers);
const api = '/api/explore/v2.1/catalog/datasets';
const encode = encodeURIComponent;
const exported = (path: string) => get(`/api/explore/v2.1/catalog/exports${path}`);

test('the formats of the catalogue are listed', async () => {
  const { links } = (await exported('/')).json();
  expect(links[0]).toEqual({ rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/exports' });
  expect(links.map((link: { rel: string }) => link.rel)).toEqual([
    'self',
    'csv',
    'data.json',
    'dcat',
    'dublin_core',
    'json',
    'rdf',
    'rss',
    'ttl',
    'xlsx',
  ]);
  expect((await exported('/pdf')).json()).toEqual({
    error_code: 'InvalidRESTParameterError',
    message: 'The export format "pdf" does not exist.',
  });
});

test('csv: every meta, a mark first, semicolons; or what is selected', async () => {
  const answer = await exported('/csv');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="catalogue.csv"',
  });
  const lines = answer.text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\n');
  expect(answer.text[0]).toBe('\uFEFF');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^datasetid;has_records;features;default\.title;default\.description;/);
  expect(lines[1]).toMatch(/^arbres;true;geo,analyze,timeserie;Arbres remarquables;/);
  const some = await exported(
    `/csv?with_bom=false&select=${encode('dataset_id, keyword')}&delimiter=,&list_separator=${encode('|')}&order_by=dataset_id`,
  );
  expect(some.text).toBe('dataset_id,keyword\narbres,nature|sport\nequipements,sport\n');
  const counted = await exported(
    `/csv?with_bom=false&group_by=publisher&order_by=publisher&select=${encode('publisher, count(*) as n')}`,
  );
  expect(counted.text).toBe('publisher;n\nDépartement d’Indre-et-Loire;1\nVille de Tours;1\n');
});

test('json and data.json', async () => {
  const all = (await exported('/json?order_by=dataset_id')).json();
  expect(all.map((one: { dataset_id: string }) => one.dataset_id)).toEqual(['arbres', 'equipements']);
  expect(all[0].metas.default.title).toBe('Arbres remarquables');
  expect((await exported('/json?where=false')).json()).toEqual([]);
  expect((await exported('/json?limit=1')).json()).toHaveLength(1);
  const federal = (await exported('/data.json?include_exports=csv')).json();
  expect(federal.conformsTo).toBe('https://project-open-data.cio.gov/v1.1/schema');
  expect(federal.dataset[0]).toMatchObject({
    identifier: 'arbres',
    accessLevel: 'public',
    distribution: [{ title: 'CSV', mediaType: 'text/csv' }],
  });
  expect(federal.dataset).toHaveLength(2);
});

test('xlsx: a sheet with a line per dataset', async () => {
  const answer = await exported('/xlsx');
  const { sheets } = await readXlsx(answer.raw);
  expect(sheets[0]?.rows[0]?.slice(0, 2)).toEqual(['datasetid', 'has_records']);
  expect(sheets[0]?.rows.map((row) => row[0])).toEqual(['datasetid', 'arbres', 'equipements']);
});

test('rss: an item per dataset', async () => {
  const answer = await exported('/rss');
  expect(answer.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
  const xml = new DOMParser().parseFromString(answer.text, 'text/xml');
  expect(Array.from(xml.getElementsByTagName('link'), (one) => one.textContent)).toEqual([
    'https://donnees.example.org',
    'https://donnees.example.org/datasets/arbres',
    'https://donnees.example.org/datasets/equipements',
  ]);
  expect(xml.getElementsByTagName('title')[2]?.textContent).toBe('Équipements & sports');
});

test('rdf and ttl say the same', async () => {
  const answer = await exported('/rdf');
  expect(answer.headers['content-type']).toBe('application/rdf+xml; charset=utf-8');
  const xml = new DOMParser().parseFromString(answer.text, 'text/xml');
  const datasets = xml.getElementsByTagName('dcat:Dataset');
  expect(datasets).toHaveLength(2);
  expect(datasets[0]?.getAttribute('rdf:about')).toBe('https://donnees.example.org/datasets/arbres#dataset');
  expect(datasets[0]?.getElementsByTagName('dcat:theme')[0]?.getAttribute('rdf:resource')).toBe(
    'http://publications.europa.eu/resource/authority/data-theme/ENVI',
  );
  expect(xml.getElementsByTagName('dct:identifier')[1]?.textContent).toBe('equipements');
  const turtle = await exported('/ttl?refine=theme:Environnement');
  expect(turtle.headers['content-type']).toBe('text/turtle; charset=utf-8');
  expect(turtle.text).toContain('<https://donnees.example.org/datasets/arbres#dataset> a dcat:Dataset ;');
  expect(turtle.text).toContain('  dct:identifier "arbres" ;');
  expect(turtle.text).toContain('dcat:keyword "nature"@fr ;');
  expect(turtle.text).toContain('"POLYGON((0.68 47.39,0.7 47.39,0.7 47.41,0.68 47.41,0.68 47.39))"^^geo:wktLiteral');
  expect(turtle.text).not.toContain('equipements');
});

test('attachments: the producer’s file, under its name as Opendatasoft writes it', async () => {
  const bytes = 'Nom;Ville\nA;Tours\n';
  const { sha256 } = testVersion('x').file;
  const scratch = join(sample.context.files.scratch, 'file');
  await writeFile(scratch, bytes);
  await sample.context.files.keepOriginal(scratch, sha256);
  expect((await get(`${api}/arbres/attachments/`)).json()).toEqual({
    links: [
      { rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres/attachments' },
      { rel: 'dataset', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres' },
    ],
    attachments: [
      {
        href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres/attachments/original',
        metas: {
          id: 'original',
          title: 'données.csv',
          'mime-type': 'text/csv',
          url: 'https://donnees.example.org/datasets/arbres/original',
        },
      },
    ],
  });
  for (const path of ['attachments/original', 'attachments/donneescsv/', 'alternative_exports/donnees_csv_zip']) {
    const answer = await get(`${api}/arbres/${path}`);
    expect({ path, status: answer.status, type: answer.headers['content-type'] }).toEqual({
      path,
      status: 200,
      type: 'text/csv',
    });
    expect(answer.headers['etag']).toBe(`"${sha256}"`);
  }
  expect((await get(`${api}/arbres/attachments/notice_pdf`)).status).toBe(404);
  expect((await get(`${api}/brouillon/attachments/original`)).status).toBe(404);
  expect((await get(`${api}/brouillon/attachments`)).status).toBe(404);
});
