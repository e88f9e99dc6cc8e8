// The secretary and the legal officer, by the keyboard alone: a messy file of grants with four planted faults is published.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lettersTo, linkIn, openReader, type Reader, signInByMail } from '../journeys/browser.ts';
import { openPortal, type Portal } from '../journeys/portal.ts';
import { openBrowser, openWindow, picture } from './site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let portal: Portal;
let browser: Browser;

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'druye', '--name', 'Commune de Druye', '--insee', '37099');
  const admin = openReader(portal);
  const token = new URL(/\/sign-in\/administrator\?token=\S+/.exec(portal.said())?.[0] ?? '', portal.url).searchParams;
  const someone = { email: 'ada@example.org', name: 'Ada Martin' };
  await admin.post('/sign-in/administrator', { token: token.get('token') ?? '', ...someone });
  await admin.post('/organizations/druye/people/invite', { email: 'martine@example.org', role: 'depositor' });
  await accept(openReader(portal), 'martine@example.org', 'Martine');
  await signInByMail(portal, openReader(portal), 'paul@example.org');
  const given = await admin.post('/territory/people/give', { email: 'paul@example.org', role: 'legalOfficer' });
  expect(given.location).toBe('/territory/people?done=given');
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

async function accept(reader: Reader, email: string, name: string): Promise<void> {
  const [letter] = await lettersTo(portal.home, email);
  await reader.post(linkIn(letter, '/invitations/'), { name });
}

/** Presses Tab until the control of that name has the focus: nothing is out of reach of the keyboard. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'radio' | 'combobox',
  name: RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let presses = 0; presses < 250; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${role} ${name}`);
}

/** Goes to a control and presses it, then waits for the page that follows. */
async function press(page: Page, role: 'button' | 'link', name: RegExp): Promise<void> {
  await tabTo(page, role, name);
  await submitted(page);
}

/** Presses Enter, and waits for the page that follows. */
async function submitted(page: Page): Promise<void> {
  const followed = page.waitForEvent('framenavigated');
  await page.keyboard.press('Enter');
  await followed;
  await page.waitForLoadState('load');
}

async function type(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, 'textbox', name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

async function signIn(context: BrowserContext, email: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${portal.url}/sign-in?next=/desk`);
  const before = (await lettersTo(portal.home, email, 0)).length;
  await type(page, /adresse/i, email);
  await submitted(page);
  const [letter] = await lettersTo(portal.home, email, before + 1);
  await page.goto(portal.url + linkIn(letter, '/sign-in/link'));
  await press(page, 'button', /Entrer|Se connecter|Continuer/);
  return page;
}

async function mustBeAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<{ violations: unknown[] }> } };
    return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations;
  });
  expect(found, page.url()).toEqual([]);
}

/** No page of the desk scrolls sideways, on a telephone or on a tablet. */
async function mustFit(page: Page, name: string): Promise<void> {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${page.url()} at ${width}`).toBeLessThanOrEqual(0);
    await picture(page, `desk-${name}-${width}`);
  }
}

const header =
  'nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;objet;montant;nature;conditionsVersement;datesPeriodeVersement;notificationUE;pourcentageSubvention;Courriel du contact';
const line = (day: string, who: string, siret: string, amount: string, nature: string, mail: string) =>
  `Commune de Druye;21370261600011;${day};${who};${siret};Fonctionnement;${amount};${nature};unique;2025-06-01;non;0,5;${mail}`;
// Three lines above the titles, and four faults: a SIRET that Excel cut (A2), a day that does not exist (A3), a choice
// written otherwise, a total (A1).
const grants = [
  'Commune de Druye;;;;;;;;;;;;',
  'Subventions versées en 2025;;;;;;;;;;;;',
  ';;;;;;;;;;;;',
  header,
  line('2025-03-12', 'Les Amis du livre', '2,136E+13', '1500', 'aide en numéraire', 'lea.martin@gmail.com'),
  line('31/02/2025', 'Touraine judo', '38047555800058', '900', 'aide en numéraire', 'yann.legoff@orange.fr'),
  line('2025-05-04', 'Chorale du Cher', '38047555800058', '350', 'aide en numeraire', 'n.durand@laposte.net'),
  line('2025-06-02', 'Jardins partagés', '38047555800058', '1200', 'aide en nature', 'camille.petit@free.fr'),
  line('2025-09-10', 'Théâtre de poche', '38047555800058', '2000', 'aide en nature', 'p.moreau@wanadoo.fr'),
  'Total;;;;;;5950;;;;;;',
].join('\r\n');

test('from the sign-in page to the public page, without a mouse', { timeout: 180_000 }, async () => {
  const context = await openWindow(browser, { withoutPolicy: true });
  const page = await signIn(context, 'martine@example.org');
  await mustBeAccessible(page);
  await mustFit(page, 'desk');

  await press(page, 'button', /Commencer un dépôt/);
  await mustBeAccessible(page);
  await mustFit(page, 'what');
  await tabTo(page, 'radio', /Subventions/);
  await page.keyboard.press('Space');
  await press(page, 'button', /Continuer/);
  await mustBeAccessible(page);
  await mustFit(page, 'file');
  // As Windows writes it.
  const buffer = Buffer.from(grants, 'latin1');
  await page.locator('#file').setInputFiles({ name: 'Subventions 2025.csv', mimeType: 'text/csv', buffer });
  await press(page, 'button', /Déposer ce fichier/);

  // The headline, then each point: where, what, expected, what to do.
  await mustBeAccessible(page);
  await mustFit(page, 'check');
  const report = page.locator('.report');
  expect(await report.textContent()).toContain('3 points à corriger, 3 cellules');
  expect(await report.textContent()).toMatch(/Cellule E5.*2,136E\+13/);
  expect(await report.textContent()).toMatch(/Cellule C6.*31\/02\/2025/);
  expect(await page.locator('.lead').textContent()).toContain('titres à la ligne 4');
  // What is sure, at once; then one value after the other.
  await press(page, 'button', /Appliquer la correction proposée/);
  expect(await report.textContent()).not.toContain('aide en numeraire');
  await type(page, /La bonne valeur/, '38047555800058');
  await press(page, 'button', /Corriger cette cellule/);
  await type(page, /La bonne valeur/, '2025-02-28');
  await press(page, 'button', /Corriger cette cellule/);
  await press(page, 'button', /Retirer la ligne 10/);
  expect(await report.textContent()).toContain('Rien à corriger');
  await mustFit(page, 'corrected');
  await press(page, 'link', /Continuer/);

  // Persons were found: she asks, and is free.
  await mustBeAccessible(page);
  await mustFit(page, 'rights');
  expect(await page.content()).not.toContain('legoff');
  await tabTo(page, 'combobox', /Courriel du contact/);
  await page.keyboard.type('Retirer');
  for (const question of ['finished-yes', 'secret-no']) {
    await page.locator(`#${question}`).focus();
    await page.keyboard.press('Space');
  }
  // She is not sure of the last one.
  await tabTo(page, 'button', /Enregistrer mes réponses/);
  const summary = page.locator('summary', { hasText: 'Demander au référent juridique' });
  await summary.focus();
  await page.keyboard.press('Enter');
  await type(page, /Votre question/, 'Peut-on publier le nom des associations avec ces courriels ?');
  await press(page, 'button', /Demander au référent juridique/);
  expect(await page.locator('main').textContent()).toContain('Votre question est chez le référent juridique');
  const draft = page.url().replace(/\/rights.*/, '');

  // The legal officer is told, decides by the keyboard too.
  const office = await openWindow(browser, { withoutPolicy: true });
  const desk = await signIn(office, 'paul@example.org');
  await press(desk, 'link', /Examens à décider/);
  await press(desk, 'link', /Subventions/);
  await mustBeAccessible(desk);
  expect(await desk.content()).not.toContain('legoff');
  await tabTo(desk, 'combobox', /Courriel du contact/);
  await desk.keyboard.type('Retirer');
  await press(desk, 'button', /Enregistrer|Appliquer|Garder/);
  await desk.locator('#openAfterProcessing').focus();
  await desk.keyboard.press('Space');
  await type(desk, /motif/i, 'Les associations, sans les courriels de personnes.');
  await press(desk, 'button', /^Décider|Enregistrer la décision|décision/);
  await office.close();

  // The tab was closed: the draft is taken up where it was, with the answer.
  await page.goto(draft);
  expect(page.url()).toMatch(/\/rights$/);
  expect(await page.locator('main').textContent()).toContain('sans les courriels de personnes');
  await press(page, 'link', /Continuer/);
  await mustBeAccessible(page);
  await mustFit(page, 'present');
  await type(page, /^Titre/, 'Court');
  await press(page, 'button', /Continuer/);
  // What is wrong takes the focus, and leads to its field.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('refusal');
  await mustBeAccessible(page);
  await type(page, /^Titre/, 'Subventions aux associations 2025');
  await type(
    page,
    /Ce que c’est/,
    'Les subventions versées par la commune de Druye en 2025, telles que votées au budget.',
  );
  await press(page, 'button', /Continuer/);
  await mustBeAccessible(page);
  await mustFit(page, 'terms');
  await press(page, 'button', /Continuer/);
  await mustBeAccessible(page);
  await mustFit(page, 'publish');
  await press(page, 'button', /Publier « Subventions aux associations 2025 »/);
  await mustBeAccessible(page);
  await mustFit(page, 'done');
  await press(page, 'link', /Voir la page/);
  expect(await page.locator('h1').textContent()).toContain('Subventions aux associations 2025');

  const records = await portal.json(
    '/api/explore/v2.1/catalog/datasets/subventions-aux-associations-2025/records?order_by=montant&select=nombeneficiaire,idbeneficiaire,dateconvention,nature,montant',
  );
  expect(records).toMatchObject({
    total_count: 5,
    results: [
      { montant: 350, nature: 'aide en numéraire' },
      { montant: 900, dateconvention: '2025-02-28' },
      { montant: 1200 },
      { montant: 1500, idbeneficiaire: '38047555800058', nombeneficiaire: 'Les Amis du livre' },
      { montant: 2000, nombeneficiaire: 'Théâtre de poche' },
    ],
  });
  const whole = JSON.stringify(
    await portal.json('/api/explore/v2.1/catalog/datasets/subventions-aux-associations-2025/records'),
  );
  expect(whole).not.toContain('legoff');
  await context.close();
});
