import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlainCsv } from '../../test/journeys/plain-csv.ts';
import { describeWithSharedData, sharedData } from '../../test/shared-data.ts';
import type { DemoDataset } from './definition.ts';
import { demoTerritory } from './territory.ts';

/** Written by hand from README.md: encoding, delimiter, records below the header (a totals row counted).
 * Collections: 30 sectors, 52 weeks; household waste 30 × 52 and one more for the 6 Thursday rounds (2026 has 53 Thursdays);
 * packaging 18 × 52 in towns, 12 × 26 elsewhere, and again one more for 6 Thursday rounds: 1 566 + 1 254.
 */
const files: Readonly<Record<string, readonly [encoding: string, delimiter: string, rows: number]>> = {
  'arbres-la-membrolle-sur-choisille': ['utf-8', '\t', 48],
  'arbres-saint-avertin': ['windows-1252', ';', 613],
  'arbres-tours': ['utf-8', ',', 1500],
  'ateliers-creation-entreprise-cci': ['windows-1252', ';', 36],
  'budget-saint-avertin': ['windows-1252', ';', 57],
  'codes-postaux-tours-metropole': ['utf-8', ',', 24],
  'collecte-dechets-joue-les-tours': ['windows-1252', ';', 30],
  'collecte-dechets-tours-metropole-2026': ['utf-8', ',', 2820],
  'communes-indre-et-loire': ['utf-8', ',', 272],
  'communes-tours-metropole': ['utf-8', ',', 22],
  'comptages-routiers-departement': ['utf-8', ';', 69],
  'defibrillateurs-notre-dame-d-oe': ['utf-8', ',', 12],
  'deliberations-ballan-mire': ['windows-1252', ';', 42],
  'deliberations-luynes': ['utf-8', ',', 24],
  'deliberations-saint-cyr-sur-loire': ['utf-8', ';', 72],
  'equipements-joue-les-tours': ['windows-1252', ';', 33],
  'equipements-saint-pierre-des-corps': ['utf-8', '\t', 24],
  'equipements-tours': ['utf-8', ';', 57],
  'frequentation-bibliotheques-tours': ['utf-8', ';', 216],
  'intercommunalites-indre-et-loire': ['utf-8', ',', 11],
  'jours-feries-2018-2035': ['utf-8', ',', 198],
  'marches-de-producteurs': ['utf-8 with BOM', ';', 18],
  'menus-cantines-chambray-les-tours': ['windows-1252', ';', 34],
  'places-apprentissage-cma': ['utf-8', ';', 32],
  'points-apport-volontaire': ['utf-8', ',', 148],
  'rendez-vous-orientation-universite-de-tours': ['utf-8', ',', 16],
  'stationnement-chu-de-tours': ['utf-8', ';', 10],
  'stationnement-velo-tours-metropole': ['utf-8', ',', 119],
  'subventions-chambray-les-tours-2025': ['utf-16le', '\t', 25],
  'subventions-fondettes-2025': ['windows-1252', ';', 35],
  'subventions-la-riche-2025': ['utf-8 with BOM', ';', 28],
  'subventions-tours-2025': ['utf-8', ',', 112],
};

type Boundary = { readonly type: string; readonly coordinates: readonly (readonly (readonly [number, number])[])[] };

/** Where the columns that hold positions are, and how to read them: latitude first in what is answered. */
type Place = (row: Readonly<Record<string, string>>) => readonly [number, number];
const number = (text: string | undefined) => Number((text ?? '').replace(',', '.'));
const twoColumns =
  (latitude: string, longitude: string): Place =>
  (row) => [number(row[latitude]), number(row[longitude])];
const positions: Readonly<
  Record<string, { readonly place: Place; readonly commune: string | { readonly column: string } }>
> = {
  'arbres-tours': { place: twoColumns('latitude', 'longitude'), commune: '37261' },
  'arbres-saint-avertin': { place: twoColumns('Lat', 'Long'), commune: '37208' },
  'arbres-la-membrolle-sur-choisille': {
    place: (row) => fromLambert93(Number(row['X_L93']), Number(row['Y_L93'])),
    commune: '37151',
  },
  'equipements-tours': { place: twoColumns('EQUIP_LAT', 'EQUIP_LONG'), commune: '37261' },
  'equipements-joue-les-tours': { place: twoColumns('Latitude', 'Longitude'), commune: '37122' },
  'equipements-saint-pierre-des-corps': {
    place: (row) => pair((row['coordonnees'] ?? '').split(',')),
    commune: '37233',
  },
  'points-apport-volontaire': { place: twoColumns('latitude', 'longitude'), commune: { column: 'code_insee' } },
  'stationnement-velo-tours-metropole': {
    place: (row) => pair((row['coordonneesXY'] ?? '').replace(/[[\]]/g, '').split(',').reverse()),
    commune: { column: 'code_com' },
  },
  'defibrillateurs-notre-dame-d-oe': { place: twoColumns('lat_coor1', 'long_coor1'), commune: '37172' },
  'marches-de-producteurs': { place: twoColumns('Latitude', 'Longitude'), commune: { column: 'Code INSEE' } },
};

let folder = '';
const contents = new Map<string, Buffer>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-demo-'));
  for (const dataset of demoTerritory.datasets) contents.set(dataset.id, await readFile(await pathOf(dataset)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every dataset has an identifier of its own that suits an address', () => {
  const ids = demoTerritory.datasets.map((dataset) => dataset.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  // The outlines are no table: they have a test of their own.
  expect(ids).toEqual([...Object.keys(files), 'contours-communes-tours-metropole'].sort());
});

test('every dataset belongs to a producer and to communes of the territory, and is described', () => {
  const slugs = new Set(demoTerritory.organizations.map((organization) => organization.slug));
  const communes = new Set(demoTerritory.communes.map((commune) => commune.insee));
  for (const dataset of demoTerritory.datasets) {
    expect(slugs, dataset.id).toContain(dataset.organization);
    expect(dataset.communes.length, dataset.id).toBeGreaterThan(0);
    for (const insee of dataset.communes) expect(communes, dataset.id).toContain(insee);
    expect(dataset.description.match(/\.(?=\s|$)/g)?.length ?? 0, dataset.id).toBeGreaterThanOrEqual(2);
    expect(dataset.title + dataset.description, dataset.id).not.toContain("'");
    expect(dataset.keywords.length, dataset.id).toBeGreaterThan(1);
  }
});

test('what was written for the demonstration says so, real data names its source with the version', () => {
  const real = demoTerritory.datasets.filter((dataset) => !dataset.demo);
  expect(real.map((dataset) => dataset.id)).toEqual([
    'codes-postaux-tours-metropole',
    'communes-indre-et-loire',
    'communes-tours-metropole',
    'intercommunalites-indre-et-loire',
    'jours-feries-2018-2035',
  ]);
  for (const dataset of real) expect(dataset.source, dataset.id).toMatch(/decoupage-administratif \d|L3133-1/);
  for (const dataset of demoTerritory.datasets.filter((one) => one.demo)) expect(dataset.source, dataset.id).toBeNull();
});

test('the outlines are those of the 22 communes of the territory, one closed ring each', () => {
  const { features }: { features: { properties: { code_insee: string; nom: string }; geometry: Boundary }[] } =
    JSON.parse(bytesOf('contours-communes-tours-metropole').toString('utf8'));
  expect(features.map(({ properties }) => [properties.code_insee, properties.nom])).toEqual(
    demoTerritory.communes.map(({ insee, name }) => [insee, name]),
  );
  for (const { geometry } of features) {
    expect([geometry.type, geometry.coordinates.length]).toEqual(['Polygon', 1]);
    expect(geometry.coordinates[0]?.[0]).toEqual(geometry.coordinates[0]?.at(-1));
  }
});

test('themes, licences and frequencies are those of the reference lists', async () => {
  for (const [property, list] of [
    ['theme', 'themes'],
    ['licence', 'licences'],
    ['frequency', 'frequencies'],
  ] as const) {
    const known = await readFile(join(import.meta.dirname, '..', '..', 'reference', `${list}.json`), 'utf8');
    for (const dataset of demoTerritory.datasets) expect(known, dataset.id).toContain(`"${dataset[property]}"`);
  }
});

describe('files', () => {
  test.each(Object.entries(files))('%s has the encoding, delimiter and rows that are declared', (id, expected) => {
    const rows = readRows(id);
    expect([encodingOf(bytesOf(id)), rows.length]).toEqual([expected[0], expected[2]]);
  });

  test('the rows of every file are as wide as its header', () => {
    for (const id of Object.keys(files)) {
      const [header = [], ...rows] = readTable(id);
      expect(header.length, id).toBeGreaterThan(2);
      for (const row of rows) expect(row.length, `${id}: ${row.join('|')}`).toBe(header.length);
    }
  });

  test('generated files are the same bytes each time', async () => {
    for (const dataset of demoTerritory.datasets) {
      if (typeof dataset.file !== 'string')
        expect((await readFile(await pathOf(dataset))).equals(bytesOf(dataset.id)), dataset.id).toBe(true);
    }
  });

  test('large files are generated, small ones committed, and the whole is light', () => {
    let committed = 0;
    for (const dataset of demoTerritory.datasets) {
      const generated = typeof dataset.file !== 'string';
      if (!generated) committed += bytesOf(dataset.id).length;
      if (!generated && dataset.id in files) expect(readRows(dataset.id).length, dataset.id).toBeLessThanOrEqual(300);
    }
    expect(committed).toBeLessThan(2_000_000);
  });
});

describe('faults planted', () => {
  test('Fondettes: three title lines, a right total, SIRET damaged by a spreadsheet', () => {
    const rows = readRows('subventions-fondettes-2025');
    const amounts = rows.map((row) => number(row['Montant (€)']?.replaceAll('\u00a0', '')));
    expect(rows.at(-1)?.['Association']).toBe('TOTAL');
    expect(amounts.at(-1)).toBeCloseTo(
      amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0),
      2,
    );
    const siret = rows.slice(0, -1).map((row) => row['N° SIRET'] ?? '');
    expect(siret.filter((text) => text === '2,13701E+13')).toHaveLength(3);
    expect(siret.filter((text) => /^\d{9}$/.test(text))).toHaveLength(2);
  });

  test('La Riche: one date in American order, one empty column', () => {
    const rows = readRows('subventions-la-riche-2025');
    const dates = rows.map((row) => row['Date de délibération'] ?? '');
    expect(dates.filter((date) => Number(date.split('/')[1]) > 12)).toEqual(['10/14/2025']);
    expect(new Set(rows.map((row) => row['Quartier']))).toEqual(new Set(['']));
  });

  test('Tours and Saint-Avertin: rows written twice', () => {
    const duplicates = (id: string) =>
      readRows(id).length - new Set(readRows(id).map((row) => JSON.stringify(row))).size;
    expect([duplicates('subventions-tours-2025'), duplicates('arbres-saint-avertin')]).toEqual([2, 3]);
  });

  test('beneficiaries are fictitious: their numbers begin with five zeros and keep their check digit', () => {
    for (const [id, column] of [
      ['subventions-tours-2025', 'idBeneficiaire'],
      ['subventions-la-riche-2025', 'SIRET bénéficiaire'],
      ['subventions-chambray-les-tours-2025', 'SIRET'],
    ] as const)
      for (const row of readRows(id)) expect(row[column], id).toMatch(/^00000\d{9}$/);
  });
});

test('the budget is balanced, section by section and year by year', () => {
  const totals = new Map<string, number>();
  for (const row of readRows('budget-saint-avertin')) {
    const amount = number(row['Budget voté']?.replace(/[\u00a0 €]/g, ''));
    const key = `${row['Exercice']} ${row['Section']}`;
    totals.set(key, (totals.get(key) ?? 0) + (row['Sens'] === 'Recettes' ? amount : -amount));
  }
  expect([...totals.values()].map(Math.round)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a collection that falls on a holiday is moved to the next day', () => {
  const rows = readRows('collecte-dechets-tours-metropole-2026').map((row) => Object.values(row));
  const late = rows.filter((row) => row[7] === 'oui');
  expect(new Set(late.map((row) => `${row[6]} → ${row[4]}`))).toContain('2026-05-14 → 2026-05-15');
  expect(rows.filter((row) => row[4] === '2026-12-25')).toEqual([]);
  expect(new Set(rows.map((row) => row[1])).size).toBe(22);
});

describeWithSharedData('positions of the demonstration', () => {
  test.each(Object.entries(positions))('%s stands inside its communes', async (id, { place, commune }) => {
    const boundaries = await readBoundaries();
    for (const row of readRows(id)) {
      const code = typeof commune === 'string' ? commune : (row[commune.column] ?? '');
      const [latitude, longitude] = place(row);
      expect(isInside(boundaries.get(code) ?? [], latitude, longitude), `${id} ${code}: ${JSON.stringify(row)}`).toBe(
        true,
      );
    }
  });
});

async function pathOf(dataset: DemoDataset): Promise<string> {
  return typeof dataset.file === 'string' ? dataset.file : await dataset.file(folder);
}

function bytesOf(id: string): Buffer {
  return contents.get(id) ?? Buffer.alloc(0);
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8 with BOM';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Cells of a file, header first, title lines left out. */
function readTable(id: string): string[][] {
  const [encoding = '', delimiter = ','] = files[id] ?? [];
  const text = new TextDecoder(encoding.replace(' with BOM', '')).decode(bytesOf(id));
  return readPlainCsv(text, delimiter).slice(id === 'subventions-fondettes-2025' ? 3 : 0);
}

function readRows(id: string): Record<string, string>[] {
  const [header = [], ...rows] = readTable(id);
  return rows.map((row) => Object.fromEntries(header.map((title, index) => [title, row[index] ?? ''])));
}

function pair(texts: readonly string[]): readonly [number, number] {
  return [Number(texts[0]), Number(texts[1])];
}

type Ring = readonly (readonly [number, number])[];

/** The outer ring of each commune of the département, longitude first; they have no hole and no second part. */
async function readBoundaries(): Promise<ReadonlyMap<string, Ring>> {
  const name = 'communes-37-detaillees-2026.geojson';
  const collection: {
    features: { properties: { code: string }; geometry: { coordinates: Ring[] } }[];
  } = JSON.parse(await readFile(join(sharedData, 'data', 'real', '37-contours-communes', name), 'utf8'));
  return new Map(
    collection.features.map((feature) => [feature.properties.code, feature.geometry.coordinates[0] ?? []] as const),
  );
}

/** Whether a ray to the east crosses the ring an odd number of times. */
function isInside(ring: Ring, latitude: number, longitude: number): boolean {
  let inside = false;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Lambert 93 to latitude and longitude: IGN's note NTG_71, algorithms ALG0004 and ALG0002, GRS80. */
function fromLambert93(x: number, y: number): readonly [number, number] {
  const [n, c, xs, ys, e] = [0.725607765053267, 11754255.4261, 700000, 12655612.0499, 0.0818191910428158];
  const longitude = 3 + (Math.atan((x - xs) / (ys - y)) / n) * (180 / Math.PI);
  const isometric = -Math.log(Math.hypot(x - xs, y - ys) / c) / n;
  let latitude = 2 * Math.atan(Math.exp(isometric)) - Math.PI / 2;
  for (let turn = 0; turn < 10; turn++) {
    const sine = e * Math.sin(latitude);
    latitude = 2 * Math.atan(((1 + sine) / (1 - sine)) ** (e / 2) * Math.exp(isometric)) - Math.PI / 2;
  }
  return [latitude * (180 / Math.PI), longitude];
}

test('the files keep names that people gave them', () => {
  const committed = demoTerritory.datasets.flatMap((dataset) =>
    typeof dataset.file === 'string' ? [dataset.file] : [],
  );
  expect(committed.map((path) => basename(path))).toContain('Subventions associations 2025.csv');
});
