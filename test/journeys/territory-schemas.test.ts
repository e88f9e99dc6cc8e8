// A schema of the territory from its first draft to its second version: the form without a script, comments of all, decisions.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaRoutes } from '../../src/features/schemas/routes.ts';
import { withTerritorySchemas } from '../../src/features/schemas/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { openSchemaRegistry, type SchemaRegistry } from '../../src/stores/schemas/registry.ts';
import { buildServer } from '../../src/web/server.ts';
import { openTestCatalogue, type TestCatalogue } from '../catalogue.ts';

const person = (id: number, ...grants: Extract<Actor, { kind: 'person' }>['grants']): Actor => ({
  kind: 'person',
  id: `00000000-0000-4000-8000-00000000000${id}`,
  grants,
});
const steward = person(1, { role: 'steward', organization: null });
const resident = person(2);
const anyone: Actor = { kind: 'anyone' };
const names = new Map([
  [steward, 'Claire Fontaine'],
  [resident, 'Ali Bensaïd'],
]);

let catalogue: TestCatalogue;
let home: string;
let portal: FastifyInstance;
let schemas: SchemaRegistry;
let reader: Actor = steward;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  await catalogue.empty();
  home = await mkdtemp(join(tmpdir(), 'terroir-models-'));
  const shipped = openSchemaRegistry({ fetched: join(home, 'schemas') }, openFetcher({ allowedHosts: [] }));
  schemas = withTerritorySchemas(shipped, catalogue.operator);
  portal = await buildServer({
    publicUrl: 'http://test',
    log: { error: (facts, sentence) => console.error(sentence, facts) },
    site: async () => ({ name: 'Test', demo: false }),
    identify: async () => ({
      actor: reader,
      person:
        reader.kind === 'person'
          ? {
              id: reader.id,
              name: names.get(reader) ?? '',
              language: 'fr',
              demo: false,
              session: { id: 'x', openedAt: catalogue.now },
            }
          : null,
    }),
  });
  const contextOf = () => ({ ...catalogue.operator, actor: reader });
  await portal.register(schemaRoutes, { contextOf, schemas, shipped, contact: 'donnees@example.org' });
});
afterAll(async () => {
  await portal?.close();
  await catalogue?.close();
  await rm(home, { recursive: true, force: true });
});

const get = async (url: string) => {
  const answer = await portal.inject({ url, headers: { 'accept-encoding': 'identity', 'accept-language': 'fr' } });
  // Spaces that never break are of the page, not of the sentence.
  const body = answer.body.replace(/[\u00a0\u202f]/g, ' ');
  return { status: answer.statusCode, body, text: parseHTML(body).document.body?.textContent ?? '' };
};
const post = (url: string, form: URLSearchParams | Readonly<Record<string, string>>) =>
  portal.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form as Record<string, string>).toString(),
  });
async function sent(url: string, form: URLSearchParams | Readonly<Record<string, string>>): Promise<string> {
  const answer = await post(url, form);
  expect(answer.statusCode, answer.body.slice(0, 2000)).toBe(303);
  return String(answer.headers.location);
}
/** The form of a page as a browser would send it, with what somebody typed. */
async function form(url: string, typed: Readonly<Record<string, string>>): Promise<URLSearchParams> {
  const { document } = parseHTML((await get(url)).body);
  const said = new URLSearchParams();
  const found = document.querySelector('.schema-form');
  for (const input of found?.querySelectorAll('input') ?? [])
    if (input.getAttribute('type') !== 'checkbox' || input.hasAttribute('checked'))
      said.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
  for (const area of found?.querySelectorAll('textarea') ?? [])
    said.set(area.getAttribute('name') ?? '', area.textContent ?? '');
  for (const select of found?.querySelectorAll('select') ?? [])
    said.set(select.getAttribute('name') ?? '', select.querySelector('option[selected]')?.getAttribute('value') ?? '');
  for (const [name, value] of Object.entries(typed)) said.set(name, value);
  return said;
}
const day = 86_400_000;
const later = (days: number) => {
  catalogue.now = new Date(catalogue.now.getTime() + days * day);
};
const inDays = (days: number) => new Date(catalogue.now.getTime() + days * day).toISOString().slice(0, 10);

test('the national model first: the form says when there is one, and what has none is begun empty', async () => {
  reader = steward;
  const trees = (await get('/schemas/new?subject=arbres')).text;
  expect(trees).toContain('Un modèle national existe sur ce sujet');
  const benches = (await get('/schemas/new?subject=bancs')).text;
  expect(benches).toContain('Rien n’existe sur ce sujet');
  expect((await post('/schemas/new', { title: 'Bancs publics', from: '', reason: ' ' })).statusCode).toBe(422);
  const reason = 'Huit communes recensent leurs bancs, chacune à sa façon.';
  expect(await sent('/schemas/new', { title: 'Bancs publics', from: '', reason })).toBe('/schemas/bancs-publics/edit');
  // Neither a name that is taken, nor anybody but the steward.
  expect((await post('/schemas/new', { title: 'Bancs publics', from: '', reason })).statusCode).toBe(409);
  expect((await post('/schemas/new', { title: 'DAE', from: '', reason })).statusCode).toBe(409);
  reader = resident;
  expect((await post('/schemas/new', { title: 'Fontaines', from: '', reason })).statusCode).toBe(403);
  expect((await get('/schemas/bancs-publics/edit')).status).toBe(403);
  // A draft is nobody's business yet.
  expect((await get('/schemas/bancs-publics')).status).toBe(404);
  expect((await get('/schemas/bancs-publics/1.0.0')).status).toBe(404);
});

test('columns are added, moved and filled; what is not sound is said, and keeps the draft at home', async () => {
  reader = steward;
  const edit = '/schemas/bancs-publics/edit';
  await sent(edit, await form(edit, { description: 'Où s’asseoir.', do: 'add' }));
  await sent(edit, await form(edit, { 'f0.name': 'code', 'f0.title': 'Code', 'f0.required': 'yes', do: 'add' }));
  const typed = { 'f1.name': 'places assises', 'f1.type': 'integer', 'f1.minimum': '1', 'f1.example': '0' };
  await sent(edit, await form(edit, { ...typed, do: 'save' }));
  expect((await get(edit)).text).toContain('Colonne 2 : « places assises » n’est pas un nom de colonne');
  expect((await post('/schemas/bancs-publics/window', { until: inDays(21) })).statusCode).toBe(422);
  await sent(edit, await form(edit, { 'f1.name': 'places', 'f1.example': '3', do: 'up.1' }));
  expect((await get(edit)).text).toContain('C’est la première version');
  const { document } = parseHTML((await get(edit)).body);
  expect([...document.querySelectorAll('summary')].map((each) => each.textContent?.trim().split(' ')[3])).toEqual([
    'places',
    'Code',
  ]);
});

test('everybody reads and comments for three weeks; then it is adopted, and never changes again', async () => {
  reader = steward;
  expect((await post('/schemas/bancs-publics/window', { until: '2020-01-01' })).statusCode).toBe(422);
  await sent('/schemas/bancs-publics/window', { until: inDays(21) });
  // What people comment on does not change under their eyes.
  const moved = await post('/schemas/bancs-publics/edit', { title: 'Autre chose', count: '0' });
  expect(moved.statusCode).toBe(409);
  reader = anyone;
  expect((await get('/schemas')).text).toContain('Bancs publics, version 1.0.0');
  const page = (await get('/schemas/bancs-publics/1.0.0')).text;
  expect(page).toContain('Avis ouverts');
  expect(page).toContain('donnees@example.org');
  expect(page).toContain('Huit communes recensent leurs bancs');
  expect((await post('/schemas/bancs-publics/comments', { text: 'Bien.' })).statusCode).toBe(403);
  reader = resident;
  expect((await post('/schemas/bancs-publics/comments', { text: '  ' })).statusCode).toBe(422);
  await sent('/schemas/bancs-publics/comments', { text: 'Il faudrait dire <b>l’ombre</b>.' });
  const commented = (await get('/schemas/bancs-publics/1.0.0')).body;
  expect(commented).toContain('Ali Bensaïd, le');
  expect(commented).toContain('&lt;b>');
  reader = steward;
  const decision = { word: 'adopted', reason: 'Aucune commune ne s’y oppose.' };
  expect((await post('/schemas/bancs-publics/decision', decision)).statusCode).toBe(409);
  later(22);
  reader = resident;
  expect((await post('/schemas/bancs-publics/comments', { text: 'Trop tard ?' })).statusCode).toBe(409);
  reader = steward;
  expect((await post('/schemas/bancs-publics/decision', { word: 'adopted', reason: '' })).statusCode).toBe(422);
  expect(await sent('/schemas/bancs-publics/decision', decision)).toBe('/schemas/bancs-publics/1.0.0');
  reader = anyone;
  const shown = await get('/schemas/bancs-publics');
  expect(shown.status).toBe(200);
  const json = (await portal.inject({ url: '/schemas/bancs-publics/1.0.0.json' })).json();
  expect(json).toMatchObject({
    name: 'bancs-publics',
    version: '1.0.0',
    fields: [
      { name: 'places', type: 'integer', constraints: { minimum: 1 } },
      { name: 'code', constraints: { required: true } },
    ],
  });
  expect((await get('/schemas/bancs-publics/1.0.0')).text).toContain('Adopté le');
  await expect(
    catalogue.db
      .updateTable('territory_schema_version')
      .set({ version: '9.9.9' })
      .where('state', '=', 'published')
      .execute(),
  ).rejects.toThrow(/never changes/);
  // Files are checked against it from now on, by its name.
  expect(await schemas.load('bancs-publics')).toMatchObject({ kind: 'table', schema: { title: 'Bancs publics' } });
});

test('a next version says what it breaks by its number; both stay at their address', async () => {
  reader = steward;
  expect(await sent('/schemas/new', { from: 'bancs-publics' })).toBe('/schemas/bancs-publics/edit');
  expect((await post('/schemas/new', { from: 'bancs-publics' })).statusCode).toBe(409);
  const edit = '/schemas/bancs-publics/edit';
  await sent(edit, await form(edit, { do: 'add' }));
  await sent(edit, await form(edit, { 'f2.name': 'ombre', 'f2.type': 'boolean', do: 'save' }));
  expect((await get(edit)).text).toContain('Cette version s’appellera 1.1.0');
  await sent(edit, await form(edit, { do: 'remove.0' }));
  const page = (await get(edit)).text;
  expect(page).toContain('Cette version s’appellera 2.0.0');
  expect(page).toContain('« places » disparaît');
  await sent('/schemas/bancs-publics/window', { until: inDays(0) });
  expect(await sent('/schemas/bancs-publics/decision', { word: 'amended', reason: 'On garde le matériau.' })).toBe(
    edit,
  );
  await sent(edit, await form(edit, { do: 'add' }));
  await sent(edit, await form(edit, { 'f2.name': 'materiau', 'f2.choices': 'bois\nmétal', do: 'save' }));
  await sent('/schemas/bancs-publics/publish', {});
  reader = anyone;
  expect((await get('/schemas/bancs-publics/2.0.0')).text).toContain('Amendé le');
  expect((await get('/schemas/bancs-publics')).text).toContain('version 2.0.0');
  expect((await get('/schemas/bancs-publics/1.0.0')).text).toContain('n’est pas la version en vigueur');
  expect(await schemas.load('bancs-publics@1.0.0')).toMatchObject({ schema: { version: '1.0.0' } });
  expect(await schemas.load('bancs-publics')).toMatchObject({ schema: { version: '2.0.0' } });
});

test('a model that comes with the platform goes on from there; a refusal stays readable', async () => {
  reader = steward;
  await sent('/schemas/new', { from: 'toilettes-publiques' });
  const edit = '/schemas/toilettes-publiques/edit';
  await sent(edit, await form(edit, { do: 'add' }));
  const { document } = parseHTML((await get(edit)).body);
  const last = document.querySelectorAll('details.column').length - 1;
  await sent(edit, await form(edit, { [`f${last}.name`]: 'point_eau', [`f${last}.type`]: 'boolean', do: 'save' }));
  await sent('/schemas/toilettes-publiques/window', { until: inDays(0) });
  await sent('/schemas/toilettes-publiques/decision', { word: 'refused', reason: 'Le modèle national arrive.' });
  reader = anyone;
  const refused = (await get('/schemas/toilettes-publiques/1.1.0')).text;
  expect(refused).toContain('Refusé le');
  expect(refused).toContain('Le modèle national arrive.');
  // What was in force still is, English titles and checks included.
  expect((await get('/schemas/toilettes-publiques')).text).toContain('version 1.0.0');
  expect((await get('/schemas/toilettes-publiques/1.0.0')).status).toBe(200);
  expect((await get('/schemas/toilettes-publiques/7.0.0')).status).toBe(404);
  // A draft that nobody was shown leaves without a trace.
  reader = steward;
  await sent('/schemas/new', { from: 'toilettes-publiques' });
  await sent('/schemas/toilettes-publiques/abandon', {});
  expect((await get(edit)).status).toBe(404);
});
