// Reads Parquet and GeoParquet through the engine: every column as canonical text, shapes as in any other format.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { quoteIdentifier, quoteLiteral } from '../../../stores/tables/dialect.ts';
import type { TableEngine } from '../../../stores/tables/engine.ts';
import type { DepositedFile, ParsedFile, Stage } from '../../stages.ts';
import { LineTooLong } from '../census.ts';
import { type Dialect, longestLineBytes, mostColumns } from '../dialect.ts';
import { crsOfEpsg, crsOfName, wgs84 } from '../geo/crs.ts';
import { type LayerObject, writeLayer } from '../geo/layer.ts';
import type { DeclaredCrs } from '../geo/placer.ts';
import { readWkt } from '../geo/wkt.ts';
import { textRecords } from '../text-records.ts';

type Column = { readonly name: string; readonly type: string };

const dialect: Dialect = { delimiter: ',', newline: 'lf', initialSpace: false, quotes: true };

/**
 * @param options.tables the engine; without one the format cannot be read
 * @throws TerroirError file.formatUnsupported, file.damaged, file.empty, file.lineTooLong, file.tooManyColumns, engine.timeout,
 * engine.memory, disk.full
 */
export async function readParquet(
  file: DepositedFile,
  { scratch, tables }: { scratch: string; tables?: TableEngine | undefined },
): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  if (tables === undefined) throw new TerroirError('file.formatUnsupported', { name, format: 'parquet' });
  const source = `read_parquet(${quoteLiteral(file.path)})`;
  const raw = join(scratch, `${randomUUID()}.csv`);
  try {
    const columns = await columnsOf(source, tables);
    if (columns.length > mostColumns)
      throw new TerroirError('file.tooManyColumns', { name, columns: columns.length, max: mostColumns });
    await writeTexts(source, columns, raw, tables);
    const shape = columns.findIndex(({ type }) => type.startsWith('GEOMETRY'));
    const written = await writeLayer(
      {
        name: name.replace(/(\.(geo)?parquet|\.gz|\.zip)+$/i, '') || name,
        columns: columns.filter((_, index) => index !== shape).map((column) => column.name),
        objects: () => objectsOf(raw, columns.length, shape),
        declared: shape === -1 ? null : declaredCrs(columns[shape]?.type ?? ''),
      },
      join(scratch, `${randomUUID()}.csv`),
      name,
    );
    if (written.table.source.records === 0) throw new TerroirError('file.empty', { name });
    return {
      value: { format: 'parquet', encoding: null, delimiter: null, tables: [written.table] },
      problems: written.problems,
    };
  } catch (error) {
    if (error instanceof LineTooLong)
      throw new TerroirError('file.lineTooLong', { name, row: error.record + 1, max: longestLineBytes });
    if (error instanceof TerroirError && error.code === 'engine.failed')
      throw new TerroirError('file.damaged', { name }, { cause: error });
    throw error;
  } finally {
    await rm(raw, { force: true });
  }
}

async function columnsOf(source: string, tables: TableEngine): Promise<readonly Column[]> {
  const [described] = await tables.run([{ sql: `DESCRIBE SELECT * FROM ${source}` }]);
  return (described?.rows ?? []).map(([column, type]) => ({ name: String(column), type: String(type) }));
}

async function writeTexts(source: string, columns: readonly Column[], to: string, tables: TableEngine): Promise<void> {
  const texts = columns.map(textSql).join(', ');
  const options = `FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR ''`;
  await tables.run([{ sql: `COPY (SELECT ${texts} FROM ${source}) TO ${quoteLiteral(to)} (${options})` }]);
}

/** Moments as ISO 8601, lists and structures as JSON, anything else as the engine writes it. */
function textSql({ name, type }: Column, index: number): string {
  const column = quoteIdentifier(name);
  const text = () => {
    if (type.endsWith(']') || /^(STRUCT|MAP|UNION)/.test(type)) return `CAST(to_json(${column}) AS VARCHAR)`;
    if (type.startsWith('TIMESTAMP WITH TIME ZONE'))
      return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%SZ')`;
    if (type.startsWith('TIMESTAMP')) return `replace(CAST(${column} AS VARCHAR), ' ', 'T')`;
    // NUL would end the text for some of those who read it.
    return `replace(CAST(${column} AS VARCHAR), chr(0), '')`;
  };
  return `${text()} AS c${index}`;
}

async function* objectsOf(path: string, width: number, shape: number): AsyncGenerator<readonly LayerObject[]> {
  for await (const batch of textRecords(path, 0, dialect, width)) {
    yield batch.map(({ cells }) => {
      if (shape === -1) return { cells, shape: null };
      const text = cells[shape] ?? '';
      const others = cells.filter((_, index) => index !== shape);
      return { cells: others, shape: text === '' ? null : (readWkt(text)?.shape ?? { type: 'broken' }) };
    });
  }
}

/** `GEOMETRY('EPSG:2154')`, or the PROJJSON of GeoParquet between the quotes; WGS84 where it says nothing. */
function declaredCrs(type: string): DeclaredCrs {
  const said = /^GEOMETRY\('(.*)'\)$/s.exec(type)?.[1];
  if (said === undefined) return { crs: wgs84, source: 'defaults of the format' };
  const code = /"id"\s*:\s*\{[^{}]*"code"\s*:\s*"?(\w+)"?[^{}]*\}\s*\}\s*$/s.exec(said)?.[1];
  const crs = code === undefined ? crsOfName(said) : /^\d+$/.test(code) ? crsOfEpsg(Number(code)) : crsOfName(code);
  return crs === null ? { crs: null, source: 'GeoParquet', unknown: code ?? said } : { crs, source: 'GeoParquet' };
}
