// The public face in a real browser: home, communes, organizations; narrow and magnified, by the keyboard, without JavaScript.
// Axe, focus, motion and zoom are looked at on every page by audit.test.ts.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openSite, openWindow, picture, type TestSite, type Visit } from './site.ts';

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
      `face${path.replace(/[^a-z0-9]+/gi, '_')}-${options.width ?? 1280}${options.dark === true ? '-dark' : ''}`,
    );
    await look(page);
  } finally {
    await window.close();
  }
}

const paths = [
  '/',
  '/communes',
  '/communes/37261',
  '/communes/37272',
  '/organizations',
  '/organizations/ville-de-tours',
];

// 1280 pixels magnified four times are 320: WCAG 1.4.10; twice are 640: WCAG 1.4.4.
test.each([320, 640, 768])('at %i pixels nothing scrolls sideways', async (width) => {
  for (const path of paths)
    await visit(path, { width }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    });
});

test('without JavaScript the field leads to the commune, and its page answers in sentences', async () => {
  await visit('/', { scripts: false }, async (page) => {
    await page.fill('#commune', 'tours');
    await page.click('form.ask button');
    expect(await page.locator('h1').innerText()).toBe('Tours');
    expect(await page.locator('.answers .sentence').first().innerText()).toMatch(/arbres? suivis?/);
    expect(await page.locator('.six-facts dl > div').count()).toBe(6);
    expect(await page.locator('.six-facts .source').innerText()).toContain('un dessin fait à la main');
    expect(await page.locator('.human').innerText()).toContain('trois jours ouvrés');
  });
});

test('by the keyboard: skip link, the field, then the doors; the map is not on the way', async () => {
  await visit('/', {}, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.locator('#commune').focus();
    await page.keyboard.type('Villandry');
    await page.keyboard.press('Enter');
    await page.waitForURL(/communes\/37272/);
    await page.goto(`${site.url}/`);
    await page.locator('.questions a').last().focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.doors') !== null)).toBe(true);
  });
});

test('no door leads nowhere', async () => {
  await visit('/', {}, async (page) => {
    const addresses = await page
      .locator('.doors a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(addresses).toEqual([
      '/datasets',
      '/datasets',
      '/communes',
      '/desk',
      '/publish',
      '/schemas',
      '/elements',
      '/elements',
      '/api',
      '/organizations',
    ]);
  });
});
