import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compoundOf } from '../../../test/compound.ts';
import { zipOf } from '../../../test/zip.ts';
import { recogniseFormat } from './formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hex = (text: string) => Buffer.from(text, 'hex');
const zip = (...names: readonly string[]) => zipOf(names.map((name) => [name, 'x']));
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- exporté -->\n';

const files: readonly [format: string, name: string, content: string | Uint8Array][] = [
  ['delimited', 'a.csv', 'nom;ville\nA;Tours\n'],
  ['delimited', 'sans-nom', 'nom\tville\nA\tTours\n'],
  ['delimited', 'crochets.csv', '[code];[nom]\n1;A\n'],
  ['delimited', 'chevron.csv', '<5 ans;>5 ans\n1;2\n'],
  ['delimited', 'utf16.csv', Buffer.from('\ufeffnom;ville\nA;Tours\n', 'utf16le')],
  ['xlsx', 'a.csv', zip('[Content_Types].xml', 'xl/workbook.xml')],
  ['xlsx', 'a.zip', zip('xl/workbook.xml', 'xl/worksheets/sheet1.xml')],
  ['xlsb', 'a.xlsb', zip('[Content_Types].xml', 'xl/workbook.bin')],
  [
    'ods',
    'a',
    zipOf([
      ['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'],
      ['content.xml', 'x'],
    ]),
  ],
  [
    'document',
    'a.ods',
    zipOf([
      ['mimetype', 'application/vnd.oasis.opendocument.text'],
      ['content.xml', 'x'],
    ]),
  ],
  ['document', 'a.docx', zip('[Content_Types].xml', 'word/document.xml')],
  ['shapefile', 'a.zip', zip('carte/rues.shp', 'carte/rues.dbf')],
  ['mapinfo', 'a.zip', zip('rues.TAB', 'rues.DAT', 'rues.MAP')],
  ['mapinfo', 'a.zip', zip('rues.mif', 'rues.mid')],
  ['kmz', 'a.kmz', zip('doc.kml', 'images/1.png')],
  ['zip', 'a.zip', zip('a.csv', 'b.csv')],
  ['xls', 'a.csv', compoundOf([['Workbook', Buffer.alloc(10)]])],
  ['xls', 'a.xlsx', compoundOf([['EncryptedPackage', Buffer.alloc(10)]])],
  ['xls', 'vieux.xls', hex('0900040000001000')],
  ['document', 'a.doc', compoundOf([['WordDocument', Buffer.alloc(10)]])],
  ['document', 'a', '%PDF-1.4\n%âãÏÓ'],
  ['document', 'a', '{\\rtf1\\ansi bonjour}'],
  ['picture', 'a', hex('89504e470d0a1a0a0000000d49484452')],
  ['picture', 'a', hex('ffd8ffe000104a464946')],
  ['picture', 'a', hex('00000018667479706865696300000000')],
  ['html', 'a.xls', '<html><body><table><tr><td>1</td></tr></table>'],
  ['html', 'a.xls', '\ufeff<!DOCTYPE html><table></table>'],
  ['excel-xml', 'a.xls', `${xml}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>`],
  ['flat-ods', 'a.fods', `${xml}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`],
  ['kml', 'a.xml', `${xml}<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>`],
  ['gpx', 'a', `${xml}<gpx version="1.1"></gpx>`],
  ['gml', 'a', `${xml}<wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml"></wfs:FeatureCollection>`],
  ['xml', 'a.xml', `${xml}<catalogue/>`],
  ['geojson', 'a.json', '{"type": "FeatureCollection", "features": []}'],
  ['json', 'a.json', '[{"nom": "A"}]'],
  ['json', 'a', '{"nom": {"fr": "A"}}'],
  ['json', 'coupe.json', '{"nom": {"fr'],
  ['ndjson', 'a.json', '{"nom": "A"}\n{"nom": "B"}\n'],
  ['ndjson', 'a.jsonl', '{"nom": "A"}\n'],
  ['icalendar', 'a.txt', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'],
  ['mapinfo', 'a.mif', 'VERSION 300\nCharset "WindowsLatin1"\nCOLUMNS 1\n  ID integer\nDATA\n'],
  ['mapinfo', 'a.tab', '!table\n!version 300\n'],
  ['dxf', 'a.dxf', '  0\r\nSECTION\r\n  2\r\nHEADER\r\n'],
  ['parquet', 'a.csv', 'PAR1xxxxPAR1'],
  ['geopackage', 'a.gpkg', 'SQLite format 3\0'],
  ['flatgeobuf', 'a.fgb', hex('6667620366676200')],
  ['shapefile', 'a.shp', hex('0000270a00000000')],
];

test.each(files)('%s, whatever the name: %s', async (format, name, content) => {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  expect((await recogniseFormat(path, name)).format).toBe(format);
});
