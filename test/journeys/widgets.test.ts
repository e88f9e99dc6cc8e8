// A town hall puts a widget on its site: studio, code, key; counted by day and host; an undeclared site gets a sentence.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';
import { openProducer, type Producer } from './producer.ts';

let portal: Portal;
let producer: Producer;
let key = '';

beforeAll(async () => {
  portal = await openPortal();
  producer = await openProducer(portal);
  const file = join(portal.home, 'menus.csv');
  await writeFile(file, 'jour;plat\n2026-05-12;Lentilles\n2026-05-13;Poisson\n');
  const named = ['--organization', 'ville-de-tours', '--title', 'Menus de cantine', '--id', 'menus'];
  const deposited = await portal.cli('deposit', file, ...named, '--publish');
  expect(deposited.code, deposited.stderr).toBe(0);
});
afterAll(() => portal?.close());

test('the gallery, the studio and its twin answer without an account and without a script', async () => {
  const gallery = await (await portal.get('/widgets')).text();
  expect(gallery).toContain('href="/widgets/table"');
  const answer = await portal.get('/widgets/table?dataset=menus&accent=%231d5873');
  expect(answer.headers.get('content-security-policy')).toContain("frame-src 'self'");
  expect(answer.headers.get('set-cookie')).toBeNull();
  const page = await answer.text();
  expect(page).toMatch(/integrity=(?:&quot;|")sha384-[A-Za-z0-9+/]{64}/);
  for (const width of [320, 480, 768]) expect(page).toContain(`at-${width}`);
  const data = (await portal.json('/widgets/table.json?dataset=menus&ground=%23ffffff&accent=jaune')) as {
    codes: { iframe: string; script: string };
    colours: { name: string; good: boolean }[];
  };
  expect(data.codes.iframe).toMatch(/^<iframe src="[^"]+\/datasets\/menus\/embed\?view=table" title="[^"]+"/);
  expect(data.codes.script).toContain('<terroir-table base=');
  expect(data.colours.map(({ name, good }) => [name, good])).toEqual([
    ['accent', false],
    ['ground', true],
  ]);
});

test('what is not possible is told calmly, and nothing of it is taken', async () => {
  const page = await (await portal.get('/widgets/table?dataset=%22%3E%3Cscript%3Ealert(1)%3C/script%3E')).text();
  expect(page).not.toContain('<script>alert(1)');
  expect(page).toContain('n’est pas possible ici');
  const unknown = await portal.get('/widgets/horoscope');
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toMatch(/pas de widget «\shoroscope\s»/);
  expect((await portal.get('/widgets/bench/drupal')).status).toBe(404);
});

test('the benches say what each tool keeps, and where its rules are written', async () => {
  for (const name of ['plain', 'wordpress', 'joomla', 'typo3', 'spip']) {
    const answer = await portal.get(`/widgets/bench/${name}`);
    expect(answer.status, name).toBe(200);
    expect(await answer.text(), name).toContain('D’où viennent ces règles');
  }
});

test('the town hall that does not exist says so, with six widgets and a way on without a script', async () => {
  const answer = await portal.get('/demo/mairie');
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).toContain('Cette commune et ce site n’existent pas');
  expect(page.match(/<section /g)).toHaveLength(6);
  expect(page.match(/<noscript>/g)).toHaveLength(6);
});

const kept = { organization: 'ville-de-tours', dataset: 'menus', keep_title: 'Menus', keep_contact: 'web@ville.fr' };

test('nobody but a member keeps a widget; a hostile site is refused with what was typed', async () => {
  const stranger = await fetch(`${portal.url}/widgets/table`, {
    method: 'POST',
    body: new URLSearchParams({ ...kept, keep_hosts: 'ville.fr' }),
  });
  expect(stranger.status).toBe(403);
  const refused = await producer.reader.post('/widgets/table', { ...kept, keep_hosts: 'javascript:alert(1)' });
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('n’est pas l’adresse d’un site');
  const made = await producer.reader.post('/widgets/table', { ...kept, keep_hosts: 'https://www.ville.fr/accueil' });
  expect(made.status).toBe(303);
  key = /\/widgets\/(w[0-9a-f]{18})\?/.exec(made.location ?? '')?.[1] ?? '';
  expect(key).not.toBe('');
  const page = await producer.reader.get(`/organizations/ville-de-tours/widgets/${key}`);
  expect(page.body).toContain(`widget=${key}`);
  expect(page.body).toContain('Pas encore posé');
});

const framed = (host: string, of = key) =>
  fetch(`${portal.url}/datasets/menus/embed?view=table&widget=${of}`, {
    headers: { accept: 'text/html', referer: `https://${host}/`, 'sec-fetch-dest': 'iframe' },
  });

test('a declared site shows it and is counted; another gets a sentence and a link, in a frame that shows', async () => {
  expect((await framed('www.ville.fr')).status).toBe(200);
  const script = `${portal.url}/elements/table.js?widget=${key}`;
  expect((await fetch(script, { headers: { origin: 'https://ville.fr' } })).ok).toBe(true);
  const elsewhere = await framed('copie.example');
  expect(elsewhere.status).toBe(403);
  expect(elsewhere.headers.get('content-security-policy')).toContain('frame-ancestors *');
  expect(await elsewhere.text()).toContain('n’a pas été fait pour le site copie.example');
  const unknown = await framed('www.ville.fr', 'w000000000000000000');
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('Ce widget n’existe pas');
  await expect
    .poll(
      async () => {
        const answer = await producer.reader.get(`/organizations/ville-de-tours/widgets/${key}.json`);
        const { widget } = JSON.parse(answer.body) as { widget: { uses: { host: string; uses: number }[] } };
        return widget.uses.map(({ host, uses }) => `${host} ${uses}`).toSorted();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toEqual(['copie.example 1', 'ville.fr 1', 'www.ville.fr 1']);
  const list = await producer.reader.get('/organizations/ville-de-tours/widgets');
  expect(list.body).toContain('qui n’est pas déclaré');
});

test('declared, the other site is no trouble; retired, the code says so', async () => {
  const path = `/organizations/ville-de-tours/widgets/${key}`;
  expect((await producer.reader.post(`${path}/hosts`, { hosts: 'ville.fr copie.example' })).status).toBe(303);
  expect((await producer.reader.get(path)).body).toContain('Se porte bien');
  expect((await producer.reader.post(`${path}/retire`, {})).status).toBe(303);
  await expect.poll(async () => (await framed('www.ville.fr')).status, { timeout: 20_000, interval: 500 }).toBe(404);
});
