import { expect, test } from 'vitest';
import { readGiven } from '../../../../test/read-given.ts';
import { zipOf } from '../../../../test/zip.ts';
import { TerroirError } from '../../../lib/errors.ts';
import { readGpx } from './gpx.ts';
import { readKml, readKmz } from './kml.ts';

const document = (...inside: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Carte</name>${inside.join('\n')}</Document></kml>`;
const place = (name: string, inside = '<Point><coordinates>0.68,47.39,0</coordinates></Point>') =>
  `<Placemark><name>${name}</name>${inside}</Placemark>`;
const kml = (content: string | Uint8Array) => readGiven(readKml, 'lieux.kml', content);

test('a placemark: its name, description, extended data and shape, without its style', async () => {
  const { value, tables, codes } = await kml(
    document(
      '<Schema id="s" name="s"><SimpleField name="code" type="string"/><SimpleField name="n" type="int"/></Schema>',
      `<Placemark><name>Été &amp; co</name><description>Un texte</description><styleUrl>#x</styleUrl>
       <Style><LineStyle><color>ff0000ff</color></LineStyle></Style>
       <ExtendedData><Data name="tél"><value>02 47</value></Data>
       <SchemaData schemaUrl="#s"><SimpleData name="code">037</SimpleData><SimpleData name="n">12</SimpleData></SchemaData></ExtendedData>
       <Point><coordinates>0.68,47.39,0</coordinates></Point></Placemark>`,
      place('b'),
    ),
  );
  expect(value).toMatchObject({ format: 'kml', encoding: 'UTF-8' });
  expect(tables[0]).toMatchObject({
    name: 'lieux',
    titles: ['name', 'description', 'tél', 'code', 'n', 'geo_shape'],
    shapes: { column: 5, crs: 'EPSG:4326' },
    records: [
      ['Été & co', 'Un texte', '02 47', '037', '12', 'POINT (0.68 47.39)'],
      ['b', '', '', '', '', 'POINT (0.68 47.39)'],
    ],
  });
  expect(codes).toEqual([]);
});

test('the table of a description becomes columns', async () => {
  const html =
    '<![CDATA[<table border="1"><tr><th>Nature</th><td>Chêne</td></tr><tr><td>Hauteur&nbsp;(m)</td><td>12</td></tr></table>]]>';
  const { tables } = await kml(document(`<Placemark><description>${html}</description></Placemark>`));
  expect(tables[0]?.titles).toEqual(['Nature', 'Hauteur (m)']);
  expect(tables[0]?.records).toEqual([['Chêne', '12']]);
});

test('folders are a column where there are several', async () => {
  const folder = (name: string, inside: string) => `<Folder><name>${name}</name>${inside}</Folder>`;
  const two = await kml(document(folder('Eau', folder('Bornes &amp; cie', place('a'))), folder('Gaz', place('b'))));
  expect(two.tables[0]?.records.map(([name]) => name)).toEqual(['Eau / Bornes & cie', 'Gaz']);
  expect(two.tables[0]?.titles[0]).toBe('dossier');
  expect((await kml(document(folder('Eau', place('a'))))).tables[0]?.titles).toEqual(['name', 'geo_shape']);
});

test('surfaces with holes, several parts, mixed collections', async () => {
  const ring = (kind: string, points: string) =>
    `<${kind}><LinearRing><coordinates>${points}</coordinates></LinearRing></${kind}>`;
  const line = (points: string) => `<LineString><coordinates>${points}</coordinates></LineString>`;
  const { tables } = await kml(
    document(
      place(
        'a',
        `<Polygon>${ring('outerBoundaryIs', '0,45 4,45 4,49 0,45')}${ring('innerBoundaryIs', '2,46 3,46 3,47 2,46')}</Polygon>`,
      ),
      place('b', `<MultiGeometry>${line('0,45 1,45')}${line('2,45 3,45')}</MultiGeometry>`),
      place('c', `<MultiGeometry><Point><coordinates>1,45</coordinates></Point>${line('2,45 3,45')}</MultiGeometry>`),
    ),
  );
  expect(tables[0]?.records.map(([, wkt]) => wkt)).toEqual([
    'POLYGON ((0 45, 4 45, 4 49, 0 45), (2 46, 3 46, 3 47, 2 46))',
    'MULTILINESTRING ((0 45, 1 45), (2 45, 3 45))',
    'GEOMETRYCOLLECTION (POINT (1 45), LINESTRING (2 45, 3 45))',
  ]);
});

test('NULs, prefixes that nobody declared, other encodings, a prefix everywhere', async () => {
  const nuls = `${document(place('a'))}${'\0'.repeat(5000)}`;
  const cleaned = await kml(nuls);
  expect(cleaned.tables[0]?.records).toEqual([['a', 'POINT (0.68 47.39)']]);
  expect(cleaned.problems).toMatchObject([{ code: 'file.nulBytes', count: 5000 }]);
  const undeclared = await kml(
    document(place('a', '<gx:drawOrder>1</gx:drawOrder><Point><coordinates>1,45</coordinates></Point>')),
  );
  expect(undeclared.tables[0]?.records[0]?.[1]).toBe('POINT (1 45)');
  const latin = await kml(Buffer.from(document(place('Été')), 'latin1'));
  expect([latin.value.encoding, latin.tables[0]?.records[0]?.[0]]).toEqual(['windows-1252', 'Été']);
  const prefixed = document(place('a'))
    .replace(/<(\/?)(?=[A-Za-z])/g, '<$1kml:')
    .replace('xmlns=', 'xmlns:kml=');
  expect((await kml(prefixed)).tables[0]?.records).toEqual([['a', 'POINT (0.68 47.39)']]);
});

test('a broken placemark is told, and does not spoil the others; so are coordinates that are none', async () => {
  const { tables, problems } = await kml(
    document(
      place('a'),
      '<Placemark><name>b</Placemark>',
      place('c', '<Point><coordinates>x,y</coordinates></Point>'),
      place('d'),
    ),
  );
  expect(tables[0]?.records.map(([name]) => name)).toEqual(['a', 'c', 'd']);
  expect(problems.map(({ code, row }) => [code, row])).toEqual([
    ['object.unreadable', 2],
    ['geo.shapeBroken', 3],
  ]);
});

test('a text that is cut gives what came before; commented placemarks are no placemarks', async () => {
  const text = document(place('a'), '<!-- <Placemark><name>caché</name></Placemark> -->', place('b'));
  const { tables, problems } = await kml(text.slice(0, -40));
  expect(tables[0]?.records.map(([name]) => name)).toEqual(['a']);
  expect(problems[0]).toMatchObject({ code: 'file.cut', count: 1 });
  await expect(kml(document())).rejects.toMatchObject({ code: 'file.empty' });
  await expect(kml('<kml><Document>')).rejects.toMatchObject({ code: 'file.damaged' });
});

test('entities that would unfold without end stay as they are', async () => {
  const bomb = `<!DOCTYPE kml [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const { tables } = await kml(document(place('&b;')).replace('<kml', `${bomb}<kml`));
  expect((tables[0]?.records[0]?.[0] ?? '').length).toBeLessThan(10);
});

test('KMZ: the text inside the zip, whatever is beside it', async () => {
  const zip = zipOf([
    ['files/logo.png', 'x'],
    ['doc.kml', document(place('a'))],
  ]);
  const { value, tables } = await readGiven(readKmz, 'carte.kmz', zip);
  expect(value.format).toBe('kmz');
  expect(tables[0]).toMatchObject({ name: 'carte', records: [['a', 'POINT (0.68 47.39)']] });
  const two = zipOf([
    ['a.kml', document(place('a'))],
    ['b.kml', document(place('b'))],
  ]);
  expect((await readGiven(readKmz, 'carte.kmz', two)).tables.map(({ name }) => name)).toEqual(['a', 'b']);
});

const gpxText = `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>Rando</name></metadata>
<wpt lat="47.39" lon="0.68"><ele>50.5</ele><name>Départ</name><sym>Flag</sym></wpt>
<trk><name>Boucle</name><trkseg><trkpt lat="47" lon="0"><ele>1</ele></trkpt><trkpt lat="47.1" lon="0.1"/></trkseg></trk>
<trk><name>Deux</name><trkseg><trkpt lat="47" lon="0"/><trkpt lat="47.1" lon="0"/></trkseg><trkseg><trkpt lat="47.2" lon="0"/><trkpt lat="47.3" lon="0"/></trkseg></trk></gpx>`;

test('GPX: way-points and tracks, each in its table', async () => {
  const { value, tables, problems } = await readGiven(readGpx, 'rando.gpx', gpxText);
  expect(value.format).toBe('gpx');
  expect(tables.map(({ name, titles, records }) => [name, titles, records])).toEqual([
    ['points', ['name', 'sym', 'ele', 'geo_shape'], [['Départ', 'Flag', '50.5', 'POINT (0.68 47.39)']]],
    [
      'traces',
      ['name', 'geo_shape'],
      [
        ['Boucle', 'LINESTRING (0 47, 0.1 47.1)'],
        ['Deux', 'MULTILINESTRING ((0 47, 0 47.1), (0 47.2, 0 47.3))'],
      ],
    ],
  ]);
  expect(problems.map(({ code, sheet }) => [code, sheet])).toEqual([
    ['geo.heightDropped', 'points'],
    ['geo.heightDropped', 'traces'],
  ]);
  const one = await readGiven(readGpx, 'rando.gpx', gpxText.replace(/<trk>.*<\/trk>/s, ''));
  expect(one.tables.map(({ name }) => name)).toEqual(['rando']);
});

test('texts cut at any byte are a stage or a coded refusal', async () => {
  const tame = (error: unknown) => {
    if (!(error instanceof TerroirError)) throw error;
  };
  const text = Buffer.from(document('<Folder><name>É</name>', place('a'), '</Folder>', '<!-- x -->'));
  for (let end = 0; end < text.length; end += 3) await kml(text.subarray(0, end)).catch(tame);
  const gpx = Buffer.from(gpxText);
  for (let end = 0; end < gpx.length; end += 11) await readGiven(readGpx, 'a.gpx', gpx.subarray(0, end)).catch(tame);
});
