// A secretary deposits a list with names and addresses; the legal officer decides; what was hidden never shows anywhere.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { receiveFile } from '../../src/data/deposit/receive.ts';
import { parseFile } from '../../src/data/parse/parse.ts';
import { screenTable } from '../../src/data/screen/screen.ts';
import { treatTable } from '../../src/data/screen/treat.ts';
import { checkNewDataset, publishVersion, recordDeposit } from '../../src/features/catalog/service.ts';
import { explorePages } from '../../src/features/explore/page-routes.ts';
import { openingRoutes } from '../../src/features/opening/routes.ts';
import {
  answerQuestion,
  askLegalOfficer,
  attachReview,
  getReview,
  startReview,
  treatColumn,
  treatmentsToPublish,
} from '../../src/features/opening/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { buildServer } from '../../src/web/server.ts';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../catalogue.ts';

const secretary: Actor = {
  kind: 'person',
  id: '00000000-0000-4000-8000-000000000001',
  grants: [{ role: 'depositor', organization: 'ville-de-tours' }],
};
const legalOfficer: Actor = {
  kind: 'person',
  id: '00000000-0000-4000-8000-000000000002',
  grants: [{ role: 'legalOfficer', organization: null }],
};

let catalogue: TestCatalogue;
let home: string;
let files: FileStore;
let engine: TableEngine;
let portal: FastifyInstance;
let reader: Actor = { kind: 'anyone' };

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  await catalogue.empty();
  home = await mkdtemp(join(tmpdir(), 'terroir-opening-'));
  files = await openDiskStore(home);
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
  const nothing = { info() {}, warn() {}, error() {} };
  portal = await buildServer({
    publicUrl: 'http://test',
    log: nothing,
    site: async () => ({ name: 'Test', demo: false }),
  });
  await portal.register(openingRoutes, { contextOf: () => as(reader) });
  await portal.register(explorePages, { contextOf: () => as(reader) });
});
afterAll(async () => {
  await portal?.close();
  await engine?.close();
  await catalogue?.close();
  await rm(home, { recursive: true, force: true });
});

function as(actor: Actor): Context {
  return {
    ...catalogue.operator,
    files,
    tables: engine,
    ingest: engine,
    actor,
    log: { info() {}, warn() {}, error() {} },
  };
}

const get = (url: string) => portal.inject({ url, headers: { 'accept-encoding': 'identity' } });
const post = (url: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  portal.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });

const people = ['Léa MARTIN', 'Yann LE GOFF', 'Camille PETIT', 'Nicolas DURAND'];
const content = [
  'Bénéficiaire;Courriel;Né(e) le;Montant',
  ...people.map(
    (name, i) => `${name};${name.split(' ')[0]?.toLowerCase()}.x${i}@gmail.com;0${i + 1}/03/198${i};${1500 + i}`,
  ),
].join('\n');

test('from a file with persons to a page that says why it is open', async () => {
  const context = as(secretary);
  const scratch = join(files.scratch, 'journey');
  await mkdir(scratch, { recursive: true });
  const path = join(home, 'aides.csv');
  await writeFile(path, content);

  // Deposit, parse, look for personal data.
  const file = await receiveFile({ path, scratch }, files);
  const parsed = await parseFile(file, { scratch });
  const [table] = parsed.value.tables;
  if (table === undefined) throw new Error('no table');
  const findings = (await screenTable(table, engine)).value;
  expect(findings.map(({ kind, column }) => [kind, column])).toEqual([
    ['personName', 'Bénéficiaire'],
    ['email', 'Courriel'],
    ['birthDate', 'Né(e) le'],
  ]);

  // The secretary answers what she knows, treats two columns, and asks about the third.
  const depositId = await recordDeposit(context, { ...file, organization: 'ville-de-tours' });
  const { id } = await startReview(context, {
    organization: 'ville-de-tours',
    title: 'Aides aux jeunes 2025',
    findings,
    depositId,
  });
  await answerQuestion(context, id, 'finished', { value: 'yes' });
  await answerQuestion(context, id, 'secret', { value: 'no' });
  await treatColumn(context, id, { kind: 'remove', column: 'courriel' });
  await treatColumn(context, id, { kind: 'mask', column: 'ne_e_le', mask: 'year' });
  await treatColumn(context, id, { kind: 'ask', column: 'beneficiaire' });
  expect((await getReview(context, id)).proposed.state).toBe('askLegalOfficer');
  await askLegalOfficer(context, id, 'Peut-on nommer les bénéficiaires ?');

  // The legal officer reads it masked, treats the column, forgets the motive, then decides.
  reader = { kind: 'anyone' };
  expect((await get('/desk/legal')).statusCode).toBe(403);
  reader = legalOfficer;
  expect((await get('/desk/legal')).body).toContain('Aides aux jeunes 2025');
  const page = await get(`/desk/legal/${id}`);
  expect(page.headers['cache-control']).toContain('no-store');
  expect(page.body).toContain('Peut-on nommer les bénéficiaires');
  const column = await post(`/desk/legal/${id}/column`, { column: 'beneficiaire', treatment: 'mask:initials' });
  expect([column.statusCode, column.headers.location]).toEqual([303, `/desk/legal/${id}#findings`]);
  const forgotten = await post(`/desk/legal/${id}/decide`, { outcome: 'openAfterProcessing', motive: ' ' });
  expect(forgotten.statusCode).toBe(422);
  expect(forgotten.body).toContain('role="alert"');
  const foreign = { outcome: 'open', motive: 'x' };
  expect((await post(`/desk/legal/${id}/decide`, foreign, { origin: 'https://ailleurs.example' })).statusCode).toBe(
    403,
  );
  const decided = await post(`/desk/legal/${id}/decide`, {
    outcome: 'openAfterProcessing',
    motive: 'Initiales seules.',
  });
  expect([decided.statusCode, decided.headers.location]).toEqual([303, '/desk/legal?done=decided']);
  const register = await get('/desk/legal/register.csv');
  expect(register.body).toContain('Initiales seules.');
  const asJson = await get('/desk/legal/register.json');
  expect(asJson.json().reviews).toHaveLength(1);

  // The treated table alone is stored and published.
  const treated = await treatTable(table, await treatmentsToPublish(context, id), scratch, engine);
  expect(treated.value.table.headers.map(({ title }) => title)).toEqual(['Bénéficiaire', 'Né(e) le', 'Montant']);
  expect(treated.value.table.sample[0]).toEqual(['L. M.', '1980', '1500']);
  const operator = as({ kind: 'operator' });
  const dataset = await checkNewDataset(operator, testRequest({ title: 'Aides aux jeunes 2025' }));
  const version = {
    ...testVersion(`${dataset.id}@1`, ['Bénéficiaire', 'Né(e) le', 'Montant']),
    file: { ...file, format: 'csv', encoding: 'UTF-8', delimiter: ';' },
  };
  await publishVersion(operator, { dataset, version, depositId, publish: true });
  await attachReview(context, id, { datasetId: dataset.id, version: 1 });

  // Everyone reads why; nobody takes the original.
  reader = { kind: 'anyone' };
  const data = (await get(`/datasets/${dataset.id}.json`)).json();
  expect(data.opening).toMatchObject({
    outcome: 'openAfterProcessing',
    decidedAs: 'legalOfficer',
    bases: ['L312-1-1', 'L312-1-2'],
    treated: [
      { column: 'Courriel', kind: 'remove' },
      { column: 'Né(e) le', kind: 'mask', mask: 'year' },
      { column: 'Bénéficiaire', kind: 'mask', mask: 'initials' },
    ],
  });
  expect((await get(`/datasets/${dataset.id}/original`)).statusCode).toBe(403);

  // Nothing that was ever answered or shown holds a raw value.
  const kept = JSON.stringify(await catalogue.db.selectFrom('opening_review').selectAll().execute());
  for (const shown of [page.body, forgotten.body, register.body, asJson.body, JSON.stringify(data), kept])
    for (const name of people) expect(shown).not.toContain(name.split(' ').at(-1));
});
