// The corrected table in the format of maps, lists of objects and workbooks that are not edited in place: made anew from the corrected rows.
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../model/step.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { type ExportFormat, factsOf } from './export/formats.ts';
import { makeExport } from './export/make.ts';
import { defaultCsv, defaultGpx } from './export/request.ts';
import { buildVersion, type Tools } from './journey.ts';
import { parseQuery } from './query/parse.ts';
import { exportSelect } from './query/plan.ts';
import { columnsOf, openStoredVersion, type StoredVersion } from './query/stored-version.ts';
import type { SelectItem } from './query/tree.ts';
import type { DepositedFile } from './stages.ts';

export type CorrectionSource = {
  readonly file: DepositedFile;
  readonly steps: readonly Step[];
  /** The name of the table, in a file that holds several. */
  readonly table?: string;
  /** The rows of the source that the version leaves out: those set aside are among them. */
  readonly droppedSourceRows: readonly number[];
};

/** How a file is written again, and whether that is its own format. */
export type Writing = { readonly format: ExportFormat; readonly own: boolean };

/** By the format that was read; a workbook of another kind becomes one that every spreadsheet opens. */
const writings: Readonly<Record<string, Writing>> = {
  fgb: { format: 'fgb', own: true },
  geojson: { format: 'geojson', own: true },
  gpkg: { format: 'gpkg', own: true },
  gpx: { format: 'gpx', own: true },
  json: { format: 'json', own: true },
  kml: { format: 'kml', own: true },
  ndjson: { format: 'jsonl', own: true },
  parquet: { format: 'parquet', own: true },
  shapefile: { format: 'shp', own: true },
  dxf: { format: 'gpkg', own: false },
  gml: { format: 'gpkg', own: false },
  mapinfo: { format: 'gpkg', own: false },
  ods: { format: 'xlsx', own: false },
  topojson: { format: 'geojson', own: false },
  xls: { format: 'xlsx', own: false },
  xlsx: { format: 'xlsx', own: true },
};

/** How a file of this format is written again; null for one that is written as CSV. */
export function writingOf(format: string): Writing | null {
  return writings[format] ?? null;
}

/**
 * Writes the rows as they would be published, under the producer's own headers; only the table that is published is in it.
 * Null when this format cannot hold them: a map of rows that have no place, more rows than a sheet has.
 * @throws TerroirError file.*, steps.nothingLeft, engine.*, disk.full
 */
export async function writeCorrectedTable(
  { file, steps, table }: CorrectionSource,
  { format }: Writing,
  to: string,
  tools: Tools,
): Promise<{ readonly ending: string } | null> {
  // The file was read in the scratch folder already.
  const scratch = join(tools.scratch, 'anew');
  await mkdir(scratch);
  const built = await buildVersion(file, { ...tools, scratch }, { steps, ...(table !== undefined && { table }) });
  const key = 'corrected';
  const stored = await openStoredVersion({ key, fields: built.fields, rows: built.rows }, built.folder, tools.tables);
  const { places, ending, maxRows } = factsOf(format) as { places: boolean; ending: string; maxRows?: number };
  const place = stored.made.find(({ type }) => type === 'geojson') ?? stored.made[0];
  if ((places && place === undefined) || (maxRows !== undefined && stored.rows > maxRows)) return null;
  const holdsPlaces = places || (format === 'parquet' && place?.type === 'geojson');
  await write(stored, { format, place: holdsPlaces ? (place?.name ?? null) : null, name: file.name }, to, tools.tables);
  return { ending: `.${ending}` };
}

type Writable = { readonly format: ExportFormat; readonly place: string | null; readonly name: string };

async function write(
  stored: StoredVersion,
  { format, place, name }: Writable,
  to: string,
  tables: TableEngine,
): Promise<void> {
  const tree = { ...parseQuery({}), select: itemsOf(stored, place) };
  const { columns, sql, params } = exportSelect(stored, tree, (_column, written) => written, null);
  const part = join(to, '..', 'corrected-part');
  await makeExport(
    {
      key: sql + JSON.stringify(params),
      version: stored.key,
      format,
      csv: defaultCsv,
      compression: 'snappy',
      gpx: defaultGpx,
      subject: { iri: `urn:terroir:file:${encodeURIComponent(name)}`, id: 'corrected', title: name },
      columns: columns.map(({ name: label, kind }) => ({ name: label, label, kind })),
      select: (wrap) => exportSelect(stored, tree, (column, written) => wrap(column.kind, written), null),
      stored: null,
    },
    part,
    tables,
  );
  await rename(part, to);
}

/** Every column by its header, unless two have the same; of the columns made of the places, the one that the file holds. */
function itemsOf(stored: StoredVersion, place: string | null): readonly SelectItem[] {
  const made = new Set(stored.made.map(({ name }) => name));
  const columns = columnsOf(stored).filter(({ name }) => !made.has(name) || name === place);
  const titles = columns.map(({ title }) => title.toLowerCase());
  return columns.map(({ name, title }): SelectItem => {
    const alone = title !== '' && titles.filter((each) => each === title.toLowerCase()).length === 1;
    return {
      kind: 'value',
      node: { kind: 'field', name, at: 0 },
      alias: alone && !made.has(name) ? title : null,
      written: name,
    };
  });
}
