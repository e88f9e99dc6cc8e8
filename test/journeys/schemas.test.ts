// The national schemas' own examples are the oracle: every valid one is valid, every invalid one has the errors that
// SOURCES.md tells, typed here by hand.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { xlsxTemplate } from '../../src/data/schema/template-xlsx.ts';
import { type Validation, validateFile, validatePackage } from '../../src/data/validate-file.ts';
import type { Problem } from '../../src/model/problem.ts';
import { type LoadedSchema, schemaKind } from '../../src/model/schema.ts';
import { readTableSchema } from '../../src/model/schema-reader.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

const root = join(sharedData, 'data', 'schemas');

let home = '';
let files: FileStore;
let tables: TableEngine;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-schemas-'));
  await mkdir(join(home, 'files'));
  files = await openDiskStore(join(home, 'files'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 800,
    timeoutSeconds: 60,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'engine'),
  });
});

afterAll(async () => {
  await tables.close();
  await rm(home, { recursive: true, force: true });
});

async function load(path: string): Promise<LoadedSchema> {
  const value: unknown = JSON.parse(await readFile(join(root, path), 'utf8'));
  return schemaKind(value) === 'table'
    ? { kind: 'table', name: path, schema: readTableSchema(value, path) }
    : { kind: 'json', name: path, schema: value };
}

async function validate(example: string, schema: string): Promise<Validation> {
  return validateFile(join(root, example), await load(schema), { files, tables });
}

/** How many cells of a column break a rule. */
function count(validation: Validation, code: Problem['code'], column: string): number {
  return validation.problems
    .filter((problem) => problem.code === code && problem.column === column)
    .reduce((sum, problem) => sum + (problem.count ?? 1), 0);
}

/** Every example that its producer calls valid, with its rows and the schema that it follows. */
const valid: readonly (readonly [example: string, schema: string, rows: number])[] = [
  ['scdl-subventions/exemples/exemple_valide.csv', 'scdl-subventions/schema.json', 29],
  ['scdl-subventions/exemples/datasubvention_exemple_valide.csv', 'scdl-subventions/schema.json', 29],
  ['scdl-prenoms/exemples/exemple_valide.csv', 'scdl-prenoms/schema.json', 16],
  [
    'marches-publics-decp/tableschema-unofficial/exemple-valide.csv',
    'marches-publics-decp/tableschema-unofficial/schema.json',
    4,
  ],
  ['marches-publics-decp/exemples/concessions.json', 'marches-publics-decp/schema_decp_v2.0.2.json', 1],
  [
    'marches-publics-decp/exemples/concessions_avec_modifications.json',
    'marches-publics-decp/schema_decp_v2.0.2.json',
    1,
  ],
  ['marches-publics-decp/exemples/marches_avec_modifications.json', 'marches-publics-decp/schema_decp_v2.0.2.json', 1],
  ['marches-publics-decp/exemples/marches_concessions.json', 'marches-publics-decp/schema_decp_v2.0.2.json', 1],
  ['marches-publics-decp/exemples/marches_concessions.json', 'marches-publics-decp/schema_decp_v2.0.3.json', 1],
  ['decp-dpa/exemples/exemple-valide.csv', 'decp-dpa/schema.json', 1],
  ['irve-statique/exemples/exemple-valide-statique.csv', 'irve-statique/schema.json', 2],
  ['irve-dynamique/exemples/exemple-valide-dynamique.csv', 'irve-dynamique/schema.json', 2],
  ['stationnement/exemples/exemple-valide.csv', 'stationnement/schema.json', 2],
  ['stationnement-cyclable/exemples/exemple-valide.csv', 'stationnement-cyclable/schema.json', 1],
  // Its header has a space after each comma, and it follows the schema of its year, which stands beside it.
  ['dae/exemples/exemple_valide.csv', 'dae/schema-2020-alkante.json', 3],
  ['arbres-urbains/exemples/exemple-valide.csv', 'arbres-urbains/schema.json', 4],
  ['fontaine-eau/exemples/exemple-valide.csv', 'fontaine-eau/schema.json', 3],
  ['stations-taxi/exemples/exemple-valide.csv', 'stations-taxi/schema.json', 17],
  // Two columns that the schema does not know: warnings.
  ['stations-taxi/exemples/exemple-non-valide.csv', 'stations-taxi/schema.json', 17],
  ['aires-livraison/exemples/exemple-grand-lyon.csv', 'aires-livraison/schema.json', 16],
  ['arretes-circulation-marchandises/exemples/exemple-valide.csv', 'arretes-circulation-marchandises/schema.json', 2],
  ['arretes-circulation-marchandises/exemples/gignac.csv', 'arretes-circulation-marchandises/schema.json', 1],
  ['mediation-numerique/exemples/exemple-valide.csv', 'mediation-numerique/schema.json', 1],
  ['acceslibre-erp/exemples/exemple.csv', 'acceslibre-erp/schema.json', 6],
  ['bureaux-de-vote-acceslibre/exemples/exemple.csv', 'bureaux-de-vote-acceslibre/schema.json', 6],
  ['hautes-remunerations/exemples/exemple-valide.csv', 'hautes-remunerations/schema.json', 2],
  ['comptage-mobilites/site/exemple-valide.csv', 'comptage-mobilites/site/schema.json', 1],
  ['comptage-mobilites/site/exemple-valide-eco-compteur.csv', 'comptage-mobilites/site/schema.json', 3],
  ['comptage-mobilites/channel/exemple-valide.csv', 'comptage-mobilites/channel/schema.json', 1],
  ['comptage-mobilites/channel/exemple-valide-eco-compteur.csv', 'comptage-mobilites/channel/schema.json', 10],
  ['comptage-mobilites/measure/exemple-valide.csv', 'comptage-mobilites/measure/schema.json', 9],
  ['comptage-mobilites/measure/exemple-valide-eco-compteur.csv', 'comptage-mobilites/measure/schema.json', 3650],
  ['passage-a-niveau/exemples/exemple-valide.csv', 'passage-a-niveau/schema.json', 1],
  ['sdirve/exemples/exemple-valide.csv', 'sdirve/schema.json', 1],
  ['dispositif-aide/exemples/exemple.csv', 'dispositif-aide/schema.json', 1],
  ['friches/exemples/fichier-valide.csv', 'friches/schema.json', 1],
  ['sites-economiques/pole-eco/exemple-valide.csv', 'sites-economiques/pole-eco/schema.json', 1],
  ['sites-economiques/site-eco/exemple-valide.csv', 'sites-economiques/site-eco/schema.json', 1],
  ['sites-economiques/terrain-eco/exemple-valide.csv', 'sites-economiques/terrain-eco/schema.json', 1],
  ['sites-economiques/etablissement/exemple-valide.csv', 'sites-economiques/etablissement/schema.json', 1],
  ['impact-service-public-numerique/exemples/exemple-valide.csv', 'impact-service-public-numerique/schema.json', 15],
  ['biens-reemploi-agec/exemples/exemple-valide.csv', 'biens-reemploi-agec/schema.json', 3],
  ['vehicules-faibles-emissions/exemples/exemple-valide.csv', 'vehicules-faibles-emissions/schema.json', 1],
  [
    'amenagements-cyclables/exemples/exemple-valide.geojson',
    'amenagements-cyclables/schema_amenagements_cyclables.json',
    1,
  ],
  ['zfe/exemples/exemple-valide-zone.geojson', 'zfe/schema.json', 1],
  ['zfe/exemples/exemple-valide-voie-speciale.geojson', 'zfe/schema.json', 4],
  ['aires-loisirs-be/exemples/exemple-valide.csv', 'aires-loisirs-be/schema.json', 1],
  ['marches-forains-be/exemples/exemple-valide.csv', 'marches-forains-be/schema.json', 1],
];

test('the example row of every file to fill obeys its own schema', async () => {
  const registry = openSchemaRegistry({ fetched: join(home, 'none') }, openFetcher());
  for (const { name, loaded } of await registry.list()) {
    if (loaded.kind !== 'table') continue;
    const path = join(home, `${name}.xlsx`);
    await writeFile(path, await xlsxTemplate(loaded.schema, 'fr'));
    const validation = await validateFile(path, loaded, { files, tables });
    expect(
      validation.problems.filter((problem) => problem.severity === 'error'),
      name,
    ).toEqual([]);
    expect(validation).toMatchObject({ valid: true, rows: 1 });
  }
});

describeWithSharedData('the examples of the national schemas', () => {
  test.each(valid)('%s is valid', async (example, schema, rows) => {
    const validation = await validate(example, schema);
    expect(validation.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(validation).toMatchObject({ valid: true, errorCount: 0, rows });
  });

  test('grants: every planted fault is found, and nothing else', async () => {
    const found = await validate(
      'scdl-subventions/exemples/exemple_invalide_erreurs_cellules.csv',
      'scdl-subventions/schema.json',
    );
    expect(found.valid).toBe(false);
    expect(count(found, 'pattern.unmatched', 'idAttribuant')).toBe(1);
    expect(count(found, 'type.date', 'dateConvention')).toBe(1);
    expect(count(found, 'pattern.unmatched', 'rnaBeneficiaire')).toBe(3);
    expect(count(found, 'type.number', 'montant')).toBe(1);
    expect(count(found, 'value.required', 'montant')).toBe(1);
    expect(count(found, 'enum.unknown', 'nature')).toBe(1);
    expect(count(found, 'pattern.unmatched', 'datesPeriodeVersement')).toBe(1);
    expect(count(found, 'type.boolean', 'notificationUE')).toBe(2);
    expect(count(found, 'value.tooLarge', 'pourcentageSubvention')).toBe(3);
    expect(count(found, 'type.number', 'pourcentageSubvention')).toBe(1);
    // One cell for each row: 28 × 21860194600000, whose digits do not check out, and 218601946, which is a SIREN.
    expect(count(found, 'siret.invalid', 'idAttribuant')).toBe(29);
    // Row 9 names neither a SIRET nor an RNA number.
    expect(count(found, 'columns.oneOf', 'idBeneficiaire')).toBe(1);
    const others = found.problems.filter((problem) => problem.severity === 'error' && problem.code !== 'siret.invalid');
    expect(others.reduce((sum, problem) => sum + (problem.count ?? 1), 0)).toBe(16);
  });

  test('grants: a fault is told by its cell, with what was read, what is expected and what we propose', async () => {
    const found = await validate(
      'scdl-subventions/exemples/exemple_invalide_erreurs_cellules.csv',
      'scdl-subventions/schema.json',
    );
    const at = (cell: string) =>
      found.problems.find((problem) => problem.cell === cell && problem.severity === 'error');
    expect(at('C5')).toMatchObject({ value: '05/12/2016', proposal: '2016-12-05', row: 5, column: 'dateConvention' });
    expect(at('I6')).toMatchObject({ value: '100000,1', proposal: '100000.1', expected: '47800.20' });
    expect(at('N6')).toMatchObject({ value: 'no', proposal: 'non' });
    expect(at('L8')).toMatchObject({ value: '2017-06-27_2018-06-27', proposal: '2017-06-27/2018-06-27' });
    expect(at('O9')).toMatchObject({ value: '0,5', proposal: '0.5' });
    expect(at('J16')).toMatchObject({ code: 'enum.unknown', proposal: 'aide en numéraire;aide en nature' });
  });

  test('grants: a renamed column and a column that is there twice', async () => {
    const renamed = await validate(
      'scdl-subventions/exemples/exemple_invalide_erreurs_colonnes.csv',
      'scdl-subventions/schema.json',
    );
    expect(renamed.valid).toBe(false);
    expect(renamed.problems.filter((problem) => problem.row === 1)).toMatchObject([
      { code: 'column.renamed', severity: 'error', cell: 'E1', value: 'NOM_Beneficiaire', proposal: 'nomBeneficiaire' },
      { code: 'column.optional', severity: 'warning', column: 'dispositifAide' },
      { code: 'column.order', severity: 'warning', column: 'idAttribuant' },
    ]);
    const twice = await validate(
      'scdl-subventions/exemples/exemple_invalide_colonne_dupliquee_latin1.csv',
      'scdl-subventions/schema.json',
    );
    expect(twice).toMatchObject({ valid: false, errorCount: 1, rows: 29 });
    expect(twice.problems.find((problem) => problem.severity === 'error')).toMatchObject({
      code: 'column.repeated',
      cell: 'N1',
      column: 'notificationUE',
    });
  });

  test('first names', async () => {
    const found = await validate('scdl-prenoms/exemples/exemple_invalide.csv', 'scdl-prenoms/schema.json');
    expect(found.errorCount).toBe(7);
    expect(count(found, 'pattern.unmatched', 'COLL_INSEE')).toBe(1);
    expect(count(found, 'enum.unknown', 'ENFANT_SEXE')).toBe(1);
    expect(count(found, 'pattern.unmatched', 'ENFANT_PRENOM')).toBe(3);
    expect(count(found, 'pattern.unmatched', 'COMMUNE_NOM')).toBe(2);
  });

  test('car parks', async () => {
    const found = await validate('stationnement/exemples/exemple-invalide.csv', 'stationnement/schema.json');
    expect(found.errorCount).toBe(3);
    expect(found.problems.filter((problem) => problem.severity === 'error')).toMatchObject([
      { code: 'pattern.unmatched', column: 'id', cell: 'A2' },
      { code: 'siret.invalid', column: 'num_siret', cell: 'R2' },
      { code: 'enum.unknown', column: 'tarif_pmr', cell: 'U2' },
    ]);
  });

  test('taxi ranks: two unknown columns are told, and are no error', async () => {
    const found = await validate('stations-taxi/exemples/exemple-non-valide.csv', 'stations-taxi/schema.json');
    expect(found.problems.map(({ code, severity, column }) => [code, severity, column])).toEqual([
      ['column.extra', 'warning', 'Identifiant interne'],
      ['column.extra', 'warning', 'Code administratif'],
    ]);
  });

  test('counters of cyclists', async () => {
    const found = await validate(
      'comptage-mobilites/channel/exemple-invalide.csv',
      'comptage-mobilites/channel/schema.json',
    );
    expect(count(found, 'value.required', 'started_at')).toBe(2);
    expect(count(found, 'pattern.unmatched', 'mobility_type')).toBe(2);
    // The identifier "test-primary-key-duplicate" is there twice, and says so itself.
    expect(count(found, 'key.repeated', 'channel_id')).toBe(1);
    expect(found.errorCount).toBe(5);
  });

  test('car sharing places of the first version lack the identifier of today', async () => {
    for (const example of ['exemple-valide-v0.1.csv', 'exemple-invalide-v0.1.csv']) {
      const found = await validate(`lieux-covoiturage/exemples/${example}`, 'lieux-covoiturage/schema.json');
      expect(found.valid).toBe(false);
      expect(count(found, 'column.required', 'id_local')).toBe(1);
    }
  });

  test('defibrillators: faults of cells, all faults at once, a fault of the header', async () => {
    const schema = 'dae/schema-2020-alkante.json';
    const cells = await validate('dae/exemples/exemple_invalide.csv', schema);
    expect(count(cells, 'enum.unknown', 'acc')).toBe(4);
    expect(count(cells, 'type.boolean', 'acc_acc')).toBe(1);
    expect(count(cells, 'value.tooLarge', 'lat_coor1')).toBe(1);
    expect(count(cells, 'format.email', 'site_email')).toBe(2);
    expect(cells.valid).toBe(false);
    const all = await validate('dae/exemples/exemple_invalide_complet.csv', schema);
    expect(count(all, 'value.required', 'nom')).toBe(1);
    expect(count(all, 'value.tooLarge', 'long_coor1')).toBe(1);
    expect(all.errorCount).toBeGreaterThanOrEqual(20);
    const header = await validate('dae/exemples/exemple_invalide_structure.csv', schema);
    expect(header).toMatchObject({ valid: false, errorCount: 1 });
    expect(header.problems.find((problem) => problem.severity === 'error')).toMatchObject({
      code: 'column.required',
      column: 'lat_coor1',
      proposal: 'lat_coor12',
    });
  });

  test('a real budget, sent by a real town hall, breaks the schema as SOURCES.md says', async () => {
    const found = await validate('scdl-budget/exemples/budget-crach-001/expected.csv', 'scdl-budget/schema.json');
    expect(found.valid).toBe(false);
    expect(found.problems).toContainEqual(
      expect.objectContaining({
        code: 'enum.unknown',
        column: 'BGT_NATDEC',
        value: 'Budget primitif',
        proposal: 'budget primitif',
      }),
    );
    expect(count(found, 'value.required', 'BGT_CONTNAT')).toBeGreaterThan(0);
  });

  test('three files of a package are checked together', async () => {
    const resource = async (name: string) => {
      const loaded = await load(`comptage-mobilites/${name}/schema.json`);
      if (loaded.kind !== 'table') throw new Error(name);
      const foreignKeys =
        name === 'channel' ? [{ fields: ['site_id'], resource: 'site', referenceFields: ['site_id'] }] : [];
      const path = join(root, 'comptage-mobilites', name, 'exemple-valide-eco-compteur.csv');
      return { name, path, schema: { ...loaded.schema, foreignKeys } };
    };
    const together = await validatePackage([await resource('site'), await resource('channel')], { files, tables });
    expect(together.map(({ resource, valid }) => [resource, valid])).toEqual([
      ['site', true],
      ['channel', true],
    ]);
    const other = { ...(await resource('site')), path: join(root, 'comptage-mobilites/site/exemple-valide.csv') };
    const [, orphans] = await validatePackage([other, await resource('channel')], { files, tables });
    expect(orphans).toMatchObject({ valid: false, errorCount: 10 });
    expect(orphans?.problems.find((problem) => problem.code === 'key.unknown')).toMatchObject({
      expected: 'site (site_id)',
    });
  });
});
