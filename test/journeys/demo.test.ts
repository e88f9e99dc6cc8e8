// The demonstration as a stranger meets it: from `/` by links alone, each page and its data, the marks of the demonstration.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPeople } from '../../territories/demo/people.ts';
import { openReader } from './browser.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
}, 180_000);
afterAll(() => portal?.close());

async function page(path: string): Promise<string> {
  const answer = await portal.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type'), path).toContain('text/html');
  return answer.text();
}

function links(html: string): string[] {
  return [...html.matchAll(/href="(\/[^"#]*)"/g)].map((m) => (m[1] ?? '').replaceAll('&amp;', '&'));
}

test('the 22 communes are reached from the home page, with their population and its source', async () => {
  const home = await page('/');
  expect(links(home)).toEqual(expect.arrayContaining(['/datasets', '/communes']));
  const communes = [...new Set(links(await page('/communes')).filter((link) => /^\/communes\/\d{5}$/.test(link)))];
  expect(communes).toHaveLength(22);
  expect(communes).toContain('/communes/37261');
  const tours = await page('/communes/37261');
  expect(tours).toContain('Tours');
  expect(tours).toMatch(/13\d[\u202f\u00a0 ]\d{3}/);
  expect(tours).toContain('INSEE');
});

test('at least 15 datasets, and every page of the catalogue has its data', async () => {
  const catalogue = (await portal.json('/datasets.json?pageSize=100')) as {
    total: number;
    datasets: { id: string; demo: boolean }[];
  };
  expect(catalogue.total).toBeGreaterThanOrEqual(15);
  expect(catalogue.datasets.some((d) => d.demo)).toBe(true);
  expect(catalogue.datasets.some((d) => !d.demo)).toBe(true);
  for (const dataset of catalogue.datasets) {
    const html = await page(`/datasets/${dataset.id}`);
    // Datasets beside this one have marks of their own: only the heading's is meant here.
    const heading = html.slice(html.indexOf('<h1'), html.indexOf('class="jumps"'));
    expect(heading.includes('badge demo'), dataset.id).toBe(dataset.demo);
    expect(html).toContain('<table');
    const twin = (await portal.json(`/datasets/${dataset.id}.json`)) as { id: string };
    expect(twin.id).toBe(dataset.id);
    const records = (await portal.json(`/api/explore/v2.1/catalog/datasets/${dataset.id}/records`)) as {
      total_count: number;
    };
    expect(records.total_count).toBeGreaterThan(0);
  }
}, 120_000);

test('every link of the main pages answers', async () => {
  const seen = new Set<string>(['/', '/communes', '/organizations', '/datasets']);
  for (const start of [...seen]) for (const link of links(await page(start))) seen.add(link);
  for (const link of seen) {
    const answer = await portal.get(link);
    expect(answer.status, link).toBe(200);
    await answer.body?.cancel();
  }
}, 120_000);

test('an accent and a letter missing are forgiven', async () => {
  for (const words of ['dechets', 'déchets', 'dechts', 'collecte déchet']) {
    const found = (await portal.json(`/datasets.json?q=${encodeURIComponent(words)}`)) as { total: number };
    expect(found.total, words).toBeGreaterThan(0);
  }
});

test('one click takes the place of each character, who is marked as one and has the rights of their job', async () => {
  const signIn = await page('/sign-in');
  const sees = {
    juriste: '/desk/legal',
    pilote: '/organizations/commune-de-druye/people',
    'cheffe-de-projet': '/territory/people',
  };
  for (const { key, name, roles } of demoPeople) {
    expect(signIn).toContain(`Entrer comme ${name}`);
    const reader = openReader(portal);
    expect((await reader.post('/sign-in/demo', { person: key })).location, key).toBe('/desk');
    const account = await reader.get('/account');
    expect(account.body, key).toContain(`Vous êtes ${name}<span> (personnage de démonstration)`);
    const facts = JSON.parse((await reader.get('/account.json')).body) as { account: { grants: unknown[] } };
    expect(facts.account.grants, key).toHaveLength(roles.length);
    for (const [who, path] of Object.entries(sees))
      expect((await reader.get(path)).status, `${key} at ${path}`).toBe(who === key || mayToo(key, path) ? 200 : 403);
    // A character is everybody's: it keeps its name, and takes no other way in.
    await reader.post('/account/profile', { name: 'Quelqu’un d’autre', language: 'fr', rhythm: 'daily' });
    expect((await reader.get('/account')).body).not.toContain('Quelqu’un d’autre');
    expect((await reader.post('/account/password', { password: 'une phrase de passe assez longue' })).status).toBe(403);
    expect((await reader.get('/api/auth/passkey/generate-register-options')).status).toBe(403);
  }
});

/** The people of Druye are also seen by its secretary and by the territory's steward. */
function mayToo(key: string, path: string): boolean {
  return (
    path.endsWith('/people') && path.startsWith('/organizations') && ['secretaire', 'cheffe-de-projet'].includes(key)
  );
}

test('the letters that would leave are read in the demonstration, but for those of who administers', async () => {
  const { url } = (await portal.cli('admin-link')).json as { url: string };
  const token = new URL(url).searchParams.get('token') ?? '';
  const admin = openReader(portal);
  await admin.post('/sign-in/administrator', { token, email: 'ada@example.org', name: 'Ada Martin' });
  const visitor = openReader(portal);
  await visitor.post('/sign-in', { email: 'ada@example.org', next: '' });
  await visitor.post('/sign-in', { email: 'visitor@example.org', next: '' });
  const letters = async (reader: typeof visitor) =>
    (JSON.parse((await reader.get('/mails.json')).body) as { letters: { id: string; to: string }[] }).letters;
  const arrived = async () => (await letters(admin)).some((letter) => letter.to === 'visitor@example.org');
  for (let tries = 0; tries < 200 && !(await arrived()); tries++) await new Promise((next) => setTimeout(next, 50));
  expect((await letters(admin)).map((letter) => letter.to).toSorted()).toEqual([
    'ada@example.org',
    'visitor@example.org',
  ]);
  const seen = await letters(visitor);
  expect(seen.map((letter) => letter.to)).toEqual(['visitor@example.org']);
  const hidden = (await letters(admin)).find((letter) => letter.to === 'ada@example.org')?.id ?? '';
  expect((await visitor.get(`/mails/${encodeURIComponent(hidden)}`)).status).toBe(404);
  // The link of the letter leads on within the page that shows it.
  const letter = await visitor.get(`/mails/${encodeURIComponent(seen[0]?.id ?? '')}`);
  const link = /href="(\/sign-in\/link\?token=[^"]+)"/.exec(letter.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await visitor.get(link)).status).toBe(200);
});
