// What people see, in a real browser, on the demonstration: axe, narrow screens, the keyboard alone, no JavaScript.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  portal = await openPortal();
  const executablePath = process.env['TERROIR_TEST_BROWSER'];
  browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: launchArgs });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

const paths = [
  '/',
  '/datasets',
  '/datasets?q=arbres',
  '/datasets?q=introuvable-partout',
  '/datasets/arbres-tours',
  '/organizations',
  '/organizations/ville-de-tours',
  '/communes',
  '/communes/37261',
  '/api',
  '/publish',
  '/accessibilite',
  '/sign-in',
  '/mails',
  '/une-adresse-qui-n-existe-pas',
  '/?lang=en',
  '/datasets/arbres-tours?lang=en',
];

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

async function withPage<T>(options: Parameters<Browser['newContext']>[0], use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each(paths)('axe finds nothing on %s', async (path) => {
    // The policy of the pages forbids foreign scripts: axe is let in by the browser, not by the page.
    await withPage({ colorScheme, bypassCSP: true }, async (page) => {
      await page.goto(portal.url + path);
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const axe = (
          globalThis as unknown as { axe: { run(d: Document, o: unknown): Promise<{ violations: Violation[] }> } }
        ).axe;
        // What the colours of the system do not change is checked once.
        const tags = matchMedia('(prefers-color-scheme: dark)').matches
          ? ['cat.color']
          : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        return (await axe.run(document, { runOnly: tags })).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      });
      expect(violations).toEqual([]);
    });
  });
});

test.each([320, 768])('at %i pixels no page scrolls sideways', async (width) => {
  await withPage({ viewport: { width, height: 800 } }, async (page) => {
    for (const path of paths) {
      await page.goto(portal.url + path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  });
});

test('by the keyboard alone: skip link, search, sort, next page', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${portal.url}/datasets/arbres-tours`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.locator('#rows-q').focus();
    await page.keyboard.type('platane');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=platane/);
    const rows = await page.locator('table.rows tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.toLowerCase()).toContain('platan');
    await page.locator('table.rows thead a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=/);
    expect(await page.locator('th[aria-sort="ascending"]').count()).toBe(1);
    await page.locator('nav.paging a').last().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/page=2/);
    expect(await page.locator('table.rows tbody th').first().innerText()).toBe('21');
  });
});

test('without JavaScript a resident finds the commune and its data', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(portal.url);
    await page.fill('#commune', 'fondettes');
    await page.click('form.ask button');
    expect(await page.locator('h1').innerText()).toBe('Fondettes');
    await page.locator('.datasets a').first().click();
    expect(await page.locator('table.rows tbody tr').count()).toBeGreaterThan(0);
    expect(await page.locator('.badge.demo').first().innerText()).toBe('Données de démonstration');
  });
});

test('no page asks anything of another site', async () => {
  await withPage({}, async (page) => {
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(portal.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    for (const path of paths) await page.goto(portal.url + path);
    expect(foreign).toEqual([]);
  });
});
