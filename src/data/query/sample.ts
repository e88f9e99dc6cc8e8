// A small version for the tests of this stage: seven rows that can be read by eye.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Field, FieldType } from '../../model/field.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { openStoredVersion, type StoredVersion } from './stored-version.ts';

const field = (name: string, type: FieldType): Field => ({ name, title: name, type, format: null, role: null });

export const sampleFields: readonly Field[] = [
  field('id', 'integer'),
  field('nom', 'string'),
  field('code', 'string'),
  field('ville', 'string'),
  field('montant', 'number'),
  field('jour', 'date'),
  field('moment', 'datetime'),
  field('heure', 'time'),
  field('actif', 'boolean'),
  field('2024', 'integer'),
  field('date', 'date'),
];

// Seven rows, read by eye: every expectation below was found by looking at them.
const rows = `VALUES
  (1, 'Gymnase de l''Île', '01000', 'Tours',      100.5, DATE '2024-01-15', TIMESTAMP '2024-01-15 08:00:00', TIME '08:00:00', true,  10, DATE '2020-01-01', 0.68, 47.39),
  (2, 'École Élémentaire', '37261', 'Tours',      200.0, DATE '2024-02-29', TIMESTAMP '2024-02-29 12:30:00', TIME '12:30:00', false, 20, DATE '2020-01-02', 0.69, 47.40),
  (3, 'Piscine',           '37050', 'Joué-lès-Tours', NULL, DATE '2023-12-31', TIMESTAMP '2023-12-31 23:59:59', TIME '23:59:59', true, NULL, DATE '2020-01-03', NULL, NULL),
  (4, 'Stade',             '2A004', NULL,         -3.25, NULL,              NULL,                            NULL,            NULL,  40, NULL,              0.70, 47.41),
  (5, NULL,                NULL,    'Luynes',     0.0,   DATE '2025-06-01', TIMESTAMP '2025-06-01 00:00:00', TIME '00:00:00', false, 50, DATE '2020-01-05', NULL, NULL),
  (6, '100% sport_libre',  '37139', 'Luynes',     200.0, DATE '2025-06-02', TIMESTAMP '2025-06-02 10:00:00', TIME '10:00:00', true,  60, DATE '2020-01-06', NULL, NULL),
  (7, 'Théâtre',           '37100', 'Chambray-lès-Tours', 5.0, DATE '2022-05-05', TIMESTAMP '2022-05-05 05:05:05', TIME '05:05:05', true, 70, DATE '2020-01-07', NULL, NULL)`;

export type Sample = {
  readonly folder: string;
  readonly tables: TableEngine;
  readonly version: StoredVersion;
  close(): Promise<void>;
};

/** Writes the files of the sample, as the store stage writes a version's. */
export async function writeSample(folder: string, tables: TableEngine): Promise<void> {
  const data = join(folder, 'data.parquet');
  const names = sampleFields.map((f) => `"${f.name}"`).join(', ');
  // As a version is stored: whole numbers in 64 bits, decimal ones in floating point.
  const stored = (f: Field) => (f.type === 'integer' ? '::BIGINT' : f.type === 'number' ? '::DOUBLE' : '');
  const typed = sampleFields.map((f) => `"${f.name}"${stored(f)} AS "${f.name}"`).join(', ');
  const point = `CASE WHEN lon IS NULL THEN NULL ELSE {'lon': lon::DOUBLE, 'lat': lat::DOUBLE} END AS geo_point_2d`;
  await tables.run([
    { sql: `COPY (SELECT ${typed}, ${point} FROM (${rows}) t(${names}, lon, lat)) TO '${data}' (FORMAT parquet)` },
    {
      sql: `COPY (SELECT row_number() OVER () - 1 AS "#row", lower(strip_accents(nom)) AS nom, lower(strip_accents(ville)) AS ville FROM '${data}')
        TO '${join(folder, 'search.parquet')}' (FORMAT parquet)`,
    },
  ]);
}

/** Writes the sample into a folder of its own, and opens an engine on it. */
export async function openSample(): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-query-'));
  const tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
  await writeSample(folder, tables);
  const version = await openStoredVersion({ key: 'essai@1', fields: sampleFields, rows: 7 }, folder, tables);
  return {
    folder,
    tables,
    version,
    async close() {
      await tables.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
