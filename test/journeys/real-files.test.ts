// Real files of French local authorities, from the command line to a page, an API and an export, without a cell lost.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field } from '../../src/model/field.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';
import { readPlainCsv } from './plain-csv.ts';
import { openPortal, type Portal } from './portal.ts';

type RealFile = {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  /** What SOURCES.md states of the file. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly rows: number;
  readonly columns: number;
  /** A search of the catalogue that must find it. */
  readonly search: string;
  /** A condition, and how many rows obey it (counted with grep or by hand in the source). */
  readonly where: string;
};

const files: readonly RealFile[] = [
  {
    path: 'gares/gares-sncf.csv',
    id: 'gares',
    title: 'Gares de voyageurs',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 3884,
    columns: 15,
    search: 'gare',
    where: '"tours"',
  },
  {
    path: 'arbres-multi-producteurs/paris-les-arbres-extrait.csv',
    id: 'arbres-paris',
    title: 'Arbres de Paris',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 2948,
    columns: 17,
    search: 'arbres paris',
    where: '"platane"',
  },
  {
    path: 'arbres-multi-producteurs/cd93-arbres-bondy.csv',
    id: 'arbres-bondy',
    title: 'Arbres départementaux de Bondy',
    encoding: 'utf-8',
    delimiter: ',',
    rows: 446,
    columns: 20,
    search: 'departementaux',
    where: '"bondy"',
  },
  {
    path: 'irve-multi-producteurs/irve-mobive-20200331.csv',
    id: 'bornes-mobive',
    title: 'Bornes de recharge Mobive',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 1554,
    columns: 17,
    search: 'borne recharge',
    where: '"mobive"',
  },
  {
    path: 'irve-multi-producteurs/irve-tesla-destination-20181130.csv',
    id: 'bornes-tesla',
    title: 'Bornes de recharge Tesla',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 1609,
    columns: 17,
    search: 'tesla',
    where: '"hotel"',
  },
  {
    path: 'subventions-multi-producteurs/cd44-subventions-associations.csv',
    id: 'subventions-44',
    title: 'Subventions de la Loire-Atlantique',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 18148,
    columns: 18,
    search: 'subvntions',
    where: '"football"',
  },
  {
    path: 'subventions-multi-producteurs/cd49-subventions-associations.csv',
    id: 'subventions-49',
    title: 'Subventions du Maine-et-Loire',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 11843,
    columns: 7,
    search: 'maine loire',
    where: '"comite"',
  },
  {
    path: 'montpellier-finances/budget-primitif-2013.csv',
    id: 'budget-2013',
    title: 'Budget primitif 2013',
    encoding: 'windows-1252',
    delimiter: ';',
    rows: 1511,
    columns: 7,
    search: 'budget',
    where: '"culture"',
  },
  {
    path: 'cantines-nantes/menus.csv',
    id: 'menus',
    title: 'Menus des cantines',
    encoding: 'utf-8',
    delimiter: ',',
    rows: 513,
    columns: 3,
    search: 'cantine',
    where: '"melon"',
  },
  {
    path: 'nantes-transport/tan-arrets.csv',
    id: 'arrets',
    title: 'Arrêts de transport',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 3703,
    columns: 11,
    search: 'arret',
    where: '"gare"',
  },
  {
    path: 'codes-insee-epci/comsimp2014.txt',
    id: 'communes-2014',
    title: 'Communes de France en 2014',
    encoding: 'windows-1252',
    delimiter: '\t',
    rows: 36681,
    columns: 12,
    search: 'commune 2014',
    where: '"chambray"',
  },
  {
    path: 'codes-voies/codes-postaux-voies.csv.gz',
    id: 'codes-voies',
    title: 'Codes postaux des voies',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 512154,
    columns: 5,
    search: 'voie',
    where: '"tours"',
  },
  {
    path: 'prenoms-insee/nat2021_csv.zip',
    id: 'prenoms',
    title: 'Prénoms depuis 1900',
    encoding: 'utf-8',
    delimiter: ';',
    rows: 686538,
    columns: 4,
    search: 'prenom',
    where: '"eloise"',
  },
];

describeWithSharedData('real files travel whole', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal('--empty');
    expect(
      (await portal.cli('organization', 'add', 'producteurs', '--name', 'Producteurs des fichiers d’essai')).code,
    ).toBe(0);
  }, 120_000);
  afterAll(() => portal?.close());

  test.each(files)(
    '$path',
    async (file) => {
      const args = ['--organization', 'producteurs', '--title', file.title, '--id', file.id, '--publish'];
      const deposited = await portal.cli('deposit', join(sharedData, 'data/real', file.path), ...args);
      expect(deposited, deposited.stderr).toMatchObject({
        code: 0,
        json: { id: file.id, state: 'published', version: 1 },
      });

      const found = (await portal.json(`/datasets.json?q=${encodeURIComponent(file.search)}`)) as {
        datasets: { id: string }[];
      };
      expect(found.datasets.map((d) => d.id)).toContain(file.id);

      const page = await (await portal.get(`/datasets/${file.id}`)).text();
      expect(page).toContain(file.title);
      expect(page).toContain('<table');

      const source = readPlainCsv(originalText(file), file.delimiter);
      const records = source.slice(1).filter((record) => record.some((cell) => cell !== ''));
      expect(source.length - 1).toBe(file.rows);

      const catalogued = (await portal.json(`/datasets/${file.id}.json`)) as {
        version: { rows: number; fields: Field[] };
      };
      expect(catalogued.version.rows).toBe(records.length);
      expect(catalogued.version.fields).toHaveLength(file.columns);

      const api = `/api/explore/v2.1/catalog/datasets/${file.id}`;
      const all = (await portal.json(`${api}/records?limit=1`)) as { total_count: number };
      expect(all.total_count).toBe(records.length);
      const word = file.where.slice(1, -1);
      // A word is found by its beginning; a whole number as it is.
      const starts = (cell: string) =>
        fold(cell)
          .split(/[^\p{L}\p{M}\p{N}]+/u)
          .some((each) => each.startsWith(word));
      const matching = records.filter((record) => record.some(starts)).length;
      const some = (await portal.json(`${api}/records?limit=1&where=${encodeURIComponent(file.where)}`)) as {
        total_count: number;
      };
      expect(some.total_count).toBe(matching);
      expect(matching).toBeGreaterThan(0);

      const exported = await (await portal.get(`${api}/exports/csv?with_bom=false`)).text();
      const out = readPlainCsv(exported, ';');
      expect(out.length - 1).toBe(records.length);
      const lost = differingCells(records, out.slice(1), catalogued.version.fields);
      expect(lost).toEqual([]);

      const original = Buffer.from(await (await portal.get(`/datasets/${file.id}/original`)).arrayBuffer());
      expect(original.equals(readFileSync(join(sharedData, 'data/real', file.path)))).toBe(true);
    },
    180_000,
  );
});

/** The text that the source holds, decoded as its SOURCES.md says. */
function originalText(file: RealFile): string {
  const path = join(sharedData, 'data/real', file.path);
  const raw = readFileSync(path);
  const bytes = path.endsWith('.gz')
    ? gunzipSync(raw)
    : path.endsWith('.zip')
      ? execFileSync('unzip', ['-p', path], { maxBuffer: 1 << 30 })
      : raw;
  const text = file.encoding === 'utf-8' ? bytes.toString('utf8') : fromWindows1252(bytes);
  return text.replace(/^\uFEFF/, '');
}

/** windows-1252 by the table of its specification: only 0x80–0x9F differ from latin-1. */
function fromWindows1252(bytes: Buffer): string {
  const special = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (c) => special[c.charCodeAt(0) - 0x80] ?? c);
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** The first cells whose exported value is not the source's, read as their field says. */
function differingCells(
  source: readonly string[][],
  exported: readonly string[][],
  fields: readonly Field[],
): string[] {
  const differing: string[] = [];
  for (const [row, record] of source.entries()) {
    for (const [column, field] of fields.entries()) {
      const before = record[column] ?? '';
      const after = exported[row]?.[column] ?? '';
      if (!sameValue(before, after, field)) differing.push(`row ${row + 2} ${field.title}: ${before} → ${after}`);
      if (differing.length === 5) return differing;
    }
  }
  return differing;
}

function sameValue(before: string, after: string, field: Field): boolean {
  if (before === after) return true;
  if (field.missingValues?.includes(before.trim()) === true) return after === '';
  const text = before.trim();
  switch (field.type) {
    case 'integer':
    case 'number':
      return Number(plainNumber(text, field)) === Number(after) && (after !== '') === (text !== '');
    case 'boolean':
      return after === String((field.trueValues ?? ['true']).some((v) => v.toLowerCase() === text.toLowerCase()));
    case 'date':
      return isoDate(text) === after;
    case 'datetime':
      return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`) === Date.parse(after);
    case 'geopoint':
      return (
        JSON.stringify([...text.matchAll(/-?[\d.]+/g)].map((m) => Number(m[0])).sort()) ===
        JSON.stringify([...after.matchAll(/-?[\d.]+/g)].map((m) => Number(m[0])).sort())
      );
    default:
      return text === after.trim() && text === '';
  }
}

function plainNumber(text: string, field: Field): string {
  const grouped = field.groupChar === undefined ? text : text.replaceAll(field.groupChar, '');
  const unit = field.unit === undefined ? grouped : grouped.replace(field.unit, '').trim();
  return field.decimalChar === ',' ? unit.replace(',', '.') : unit;
}

function isoDate(text: string): string {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (french !== null) return `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}`;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return compact === null ? text : `${compact[1]}-${compact[2]}-${compact[3]}`;
}
