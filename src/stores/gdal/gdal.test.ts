import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { GdalRefusal, withGdal } from './gdal.ts';

const root = mkdtempSync(join(tmpdir(), 'terroir-gdal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const csv = 'nom,WKT\nÉté,POINT (1 47)\n';
const given = (content: string) => {
  const folder = mkdtempSync(join(root, 'in-'));
  const to = join(folder, 'out');
  mkdirSync(to);
  writeFileSync(join(folder, 'a.csv'), content);
  return { folder, file: 'a.csv', to };
};

test('a file is opened, its layers told and converted', async () => {
  const layers = await withGdal(given(csv), async (file) => {
    const { path, complaints } = await file.convert('a', 'sortie', 'as written');
    expect(complaints).toEqual([]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      properties: { nom: 'Été' },
      geometry: { type: 'Point', coordinates: [1, 47] },
    });
    return file.layers;
  });
  expect(layers).toMatchObject([{ name: 'a', fields: ['nom', 'WKT'], objects: 1, shapes: { wkt: null } }]);
});

test('what is not there, and a layer that does not exist, are refusals', async () => {
  await expect(withGdal({ ...given(csv), file: 'b.csv' }, async () => 0)).rejects.toBeInstanceOf(GdalRefusal);
  await expect(withGdal(given(csv), (file) => file.convert('-sql', 'x', 'degrees'))).rejects.toBeInstanceOf(
    GdalRefusal,
  );
});

test('a file sees nothing but its own folder', async () => {
  const secret = join(root, 'secret.csv');
  writeFileSync(secret, 'code\n1234\n');
  const vrt = `<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>${secret}</SrcDataSource><SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>`;
  await expect(withGdal(given(vrt), async ({ layers }) => layers.map(({ name }) => name))).resolves.not.toContain('x');
});

test('a limit of memory or of time ends the child', async () => {
  const slow = { timeoutSeconds: 0.05, memoryMegabytes: 2000 };
  await expect(withGdal(given(csv), async () => 0, slow)).rejects.toMatchObject({ code: 'engine.timeout' });
  if (process.platform !== 'linux') return;
  const small = { timeoutSeconds: 60, memoryMegabytes: 1 };
  await expect(withGdal(given(csv), async () => 0, small)).rejects.toMatchObject({ code: 'engine.memory' });
});
