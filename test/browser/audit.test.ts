// What the accessibility declaration says is what these tests find, page by page. After a change that is meant, write it
// again: TERROIR_AUDIT=write npx vitest run test/browser/audit.test.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccessibilityResults } from '../../src/features/face/schemas.ts';
import { openBrowser, openSite, openWindow, type TestSite } from './site.ts';

const resolve = createRequire(import.meta.url).resolve;
const axeSource = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');
const place = join(import.meta.dirname, '..', '..', 'src', 'features', 'face', 'accessibility-results.json');
const told = JSON.parse(readFileSync(place, 'utf8')) as AccessibilityResults;

const pages = [
  '/',
  '/communes',
  '/communes/37261',
  '/organizations',
  '/organizations/ville-de-tours',
  '/organizations/ville-de-tours/face',
  '/datasets',
  '/datasets?q=zzz',
  '/datasets/arbres-tours',
  '/publish',
  '/design',
  '/accessibilite',
  '/nulle-part',
];

type Check = AccessibilityResults['checks'][number];
type Looked = { readonly id: Check['id']; readonly criteria: string; passes(path: string): Promise<boolean> };

let site: TestSite;
let browser: Browser;
const windows: BrowserContext[] = [];
beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});
afterAll(async () => {
  for (const window of windows) await window.close();
  await browser?.close();
  await site?.close();
});

/** A page that stays open from path to path. */
async function opened(options: Parameters<typeof openWindow>[1], motion?: 'reduce'): Promise<Page> {
  const window = await openWindow(browser, options);
  windows.push(window);
  const page = await window.newPage();
  if (motion !== undefined) await page.emulateMedia({ reducedMotion: motion });
  return page;
}

async function violationsOf(page: Page, path: string): Promise<readonly string[]> {
  await page.goto(site.url + path);
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run(d: Document): Promise<Found> } };
    return (await axe.run(document)).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
  });
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** How many stops of the keyboard are looked at on one page. */
const stops = 40;

async function keyboardPasses(page: Page, path: string): Promise<boolean> {
  await page.goto(site.url + path);
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  await page.keyboard.press('Enter');
  const led = await page.evaluate(() => document.activeElement?.id);
  if (first !== '#content' || led !== 'content') return false;
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return true;
      const around = [element, element.parentElement].filter((each) => each !== null);
      return around.some((each) => getComputedStyle(each).outlineStyle !== 'none');
    });
    if (!seen) return false;
  }
  return true;
}

const words = (page: Page) => page.evaluate(() => document.querySelector('main')?.textContent?.replace(/\s+/g, ' '));

async function looks(): Promise<readonly Looked[]> {
  const [light, dark, keys, narrow, large, still, plain, full] = [
    await opened({ withoutPolicy: true }),
    await opened({ withoutPolicy: true, dark: true }),
    await opened({}),
    await opened({ width: 320 }),
    await opened({ withoutPolicy: true }),
    await opened({}, 'reduce'),
    await opened({ scripts: false }),
    await opened({}),
  ];
  const quiet = async (page: Page, path: string) => {
    const violations = await violationsOf(page, path);
    if (violations.length > 0) console.warn(path, violations);
    return violations.length === 0;
  };
  return [
    { id: 'axeLight', criteria: 'A, AA', passes: (path) => quiet(light, path) },
    { id: 'axeDark', criteria: '1.4.3, 1.4.11', passes: (path) => quiet(dark, path) },
    { id: 'keyboard', criteria: '2.1.1, 2.4.1, 2.4.7', passes: (path) => keyboardPasses(keys, path) },
    {
      id: 'reflow',
      criteria: '1.4.10',
      passes: async (path) => {
        await narrow.goto(site.url + path);
        return fits(narrow);
      },
    },
    {
      id: 'zoom',
      criteria: '1.4.4',
      passes: async (path) => {
        await large.goto(site.url + path);
        await large.addStyleTag({ content: 'html { font-size: 200% !important }' });
        return fits(large);
      },
    },
    {
      id: 'motion',
      criteria: '2.3.3',
      passes: async (path) => {
        await still.goto(site.url + path);
        return still.evaluate(() =>
          [...document.querySelectorAll('*')].every((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return ['', '0s'].includes(transitionDuration) && animationName === 'none';
          }),
        );
      },
    },
    {
      id: 'withoutJavaScript',
      criteria: '4.1.2',
      passes: async (path) => {
        const [without, with_] = [await plain.goto(site.url + path), await full.goto(site.url + path)];
        return without?.status() === with_?.status() && (await words(plain)) === (await words(full));
      },
    },
  ];
}

test('the declaration says what is found', { timeout: 400_000 }, async () => {
  const checks: Check[] = [];
  for (const { id, criteria, passes } of await looks()) {
    const failing: string[] = [];
    for (const path of pages) if (!(await passes(path))) failing.push(path);
    checks.push({ id, criteria, failing });
  }
  const { version: axe } = JSON.parse(readFileSync(resolve('axe-core/package.json'), 'utf8')) as { version: string };
  const found = { axe, pages, checks };
  if (process.env['TERROIR_AUDIT'] === 'write')
    writeFileSync(
      place,
      `${JSON.stringify({ checkedOn: new Date().toISOString().slice(0, 10), ...found }, null, 2)}\n`,
    );
  else expect({ axe: told.axe, pages: told.pages, checks: told.checks }).toEqual(found);
  expect(checks.filter(({ failing }) => failing.length > 0)).toEqual([]);
});
