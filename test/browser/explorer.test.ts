// The explorer and the elements in Chromium: without a script, by the keyboard, on a phone, in the dark, with little motion.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const dataset = '/datasets/arbres-tours';
const paths = [`${dataset}?view=chart`, `${dataset}?view=map`, `${dataset}?view=api&lang=en`, '/elements'];

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  portal = await openPortal();
  const executablePath = process.env['TERROIR_TEST_BROWSER'];
  browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

async function visit(
  path: string,
  options: Parameters<Browser['newContext']>[0],
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  try {
    const page = await context.newPage();
    await page.goto(portal.url + path);
    await use(page);
  } finally {
    await context.close();
  }
}

type Axe = { run(d: Document, o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

test.each(paths)('axe finds nothing on %s, in the dark too', async (path) => {
  for (const colorScheme of ['light', 'dark'] as const)
    await visit(path, { colorScheme, bypassCSP: true, reducedMotion: 'reduce' }, async (page) => {
      await page.waitForLoadState('networkidle');
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: Axe };
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        return (await axe.run(document, { runOnly: tags })).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
    });
});

test('on a phone nothing scrolls sideways', async () => {
  for (const path of paths)
    await visit(path, { viewport: { width: 320, height: 800 } }, async (page) => {
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    });
});

test('without JavaScript: a value is chosen, then seen as a chart, a map and a link that stays', async () => {
  await visit(dataset, { javaScriptEnabled: false }, async (page) => {
    await page.getByText('Choisir des valeurs').click();
    await page.getByRole('checkbox', { name: /Platane commun/ }).check();
    await page.getByRole('button', { name: 'Appliquer ces choix' }).click();
    await page.waitForURL(/refine=/);
    expect(await page.locator('[role="status"]').innerText()).toMatch(/sur 305$/);
    await page.getByRole('navigation', { name: 'Voir les mêmes lignes autrement' }).getByText('Graphique').click();
    expect(await page.locator('.explorer figure.chart-figure svg[role="img"]:visible').count()).toBe(1);
    expect(await page.locator('.explorer .chart-summary').innerText()).toContain('305');
    await page.getByRole('navigation', { name: 'Voir les mêmes lignes autrement' }).getByText('Carte').click();
    expect(await page.locator('svg.places circle').count()).toBe(305);
    await page.getByText('Garder, citer, intégrer').click();
    expect(await page.locator('.explorer-take code').first().innerText()).toMatch(/refine=.*version=1$/);
  });
});

test('by the keyboard: a chart is built from the form', async () => {
  await visit(`${dataset}?view=chart`, {}, async (page) => {
    await page.locator('.chart-builder summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('#chart-x').selectOption('lieu');
    await page.locator('#chart-mark').selectOption('bar');
    await page.locator('.chart-builder button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/x=lieu/);
    expect(await page.locator('.explorer .chart-figure strong').innerText()).toContain('lieu');
  });
});

test('the elements read the portal, print their source, and obey the keyboard', async () => {
  await visit('/elements', {}, async (page) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.locator('terroir-table tbody tr').first().waitFor();
    expect(await page.locator('terroir-table [role="status"]').innerText()).toBe(
      'Lignes 1 à 5 sur 1 500'.replace('1 500', '1\u202f500'),
    );
    await page.locator('terroir-table button').last().focus();
    await page.keyboard.press('Enter');
    await page.locator('terroir-table [role="status"]', { hasText: 'Lignes 6 à 10' }).waitFor();
    expect(await page.locator('terroir-figure .figure').innerText()).toContain('1\u202f500');
    for (const tag of ['terroir-table', 'terroir-chart', 'terroir-figure', 'terroir-map', 'terroir-facets'])
      expect(await page.locator(`${tag} .source`).innerText(), tag).toContain('Licence Ouverte');
    expect(errors).toEqual([]);
  });
});

test('a script’s address stays, and may be asked from elsewhere', async () => {
  const answer = await portal.get('/elements/chart.js');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('content-type')).toContain('javascript');
  expect((await portal.get('/elements/secret.js')).status).toBe(404);
});
