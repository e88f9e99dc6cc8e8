// Every real delimited file is read right: encoding, delimiter, header row, rows and columns, as its SOURCES.md states them.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFile } from '../../src/data/inspect.ts';
import type { Inspection } from '../../src/model/table.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

type Shape = readonly [
  path: string,
  encoding: string,
  delimiter: string,
  headerRow: number,
  rows: number,
  columns: number,
];

// Written by hand from each SOURCES.md. "ISO-8859-1", "-2" and "WINDOWS-1250" there are one-byte files whose French reads
// right in windows-1252; ASCII is UTF-8. The examples of schemas-nationaux, which state no count, were counted by eye.
const shapes: readonly Shape[] = [
  ['37-elections/municipales-2014-tour1-dpt37.csv', 'windows-1252', ',', 1, 3085, 6],
  ['arbres-multi-producteurs/cd93-arbres-bondy.csv', 'UTF-8', ',', 1, 446, 20],
  ['arbres-multi-producteurs/paris-les-arbres-extrait.csv', 'UTF-8', ';', 1, 2948, 17],
  ['arbres-multi-producteurs/saint-quentin-patrimoine-arbore.csv', 'UTF-8', ',', 1, 7409, 20],
  ['bondy/adresses-ban-93010.csv', 'UTF-8', ',', 1, 8413, 24],
  ['bondy/rues-deliberation-2019.csv', 'UTF-8', ';', 1, 370, 12],
  ['cantines-nantes/cantines.csv', 'UTF-8', ',', 1, 87, 3],
  ['cantines-nantes/frequentation.csv', 'UTF-8', ',', 1, 94633, 5],
  ['cantines-nantes/menus.csv', 'UTF-8', ',', 1, 513, 3],
  ['cantines-teledeclaration-2023/campagne_td_2023.csv', 'UTF-8', ',', 1, 10317, 28],
  ['codes-insee-epci/comsimp2014.txt', 'windows-1252', '\t', 1, 36681, 12],
  ['codes-insee-epci/epcicom2015.csv', 'windows-1252', ';', 1, 36588, 14],
  ['codes-voies/codes-postaux-voies.csv.gz', 'UTF-8', ';', 1, 512154, 5],
  ['covoiturage-bnlc/bnlc.csv', 'UTF-8', ',', 1, 2473, 19],
  ['gares/gares-sncf.csv', 'UTF-8', ';', 1, 3884, 15],
  ['irve-multi-producteurs/irve-consolidation-v2.0.0-20210718.csv', 'UTF-8', ',', 1, 1294, 41],
  ['irve-multi-producteurs/irve-effia-2014.csv', 'UTF-8', ';', 1, 55, 15],
  ['irve-multi-producteurs/irve-leclerc-2014.csv', 'UTF-8', ';', 1, 68, 11],
  ['irve-multi-producteurs/irve-mobive-20200331.csv', 'UTF-8', ';', 1, 1554, 17],
  ['irve-multi-producteurs/irve-tesla-destination-20181130.csv', 'UTF-8', ';', 1, 1609, 17],
  ['irve-multi-producteurs/irve-vincipark-2014.csv', 'UTF-8', ';', 1, 66, 12],
  ['montpellier-deliberations/deliberations-2013-2014.csv', 'UTF-8', ';', 1, 160, 8],
  ['montpellier-finances/budget-primitif-2012.csv', 'windows-1252', ';', 1, 1338, 7],
  ['montpellier-finances/budget-primitif-2013.csv', 'windows-1252', ';', 1, 1511, 7],
  ['nantes-equipements/equipements-deplacement.csv', 'UTF-8', ';', 1, 231, 16],
  ['nantes-transport/tan-arrets.csv', 'UTF-8', ';', 1, 3703, 11],
  ['prenoms-insee/nat2021_csv.zip', 'UTF-8', ';', 1, 686538, 4],
  ['presences-conseil-municipal/montreuil-en-touraine.csv', 'UTF-8', ';', 1, 313, 5],
  ['rennes/enquete-horaires-mobilite.csv', 'windows-1252', ',', 1, 3416, 13],
  ['saint-etienne/deliberations-metropole-2022.csv', 'UTF-8', ',', 1, 80, 18],
  ['saint-etienne/patrimoine-historique.csv', 'UTF-8', ',', 1, 136, 13],
  ['saint-etienne/services-publics.csv', 'windows-1252', ';', 1, 114, 11],
  ['schemas-nationaux/exemples/arbre-valide.csv', 'UTF-8', ';', 1, 4, 31],
  ['schemas-nationaux/exemples/bal-1.4-valide.csv', 'UTF-8', ';', 1, 2, 16],
  ['schemas-nationaux/exemples/bal-sample-ansi.csv', 'windows-1252', ';', 1, 15, 13],
  ['schemas-nationaux/exemples/bal-sample.csv', 'UTF-8', ';', 1, 15, 13],
  ['schemas-nationaux/exemples/bal-sans-ligne.csv', 'UTF-8', ';', 1, 0, 20],
  ['schemas-nationaux/exemples/covoiturage-invalide.csv', 'UTF-8', ',', 1, 2, 18],
  ['schemas-nationaux/exemples/covoiturage-valide.csv', 'UTF-8', ',', 1, 1, 18],
  ['schemas-nationaux/exemples/dae-invalide.csv', 'UTF-8', ',', 1, 4, 43],
  ['schemas-nationaux/exemples/dae-valide.csv', 'UTF-8', ',', 1, 3, 43],
  ['schemas-nationaux/exemples/equipements-collectifs-valide.csv', 'UTF-8', ',', 1, 1, 27],
  ['schemas-nationaux/exemples/prenoms-invalide.csv', 'UTF-8', ',', 1, 16, 6],
  ['schemas-nationaux/exemples/prenoms-valide.csv', 'UTF-8', ',', 1, 16, 6],
  ['schemas-nationaux/exemples/scdl-subventions-colonne-double.csv', 'windows-1252', ',', 1, 29, 15],
  ['schemas-nationaux/exemples/scdl-subventions-invalide-cellules.csv', 'UTF-8', ',', 1, 29, 15],
  ['schemas-nationaux/exemples/scdl-subventions-invalide-colonnes.csv', 'UTF-8', ',', 1, 29, 15],
  ['schemas-nationaux/exemples/scdl-subventions-valide.csv', 'UTF-8', ',', 1, 29, 16],
  ['subventions-multi-producteurs/cd44-subventions-associations.csv', 'UTF-8', ';', 1, 18148, 18],
  ['subventions-multi-producteurs/cd49-conventions.csv', 'UTF-8', ';', 1, 75, 16],
  ['subventions-multi-producteurs/cd49-subventions-associations.csv', 'UTF-8', ';', 1, 11843, 7],
  ['subventions-multi-producteurs/toulouse-metropole-2022.csv', 'UTF-8', ';', 1, 396, 17],
  ['subventions-multi-producteurs/toulouse-metropole-2023.csv', 'UTF-8', ';', 1, 551, 16],
  ['toulouse-elections-2026/resultats-bureaux-tour1.csv', 'UTF-8', ',', 1, 284, 13],
  ['tourisme/datatourisme-poi.csv', 'UTF-8', ';', 1, 27154, 6],
];

/** Columns read by eye: "name:type" with the format after @ and the role after #. */
const columns: Readonly<Record<string, readonly string[]>> = {
  '37-elections/municipales-2014-tour1-dpt37.csv': [
    'code_insee:string#inseeCode',
    'nb_voix:integer',
    'percent_inscrits:number',
  ],
  'arbres-multi-producteurs/paris-les-arbres-extrait.csv': [
    'circonference_cm:integer',
    'remarquable:boolean',
    'geo_point_2d:geopoint@lat,lon#latlon',
  ],
  'arbres-multi-producteurs/saint-quentin-patrimoine-arbore.csv': [
    'longitude:number#longitude',
    'latitude:number#latitude',
    'remarquable:boolean',
  ],
  'bondy/adresses-ban-93010.csv': [
    'colonne_1:integer',
    'code_postal:string#postalCode',
    'x:number#x',
    'y:number#y',
    'lon:number#longitude',
  ],
  'bondy/rues-deliberation-2019.csv': ['longueur_en_metres_environ:string', 'colonne_12:string'],
  'cantines-nantes/frequentation.csv': ['date:date', 'prevision:integer', 'reel:integer'],
  'cantines-nantes/menus.csv': ['date:date@%d/%m/%Y', 'rang:integer'],
  'cantines-teledeclaration-2023/campagne_td_2023.csv': [
    'canteen_siret:string#siret',
    'canteen_city_insee_code:string#inseeCode',
    'canteen_department:string#departmentCode',
    'creation_date:datetime',
  ],
  'codes-insee-epci/comsimp2014.txt': ['dep:string#departmentCode', 'com:string', 'nccenr:string'],
  'codes-insee-epci/epcicom2015.csv': ['siren_epci:string#siren', 'insee:string#inseeCode', 'ptot_2015:integer'],
  'codes-voies/codes-postaux-voies.csv.gz': [
    'codepostal:string#postalCode',
    'codecommune:string#inseeCode',
    'codevoie:string',
  ],
  'covoiturage-bnlc/bnlc.csv': [
    'insee:string#inseeCode',
    'date_maj:date',
    'ouvert:boolean',
    'xlong:number#longitude',
    'ylat:number#latitude',
  ],
  'irve-multi-producteurs/irve-consolidation-v2.0.0-20210718.csv': [
    'siren_amenageur:string#siren',
    'puissance_nominale:number',
    'date_maj:date',
  ],
  'irve-multi-producteurs/irve-leclerc-2014.csv': ['latitude_wsg84:number#latitude', 'date_maj:date@%d/%m/%Y'],
  'irve-multi-producteurs/irve-mobive-20200331.csv': [
    'code_insee:string#inseeCode',
    'xlongitude:number#longitude',
    'date_maj:date@%d/%m/%Y',
  ],
  'irve-multi-producteurs/irve-tesla-destination-20181130.csv': ['xlatitude:number#latitude', 'date_maj:date@%Y%m%d'],
  'irve-multi-producteurs/irve-vincipark-2014.csv': ['date_maj:datetime', 'latitude:number#latitude'],
  'montpellier-finances/budget-primitif-2013.csv': ['exercice:integer#year', 'bp:number#amount'],
  'nantes-equipements/equipements-deplacement.csv': [
    'telephone:string#phone',
    'code_postal:string#postalCode',
    'long_wgs84:number#longitude',
  ],
  'nantes-transport/tan-arrets.csv': ['coordinates:geopoint@lat,lon#latlon'],
  'prenoms-insee/nat2021_csv.zip': ['sexe:integer', 'preusuel:string', 'annais:string', 'nombre:integer'],
  'rennes/enquete-horaires-mobilite.csv': ['b9b:time', 'x:number#longitude', 'y:number#latitude'],
  'saint-etienne/deliberations-metropole-2022.csv': [
    'coll_siret:string#siret',
    'delib_id:string',
    'delib_date:date',
    'vote_pour:integer',
  ],
  'saint-etienne/services-publics.csv': [
    'x:number#longitude',
    'y:number#latitude',
    'phone:string#phone',
    'com_insee:string#inseeCode',
  ],
  'subventions-multi-producteurs/cd44-subventions-associations.csv': [
    'identification_du_beneficiaire:string#siren',
    'montant_total_de_la_subvention:number#amount',
  ],
  'subventions-multi-producteurs/toulouse-metropole-2022.csv': [
    'idattribuant:string#siret',
    'montant:number#amount',
    'datesperiodeversement:date@%d/%m/%Y',
  ],
  'tourisme/datatourisme-poi.csv': ['lat:number#latitude', 'long:number#longitude', 'code_postal:string#postalCode'],
};

/** What stands out in a file and its SOURCES.md speaks of. */
const problems: Readonly<Record<string, readonly string[]>> = {
  'bondy/rues-deliberation-2019.csv': ['header.missing', 'row.empty'],
  'cantines-nantes/frequentation.csv': ['value.missingMarker'],
  'irve-multi-producteurs/irve-effia-2014.csv': ['header.missing', 'type.mixed'],
  'montpellier-finances/budget-primitif-2013.csv': ['number.comma'],
  'saint-etienne/services-publics.csv': ['encoding.mixed'],
  'schemas-nationaux/exemples/scdl-subventions-colonne-double.csv': ['header.duplicate'],
  'subventions-multi-producteurs/toulouse-metropole-2022.csv': ['number.scientific'],
  'tourisme/datatourisme-poi.csv': ['code.leadingZero', 'number.comma', 'geo.outside'],
};

const sources: Readonly<Record<string, string>> = {
  'gares/gares-sncf.csv': 'LAT + LONG',
  'covoiturage-bnlc/bnlc.csv': 'Ylat + Xlong',
  'irve-multi-producteurs/irve-consolidation-v2.0.0-20210718.csv': 'coordonneesXY',
  'irve-multi-producteurs/irve-effia-2014.csv': 'latitude_WSG84 + longitude_WSG84',
  'irve-multi-producteurs/irve-tesla-destination-20181130.csv': 'Xlatitude + Xlongitude',
  'nantes-transport/tan-arrets.csv': 'Coordinates',
  'saint-etienne/patrimoine-historique.csv': 'y + x',
};

describeWithSharedData('the real delimited files', () => {
  const real = join(sharedData, 'data', 'real');
  const root = mkdtempSync(join(tmpdir(), 'terroir-real-'));
  const inspections = new Map<string, Promise<Inspection>>();
  let files: FileStore;
  let tables: TableEngine;

  beforeAll(async () => {
    files = await openDiskStore(root);
    tables = openTableEngine({
      children: 1,
      threadsPerChild: 2,
      memoryMegabytes: 500,
      timeoutSeconds: 120,
      folders: [root],
      temporaryFolder: join(root, 'spill'),
    });
  });
  afterAll(async () => {
    await tables.close();
    rmSync(root, { recursive: true, force: true });
  });

  function inspect(path: string): Promise<Inspection> {
    const known = inspections.get(path) ?? inspectFile(join(real, path), { files, tables });
    inspections.set(path, known);
    return known;
  }

  test('none is forgotten', () => {
    const delimited = readdirSync(real, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(csv|tsv|txt|csv\.gz)$|_csv\.zip$/.test(path),
    );
    expect(delimited.sort()).toEqual(shapes.map(([path]) => path).sort());
  });

  test.each(shapes)('%s', { timeout: 60_000 }, async (path, encoding, delimiter, headerRow, rows, width) => {
    const inspection = await inspect(path);
    const [table] = inspection.tables;
    expect([inspection.encoding, inspection.delimiter, table?.headerRow, table?.rows, table?.fields.length]).toEqual([
      encoding,
      delimiter,
      headerRow,
      rows,
      width,
    ]);
    const written = (table?.fields ?? []).flatMap(({ name, type, format, role }) => [
      `${name}:${type}`,
      `${name}:${type}@${format}`,
      `${name}:${type}#${role}`,
      `${name}:${type}@${format}#${role}`,
    ]);
    expect(written).toEqual(expect.arrayContaining([...(columns[path] ?? [])]));
    expect(inspection.problems.map(({ code }) => code)).toEqual(expect.arrayContaining([...(problems[path] ?? [])]));
    if (sources[path] !== undefined) expect(table?.geometry?.source).toBe(sources[path]);
  });

  test('the box of a map is that of its columns', async () => {
    // Least and greatest LAT and LONG of the file, looked up with sort(1).
    const [table] = (await inspect('gares/gares-sncf.csv')).tables;
    expect(table?.geometry?.bbox.map((degree) => Number(degree.toFixed(4)))).toEqual([
      -4.4792, 42.4199, 8.1826, 51.0509,
    ]);
  });
});
