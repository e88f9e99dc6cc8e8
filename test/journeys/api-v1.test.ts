// Programs at our own API: the examples that the pages show are run as they are shown; links lead through a whole version
// while the next one is published; files come whole, in pieces, and by the page's own filters.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlainCsv } from './plain-csv.ts';
import { openPortal, type Portal } from './portal.ts';

const run = promisify(execFile);
const api = '/api/v1/datasets';
const rowCount = 2500;

/** Row n: every fifth is of Luynes, amounts go up to 4 998, a formula stands among the names. */
const rows = Array.from({ length: rowCount }, (_, i) => ({
  numero: `A${String(i + 1).padStart(5, '0')}`,
  nom: i === 6 ? '=SOMME(A1)' : `Aire n° ${i + 1}`,
  commune: i % 5 === 0 ? 'Luynes' : 'Tours',
  montant: i * 2,
  jour: `20${String(10 + (i % 15)).padStart(2, '0')}-05-03`,
  latitude: (47.3 + (i % 50) / 1000).toFixed(4),
  longitude: (0.6 + Math.floor(i / 50) / 1000).toFixed(4),
}));

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
  await deposit(
    'aires',
    rows.map((row) => Object.values(row).join(';')),
  );
});
afterAll(() => portal?.close());

async function deposit(id: string, lines: readonly string[], ...more: string[]) {
  const path = join(portal.home, `${id}.csv`);
  await writeFile(path, [Object.keys(rows[0] ?? {}).join(';'), ...lines, ''].join('\n'));
  const named = ['--organization', 'ville', '--title', 'Aires de jeux', '--id', id];
  const answer = await portal.cli('deposit', path, ...(more.length > 0 ? more : named), '--publish');
  expect(answer.code, answer.stderr).toBe(0);
}

type Page = {
  readonly records: readonly Record<string, unknown>[];
  readonly total: number;
  readonly next: string | null;
};

/** The examples of the page's « API » view, by their title. */
async function examples(query = ''): Promise<ReadonlyMap<string, string>> {
  const { document } = parseHTML(await (await portal.get(`/datasets/aires?view=api${query}`)).text());
  return new Map(
    [...document.querySelectorAll('.explorer-panel details')].map((details) => [
      details.querySelector('summary')?.textContent ?? '',
      details.querySelector('code')?.textContent ?? '',
    ]),
  );
}

/** Whether a program is there: what is not is said, and its example is left to another machine. */
async function has(program: string): Promise<boolean> {
  const there = await run(program, ['--version']).then(
    () => true,
    () => false,
  );
  if (!there) console.warn(`${program} is not installed: its example is not run`);
  return there;
}

test('the examples are those four, and they run as they are shown', async () => {
  const shown = await examples();
  expect([...shown.keys()]).toEqual(['curl', 'JavaScript', 'Python', 'R']);

  const javascript = await run(process.execPath, ['--input-type=module', '-e', shown.get('JavaScript') ?? '']);
  expect(javascript.stdout).toMatch(/^2500 \{\s+numero: 'A00001'/);

  if (await has('curl')) {
    const { stdout } = await run('bash', ['-c', `${shown.get('curl')} --silent --compressed`], { maxBuffer: 1 << 26 });
    const page = JSON.parse(stdout) as Page;
    expect(page.records).toHaveLength(1000);
    expect(page.total).toBe(rowCount);
  }
  if (await has('python3')) {
    const { stdout } = await run('python3', ['-c', shown.get('Python') ?? '']);
    expect(stdout).toMatch(/^2500 \{'numero': 'A00001'/);
  }
  if (await has('Rscript')) {
    const { stdout } = await run('Rscript', ['-e', shown.get('R') ?? '']);
    expect(stdout).toContain('2500 obs.');
  }
});

test('the examples give the rows that the page’s filters keep', async () => {
  const query = `&column=commune&operator=eq&value=${encodeURIComponent('Luynes')}&q=aire&sort=-montant`;
  const shown = await examples(query);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', shown.get('JavaScript') ?? '']);
  expect(stdout).toMatch(/^500 \{\s+numero: 'A02496'/);
  const [address = ''] = /http[^"]+/.exec(shown.get('R') ?? '') ?? [];
  const csv = await (await fetch(address)).text();
  expect(readPlainCsv(csv.replace(/^\uFEFF/, ''), ';')).toHaveLength(501);
});

test('who follows the links sees one version, whole, whatever is published meanwhile', async () => {
  const first = (await portal.json(
    `${api}/aires/records?commune=Tours&sort=-jour&limit=300&fields=numero,jour`,
  )) as Page;
  expect(first.total).toBe(2000);
  await deposit('aires', ['A99999;Nouvelle;Tours;1;2026-01-01;47.3;0.6'], '--new-version', '--id', 'aires');
  const seen = first.records.map(({ numero }) => numero);
  let { next } = first;
  while (next !== null) {
    const page = (await (await fetch(next)).json()) as Page;
    seen.push(...page.records.map(({ numero }) => numero));
    next = page.next;
  }
  const ofTours = rows.filter(({ commune }) => commune === 'Tours');
  // The greatest day first; on one day, as in the file.
  const expected = ofTours.toSorted((a, b) => (a.jour < b.jour ? 1 : a.jour > b.jour ? -1 : 0));
  expect(seen).toEqual(expected.map(({ numero }) => numero));
  expect(((await portal.json(`${api}/aires/records`)) as Page).total).toBe(1);
  expect(((await portal.json(`${api}/aires/records?version=1`)) as Page).total).toBe(rowCount);
});

test('aggregates, files and citations of an old version', async () => {
  const groups = await portal.json(`${api}/aires/aggregates?group=commune&sum=montant&count=*&sort=commune&version=1`);
  const sum = (commune: string) =>
    rows.filter((row) => row.commune === commune).reduce((total, { montant }) => total + montant, 0);
  expect(groups).toMatchObject({
    results: [
      { commune: 'Luynes', count: 500, sum_montant: sum('Luynes') },
      { commune: 'Tours', count: 2000, sum_montant: sum('Tours') },
    ],
  });
  const citation = (await portal.json(`${api}/aires/versions/1/citation`)) as Record<string, string>;
  const [file, link] = [await fetch(citation['data'] ?? ''), await fetch(citation['permanentLink'] ?? '')];
  expect([file.status, link.status]).toEqual([200, 200]);
  expect(readPlainCsv((await file.text()).replace(/^\uFEFF/, ''), ';')).toHaveLength(rowCount + 1);
});

test('the page’s address with an ending is its rows, filtered as the page is', async () => {
  const filters = 'version=1&column=commune&operator=eq&value=Luynes&sort=-montant';
  const csv = await portal.get(`/datasets/aires.csv?${filters}&with_bom=false&for_spreadsheet=true`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('access-control-allow-origin')).toBe('*');
  const [header, first, ...rest] = readPlainCsv(await csv.text(), ';');
  expect(header?.slice(0, 3)).toEqual(['numero', 'nom', 'commune']);
  expect(first?.[0]).toBe('A02496');
  expect(rest).toHaveLength(499);
  const map = (await portal.json(`/datasets/aires.geojson?${filters}`)) as { features: { geometry: unknown }[] };
  expect(map.features).toHaveLength(500);
  expect(map.features[0]?.geometry).toEqual({ type: 'Point', coordinates: [0.649, 47.345] });
  const parquet = await portal.get(`/datasets/aires.parquet?${filters}`);
  expect(
    Buffer.from(await parquet.arrayBuffer())
      .subarray(0, 4)
      .toString('latin1'),
  ).toBe('PAR1');
  const page = (await portal.json(`/datasets/aires.json?${filters}`)) as { id: string; rows: Page };
  expect(page.id).toBe('aires');
  expect(page.rows.total).toBe(500);
  expect(page.rows.records[0]?.['numero']).toBe('A02496');
  expect((await portal.get('/datasets/aires.xls')).status).toBe(404);
});

test('originals come in pieces too', async () => {
  const path = `${portal.url}/datasets/aires/versions/1/original`;
  const whole = await (await fetch(path)).text();
  const piece = await fetch(path, { headers: { range: 'bytes=0-5' } });
  expect({ status: piece.status, text: await piece.text() }).toEqual({ status: 206, text: whole.slice(0, 6) });
  const tag = piece.headers.get('etag') ?? '';
  expect((await fetch(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
});

test('every format answers, and says so in the OpenAPI document', async () => {
  const document = (await portal.json(`${api}/aires/openapi.json`)) as { paths: Record<string, never> };
  expect(Object.keys(document.paths)).toContain(`${api}/aires/records`);
  const { links } = (await portal.json(`${api}/aires?version=1`)) as { links: { exports: Record<string, string> } };
  expect(Object.keys(links.exports)).toHaveLength(16);
  for (const [format, url] of Object.entries(links.exports)) {
    const answer = await fetch(`${url}?version=1&commune=Luynes`);
    expect(answer.status, format).toBe(200);
    expect((await answer.arrayBuffer()).byteLength, format).toBe(Number(answer.headers.get('content-length')));
  }
});
