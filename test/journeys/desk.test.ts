// The seven steps over HTTP, as a browser without JavaScript sends them: a messy file of grants becomes a public page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { changeApproval } from '../../src/features/catalog/service.ts';
import { deskRoutes } from '../../src/features/desk/routes.ts';
import { followDrafts } from '../../src/features/desk/service.ts';
import { openingRoutes } from '../../src/features/opening/routes.ts';
import { schemaRoutes } from '../../src/features/schemas/routes.ts';
import { purgeVersions } from '../../src/features/versions/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { buildServer } from '../../src/web/server.ts';
import { openTestCatalogue, type TestCatalogue } from '../catalogue.ts';

const person = (id: number, role: 'depositor' | 'pilot'): Actor => ({
  kind: 'person',
  id: `00000000-0000-4000-8000-00000000000${id}`,
  grants: [{ role, organization: 'ville-de-tours' }],
});
const secretary = person(1, 'depositor');
const pilot = person(2, 'pilot');
const colleague = person(3, 'depositor');
const legalOfficer: Actor = {
  kind: 'person',
  id: '00000000-0000-4000-8000-000000000009',
  grants: [{ role: 'legalOfficer', organization: null }],
};

let catalogue: TestCatalogue;
let home: string;
let files: FileStore;
let engine: TableEngine;
let portal: FastifyInstance;
let address: string;
let reader: Actor = secretary;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  home = await mkdtemp(join(tmpdir(), 'terroir-desk-'));
  files = await openDiskStore(home);
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
  portal = await buildServer({
    publicUrl: 'http://test',
    log: { error: (facts, sentence) => console.error(sentence, facts) },
    site: async () => ({ name: 'Test', demo: false }),
  });
  const schemas = openSchemaRegistry({ fetched: join(home, 'schemas') }, openFetcher({ allowedHosts: [] }));
  const contextOf = () => as(reader);
  await portal.register(deskRoutes, { contextOf, schemas });
  await portal.register(schemaRoutes, { contextOf, schemas, shipped: schemas, contact: 'donnees@example.org' });
  await portal.register(openingRoutes, { contextOf });
  address = await portal.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await portal?.close();
  await engine?.close();
  await catalogue?.close();
  await rm(home, { recursive: true, force: true });
});
beforeEach(async () => {
  await catalogue.empty();
  reader = secretary;
});

function as(actor: Actor): Context {
  const log = { info() {}, warn() {}, error() {} };
  return { ...catalogue.operator, files, tables: engine, ingest: engine, actor, log };
}

const get = (url: string) => portal.inject({ url, headers: { 'accept-encoding': 'identity' } });
const post = (url: string, form: Readonly<Record<string, string>>) =>
  portal.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
/** Sends a form that is accepted. @returns where it leads. */
async function sent(url: string, form: Readonly<Record<string, string>>): Promise<string> {
  const answer = await post(url, form);
  expect(answer.statusCode, answer.body.slice(0, 3000)).toBe(303);
  return String(answer.headers.location);
}
/** A file travels as a stream: over a socket. */
async function upload(url: string, name: string, content: string): Promise<string> {
  const body = new FormData();
  body.set('file', new Blob([content], { type: 'text/csv' }), name);
  const answer = await fetch(address + url, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status, (await answer.text()).slice(0, 3000)).toBe(303);
  return String(answer.headers.get('location'));
}
const begin = async () => {
  const draft = await sent('/desk/drafts', { organization: 'ville-de-tours' });
  expect(draft).toMatch(/^\/desk\/drafts\/[0-9a-f-]{36}$/);
  return draft;
};
/** The marks of the buttons of a page whose label begins so. */
function marks(page: string, label: string): readonly string[] {
  const buttons = [...page.matchAll(/name="mark" value="([0-9a-f]{16})"[^>]*>([^<]*)</g)];
  return buttons.filter(([, , text]) => text?.startsWith(label)).map(([, mark]) => mark ?? '');
}

// Four faults: a day that does not exist, an amount that is a word, a total below, a person's address.
const grants = [
  'Association;Objet;Date de la convention;Montant;Courriel du contact',
  'Les Amis du livre;Salon 2025;12/03/2025;1500;lea.martin@gmail.com',
  'Touraine judo;Tournoi;31/02/2025;900;yann.legoff@orange.fr',
  'Chorale du Cher;Concerts;04/05/2025;350;n.durand@laposte.net',
  'Jardins partagés;Outils;02/06/2025;1200;camille.petit@free.fr',
  'Théâtre de poche;Saison;10/09/2025;2000;p.moreau@wanadoo.fr',
  'Total;;;5950;',
].join('\n');

test('the secretary publishes a messy file: asked, corrected, masked, presented, licensed, public', async () => {
  const draft = await begin();
  expect((await get(draft)).headers.location).toBe(`${draft}/what`);
  expect((await post(`${draft}/what`, {})).body).toContain('Choisissez ce que vous publiez.');
  expect(await sent(`${draft}/what`, { kind: 'table' })).toBe(`${draft}/file`);
  expect(await upload(`${draft}/file`, 'aides.csv', grants)).toBe(`${draft}/check`);

  // The report names the cell, quotes what was read, and offers the fix.
  const check = (await get(`${draft}/check`)).body;
  expect(check).toContain('C3');
  expect(check).toContain('31/02/2025');
  expect(check).toMatch(/La ligne\W*7 ressemble à un total/);
  const [fix = ''] = marks(check, 'Corriger cette cellule');
  const refused = await post(`${draft}/correct`, { mark: fix, typed: '' });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('role="alert"');
  expect(await sent(`${draft}/correct`, { mark: fix, typed: '28/02/2025' })).toBe(`${draft}/check#report`);
  const [remove = ''] = marks((await get(`${draft}/check`)).body, 'Retirer la ligne');
  await sent(`${draft}/correct`, { mark: remove, typed: '' });
  const corrected = (await get(`${draft}/check`)).body;
  expect(corrected).not.toContain('À corriger');
  expect(corrected).toContain('1 ligne mise de côté');
  const file = await get(`${draft}/corrected`);
  expect(file.body).toContain('28/02/2025');
  expect(file.body).toContain('Jardins partagés');

  // Persons were found: the addresses are shown masked, and the column is removed.
  const rights = (await get(`${draft}/rights`)).body;
  expect(rights).toContain('Courriel du contact');
  expect(rights).not.toContain('martin@gmail');
  const undecided = await sent(`${draft}/rights`, { finished: 'yes', secret: 'no' });
  expect(undecided).toBe(`${draft}/rights#outcome`);
  const open = { finished: 'yes', secret: 'no', 'column.courriel_du_contact': 'remove' };
  expect(await sent(`${draft}/rights`, open)).toBe(`${draft}/present`);

  // Too short is said at the field; what was typed stays.
  const short = await post(`${draft}/present`, { title: 'Aides', description: 'Court.' });
  expect(short.statusCode).toBe(422);
  expect(short.body).toMatch(/<title>Erreur/);
  expect(short.body).toContain('value="Aides"');
  const said = {
    title: 'Aides aux associations 2025',
    description: 'Les aides votées par le conseil en 2025, par association, avec leur objet et leur montant.',
    communes: '37261',
    keywords: 'associations, aides',
    contact: 'associations@ville.example',
  };
  const unreachable = await post(`${draft}/present`, { ...said, contact: '02 47 00 00 00' });
  expect([unreachable.statusCode, unreachable.body.includes('mairie@commune.fr')]).toEqual([422, true]);
  expect(await sent(`${draft}/present`, said)).toBe(`${draft}/terms`);
  // Closed here, it is taken up again here.
  expect((await get(draft)).headers.location).toBe(`${draft}/terms`);
  const closedForAll = await post(`${draft}/terms`, { licence: 'odc-odbl', frequency: 'ANNUAL', hvd: 'geospatial' });
  expect(closedForAll.statusCode).toBe(303);
  const stopped = await post(`${draft}/publish`, {});
  expect(stopped.statusCode).toBe(422);
  const yearly = { licence: 'lov2', frequency: 'ANNUAL', 'due-day': '31', 'due-month': '3', hvd: '' };
  expect(await sent(`${draft}/terms`, yearly)).toBe(`${draft}/publish`);

  // Seen as everyone will, then public.
  const preview = (await get(`${draft}/publish`)).body;
  expect(preview).toContain('Colonnes retirées');
  expect(preview).not.toContain('martin@gmail');
  expect(await sent(`${draft}/publish`, {})).toBe(`${draft}/done`);
  expect((await get(`${draft}/done`)).body).toContain('C’est en ligne');
  const presented = await catalogue.db.selectFrom('dataset').select(['contact', 'due_day']).executeTakeFirst();
  expect(presented).toEqual({ contact: 'associations@ville.example', due_day: '03-31' });
  const [version] = await catalogue.db.selectFrom('version').selectAll().execute();
  expect([version?.dataset_id, Number(version?.row_count)]).toEqual(['aides-aux-associations-2025', 5]);
  expect(version?.fields.map(({ name }) => name)).toEqual(['association', 'objet', 'date_de_la_convention', 'montant']);
  // Nothing that is kept for everyone holds what was removed, and the draft forgot the file's rows.
  expect(JSON.stringify([version?.profiles, version?.problems])).not.toContain('martin');
  const kept = await catalogue.db.selectFrom('desk_draft').selectAll().executeTakeFirstOrThrow();
  expect([kept.state, kept.examination, kept.steps]).toEqual(['published', null, []]);
  expect((await post(`${draft}/publish`, {})).statusCode).toBe(422);
});

test('next year’s file: the same fixes are offered at once, a new version is published', async () => {
  const first = await begin();
  await sent(`${first}/what`, { kind: 'table' });
  const clean = grants.split('\n').map((line) => line.split(';').slice(0, 4).join(';'));
  await upload(`${first}/file`, 'aides.csv', clean.join('\n'));
  const [fix = ''] = marks((await get(`${first}/check`)).body, 'Corriger cette cellule');
  await sent(`${first}/correct`, { mark: fix, typed: '28/02/2025' });
  await sent(`${first}/rights`, { finished: 'yes', secret: 'no', personal: 'no' });
  await sent(`${first}/present`, {
    title: 'Aides aux associations',
    description: 'Les aides votées par le conseil, par association, avec leur objet et leur montant.',
  });
  await sent(`${first}/terms`, { licence: 'lov2', frequency: 'ANNUAL' });
  await sent(`${first}/publish`, {});

  const next = await sent('/desk/drafts', { dataset: 'aides-aux-associations' });
  expect((await get(next)).headers.location).toBe(`${next}/file`);
  await upload(`${next}/file`, 'aides.csv', [...clean.slice(0, -1), 'Escrime;Masques;01/10/2025;400'].join('\n'));
  expect((await get(`${next}/check`)).body).toMatch(/1\Wcorrections de la dernière fois/);
  await sent(`${next}/replay`, {});
  expect((await get(`${next}/check`)).body).not.toContain('À corriger');
  // What was answered the last time holds: the file is presented already.
  expect(await sent(`${next}/rights`, {})).toBe(`${next}/publish`);
  await sent(`${next}/publish`, {});
  const versions = await catalogue.db.selectFrom('version').select(['number', 'row_count']).orderBy('number').execute();
  expect(versions.map((each) => [each.number, Number(each.row_count)])).toEqual([
    [1, 6],
    [2, 6],
  ]);
});

test('who is not sure asks the legal officer, and is free until the answer', async () => {
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'table' });
  await upload(`${draft}/file`, 'aides.csv', grants);
  await get(`${draft}/check`);
  await sent(`${draft}/ask`, { question: 'Peut-on publier le courriel des présidents ?' });
  expect((await get(`${draft}/rights`)).body).toContain('Votre question est chez le référent juridique');
  expect((await post(`${draft}/publish`, {})).statusCode).toBe(422);
  reader = legalOfficer;
  const queue = (await get('/desk/legal')).body;
  const id = /\/desk\/legal\/([0-9a-f-]{36})/.exec(queue)?.[1] ?? '';
  await sent(`/desk/legal/${id}/column`, { column: 'courriel_du_contact', treatment: 'remove' });
  await sent(`/desk/legal/${id}/decide`, { outcome: 'openAfterProcessing', motive: 'Sans les adresses.' });
  reader = secretary;
  const answered = (await get(`${draft}/rights`)).body;
  expect(answered).toContain('Sans les adresses.');
  expect((await get(`${draft}/publish`)).body).not.toContain('référent juridique');
});

test('where an organization reads twice, another person publishes', async () => {
  await changeApproval(catalogue.operator, 'ville-de-tours', true);
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'table' });
  await upload(`${draft}/file`, 'arbres.csv', 'Espèce;Hauteur\nTilleul;12\nPlatane;25\n');
  await get(`${draft}/check`);
  await sent(`${draft}/rights`, { finished: 'yes', secret: 'no', personal: 'no' });
  await sent(`${draft}/present`, {
    title: 'Arbres des parcs',
    description: 'Les arbres des parcs de la ville, leur espèce et leur hauteur en mètres.',
  });
  expect((await get(`${draft}/publish`)).body).toContain('seconde lecture');
  await sent(`${draft}/publish`, {});
  expect((await get(`${draft}/done`)).body).toContain('C’est prêt à relire');
  expect((await get('/desk')).body).not.toContain('À relire avant publication');
  reader = pilot;
  expect((await get('/desk')).body).toContain('Arbres des parcs');
  await sent('/desk/datasets/arbres-des-parcs/versions/1', { decision: 'approve' });
  const dataset = await catalogue.db.selectFrom('dataset').select('state').executeTakeFirstOrThrow();
  expect(dataset.state).toBe('published');
});

test('a draft is its maker’s, its pilot’s, and nobody else’s', async () => {
  const draft = await begin();
  reader = { kind: 'anyone' };
  expect((await get(`${draft}/what`)).statusCode).toBe(404);
  expect((await post('/desk/drafts', { organization: 'ville-de-tours' })).statusCode).toBe(403);
  expect((await get('/desk')).headers.location).toBe('/sign-in?next=/desk');
  reader = colleague;
  expect((await get(`${draft}/what`)).statusCode).toBe(404);
  reader = pilot;
  expect((await get(`${draft}/what`)).statusCode).toBe(200);
  expect((await get('/desk')).body).toContain(draft);
});

test('a file that cannot be read is kept, and another one takes its place', async () => {
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'grants' });
  await upload(`${draft}/file`, 'vide.csv', 'Association;Montant\n');
  const refused = (await get(`${draft}/check`)).body;
  expect(refused).toContain('Nous n’avons pas pu lire ce fichier');
  expect(refused).toContain('vide.csv');
  expect(refused).toContain('/schemas/scdl-subventions/template.xlsx');
  const template = await get('/schemas/scdl-subventions/template.csv');
  expect(template.body).toContain('nomAttribuant');
  await sent(`${draft}/paste`, { text: 'Espèce\tHauteur\nTilleul\t12\nPlatane\t25' });
  expect((await get(`${draft}/check`)).body).toContain('Platane');
});

test('a draft that is left is told of once, then warned of, then put away', async () => {
  await catalogue.db
    .insertInto('person')
    .values({ id: '00000000-0000-4000-8000-000000000001', name: 'Martine', email: 'martine@example.org' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const start = catalogue.now.getTime();
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'table' });
  await upload(`${draft}/file`, 'arbres.csv', 'Espèce;Hauteur\nTilleul;12\n');
  const told = async (days: number) => {
    catalogue.now = new Date(start + days * 24 * 3_600_000);
    await followDrafts(as({ kind: 'operator' }));
    const messages = await catalogue.db.selectFrom('message').select(['kind', 'link']).orderBy('id').execute();
    return messages.map(({ kind }) => kind);
  };
  expect(await told(0.5)).toEqual([]);
  expect(await told(1)).toEqual(['deposit.kept']);
  expect(await told(2)).toEqual(['deposit.kept']);
  expect(await told(61)).toEqual(['deposit.kept', 'deposit.abandoned']);
  expect((await get(draft)).headers.location).toBe(`${draft}/check`);
  await told(91);
  const kept = await catalogue.db.selectFrom('desk_draft').select('state').executeTakeFirstOrThrow();
  expect(kept.state).toBe('abandoned');
});

test('a purge ends what is being prepared from the same file, and forgets its rows', async () => {
  const trees = 'Espèce;Hauteur\nTilleul;12\nPlatane;25\n';
  const first = await begin();
  await sent(`${first}/what`, { kind: 'table' });
  await upload(`${first}/file`, 'arbres.csv', trees);
  await sent(`${first}/rights`, { finished: 'yes', secret: 'no', personal: 'no' });
  const description = 'Les arbres des parcs de la ville, leur espèce et leur hauteur en mètres.';
  await sent(`${first}/present`, { title: 'Arbres des parcs', description });
  await sent(`${first}/publish`, {});
  const second = await begin();
  await sent(`${second}/what`, { kind: 'table' });
  await upload(`${second}/file`, 'arbres.csv', trees);
  expect((await get(`${second}/check`)).body).toContain('Platane');
  const request = { id: 'arbres-des-parcs', numbers: null, reason: 'Un nom était dans le fichier.' };
  await purgeVersions(as({ kind: 'operator' }), request);
  const drafts = await catalogue.db.selectFrom('desk_draft').select(['state', 'examination']).execute();
  expect(JSON.stringify(drafts)).not.toContain('Platane');
  expect(drafts.map(({ state }) => state).toSorted()).toEqual(['abandoned', 'published']);
});

test('places that changed axes are shown before and after, on a map and in a table', async () => {
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'facilities' });
  await upload(`${draft}/file`, 'lieux.csv', 'Nom;Latitude;Longitude\nMairie;0.6893;47.3900\nÉcole;0.7012;47.4021\n');
  const { body } = await get(`${draft}/check`);
  expect(body).toContain('Vos lieux, avant et après');
  expect(body).toMatch(/Carte du monde\s: tels quels, les points tombent vers 0,689, 47,39/);
  expect(body).toMatch(/Carte de France\s: les points sont autour de 47,39, 0,689/);
  expect(body).toMatch(/<td>47,39<\/td><td>0,6893<\/td>/);
});

test('a PDF is asked about, then published as a document: no answer is given in its author’s place', async () => {
  const draft = await begin();
  await sent(`${draft}/what`, { kind: 'deliberations' });
  await upload(`${draft}/file`, 'conseil.pdf', '%PDF-1.7\nDélibération du 3 mai 2026\n%%EOF\n');
  const asked = (await get(`${draft}/check`)).body;
  expect(asked).toMatch(/Avez-vous le tableau d’origine/);
  expect(asked).toContain('Publier en document');
  expect(await sent(`${draft}/document`, {})).toBe(`${draft}/check`);
  expect((await get(`${draft}/check`)).body).toContain('Un document PDF se lit');
  // Nobody looked inside: all the questions are for a person.
  expect(await sent(`${draft}/rights`, { finished: 'yes', secret: 'no' })).toBe(`${draft}/rights#outcome`);
  await sent(`${draft}/rights`, { finished: 'yes', secret: 'no', personal: 'no' });
  const description = 'Le compte rendu du conseil municipal du 3 mai 2026, tel qu’il a été signé.';
  await sent(`${draft}/present`, { title: 'Conseil municipal du 3 mai 2026', description });
  await sent(`${draft}/publish`, {});
  const version = await catalogue.db.selectFrom('version').selectAll().executeTakeFirstOrThrow();
  expect([version.file_name, version.file_format, Number(version.row_count)]).toEqual(['conseil.pdf', 'pdf', 1]);
  expect(version.fields.map(({ title }) => title)).toEqual([
    'Document',
    'Format',
    'Taille en octets',
    'Empreinte SHA-256',
  ]);
});
