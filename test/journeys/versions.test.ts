// The life of versions over HTTP and the command line: fixes, next year's file, what changed, restore, purge, second reading.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlainCsv } from './plain-csv.ts';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
});
afterAll(() => portal?.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const original = (hash: string) => join(portal.home, 'files', 'originals', hash.slice(0, 2), hash);
const api = (id: string) => `/api/explore/v2.1/catalog/datasets/${id}`;

async function deposit(id: string, text: string, ...more: string[]) {
  const path = join(portal.home, `${id}.csv`);
  await writeFile(path, text);
  const answer = await portal.cli(
    'deposit',
    path,
    '--organization',
    'ville',
    '--title',
    `Jeu ${id}`,
    '--id',
    id,
    '--publish',
    ...more,
  );
  expect(answer.code, answer.stderr).toBe(0);
  return answer.json as Readonly<Record<string, unknown>>;
}

async function records(id: string, version?: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const query = version === undefined ? '' : `&version=${version}`;
  const { results } = (await portal.json(`${api(id)}/records?limit=100${query}`)) as { results: never[] };
  return results;
}

const grants = [
  'Nom;Nature;Montant;Téléphone',
  'Club de lecture;Assoc;100;0102030405',
  'École de musique;Assoc;150;0102030406',
  'Amicale;Association;31 euros;0102030407',
  'Total;;281;',
];
const fixes = [
  { kind: 'replaceValue', column: 'Nature', from: 'Assoc', to: 'Association' },
  { kind: 'setCell', row: 4, column: 'montant', from: '31 euros', to: '31' },
  { kind: 'dropColumn', column: 'Téléphone' },
  { kind: 'setAside', rows: [5], problem: 'row.total' },
];

/** The status that a program gets: a browser is led to the sign-in page instead. */
async function asked(path: string): Promise<number> {
  return (await fetch(portal.url + path, { headers: { accept: 'application/json' } })).status;
}

test('a file is corrected on the way, the original kept; the same rows come again from both', async () => {
  const steps = join(portal.home, 'corrections.json');
  await writeFile(steps, JSON.stringify({ terroirSteps: 1, steps: fixes }));
  const text = `${grants.join('\n')}\n`;
  const done = await deposit('subventions', text, '--steps', steps);
  expect(done).toMatchObject({
    rows: 3,
    columns: 3,
    corrections: { hits: [2, 1, 1, 1], unmatched: [], setAsideRows: 1 },
  });
  const rows = [
    { nom: 'Club de lecture', nature: 'Association', montant: 100 },
    { nom: 'École de musique', nature: 'Association', montant: 150 },
    { nom: 'Amicale', nature: 'Association', montant: 31 },
  ];
  expect(await records('subventions')).toEqual(rows);
  // The original is kept byte for byte; holding a column that is not published, it is its producer's alone.
  expect(readFileSync(original(sha256(text)), 'utf8')).toBe(text);
  expect((await portal.get('/datasets/subventions/original')).status).toBe(403);
  // The rows set aside are their producer's alone.
  expect(await asked('/datasets/subventions/versions/1/set-aside')).toBe(403);
  const [folder] = readdirSync(join(portal.home, 'files', 'versions')).filter((name) =>
    name.startsWith('subventions@'),
  );
  const aside = readFileSync(join(portal.home, 'files', 'versions', String(folder), 'set-aside.csv'), 'utf8');
  expect(readPlainCsv(aside.slice(1), ';')).toEqual([
    ['ligne', 'Nom', 'Nature', 'Montant', 'motif'],
    [
      '5',
      'Total',
      '',
      '281',
      'La ligne 5 ressemble à un total. Dans une donnée ouverte, on la retire : chacun peut la recalculer.',
    ],
  ]);
  // Corrections may quote what is not published: only their number is public.
  expect(await portal.json('/datasets/subventions/versions/1.json')).toMatchObject({ corrections: 4, setAsideRows: 1 });
  for (const path of ['versions/1', 'versions/1.json', 'versions.json'])
    expect(await (await portal.get(`/datasets/subventions/${path}`)).text()).not.toContain('31 euros');
  expect(await (await portal.get('/datasets/subventions.json')).text()).not.toContain('31 euros');
  // A version is rebuilt from its original and its steps, as they are kept.
  const { versions } = (await portal.cli('version', 'list', 'subventions')).json as { versions: { steps: unknown }[] };
  const kept = join(portal.home, 'gardees.json');
  await writeFile(kept, JSON.stringify(versions[0]?.steps));
  await deposit('subventions-bis', text, '--steps', kept);
  const bytes = async (id: string) => Buffer.from(await (await portal.get(`${api(id)}/exports/parquet`)).arrayBuffer());
  expect((await bytes('subventions-bis')).equals(await bytes('subventions'))).toBe(true);
});

test('next year, the corrections that still apply are done again, and the report says so', async () => {
  const text = [
    'Montant;Nom;Nature;Téléphone',
    '120;Club de lecture;Assoc;0102030405',
    '90;Club de voile;Assoc;0102030409',
    '40;Amicale;Association;0102030407',
    '31 euros;Chorale;Assoc;0102030408',
    ';Total;;',
  ].join('\n');
  const done = await deposit('subventions', text, '--new-version', '--replay');
  expect(done['replay']).toMatchObject({
    // Three cells of one value, one cell that moved, one column; the total is found by its problem, when it is one.
    corrections: 5,
    unmatched: [{ reason: 'problemMissing' }],
  });
  expect((done['problems'] as { message: string }[])[0]?.message).toBe('5 corrections de l’an dernier proposées.');
  expect(await records('subventions')).toEqual([
    { montant: 120, nom: 'Club de lecture', nature: 'Association' },
    { montant: 90, nom: 'Club de voile', nature: 'Association' },
    { montant: 40, nom: 'Amicale', nature: 'Association' },
    { montant: 31, nom: 'Chorale', nature: 'Association' },
    { montant: null, nom: 'Total', nature: null },
  ]);
});

test('what changed is told by key, on the page, as data and on the command line', async () => {
  await deposit('arbres', 'id;essence;hauteur\na1;Érable;12\na2;Tilleul;9\na3;Chêne;20\na4;Pin;7\n');
  await deposit(
    'arbres',
    'id;essence;hauteur;rue\na1;Érable;13;Nord\na2;Tilleul;9;Sud\na4;Pin;7;Est\na5;If;3;Est\na6;Orme;5;Sud\n',
    '--new-version',
  );
  const expected = {
    key: { columns: ['id'], source: 'guessed' },
    added: 2,
    removed: 1,
    modified: 1,
    unchanged: 2,
    columns: [{ kind: 'added', column: 'rue', from: null, to: 'string' }],
    listed: {
      added: [
        [
          { column: 'id', value: 'a5' },
          { column: 'essence', value: 'If' },
          { column: 'hauteur', value: '3' },
        ],
        [{ value: 'a6' }, { value: 'Orme' }, { value: '5' }],
      ],
      removed: [[{ value: 'a3' }, { value: 'Chêne' }, { value: '20' }]],
      modified: [{ key: ['a1'], changes: [{ column: 'hauteur', from: '12', to: '13' }] }],
    },
    changedCells: [{ column: 'hauteur', cells: 1 }],
  };
  expect((await portal.cli('version', 'diff', 'arbres', '1', '2')).json).toMatchObject(expected);
  expect(await portal.json('/datasets/arbres/versions/2.json')).toMatchObject({ change: { from: 1, diff: expected } });
  const page = await (await portal.get('/datasets/arbres/versions/2')).text();
  for (const words of ['+2 lignes', '1 modifiée', '−1 ligne', '« rue » est nouvelle', '<del>12</del>', '<ins>13</ins>'])
    expect(page.replaceAll('\u00a0', ' ')).toContain(words);
  expect(await portal.json('/datasets/arbres/versions.json')).toMatchObject({
    current: 2,
    versions: [{ number: 2 }, { number: 1 }],
  });
  expect((await portal.get('/datasets/arbres/versions')).status).toBe(200);
});

test('an old version is published again, under a new number that says so', async () => {
  const restored = await portal.cli('version', 'restore', 'arbres', '1');
  expect(restored, restored.stderr).toMatchObject({ code: 0, json: { number: 3, restoredFrom: 1, published: true } });
  expect((await records('arbres')).map((row) => row['id'])).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(await portal.json('/datasets/arbres/versions/3.json')).toMatchObject({ restoredFrom: 1 });
  expect(
    (await portal.get('/datasets/arbres/versions/3').then((r) => r.text())).includes('restaurée de la version 1'),
  ).toBe(true);
  expect(await portal.cli('version', 'restore', 'arbres', '3')).toMatchObject({ code: 5 });
});

test('« rien n’a changé » counts as an update without a new version', async () => {
  await deposit('menus', 'jour,plat\n2026-01-05,Soupe\n', '--frequency', 'ANNUAL');
  const before = (await portal.json('/datasets/menus.json')) as { nextUpdateBefore: string };
  const verified = await portal.cli('version', 'verify', 'menus');
  expect(verified, verified.stderr).toMatchObject({ code: 0 });
  const after = (await portal.json('/datasets/menus.json')) as { nextUpdateBefore: string; verifiedAt: string };
  expect(after.nextUpdateBefore > before.nextUpdateBefore).toBe(true);
  expect(await portal.json('/datasets/menus/versions.json')).toMatchObject({ versions: [{ number: 1 }] });
});

test('what is purged is nowhere any more, and its page says who, when, why and what', async () => {
  const [leak, clean, last] = ['nom;mail\nAnne;a@b.fr\n', 'nom;rue\nAnne;Nord\n', 'nom;rue\nAnne;Sud\n'];
  await deposit('annuaire', leak);
  await deposit('annuaire', clean, '--new-version');
  await deposit('autre', clean);
  await deposit('annuaire', last, '--new-version');
  const address = `${api('annuaire')}/records?version=1`;
  const etag = (await portal.get(address)).headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  await portal.get(`${api('annuaire')}/exports/csv?version=1`);
  await portal.get('/datasets/annuaire/versions/2');
  const folders = () =>
    readdirSync(join(portal.home, 'files', 'versions')).filter((name) => name.startsWith('annuaire@'));
  expect(folders()).toHaveLength(3);
  expect(existsSync(original(sha256(leak)))).toBe(true);

  expect(await portal.cli('version', 'purge', 'annuaire', '1', '2')).toMatchObject({ code: 2 });
  const purged = await portal.cli('version', 'purge', 'annuaire', '1', '2', '--reason', 'Adresses de particuliers');
  expect(purged, purged.stderr).toMatchObject({
    code: 0,
    json: {
      versions: [1, 2],
      reason: 'Adresses de particuliers',
      kept: [{ sha256: sha256(clean), usedBy: ['autre'] }],
    },
  });
  expect(folders()).toHaveLength(1);
  expect(existsSync(original(sha256(leak)))).toBe(false);
  expect(existsSync(original(sha256(clean)))).toBe(true);
  expect(readdirSync(join(portal.home, 'files', 'exports')).filter((name) => name.startsWith('annuaire@'))).toEqual([]);
  expect(readdirSync(join(portal.home, 'files', 'diffs'))).not.toEqual([]);

  expect((await fetch(portal.url + address, { headers: { 'if-none-match': etag } })).status).toBe(410);
  expect((await portal.get(`${api('annuaire')}/exports/csv?version=1`)).status).toBe(410);
  expect((await portal.get('/datasets/annuaire/versions/1/original')).status).toBe(410);
  const tombstone = await portal.get('/datasets/annuaire/versions/1.json');
  expect(tombstone.status).toBe(410);
  const told = (await tombstone.json()) as { purge: { destroyed: { sha256: string; what: string }[]; actor?: string } };
  expect(told.purge.destroyed.find((file) => file.what === 'original')?.sha256).toBe(sha256(leak));
  expect(told.purge.actor).toBeUndefined();
  expect(JSON.stringify(await portal.json('/datasets/annuaire/versions.json'))).not.toContain('mail');
  expect(await (await portal.get('/datasets/annuaire/versions/1')).text()).toContain('Adresses de particuliers');
  // The version that stands is untouched, its number goes on.
  expect(await records('annuaire')).toEqual([{ nom: 'Anne', rue: 'Sud' }]);
  expect(await records('autre')).toEqual([{ nom: 'Anne', rue: 'Nord' }]);
  expect(await portal.cli('version', 'purge', 'annuaire', '1', '--reason', 'encore')).toMatchObject({ code: 5 });
});

test('purged whole, a public dataset is withdrawn with the reason; a restored version goes with its source', async () => {
  const text = 'nom;note\nAnne;1\n';
  await deposit('notes', text);
  await deposit('notes', 'nom;note\nAnne;2\n', '--new-version');
  await portal.cli('version', 'restore', 'notes', '1');
  const purged = await portal.cli('version', 'purge', 'notes', '1', '--reason', 'Notes d’élèves');
  expect(purged.json).toMatchObject({ versions: [1, 3] });
  expect(await records('notes')).toEqual([{ nom: 'Anne', note: 2 }]);
  expect(await portal.cli('version', 'purge', 'notes', '--reason', 'Notes d’élèves')).toMatchObject({ code: 0 });
  expect((await portal.get('/datasets/notes')).status).toBe(410);
  expect((await portal.get('/datasets/notes/versions/2')).status).toBe(410);
  expect(existsSync(original(sha256(text)))).toBe(false);
});

test('a purge killed midway is finished by the next process', async () => {
  let interrupted = 0;
  for (let attempt = 0; attempt < 12 && interrupted < 4; attempt++) {
    const id = `secret-${attempt}`;
    const text = `nom;code\nAnne;${attempt}\n`;
    await deposit(id, text);
    await killedAfter(['version', 'purge', id, '--reason', 'Incident'], 350 + attempt * 60);
    // Any command finishes what was decided.
    await portal.cli('list');
    const left = readdirSync(join(portal.home, 'files', 'versions')).filter((name) => name.startsWith(`${id}@`));
    const { status } = await portal.get(`/datasets/${id}`);
    if (status === 200) {
      interrupted++;
      expect(left).toHaveLength(1);
      expect(existsSync(original(sha256(text)))).toBe(true);
      continue;
    }
    expect(status).toBe(410);
    expect(left).toEqual([]);
    expect(existsSync(original(sha256(text)))).toBe(false);
    const { purge } = (await portal.json(`/datasets/${id}/versions/1.json`)) as {
      purge: { finishedAt: string | null };
    };
    expect(purge.finishedAt).not.toBeNull();
  }
});

function killedAfter(args: readonly string[], milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, TERROIR_HOME: portal.home },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

test('formulas are neutralised in the file for spreadsheets, never where programs read', async () => {
  await deposit('formules', 'nom;note;tel\n=1+1;-5;+33 2 47 21 60 00\n@SUM(A1);12;-\nÉté;-2,5;x\n');
  const csv = async (query: string) => (await portal.get(`${api('formules')}/exports/csv${query}`)).text();
  const people = readPlainCsv((await csv('?for_spreadsheet=true')).slice(1), ';');
  expect(people.slice(1)).toEqual([
    ["'=1+1", '-5.0', '+33 2 47 21 60 00'],
    ["'@SUM(A1)", '12.0', '-'],
    ['Été', '-2.5', 'x'],
  ]);
  expect(
    readPlainCsv((await csv('')).slice(1), ';')
      .slice(1)
      .map(([nom]) => nom),
  ).toEqual(['=1+1', '@SUM(A1)', 'Été']);
  expect(await (await portal.get('/datasets/formules')).text()).toContain('exports/csv?for_spreadsheet=true');
});

test('the corrected file is its producer’s alone; what an organization approves waits for a second person', async () => {
  expect(await asked('/datasets/subventions/versions/1/corrected')).toBe(403);
  expect(await portal.cli('organization', 'approval', 'ville', 'on')).toMatchObject({ code: 0 });
  const done = await deposit('relu', 'nom;note\nAnne;1\n');
  expect(done).toMatchObject({ state: 'draft', secondReading: true });
  expect((await portal.get('/datasets/relu')).status).toBe(404);
  expect(await portal.cli('version', 'return', 'relu', '1')).toMatchObject({ code: 2 });
  expect(await portal.cli('version', 'approve', 'relu', '1')).toMatchObject({ code: 0 });
  expect((await portal.get('/datasets/relu')).status).toBe(200);
  expect(await portal.cli('organization', 'approval', 'ville', 'off')).toMatchObject({ code: 0 });
});
