import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fetcher } from '../fetch/fetch.ts';
import { openSchemaRegistry } from './registry.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-registry-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A web made of the answers given. */
function web(answers: Readonly<Record<string, unknown>>): Fetcher {
  return {
    async get(url) {
      if (!(url in answers)) throw new Error(`not there: ${url}`);
      const body = Buffer.from(JSON.stringify(answers[url]));
      const facts = { url, etag: null, lastModified: null, contentType: null, fileName: 'schema.json' };
      return { ...facts, notModified: false, bytes: body.length, body };
    },
  };
}

const offline = web({});
const tiny = { fields: [{ name: 'a', type: 'integer' }] };

test('every schema that comes with the platform can be read, and says where its facts come from', async () => {
  const schemas = await openSchemaRegistry({ fetched: join(folder, 'none') }, offline).list();
  expect(schemas.length).toBeGreaterThan(45);
  for (const { name, loaded } of schemas) {
    if (loaded.kind === 'json') continue;
    expect(loaded.schema.sources[0]?.path, name).toMatch(/^https:/);
    expect(loaded.schema.title, name).not.toBe('');
    expect(loaded.schema.titleEn, name).not.toBeNull();
    expect(
      loaded.schema.customChecks.every((check) => check.name !== ''),
      name,
    ).toBe(true);
  }
});

test('a schema is found by its name, by its national name, by a path and by an address', async () => {
  const path = join(folder, 'tiny.json');
  await writeFile(path, JSON.stringify(tiny));
  const registry = openSchemaRegistry(
    { fetched: join(folder, 'none') },
    web({ 'https://example.org/schema.json': { fields: [{ name: 'b' }] } }),
  );
  expect(await registry.load('scdl-subventions')).toMatchObject({ kind: 'table', name: 'scdl-subventions' });
  expect(await registry.load('scdl/subventions')).toMatchObject({ name: 'scdl-subventions' });
  expect(await registry.load('etalab/schema-irve-statique')).toMatchObject({ name: 'irve-statique' });
  expect(await registry.load(path)).toMatchObject({ kind: 'table', schema: { fields: [{ name: 'a' }] } });
  expect(await registry.load('https://example.org/schema.json')).toMatchObject({ schema: { fields: [{ name: 'b' }] } });
  expect(await registry.load('decp')).toMatchObject({ kind: 'json' });
});

test('an unknown name is refused with the nearest one', async () => {
  const registry = openSchemaRegistry({ fetched: join(folder, 'none') }, offline);
  await expect(registry.load('scdl-subvention')).rejects.toMatchObject({
    code: 'schema.unknown',
    params: { nearest: 'scdl-subventions' },
  });
});

test('a file that is no schema is refused with a reason', async () => {
  const registry = openSchemaRegistry({ fetched: join(folder, 'none') }, offline);
  for (const text of [
    '{',
    '[]',
    '{"fields": []}',
    '{"fields":[{"type":"integer"}]}',
    '{"fields":[{"name":"a","type":"x"}]}',
    '3',
  ]) {
    const path = join(folder, 'bad.json');
    await writeFile(path, text);
    await expect(registry.load(path), text).rejects.toMatchObject({ code: 'schema.invalid' });
  }
});

test('national schemas are renewed when they can be reached, and stay as they are when not', async () => {
  const fetched = join(folder, 'fetched');
  const catalogue = {
    schemas: [
      { name: 'scdl/prenoms', versions: [{ schema_url: 'https://x/old' }, { schema_url: 'https://x/new' }] },
      { name: 'scdl/budget', versions: [{ schema_url: 'https://x/broken' }] },
    ],
  };
  const registry = openSchemaRegistry(
    { fetched },
    web({
      'https://schema.data.gouv.fr/schemas.json': catalogue,
      'https://x/new': { ...tiny, version: '9.9.9' },
      'https://x/broken': { fields: 'none' },
    }),
  );
  const { renewed, failed } = await registry.refresh();
  expect(renewed).toEqual(['scdl-prenoms']);
  expect(failed).toContain('scdl-budget');
  expect(await registry.load('scdl-prenoms')).toMatchObject({ schema: { version: '9.9.9' } });
  expect(await registry.load('scdl/prenoms')).toMatchObject({ schema: { version: '9.9.9' } });
  expect(await registry.load('scdl-budget')).toMatchObject({ schema: { version: '0.8.3' } });
  const away = openSchemaRegistry({ fetched }, offline);
  expect((await away.refresh()).renewed).toEqual([]);
  expect(await away.load('scdl-prenoms')).toMatchObject({ schema: { version: '9.9.9' } });
});

test('a package names its files below itself, and nothing elsewhere', async () => {
  const place = join(folder, 'package');
  await mkdir(place, { recursive: true });
  const registry = openSchemaRegistry({ fetched: join(folder, 'none') }, offline);
  const path = join(place, 'datapackage.json');
  await writeFile(path, JSON.stringify({ resources: [{ name: 'one', path: 'one.csv', schema: tiny }] }));
  expect(await registry.loadPackage(path)).toMatchObject([{ name: 'one', path: join(place, 'one.csv') }]);
  await writeFile(path, JSON.stringify({ resources: [{ name: 'one', path: '../../etc/passwd', schema: tiny }] }));
  await expect(registry.loadPackage(path)).rejects.toMatchObject({ code: 'schema.invalid' });
  await writeFile(path, '{}');
  await expect(registry.loadPackage(path)).rejects.toMatchObject({ code: 'schema.invalid' });
});
