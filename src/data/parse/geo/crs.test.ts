// Degrees expected here were computed with PROJ 9 (gdaltransform), an implementation that is not ours.
import { expect, test } from 'vitest';
import { crsOfEpsg, crsOfName, crsOfTitle, toDegrees } from './crs.ts';
import { crsOfWkt } from './crs-wkt.ts';
import { guessCrs } from './guess-crs.ts';

const places: readonly (readonly [number, number, number, number, number])[] = [
  [2154, 525000, 6700000, 0.680430375, 47.377203779],
  [9794, 525000, 6700000, 0.680430375, 47.377203779],
  [3942, 1650000, 1210000, 2.395611718, 42.088448757],
  [3943, 1650000, 2210000, 2.385873287, 43.088376631],
  [3944, 1650000, 3210000, 2.375621498, 44.088302612],
  [3945, 1650000, 4210000, 2.364823667, 45.088226589],
  [3946, 1650000, 5210000, 2.353444073, 46.088148436],
  [3947, 1650000, 6210000, 2.341443606, 47.088068017],
  [3948, 1650000, 7210000, 2.328779365, 48.087985178],
  [3949, 1650000, 8210000, 2.315404197, 49.087899752],
  [3950, 1650000, 9210000, 2.301266167, 50.087811549],
  [9842, 1650000, 1210000, 2.395611718, 42.088448757],
  [9822, 1650000, 1210000, 2.395611718, 42.088448757],
  [27572, 475000, 2267000, 0.680662516, 47.390818207],
  [27561, 600000, 126000, 2.336505891, 48.834475227],
  [27573, 600000, 3200000, 2.336566027, 44.099991144],
  [27574, 500000, 4200000, 8.38665011, 42.132828804],
  [3857, 78000, 6005000, 0.700685922, 47.384125036],
  [32630, 700000, 5200000, -0.372998602, 46.923381219],
  [32631, 400000, 5200000, 1.685969123, 46.945988324],
  [25832, 300000, 4700000, 6.568817648, 42.426541773],
  [5490, 650000, 1800000, -61.596194933, 16.276176842],
  [4559, 650000, 1800000, -61.596194933, 16.276176842],
  [4467, 560000, 5180000, -56.214143938, 46.770851525],
  [2972, 350000, 500000, -52.352069057, 4.522299951],
  [2975, 340000, 7660000, 55.459033734, -21.154289194],
  [4471, 520000, 8580000, 45.184317455, -12.844980926],
  [4171, 2.35, 48.85, 2.35, 48.85],
  [4258, 2.35, 48.85, 2.35, 48.85],
];

test.each(places)('EPSG:%i (%f, %f) is at %f, %f', (epsg, x, y, lon, lat) => {
  const [foundLon, foundLat] = toDegrees(crsOfEpsg(epsg)?.definition ?? null)(x, y);
  // The three parameters of NTF give a metre or two; all others agree to the millimetre.
  const digits = epsg >= 27561 && epsg <= 27574 ? 5 : 8;
  expect(foundLon).toBeCloseTo(lon, digits);
  expect(foundLat).toBeCloseTo(lat, digits);
});

test('what is not finite has no place, and throws nothing', () => {
  const convert = toDegrees(crsOfEpsg(2154)?.definition ?? null);
  expect(convert(Number.NaN, 1)).toEqual([Number.NaN, Number.NaN]);
  expect(convert(1, Number.POSITIVE_INFINITY)).toEqual([Number.NaN, Number.NaN]);
});

test.each([
  ['EPSG:2154', 'EPSG:2154'],
  ['epsg:2154', 'EPSG:2154'],
  ['urn:ogc:def:crs:EPSG::2154', 'EPSG:2154'],
  ['urn:ogc:def:crs:EPSG:6.9:3947', 'EPSG:3947'],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
  ['http://www.opengis.net/gml/srs/epsg.xml#2154', 'EPSG:2154'],
  ['http://www.opengis.net/def/crs/EPSG/0/4326', 'EPSG:4326'],
  ['IGNF:LAMB93', 'EPSG:2154'],
  ['2154', 'EPSG:2154'],
  ['EPSG:900913', 'EPSG:3857'],
])('%s is %s', (name, code) => expect(crsOfName(name)?.code).toBe(code));

test.each([
  ['RGF_1993_Lambert_93', 'EPSG:2154'],
  ['RGF93 / Lambert-93', 'EPSG:2154'],
  ['RGF93 v2b / Lambert-93', 'EPSG:2154'],
  ['RGF93_Lambert_93', 'EPSG:2154'],
  ['RGF93 v1 / CC47', 'EPSG:3947'],
  ['RGF_1993_CC47', 'EPSG:3947'],
  ['RGF93CC50', 'EPSG:3950'],
  ['NTF (Paris) / Lambert zone II étendu', 'EPSG:27572'],
  ['NTF_Lambert_II_etendu', 'EPSG:27572'],
  ['NTF_France_II_etendu', 'EPSG:27572'],
  ['WGS_1984_Web_Mercator_Auxiliary_Sphere', 'EPSG:3857'],
  ['WGS 84 / Pseudo-Mercator', 'EPSG:3857'],
  ['WGS_1984_UTM_Zone_31N', 'EPSG:32631'],
  ['WGS 84 / UTM zone 20S', 'EPSG:32720'],
  ['RGR_1992_UTM_40S', 'EPSG:2975'],
  ['GCS_WGS_1984', 'EPSG:4326'],
  ['GCS_RGF_1993', 'EPSG:4326'],
  ['un système à nous', null],
])('the title %s is %s', (title, code) => expect(crsOfTitle(title)?.code ?? null).toBe(code));

const lambert93Esri =
  'PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],' +
  'PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],' +
  'PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],' +
  'UNIT["Meter",1.0]]';

test('a .prj is known by its number, its name, or its parameters', () => {
  expect(crsOfWkt(lambert93Esri)?.code).toBe('EPSG:2154');
  expect(crsOfWkt(lambert93Esri.replace('RGF_1993_Lambert_93', 'sans nom'))?.code).toBe('EPSG:2154');
  const numbered = lambert93Esri.replace('RGF_1993_Lambert_93', 'x').replace(/\]$/, ',AUTHORITY["EPSG","3947"]]');
  expect(crsOfWkt(numbered)?.code).toBe('EPSG:3947');
  expect(crsOfWkt('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]')?.code).toBe('EPSG:4326');
});

test('a system of elsewhere is computed from its text; nonsense is no system', () => {
  const belgian = crsOfWkt(
    'PROJCS["Belge 1972 / Belgian Lambert 72",GEOGCS["Belge 1972",DATUM["Reseau_National_Belge_1972",SPHEROID["International 1924",6378388,297],TOWGS84[-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",90],PARAMETER["central_meridian",4.36748666666667],PARAMETER["standard_parallel_1",51.1666672333333],PARAMETER["standard_parallel_2",49.8333339],PARAMETER["false_easting",150000.013],PARAMETER["false_northing",5400088.438],UNIT["metre",1],AUTHORITY["EPSG","31370"]]',
  );
  expect(belgian?.code).toBe('EPSG:31370');
  const [lon, lat] = toDegrees(belgian?.definition ?? null)(150000, 170000);
  // The Grand-Place of Brussels is near.
  expect(lon).toBeCloseTo(4.37, 1);
  expect(lat).toBeCloseTo(50.84, 1);
  for (const text of ['', 'bonjour', 'PROJCS["x"', 'LOCAL_CS["x"]', 'PROJCS["x",GEOGCS["y"],PROJECTION["nulle"]]'])
    expect(crsOfWkt(text), text).toBeNull();
});

const guess = (points: readonly (readonly [number, number])[]) => {
  const found = guessCrs(
    points.map(([x]) => x),
    points.map(([, y]) => y),
  );
  return found === null ? null : `${found.crs.code}${found.swapped ? ' swapped' : ''}`;
};

test('numbers without a system are recognised by where they fall', () => {
  expect(guess([[0.68, 47.39]])).toBe('EPSG:4326');
  expect(guess([[47.39, 0.68]])).toBe('EPSG:4326 swapped');
  expect(guess([[55.45, -20.9]])).toBe('EPSG:4326');
  expect(guess([[-20.9, 55.45]])).toBe('EPSG:4326 swapped');
  expect(guess([[-73.9, 40.7]])).toBe('EPSG:4326');
  expect(guess([[525000, 6700000]])).toBe('EPSG:2154');
  expect(guess([[6700000, 525000]])).toBe('EPSG:2154 swapped');
  expect(guess([[1527000, 6250000]])).toBe('EPSG:3947');
  expect(guess([[1650000, 9210000]])).toBe('EPSG:3950');
  expect(guess([[78000, 6005000]])).toBe('EPSG:3857');
  expect(guess([[261845, 6250564]])).toBe('EPSG:3857');
  expect(guess([[475000, 2267000]])).toBe('EPSG:27572');
  expect(guess([[340000, 7660000]])).toBe('EPSG:2975');
  expect(guess([[520000, 8580000]])).toBe('EPSG:4471');
});

test('a stray number does not hide the others; nothing is guessed of nothing', () => {
  const most = Array.from({ length: 50 }, (_, i) => [525000 + i, 6700000] as const);
  expect(guess([...most, [0, 0], [1, 1]])).toBe('EPSG:2154');
  expect(guess([])).toBeNull();
  expect(guess([[0, 0]])).toBeNull();
  expect(guess([[Number.NaN, 3]])).toBeNull();
  expect(guess([[12, 4000]])).toBeNull();
  // The Antilles in UTM look like Perpignan in Lambert II: nobody can tell.
  expect(guess([[650000, 1800000]])).toBeNull();
});
