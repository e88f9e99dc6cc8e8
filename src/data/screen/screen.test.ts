import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithSharedData, sharedData } from '../../../test/shared-data.ts';
import { ibanControl } from '../../lib/iban.ts';
import { nirKey } from '../../lib/nir.ts';
import type { Finding } from '../../model/finding.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { readAside } from '../deposit/receive.ts';
import { parseFile } from '../parse/parse.ts';
import { screenTable } from './screen.ts';

const root = mkdtempSync(join(tmpdir(), 'terroir-screen-'));
let engine: TableEngine;
beforeAll(() => {
  const folders = [root, sharedData];
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 120,
    folders,
    temporaryFolder: join(root, 'spill'),
  });
});
afterAll(async () => {
  await engine?.close();
  rmSync(root, { recursive: true, force: true });
});

async function screened(path: string): Promise<readonly Finding[]> {
  const scratch = mkdtempSync(join(root, 'scratch-'));
  const parsed = await parseFile(await readAside(path, scratch), { scratch });
  const [table] = parsed.value.tables;
  if (table === undefined) throw new Error('no table');
  return (await screenTable(table, engine)).value;
}

let number = 0;
function screenedText(lines: readonly string[], name = `${number++}.csv`): Promise<readonly Finding[]> {
  const path = join(root, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return screened(path);
}

const told = (findings: readonly Finding[]) =>
  findings.map(({ kind, nature, column }) => `${kind} ${nature} ${column}`);

test('a list of persons: each column says what it holds, masked, with its cells', async () => {
  const thirteen = '2850337261012';
  const account = '20041010050500013M02606';
  const lines = ['Civilité;NOM;Prénom;Né(e) le;Courriel;Portable;Adresse;Commune;N° sécu;IBAN;Motif'];
  const people = [
    ['Mme', 'Martin', 'Léa', '14/03/1985', 'lea.martin@gmail.com', '06 12 34 56 78', '12 rue Nationale'],
    ['M.', 'LE GOFF', 'Yann', '02/11/1972', 'ylegoff@orange.fr', '0612345679', '3 bis rue du 8 mai 1945'],
    ['Mme', 'Petit', 'Camille', '30/01/2001', '', '', '4 impasse des Lilas'],
  ];
  for (const person of people)
    lines.push(
      [...person, 'Tours', `${thirteen}${nirKey(thirteen)}`, `FR${ibanControl('FR', account)}${account}`, 'aide'].join(
        ';',
      ),
    );
  const findings = await screenedText(lines);
  expect(told(findings)).toEqual([
    'personName personal NOM',
    'personName personal Prénom',
    'birthDate personal Né(e) le',
    'email personal Courriel',
    'phone personal Portable',
    'postalAddress personal Adresse',
    'nir personal N° sécu',
    'iban personal IBAN',
  ]);
  const email = findings.find(({ kind }) => kind === 'email');
  expect(email).toMatchObject({ cells: 1, examples: ['l••.m•••••@g••••.com'], places: ['E2'], name: 'courriel' });
  expect(findings.find(({ kind }) => kind === 'birthDate')).toMatchObject({
    cells: 3,
    share: 1,
    places: ['D2', 'D3', 'D4'],
  });
  const shown = JSON.stringify(findings);
  for (const person of people)
    for (const value of person.slice(1)) if (value.length > 2) expect(shown).not.toContain(value);
});

test('one person among thousands of legal persons is found, with its cell', async () => {
  const lines = ['nomBeneficiaire,montant'];
  for (let i = 0; i < 9000; i++) lines.push(i === 8123 ? 'Mme Léa DUPONT,300' : `Association sportive n° ${i},1500`);
  const findings = await screenedText(lines);
  expect(findings).toEqual([
    expect.objectContaining({
      kind: 'personName',
      nature: 'personal',
      cells: 1,
      places: ['A8125'],
      examples: ['M•• L•• D•••••'],
    }),
  ]);
});

test('numbers that only look like a NIR or an account are chance', async () => {
  const lines = ['reference;compteur'];
  for (let i = 0; i < 300; i++)
    lines.push(`FR76300060000112345678901${String(i).padStart(2, '0')};1850337${String(10_000_000 + i)}`);
  expect(await screenedText(lines)).toEqual([]);
});

test('few people in a crossing of age, sex and need', async () => {
  const lines = ['iris,sexe,tranche_age,nb_allocataires_rsa'];
  for (let i = 0; i < 30; i++) lines.push(`37261010${i % 7},F,25-29,${i}`);
  expect(told(await screenedText(lines))).toEqual(['smallCells hint nb_allocataires_rsa']);
});

test('a home number is a phone, and what free text holds is found', async () => {
  const lines = [
    'Demandeur;Tél. domicile;Observations',
    'Léa DUPONT;02 47 11 22 33;rappeler au 06 98 76 54 32 ou p.durand@orange.fr',
    'Yann PETIT;;n° sécu 2 69 05 49 588 157 80',
  ];
  expect(told(await screenedText(lines))).toEqual([
    'personName personal Demandeur',
    'phone personal Tél. domicile',
    'email personal Observations',
    'nir personal Observations',
    'phone personal Observations',
  ]);
});

test('things are counted by small numbers too', async () => {
  const lines = ['commune,age_moyen,sexe,nb_stations,effectif'];
  for (let i = 1; i < 20; i++) lines.push(`Tours,40,F,${i},${i}`);
  expect(told(await screenedText(lines))).toEqual(['smallCells hint effectif']);
});

test('what a table of equipment says of itself is nobody’s', async () => {
  const lines = ['nom,adresse,telephone,email,siret,latitude,longitude'];
  for (let i = 0; i < 50; i++)
    lines.push(
      `Gymnase Jean Moulin ${i},${i} rue Marie Curie,02 47 21 60 ${10 + i},mairie@ville${i}.fr,21370261600${100 + i},47.39,0.68`,
    );
  expect(await screenedText(lines)).toEqual([]);
});

test('empty cells, one column, odd signs: nothing is thrown', async () => {
  expect(await screenedText(['prenom', '\u202e‮Léa', '😀', '"', ''])).toBeDefined();
  expect(await screenedText(['a,b', ',', ',,'])).toBeDefined();
});

describeWithSharedData('real files', () => {
  const expected: readonly (readonly [string, readonly string[]])[] = [
    ['prenoms-insee/nat2021_csv.zip', []],
    ['37-elections/municipales-2014-tour1-dpt37.csv', ['personName public nom']],
    ['presences-conseil-municipal/montreuil-en-touraine.csv', ['personName public nom']],
    ['montpellier-deliberations/deliberations-2013-2014.csv', ['personName public Elu(s)']],
    ['subventions-multi-producteurs/cd44-subventions-associations.csv', []],
    ['subventions-multi-producteurs/cd49-subventions-associations.csv', ['nir hint SIRET ou NIR']],
    ['subventions-multi-producteurs/cd49-conventions.csv', []],
    ['subventions-multi-producteurs/toulouse-metropole-2022.csv', []],
    ['subventions-multi-producteurs/toulouse-metropole-2023.csv', []],
    ['arbres-multi-producteurs/paris-les-arbres-extrait.csv', []],
    ['arbres-multi-producteurs/saint-quentin-patrimoine-arbore.csv', []],
    ['bondy/adresses-ban-93010.csv', []],
    ['bondy/rues-deliberation-2019.csv', []],
    ['saint-etienne/services-publics.csv', []],
    ['saint-etienne/patrimoine-historique.csv', []],
    ['nantes-transport/tan-arrets.csv', []],
    ['nantes-equipements/equipements-deplacement.csv', []],
    ['tourisme/datatourisme-poi.csv', []],
    ['covoiturage-bnlc/bnlc.csv', []],
    ['rennes/enquete-horaires-mobilite.csv', []],
    ['schemas-nationaux/exemples/prenoms-valide.csv', []],
    ['schemas-nationaux/exemples/scdl-subventions-valide.csv', []],
    // « p.nom@domaine.fr »: written as persons' addresses are.
    ['schemas-nationaux/exemples/dae-valide.csv', ['email personal site_email', 'email personal expt_email']],
    // Charging stations whose contact is « pascal.l…@siege27.fr » on 526 cells; mobiles of operators.
    [
      'irve-multi-producteurs/irve-consolidation-v2.0.0-20210718.csv',
      ['email personal contact_amenageur', 'email personal contact_operateur', 'phone hint telephone_operateur'],
    ],
  ];
  test.each(expected)('%s', async (file, findings) => {
    expect(told(await screened(join(sharedData, 'data', 'real', file)))).toEqual(findings);
  });
});
