// The Explore API for a test: one dataset of seven rows, a draft and a withdrawn one, on a catalogue and an engine of their own.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { Context } from '../src/context.ts';
import { sampleFields, writeSample } from '../src/data/query/sample.ts';
import { checkNewDataset, publishVersion, withdrawDataset } from '../src/features/catalog/service.ts';
import { exploreRoutes } from '../src/features/explore/routes.ts';
import type { Geometry } from '../src/model/table.ts';
import { openDiskStore } from '../src/stores/files/files.ts';
import type { TableEngine } from '../src/stores/tables/engine.ts';
import { openTableEngine } from '../src/stores/tables/pool.ts';
import { openTestCatalogue, testRequest, testVersion } from './catalogue.ts';

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly raw: Buffer;
  json(): ReturnType<typeof JSON.parse>;
};

export type ExplorePortal = {
  readonly context: Context;
  readonly tables: TableEngine;
  get(path: string, headers?: Record<string, string>, method?: 'GET' | 'HEAD' | 'OPTIONS'): Promise<Answered>;
  close(): Promise<void>;
};

export const datasetsPath = '/api/explore/v2.1/catalog/datasets';
const geometry: Geometry = { type: 'Point', crs: 'EPSG:4326', source: 'lat + lon', bbox: [0.68, 47.39, 0.7, 47.41] };

/** `equipements` is published, `brouillon` a draft, `retire` withdrawn; all hold the sample of data/query. */
export async function openExplorePortal(): Promise<ExplorePortal> {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-explore-'));
  const files = await openDiskStore(join(folder, 'files'));
  const tables = openTableEngine({
    children: 2,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'query'),
  });
  const catalogue = await openTestCatalogue();
  await catalogue.empty();
  const log = { info() {}, warn() {}, error() {} };
  const context: Context = { ...catalogue.anyone, tables, ingest: tables, files, log };
  const publish = async (id: string, title: string, state: 'draft' | 'published') => {
    const key = `${id}@1`;
    await mkdir(files.versionFolder(key), { recursive: true });
    await writeSample(files.versionFolder(key), tables);
    const request = testRequest({
      id,
      title,
      description: 'Où <faire> du sport.\n\nPartout.',
      keywords: ['sport'],
      communes: ['37261'],
    });
    const dataset = await checkNewDataset(catalogue.operator, request);
    const version = { ...testVersion(key), rows: 7, fields: sampleFields, geometry };
    const depositId = await catalogue.receive();
    await publishVersion(catalogue.operator, { dataset, version, depositId, publish: state === 'published' });
  };
  await publish('equipements', 'Équipements & sports', 'published');
  await publish('brouillon', 'Un brouillon', 'draft');
  await publish('retire', 'Un jeu retiré', 'published');
  await withdrawDataset(catalogue.operator, 'retire', 'Publié deux fois.');
  const server = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 } });
  await server.register(exploreRoutes, { contextOf: () => context, publicUrl: 'https://donnees.example.org' });
  return {
    context,
    tables,
    async get(url, headers = {}, method = 'GET') {
      const response = await server.inject({ url, headers, method });
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        raw: response.rawPayload,
        json: () => response.json(),
      };
    },
    async close() {
      await server.close();
      await catalogue.close();
      await tables.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
