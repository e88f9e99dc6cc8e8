// The legal officer's desk in a real browser: axe, a narrow screen, a decision by keyboard alone, without JavaScript.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { review } from './opening-fixtures.ts';
import { openBrowser, openSite, openWindow, picture, type TestSite, type Visit } from './site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const reviewPath = `/desk/legal/${review.id}`;
const paths = ['/desk/legal', '/desk/legal?lang=en', reviewPath, '/desk/legal/register', '/datasets/arbres-tours'];

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  site = await openSite();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function visit<T>(options: Visit, use: (page: Page) => Promise<T>): Promise<T> {
  const window = await openWindow(browser, options);
  try {
    return await use(await window.newPage());
  } finally {
    await window.close();
  }
}

test.each(paths.flatMap((path) => [false, true].map((dark) => ({ path, dark }))))(
  'axe finds nothing on $path (dark: $dark)',
  async ({ path, dark }) => {
    await visit({ dark, withoutPolicy: true }, async (page) => {
      await page.goto(site.url + path);
      await picture(page, `legal${path.replace(/\W+/g, '-')}${dark ? '-dark' : ''}`);
      await page.evaluate(axeSource);
      const found = await page.evaluate(async () => {
        type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Violation[] }> } };
        return (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
    });
  },
);

test.each(paths)('%s fits 320 pixels', async (path) => {
  await visit({ width: 320 }, async (page) => {
    await page.goto(site.url + path);
    await picture(page, `legal${path.replace(/\W+/g, '-')}-narrow`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
  });
});

test('a decision is taken by keyboard alone, without JavaScript; a forgotten motive is said and focused', async () => {
  await visit({ scripts: false }, async (page) => {
    await page.goto(site.url + reviewPath);
    await page.locator('#openAfterProcessing').focus();
    await page.keyboard.press('Space');
    await page.locator('#motive').focus();
    // A blank passes the browser's own check, not ours.
    await page.keyboard.type(' ');
    await page.locator('#decide ~ form button').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    await picture(page, 'legal-refused');
    expect(await page.title()).toContain('Ce n’est pas enregistré');
    expect(await page.locator('[role=alert] a').getAttribute('href')).toBe('#motive');
    expect(await page.locator('#openAfterProcessing').isChecked()).toBe(true);
    await page.locator('#motive').focus();
    await page.keyboard.type('Initiales seules.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk/legal?done=decided');
    expect(await page.locator('[role=status]').textContent()).toContain('C’est enregistré');
  });
});
