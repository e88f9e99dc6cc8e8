// A catalogue of its own for a test: a real PostgreSQL in a temporary folder, a clock to move, and datasets to create.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Context } from '../src/context.ts';
import type { DatasetRequest } from '../src/features/catalog/schemas.ts';
import {
  addOrganization,
  checkNewDataset,
  publishVersion,
  recordDeposit,
  saveCommunes,
} from '../src/features/catalog/service.ts';
import type { DatasetState, Version } from '../src/model/dataset.ts';
import { openMetadata } from '../src/stores/metadata/connect.ts';
import type { Metadata } from '../src/stores/metadata/metadata.ts';

export type Wanted = Partial<DatasetRequest> & {
  /** The headers of its columns. */
  readonly columns?: readonly string[];
  readonly format?: string;
  /** True when absent. */
  readonly publish?: boolean;
};

export type TestCatalogue = {
  readonly db: Metadata;
  readonly operator: Context;
  readonly anyone: Context;
  /** What the contexts say the time is. */
  now: Date;
  /** Nothing but two communes and two organizations: ville-de-tours, departement. */
  empty(): Promise<void>;
  /** Creates a dataset with its first version. @returns its identifier. */
  create(wanted: Wanted): Promise<string>;
  addVersion(id: string, publish?: boolean): Promise<{ readonly number: number; readonly state: DatasetState }>;
  /** Notes that a file was received. @returns the deposit's id. */
  receive(): Promise<string>;
  close(): Promise<void>;
};

export async function openTestCatalogue(): Promise<TestCatalogue> {
  const home = await mkdtemp(join(tmpdir(), 'terroir-catalogue-'));
  await chmod(home, 0o755);
  const metadata = await openMetadata({ home, databaseUrl: null });
  const { db } = metadata;
  const doors = { db, tables: closed, ingest: closed, files: closed, now: () => catalogue.now, log: closed };
  const operator: Context = { ...doors, actor: { kind: 'operator' } };
  const catalogue: TestCatalogue = {
    db,
    operator,
    anyone: { ...doors, actor: { kind: 'anyone' } },
    now: startOfTime,
    async empty() {
      catalogue.now = startOfTime;
      await sql`truncate territory, commune, organization, dataset, version, deposit, dataset_event, search_word cascade`.execute(
        db,
      );
      await saveCommunes(operator, [
        testCommune('37261', 'Tours', '213702616', 138_668, ['37000', '37100', '37200']),
        testCommune('37208', 'Saint-Avertin', '213702087', 14_989, ['37550']),
      ]);
      await addOrganization(operator, { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' });
      await addOrganization(operator, {
        slug: 'departement',
        name: 'Département d’Indre-et-Loire',
        kind: 'departement',
      });
    },
    async create({ columns, format, publish = true, ...said }) {
      const dataset = await checkNewDataset(operator, testRequest(said));
      const version = testVersion(newKey(dataset.id), columns, format);
      await publishVersion(operator, { dataset, version, depositId: await catalogue.receive(), publish });
      return dataset.id;
    },
    async addVersion(id, publish = true) {
      const depositId = await catalogue.receive();
      return publishVersion(operator, { dataset: { id }, version: testVersion(newKey(id)), depositId, publish });
    },
    receive: () => recordDeposit(operator, { name: 'données.csv', bytes: 12, sha256, organization: 'ville-de-tours' }),
    async close() {
      await metadata.close();
      await rm(home, { recursive: true, force: true });
    },
  };
  return catalogue;
}

const startOfTime = new Date('2025-06-01T10:00:00Z');
const sha256 = 'ab'.repeat(32);

/** The doors that the catalogue never opens. */
const closed = new Proxy({} as never, {
  get() {
    throw new Error('the catalogue opens no other door than the database');
  },
});

function newKey(id: string): string {
  return `${id}@${randomBytes(4).toString('hex')}`;
}

export function testCommune(insee: string, name: string, siren: string, population: number, postalCodes: string[]) {
  return { insee, name, siren, population, populationSource: 'INSEE', postalCodes, organization: null };
}

/** A request that nothing is wrong with. */
export function testRequest(said: Partial<DatasetRequest> = {}): DatasetRequest {
  return {
    id: null,
    title: 'Un jeu de données',
    description: '',
    organization: 'ville-de-tours',
    licence: null,
    theme: null,
    frequency: null,
    keywords: [],
    communes: [],
    demo: false,
    source: null,
    ...said,
  };
}

/** A version of a large file; its numbers pass 2^31. */
export function testVersion(
  key: string,
  columns: readonly string[] = ['Nom'],
  format = 'csv',
): Omit<Version, 'number' | 'createdAt'> {
  return {
    key,
    file: { name: 'données.csv', bytes: 5_000_000_000, sha256, format, encoding: 'UTF-8', delimiter: ';' },
    rows: 3_000_000_000,
    fields: columns.map((title) => ({ name: title.toLowerCase(), title, type: 'string', format: null, role: null })),
    profiles: [],
    geometry: null,
    problems: [],
    firstSourceRow: 2,
    droppedSourceRows: [17],
    parquetBytes: 1234,
    steps: [],
    setAsideRows: 0,
    restoredFrom: null,
    table: null,
    schema: null,
    declaredKey: [],
  };
}
