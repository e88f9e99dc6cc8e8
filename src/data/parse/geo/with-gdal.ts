// Reads the geographic formats that GDAL knows best: GeoPackage, GML, MapInfo, DXF, FlatGeobuf, TopoJSON.
import { randomUUID } from 'node:crypto';
import { constants, copyFile, mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import { type GdalFile, GdalRefusal, withGdal } from '../../../stores/gdal/gdal.ts';
import type { GdalLayer } from '../../../stores/gdal/protocol.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { readHead } from '../head.ts';
import { objectOf } from '../json/objects.ts';
import { linesOf } from '../json/read-lines.ts';
import { columnBook } from '../json/values.ts';
import { type Crs, wgs84 } from './crs.ts';
import { crsOfWkt } from './crs-wkt.ts';
import { aboutTable, type Layer, writeLayer } from './layer.ts';
import { unzipParts } from './parts.ts';
import type { DeclaredCrs } from './placer.ts';

type GdalFormat = {
  /** What the format is called in a parsed file. */
  readonly format: string;
  /** The ending by which GDAL knows it. */
  readonly ending: string;
  /** Where the format tells its reference system. */
  readonly source: string;
};

export const gdalFormats = {
  geopackage: { format: 'gpkg', ending: '.gpkg', source: 'GeoPackage' },
  gml: { format: 'gml', ending: '.gml', source: 'srsName' },
  mapinfo: { format: 'mapinfo', ending: '.mif', source: 'CoordSys' },
  dxf: { format: 'dxf', ending: '.dxf', source: 'DXF' },
  flatgeobuf: { format: 'fgb', ending: '.fgb', source: 'FlatGeobuf' },
  topojson: { format: 'topojson', ending: '.json', source: 'defaults of the format' },
} as const satisfies Record<string, GdalFormat>;

const mapInfoEndings = ['.tab', '.dat', '.map', '.id', '.ind', '.mif', '.mid'];
const mostLayers = 200;

type Reader = (file: DepositedFile, options: { scratch: string }) => Promise<Stage<ParsedFile>>;

/**
 * A reader of one format.
 * @throws (the reader) TerroirError file.damaged, file.empty, file.partsMissing, file.archiveUnsafe, engine.timeout,
 * engine.memory
 */
export function gdalReader(kind: keyof typeof gdalFormats): Reader {
  const format = gdalFormats[kind];
  return async (file, { scratch }) => {
    const name = file.innerName ?? file.name;
    const inputs = kind === 'mapinfo' ? await mapInfoInputs(file, name, scratch) : [await lone(file, format, scratch)];
    const tables: ParsedTable[] = [];
    const problems: Problem[] = [];
    let refused = 0;
    for (const input of inputs) {
      try {
        const to = join(scratch, `gdal-${randomUUID()}`);
        await mkdir(to);
        const read = await withGdal({ ...input, to }, (opened) =>
          readLayers(opened, { format, title: input.title, scratch: to, file: name, several: inputs.length > 1 }),
        );
        tables.push(...read.value);
        problems.push(...read.problems);
        if (input.missing !== undefined)
          problems.push(problem('geo.attributesMissing', 'error', { value: input.missing }));
      } catch (error) {
        if (!(error instanceof GdalRefusal)) throw error;
        refused++;
        if (inputs.length > 1) problems.push(problem('layer.unreadable', 'error', { value: input.title }));
      }
    }
    if (tables.length === 0) {
      const damaged = refused > 0 || problems.some(({ code }) => /^layer\.(unreadable|incomplete)$/.test(code));
      throw new TerroirError(damaged ? 'file.damaged' : 'file.empty', { name });
    }
    return { value: { format: format.format, encoding: null, delimiter: null, tables }, problems };
  };
}

type Input = {
  readonly folder: string;
  readonly file: string;
  readonly title: string;
  /** The file of the attributes, when it did not come with the shapes. */
  readonly missing?: string;
};

/** The file alone in a folder of its own: that folder is all that GDAL sees. */
async function lone(file: DepositedFile, { ending }: GdalFormat, scratch: string): Promise<Input> {
  const folder = join(scratch, `gdal-in-${randomUUID()}`);
  await mkdir(folder);
  const name = `input${ending}`;
  // A copy, for nothing that runs here may ever touch the original; it costs nothing where the disk can share blocks.
  await copyFile(file.path, join(folder, name), constants.COPYFILE_FICLONE);
  return { folder, file: name, title: titleOf(file.innerName ?? file.name) };
}

async function mapInfoInputs(file: DepositedFile, name: string, scratch: string): Promise<readonly Input[]> {
  const zipped = Buffer.from(await readHead(file.path, 2)).toString('latin1') === 'PK';
  if (!zipped) {
    if (extname(name).toLowerCase() === '.tab')
      throw new TerroirError('file.partsMissing', { name, expected: '.tab, .dat, .map, .id' });
    const input = await lone(file, gdalFormats.mapinfo, scratch);
    return [{ ...input, missing: `${input.title}.mid` }];
  }
  const folder = join(scratch, `gdal-in-${randomUUID()}`);
  await mkdir(folder);
  const layers = await unzipParts(file.path, name, mapInfoEndings, folder);
  return layers.flatMap(({ name: title, paths }, index) => {
    const ending = paths.has('.tab') ? '.tab' : paths.has('.mif') ? '.mif' : null;
    if (ending === null) return [];
    const input = { folder, file: `layer-${index + 1}${ending}`, title };
    return [ending === '.mif' && !paths.has('.mid') ? { ...input, missing: `${title}.mid` } : input];
  });
}

type Opened = {
  readonly format: GdalFormat;
  readonly title: string;
  readonly scratch: string;
  readonly file: string;
  readonly several: boolean;
};

async function readLayers(
  opened: GdalFile,
  { format, title, scratch, file, several }: Opened,
): Promise<Stage<readonly ParsedTable[]>> {
  const tables: ParsedTable[] = [];
  const problems: Problem[] = [];
  const layers = opened.layers.slice(0, mostLayers);
  // A file cut in its header opens, with nothing inside.
  if (layers.length === 0) throw new GdalRefusal('no layer');
  for (const [index, layer] of layers.entries()) {
    const name = layers.length === 1 ? title : layer.name;
    try {
      const read = await readLayer(opened, layer, { format, name, number: index + 1, scratch, file });
      problems.push(...aboutTable(read.problems, name, layers.length > 1 || several));
      if (read.value.source.records > 0) tables.push(read.value);
      else if (layers.length > 1) problems.push(problem('layer.empty', 'advice', { value: layer.name }));
    } catch (error) {
      if (!(error instanceof GdalRefusal)) throw error;
      problems.push(problem('layer.unreadable', 'error', { value: layer.name }));
    }
  }
  return { value: tables, problems };
}

type Place = {
  readonly format: GdalFormat;
  readonly name: string;
  readonly number: number;
  readonly scratch: string;
  readonly file: string;
};

async function readLayer(opened: GdalFile, layer: GdalLayer, place: Place): Promise<Stage<ParsedTable>> {
  const { declared, degrees } = declaredOf(layer, place.format);
  const { path, complaints } = await opened.convert(layer.name, `l${place.number}`, degrees ? 'degrees' : 'as written');
  const book = columnBook();
  for (const field of layer.fields) book.index(field);
  const shape = { keyColumn: null, shapePath: null, features: true };
  const described: Layer = {
    name: place.name,
    columns: book.titles,
    async *objects() {
      const lines = linesOf({ path, start: 0, encoding: 'UTF-8', problems: [] }, place.file);
      for await (const batch of lines) yield batch.map((line) => objectOf(line, shape, book));
    },
    declared,
    alreadyDegrees: degrees,
  };
  const written = await writeLayer(described, join(place.scratch, `clean-${place.number}.csv`), place.file);
  await rm(path, { force: true });
  const incomplete =
    complaints.length === 0 && written.table.rows >= (layer.objects ?? 0)
      ? []
      : [problem('layer.incomplete', 'error', { value: place.name, count: written.table.rows })];
  return { value: written.table, problems: [...incomplete, ...written.problems] };
}

/**
 * A system that is known here is computed here, so that what it says can be compared with the numbers; any other is left
 * to GDAL, which knows them all.
 */
function declaredOf(
  { shapes }: GdalLayer,
  { source, format }: GdalFormat,
): { declared: DeclaredCrs | null; degrees: boolean } {
  if (shapes === null) return { declared: null, degrees: false };
  const { wkt } = shapes;
  if (format === 'topojson') return { declared: { crs: wgs84, source }, degrees: false };
  if (wkt === null || isUndefined(wkt)) return { declared: { crs: null, source }, degrees: false };
  const crs = crsOfWkt(wkt);
  if (crs !== null && crs.definition !== wkt) return { declared: { crs, source }, degrees: false };
  return { declared: { crs: crs ?? namedCrs(wkt), source }, degrees: true };
}

/** GeoPackage has two systems that mean "none", and other software writes its own. */
function isUndefined(wkt: string): boolean {
  return /^[A-Z_]+\s*[[(]\s*"(undefined|unknown|unnamed|engineering)/i.test(wkt) && !/CONVERSION|PROJECTION/i.test(wkt);
}

function namedCrs(wkt: string): Crs {
  const name = /"([^"]*)"/.exec(wkt)?.[1] ?? '';
  const number = /ID\["EPSG",(\d+)\]\]\s*$/.exec(wkt)?.[1];
  return { code: number === undefined ? name : `EPSG:${number}`, name, definition: null, area: null };
}

function titleOf(name: string): string {
  return name.replace(/(\.(gpkg|gml|xml|tab|mif|dxf|fgb|json|topojson|gz|zip))+$/i, '') || name;
}
