// The shared tables in Chromium, without a script: where rows come from, and a producer's column that is read in another way.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const table = '/harmonisation/subventions-du-territoire';
const columns = `${table}/sources/subventions-la-riche-2025`;

let portal: Portal;
let browser: Browser;
let steward: BrowserContext;
beforeAll(async () => {
  portal = await openPortal();
  const executablePath = process.env['TERROIR_TEST_BROWSER'];
  browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  steward = await browser.newContext({ locale: 'fr-FR', bypassCSP: true, reducedMotion: 'reduce' });
  const page = await steward.newPage();
  await page.goto(`${portal.url}/sign-in`);
  await page.getByRole('button', { name: /Claire Fontaine/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

type Axe = { run(d: Document, o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run(document, { runOnly: tags })).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
  });
}

const given = '/organizations/ville-de-la-riche/mutualisation';
test.each([
  '/harmonisation',
  table,
  `${table}/duplicates`,
  given,
  columns,
  `${columns}?lang=en`,
  '/schemas',
  '/schemas/new?subject=bancs',
  '/schemas/horaires-permanences',
])('axe finds nothing on %s, wide, narrow, dark', async (path) => {
  const page = await steward.newPage();
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(portal.url + path);
    expect(answer?.status()).toBe(200);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.close();
});

test('anyone sees which communes are there, which file each row comes from, and takes them', async () => {
  const page = await browser.newPage({ locale: 'fr-FR', javaScriptEnabled: false });
  await page.goto(portal.url + table);
  expect(await page.locator('main .facts').innerText()).toContain('4 communes sur 22');
  const sources = page.getByRole('region', { name: /Chaque fichier, ce qu’il apporte/ });
  expect(await sources.getByRole('row').count()).toBe(5);
  // The map has a table that says the same: each commune, there or not, and how to come.
  const communes = page.getByRole('region', { name: /Les communes du territoire, une par une/ });
  expect(await communes.getByRole('row').count()).toBe(23);
  expect(await communes.getByRole('link', { name: 'Comment participer' }).count()).toBe(18);
  // Who may not set the columns is not asked to.
  expect(await page.getByText('Régler les colonnes').count()).toBe(0);
  await page.getByRole('link', { name: 'Voir les lignes, la carte et les téléchargements' }).click();
  expect(page.url()).toBe(`${portal.url}/datasets/subventions-du-territoire`);
  expect(await page.locator('main').innerText()).toContain('subventions-fondettes-2025');
  await page.close();
});

test('a column that is read in another way is noted, and what is not changed stays', async () => {
  const page = await steward.newPage();
  // The language is said, for a page before this one was read in English and that is remembered.
  await page.goto(`${portal.url}${columns}?lang=fr`);
  expect(await page.getByLabel('Montant en euros', { exact: true }).inputValue()).toBe('Montant voté');
  await page.getByLabel('Montant en euros', { exact: true }).selectOption('Montant versé');
  await page.getByRole('button', { name: 'Enregistrer ces correspondances' }).click();
  expect(await page.getByRole('status').innerText()).toContain('C’est noté');
  expect(await page.getByLabel('Montant en euros', { exact: true }).inputValue()).toBe('Montant versé');
  expect(await page.getByLabel('Bénéficiaire', { exact: true }).inputValue()).toBe('Bénéficiaire');
  await page.close();
});

test('a model is written in a form, column by column, and shown to all', async () => {
  const page = await steward.newPage();
  await page.goto(`${portal.url}/schemas/new?subject=composteurs`);
  await page.getByLabel('Pourquoi un modèle à nous ?').fill('Chaque quartier a les siens.');
  await page.getByRole('button', { name: 'Commencer le modèle' }).click();
  await page.getByRole('button', { name: 'Ajouter une colonne' }).click();
  await page.getByLabel('Nom dans le fichier').fill('code');
  await page.getByLabel('Exemple').fill('C-01');
  await page.getByRole('button', { name: 'Enregistrer' }).first().click();
  expect(await page.getByText('C’est la première version.').count()).toBe(1);
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.locator('summary').first().click();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.getByRole('button', { name: 'Ouvrir les avis' }).click();
  await page.goto(`${portal.url}/schemas/composteurs/1.0.0`);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Votre avis').fill('Avec l’adresse, ce serait mieux.');
  await page.getByRole('button', { name: 'Donner mon avis' }).click();
  expect(await page.getByText('Claire Fontaine, le').count()).toBe(1);
  await page.close();
});
