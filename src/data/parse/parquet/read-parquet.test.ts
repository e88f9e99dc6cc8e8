import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { openTableEngine } from '../../../stores/tables/pool.ts';
import { readParquet } from './read-parquet.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-parquet-'));
const tables = openTableEngine({
  children: 1,
  threadsPerChild: 1,
  memoryMegabytes: 300,
  timeoutSeconds: 60,
  folders: [tmpdir()],
  temporaryFolder: join(folder, 'spill'),
});
afterAll(async () => {
  await tables.close();
  rmSync(folder, { recursive: true, force: true });
});

let number = 0;
async function parquet(select: string): Promise<Uint8Array> {
  const path = join(folder, `${number++}.parquet`);
  await tables.run([{ sql: `COPY (${select}) TO '${path}' (FORMAT parquet)` }]);
  return readFileSync(path);
}
const read = (content: Uint8Array) =>
  readGiven((file, options) => readParquet(file, { ...options, tables }), 'a.parquet', content);

test('every type is its canonical text', async () => {
  const { value, tables: read1 } = await read(
    await parquet(`SELECT * FROM (VALUES
      (1, 'Été, "x"', DATE '2024-02-29', TIMESTAMP '2024-01-01 10:00:00', TIMESTAMPTZ '2024-01-01 10:00:00+01', true, [1, 2], {'a': 1}, 1.5::DECIMAL(10, 2), 0.1::DOUBLE),
      (2, E'deux\\nlignes', NULL, NULL, NULL, false, NULL, NULL, NULL, NULL))
      AS t(id, nom, "d", t, tz, b, l, s, "dec", x)`),
  );
  expect(value).toMatchObject({ format: 'parquet', encoding: null, delimiter: null });
  expect(read1[0]).toMatchObject({
    name: 'a',
    titles: ['id', 'nom', 'd', 't', 'tz', 'b', 'l', 's', 'dec', 'x'],
    records: [
      [
        '1',
        'Été, "x"',
        '2024-02-29',
        '2024-01-01T10:00:00',
        '2024-01-01T09:00:00Z',
        'true',
        '[1,2]',
        '{"a":1}',
        '1.50',
        '0.1',
      ],
      ['2', 'deux\nlignes', '', '', '', 'false', '', '', '', ''],
    ],
  });
  expect(read1[0]?.shapes).toBeUndefined();
});

test('GeoParquet: shapes and their system', async () => {
  const plain = await read(await parquet(`SELECT 'POINT (0.68 47.39)'::GEOMETRY AS geom, 'a' AS nom`));
  expect(plain.tables[0]).toMatchObject({
    titles: ['nom', 'geo_shape'],
    records: [['a', 'POINT (0.68 47.39)']],
    shapes: { crs: 'EPSG:4326' },
  });
  const metres = await read(await parquet(`SELECT 'POINT (525000 6700000)'::GEOMETRY AS geom, 'a' AS nom`));
  // PROJ: 0.680430375 47.377203779.
  expect(metres.tables[0]?.records).toEqual([['a', 'POINT (0.6804304 47.3772038)']]);
  expect(metres.codes).toEqual(['geo.crsContradicted']);
});

test('what is cut, empty or something else is refused; so is any Parquet where there is no engine', async () => {
  const whole = await parquet(`SELECT 1 AS a`);
  for (let end = 4; end < whole.length; end += 40)
    await expect(read(whole.subarray(0, end))).rejects.toBeInstanceOf(TerroirError);
  await expect(read(whole.subarray(0, 60))).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(read(await parquet('SELECT 1 AS a WHERE false'))).rejects.toMatchObject({ code: 'file.empty' });
  await expect(readGiven(readParquet, 'a.parquet', whole)).rejects.toMatchObject({ code: 'file.formatUnsupported' });
});
