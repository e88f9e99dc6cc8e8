// The catalogue in a real browser: found while typing, by the keyboard, narrow, without JavaScript; and the frame for other sites.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on(
      'console',
      (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()),
    );
    await page.goto(site.url + path);
    await picture(page, `catalog${path.replace(/[^a-z0-9]+/gi, '_')}-${options.width ?? 1280}`);
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await window.close();
  }
}

const found = (page: Page) => page.locator('.results [role="status"]');
const titles = (page: Page) => page.locator('.datasets h3').allInnerTexts();

test('results follow the typing, the address too, and the live region says how many', async () => {
  await visit('/datasets', {}, async (page) => {
    const before = await found(page).textContent();
    await page.focus('#q');
    await page.keyboard.type('arbres');
    await page.waitForURL(/q=arbres/);
    await page.waitForFunction(
      (text) => document.querySelector('.results [role="status"]')?.textContent !== text,
      before,
    );
    expect(await titles(page)).toEqual(expect.arrayContaining([expect.stringMatching(/Arbres/i)]));
    // Whoever types goes on typing.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    expect(await page.title()).toContain('arbres');
    // The address alone shows the same again.
    await page.reload();
    expect(await page.inputValue('#q')).toBe('arbres');
    expect(await page.locator('meta[name="robots"]').getAttribute('content')).toBe('noindex, follow');
  });
});

test('a choice is a step of the history; its chip is removed by the key Delete and gives its focus on', async () => {
  await visit('/datasets', {}, async (page) => {
    await page.locator('[data-facet="organization=ville-de-tours"]').click();
    await page.waitForURL(/organization=ville-de-tours/);
    const chip = page.locator('[data-chip="organization=ville-de-tours"]');
    await chip.waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['facet'])).toBe(
      'organization=ville-de-tours',
    );
    await page.goBack();
    await chip.waitFor({ state: 'detached' });
    await page.goForward();
    await chip.waitFor();
    await chip.focus();
    await page.keyboard.press('Delete');
    await chip.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
  });
});

test('a search is kept by its link and by its feed', async () => {
  await visit('/datasets?q=arbres', {}, async (page) => {
    expect(await page.locator('.keep a').first().getAttribute('href')).toBe(
      'https://donnees.example.fr/datasets?q=arbres',
    );
    expect(await page.locator('.keep a[type="application/atom+xml"]').getAttribute('href')).toBe(
      '/datasets.atom?q=arbres',
    );
    const feeds = page.locator('link[type="application/atom+xml"]');
    expect(await feeds.first().getAttribute('href')).toBe('/datasets.atom?q=arbres');
  });
});

test('without JavaScript the same addresses give the same', async () => {
  await visit('/datasets', { scripts: false }, async (page) => {
    await page.fill('#q', 'arbrs');
    await page.click('form.search button');
    expect(await found(page).textContent()).toContain(
      'Nous avons cherché « arbres »'.replace(/« | »/g, (s) => s.replace(' ', '\u00a0')),
    );
    expect(await page.locator('[data-copy]').isVisible()).toBe(false);
    await page.locator('[data-chip="q"]').click();
    expect(new URL(page.url()).search).toBe('');
  });
});

test('when nothing is found, each way on is a link', async () => {
  await visit('/datasets?q=introuvable%20partout&organization=ville-de-tours', {}, async (page) => {
    const ways = await page.locator('.empty a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(ways).toEqual(
      expect.arrayContaining([
        '/datasets?q=introuvable',
        '/datasets?q=partout',
        '/datasets?q=introuvable+partout',
        '/datasets',
        '/communes',
      ]),
    );
  });
});

test.each([320, 768])('at %i pixels nothing scrolls sideways', async (width) => {
  for (const path of ['/datasets', '/datasets?q=arbres&organization=ville-de-tours', '/datasets?q=introuvable-partout'])
    await visit(path, { width }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    });
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([false, true])('axe finds nothing (dark: %s)', async (dark) => {
  for (const path of ['/datasets?q=arbres&organization=ville-de-tours', '/datasets?q=introuvable%20partout&lang=en'])
    await visit(path, { dark, withoutPolicy: true }, async (page) => {
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(violations, path).toEqual([]);
    });
});

test('the head tells one address, its languages, its picture, and facts that the policy lets stand', async () => {
  await visit('/datasets/arbres-tours?lang=en&view=map', {}, async (page) => {
    const href = (selector: string) => page.locator(selector).first().getAttribute('href');
    expect(await href('link[rel="canonical"]')).toBe('https://donnees.example.fr/datasets/arbres-tours?lang=en');
    expect(await href('link[hreflang="fr"]')).toBe('https://donnees.example.fr/datasets/arbres-tours');
    expect(await href('link[rel="search"]')).toBe('/opensearch.xml');
    expect(await href('link[type="application/json+oembed"]')).toContain('/oembed?url=');
    const image = await page.locator('meta[property="og:image"]').getAttribute('content');
    expect(image).toMatch(/^https:\/\/donnees\.example\.fr\/datasets\/arbres-tours\/share\.png\?lang=en&v=[\w-]{10}$/);
    const facts = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    expect(facts).toMatchObject({ '@type': 'Dataset', isAccessibleForFree: true, version: expect.any(String) });
    expect(facts.description.length).toBeGreaterThanOrEqual(50);
  });
});
