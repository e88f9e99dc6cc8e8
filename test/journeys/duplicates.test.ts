// Two communes describe the same toilets: found, looked at side by side, decided, remembered, taken back; nothing leaves by itself.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { addOrganization } from '../../src/features/catalog/service.ts';
import { queryRecords } from '../../src/features/explore/service.ts';
import { decideDuplicate, duplicateRowsFile, duplicatesOf } from '../../src/features/harmonisation/duplicates.ts';
import { harmonisationRoutes } from '../../src/features/harmonisation/routes.ts';
import type { Verdict } from '../../src/features/harmonisation/schemas.ts';
import { addContribution, followProducers, foundConsolidation } from '../../src/features/harmonisation/service.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry, type SchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { buildServer } from '../../src/web/server.ts';
import { openTestCatalogue, type TestCatalogue } from '../catalogue.ts';

let catalogue: TestCatalogue;
let home: string;
let engine: TableEngine;
let context: Context;
let schemas: SchemaRegistry;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  await catalogue.empty();
  home = await mkdtemp(join(tmpdir(), 'terroir-duplicates-'));
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 600,
    timeoutSeconds: 120,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
  const log = { info() {}, warn: (facts: object, said: string) => console.warn(said, facts), error() {} };
  context = { ...catalogue.operator, files: await openDiskStore(home), tables: engine, ingest: engine, log };
  schemas = openSchemaRegistry({ fetched: join(home, 'schemas') }, openFetcher({ allowedHosts: [] }));
});
afterAll(async () => {
  await engine?.close();
  await catalogue?.close();
  await rm(home, { recursive: true, force: true });
});

const header = 'id,nom,code_insee,latitude,longitude,accessible_pmr,date_maj';
async function publish(id: string, organization: string, rows: readonly string[], newVersion = false): Promise<void> {
  const path = join(home, `${id}.csv`);
  await writeFile(path, `${[header, ...rows].join('\n')}\n`);
  await depositFile(context, {
    path,
    id,
    organization,
    title: `Fichier ${id}`,
    description: '',
    licence: null,
    theme: null,
    frequency: null,
    keywords: [],
    communes: [],
    newVersion,
    publish: true,
    madeOfPublic: true,
  });
}
const names = async () =>
  (await queryRecords(context, 'toilettes', { order_by: 'producer, nom' })).results.map(
    ({ producer, nom }) => `${producer}: ${nom}`,
  );
const queue = () => duplicatesOf(context, 'toilettes', 1);
async function decide(verdict: Verdict | null, decided = false): Promise<void> {
  const { waiting, decided: done } = await queue();
  const pair = (decided ? done : waiting)[0];
  if (pair === undefined) throw new Error('no pair');
  await decideDuplicate(context, 'toilettes', pair, { verdict: () => verdict, byName: 'Claire Fontaine' });
  await followProducers(context, schemas);
}

const tours = [
  // 11 metres from Saint-Avertin's first, under nearly the same name.
  'T1,Pont de la Vallée,37261,47.36640,0.72860,oui,2026-01-05',
  'T2,Halles,37261,47.39120,0.67830,non,2026-01-05',
];
const avertin = [
  'T1,Pont de la vallee,37208,47.36650,0.72860,oui,2026-02-01',
  // On the same spot as the Halles, and called otherwise: another thing.
  'S2,Gymnase,37208,47.39120,0.67830,non,2026-02-01',
  // Twin rows of one file are its producer's own business.
  'S3,Parc,37208,47.36000,0.73000,non,2026-02-01',
  'S4,Parc,37208,47.36000,0.73000,non,2026-02-01',
];

test('rows of two producers that seem one thing wait in a queue; both stay until somebody decides', async () => {
  await addOrganization(context, { slug: 'saint-avertin', name: 'Saint-Avertin', insee: '37208' });
  await publish('wc-tours', 'ville-de-tours', tours);
  await publish('wc-avertin', 'saint-avertin', avertin);
  const request = { id: 'toilettes', title: 'Toilettes du territoire', description: 'Réunies.' };
  const rest = { organization: 'departement', schema: 'toilettes-publiques', theme: null, keywords: [] };
  await foundConsolidation(context, schemas, { ...request, ...rest });
  for (const id of ['wc-tours', 'wc-avertin'])
    expect((await addContribution(context, schemas, 'toilettes', id)).taken, id).toBe(true);
  await followProducers(context, schemas);
  const { waiting, counts } = await queue();
  expect(counts).toEqual({ waiting: 1, decided: 0, setAside: 0 });
  expect(waiting[0]).toMatchObject({ reason: 'near', present: true, verdict: null });
  expect(Math.round(waiting[0]?.distance ?? 0)).toBe(11);
  expect([waiting[0]?.left?.values['nom'], waiting[0]?.right?.values['nom']].toSorted()).toEqual([
    'Pont de la Vallée',
    'Pont de la vallee',
  ]);
  expect(await names()).toHaveLength(6);
  expect(await duplicateRowsFile(context, 'toilettes')).toBeNull();
});

test('the same thing: one stays, the other is set aside with why', async () => {
  const pair = (await queue()).waiting[0];
  const winner = pair?.left?.producer === 'Ville de Tours' ? 'left' : 'right';
  await decide({ verdict: 'same', winner });
  expect(await names()).toEqual([
    'Saint-Avertin: Gymnase',
    'Saint-Avertin: Parc',
    'Saint-Avertin: Parc',
    'Ville de Tours: Halles',
    'Ville de Tours: Pont de la Vallée',
  ]);
  expect((await queue()).counts).toEqual({ waiting: 0, decided: 1, setAside: 1 });
  const file = await duplicateRowsFile(context, 'toilettes');
  const lines = (await readFile(file ?? '', 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('Pont de la vallee');
  expect(lines[1]).toContain(
    'La même chose que la ligne 2 de Ville de Tours (wc-tours), qui reste. Décidé par Claire Fontaine',
  );
});

test('what was decided is remembered with the next file, as long as both rows say the same', async () => {
  await publish('wc-avertin', 'saint-avertin', [...avertin.slice(1), avertin[0] ?? ''], true);
  await followProducers(context, schemas);
  expect((await queue()).counts).toEqual({ waiting: 0, decided: 1, setAside: 1 });
  expect(await names()).toHaveLength(5);
  // A row that says something else is another question; what was decided of the old one does nothing more.
  await publish('wc-avertin', 'saint-avertin', [...avertin.slice(1), (avertin[0] ?? '').replace('oui', 'non')], true);
  await followProducers(context, schemas);
  expect((await queue()).counts).toEqual({ waiting: 1, decided: 1, setAside: 0 });
  expect(await names()).toHaveLength(6);
  await decide({ verdict: 'different' });
  expect((await queue()).counts).toEqual({ waiting: 0, decided: 2, setAside: 0 });
  expect(await names()).toHaveLength(6);
});

test('a decision is taken back, and the row comes back; a winner that leaves gives its place', async () => {
  await publish('wc-avertin', 'saint-avertin', avertin, true);
  await followProducers(context, schemas);
  expect(await names()).toHaveLength(5);
  // Tours takes its row away: Saint-Avertin's is all there is.
  await publish('wc-tours', 'ville-de-tours', tours.slice(1), true);
  await followProducers(context, schemas);
  expect(await names()).toContain('Saint-Avertin: Pont de la vallee');
  await publish('wc-tours', 'ville-de-tours', tours, true);
  await followProducers(context, schemas);
  expect(await names()).toHaveLength(5);
  const same = (await queue()).decided.find(({ verdict }) => verdict === 'same');
  if (same === undefined) throw new Error('no decision');
  await decideDuplicate(context, 'toilettes', same, { verdict: () => null, byName: '' });
  await followProducers(context, schemas);
  expect(await names()).toHaveLength(6);
  expect((await queue()).counts).toMatchObject({ waiting: 1, setAside: 0 });
});

test('nobody else decides, and of nothing that is not there', async () => {
  const pair = { leftKey: 'x', rightKey: 'y' };
  const said = { verdict: () => null, byName: '' };
  await expect(decideDuplicate(context, 'toilettes', pair, said)).rejects.toMatchObject({ code: 'duplicate.unknown' });
  const anyone = { ...context, actor: { kind: 'anyone' } as const };
  await expect(decideDuplicate(anyone, 'toilettes', pair, said)).rejects.toMatchObject({ code: 'permission.denied' });
  await expect(duplicatesOf(context, 'rien', 1)).rejects.toMatchObject({ code: 'consolidation.unknown' });
});

test('the queue over HTTP: side by side, decided by a form, the row set aside downloads', async () => {
  let actor: Actor = { kind: 'anyone' };
  const portal = await buildServer({
    publicUrl: 'http://test',
    log: { error: (facts, sentence) => console.error(sentence, facts) },
    site: async () => ({ name: 'Test', demo: false }),
  });
  await portal.register(harmonisationRoutes, { contextOf: () => ({ ...context, actor }), schemas });
  const get = async (url: string) =>
    (await portal.inject({ url, headers: { 'accept-encoding': 'identity' } })).body.replace(/[\u00a0\u202f]/g, ' ');
  const path = '/harmonisation/toilettes/duplicates';
  const shown = await get(path);
  expect(shown).toContain('1 paires à regarder');
  expect(shown).toContain('à 11 m l’un de l’autre');
  expect(shown).toContain('≠ différent');
  expect(shown).not.toContain('La même chose : garder');
  actor = { kind: 'person', id: 'x', grants: [{ role: 'steward', organization: null }] };
  const form = await get(path);
  const key = (side: string) => new RegExp(`name="${side}" value="([0-9a-f]{32})"`).exec(form)?.[1] ?? '';
  const send = (verdict: string) =>
    portal.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ left: key('left'), right: key('right'), verdict }).toString(),
    });
  expect((await send('peut-être')).statusCode).toBe(422);
  expect((await portal.inject({ url: '/harmonisation/toilettes/duplicates.csv' })).statusCode).toBe(404);
  expect((await send('left')).statusCode).toBe(303);
  await followProducers(context, schemas);
  expect(
    (await portal.inject({ url: '/harmonisation/toilettes/duplicates.csv' })).body.trim().split('\n'),
  ).toHaveLength(2);
  const table = await get('/harmonisation/toilettes');
  expect(table).toContain('0 paires à regarder, 2 décidées, 1 lignes mises de côté');
  expect(await get('/organizations/saint-avertin/mutualisation')).toContain('Reprendre mes lignes');
  await portal.close();
});
