import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { zipOf } from '../../../../test/zip.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { readJson } from '../json/read-json.ts';
import { readShapefile } from './shapefile.ts';
import { gdalReader } from './with-gdal.ts';

const folder = join(import.meta.dirname, '../../../../test/geo');
const made = (name: string) => readFileSync(join(folder, name));
const [geopackage, gml, mapinfo] = [gdalReader('geopackage'), gdalReader('gml'), gdalReader('mapinfo')];
const [dxf, flatgeobuf] = [gdalReader('dxf'), gdalReader('flatgeobuf')];

/** What SOURCES.md says that every file of test/geo holds; corners by PROJ from the squares' Lambert-93 corners. */
const chateau = ['Château d’Été', '12.5', '37', '2024-02-29'];
const ile = ['Île', '-0.25', '-1', ''];
const corner = '0.6804304 47.3772038';

test('GeoPackage: attributes, shapes and system of a layer', async () => {
  const { value, tables, codes } = await readGiven(geopackage, 'quartiers.gpkg', gunzipSync(made('polygones.gpkg.gz')));
  expect(value).toMatchObject({ format: 'gpkg', encoding: null, delimiter: null });
  expect(tables[0]).toMatchObject({
    name: 'quartiers',
    titles: ['nom', 'surf', 'nb', 'le', 'geo_shape'],
    shapes: { column: 4, crs: 'EPSG:2154', source: 'GeoPackage' },
    rows: 3,
  });
  expect(tables[0]?.records[0]?.slice(0, 4)).toEqual(chateau);
  expect(tables[0]?.records[0]?.[4]).toMatch(/^POLYGON \(\((.*), \1\), \(.*\)\)$|^POLYGON \(\(/);
  expect(tables[0]?.records[0]?.[4]).toContain(corner);
  expect(tables[0]?.records[1]?.slice(0, 4)).toEqual(ile);
  expect(tables[0]?.records[1]?.[4]).toMatch(/^MULTIPOLYGON \(\(\(/);
  expect(codes).toEqual(['row.empty']);
});

test('FlatGeobuf and MapInfo TAB say the same', async () => {
  const fgb = await readGiven(flatgeobuf, 'a.fgb', made('polygones.fgb'));
  expect(fgb.value.format).toBe('fgb');
  // FlatGeobuf has no dates, only moments.
  const moment = [...chateau.slice(0, 3), '2024-02-29T00:00:00'];
  expect(fgb.tables[0]?.records.map((record) => record.slice(0, 4)).sort()).toEqual([moment, ile].sort());
  expect(fgb.tables[0]?.shapes?.crs).toBe('EPSG:2154');
  const parts = ['tab', 'map', 'dat', 'id'].map((ending) => [`sig/q.${ending}`, made(`polygones.${ending}`)] as const);
  const tab = await readGiven(mapinfo, 'q.zip', zipOf(parts));
  expect(tab.value.format).toBe('mapinfo');
  expect(tab.tables[0]).toMatchObject({ name: 'q', shapes: { crs: 'EPSG:2154', source: 'CoordSys' } });
  // MapInfo has no empty numbers: the third object has zeros.
  expect(tab.tables[0]?.records.map((record) => record.slice(0, 4))).toEqual([chateau, ile, ['', '0', '0', '']]);
});

test('our own shapefile reader says the same too', async () => {
  const parts = ['shp', 'dbf', 'prj', 'cpg'].map((ending) => [`q.${ending}`, made(`polygones.${ending}`)] as const);
  const { tables } = await readGiven(readShapefile, 'q.zip', zipOf(parts));
  const other = await readGiven(geopackage, 'q.gpkg', gunzipSync(made('polygones.gpkg.gz')));
  expect(tables[0]?.shapes?.crs).toBe('EPSG:2154');
  expect(tables[0]?.records.map((record) => record.slice(0, 4))).toEqual([chateau, ile]);
  const corners = (wkt = '') => (wkt.match(/[\d.-]+ [\d.-]+/g) ?? []).sort();
  for (const [index, record] of (tables[0]?.records ?? []).entries())
    expect(corners(record[4])).toEqual(corners(other.tables[0]?.records[index]?.[4]));
});

const mif = (charset: string) => `Version 300
Charset "${charset}"
Delimiter ","
CoordSys Earth Projection 3, 33, "m", 3, 46.5, 44, 49, 700000, 6600000
Columns 2
  NOM Char(20)
  NB Integer
Data

Point 525000 6700000
    Symbol (35,0,12)
Pline 2
525000 6700000
525100 6700000
    Pen (1,2,0)
`;

test('MapInfo MIF with its MID, accents of Windows included', async () => {
  const mid = Buffer.from('"École",3\n"Rue des Prés",4\n', 'latin1');
  const { tables } = await readGiven(
    mapinfo,
    'q.zip',
    zipOf([
      ['q.mif', mif('WindowsLatin1')],
      ['q.mid', mid],
    ]),
  );
  expect(tables[0]).toMatchObject({
    titles: ['NOM', 'NB', 'geo_shape'],
    shapes: { crs: 'EPSG:2154', source: 'CoordSys' },
  });
  expect(tables[0]?.records[0]).toEqual(['École', '3', `POINT (${corner})`]);
  expect(tables[0]?.records[1]?.[0]).toBe('Rue des Prés');
  const alone = await readGiven(mapinfo, 'q.mif', mif('WindowsLatin1'));
  expect(alone.tables[0]?.records[0]?.[2]).toBe(`POINT (${corner})`);
  expect(alone.problems).toMatchObject([{ code: 'geo.attributesMissing', value: 'q.mid' }]);
  await expect(readGiven(mapinfo, 'q.tab', '!table\n!version 300\n')).rejects.toMatchObject({
    code: 'file.partsMissing',
  });
});

const feature = (name: string, position: string, srs: string) =>
  `<gml:featureMember><t:lieu><t:nom>${name}</t:nom><t:geom><gml:Point srsName="${srs}"><gml:pos>${position}</gml:pos></gml:Point></t:geom></t:lieu></gml:featureMember>`;
const collection = (...features: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:t="http://test.fr/t">${features.join('')}</gml:FeatureCollection>`;

test('GML: the order of the axes depends on how the system is named, and each is read as meant', async () => {
  const read = async (position: string, srs: string) =>
    (await readGiven(gml, 'lieux.gml', collection(feature('Été', position, srs), feature('b', position, srs))))
      .tables[0];
  const lambert = await read('525000 6700000', 'urn:ogc:def:crs:EPSG::2154');
  expect(lambert).toMatchObject({ titles: ['nom', 'geo_shape'], shapes: { crs: 'EPSG:2154', source: 'srsName' } });
  expect(lambert?.records[0]).toEqual(['Été', `POINT (${corner})`]);
  expect((await read('47.39 0.68', 'urn:ogc:def:crs:EPSG::4326'))?.records[0]?.[1]).toBe('POINT (0.68 47.39)');
  expect((await read('0.68 47.39', 'EPSG:4326'))?.records[0]?.[1]).toBe('POINT (0.68 47.39)');
  expect((await read('47.39 0.68', 'EPSG:4326'))?.records[0]?.[1]).toBe('POINT (0.68 47.39)');
});

test('a system of elsewhere is left to GDAL, and named', async () => {
  // Brussels, Grand-Place, in Belgian Lambert 72.
  const { tables, codes } = await readGiven(
    gml,
    'a.gml',
    collection(feature('x', '148900 170900', 'urn:ogc:def:crs:EPSG::31370')),
  );
  expect(tables[0]?.shapes?.crs).toBe('EPSG:31370');
  expect(tables[0]?.records[0]?.[1]).toMatch(/^POINT \(4\.35\d* 50\.84\d*\)$/);
  expect(codes).toEqual([]);
});

const drawing = (x: number, y: number) =>
  [
    ['0', 'SECTION', '2', 'ENTITIES'],
    ['0', 'LINE', '8', 'RESEAU_EAU', '10', `${x}`, '20', `${y}`, '11', `${x + 100}`, '21', `${y}`],
    ['0', 'POINT', '8', 'BORNE', '10', `${x}`, '20', `${y}`],
    ['0', 'ENDSEC', '0', 'EOF', ''],
  ]
    .flat()
    .join('\n');

test('DXF never says its system: the numbers do', async () => {
  const { tables, problems } = await readGiven(dxf, 'plan.dxf', drawing(1527000, 6250000));
  expect(tables[0]?.shapes).toMatchObject({ crs: 'EPSG:3947', source: 'guess' });
  expect(tables[0]?.titles[0]).toBe('Layer');
  expect(tables[0]?.records.map(([layer]) => layer)).toEqual(['RESEAU_EAU', 'BORNE']);
  expect(problems).toMatchObject([{ code: 'geo.crsGuessed', proposal: 'EPSG:3947 (CC47)' }]);
  const local = await readGiven(dxf, 'plan.dxf', drawing(12, 4000));
  expect(local.tables[0]?.shapes).toBeUndefined();
  expect(local.codes).toEqual(['geo.crsUnknown']);
});

test('TopoJSON', async () => {
  const topology = {
    type: 'Topology',
    objects: {
      lieux: {
        type: 'GeometryCollection',
        geometries: [{ type: 'Point', properties: { nom: 'a' }, coordinates: [0.68, 47.39] }],
      },
    },
    arcs: [],
  };
  const { value, tables } = await readGiven(readJson, 'a.json', JSON.stringify(topology));
  expect(value.format).toBe('topojson');
  expect(tables[0]?.titles.at(-1)).toBe('geo_shape');
  expect(tables[0]?.records[0]?.at(-1)).toBe('POINT (0.68 47.39)');
});

test('what is cut or is something else is refused, or kept with its reason', async () => {
  const gpkg = gunzipSync(made('polygones.gpkg.gz'));
  await expect(readGiven(geopackage, 'a.gpkg', gpkg.subarray(0, 2000))).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(readGiven(geopackage, 'a.gpkg', 'bonjour')).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(readGiven(gml, 'a.gml', '<gml:x xmlns:gml="http://www.opengis.net/gml">')).rejects.toBeInstanceOf(
    TerroirError,
  );
  await expect(readGiven(flatgeobuf, 'a.fgb', made('polygones.fgb').subarray(0, 40))).rejects.toMatchObject({
    code: 'file.damaged',
  });
  await expect(readGiven(mapinfo, 'q.zip', zipOf([['q.tab', made('polygones.tab')]]))).rejects.toMatchObject({
    code: 'file.damaged',
  });
});

test('files cut anywhere are a stage or a coded refusal', { timeout: 120_000 }, async () => {
  const tame = (error: unknown) => {
    if (!(error instanceof TerroirError)) throw error;
  };
  const whole = [
    [geopackage, 'a.gpkg', gunzipSync(made('polygones.gpkg.gz'))],
    [flatgeobuf, 'a.fgb', made('polygones.fgb')],
    [gml, 'a.gml', Buffer.from(collection(feature('Été', '525000 6700000', 'EPSG:2154')))],
    [dxf, 'a.dxf', Buffer.from(drawing(1527000, 6250000))],
  ] as const;
  for (const [read, name, bytes] of whole)
    for (const part of name === 'a.gpkg' ? [0.5, 0.9] : [0.8])
      await readGiven(read, name, bytes.subarray(0, Math.floor(bytes.length * part))).catch(tame);
  for (const broken of ['map', 'dat']) {
    const parts = ['tab', 'map', 'dat', 'id'].map((ending) => {
      const bytes = made(`polygones.${ending}`);
      return [`q.${ending}`, ending === broken ? bytes.subarray(0, bytes.length / 2) : bytes] as const;
    });
    await readGiven(mapinfo, 'q.zip', zipOf(parts)).catch(tame);
  }
});
