// Makes a file of a version's rows: csv, json or parquet; made once per (version, query, format), then served from a bounded cache.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { formulaStart, harmless } from '../../model/spreadsheet-text.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Statement, TableEngine } from '../../stores/tables/engine.ts';

export const exportFormats = ['csv', 'json', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const csvDelimiters = [';', ',', '\t', '|'] as const;
export type CsvOptions = {
  readonly delimiter: (typeof csvDelimiters)[number];
  /** Begins with a byte order mark, so that spreadsheets read accents. */
  readonly withBom: boolean;
  /** Quotes around every value. */
  readonly quoteAll: boolean;
  /** The header says what the producer's file says, instead of the names of the API. */
  readonly useLabels: boolean;
  /** Texts that a spreadsheet would run as formulas begin with an apostrophe; programs get every text as it is. */
  readonly forSpreadsheet: boolean;
};
export const defaultCsv: CsvOptions = {
  delimiter: ';',
  withBom: true,
  quoteAll: false,
  useLabels: false,
  forSpreadsheet: false,
};

export type ParquetCompression = 'snappy' | 'zstd';

/** A column as the query names it, with the words of its kind. */
export type ExportColumn = { readonly name: string; readonly label: string; readonly kind: string };

export type ExportRequest = {
  /** Names the rows: the version and the normalised query. */
  readonly key: string;
  /** The version: its files have a folder of their own, so that they can go with it. */
  readonly version: string;
  readonly format: ExportFormat;
  readonly csv: CsvOptions;
  readonly compression: ParquetCompression;
  readonly columns: readonly ExportColumn[];
  /** The rows, each column written by `wrap`. */
  select(wrap: (kind: string, sql: string) => string): Statement;
  /** The stored file, when it is exactly what is asked in parquet. */
  readonly stored: string | null;
};

export type ExportedFile = { readonly path: string; readonly bytes: number; readonly etag: string };

const exportSeconds = 600;

/** Exports that are being made, by path: the second one who asks waits for the first. */
const inProgress = new Map<string, Promise<ExportedFile>>();

/**
 * The file of an export, made now or before. Written beside, then renamed: never half there.
 * @throws TerroirError engine.timeout, engine.memory, disk.full, engine.failed
 */
export async function exportFile(
  request: ExportRequest,
  tables: TableEngine,
  cache: { readonly folder: string; readonly maxBytes: number },
): Promise<ExportedFile> {
  const { format, csv, compression } = request;
  const options = format === 'csv' ? csv : format === 'parquet' ? compression : null;
  const hash = createHash('sha256')
    .update(JSON.stringify([request.key, format, options]))
    .digest('hex');
  const etag = hash.slice(0, 32);
  if (request.stored !== null && format === 'parquet')
    return { path: request.stored, bytes: (await stat(request.stored)).size, etag };
  const path = join(cache.folder, request.version, `${hash}.${format}`);
  const kept = await keptFile(path);
  if (kept !== null) return { path, bytes: kept, etag };
  const running = inProgress.get(path);
  if (running !== undefined) return running;
  const making = make(request, path, tables, cache).then((bytes) => ({ path, bytes, etag }));
  inProgress.set(path, making);
  try {
    return await making;
  } finally {
    inProgress.delete(path);
  }
}

/** Its size in bytes when it is there; marked as used now. */
async function keptFile(path: string): Promise<number | null> {
  try {
    const { size } = await stat(path);
    const now = new Date();
    await utimes(path, now, now);
    return size;
  } catch {
    return null;
  }
}

async function make(
  request: ExportRequest,
  path: string,
  tables: TableEngine,
  cache: { readonly folder: string; readonly maxBytes: number },
): Promise<number> {
  const folder = join(cache.folder, request.version);
  await mkdir(folder, { recursive: true });
  const part = join(folder, `part-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const [copied] = await tables.run([copyStatement(request, part)], { timeoutSeconds: exportSeconds });
    // Without a row the suffix would be an empty one.
    if (request.format === 'csv' && copied?.rows[0]?.[0] === 0) await writeFile(part, csvHeader(request));
    const { size } = await stat(part);
    await makeRoom(cache.folder, cache.maxBytes - size);
    await rename(part, path);
    return size;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The COPY that writes an export. */
function copyStatement(request: ExportRequest, path: string): Statement {
  const csv = request.csv.forSpreadsheet ? spreadsheetValue : csvValue;
  const write = { csv, json: jsonValue, parquet: (_kind: string, sql: string) => sql }[request.format];
  const { sql, params = [] } = request.select(write);
  return { sql: `COPY (${sql}) TO ${quoteLiteral(path)} (${copyOptions(request)})`, params };
}

function copyOptions(request: ExportRequest): string {
  const { format, csv } = request;
  if (format === 'json') return 'FORMAT json, ARRAY true';
  if (format === 'parquet') return `FORMAT parquet, COMPRESSION ${request.compression === 'zstd' ? 'zstd' : 'snappy'}`;
  // The engine writes no byte order mark: the header is ours, before the rows. It ends the last row by the suffix alone.
  const rows = `FORMAT csv, HEADER false, DELIMITER ${quoteLiteral(csv.delimiter)}${csv.quoteAll ? ', FORCE_QUOTE *' : ''}`;
  return `${rows}, PREFIX ${quoteLiteral(csvHeader(request))}, SUFFIX '\n'`;
}

function csvHeader({ columns, csv }: ExportRequest): string {
  const cells = columns.map((column) => csvCell(csv.useLabels ? column.label : column.name, csv));
  return `${csv.withBom ? '\uFEFF' : ''}${cells.join(csv.delimiter)}\n`;
}

function csvCell(text: string, csv: CsvOptions): string {
  const quoted = csv.quoteAll || text.includes(csv.delimiter) || /["\r\n]|^$/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A point is "latitude, longitude", as Opendatasoft writes it; a moment is ISO 8601 in UTC. */
function csvValue(kind: string, sql: string): string {
  if (kind === 'shape') return shapeText(sql);
  if (kind === 'point')
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE concat(struct_extract(${sql}, 'lat'), ', ', struct_extract(${sql}, 'lon')) END`;
  return kind === 'datetime' ? isoMoment(sql) : sql;
}

/** Only texts can hold a formula: numbers and dates are written by us. */
function spreadsheetValue(kind: string, sql: string): string {
  if (kind !== 'text') return csvValue(kind, sql);
  const runs = `regexp_matches(${sql}, ${quoteLiteral(formulaStart)}) AND NOT regexp_matches(${sql}, ${quoteLiteral(harmless)})`;
  return `CASE WHEN ${runs} THEN concat('''', ${sql}) ELSE ${sql} END`;
}

/** JSON has no infinity and no NaN. */
function jsonValue(kind: string, sql: string): string {
  if (kind === 'number') return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN ${sql} END`;
  if (kind === 'shape') return `CAST(${shapeText(sql)} AS JSON)`;
  return kind === 'datetime' ? isoMoment(sql) : sql;
}

/**
 * A shape as the text of a GeoJSON geometry, made of its well-known text: "1 2" is [1,2], a parenthesis a bracket. A
 * collection, whose members have each their own word, is left in well-known text, as a member of that name.
 */
function shapeText(sql: string): string {
  const wkt = `ST_AsText(${sql})`;
  const number = '-?[0-9][0-9.e+-]*';
  const pairs = `regexp_replace(${wkt}, '(${number}) (${number})', '[\\1,\\2]', 'g')`;
  const nested = `regexp_replace(translate(${pairs}, '()', '[]'), '^[A-Z]+ ', '')`;
  const types = geometryTypes.map((type) => `WHEN '${type.toUpperCase()}' THEN '${type}'`).join(' ');
  const type = `CASE regexp_extract(${wkt}, '^[A-Z]+') ${types} END`;
  // A point has one position, and no list of them.
  const coordinates = `CASE WHEN starts_with(${wkt}, 'POINT') THEN ${nested}[2:-2] ELSE ${nested} END`;
  return `CASE WHEN ${sql} IS NULL THEN NULL WHEN starts_with(${wkt}, 'GEOMETRYCOLLECTION') THEN '{"type":"GeometryCollection","wkt":"' || ${wkt} || '"}' ELSE '{"type":"' || ${type} || '","coordinates":' || ${coordinates} || '}' END`;
}

const geometryTypes = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'] as const;

function isoMoment(sql: string): string {
  return `replace(CAST(${sql} AS VARCHAR), ' ', 'T') || '+00:00'`;
}

/** Deletes the files used longest ago until the others take `maxBytes` at most, and what killed processes left behind. */
async function makeRoom(folder: string, maxBytes: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name, parentPath }) => {
        const path = join(parentPath, name);
        const facts = await stat(path).catch(() => null);
        return { path, part: name.startsWith('part-'), bytes: facts?.size ?? 0, usedAt: facts?.mtimeMs ?? 0 };
      }),
  );
  const tooOld = Date.now() - 2 * exportSeconds * 1000;
  let kept = 0;
  for (const file of files.sort((a, b) => b.usedAt - a.usedAt)) {
    if (file.part && file.usedAt > tooOld) continue;
    if (!file.part && kept + file.bytes <= maxBytes) kept += file.bytes;
    // On every system we run on, whoever is reading a deleted file reads it to its end.
    else await rm(file.path, { force: true });
  }
}

/** Deletes the exports of a version; one that is being made finds its folder gone and is not kept. */
export async function removeExports(folder: string, version: string): Promise<void> {
  await rm(join(folder, version), { recursive: true, force: true });
}

/** @throws TerroirError export.formatUnknown */
export function checkExportFormat(format: string): ExportFormat {
  const known = exportFormats.find((name) => name === format);
  if (known === undefined) throw new TerroirError('export.formatUnknown', { format });
  return known;
}
