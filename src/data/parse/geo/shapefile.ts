// Reads a shapefile: a zip with one or several layers (.shp, .dbf, .prj, .cpg), or a .shp that came alone.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { readHead } from '../head.ts';
import { codePageOf } from './code-page.ts';
import { crsOfWkt } from './crs-wkt.ts';
import { type Dbf, dbfRows, openDbf } from './dbf.ts';
import { aboutTable, type LayerObject, writeLayer } from './layer.ts';
import { type LayerParts, unzipParts } from './parts.ts';
import type { DeclaredCrs } from './placer.ts';
import { shapesOf } from './shp.ts';

const endings = ['.shp', '.dbf', '.prj', '.cpg'];

/**
 * @throws TerroirError file.damaged when no layer can be read, file.empty, file.archiveUnsafe, file.tooManyColumns
 */
export async function readShapefile(file: DepositedFile, options: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  const zipped = Buffer.from(await readHead(file.path, 2)).toString('latin1') === 'PK';
  const layers = zipped
    ? (await unzipParts(file.path, name, endings, options.scratch)).filter(({ paths }) => paths.has('.shp'))
    : [{ name: name.replace(/\.shp$/i, ''), paths: new Map([['.shp', file.path]]) }];
  const tables: ParsedTable[] = [];
  const problems: Problem[] = [];
  const pages = new Set<string>();
  let unreadable = layers.length === 0;
  for (const layer of layers) {
    const read = await readLayer(layer, options.scratch, name);
    if (read === null) {
      unreadable = true;
      if (layers.length > 1) problems.push(problem('layer.unreadable', 'error', { value: layer.name }));
      continue;
    }
    problems.push(...aboutTable(read.problems, layer.name, layers.length > 1));
    if (read.value.rows > 0) tables.push(read.value);
    if (read.page !== null) pages.add(read.page);
  }
  if (tables.length === 0) throw new TerroirError(unreadable ? 'file.damaged' : 'file.empty', { name });
  tables.sort((a, b) => b.rows - a.rows);
  const [encoding = null] = pages;
  return { value: { format: 'shapefile', encoding, delimiter: null, tables }, problems };
}

type ReadLayer = Stage<ParsedTable> & { readonly page: string | null };

async function readLayer(layer: LayerParts, scratch: string, file: string): Promise<ReadLayer | null> {
  const shp = layer.paths.get('.shp') ?? '';
  const problems: Problem[] = [];
  const dbf = await attributesOf(layer, problems);
  const declared = await declaredCrs(layer, problems);
  const state = { cut: false, shapes: 0, rows: 0 };
  const written = await writeLayer(
    {
      name: layer.name,
      columns: dbf?.fields.map((field) => field.name) ?? [],
      objects: () => objectsOf(shp, dbf, state),
      declared,
    },
    join(scratch, `${randomUUID()}.csv`),
    file,
  );
  if (state.cut && state.shapes === 0) return null;
  if (state.cut) problems.push(problem('file.cut', 'error', { count: state.shapes }));
  else if (dbf !== null && state.shapes !== state.rows)
    problems.push(problem('geo.countsDiffer', 'error', { value: String(state.shapes), expected: String(state.rows) }));
  return { value: written.table, problems: [...problems, ...written.problems], page: dbf?.page ?? null };
}

async function attributesOf(layer: LayerParts, problems: Problem[]): Promise<Dbf | null> {
  const path = layer.paths.get('.dbf');
  const value = `${layer.name}.dbf`;
  if (path === undefined) {
    problems.push(problem('geo.attributesMissing', 'error', { value }));
    return null;
  }
  const cpg = layer.paths.get('.cpg');
  const declared = cpg === undefined ? null : codePageOf((await readFile(cpg)).subarray(0, 100).toString('latin1'));
  const dbf = await openDbf(path, declared);
  if (dbf === null) problems.push(problem('geo.attributesUnreadable', 'error', { value }));
  else if (dbf.assumed) problems.push(problem('encoding.assumed', 'advice', { expected: dbf.page }));
  return dbf;
}

async function declaredCrs(layer: LayerParts, problems: Problem[]): Promise<DeclaredCrs> {
  const prj = layer.paths.get('.prj');
  if (prj === undefined) {
    problems.push(problem('geo.prjMissing', 'advice', { value: `${layer.name}.prj` }));
    return { crs: null, source: '.prj' };
  }
  const text = (await readFile(prj)).subarray(0, 100_000).toString('utf8').replaceAll('\0', '');
  const crs = crsOfWkt(text);
  const title = /"([^"]*)"/.exec(text)?.[1] ?? text.trim().slice(0, 60);
  return { crs, source: '.prj', ...(crs === null && title !== '' ? { unknown: title } : {}) };
}

type Counts = { cut: boolean; shapes: number; rows: number };

/** Shapes and rows side by side; where one of them ends first, the other goes on alone. */
async function* objectsOf(shp: string, dbf: Dbf | null, counts: Counts): AsyncGenerator<readonly LayerObject[]> {
  counts.shapes = 0;
  counts.rows = 0;
  counts.cut = false;
  const rows = dbf === null ? null : dbfRows(dbf);
  let waiting: readonly (readonly string[] | null)[] = [];
  let at = 0;
  const take = (): readonly string[] | null => {
    counts.rows++;
    return waiting[at++] ?? null;
  };
  /** Makes rows ready to be taken; false when there are no more. */
  const refill = async (): Promise<boolean> => {
    while (rows !== null && at >= waiting.length) {
      const { done, value } = await rows.next();
      if (done === true) return false;
      [waiting, at] = [value, 0];
    }
    return rows !== null;
  };
  try {
    for await (const shapes of shapesOf(shp, counts)) {
      const batch: LayerObject[] = [];
      for (const shape of shapes) {
        counts.shapes++;
        // Most rows are already there: waiting for each of them would cost more than reading it.
        const row = at < waiting.length || (await refill()) ? take() : [];
        if (row !== null) batch.push({ cells: row, shape });
      }
      if (batch.length > 0) yield batch;
    }
    while (at < waiting.length || (await refill())) {
      const row = take();
      if (row !== null) yield [{ cells: row, shape: null }];
    }
  } finally {
    await rows?.return(undefined);
  }
}
