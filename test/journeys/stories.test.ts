// A story from its first draft to its withdrawal, over HTTP and without a script: who sees it, what its live blocks show.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { type App, openApp } from '../../src/doors.ts';
import { addOrganization, saveCommunes } from '../../src/features/catalog/service.ts';
import { discoveryRoutes } from '../../src/features/discovery/routes.ts';
import { faceRoutes } from '../../src/features/face/routes.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import { storyRoutes } from '../../src/features/stories/routes.ts';
import { storiesOfCommune } from '../../src/features/stories/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { buildServer } from '../../src/web/server.ts';
import { testCommune } from '../catalogue.ts';

const person = (id: number, ...grants: Extract<Actor, { kind: 'person' }>['grants']): Actor => ({
  kind: 'person',
  id: `00000000-0000-4000-8000-00000000000${id}`,
  grants,
});
const steward = person(1, { role: 'steward', organization: null });
const editor = person(2, { role: 'editor', organization: 'ville-de-tours' });
const elsewhere = person(3, { role: 'pilot', organization: 'departement' });
const anyone: Actor = { kind: 'anyone' };

const publicUrl = 'http://test';
let home: string;
let app: App;
let portal: FastifyInstance;
let reader: Actor = anyone;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-stories-'));
  await chmod(home, 0o755);
  app = await openApp(readSettings({ TERROIR_HOME: home }), {
    info() {},
    warn() {},
    error: (facts) => console.error(facts),
  });
  const operator = app.contextFor({ kind: 'operator' });
  await saveCommunes(operator, [testCommune('37261', 'Tours', '213702616', 138_668, ['37000'])]);
  await addOrganization(operator, { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' });
  await addOrganization(operator, { slug: 'departement', name: 'Département', kind: 'departement' });
  const file = join(home, 'arbres.csv');
  await writeFile(
    file,
    'essence;hauteur;latitude;longitude\nTilleul;12;47.39;0.68\nTilleul;8;47.40;0.69\nPlatane;20;47.41;0.70\n',
  );
  const request = { path: file, organization: 'ville-de-tours', description: '', licence: 'lov2', newVersion: false };
  const rest = { theme: null, frequency: null, keywords: [], communes: [] };
  await depositFile(operator, { ...request, ...rest, id: 'arbres', title: 'Arbres', publish: true });
  await depositFile(operator, { ...request, ...rest, id: 'secret', title: 'Pas encore', publish: false });
  portal = await buildServer({
    publicUrl,
    log: { error: (facts, sentence) => console.error(sentence, facts) },
    site: async () => ({ name: 'Test', demo: false }),
    identify: async () => ({ actor: reader, person: null }),
  });
  const contextOf = () => app.contextFor(reader);
  await portal.register(storyRoutes, { contextOf, publicUrl });
  await portal.register(faceRoutes, { contextOf, publicUrl, storiesOf: storiesOfCommune });
  const siteName = async () => 'Test';
  await portal.register(discoveryRoutes, { contextOf, publicUrl, siteName, contact: 'donnees@example.org' });
}, 60_000);
afterAll(async () => {
  await portal?.close();
  await app?.close();
  await rm(home, { recursive: true, force: true });
});

async function get(url: string, lang = 'fr') {
  const answer = await portal.inject({ url, headers: { 'accept-encoding': 'identity', 'accept-language': lang } });
  // Spaces that never break are of the page, not of the sentence.
  const body = answer.body.replace(/[\u00a0\u202f]/g, ' ');
  return { status: answer.statusCode, body, document: parseHTML(body).document };
}
const post = async (url: string, form: Readonly<Record<string, string>>) => {
  const answer = await portal.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'fr', accept: 'text/html' },
    payload: new URLSearchParams(form).toString(),
  });
  const body = answer.body.replace(/[\u00a0\u202f]/g, ' ');
  return { status: answer.statusCode, body, location: String(answer.headers.location ?? '') };
};
const body = [
  'Des <script>alert(1)</script> arbres.',
  '```chart\n/datasets/arbres?view=chart&chart=bar&x=essence\n```',
  '```map\njeu : arbres\n```',
  '```figure\njeu : arbres\nmesure : hauteur\ncalcul : moyenne\nunité : m\ntitre : Hauteur moyenne\n```',
  '```table\n/datasets/arbres?refine=essence:Platane\n```',
].join('\n\n');
const form = {
  kind: 'story',
  organization: 'ville-de-tours',
  title: 'Nos arbres',
  lead: 'Trois arbres, deux essences.',
  body,
  datasets: 'arbres',
  commune: '37261',
};

test('a draft is its writers’ alone; the preview saves nothing', async () => {
  reader = editor;
  const seen = await post('/stories/new', { ...form, act: 'preview' });
  expect(seen.status).toBe(200);
  expect(seen.body).toContain('Hauteur moyenne');
  expect((await get('/stories/nos-arbres')).status).toBe(404);
  const begun = await post('/stories/new', { ...form, act: 'save' });
  expect([begun.status, begun.location]).toEqual([303, '/stories/nos-arbres/edit?saved=yes']);
  expect((await get('/stories/nos-arbres')).status).toBe(200);
  reader = steward;
  expect((await get('/stories/nos-arbres/edit')).status).toBe(200);
  for (const other of [anyone, elsewhere]) {
    reader = other;
    for (const path of ['/stories/nos-arbres', '/stories/nos-arbres.json', '/stories/nos-arbres/edit'])
      expect((await get(path)).status, path).toBe(404);
    for (const path of ['/stories', '/stories.atom', '/sitemaps/pages.xml'])
      expect((await get(path)).body).not.toMatch(/nos-arbres|Nos arbres/);
    expect((await post('/stories/nos-arbres/publish', { version: '1' })).status).toBe(404);
  }
  // An organization's editor writes in its name alone.
  reader = editor;
  expect((await post('/stories/new', { ...form, organization: '', act: 'save' })).status).toBe(403);
  expect((await post('/stories/new', { ...form, organization: 'departement', act: 'save' })).status).toBe(403);
});

test('published, it is whole without a script, and runs nothing', async () => {
  reader = editor;
  expect((await post('/stories/nos-arbres/publish', { version: '1' })).status).toBe(303);
  reader = anyone;
  const { status, document, body: html } = await get('/stories/nos-arbres');
  expect(status).toBe(200);
  const article = document.querySelector('article.story');
  expect(article?.querySelectorAll('script:not([src^="/assets/"])').length).toBe(0);
  expect(article?.textContent).toContain('Des <script>alert(1)</script> arbres.');
  expect(article?.querySelectorAll('.chart-figure svg').length).toBe(3);
  const numbers = [...(article?.querySelectorAll('.chart-figure tbody tr') ?? [])].map((row) => row.textContent);
  expect(numbers).toEqual(['Tilleul2', 'Platane1']);
  expect(article?.querySelectorAll('.places circle').length).toBe(3);
  // (12 + 8 + 20) / 3
  expect(article?.querySelector('.story-value')?.textContent?.replace(/\s+/g, ' ')).toBe('13,333 m');
  const tables = [...(article?.querySelectorAll('.story-live') ?? [])].at(-1);
  expect(tables?.querySelectorAll('tbody tr').length).toBe(1);
  expect(tables?.textContent).toContain('Platane');
  expect(html).toContain('property="og:type" content="article"');
  const facts = JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}') as object;
  expect(facts).toMatchObject({
    '@type': 'Article',
    headline: 'Nos arbres',
    author: { name: 'Ville de Tours' },
    isBasedOn: [{ '@type': 'Dataset', name: 'Arbres', url: 'http://test/datasets/arbres' }],
  });
  const places = ['/stories', '/stories.atom', '/sitemaps/pages.xml', '/communes/37261'];
  for (const path of [...places, '/stories?q=quels%20ARBRES%20et%20essences'])
    expect((await get(path)).body, path).toContain('/stories/nos-arbres');
  expect((await get('/stories?q=piscines')).body).toContain('Aucun récit ne parle de « piscines ».');
  expect((await get('/stories/nos-arbres?lang=en')).body).toContain('The data of this page');
  expect(JSON.parse((await get('/stories/nos-arbres.json')).body)).toMatchObject({
    slug: 'nos-arbres',
    datasets: ['arbres'],
  });
});

test('what a block cannot show is a calm sentence; its writer gets the line and the reason', async () => {
  reader = steward;
  const wrong = [
    '```chart',
    '/datasets/arbres?x=esence',
    '```',
    '```map',
    'jeu : rien',
    '```',
    '```table',
    'https://ailleurs.example/datasets/arbres',
    '```',
    '```figure',
    'jeu : secret',
    '```',
    '```figure',
    'jeu : arbres',
    'mesure : essence',
    '```',
  ].join('\n');
  const { body: page } = await post('/stories/new', { ...form, organization: '', body: wrong, act: 'preview' });
  const { document } = parseHTML(page);
  expect(document.querySelectorAll('.story-preview .story-absent').length).toBe(5);
  expect([...document.querySelectorAll('.problems li')].map((li) => li.textContent?.replace(/\s+/g, ' '))).toEqual([
    'Ligne 1Ce jeu n’a pas de colonne « esence ». La plus proche est « essence ».',
    'Ligne 4Il n’y a pas de jeu de données publié « rien ».',
    'Ligne 8« https://ailleurs.example/datasets/arbres » est d’un autre site : un bloc ne montre que des données de ce portail.',
    'Ligne 10Il n’y a pas de jeu de données publié « secret ».',
    'Ligne 13Ce calcul ne donne pas de nombre : choisissez une colonne de nombres.',
  ]);
});

test('what is refused keeps the text in the form, and says where', async () => {
  reader = steward;
  const refused = [
    [{ title: 'A' }, 'title'],
    [{ lead: '' }, 'lead'],
    [{ body: 'a'.repeat(40_001) }, 'body'],
    [{ body: '```map\njeu: arbres\n```\n\n'.repeat(13) }, 'body'],
    [{ datasets: 'inconnu' }, 'datasets'],
    [{ datasets: 'secret' }, 'datasets'],
    [{ commune: '75056' }, 'commune'],
  ] as const;
  for (const [change, field] of refused) {
    const { status, body: page } = await post('/stories/new', { ...form, ...change, act: 'save' });
    expect(status).toBe(422);
    const { document } = parseHTML(page);
    expect(document.querySelector('[aria-invalid="true"]')?.id).toBe(field);
    expect(document.querySelector('[role="alert"]')?.textContent).not.toBe('');
    expect(document.querySelector('#lead')?.textContent).toBe('lead' in change ? '' : form.lead);
  }
});

test('two people at once: the second is told, sees both texts, and loses nothing', async () => {
  reader = editor;
  const page = (await get('/stories/nos-arbres/edit')).document;
  const version = page.querySelector('.story-form input[name="version"]')?.getAttribute('value') ?? '';
  reader = steward;
  expect(
    (await post('/stories/nos-arbres/edit', { ...form, version, body: 'Le texte de Claire.', act: 'save' })).status,
  ).toBe(303);
  reader = editor;
  const second = await post('/stories/nos-arbres/edit', { ...form, version, body: 'Le texte d’Ali.', act: 'save' });
  expect(second.status).toBe(409);
  const { document } = parseHTML(second.body);
  expect(document.querySelector('[role="alert"]')?.textContent).toContain('Quelqu’un a changé ce récit');
  expect(document.querySelector('#body')?.textContent).toContain('Le texte d’Ali.');
  expect(document.querySelector('details pre')?.textContent).toContain('Le texte de Claire.');
  const next = document.querySelector('.story-form input[name="version"]')?.getAttribute('value') ?? '';
  expect(
    (await post('/stories/nos-arbres/edit', { ...form, version: next, body: 'Ensemble.', act: 'save' })).status,
  ).toBe(303);
  reader = anyone;
  expect((await get('/stories/nos-arbres')).body).toContain('Ensemble.');
});

test('withdrawn, its address stays with the reason; a draft that nobody saw can be thrown away', async () => {
  reader = editor;
  const version =
    (await get('/stories/nos-arbres/edit')).document
      .querySelector('form[action$="/withdraw"] input[name="version"]')
      ?.getAttribute('value') ?? '';
  expect((await post('/stories/nos-arbres/withdraw', { version, reason: ' ' })).status).toBe(422);
  expect((await post('/stories/nos-arbres/withdraw', { version, reason: 'Chiffres faux.' })).status).toBe(303);
  reader = anyone;
  const gone = await get('/stories/nos-arbres');
  expect(gone.status).toBe(410);
  expect(gone.body).toContain('Motif : Chiffres faux.');
  expect(gone.body).not.toContain('Ensemble.');
  expect((await get('/stories.atom')).body).not.toContain('nos-arbres');
  reader = editor;
  expect((await post('/stories/nos-arbres/discard', {})).status).toBe(409);
  const begun = await post('/stories/new', { ...form, act: 'save' });
  expect(begun.location).toBe('/stories/nos-arbres-2/edit?saved=yes');
  expect((await post('/stories/nos-arbres-2/discard', {})).status).toBe(303);
  expect((await get('/stories/nos-arbres-2')).status).toBe(404);
});

test('hostile addresses are unknown stories', async () => {
  reader = anyone;
  for (const path of ['/stories/%00', '/stories/..%2f..', `/stories/${'a'.repeat(90)}`, '/stories/%3Cscript%3E'])
    expect((await get(path)).status, path).toBe(404);
  expect((await get('/stories?q=%00%3Cscript%3E')).status).toBe(200);
});
