// The widget of waste on the page of another site: strict policy, hostile styles, keyboard, no storage, a portal that is down, no script.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';
import { openBrowser } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'terroir-waste-widget-'));
const rounds = `code_insee;commune;secteur;flux;bac;jour;semaine;consigne
37122;Joué-lès-Tours;Centre;ordures ménagères;gris;lundi;toutes;Sortez le bac après 19 h
37122;Joué-lès-Tours;Sud;ordures ménagères;gris;mardi;toutes;
`;
const streets = `code_insee;commune;voie;cote;secteur;jours
37122;Joué-lès-Tours;Avenue de la République;pair;Centre;
37122;Joué-lès-Tours;Avenue de la République;impair;Sud;
`;
const sorting = `dechet;synonymes;destination;consigne
Pot de yaourt;petits suisses|crème dessert;bac jaune;Vidé, sans le laver
`;
const centres = `id;nom;adresse;code_insee;commune;latitude;longitude;horaires;dechets_acceptes;carte_obligatoire
D1;Déchèterie du Cassantin;Rue du Cassantin;37050;Chambray-lès-Tours;47.34;0.7;24/7;bois|gravats;oui
`;
const membership = `code_insee;commune;nom_epci
37003;Amboise;CC du Val d’Amboise
`;

let portal: Portal;
let browser: Browser;
let site: Server;
let foreign: string;

async function publish(id: string, content: string): Promise<void> {
  const path = join(folder, `${id}.csv`);
  writeFileSync(path, content);
  const more = ['--organization', 'metropole', '--title', id, '--id', id, '--publish'];
  expect((await portal.cli('deposit', path, ...more)).code).toBe(0);
}

/** A town hall's page: its policy lets the portal's script and answers in and nothing else, its styles spoil what they can. */
function pageOf(attributes: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Mairie</title><link rel="stylesheet" href="/hostile.css"><script type="module" src="${portal.url}/elements/waste.js"></script></head><body><main><h1>Mairie</h1><terroir-waste base="${portal.url}" ${attributes}><a href="${portal.url}/dechets">Les jours de collecte</a></terroir-waste></main></body></html>`;
}

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'metropole', '--name', 'Métropole');
  await publish('tournees', rounds);
  await publish('voies', streets);
  await publish('guide', sorting);
  await publish('decheteries', centres);
  await publish('communes-du-departement', membership);
  site = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.example');
    if (url.pathname === '/hostile.css') {
      response.setHeader('content-type', 'text/css');
      response.end(
        '*{display:none!important;color:red!important} html,head+body,body,main,h1,terroir-waste{display:block!important} button,input{all:unset!important;font-size:1px!important} .pretty{--terroir-link:#7a1f5c}',
      );
      return;
    }
    if (url.pathname !== '/') {
      response.statusCode = 404;
      response.end();
      return;
    }
    const policy = `default-src 'none'; script-src ${portal.url}; connect-src ${portal.url}; style-src 'self'; frame-src ${portal.url}; base-uri 'none'`;
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const framed = url.searchParams.get('frame');
    response.end(
      framed === null
        ? pageOf(url.searchParams.get('attributes') ?? '')
        : `<!doctype html><html lang="fr"><title>Mairie</title><body><iframe title="Quand sort mon bac ?" src="${portal.url}${framed}" width="400" height="600"></iframe></body></html>`,
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  foreign = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
  await portal?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withPage(
  attributes: string,
  look: (page: Page, context: BrowserContext) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] & { readonly bypassCSP?: boolean } = {},
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 400, height: 800 }, locale: 'fr-FR', ...options });
  try {
    const page = await context.newPage();
    await prepare(page);
    await page.goto(`${foreign}/?attributes=${encodeURIComponent(attributes)}`, { waitUntil: 'load' });
    await look(page, context);
  } finally {
    await context.close();
  }
}

const days = (page: Page) => page.locator('terroir-waste [part~="day"]');
const dayNames = async (page: Page) =>
  (await days(page).locator('time').allTextContents()).map((text) => text.split(' ')[0]);

test('by keyboard: the street, its sector, the days, the evening before; nothing is kept, nobody else is asked', async () => {
  await withPage('commune="37122"', async (page, context) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.getByRole('button', { name: 'Centre' }).waitFor();
    const street = page.getByLabel('Rue (avec le numéro si vous voulez)');
    await street.focus();
    await page.keyboard.type('3 avenue de la République');
    await page.keyboard.press('Enter');
    await days(page).first().waitFor();
    // The odd side is the South, collected on Tuesdays.
    expect(new Set(await dayNames(page))).toEqual(new Set(['mardi']));
    expect(await days(page).nth(1).textContent()).toMatch(/bac gris\.\s+Sortez-le lundi soir\./);
    expect(await page.locator('terroir-waste [part~="source"]').first().textContent()).toMatch(
      /Données\s: tournees, Métropole, mises à jour le .+\. Licence Ouverte/,
    );
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    expect([...new Set(asked)]).toEqual([portal.url]);
  });
});

test('the styles of the page do not come in; colours are the site’s to choose; it fits 320 pixels', async () => {
  await withPage(
    'commune="37122" sector="37122-centre" class="pretty"',
    async (page) => {
      await days(page).first().waitFor();
      const button = page.getByRole('button', { name: 'Voir mes jours de collecte' });
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
      expect(await button.evaluate((one) => getComputedStyle(one).color)).toBe('rgb(122, 31, 92)');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    },
    { viewport: { width: 320, height: 800 } },
  );
});

test('axe finds nothing, whatever is open', async () => {
  await withPage(
    'commune="37122" sector="37122-centre"',
    async (page) => {
      await days(page).first().waitFor();
      await page.getByText('Déchèteries').click();
      await page.getByText('Où jeter ?').click();
      await page.getByLabel(/Votre déchet/).fill('yaourts');
      await page.keyboard.press('Enter');
      await page.getByText('bac jaune. Vidé, sans le laver').waitFor();
      // The question about waste has not changed the place.
      expect(new Set(await dayNames(page))).toEqual(new Set(['lundi']));
      expect(await page.getByText('Déchèterie du Cassantin').locator('..').textContent()).toMatch(/Ouverte/);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { axe: run } = window as unknown as {
          axe: { run(root: Element | null): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await run.run(document.querySelector('terroir-waste'));
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(found).toEqual([]);
    },
    { bypassCSP: true },
  );
});

test('what is remembered is shown with its date when the portal does not answer; what is forgotten is gone', async () => {
  await withPage('commune="37122"', async (page) => {
    await page.getByRole('button', { name: 'Sud' }).click();
    await page.getByRole('button', { name: 'Se souvenir de mon secteur' }).click();
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([`terroir-waste ${portal.url} 37122`]);
    await page.route('**/api/v1/waste/**', (route) => route.abort());
    await page.reload({ waitUntil: 'load' });
    await page.getByText(/Le portail ne répond pas/).waitFor();
    expect(new Set(await dayNames(page))).toEqual(new Set(['mardi']));
    await page.getByRole('button', { name: 'Oublier mon secteur' }).click();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });
});

test('a portal that is down, and nothing known: a sentence and a link', async () => {
  const down = (page: Page) => page.route('**/api/v1/waste/**', (route) => route.abort());
  const look = async (page: Page) => {
    const notice = page.locator('terroir-waste [part~="notice"]');
    await notice.getByText('Les données ne sont pas arrivées.').waitFor();
    expect(await notice.locator('a').getAttribute('href')).toBe(`${portal.url}/dechets`);
  };
  await withPage('commune="37122"', look, {}, down);
});

test('a browser that keeps nothing shows the days all the same', async () => {
  const blocked = (page: Page) =>
    page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    });
  const look = async (page: Page) => {
    await days(page).first().waitFor();
    await page.getByRole('button', { name: 'Se souvenir de mon secteur' }).click();
    expect(await days(page).count()).toBeGreaterThan(0);
  };
  await withPage('commune="37122" sector="37122-centre"', look, {}, blocked);
});

test.each([
  ['commune="37003"', 'Cette commune n’est pas collectée ici : c’est CC du Val d’Amboise qui s’en occupe.'],
  ['commune="99999"', /nous ne savons pas qui s’en occupe/],
  ['commune="37122" sector="inconnu"', 'Les données ne sont pas arrivées.'],
])('%s: a calm sentence and a link', async (attributes, sentence) => {
  await withPage(attributes, async (page) => {
    await page.locator('terroir-waste').getByText(sentence).waitFor();
    expect(await page.locator('terroir-waste a').count()).toBeGreaterThan(0);
  });
});

test('in English where the page is', async () => {
  await withPage('commune="37122" sector="37122-centre" lang="en"', async (page) => {
    await days(page).first().waitFor();
    expect(new Set(await dayNames(page))).toEqual(new Set(['Monday']));
  });
});

test('without a script: the link of the code, and the frame with its form', async () => {
  const still = { javaScriptEnabled: false };
  await withPage(
    'commune="37122"',
    async (page) => {
      expect(await page.locator('terroir-waste > a').getAttribute('href')).toBe(`${portal.url}/dechets`);
      await page.goto(`${foreign}/?frame=${encodeURIComponent('/embed/waste?commune=37122')}`, { waitUntil: 'load' });
      const frame = page.frameLocator('iframe');
      await frame.getByLabel(/^Rue/).fill('4 avenue de la République');
      await frame.getByRole('button', { name: 'Voir mes jours de collecte' }).click();
      await frame.getByRole('heading', { name: /Prochaines collectes/ }).waitFor();
      expect(await frame.locator('.waste-days time').first().textContent()).toMatch(/^lundi /);
    },
    still,
  );
});

test('ten on one page share one script', async () => {
  await withPage('commune="37122"', async (page) => {
    const scripts = new Set<string>();
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.add(response.url());
    });
    await page.reload({ waitUntil: 'load' });
    const before = scripts.size;
    await page.evaluate(() => {
      const first = document.querySelector('terroir-waste');
      for (let i = 0; i < 9; i++) first?.after(first.cloneNode());
    });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('terroir-waste')].every((one) => one.shadowRoot?.querySelector('form')),
    );
    expect(await page.locator('terroir-waste').count()).toBe(10);
    expect(scripts.size).toBe(before);
  });
});
