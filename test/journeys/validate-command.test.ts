// `terroir validate` and `terroir schema` as people and scripts run them: exit codes, one JSON value, sentences.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-command-'));
  await writeFile(join(folder, 'right.csv'), 'code,places\n37261,3\n');
  await writeFile(join(folder, 'wrong.csv'), 'code,places,vu\n37261,"3,5",\n3726,1,x\n');
  await writeFile(join(folder, 'schema.json'), JSON.stringify(schema));
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

const schema = {
  title: 'Lieux',
  fields: [
    { name: 'code', type: 'string', constraints: { required: true, pattern: '\\d{5}' } },
    { name: 'places', type: 'number' },
    { name: 'note', type: 'string' },
  ],
};

async function terroir(...args: readonly string[]) {
  const env = { PATH: process.env['PATH'] ?? '', TERROIR_HOME: join(folder, 'home') };
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: folder, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

test('a valid file: exit 0', async () => {
  const { code, stdout } = await terroir('validate', 'right.csv', '--schema', 'schema.json', '--json');
  expect(code).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ valid: true, schema: 'schema.json', rows: 1, errorCount: 0 });
  // The missing optional column is a warning.
  expect(answer.problems).toMatchObject([{ code: 'column.optional', severity: 'warning', column: 'note' }]);
});

test('a file to correct: exit 1, each fault with its cell and a proposal', async () => {
  const { code, stdout, stderr } = await terroir('validate', 'wrong.csv', '--schema', './schema.json', '--json');
  expect(code).toBe(1);
  const answer = JSON.parse(stdout);
  expect(Object.keys(answer)).toEqual(['valid', 'schema', 'rows', 'errorCount', 'problems']);
  expect(answer).toMatchObject({ valid: false, rows: 2, errorCount: 2 });
  const errors = answer.problems.filter((problem: { severity: string }) => problem.severity === 'error');
  expect(errors).toMatchObject([
    { code: 'type.number', cell: 'B2', row: 2, column: 'places', value: '3,5', proposal: '3.5', sheet: null },
    { code: 'pattern.unmatched', cell: 'A3', value: '3726', proposal: '03726' },
  ]);
  expect(errors[0].message).toContain('« 3,5 » n’est pas un nombre');
  expect(stderr).toContain('Points à corriger : 2, cellules : 2');
});

test('sentences for people, in their language', async () => {
  const french = await terroir('validate', 'wrong.csv', '--schema', 'schema.json');
  expect(french.stdout).toContain('À corriger\n- Cellule B2');
  const english = await terroir('validate', 'wrong.csv', '--schema', 'schema.json', '--lang', 'en');
  expect(english.stdout).toContain('To correct\n- Cell B2');
});

test.each([
  ['no file', ['validate', 'none.csv', '--schema', 'schema.json'], 3, 'file.notFound'],
  ['no schema of that name', ['validate', 'right.csv', '--schema', 'scdl-subvention'], 4, 'schema.unknown'],
  ['no schema asked for', ['validate', 'right.csv'], 2, 'usage.invalid'],
  ['a schema that is none', ['validate', 'right.csv', '--schema', './right.csv'], 5, 'schema.invalid'],
  ['a private address', ['validate', 'right.csv', '--schema', 'http://127.0.0.1/s.json'], 5, 'fetch.refused'],
] as const)('%s: another exit code', async (_name, args, code, error) => {
  const answer = await terroir(...args, '--json');
  expect(answer.code).toBe(code);
  expect(JSON.parse(answer.stdout)).toMatchObject({ error: { code: error } });
});

test('the schemas known by name, and a file to fill', async () => {
  const list = await terroir('schema', 'list', '--json');
  const names = JSON.parse(list.stdout).schemas.map((each: { name: string }) => each.name);
  expect(names).toContain('scdl-deliberations');
  expect(names).toContain('collecte-dechets-tournees');
  expect((await terroir('schema', 'template', 'scdl-prenoms', '--format', 'csv', '--output', 'p.csv')).code).toBe(0);
  expect(await readFile(join(folder, 'p.csv'), 'utf8')).toBe(
    '\uFEFFCOMMUNE_NOM;COLL_INSEE;ENFANT_SEXE;ENFANT_PRENOM;NOMBRE_OCCURRENCES;ANNEE\r\n',
  );
  expect((await terroir('schema', 'template', 'scdl-prenoms', '--output', 'p.xlsx')).code).toBe(0);
  expect((await terroir('validate', 'p.xlsx', '--schema', 'scdl-prenoms')).code).toBe(0);
});

test('a package of tables that refer to each other', async () => {
  const key = { fields: 'lieu', reference: { resource: 'lieux', fields: 'code' } };
  const visits = { fields: [{ name: 'lieu', type: 'string' }], foreignKeys: [key] };
  await writeFile(join(folder, 'visits.csv'), 'lieu,n\n37261,1\n37050,2\n');
  const resources = [
    { name: 'lieux', path: 'right.csv', schema },
    { name: 'visites', path: 'visits.csv', schema: visits },
  ];
  await writeFile(join(folder, 'datapackage.json'), JSON.stringify({ resources }));
  const { code, stdout } = await terroir('validate', 'datapackage.json', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    errorCount: 1,
    resources: [
      { resource: 'lieux', valid: true },
      {
        resource: 'visites',
        valid: false,
        problems: expect.arrayContaining([expect.objectContaining({ code: 'key.unknown', cell: 'A3' })]),
      },
    ],
  });
});
