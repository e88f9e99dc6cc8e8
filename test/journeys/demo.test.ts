// The demonstration as a stranger meets it: from `/` by links alone, each page and its data, the marks of the demonstration.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 180_000);
afterAll(() => portal?.close());

async function page(path: string): Promise<string> {
  const answer = await portal.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type'), path).toContain('text/html');
  return answer.text();
}

function links(html: string): string[] {
  return [...html.matchAll(/href="(\/[^"#]*)"/g)].map((m) => (m[1] ?? '').replaceAll('&amp;', '&'));
}

test('the 22 communes are reached from the home page, with their population and its source', async () => {
  const home = await page('/');
  expect(links(home)).toEqual(expect.arrayContaining(['/datasets', '/communes']));
  const communes = [...new Set(links(await page('/communes')).filter((link) => /^\/communes\/\d{5}$/.test(link)))];
  expect(communes).toHaveLength(22);
  expect(communes).toContain('/communes/37261');
  const tours = await page('/communes/37261');
  expect(tours).toContain('Tours');
  expect(tours).toMatch(/13\d[\u202f\u00a0 ]\d{3}/);
  expect(tours).toContain('INSEE');
});

test('at least 15 datasets, and every page of the catalogue has its data', async () => {
  const catalogue = (await portal.json('/datasets.json?pageSize=100')) as {
    total: number;
    datasets: { id: string; demo: boolean }[];
  };
  expect(catalogue.total).toBeGreaterThanOrEqual(15);
  expect(catalogue.datasets.some((d) => d.demo)).toBe(true);
  expect(catalogue.datasets.some((d) => !d.demo)).toBe(true);
  for (const dataset of catalogue.datasets) {
    const html = await page(`/datasets/${dataset.id}`);
    expect(html.includes('badge demo'), dataset.id).toBe(dataset.demo);
    expect(html).toContain('<table');
    const twin = (await portal.json(`/datasets/${dataset.id}.json`)) as { id: string };
    expect(twin.id).toBe(dataset.id);
    const records = (await portal.json(`/api/explore/v2.1/catalog/datasets/${dataset.id}/records`)) as {
      total_count: number;
    };
    expect(records.total_count).toBeGreaterThan(0);
  }
}, 120_000);

test('every link of the main pages answers', async () => {
  const seen = new Set<string>(['/', '/communes', '/organizations', '/datasets']);
  for (const start of [...seen]) for (const link of links(await page(start))) seen.add(link);
  for (const link of seen) {
    const answer = await portal.get(link);
    expect(answer.status, link).toBe(200);
    await answer.body?.cancel();
  }
}, 120_000);

test('an accent and a letter missing are forgiven', async () => {
  for (const words of ['dechets', 'déchets', 'dechts', 'collecte déchet']) {
    const found = (await portal.json(`/datasets.json?q=${encodeURIComponent(words)}`)) as { total: number };
    expect(found.total, words).toBeGreaterThan(0);
  }
});
