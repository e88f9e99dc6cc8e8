// Reads JSON and GeoJSON of any size: finds the objects, wherever they stand, and writes one table per list of them.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { type Crs, crsOfEpsg, crsOfName, wgs84 } from '../geo/crs.ts';
import { aboutTable, type Layer, type LayerObject, writeLayer } from '../geo/layer.ts';
import type { DeclaredCrs } from '../geo/placer.ts';
import { gdalReader } from '../geo/with-gdal.ts';
import { type Cut, elementsAt, type JsonElement, type JsonPlace } from './elements.ts';
import { judgeObjects, keyProblem, keyTitles, type ObjectShape, objectOf } from './objects.ts';
import { type Outline, outlineOf, outlineText } from './outline.ts';
import { readLinesOf } from './read-lines.ts';
import { JsonTooLong, longestValueBytes } from './scan.ts';
import { openTextSource, type TextSource } from './source.ts';
import { columnBook } from './values.ts';

/** One list of values, found in a text. */
type Found = { readonly name: string; readonly place: JsonPlace; readonly keyed?: boolean };

/**
 * Reads a JSON text: an array of objects, an object that wraps one or several of them, a dictionary of objects, a GeoJSON
 * FeatureCollection, Feature or geometry. A text that is cut gives what came before.
 * @throws TerroirError file.empty, file.binary, file.damaged, file.objectTooLong, file.tooManyColumns, file.noTable
 */
export async function readJson(file: DepositedFile, options: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  try {
    return await readText(file, name, options.scratch);
  } catch (error) {
    if (error instanceof JsonTooLong)
      throw new TerroirError('file.objectTooLong', { name, max: longestValueBytes }, { cause: error });
    throw error;
  }
}

async function readText(file: DepositedFile, name: string, scratch: string): Promise<Stage<ParsedFile>> {
  const source = await openTextSource(file, scratch);
  const outline = await outlineOf(source);
  if (outline.values > 1) return readLinesOf(source, name, scratch);
  if (outline.top === 'nothing') throw new TerroirError(outline.whole ? 'file.empty' : 'file.damaged', { name });
  if (outlineText(outline, 'type') === 'Topology') return gdalReader('topojson')(file, { scratch });
  let geographic = isGeojson(outline);
  const found = findLists(outline, tableName(name));
  const problems: Problem[] = [...source.problems];
  const tables: ParsedTable[] = [];
  for (const list of found) {
    const written = await readList(source, list, geographic ? crsOf(outline) : null, scratch, name);
    if (written === null) continue;
    tables.push(written.value);
    geographic ||= written.features;
    problems.push(...aboutTable(written.problems, list.name, found.length > 1));
  }
  if (tables.length === 0) throw new TerroirError(outline.whole ? 'file.empty' : 'file.damaged', { name });
  return {
    value: { format: geographic ? 'geojson' : 'json', encoding: source.encoding, delimiter: null, tables },
    problems,
  };
}

const shapeTypes = /^(Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))$/;

function isGeojson(outline: Outline): boolean {
  if (outline.top !== 'object') return false;
  const type = outlineText(outline, 'type') ?? '';
  return type === 'FeatureCollection' || (shapeTypes.test(type) && outline.values === 1);
}

/** The lists of a text that are tables, the largest first. */
function findLists(outline: Outline, name: string): readonly Found[] {
  const type = outlineText(outline, 'type') ?? '';
  if (outline.top === 'array') return [{ name, place: ['*'] }];
  if (isGeojson(outline)) return [{ name, place: type === 'FeatureCollection' ? ['features', '*'] : [] }];
  const arrays = outline.arrays.filter(({ objects }) => objects > 0).sort((a, b) => b.objects - a.objects);
  const members = outline.topObjects >= 2 && outline.topObjects === outline.topMembers;
  if (members && outline.topObjects > (arrays[0]?.objects ?? 0)) return [{ name, place: ['?'], keyed: true }];
  if (arrays.length === 0) {
    const [plain] = outline.arrays.filter(({ arrays: inner }) => inner > 1).sort((a, b) => b.arrays - a.arrays);
    return [{ name, place: plain === undefined ? [] : [...plain.path, '*'] }];
  }
  return arrays.map(({ path }) => ({
    name: arrays.length === 1 ? name : path.join('.'),
    place: [...path, '*'],
  }));
}

/** The `crs` member that GeoJSON had before RFC 7946, else what the RFC says: WGS84 degrees. */
function crsOf(outline: Outline): DeclaredCrs {
  const said = outlineText(outline, 'crs.properties.name') ?? outlineText(outline, 'crs.properties.code');
  if (said === null) return { crs: wgs84, source: 'defaults of the format' };
  const known: Crs | null = /^\d+$/.test(said) ? crsOfEpsg(Number(said)) : crsOfName(said);
  return known === null ? { crs: null, source: 'crs', unknown: said } : { crs: known, source: 'crs' };
}

async function readList(
  source: TextSource,
  { name, place, keyed }: Found,
  declared: DeclaredCrs | null,
  scratch: string,
  fileName: string,
): Promise<(Stage<ParsedTable> & { features: boolean }) | null> {
  const first = await firstOf(source, place);
  const judged = judgeObjects(first);
  const shape: ObjectShape = keyed === true ? { ...judged, keyColumn: { ...keyTitles, of: 'element' } } : judged;
  const book = columnBook();
  if (shape.keyColumn !== null) book.index(shape.keyColumn.key);
  const state: Cut = { cut: false };
  const withShapes = declared !== null || shape.features || shape.shapePath !== null;
  const layer: Layer = {
    name,
    columns: book.titles,
    objects: () => objectsOf(elementsAt(source, place, state), shape, book),
    declared: withShapes ? (declared ?? { crs: wgs84, source: 'defaults of the format' }) : null,
  };
  const written = await writeLayer(layer, join(scratch, `${randomUUID()}.csv`), fileName);
  if (written.table.source.records === 0) return null;
  const problems = [...written.problems];
  const keys = keyProblem(shape, first[0]);
  if (keys !== null) problems.push(keys);
  if (state.cut) problems.unshift(problem('file.cut', 'error', { count: written.table.rows }));
  return { value: written.table, problems, features: shape.features };
}

async function firstOf(source: TextSource, place: JsonPlace): Promise<readonly JsonElement[]> {
  for await (const batch of elementsAt(source, place, { cut: false })) return batch;
  return [];
}

async function* objectsOf(
  elements: AsyncIterable<readonly JsonElement[]>,
  shape: ObjectShape,
  book: ReturnType<typeof columnBook>,
): AsyncGenerator<readonly LayerObject[]> {
  for await (const batch of elements) yield batch.map((element) => objectOf(element, shape, book));
}

/** A file's name without its endings. */
export function tableName(name: string): string {
  return name.replace(/(\.(geo|json|geojson|ndjson|jsonl|geojsonl|geojsonseq|gz|zip))+$/i, '') || name;
}
