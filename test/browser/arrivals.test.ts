// A large file on a line that breaks, in a real browser; and the pages of automatic updates and reminders: axe, widths, no script.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reminderPath } from '../../src/features/reminders/rules.ts';
import { openPortal, type Portal } from '../journeys/portal.ts';
import { openProducer, type Producer } from '../journeys/producer.ts';
import { openBrowser, openWindow, picture, type Visit } from './site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let portal: Portal;
let browser: Browser;
let pilot: Producer;
let reminder = '';

beforeAll(async () => {
  portal = await openPortal('--empty');
  pilot = await openProducer(portal);
  const file = join(portal.home, 'menus.csv');
  await writeFile(file, 'jour;plat\nlundi;gratin\n');
  const said = ['--organization', 'ville-de-tours', '--title', 'Menus de cantine', '--id', 'menus', '--publish'];
  await portal.cli('deposit', file, ...said, '--licence', 'lov2', '--frequency', 'MONTHLY');
  const account = JSON.parse((await pilot.reader.get('/account.json')).body) as { account: { id: string } };
  const secret = readFileSync(join(portal.home, 'secret'), 'utf8').trim();
  reminder = reminderPath(secret, {
    dataset: 'menus',
    person: account.account.id,
    sentAt: new Date(Date.now() + 5000),
  });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

async function signedIn(visit: Visit = {}): Promise<BrowserContext> {
  const window = await openWindow(browser, visit);
  await window.addCookies([...pilot.reader.cookies()].map(([name, value]) => ({ name, value, url: portal.url })));
  return window;
}

async function newDraft(): Promise<string> {
  const begun = await pilot.reader.post('/desk/drafts', { organization: 'ville-de-tours' });
  return begun.location ?? '';
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; help: string }[] }> } };
    return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
  });
}

/** Three megabytes of a table. */
const large = `nom;valeur\n${Array.from({ length: 120_000 }, (_, i) => `Élément n° ${i};${i}`).join('\n')}\n`;

test('a large file is sent in pieces, told politely, and goes on when the line comes back', async () => {
  const draft = await newDraft();
  const window = await signedIn();
  const page = await window.newPage();
  await page.goto(`${portal.url}${draft}/file`);
  await page.setInputFiles('input[type=file]', { name: 'grand.csv', mimeType: 'text/csv', buffer: Buffer.from(large) });
  // The first piece is lost on the way, and so is the first question that follows.
  let lost = 0;
  await page.route('**/uploads/*', async (route) => {
    if (lost < 2) {
      lost += 1;
      await route.abort('connectionreset');
    } else await route.continue();
  });
  await page.locator('form[data-upload-form] button[type=submit]').click();
  const status = page.locator('.upload-progress [role=status]');
  await expect.poll(() => status.textContent()).toContain('La connexion est interrompue');
  expect(await status.getAttribute('aria-live')).toBe('polite');
  await picture(page, 'upload-waiting');
  await page.waitForURL(`**${draft}/check`, { timeout: 60_000 });
  expect(lost).toBe(2);
  expect(await page.content()).toContain('grand.csv');
  await window.close();
}, 90_000);

test('an upload that is refused is told in words, and the file can be chosen again', async () => {
  const draft = await newDraft();
  const window = await signedIn();
  const page = await window.newPage();
  await page.goto(`${portal.url}${draft}/file`);
  await page.route('**/uploads', (route) =>
    route.fulfill({
      status: 507,
      contentType: 'application/problem+json',
      body: JSON.stringify({ detail: 'Il n’y a plus de place sur le disque.' }),
    }),
  );
  await page.setInputFiles('input[type=file]', { name: 'grand.csv', mimeType: 'text/csv', buffer: Buffer.from(large) });
  await page.locator('form[data-upload-form] button[type=submit]').click();
  const status = page.locator('.upload-progress [role=status]');
  await expect.poll(() => status.textContent()).toContain('Il n’y a plus de place');
  expect(await page.locator('input[type=file]').isEnabled()).toBe(true);
  await window.close();
}, 60_000);

test('without script the same form carries the file itself', async () => {
  const draft = await newDraft();
  const window = await signedIn({ scripts: false });
  const page = await window.newPage();
  await page.goto(`${portal.url}${draft}/file`);
  await page.setInputFiles('input[type=file]', { name: 'grand.csv', mimeType: 'text/csv', buffer: Buffer.from(large) });
  await page.locator('form[data-upload-form] button[type=submit]').click();
  await page.waitForURL(`**${draft}/check`, { timeout: 60_000 });
  expect(await page.content()).toContain('grand.csv');
  await window.close();
}, 90_000);

test.each([
  ['automatic update', '/desk/datasets/menus/source'],
  ['reminder', ''],
])(
  'the page of the %s reads well: axe, narrow, dark',
  async (name, path) => {
    for (const visit of [{ width: 320 }, { width: 1280 }, { width: 1280, dark: true }]) {
      const window = await signedIn({ ...visit, withoutPolicy: true });
      const page = await window.newPage();
      await page.goto(portal.url + (path === '' ? reminder : path));
      expect(await violations(page)).toEqual([]);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth);
      expect(tooWide).toBe(false);
      await picture(page, `${name.replace(' ', '-')}-${visit.width}${'dark' in visit ? '-dark' : ''}`);
      await window.close();
    }
  },
  90_000,
);

test('« rien n’a changé » is one button, without script and without signing in', async () => {
  const window = await openWindow(browser, { scripts: false });
  const page = await window.newPage();
  await page.goto(portal.url + reminder);
  await page.getByRole('button', { name: 'Rien n’a changé' }).click();
  await page.waitForLoadState();
  expect(await page.title()).toContain('Menus de cantine');
  expect(await portal.json('/datasets/menus/versions.json')).toMatchObject({ verifiedAt: expect.any(String) });
  await page.goto(`${portal.url}/unchanged?dataset=menus&person=x&at=1&sign=y`);
  expect(await page.content()).toContain('Ce lien n’est plus valable');
  await window.close();
}, 60_000);
