// The studio in a real browser, before a real portal: keyboard, axe, 320 pixels, no JavaScript.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';
import { openBrowser, openWindow, picture, type Visit } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal: Portal;
let browser: Browser;

beforeAll(async () => {
  portal = await openPortal();
  browser = await openBrowser();
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  const file = join(portal.home, 'menus.csv');
  await writeFile(file, 'jour;plat\n2026-05-12;Lentilles\n2026-05-13;Poisson\n');
  const named = ['--organization', 'ville-de-tours', '--title', 'Menus de cantine', '--id', 'menus'];
  expect((await portal.cli('deposit', file, ...named, '--publish')).code).toBe(0);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

async function visit(path: string, how: Visit, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await openWindow(browser, how);
  try {
    const page = await context.newPage();
    await page.goto(portal.url + path, { waitUntil: 'load' });
    await look(page);
  } finally {
    await context.close();
  }
}

const configured = '/widgets/table?dataset=menus&accent=%231d5873&ground=%23ffffff';
const pages = ['/widgets', configured, '/widgets/bench', '/widgets/bench/joomla'];

test.each(pages)(
  '%s passes axe, and fits 320 pixels',
  async (path) => {
    await visit(path, { width: 320, withoutPolicy: true }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { axe: run } = window as unknown as {
          axe: {
            run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await run.run(document, { iframes: false });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(found).toEqual([]);
      await picture(page, `studio-320-${path.replace(/\W+/g, '-').slice(0, 40)}`);
    });
  },
  60_000,
);

test('without JavaScript: chosen in a form, seen in a frame, copied by hand', async () => {
  await visit('/widgets/table', { scripts: false }, async (page) => {
    expect(await page.locator('iframe').count()).toBe(0);
    await page.selectOption('#dataset', 'menus');
    await page.fill('#accent', '#ffee00');
    await page.click('.widget-form button[type="submit"]');
    expect(await page.locator('.widget-previews iframe').count()).toBe(3);
    expect(await page.locator('#accent-said').textContent()).toContain('trop faible');
    expect(await page.locator('#code-script').textContent()).toContain('<terroir-table base=');
    // The button that copies needs a script: it does not show.
    expect(await page.locator('button[data-copy]:visible').count()).toBe(0);
    const inside = page.frames().find((frame) => frame.url().includes('/embed'));
    await expect.poll(() => inside !== undefined || page.frames().length > 3, { timeout: 10_000 }).toBe(true);
    await picture(page, 'studio-no-script');
  });
}, 60_000);

test('by keyboard: from the form to the code, every stop is seen and named', async () => {
  await visit(configured, {}, async (page) => {
    await page.focus('#dataset');
    const stops: string[] = [];
    for (let presses = 0; presses < 6; presses++) {
      stops.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || ''));
      await page.keyboard.press('Tab');
    }
    expect(stops.slice(0, 5)).toEqual(['dataset', 'filters', 'accent', 'ground', 'BUTTON']);
    await page.focus('#ground');
    await page.keyboard.press('Enter');
    await page.waitForURL(/dataset=menus/);
    await picture(page, 'studio-1280');
  });
}, 60_000);
