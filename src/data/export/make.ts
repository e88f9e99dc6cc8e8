// Writes one export: by the engine alone, by the engine as text, or by a writer of bytes beside the server.
import { open, rm, writeFile } from 'node:fs/promises';
import { TerroirError } from '../../lib/errors.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Statement, TableEngine } from '../../stores/tables/engine.ts';
import type { ByteRequest } from './byte-format.ts';
import { csvCopyOptions, csvHeader, csvWriter } from './csv.ts';
import { type ExportFormat, factsOf } from './formats.ts';
import { geojsonFormat, propertiesJson } from './geojson.ts';
import { gpxFormat } from './gpx.ts';
import { kmlFormat } from './kml.ts';
import { jsonldFormat, rdfxmlFormat, turtleFormat } from './rdf.ts';
import { type ExportRequest, type PlaceColumn, placeOf, type TypedColumn } from './request.ts';
import { targetSystem } from './target-system.ts';
import { type TextFormat, type TextParts, textStatement, withoutPlace } from './text-format.ts';
import { jsonValue } from './values.ts';
import { byteLine, byteType, placedLine, writeBytes } from './write-bytes.ts';
import { sheetFormat, workbookParts } from './xlsx.ts';
import { writeZip } from './zip.ts';

/** How long the engine may work on one. */
export const exportSeconds = 600;

/** A text per row, as it is: no quotes, a delimiter that nothing holds. */
const lines = `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ${quoteLiteral('\u0001')}`;

const asItIs = (_kind: string, sql: string): string => sql;

const texts: Partial<Readonly<Record<ExportFormat, TextFormat>>> = {
  geojson: geojsonFormat,
  gpx: gpxFormat,
  jsonld: jsonldFormat,
  kml: kmlFormat,
  n3: turtleFormat,
  rdfxml: rdfxmlFormat,
  turtle: turtleFormat,
  xlsx: sheetFormat,
};

/**
 * Writes the file of an export at `path`.
 * @throws TerroirError export.noPlaces, export.tooManyRows, export.tooLarge, engine.*, disk.full
 */
export async function makeExport(request: ExportRequest, path: string, tables: TableEngine): Promise<void> {
  const { format } = request;
  const place = placeOf(request.columns);
  if (factsOf(format).places && place === null) throw new TerroirError('export.noPlaces', { format });
  if (place !== null && (format === 'fgb' || format === 'gpkg' || format === 'ov2' || format === 'shp'))
    return makeBytes(request, { format, path, place }, tables);
  if (place !== null && format === 'geojson' && targetSystem(request.epsg ?? 4326) !== null)
    return makeBytes(request, { format, path, place }, tables);
  const write = texts[format];
  if (write === undefined) return copyRows(request, path, tables);
  const sheet = format === 'xlsx' ? `${path}-sheet` : path;
  try {
    await writeText(request, write, { path: sheet, place }, tables);
    if (format === 'xlsx') await writeZip(path, workbookParts(request.subject.title, sheet));
  } finally {
    if (sheet !== path) await rm(sheet, { force: true });
  }
}

/** The formats that the engine writes itself. */
async function copyRows(request: ExportRequest, path: string, tables: TableEngine): Promise<void> {
  const { format, compression } = request;
  const wrap = format === 'csv' ? csvWriter(request) : format === 'parquet' ? asItIs : jsonValue;
  const { sql, params = [] } = request.select(wrap);
  const options = {
    csv: csvCopyOptions(request),
    json: 'FORMAT json, ARRAY true',
    jsonl: 'FORMAT json',
    parquet: `FORMAT parquet, COMPRESSION ${compression === 'zstd' ? 'zstd' : 'snappy'}`,
  }[format as 'csv' | 'json' | 'jsonl' | 'parquet'];
  const copied = await copy({ sql, params }, path, options, tables);
  // Without a row the suffix would be an empty one.
  if (format === 'csv' && copied === 0) await writeFile(path, csvHeader(request));
}

async function writeText(
  request: ExportRequest,
  write: TextFormat,
  { path, place }: { readonly path: string; readonly place: PlaceColumn | null },
  tables: TableEngine,
): Promise<void> {
  const { sql, params = [] } = request.select(asItIs);
  const parts = write(request, await typedColumns(request, { sql, params }, tables), place);
  const { maxRows } = factsOf(request.format);
  const rows = maxRows === undefined ? sql : `SELECT * FROM (${sql}) LIMIT ${maxRows + 1}`;
  const options = `${lines}, PREFIX ${quoteLiteral(parts.head)}, SUFFIX ${quoteLiteral(parts.tail)}`;
  const copied = await copy({ sql: textStatement(rows, parts, place), params }, path, options, tables);
  if (maxRows !== undefined && copied > maxRows)
    throw new TerroirError('export.tooManyRows', { format: request.format, max: maxRows });
  if (copied === 0) await writeFile(path, parts.head + parts.tail);
  else if (parts.commas) await blankFirstComma(path, parts);
}

/** The rows as lines, by the engine; then the file, by a thread. */
async function makeBytes(
  request: ExportRequest,
  {
    format,
    path,
    place,
  }: { readonly format: ByteRequest['format']; readonly path: string; readonly place: PlaceColumn },
  tables: TableEngine,
): Promise<void> {
  const { sql, params = [] } = request.select(asItIs);
  const all = await typedColumns(request, { sql, params }, tables);
  const columns = format === 'geojson' ? [] : withoutPlace(all, place);
  const line =
    format === 'geojson' ? placedLine([propertiesJson(request, all, place)], place) : byteLine(columns, place);
  const rows = `${path}-rows`;
  try {
    await copy({ sql: `SELECT ${line} FROM (${sql})`, params }, rows, lines, tables);
    const described = columns.map((column) => ({
      name: request.csv.useLabels && format !== 'shp' ? column.label : column.name,
      label: column.label,
      type: byteType(column),
    }));
    const { id, title } = request.subject;
    const { epsg } = request;
    const written = { format, rows, path, columns: described, title, id, ...(epsg !== undefined && { epsg }) };
    await writeBytes(written, exportSeconds);
  } finally {
    await rm(rows, { force: true });
  }
}

/** The engine's words for the types of the columns. */
async function typedColumns(
  request: ExportRequest,
  { sql, params = [] }: Statement,
  tables: TableEngine,
): Promise<readonly TypedColumn[]> {
  const [shape] = await tables.run([{ sql: `SELECT * FROM (${sql}) LIMIT 0`, params }]);
  return request.columns.map((column, i) => ({ ...column, type: shape?.columns[i]?.type ?? '' }));
}

/** @returns how many rows were written */
async function copy(rows: Statement, path: string, options: string, tables: TableEngine): Promise<number> {
  const sql = `COPY (${rows.sql}) TO ${quoteLiteral(path)} (${options})`;
  const [copied] = await tables.run([{ sql, params: rows.params ?? [] }], { timeoutSeconds: exportSeconds });
  return Number(copied?.rows[0]?.[0] ?? 0);
}

/** The first row follows nothing: its comma, right after the head, becomes a space. */
async function blankFirstComma(path: string, { head }: TextParts): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(Buffer.from(' '), 0, 1, Buffer.byteLength(head));
  } finally {
    await file.close();
  }
}
