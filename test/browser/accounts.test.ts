// People's pages in a real browser, on a portal of their own: axe, three widths, the keyboard alone, a passkey.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersTo, linkIn, openReader, type Reader } from '../journeys/browser.ts';
import { openPortal, type Portal } from '../journeys/portal.ts';
import { openBrowser, openWindow, picture, type Visit } from './site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const organization = '/organizations/ville-de-tours';

let portal: Portal;
let browser: Browser;
/** Where the portal says that it is: passkeys and cookies belong to that name. */
let origin: string;
let pilot: Reader;
let administrator: string;
let invitation: string;
let handover: string;

beforeAll(async () => {
  portal = await openPortal('--empty');
  origin = portal.url.replace('127.0.0.1', 'localhost');
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  administrator = /\/sign-in\/administrator\?token=\S+/.exec(portal.said())?.[0] ?? '';
  pilot = openReader(portal);
  const token = new URL(administrator, origin).searchParams.get('token') ?? '';
  await pilot.post('/sign-in/administrator', { token, email: 'ada@example.org', name: 'Ada Martin' });
  // The same person answers for an organization: one reader sees every page.
  const invite = (email: string, role: string) => pilot.post(`${organization}/people/invite`, { email, role });
  const accept = async (reader: Reader, email: string, name: string) => {
    const [letter] = await lettersTo(portal.home, email);
    await reader.post(linkIn(letter, '/invitations/'), { name });
  };
  await invite('ada@example.org', 'pilot');
  await accept(pilot, 'ada@example.org', '');
  const leaving = openReader(portal);
  await invite('karim@example.org', 'editor');
  await accept(leaving, 'karim@example.org', 'Karim Benali');
  await pilot.post(`${organization}/keys`, { name: 'SIG', days: '90', scopes: 'deposit' });
  await leaving.post(`${organization}/people/leave`, { sure: 'yes' });
  await invite('une.adresse.tres.longue.de.secretariat.de.mairie@commune-au-nom-tres-long.example.org', 'depositor');
  await invite('martine@example.org', 'depositor');
  const [letter] = await lettersTo(portal.home, 'martine@example.org');
  invitation = linkIn(letter, '/invitations/');
  const facts = JSON.parse((await pilot.get(`${organization}/people.json`)).body) as { handovers: { id: string }[] };
  handover = `${organization}/handovers/${facts.handovers[0]?.id}`;
  const { url } = (await portal.cli('admin-link')).json as { url: string };
  administrator = new URL(url).pathname + new URL(url).search;
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

/** Opens a window, signed in or not. */
async function visit<T>(signedIn: boolean, options: Visit, use: (page: Page, window: BrowserContext) => Promise<T>) {
  const window = await openWindow(browser, options);
  try {
    if (signedIn) {
      const [name, value] = [...pilot.cookies()].find(([one]) => one.endsWith('session_token')) ?? ['', ''];
      await window.addCookies([{ name, value, url: origin }]);
    }
    return await use(await window.newPage(), window);
  } finally {
    await window.close();
  }
}

const pages: readonly { readonly name: string; readonly path: () => string; readonly signedIn: boolean }[] = [
  { name: 'sign-in', path: () => '/sign-in', signedIn: false },
  { name: 'sign-in in English', path: () => '/sign-in?lang=en', signedIn: false },
  { name: 'link sent', path: () => '/sign-in/sent', signedIn: false },
  { name: 'use the link', path: () => '/sign-in/link?token=x', signedIn: false },
  { name: 'administrator', path: () => administrator, signedIn: false },
  { name: 'invitation', path: () => invitation, signedIn: false },
  { name: 'a link that has served', path: () => '/invitations/served', signedIn: false },
  { name: 'account', path: () => '/account', signedIn: true },
  { name: 'account in English', path: () => '/account?lang=en&done=saved', signedIn: true },
  { name: 'members', path: () => `${organization}/people`, signedIn: true },
  { name: 'keys', path: () => `${organization}/keys`, signedIn: true },
  { name: 'handover', path: () => handover, signedIn: true },
  { name: 'join', path: () => `${organization}/join`, signedIn: true },
  { name: 'territory people', path: () => '/territory/people', signedIn: true },
];

test.each(pages)('$name: axe finds nothing by day and by night, and it fits three widths', async (shown) => {
  const { name, path, signedIn } = shown;
  await visit(signedIn, { withoutPolicy: true }, async (page) => {
    const answer = await page.goto(origin + path());
    expect(answer?.status()).toBe(name === 'a link that has served' ? 410 : 200);
    await page.evaluate(axeSource);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `accounts-${name.replace(/\W+/g, '-')}-${colorScheme}`);
      const found = await page.evaluate(async () => {
        type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };
        const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Violation[] }> } };
        return (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
      });
      expect(found, colorScheme).toEqual([]);
    }
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${width} pixels`).toBe(0);
    }
    await picture(page, `accounts-${name.replace(/\W+/g, '-')}-narrow`);
  });
});

test('without JavaScript and by keyboard alone: a refused address is said and focused, then a link is asked for', async () => {
  await visit(false, { scripts: false }, async (page) => {
    await page.goto(`${origin}/sign-in?next=/desk`);
    expect(await page.locator('[data-passkey]').isVisible()).toBe(false);
    await page.locator('#email').focus();
    await page.keyboard.type('secretariat@druye');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await page.locator('[role=alert] a').getAttribute('href')).toBe('#email');
    expect(await page.locator('#email').inputValue()).toBe('secretariat@druye');
    expect(await page.locator('#email').getAttribute('aria-invalid')).toBe('true');
    await page.locator('#email').fill('secretariat@druye.example.org');
    await page.locator('#email').press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/sent?next=%2Fdesk');
    const [letter] = await lettersTo(portal.home, 'secretariat@druye.example.org');
    await page.goto(origin + linkIn(letter, '/sign-in/link'));
    await page.locator('main button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/desk');
    // The way out is in the header, reached by Tab, a plain form.
    await page.goto(`${origin}/account`);
    await page.locator('.person-bar button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${origin}/`);
    await page.goto(`${origin}/account`);
    expect(page.url()).toContain('/sign-in?next=%2Faccount');
  });
});

test('a device is registered as a passkey, then opens the account; forms obey the policy of the pages', async () => {
  await visit(true, {}, async (page, window) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    const devtools = await window.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${origin}/account`);
    await page.locator('#passkey-name').fill('Téléphone du secrétariat');
    await page.locator('[data-passkey=register] button').click();
    await page.waitForURL('**/account?done=saved');
    expect(await page.locator('main').textContent()).toContain('Téléphone du secrétariat');
    await window.clearCookies();
    await page.goto(`${origin}/sign-in?next=${encodeURIComponent(`${organization}/people`)}`);
    await page.locator('[data-passkey=sign-in] button').click();
    await page.waitForURL(`**${organization}/people`);
    expect(await page.locator('.person-bar').textContent()).toContain('Ada Martin');
    expect(refused).toEqual([]);
  });
});
