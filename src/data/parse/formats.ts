// Recognises a file's format by what it holds first, by its name second.
import { extname } from 'node:path';
import type yauzl from 'yauzl';
import { TerroirError } from '../../lib/errors.ts';
import { openZip, zipEntries, zipKind } from '../zip.ts';
import { judgeHead } from './encoding.ts';
import { readHead } from './head.ts';

/** The formats that a file may be in; `readers.ts` says which ones are read. */
export const formatNames = [
  'delimited',
  'xlsx',
  'xlsb',
  'xls',
  'ods',
  'flat-ods',
  'excel-xml',
  'html',
  'json',
  'ndjson',
  'geojson',
  'shapefile',
  'geopackage',
  'kml',
  'kmz',
  'gml',
  'mapinfo',
  'dxf',
  'flatgeobuf',
  'gpx',
  'parquet',
  'icalendar',
  'zip',
  'document',
  'picture',
  'xml',
  'other',
] as const;
export type FormatName = (typeof formatNames)[number];

/** `shown` is the format's name for people: the usual ending of its files. */
export type Recognised = { readonly format: FormatName; readonly shown: string };

const headBytes = 64 * 1024;

/** First bytes that only one format has. */
const magics: readonly (readonly [start: string, format: FormatName, shown: string])[] = [
  ['255044462d', 'document', 'pdf'],
  ['7b5c727466', 'document', 'rtf'],
  ['89504e470d0a1a0a', 'picture', 'png'],
  ['ffd8ff', 'picture', 'jpeg'],
  ['47494638', 'picture', 'gif'],
  ['49492a00', 'picture', 'tiff'],
  ['4d4d002a', 'picture', 'tiff'],
  ['0000000c6a502020', 'picture', 'jp2'],
  ['53514c69746520666f726d6174203300', 'geopackage', 'gpkg'],
  ['50415231', 'parquet', 'parquet'],
  ['66676203', 'flatgeobuf', 'fgb'],
  ['0000270a', 'shapefile', 'shp'],
  ['4175746f4341442042696e617279204458460d0a', 'dxf', 'dxf'],
  // Worksheets of Excel 2, 3 and 4, before workbooks were compound files.
  ['0900040000', 'xls', 'xls'],
  ['0902060000', 'xls', 'xls'],
  ['0904060000', 'xls', 'xls'],
];

/** What a name promises, asked only of texts that do not tell by themselves. */
const endings: Readonly<Record<string, FormatName>> = {
  '.dxf': 'dxf',
  '.mif': 'mapinfo',
  '.ics': 'icalendar',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.geojsonl': 'ndjson',
  '.geojsonseq': 'ndjson',
  '.json': 'json',
  '.geojson': 'geojson',
  '.topojson': 'json',
  '.kml': 'kml',
  '.gml': 'gml',
  '.gpx': 'gpx',
  '.xml': 'xml',
};

/**
 * @param name the file's name, or that of the file inside an archive
 * @throws TerroirError file.damaged for a zip that cannot be opened, file.archiveUnsafe
 */
export async function recogniseFormat(path: string, name: string): Promise<Recognised> {
  const head = await readHead(path, headBytes);
  const hex = Buffer.from(head.subarray(0, 32)).toString('hex');
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return orDamaged(name, () => recogniseZip(path, name));
  if (hex.startsWith('d0cf11e0a1b11ae1')) return recogniseCompound(path, name);
  for (const [start, format, shown] of magics) if (hex.startsWith(start)) return { format, shown };
  if (hex.slice(8, 16) === '66747970' && /^(68656963|68656978|6d696631|61766966)/.test(hex.slice(16)))
    return { format: 'picture', shown: 'heic' };
  if (hex.startsWith('52494646') && hex.slice(16, 24) === '57454250') return { format: 'picture', shown: 'webp' };
  const judged = judgeHead(head);
  const ending = extname(name).toLowerCase();
  if (judged.binary) return { format: 'delimited', shown: ending.slice(1) || 'csv' };
  const encoding = judged.wide === 'UTF-16LE' ? 'utf-16le' : judged.wide === 'UTF-16BE' ? 'utf-16be' : 'utf-8';
  return recogniseText(new TextDecoder(encoding).decode(head.subarray(judged.markBytes)), ending);
}

function recogniseText(text: string, ending: string): Recognised {
  const start = text.trimStart();
  const markup = start.startsWith('<') ? recogniseMarkup(start) : null;
  if (markup !== null) return markup;
  const json = recogniseJson(start, ending);
  if (json !== null) return json;
  if (/^BEGIN:VCALENDAR/i.test(start)) return { format: 'icalendar', shown: 'ics' };
  if (/^!table\b/i.test(start)) return { format: 'mapinfo', shown: 'tab' };
  if (/^version\s+\d+\s/i.test(start) && /^\s*columns\s+\d+/im.test(start)) return { format: 'mapinfo', shown: 'mif' };
  if (/^\s*(999[^\n]*\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION\b/.test(text)) return { format: 'dxf', shown: 'dxf' };
  const promised = endings[ending];
  if (promised !== undefined && start === '') return { format: promised, shown: ending.slice(1) };
  return { format: 'delimited', shown: ending.slice(1) || 'csv' };
}

function recogniseMarkup(start: string): Recognised | null {
  const root = start.replace(/<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>/gis, '').trimStart();
  const tag = /^<([a-z_][\w.-]*:)?([a-z_][\w.-]*)([^>]*)>/i.exec(root);
  const [local, attributes] = [(tag?.[2] ?? '').toLowerCase(), tag?.[3] ?? ''];
  if (/<!doctype\s+html/i.test(start) || /^(html|head|body|table|style|meta|div|center)$/.test(local))
    return { format: 'html', shown: 'html' };
  if (local === 'kml') return { format: 'kml', shown: 'kml' };
  if (local === 'gpx') return { format: 'gpx', shown: 'gpx' };
  if (local === 'workbook' && attributes.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    return { format: 'excel-xml', shown: 'xml' };
  if (local === 'document' && attributes.includes('urn:oasis:names:tc:opendocument'))
    return { format: 'flat-ods', shown: 'fods' };
  if (attributes.includes('opengis.net/gml') || attributes.includes('opengis.net/wfs') || /<gml:/.test(root))
    return { format: 'gml', shown: 'gml' };
  return start.startsWith('<?xml') || tag !== null ? { format: 'xml', shown: 'xml' } : null;
}

const geojsonTypes = /"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"/;

function recogniseJson(start: string, ending: string): Recognised | null {
  // A delimited text may start with a brace or a bracket too; what follows tells them apart.
  if (!/^(\{\s*("|\})|\[\s*(\{|\[|\]))/.test(start) && !(start.startsWith('[') && ending === '.json')) return null;
  if (/^\.(ndjson|jsonl|geojsonl|geojsonseq)$/.test(ending) || isLineOfJson(start))
    return { format: 'ndjson', shown: 'ndjson' };
  return geojsonTypes.test(start.slice(0, 20_000))
    ? { format: 'geojson', shown: 'geojson' }
    : { format: 'json', shown: 'json' };
}

function isLineOfJson(start: string): boolean {
  const [first = '', second = ''] = start.split(/\r?\n/, 2);
  if (!first.startsWith('{') || !second.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

async function orDamaged(name: string, recognise: () => Promise<Recognised>): Promise<Recognised> {
  try {
    return await recognise();
  } catch (error) {
    if (error instanceof TerroirError || (error instanceof Error && 'syscall' in error)) throw error;
    throw new TerroirError('file.damaged', { name }, { cause: error });
  }
}

async function recogniseZip(path: string, name: string): Promise<Recognised> {
  const zip = await openZip(path);
  try {
    const entries = await zipEntries(zip, name);
    const kind = zipKind(entries.map((entry) => entry.fileName));
    if (kind === null) return { format: 'zip', shown: 'zip' };
    if (kind === 'office') return { format: 'document', shown: extname(name).slice(1).toLowerCase() || 'docx' };
    if (kind !== 'opendocument') return { format: kind, shown: kind };
    const type = await typeInside(zip, entries, name);
    if (!/spreadsheet|^$/.test(type)) return { format: 'document', shown: type.replace(/.*opendocument\./, '') };
    return { format: 'ods', shown: 'ods' };
  } finally {
    zip.close();
  }
}

/** The media type that an OpenDocument file says of itself first; by its name when it does not. */
async function typeInside(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[], name: string): Promise<string> {
  const entry = entries.find(({ fileName, uncompressedSize }) => fileName === 'mimetype' && uncompressedSize < 200);
  if (entry === undefined) return /\.(odt|odp|odg)$/i.exec(name)?.[1] ?? '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('latin1').trim();
}

/** Word and old Excel files look alike from outside: the streams inside are named in UTF-16. */
async function recogniseCompound(path: string, name: string): Promise<Recognised> {
  const bytes = Buffer.from(await readHead(path, 64 * 1024 ** 2));
  const holds = (stream: string) => bytes.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (holds('Workbook') || holds('Book') || holds('EncryptedPackage')) return { format: 'xls', shown: 'xls' };
  if (holds('WordDocument') || holds('PowerPoint Document'))
    return { format: 'document', shown: extname(name).slice(1).toLowerCase() || 'doc' };
  return { format: 'xls', shown: extname(name).slice(1).toLowerCase() || 'xls' };
}
