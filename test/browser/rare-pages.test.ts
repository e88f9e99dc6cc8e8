// What the demonstration does not hold, looked at in a browser on fixtures: a withdrawn dataset, a corrected search, long
// cells, remarks, two versions, addresses in cells; and what every page keeps: its policy, its language, its twin.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openSite, openWindow, picture, type TestSite, type Visit } from './site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function visit(path: string, options: Visit, look: (page: Page) => Promise<void>): Promise<void> {
  const window = await openWindow(browser, options);
  try {
    const page = await window.newPage();
    await page.goto(site.url + path);
    await picture(
      page,
      `${path.replace(/[^a-z0-9]+/gi, '_')}-${options.width ?? 1280}${options.dark === true ? '-dark' : ''}`,
    );
    await look(page);
  } finally {
    await window.close();
  }
}

const paths = [
  '/datasets/arbres-tours?q=platane&sort=-id',
  '/datasets/horaires-piscines',
  '/datasets?q=arbrs',
  '/datasets?q=zzz',
];

test.each(paths)('axe finds nothing on %s, light and dark', async (path) => {
  for (const dark of [false, true]) {
    await visit(path, { dark, withoutPolicy: true }, async (page) => {
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        type Found = { violations: { id: string; nodes: { html: string }[] }[] };
        const { axe } = globalThis as unknown as { axe: { run(d: Document): Promise<Found> } };
        return (await axe.run(document)).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
    });
  }
});

test('no page breaks its own policy, the data for search engines included', async () => {
  const window = await openWindow(browser, {});
  const page = await window.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  for (const path of ['/', '/datasets', '/datasets/arbres-tours', '/communes/37261', '/api', '/publish'])
    await page.goto(site.url + path);
  expect(said).toEqual([]);
  await page.goto(`${site.url}/datasets/arbres-tours`);
  const told: unknown = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
  expect(told).toMatchObject({ '@type': 'Dataset', url: 'https://donnees.example.fr/datasets/arbres-tours' });
  await window.close();
});

test('long cells, remarks and filters still fit a phone', async () => {
  for (const path of paths)
    await visit(path, { width: 320 }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    });
});

test('a withdrawn dataset tells why, as a page and as data', async () => {
  await visit('/datasets/horaires-piscines', { scripts: false }, async (page) => {
    expect(await page.locator('h1').textContent()).toBe('Horaires des piscines');
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('retiré le 15 janvier 2026');
    expect(text).toContain('le numéro personnel d’un agent');
  });
  const twin = await fetch(`${site.url}/datasets/horaires-piscines.json`);
  expect(twin.status).toBe(410);
  expect(await twin.json()).toMatchObject({ id: 'horaires-piscines', withdrawnAt: '2026-01-15T08:00:00.000Z' });
});

test('a word with a missing letter is corrected, and the page says so', async () => {
  await visit('/datasets?q=arbrs', { scripts: false }, async (page) => {
    expect(await page.locator('[role="status"]').textContent()).toContain('Nous avons cherché');
    expect(await page.locator('.datasets > li').count()).toBe(2);
  });
});

test('a filter is one link away, and one link takes it off', async () => {
  await visit('/datasets', { scripts: false }, async (page) => {
    await page.getByRole('link', { name: /^Ville de Tours 4$/ }).click();
    expect(await page.locator('[role="status"]').textContent()).toContain('4 jeux de données trouvés');
    await page.fill('#q', 'arbres');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=arbres/);
    expect(page.url()).toContain('organization=ville-de-tours');
    await page.locator('.chips a', { hasText: 'Producteur' }).click();
    expect(page.url()).not.toContain('organization=');
  });
});

test('rows: sorted both ways, paged, searched, taken away as they are shown', async () => {
  await visit('/datasets/arbres-tours', { scripts: false }, async (page) => {
    const first = () => page.locator('table.rows tbody tr').first().locator('td').first().textContent();
    const head = page.locator('table.rows thead a', { hasText: 'id' }).first();
    await head.click();
    await page.waitForURL(/sort=id/);
    expect(await first()).toBe('1');
    await head.click();
    await page.waitForURL(/sort=-id/);
    expect(await first()).toBe('1500');
    expect(await page.locator('th[aria-sort="descending"]').count()).toBe(1);
    await page.locator('nav.paging a').last().click();
    await page.waitForURL(/page=2/);
    expect(await first()).toBe('1480');
    await page.fill('#rows-q', 'Micocoulier');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=Micocoulier/);
    expect(await page.locator('[role="status"]').textContent()).toMatch(/sur 300$/);
    const take = await page.locator('.explorer-file a').getAttribute('href');
    expect(take).toBe(
      '/api/explore/v2.1/catalog/datasets/arbres-tours/exports/csv?where=%27Micocoulier%27&order_by=%60id%60+desc&for_spreadsheet=true',
    );
  });
});

test('a chosen language stays from page to page', async () => {
  await visit('/', { scripts: false }, async (page) => {
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('link', { name: 'I search' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('link', { name: 'Français' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  });
});

test('what is pressed on a phone is at least 44 pixels high', async () => {
  await visit('/datasets/arbres-tours', { width: 320 }, async (page) => {
    const heights = await page
      .locator('button:visible, .chips a, header nav a')
      .evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });
});
