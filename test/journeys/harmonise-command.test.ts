// `terroir map` and `terroir harmonise` on small files and on real producers' files: every row can be traced.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithSharedData, sharedData } from '../shared-data.ts';
import { readPlainCsv } from './plain-csv.ts';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-harmonise-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function terroir(...args: string[]): Promise<Record<string, unknown>> {
  const env = { ...process.env, TERROIR_HOME: join(folder, 'home') };
  const { stdout } = await run(process.execPath, [cli, ...args, '--json'], { env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Record<string, unknown>;
}
async function table(path: string): Promise<readonly Record<string, string>[]> {
  const [header = [], ...rows] = readPlainCsv(await readFile(path, 'utf8'), ',');
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

const schema = {
  name: 'aides',
  title: 'Aides aux associations',
  fields: [
    { name: 'nomBeneficiaire', type: 'string', constraints: { required: true } },
    { name: 'idBeneficiaire', type: 'string', example: '38047555800058', constraints: { pattern: '^\\d{14}$' } },
    { name: 'montant', type: 'number', constraints: { required: true } },
    { name: 'dateConvention', type: 'date' },
    {
      name: 'nature',
      type: 'string',
      constraints: { required: true, enum: ['aide en numéraire', 'aide en nature'] },
    },
  ],
};

test('two producers, two headers, two encodings: one table; what is refused says its cell', async () => {
  await writeFile(join(folder, 'aides.json'), JSON.stringify(schema));
  const tours =
    'Nom du bénéficiaire;Montant (€);Date de la convention;Nature\n' +
    'Judo club;1 200,50;03/05/2025;Numéraire\n' +
    'Chorale;;04/05/2025;Nature\n';
  await writeFile(join(folder, 'tours.csv'), Buffer.from(tours, 'latin1'));
  await writeFile(
    join(folder, 'druye.csv'),
    'nature,montant,nom_benef,siret benef\nAide en nature,80,Comité des fêtes,380 475 558 00058\n',
  );
  const output = join(folder, 'ensemble.csv');
  const files = [join(folder, 'tours.csv'), join(folder, 'druye.csv')];
  const answer = await terroir('harmonise', '--schema', join(folder, 'aides.json'), ...files, '--output', output);
  expect(answer).toMatchObject({
    rows: 2,
    rejected: 1,
    files: [
      { rows: 1, rejected: 1 },
      { rows: 1, rejected: 0 },
    ],
  });
  expect(await table(output)).toEqual([
    {
      nomBeneficiaire: 'Judo club',
      idBeneficiaire: '',
      // As many decimals as were written.
      montant: '1200.50',
      dateConvention: '2025-05-03',
      nature: 'aide en numéraire',
      producer: 'tours',
      sourceDataset: 'tours',
      sourceRow: '2',
    },
    {
      nomBeneficiaire: 'Comité des fêtes',
      idBeneficiaire: '38047555800058',
      montant: '80',
      dateConvention: '',
      nature: 'aide en nature',
      producer: 'druye',
      sourceDataset: 'druye',
      sourceRow: '2',
    },
  ]);
  const [refused] = await table(join(folder, 'ensemble.rejected.csv'));
  expect(refused).toMatchObject({ nomBeneficiaire: 'Chorale', sourceDataset: 'tours', sourceRow: '3' });
  expect(refused?.['reason']).toContain('B3');
});

test('a mapping that claims a field twice, or says nothing, is refused', async () => {
  const one = { field: 'montant', columns: ['a'], transform: 'copy' };
  for (const mappings of [[one, { ...one, columns: ['b'] }], [], [{ ...one, transform: 'magic' }]]) {
    await writeFile(join(folder, 'map.json'), JSON.stringify({ schema: 'aides', mappings }));
    const args = ['harmonise', '--schema', join(folder, 'aides.json'), join(folder, 'druye.csv')];
    const asked = terroir(...args, '--mapping', join(folder, 'map.json'), '--output', join(folder, 'non.csv'));
    await expect(asked).rejects.toMatchObject({ stdout: expect.stringContaining('mapping.invalid') });
  }
});

describeWithSharedData('real producers', () => {
  const grants = join(sharedData, 'data', 'real', 'subventions-multi-producteurs');

  test('a department that follows the national schema, nearly: what is valid is taken, the rest says why', async () => {
    const output = join(folder, 'subventions.csv');
    const files = [join(grants, 'cd49-conventions.csv'), join(grants, 'cd44-subventions-associations.csv')];
    const answer = await terroir('harmonise', '--schema', 'scdl-subventions', ...files, '--output', output);
    // 75 conventions in all; the associations of Loire-Atlantique have years for dates, and no object: none can be valid.
    const [cd49, cd44] = answer['files'] as readonly Record<string, number>[];
    expect((cd49?.['rows'] ?? 0) + (cd49?.['rejected'] ?? 0)).toBe(75);
    expect([cd44?.['rows'], cd44?.['rejected']]).toEqual([0, 18_148]);
    const valid = await terroir('validate', output, '--schema', 'scdl-subventions');
    expect(valid['errorCount']).toBe(0);
    // The first row of the file: what it says is what its producer wrote.
    const [first] = await table(output);
    expect(first).toMatchObject({
      sourceDataset: 'cd49-conventions',
      sourceRow: '2',
      nomBeneficiaire: 'ACCORDANCE EN 2LA',
    });
  });

  test('headers of three makes of trees', async () => {
    const trees = join(sharedData, 'data', 'real', 'arbres-multi-producteurs');
    const map = async (file: string) => {
      const { mappings } = await terroir('map', join(trees, file), '--schema', 'arbres-urbains');
      const list = mappings as readonly { field: string; columns: readonly string[]; sure: boolean }[];
      return Object.fromEntries(
        list.filter(({ sure }) => sure).map(({ field, columns }) => [field, columns.join('+')]),
      );
    };
    expect(await map('paris-les-arbres-extrait.csv')).toMatchObject({
      longitude: 'geo_point_2d',
      latitude: 'geo_point_2d',
      genre_arbre: 'GENRE',
      espece_arbre: 'ESPECE',
      hauteur: 'HAUTEUR (m)',
      arbre_remarquable: 'REMARQUABLE',
    });
    expect(await map('saint-quentin-patrimoine-arbore.csv')).toMatchObject({
      longitude: 'longitude',
      latitude: 'latitude',
      arbre_remarquable: 'remarquable',
    });
    expect(await map('cd93-arbres-bondy.csv')).toMatchObject({
      id: 'id',
      genre_arbre: 'genre',
      date_plantation: 'date_plant',
    });
  });
});
