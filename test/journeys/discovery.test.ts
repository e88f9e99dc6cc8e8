// How a portal is found by machines, from outside: feeds, sitemaps, pictures, frames, and the addresses that standards name.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
let folder: string;
beforeAll(async () => {
  [portal, folder] = await Promise.all([openPortal('--empty'), mkdtemp(join(tmpdir(), 'terroir-discovery-'))]);
  await portal.cli('organization', 'add', 'ville-essai', '--name', 'Ville d’Essai & Cie');
  await deposit('arbres', 'Arbres <b>de</b> la ville & des "bois"', [
    'Essence;Quantité;latitude;longitude',
    'Platane;12;47.39;0.68',
    'Tilleul;7;47.40;0.69',
    'Érable;3;47.41;0.70',
    '',
  ]);
  await deposit('salles', 'Salles', ['Nom;Places', 'Fêtes;100', 'Sports;250', '']);
}, 120_000);
afterAll(async () => {
  await portal?.close();
  await rm(folder, { recursive: true, force: true });
});

async function deposit(id: string, title: string, lines: readonly string[]): Promise<void> {
  const path = join(folder, `${id}.csv`);
  await writeFile(path, lines.join('\n'));
  const { code, stderr } = await portal.cli(
    'deposit',
    path,
    '--organization',
    'ville-essai',
    '--id',
    id,
    '--title',
    title,
    '--publish',
  );
  expect(code, stderr).toBe(0);
}

/** Parsed strictly: what is not well formed throws. */
async function xml(path: string) {
  const answer = await portal.get(path);
  expect(answer.status, path).toBe(200);
  const complaints: string[] = [];
  const parser = new DOMParser({ onError: (level, message) => complaints.push(`${level} ${message}`) });
  const document = parser.parseFromString(await answer.text(), 'text/xml');
  expect(complaints).toEqual([]);
  const all = (name: string) => [...document.getElementsByTagName(name)].map((one) => one.textContent ?? '');
  const links = (rel: string) =>
    [...document.getElementsByTagName('link')]
      .filter((one) => one.getAttribute('rel') === rel)
      .map((one) => one.getAttribute('href') ?? '');
  return { answer, all, links };
}

test('every feed is well-formed Atom whose entries are addresses that answer', async () => {
  const feeds = [
    '/datasets.atom',
    '/datasets.atom?q=arbre',
    '/organizations/ville-essai/datasets.atom',
    '/datasets/arbres/versions.atom',
  ];
  for (const path of feeds) {
    const { answer, all, links } = await xml(path);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(new URL(links('self')[0] ?? '').pathname).toBe(path.split('?')[0]);
    const [feedId = '', ...ids] = all('id');
    expect(new URL(feedId).pathname).toBe(path.split('?')[0]);
    expect(ids.length, path).toBeGreaterThan(0);
    for (const id of ids) expect((await portal.get(new URL(id).pathname)).status, id).toBe(200);
    for (const moment of all('updated')) expect(new Date(moment).toISOString()).toBe(moment);
  }
  const { all } = await xml('/datasets.atom?q=arbre');
  expect(all('title')).toContain('Arbres <b>de</b> la ville & des "bois"');
  expect(all('name')).toEqual(['Ville d’Essai & Cie']);
});

test('a reader that comes again is told that nothing changed, by the tag or by the date', async () => {
  const first = await fetch(`${portal.url}/datasets.atom`);
  const tag = first.headers.get('etag') ?? '';
  const date = first.headers.get('last-modified') ?? '';
  const again = (headers: Record<string, string>) => fetch(`${portal.url}/datasets.atom`, { headers });
  expect((await again({ 'if-none-match': tag })).status).toBe(304);
  expect((await again({ 'if-modified-since': date })).status).toBe(304);
  expect((await again({ 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).status).toBe(200);
});

test('a feed of nothing is a feed; one of nobody is not found', async () => {
  const { all } = await xml('/datasets.atom?q=introuvable');
  expect(all('entry')).toEqual([]);
  expect(all('updated')).toHaveLength(1);
  for (const path of [
    '/organizations/personne/datasets.atom',
    '/communes/00000/datasets.atom',
    '/datasets/rien/versions.atom',
  ])
    expect((await portal.get(path)).status, path).toBe(404);
});

test('the sitemaps name every published dataset, and robots.txt names them', async () => {
  const { all } = await xml('/sitemap.xml');
  const parts = all('loc').map((address) => new URL(address).pathname);
  expect(parts).toEqual(['/sitemaps/pages.xml', '/sitemaps/datasets-1.xml']);
  const pages = await xml('/sitemaps/pages.xml');
  for (const address of pages.all('loc'))
    expect((await portal.get(new URL(address).pathname)).status, address).toBe(200);
  const datasets = await xml('/sitemaps/datasets-1.xml');
  expect(datasets.all('loc').map((address) => new URL(address).pathname)).toEqual([
    '/datasets/arbres',
    '/datasets/salles',
  ]);
  expect(datasets.all('lastmod')).toHaveLength(2);
  for (const name of ['datasets-2', 'datasets-0', 'rien', 'datasets-1e3'])
    expect((await portal.get(`/sitemaps/${name}.xml`)).status, name).toBe(404);
  const robots = await (await portal.get('/robots.txt')).text();
  expect(robots).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m);
  expect(robots).toMatch(/^Disallow: \/desk$/m);
  expect(robots).not.toMatch(/^Disallow: \/$/m);
});

test('browsers find how to search here, and what to propose', async () => {
  const { answer } = await xml('/opensearch.xml');
  expect(answer.headers.get('content-type')).toContain('application/opensearchdescription+xml');
  const [q, titles, , addresses] = (await portal.json('/suggestions?q=sall')) as readonly [string, ...string[][]];
  expect([q, titles]).toEqual(['sall', ['Salles']]);
  expect(new URL(addresses?.[0] ?? '').pathname).toBe('/datasets/salles');
});

test('the addresses that standards name', async () => {
  const security = await (await portal.get('/.well-known/security.txt')).text();
  expect(security).toMatch(/^Contact: mailto:\S+@\S+$/m);
  const expires = Date.parse(/^Expires: (.+)$/m.exec(security)?.[1] ?? '');
  expect(expires).toBeGreaterThan(Date.now());
  expect(expires).toBeLessThan(Date.now() + 366 * 86_400_000);
  const where = async (path: string) => {
    const answer = await fetch(portal.url + path, { redirect: 'manual' });
    return [answer.status, answer.headers.get('location')];
  };
  expect(await where('/.well-known/change-password')).toEqual([303, '/account']);
  expect(await where('/.well-known/void')).toEqual([303, '/api/explore/v2.1/catalog/exports/ttl']);
  expect((await portal.get('/api/explore/v2.1/catalog/exports/ttl')).status).toBe(200);
  const catalog = (await portal.json('/.well-known/api-catalog')) as { linkset: { anchor: string }[] };
  for (const { anchor } of catalog.linkset) expect(anchor).toMatch(/^http/);
});

test('a picture to share is a PNG of 1200 × 630, kept under its revision', async () => {
  const page = await (await portal.get('/datasets/arbres')).text();
  const named = /property="og:image" content="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { pathname, search } = new URL(named);
  const lasting = await portal.get(pathname + search);
  expect(lasting.headers.get('cache-control')).toContain('immutable');
  expect((await portal.get(`${pathname}?v=other`)).headers.get('cache-control')).not.toContain('immutable');
  for (const path of [
    '/share.png',
    '/organizations/ville-essai/share.png',
    '/datasets/salles/share.png?lang=en',
    pathname,
  ]) {
    const answer = await portal.get(path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/png']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    // One block of data: it unfolds to a filter byte and three colours per pixel of each row.
    const length = bytes.readUInt32BE(33);
    expect(inflateSync(bytes.subarray(41, 41 + length))).toHaveLength((1200 * 3 + 1) * 630);
  }
  expect((await portal.get('/datasets/rien/share.png')).status).toBe(404);
});

test('other sites embed a dataset by its address, in JSON and in XML, as a frame that they may show', async () => {
  const page = await (await portal.get('/datasets/arbres')).text();
  const discovery = /type="application\/json\+oembed".*?href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const found = new URL(discovery);
  const embed = (await portal.json(found.pathname + found.search)) as Record<string, string | number>;
  expect(embed).toMatchObject({
    version: '1.0',
    type: 'rich',
    width: 760,
    title: 'Arbres <b>de</b> la ville & des "bois"',
  });
  const src = /src="([^"]+)"/.exec(String(embed['html']))?.[1] ?? '';
  expect(String(embed['html'])).not.toContain('<b>');
  const frame = await portal.get(new URL(src).pathname);
  expect(frame.status).toBe(200);
  expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *');
  expect(await frame.text()).not.toContain('<b>de</b>');
  expect((await portal.get('/datasets/arbres')).headers.get('content-security-policy')).toContain(
    "frame-ancestors 'none'",
  );

  const ask = (url: string, more = '') => portal.get(`/oembed?url=${encodeURIComponent(url)}${more}`);
  const address = found.searchParams.get('url') ?? '';
  const small = (await (await ask(`${address}?view=table`, '&maxwidth=300&maxheight=250')).json()) as Record<
    string,
    unknown
  >;
  expect([small['width'], small['height']]).toEqual([300, 250]);
  expect(String(small['html'])).toContain('/datasets/arbres/embed?view=table');
  expect((await ask(address, '&format=xml')).headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect((await ask(address, '&format=yaml')).status).toBe(501);
  for (const wrong of [
    '',
    'http://example.org/datasets/arbres',
    address.replace('arbres', 'rien'),
    `${address}/versions`,
  ])
    expect((await ask(wrong)).status, wrong).toBe(404);
});

test('a frame shows a chart, a map or rows, and explains what it cannot', async () => {
  const text = async (query: string) => (await portal.get(`/datasets/arbres/embed${query}`)).text();
  expect(await text('?view=map')).toContain('<terroir-map');
  expect(await text('?view=table')).toContain('Platane');
  expect(await text('?view=table&refine=essence:Tilleul')).not.toContain('Platane');
  const broken = await portal.get('/datasets/arbres/embed?view=table&column=quantite&operator=gt&value=beaucoup');
  expect(broken.status).toBe(200);
});
