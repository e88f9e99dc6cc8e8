// Every real geographic, JSON and calendar file is read with no setting: layers, objects, shapes, system and place, as its
// SOURCES.md states them.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type GivenTable, readFileGiven } from '../read-given.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

type Box = readonly [west: number, south: number, east: number, north: number];

/** Boxes drawn by hand, a little larger than each place. */
const places = {
  touraine: [0.04, 46.72, 1.38, 47.72],
  bondy: [2.45, 48.88, 2.52, 48.93],
  nantes: [-1.9, 47, -1.3, 47.4],
  vaucluse: [4.6, 43.6, 5.8, 44.5],
  poitiers: [0.1, 46.4, 0.6, 46.8],
  rennes: [-2, 47.8, -1.4, 48.4],
} as const satisfies Record<string, Box>;

type Expected = {
  readonly format: string;
  readonly objects: number;
  /** Without the column of shapes. */
  readonly columns: number | readonly string[];
  readonly shapes?: { readonly types: Readonly<Record<string, number>>; readonly crs: string; readonly from: string };
  readonly place?: keyof typeof places;
  /** Objects that are empty: `{}` in the source. */
  readonly empty?: number;
  readonly codes?: readonly string[];
};

const wgs84 = (types: Readonly<Record<string, number>>, from = 'defaults of the format') => ({
  types,
  crs: 'EPSG:4326',
  from,
});

// Objects, geometry types and systems from SOURCES.md; columns read in each file with a text editor.
const files: Readonly<Record<string, Expected>> = {
  '37-contours-communes/communes-37-indre-et-loire.geojson': {
    format: 'geojson',
    objects: 272,
    columns: ['code', 'nom'],
    shapes: wgs84({ POLYGON: 272 }),
    place: 'touraine',
  },
  '37-contours-communes/communes-37-detaillees-2026.geojson': {
    format: 'geojson',
    objects: 272,
    columns: ['code', 'nom', 'codeDepartement'],
    shapes: wgs84({ POLYGON: 272 }),
    place: 'touraine',
  },
  '37-contours-communes/departement-37-indre-et-loire.geojson': {
    format: 'geojson',
    objects: 1,
    columns: ['code', 'nom'],
    shapes: wgs84({ POLYGON: 1 }),
    place: 'touraine',
  },
  '37-elections/municipales-2026-dpt37.json': { format: 'json', objects: 271, columns: 11 },
  'bondy/bornes-incendie.geojson': {
    format: 'geojson',
    objects: 221,
    columns: ['id', 'numero_voi', 'num_voie_e', 'rue', 'commentaire', 'panneau', 'accessibilite', 'type'],
    shapes: { types: { MULTIPOINT: 221 }, crs: 'EPSG:2154', from: 'crs' },
    place: 'bondy',
  },
  'bondy/reseau-chaleur-lambert93.zip': {
    format: 'shapefile',
    objects: 235,
    columns: [],
    shapes: { types: { LINESTRING: 235 }, crs: 'EPSG:2154', from: '.prj' },
    place: 'bondy',
  },
  'bondy/detection-reseaux.kml': {
    format: 'kml',
    objects: 2,
    columns: ['detection', 'longueur'],
    shapes: wgs84({ MULTILINESTRING: 2 }),
    place: 'bondy',
    codes: ['geo.heightDropped'],
  },
  'dechets-calendriers-verneuil/78480-secteur1-2019.ics': { format: 'ics', objects: 169, columns: 7 },
  'dechets-calendriers-verneuil/78480-secteur1-2020.ics': { format: 'ics', objects: 169, columns: 7 },
  'dechets-calendriers-verneuil/78480-secteur2-2020.ics': { format: 'ics', objects: 158, columns: 7 },
  'dechets-calendriers-verneuil/78480-secteur1-2019.json': {
    format: 'json',
    objects: 365,
    columns: ['cle', 'valeur'],
    codes: ['object.keysAsValues'],
  },
  'dechets-calendriers-verneuil/78480-secteur1-2020.json': {
    format: 'json',
    objects: 366,
    columns: ['cle', 'valeur'],
    codes: ['object.keysAsValues'],
  },
  'dechets-calendriers-verneuil/78480-secteur2-2020.json': {
    format: 'json',
    objects: 366,
    columns: ['cle', 'valeur'],
    codes: ['object.keysAsValues'],
  },
  'dechets-nantes/collecte-par-rue.json': {
    format: 'json',
    objects: 3237,
    columns: 9,
    empty: 1,
    codes: ['row.empty'],
  },
  'dechets-nantes/conteneurs-apport-volontaire.json': { format: 'json', objects: 2278, columns: 17 },
  'dechets-nantes/distribution-sacs.json': {
    format: 'json',
    objects: 119,
    columns: 26,
    empty: 1,
    codes: ['row.empty'],
  },
  'dechets-nantes/guide-du-tri.json': { format: 'json', objects: 173, columns: 18, empty: 1, codes: ['row.empty'] },
  'dechets-nantes/decheteries.geojson': {
    format: 'geojson',
    objects: 16,
    columns: 12,
    shapes: wgs84({ POINT: 16 }),
    place: 'nantes',
  },
  'dechets-vaucluse/decheteries-publiques.geojson': {
    format: 'geojson',
    objects: 25,
    columns: 33,
    shapes: wgs84({ POINT: 25 }),
    place: 'vaucluse',
  },
  'nantes-equipements/equipements-publics.geojson': {
    format: 'geojson',
    objects: 645,
    columns: 15,
    shapes: wgs84({ POINT: 645 }),
    place: 'nantes',
  },
  'nantes-equipements/enseignement.geojson': {
    format: 'geojson',
    objects: 564,
    columns: 15,
    shapes: wgs84({ POINT: 564 }),
    place: 'nantes',
  },
  'nantes-equipements/parkings.geojson': {
    format: 'geojson',
    objects: 196,
    columns: 15,
    shapes: wgs84({ POINT: 196 }),
    place: 'nantes',
  },
  'poitiers/defibrillateurs.geojson': {
    format: 'geojson',
    objects: 61,
    columns: 8,
    shapes: wgs84({ POINT: 61 }, 'crs'),
    place: 'poitiers',
  },
  'poitiers/abris-velos.json': {
    format: 'json',
    objects: 142,
    columns: ['type', 'capacity', 'location', 'objectId', 'address'],
  },
  // Each record has its place twice, `geometry` and `fields.geo_shape`: the second one is on the map.
  'poitiers/air-concentrations-horaires.json': {
    format: 'json',
    objects: 45,
    columns: 21,
    shapes: wgs84({ POINT: 45 }),
    place: 'poitiers',
  },
  'rennes/zones-activite.geojson': {
    format: 'geojson',
    objects: 212,
    columns: 14,
    shapes: wgs84({ MULTIPOLYGON: 212 }),
    place: 'rennes',
  },
};

type LayerRow = readonly [name: string, objects: number, columns: number, type: string, crs: string, from: string];

// The 26 layers of stationnement.gpkg, counted with sqlite3 in its own tables; the system is that of
// gpkg_spatial_ref_sys, whose number 100001 is "undefined" and 100000 another name of Lambert-93.
const [said, guessed] = ['GeoPackage', 'guess'];
const layers: readonly LayerRow[] = [
  ['bornes', 27, 6, 'POINT', 'EPSG:2154', said],
  ['rues_zone_verteENT', 82, 6, 'MULTILINESTRING', 'EPSG:2154', said],
  ['rues_zone_orangeENT', 22, 5, 'MULTILINESTRING', 'EPSG:2154', said],
  ['rueSANSstationnement', 287, 19, 'MULTILINESTRING', 'EPSG:2154', said],
  ['zone2024', 9, 2, 'MULTIPOLYGON', 'EPSG:2154', said],
  ['rueStationnement2024', 103, 6, 'MULTILINESTRING', 'EPSG:2154', said],
  ['pmr4326', 41, 4, 'POINT', 'EPSG:4326', said],
  ['rueStationnement4326', 105, 6, 'MULTILINESTRING', 'EPSG:4326', said],
  ['¨PhotoPmr', 23, 4, 'POINT', 'EPSG:4326', guessed],
  ['PhotoPmr', 81, 5, 'POINT', 'EPSG:4326', guessed],
  ['photo_genant', 6, 5, 'POINT', 'EPSG:4326', said],
  ['genant4326', 9, 76, 'POINT', 'EPSG:4326', guessed],
  ['genant4326b', 9, 76, 'POINT', 'EPSG:4326', said],
  ['genantFIN', 15, 8, 'POINT', 'EPSG:4326', said],
  ['pmr', 87, 3, 'POINT', 'EPSG:4326', said],
  ['complementPMR', 5, 7, 'POINT', 'EPSG:4326', guessed],
  ['placePMRAdresse', 105, 11, 'POINT', 'EPSG:4326', guessed],
  ['tmp', 2, 25, 'POINT', 'EPSG:4326', said],
  ['metasf', 145, 4, 'POINT', 'EPSG:4326', said],
  ['metasfJANVIER', 145, 5, 'POINT', 'EPSG:4326', said],
  ['genant', 167, 5, 'POINT', 'EPSG:4326', said],
  ['ventouse', 29, 5, 'POINT', 'EPSG:4326', said],
  ['horodateurs2024', 70, 6, 'POINT', 'EPSG:4326', said],
  ['horodateur2025', 108, 5, 'POINT', 'EPSG:4326', said],
  ['rueDeposeMinute', 8, 4, 'MULTILINESTRING', 'EPSG:2154', said],
  ['deposeMinute', 7, 5, 'POINT', 'EPSG:4326', said],
];

describeWithSharedData('real geographic files', () => {
  const real = join(sharedData, 'data', 'real');

  test.each(Object.entries(files))('%s', async (path, expected) => {
    const { value, tables, codes } = await readFileGiven(join(real, path));
    const [table] = tables;
    if (table === undefined) throw new Error('no table');
    expect(tables).toHaveLength(1);
    expect(value.format).toBe(expected.format);
    expect(table.rows).toBe(expected.objects);
    expect(table.emptyRows).toBe(expected.empty ?? 0);
    expect(table.records).toHaveLength(expected.objects - (expected.empty ?? 0));
    const titles = expected.shapes === undefined ? table.titles : table.titles.slice(0, -1);
    if (typeof expected.columns === 'number') expect(titles).toHaveLength(expected.columns);
    else expect(titles).toEqual(expected.columns);
    expect(codes).toEqual(expected.codes ?? []);
    if (expected.shapes === undefined) expect(table.shapes).toBeUndefined();
    else {
      const { types, crs, from } = expected.shapes;
      expect(table.shapes).toMatchObject({ column: titles.length, crs, source: from });
      expect(typesOf(table)).toEqual(types);
      expectWithin(table, places[expected.place ?? 'bondy']);
    }
  });

  test('bondy/stationnement.gpkg: 26 layers, several systems, some undefined', async () => {
    const { value, tables, problems } = await readFileGiven(join(real, 'bondy/stationnement.gpkg'));
    expect(value.format).toBe('gpkg');
    const read = tables.map((table): LayerRow => {
      const [type = ''] = Object.keys(typesOf(table)).filter((name) => name !== '');
      const { crs = '', source = '' } = table.shapes ?? {};
      return [table.name, table.rows, table.titles.length - 1, type, crs, source];
    });
    // One object of rueDeposeMinute is "MULTILINESTRING EMPTY", which is no shape.
    const byName = (a: LayerRow, b: LayerRow) => (a[0] < b[0] ? -1 : 1);
    expect([...read].sort(byName)).toEqual([...layers].sort(byName));
    for (const table of tables) expectWithin(table, places.bondy);
    const told = problems.filter(({ code }) => code !== 'geo.heightDropped').map(({ code, sheet }) => [code, sheet]);
    expect(
      told
        .filter(([code]) => code === 'geo.crsGuessed')
        .map(([, sheet]) => sheet)
        .sort(),
    ).toEqual(
      layers
        .filter(([, , , , , from]) => from === guessed)
        .map(([name]) => name)
        .sort(),
    );
    expect(told.filter(([code]) => code !== 'geo.crsGuessed')).toEqual([]);
  });

  test('what a known object says is where it is', async () => {
    const communes = await readFileGiven(join(real, '37-contours-communes/communes-37-indre-et-loire.geojson'));
    const amboise = communes.tables[0]?.records.find(([code]) => code === '37003');
    expect(amboise?.[1]).toBe('Amboise');
    expect(amboise?.[2]?.startsWith('POLYGON ((0.9343 47.40421, 0.93567 47.40453, ')).toBe(true);
    const days = await readFileGiven(join(real, 'dechets-calendriers-verneuil/78480-secteur1-2019.ics'));
    expect(days.tables[0]?.records[1]).toEqual([
      'RECYCLABLES, VERRE',
      '2019-01-02',
      '',
      '',
      "Eh oui, aujourd'hui, mercredi, c'est les poubelles suivantes : RECYCLABLES VERRE",
      '',
      'ahri@poubelle-la-vie.fr',
    ]);
  });
});

function typesOf(table: GivenTable): Readonly<Record<string, number>> {
  const types: Record<string, number> = {};
  for (const record of table.records) {
    const type = (record.at(-1) ?? '').split(' ')[0] ?? '';
    types[type] = (types[type] ?? 0) + 1;
  }
  return types;
}

function expectWithin(table: GivenTable, [west, south, east, north]: Box): void {
  const strays = table.records.flatMap((record) =>
    [...(record.at(-1) ?? '').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].filter(([, lon, lat]) => {
      const [x, y] = [Number(lon), Number(lat)];
      return !(x > west && x < east && y > south && y < north);
    }),
  );
  expect(strays).toEqual([]);
}
