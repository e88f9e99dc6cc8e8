// Stories in a real browser, before a real engine: axe, 320 pixels, light and dark, the writer's desk without JavaScript.
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { type App, openApp } from '../../src/doors.ts';
import { addOrganization } from '../../src/features/catalog/service.ts';
import { explorePages } from '../../src/features/explore/page-routes.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import { storyRoutes } from '../../src/features/stories/routes.ts';
import { beginStory } from '../../src/features/stories/service.ts';
import type { Actor } from '../../src/model/permission.ts';
import { buildServer } from '../../src/web/server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const steward: Actor = {
  kind: 'person',
  id: '00000000-0000-4000-8000-000000000001',
  grants: [{ role: 'steward', organization: null }],
};
const silent = { info() {}, warn() {}, error: (facts: unknown) => console.error(facts) };
const body = [
  'Un paragraphe avec [un lien](/stories) et du **gras**.',
  '## Les essences',
  '```chart\n/datasets/arbres?view=chart&chart=bar&x=essence\n```',
  '```map\njeu : arbres\n```',
  '```figure\njeu : arbres\nmesure : hauteur\ncalcul : moyenne\nunité : m\n```',
  '```table\n/datasets/arbres?sort=-hauteur\ncolonnes : essence, hauteur\n```',
  '| Essence | Nombre |\n|---|--:|\n| Tilleul | 2 |',
  '```map\njeu : rien\n```',
].join('\n\n');
const story = { kind: 'story', title: 'Nos arbres', lead: 'Trois arbres, deux essences.', body } as const;

let home: string;
let app: App;
let server: FastifyInstance;
let browser: Browser;
let url: string;
let reader: Actor = { kind: 'anyone' };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-stories-'));
  await chmod(home, 0o755);
  app = await openApp(readSettings({ TERROIR_HOME: home }), silent);
  const operator = app.contextFor({ kind: 'operator' });
  await addOrganization(operator, { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' });
  const path = join(home, 'arbres.csv');
  await writeFile(
    path,
    'essence;hauteur;latitude;longitude\nTilleul;12;47.39;0.68\nTilleul;8;47.40;0.69\nPlatane;20;47.41;0.70\n',
  );
  const request = { path, organization: 'ville-de-tours', description: '', licence: 'lov2', newVersion: false };
  const rest = { theme: null, frequency: null, keywords: [], communes: [], publish: true };
  await depositFile(operator, { ...request, ...rest, id: 'arbres', title: 'Arbres' });
  await beginStory(
    operator,
    { ...story, organization: null, datasets: [], commune: null },
    { state: 'published', demo: true },
  );
  server = await buildServer({
    publicUrl: 'http://portail.example',
    log: silent,
    site: async () => ({ name: 'Touraine', demo: true }),
    identify: async () => ({ actor: reader, person: null }),
  });
  const contextOf = () => app.contextFor(reader);
  await server.register(explorePages, { contextOf });
  await server.register(storyRoutes, { contextOf, publicUrl: 'http://portail.example' });
  url = await server.listen({ port: 0, host: '127.0.0.1' });
  browser = await chromium.launch({
    executablePath: process.env['TERROIR_TEST_BROWSER'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await app?.close();
  await rm(home, { recursive: true, force: true });
});

type Visit = { readonly width?: number; readonly dark?: boolean; readonly scripts?: boolean; readonly axe?: boolean };

async function visit(path: string, how: Visit, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: how.width ?? 1280, height: 900 },
    colorScheme: how.dark === true ? 'dark' : 'light',
    javaScriptEnabled: how.scripts ?? true,
    // Lets axe in, which the policy of the pages forbids.
    bypassCSP: how.axe ?? false,
    locale: 'fr-FR',
  });
  try {
    const page = await context.newPage();
    await page.goto(url + path, { waitUntil: 'load' });
    await look(page);
    const folder = process.env['TERROIR_SHOTS'];
    const name = `stories${path.replace(/\W+/g, '-')}-${how.width ?? 1280}${how.dark === true ? '-dark' : ''}`;
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  } finally {
    await context.close();
  }
}

test.each(['/stories', '/stories/nos-arbres', '/stories/new', '/stories/nos-arbres/edit'])(
  'axe finds nothing on %s, at 320 pixels and in the dark',
  async (path) => {
    reader = steward;
    for (const how of [
      { width: 320, axe: true },
      { width: 1280, dark: true, axe: true },
    ])
      await visit(path, how, async (page) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(how.width);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          type Found = { violations: { id: string; nodes: { html: string }[] }[] };
          const { axe: run } = globalThis as unknown as { axe: { run(d: Document): Promise<Found> } };
          return (await run.run(document)).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
        });
        expect(found).toEqual([]);
      });
  },
  60_000,
);

test('a story breaks no policy, and its map is taken over by the element', async () => {
  reader = { kind: 'anyone' };
  await visit('/stories/nos-arbres', {}, async (page) => {
    const said: string[] = [];
    page.on('console', (message) => /policy/i.test(message.text()) && said.push(message.text()));
    await page.reload({ waitUntil: 'load' });
    expect(await page.locator('terroir-map').count()).toBe(1);
    expect(said).toEqual([]);
  });
}, 60_000);

test('without JavaScript: written, looked at, saved and published by plain forms', async () => {
  reader = steward;
  await visit('/stories/new', { scripts: false }, async (page) => {
    await page.check('input[name="kind"][value="answer"]');
    await page.fill('#title', 'Combien d’arbres ?');
    await page.fill('#lead', 'Trois.');
    await page.fill('#body', '\nPremière ligne.\n\n```figure\njeu : arbres\n```');
    await page.click('button[value="preview"]');
    expect((await page.locator('.story-preview .story-value').textContent())?.trim()).toBe('3');
    expect(await page.inputValue('#body')).toContain('Première ligne.');
    await page.click('button[value="save"]');
    expect(await page.locator('[role="status"]').textContent()).toContain('C’est enregistré.');
    await page.click('form[action$="/publish"] button');
    expect(new URL(page.url()).pathname).toBe('/stories/combien-d-arbres');
    expect(await page.locator('h1').textContent()).toContain('Combien d’arbres');
  });
}, 60_000);
