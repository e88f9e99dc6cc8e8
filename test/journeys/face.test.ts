// A commune takes its own face: colours that are checked, a logo, somebody who answers, an address of its own where only its
// data and the territory's show; and the territory draws itself as soon as its boundaries are published.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPortal } from '../../src/app.ts';
import { readSettings } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import { type App, openApp } from '../../src/doors.ts';
import { insertGrant } from '../../src/features/accounts/member-queries.ts';
import { insertSession, provePerson } from '../../src/features/accounts/person-queries.ts';
import { sessionCookie } from '../../src/features/accounts/tokens.ts';
import { addOrganization, saveCommunes, saveTerritory } from '../../src/features/catalog/service.ts';
import { drawTerritory, territoryDrawing } from '../../src/features/face/service.ts';
import { depositFile } from '../../src/features/publish/service.ts';

const secret = 'a secret of forty letters for this test!';
const silent = { info() {}, warn() {}, error: (facts: unknown) => console.error(facts) };
const tours = { insee: '37261', name: 'Tours', siren: '213702616', postalCodes: ['37000'] };
const druye = { insee: '37099', name: 'Druye', siren: '213700990', postalCodes: ['37190'] };
const about = { population: 1000, populationSource: 'compté à la main', organization: null };

let home: string;
let app: App;
let operator: Context;
let portal: FastifyInstance;
let pilot: string;
let origin: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-face-'));
  await chmod(home, 0o755);
  const settings = readSettings({ TERROIR_HOME: home, AUTH_SECRET: secret, PUBLIC_URL: 'http://donnees.example.fr' });
  app = await openApp(settings, silent);
  operator = app.contextFor({ kind: 'operator' });
  portal = await buildPortal(app, settings, silent, { demo: false });
  origin = await portal.listen({ port: 0, host: '127.0.0.1' });
  await saveTerritory(operator, {
    name: 'Le Val',
    kind: 'metropole',
    siren: '243700754',
    source: 'à la main',
    demo: null,
  });
  await saveCommunes(
    operator,
    [tours, druye].map((commune) => ({ ...commune, ...about })),
  );
  await addOrganization(operator, { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' });
  await addOrganization(operator, { slug: 'druye', name: 'Commune de Druye', insee: '37099' });
  await addOrganization(operator, { slug: 'le-val', name: 'Le Val', kind: 'metropole', siren: '243700754' });
  await publish('aides', 'ville-de-tours', 'Subventions 2025', ['37261'], 'nom;montant\nA;100\nB;250,50\n');
  await publish('arbres', 'druye', 'Arbres de Druye', ['37099'], 'essence;hauteur\nTilleul;12\nOrme;9\n');
  await publish(
    'velos',
    'le-val',
    'Stationnements vélo',
    ['37261', '37099'],
    'code_insee;rue;capacite\n37261;Gare;20\n37261;Quai;10\n37099;Mairie;4\n',
  );
  const personId = await provePerson(operator.db, { email: 'pilote@example.org', name: 'Pilote', language: 'fr' });
  const far = new Date('2100-01-01T00:00:00Z');
  const author = { actor: 'operator', now: new Date() };
  await insertGrant(operator.db, { personId, role: 'pilot', organization: 'ville-de-tours', endsAt: far }, author);
  const token = await insertSession(operator.db, { personId, userAgent: null, now: new Date(), until: far });
  pilot = sessionCookie(token, secret, { secure: false, seconds: 3600 }).split(';')[0] ?? '';
});
afterAll(async () => {
  await portal?.close();
  await app?.close();
  await rm(home, { recursive: true, force: true });
});

async function publish(id: string, organization: string, title: string, communes: readonly string[], text: string) {
  const path = join(home, `${id}.${text.startsWith('{') ? 'geojson' : 'csv'}`);
  await writeFile(path, text);
  // A drawing is measured only where it says where its lines come from.
  const source = id === 'contours' ? 'IGN, pour l’essai' : null;
  const rest = {
    source,
    description: '',
    licence: 'lov2',
    theme: null,
    frequency: null,
    keywords: [],
    newVersion: false,
  };
  await depositFile(operator, { ...rest, path, organization, id, title, communes, publish: true });
}

type Sent = Readonly<Record<string, string | Buffer>>;

type Got = { readonly statusCode: number; readonly body: string; readonly headers: Readonly<Record<string, unknown>> };

/** Asks under any Host header, which fetch would not send. */
function call(method: string, url: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = ask(`${origin}${url}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        resolve({ statusCode, body: Buffer.concat(chunks).toString('utf8'), headers: answer.headers });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Sends the form as a browser does. */
function send(url: string, fields: Sent, cookie = pilot) {
  const mark = 'borderofthisform';
  const parts = Object.entries(fields).map(([name, value]) =>
    typeof value === 'string'
      ? Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      : Buffer.concat([
          Buffer.from(
            `--${mark}\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\nContent-Type: image/png\r\n\r\n`,
          ),
          value,
          Buffer.from('\r\n'),
        ]),
  );
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${mark}`, 'sec-fetch-site': 'same-origin' };
  return call('POST', url, headers, Buffer.concat([...parts, Buffer.from(`--${mark}--\r\n`)]));
}

const get = (url: string, host = 'donnees.example.fr') => call('GET', url, { host });
const json = async (url: string, host?: string): Promise<unknown> => JSON.parse((await get(url, host)).body);
const form = '/organizations/ville-de-tours/face';
const logo = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>');

test('what would be hard to read, or could harm, is refused with what to do; nothing of it is kept', async () => {
  const light = await send(form, { ground: '#8bc34a', mission: 'Perdue ?' });
  expect(light.statusCode).toBe(422);
  expect(light.body).toMatch(/contraste est de 1\.\d, il en faut 4,5/);
  expect(light.body).toContain('Perdue ?');
  const evil = await send(form, { logo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') });
  expect(evil.statusCode).toBe(422);
  expect((await send(form, { photo: logo })).body).toContain('Dites en une phrase ce que montre la photo');
  expect((await send(form, { logo: Buffer.alloc(400_000, 0x20) })).body).toContain('300 ko au plus');
  expect((await send(form, { host: 'donnees.example.fr' })).statusCode).toBe(409);
  expect((await send(form, { host: '<b>' })).statusCode).toBe(422);
  expect((await get('/organizations/ville-de-tours')).body).not.toContain('Perdue');
  expect((await get('/organizations/ville-de-tours/logo')).statusCode).toBe(404);
});

test('only who answers for the organization changes its face', async () => {
  expect((await send('/organizations/druye/face', { mission: 'à moi' })).statusCode).toBe(403);
  expect((await send('/territory/face', { mission: 'à moi' })).statusCode).toBe(403);
  expect((await send(form, { mission: 'à moi' }, 'lang=fr')).statusCode).toBe(403);
});

test('colours, logo, mission and contact show on its pages; the rest of the portal is as it was', async () => {
  const saved = await send(form, {
    ground: '#5a1f3d',
    accent: '#8a2f52',
    logo,
    mission: 'Servir <b>tout le monde</b>.',
    contactName: 'Le service des données',
    contactPhone: '02 00 00 00 00',
    host: 'https://Donnees.Tours.Example/',
  });
  expect([saved.statusCode, saved.headers.location]).toEqual([303, `${form}?done=saved`]);
  const page = (await get('/organizations/ville-de-tours')).body;
  expect(page).toContain('Servir &lt;b>tout le monde&lt;/b>.');
  expect(page).toContain('href="tel:0200000000"');
  expect(page).toContain('/organizations/ville-de-tours/colours.css?v=1');
  const sheet = await get('/organizations/ville-de-tours/colours.css?v=1');
  expect(sheet.headers['content-type']).toContain('text/css');
  expect(sheet.body).toContain('--accent:#8a2f52');
  const picture = await get('/organizations/ville-de-tours/logo?v=1');
  expect(picture.headers['content-type']).toBe('image/svg+xml');
  expect(picture.headers['content-security-policy']).toContain('sandbox');
  expect((await get('/')).body).not.toContain('colours.css');
});

test('under its own address: its page first, its data and the territory’s, its colours, and nothing else', async () => {
  const own = 'donnees.tours.example';
  const first = await get('/', own);
  expect(first.body).toContain('<h1>Tours</h1>');
  expect(first.body).toContain('data-face="ville-de-tours"');
  expect(first.body).toContain('<link rel="canonical" href="http://donnees.example.fr/"');
  const found = (await json('/datasets.json', own)) as { datasets: { id: string }[]; total: number };
  expect(found.datasets.map(({ id }) => id).sort()).toEqual(['aides', 'velos']);
  expect(found.total).toBe(2);
  expect((await get('/datasets/aides', own)).statusCode).toBe(200);
  expect((await get('/datasets/arbres', own)).statusCode).toBe(404);
  expect((await get('/api/explore/v2.1/catalog/datasets/arbres/records', own)).statusCode).toBe(404);
  expect((await get('/api/explore/v2.1/catalog/datasets/velos/records', own)).statusCode).toBe(200);
  for (const elsewhere of [
    '/organizations',
    '/communes/37099',
    '/sign-in?next=%2F',
    '/api/explore/v2.1/catalog/datasets',
  ]) {
    const answer = await get(elsewhere, own);
    expect([answer.statusCode, answer.headers.location]).toEqual([302, `http://donnees.example.fr${elsewhere}`]);
  }
  expect((await call('POST', '/sign-out', { host: own, 'content-length': '0' })).statusCode).toBe(404);
});

test('a host that nobody chose sees the portal, and its name is written nowhere', async () => {
  for (const host of ['evil.example', '"><script>alert(1)</script>', 'donnees.tours.example.evil.example', '[']) {
    const answer = await get('/', host);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Le Val');
    if (host !== '[') expect(answer.body).not.toContain(host);
  }
});

test('a commune is answered about in sentences, each with its rows', async () => {
  const page = (await get('/communes/37261')).body.replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(page).toContain('2 endroits où attacher son vélo. 30 places en tout.');
  expect(page).toContain('2 subventions publiées. 350,50 € en tout.');
  expect(page).toContain('/datasets/velos?refine=code_insee%3A37261#rows');
  const data = (await json('/communes/37099.json')) as { answers: { subject: string; count: number }[] };
  expect(data.answers.map(({ subject, count }) => [subject, count])).toEqual([
    ['bikes', 1],
    ['trees', 2],
  ]);
  // Tours publishes grants, Druye does not yet: an idea, with an example.
  expect((await get('/communes/37099')).body).toContain('Les subventions aux associations');
});

test('the territory draws itself when its boundaries are published, and no more when they are withdrawn', async () => {
  expect(await territoryDrawing(operator)).toBeNull();
  const square = (code: string, x: number) => ({
    type: 'Feature',
    properties: { code_insee: code },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, 47],
          [x + 0.1, 47],
          [x + 0.1, 47.1],
          [x, 47.1],
          [x, 47],
        ],
      ],
    },
  });
  const collection = { type: 'FeatureCollection', features: [square('37261', 0.6), square('37099', 0.7)] };
  await publish('contours', 'le-val', 'Contours des communes', ['37261', '37099'], JSON.stringify(collection));
  expect(await drawTerritory(operator)).toBe(true);
  expect(await drawTerritory(operator)).toBe(false);
  const drawing = await territoryDrawing(operator);
  expect(drawing?.communes.map(({ insee }) => insee).sort()).toEqual(['37099', '37261']);
  expect((await get('/')).body).toContain('class="territory"');
  // A tenth of a degree by a tenth, at 47° north: 11.12 km × 7.58 km.
  expect((await get('/communes/37261')).body.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('environ 84 km²');
});

test('communes are set side by side per inhabitant, in alphabetical order; what is not known is said so', async () => {
  const data = (await json('/communes/compare.json?communes=37261,37099')) as {
    chosen: { name: string }[];
    lines: {
      dataset: { id: string };
      figures: ({ count: number; per1000: number; sumPer1000: number } | null)[];
    }[];
  };
  expect(data.chosen.map(({ name }) => name)).toEqual(['Druye', 'Tours']);
  // Of the datasets about them, one alone tells several communes.
  expect(data.lines.map(({ dataset }) => dataset.id)).toEqual(['velos']);
  expect(data.lines[0]?.figures).toMatchObject([
    { count: 1, per1000: 1, sumPer1000: 4 },
    { count: 2, per1000: 2, sumPer1000: 30 },
  ]);
  const page = (await get('/communes/compare?communes=37261&communes=37099')).body.replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(page).toContain('Pour 1 000 habitants');
  expect(page).toContain('pas « mieux »');
  const wrong = await get('/communes/compare?communes=37261,%3Cscript%3E');
  expect(wrong.statusCode).toBe(200);
  expect(wrong.body).toContain('ne sont pas ceux d’une commune');
  expect(wrong.body).not.toContain('<SCRIPT>');
  expect((await get('/communes/37099')).body).toContain('/communes/compare?communes=37099');
});
