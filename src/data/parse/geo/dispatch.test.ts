// Each format reaches its reader by what it holds, whatever its name says.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { parseBytes } from '../../../../test/parsed.ts';
import { dbfOf, shpOf } from '../../../../test/shapefile.ts';
import { zipOf } from '../../../../test/zip.ts';
import { recogniseFormat } from '../formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-dispatch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const made = (name: string) => readFileSync(join(import.meta.dirname, '../../../../test/geo', name));

const kml =
  '<?xml version="1.0"?><kml><Placemark><name>a</name><Point><coordinates>1,47</coordinates></Point></Placemark></kml>';

test.each([
  [
    'a.geojson',
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1},"geometry":null}]}',
    'geojson',
  ],
  ['a.json', '[{"n":1}]', 'json'],
  ['a.txt', '[{"n":1}]', 'json'],
  ['a.jsonl', '{"n":1}\n{"n":2}\n', 'ndjson'],
  ['a.kml', kml, 'kml'],
  ['a.xml', kml, 'kml'],
  ['a.kmz', zipOf([['doc.kml', kml]]), 'kmz'],
  ['a.gpx', '<gpx version="1.1"><wpt lat="47" lon="0"><name>a</name></wpt></gpx>', 'gpx'],
  ['a.ics', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR', 'ics'],
  [
    'a.zip',
    zipOf([
      ['a.shp', shpOf([{ point: [1, 47] }])],
      ['a.dbf', dbfOf([{ name: 'N', type: 'N', length: 1 }], [['1']])],
    ]),
    'shapefile',
  ],
])('%s is read as %s', async (name, content, format) => {
  expect((await parseBytes(name, content)).value.format).toBe(format);
});

test.each([
  ['sans-nom', gunzipSync(made('polygones.gpkg.gz')), 'geopackage'],
  ['a.fgb', made('polygones.fgb'), 'flatgeobuf'],
  ['a.tab', made('polygones.tab'), 'mapinfo'],
  ['a.mif', Buffer.from('Version 300\nCharset "Neutral"\nColumns 1\n NOM Char(3)\nData\n'), 'mapinfo'],
  [
    'a.zip',
    zipOf([
      ['a.tab', 'x'],
      ['a.dat', 'y'],
    ]),
    'mapinfo',
  ],
  ['a.dxf', Buffer.from('  0\nSECTION\n  2\nENTITIES\n'), 'dxf'],
  ['a.xml', Buffer.from('<?xml version="1.0"?><x xmlns:gml="http://www.opengis.net/gml"/>'), 'gml'],
  ['a.shp', shpOf([{ point: [1, 47] }]), 'shapefile'],
])('%s is recognised as %s', async (name, content, format) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  expect((await recogniseFormat(path, name)).format).toBe(format);
});
