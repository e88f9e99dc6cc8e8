// A catalogue to test the room on: two public datasets, a draft, a withdrawn one, over HTTP.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { sampleFields, writeSample } from '../../data/query/sample.ts';
import type { Geometry } from '../../model/table.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import type { DatasetRequest } from '../catalog/schemas.ts';
import { checkNewDataset, publishVersion, withdrawDataset } from '../catalog/service.ts';

export const publicUrl = 'https://donnees.example.org';
const geometry: Geometry = { type: 'Point', crs: 'EPSG:4326', source: 'lat + lon', bbox: [0.68, 47.39, 0.7, 47.41] };

type RoomOptions = { readonly contextOf: () => Context; readonly publicUrl: string };
type Room = (server: FastifyInstance, options: RoomOptions) => Promise<void>;

export type SampleCatalogue = {
  readonly catalogue: TestCatalogue;
  readonly context: Context;
  get(path: string, headers?: Record<string, string>): ReturnType<typeof ask>;
  close(): Promise<void>;
};

/** equipements (Tours, June) and arbres (the département, July), each with the seven rows of the sample; brouillon, retire. */
export async function openSample(...rooms: readonly Room[]): Promise<SampleCatalogue> {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-catalog-api-'));
  const files = await openDiskStore(join(folder, 'files'));
  const tables = openTableEngine({
    children: 1,
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
  await publish({ id: 'equipements', title: 'Équipements & sports', keywords: ['sport'] });
  await publish({ id: 'brouillon', title: 'Un brouillon', keywords: ['secret'] }, 'draft');
  await publish({ id: 'retire', title: 'Un jeu retiré', keywords: ['secret'] });
  await withdrawDataset(catalogue.operator, 'retire', 'Publié deux fois.');
  catalogue.now = new Date('2025-07-14T10:00:00Z');
  const trees = { id: 'arbres', title: 'Arbres remarquables', theme: 'ENVI', keywords: ['nature', 'sport'] };
  await publish({ ...trees, organization: 'departement', communes: ['37261', '37208'] });
  const server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  for (const room of rooms) await server.register(room, { contextOf: () => context, publicUrl });
  return {
    catalogue,
    context,
    get: (path, headers = {}) => ask(server, path, headers),
    async close() {
      await server.close();
      await catalogue.close();
      await tables.close();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function publish(said: Partial<DatasetRequest> & { id: string }, state = 'published') {
    const key = `${said.id}@1`;
    await mkdir(files.versionFolder(key), { recursive: true });
    await writeSample(files.versionFolder(key), tables);
    const description = 'Où <faire> du sport.\n\nPartout.';
    const request = testRequest({ description, communes: ['37261'], ...said });
    await publishVersion(catalogue.operator, {
      dataset: await checkNewDataset(catalogue.operator, request),
      version: { ...testVersion(key), rows: 7, fields: sampleFields, geometry },
      depositId: await catalogue.receive(),
      publish: state === 'published',
    });
  }
}

async function ask(server: FastifyInstance, path: string, headers: Record<string, string>) {
  const response = await server.inject({ url: path, headers });
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    raw: response.rawPayload,
    json: () => response.json(),
  };
}
