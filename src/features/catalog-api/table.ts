// The catalogue as a small table that the planner of queries reads: made again when the catalogue changed, never a source.
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import type { StoredVersion } from '../../data/query/stored-version.ts';
import { apart } from '../../lib/request-scope.ts';
import type { Dataset, DatasetState } from '../../model/dataset.ts';
import { can } from '../../model/permission.ts';
import { searchRowName } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Statement } from '../../stores/tables/engine.ts';
import { getDatasets } from '../catalog/service.ts';
import { type CatalogueColumn, catalogueColumns, catalogueFields, valueAt } from './columns.ts';
import { datasetObject } from './dataset-object.ts';
import { catalogueRevision, communeNames, type DatasetMark, datasetMarks } from './queries.ts';

/** A dataset by the values of its columns. */
export type Entry = { readonly id: string; readonly values: Readonly<Record<string, unknown>> };

export type CatalogueTable = {
  /** Most recently modified first. */
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, Entry>;
  readonly communes: ReadonlyMap<string, string>;
  /** The table; with names of columns that hold several values, one row per value of them. */
  stored(exploded?: readonly string[]): Promise<StoredVersion>;
};

type Kept = {
  readonly revision: string;
  readonly marks: ReadonlyMap<string, string>;
  readonly table: CatalogueTable;
  readonly folder: string;
};

/** What was made for whoever sees the same states; one per database. */
const kept = new WeakMap<object, Map<string, Promise<Kept>>>();

/** Datasets read at once. */
const together = 200;
/** A table that was replaced is still being read by whoever began before, not for long. */
const readForMs = 120_000;

/** The catalogue that the actor may see, as it is now. */
export async function catalogueTable(context: Context): Promise<CatalogueTable> {
  const states: readonly DatasetState[] = can(context.actor, 'catalog.drafts') ? ['draft', 'published'] : ['published'];
  const revision = await catalogueRevision(context.db);
  const all = kept.get(context.db) ?? new Map<string, Promise<Kept>>();
  kept.set(context.db, all);
  const key = states.join(' ');
  const before = await all.get(key)?.catch(() => undefined);
  if (before?.revision === revision) return before.table;
  // Whoever came first for this revision makes it, the others wait.
  const name = `${key} ${revision}`;
  const making = all.get(name) ?? apart(() => make(context, states, revision, before));
  all.set(name, making);
  try {
    const made = await making;
    all.set(key, making);
    return made.table;
  } finally {
    all.delete(name);
  }
}

async function make(
  context: Context,
  states: readonly DatasetState[],
  revision: string,
  before: Kept | undefined,
): Promise<Kept> {
  const [marks, communes] = await Promise.all([datasetMarks(context.db, states), communeNames(context.db)]);
  const unchanged = sameNames(before?.table.communes, communes)
    ? marks.filter(({ id, mark }) => before?.marks.get(id) === mark)
    : [];
  const known = new Map(unchanged.map(({ id }) => [id, before?.table.byId.get(id)]));
  const read = await readDatasets(
    context,
    marks.filter(({ id }) => known.get(id) === undefined),
  );
  const entries = marks.flatMap(({ id }) => {
    const dataset = read.get(id);
    return known.get(id) ?? (dataset === undefined ? [] : [entryOf(dataset, communes)]);
  });
  // Under a name by which it is swept when this process is gone.
  const folder = join(context.files.scratch, `journey-${process.pid}-catalogue-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  const tables = new Map<string, Promise<StoredVersion>>();
  const stored = (exploded: readonly string[] = []) => {
    const key = [...exploded].sort().join(' ');
    const one = tables.get(key) ?? apart(() => writeTable(context, folder, entries, exploded));
    tables.set(key, one);
    one.catch(() => tables.delete(key));
    return one;
  };
  await stored();
  if (before !== undefined)
    setTimeout(() => rm(before.folder, { recursive: true, force: true }).catch(() => undefined), readForMs).unref();
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const table = { entries, byId, communes, stored };
  return { revision, marks: new Map(marks.map(({ id, mark }) => [id, mark])), table, folder };
}

function sameNames(a: ReadonlyMap<string, string> | undefined, b: ReadonlyMap<string, string>): boolean {
  return a !== undefined && a.size === b.size && [...b].every(([code, name]) => a.get(code) === name);
}

/** What was withdrawn since its mark was read is left out. */
async function readDatasets(context: Context, marks: readonly DatasetMark[]): Promise<ReadonlyMap<string, Dataset>> {
  const found = new Map<string, Dataset>();
  for (let from = 0; from < marks.length; from += together) {
    const ids = marks.slice(from, from + together).map(({ id }) => id);
    for (const dataset of await getDatasets(context, ids)) found.set(dataset.id, dataset);
  }
  return found;
}

function entryOf(dataset: Dataset, communes: ReadonlyMap<string, string>): Entry {
  const object = datasetObject(dataset, { publicUrl: '', communes, original: false });
  return {
    id: dataset.id,
    values: Object.fromEntries(catalogueColumns.map(({ name }) => [name, valueAt(object, name)])),
  };
}

async function writeTable(
  context: Context,
  folder: string,
  entries: readonly Entry[],
  exploded: readonly string[],
): Promise<StoredVersion> {
  const name = randomBytes(6).toString('hex');
  const path = (ending: string) => join(folder, `${name}.${ending}`);
  await writeFile(path('ndjson'), explode(entries, exploded).map(rowText).join(''));
  await context.tables.run(statements(path));
  await rm(path('ndjson'), { force: true });
  return {
    key: name,
    dataPath: path('parquet'),
    searchPath: path('search.parquet'),
    searchableFields: textNames,
    fields: catalogueFields,
    rows: entries.length,
    made: [],
  };
}

/** One row per value of the columns that hold several, as groups are made of them. */
function explode(entries: readonly Entry[], names: readonly string[]): readonly Entry[] {
  const [name, ...others] = names;
  if (name === undefined) return entries;
  const rows = entries.flatMap(({ id, values }) => {
    const several = values[name];
    const list = Array.isArray(several) ? several : [null];
    return list.map((value) => ({ id, values: { ...values, [name]: value } }));
  });
  return explode(rows, others);
}

const textNames = catalogueColumns.filter(({ kind }) => kind === 'text' || kind === 'texts').map(({ name }) => name);

/** Several values are one text in the table: conditions on one of them are answered from memory. */
function rowText({ values }: Entry): string {
  const cells = catalogueColumns.map(({ name, kind }) => {
    const value = values[name];
    if (Array.isArray(value)) return [name, value.join(', ')];
    // The engine's moments are in UTC, as ours are.
    return [name, kind === 'datetime' && typeof value === 'string' ? value.slice(0, 23) : value];
  });
  return `${JSON.stringify(Object.fromEntries(cells))}\n`;
}

const engineTypes: Readonly<Record<CatalogueColumn['kind'], string>> = {
  text: 'VARCHAR',
  texts: 'VARCHAR',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  datetime: 'VARCHAR',
};

function statements(path: (ending: string) => string): readonly Statement[] {
  const types = catalogueColumns.map(({ name, kind }) => `${quoteLiteral(name)}: ${quoteLiteral(engineTypes[kind])}`);
  const from = `read_json(${quoteLiteral(path('ndjson'))}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
  const columns = catalogueColumns.map(({ name, kind }) => {
    const column = quoteIdentifier(name);
    return kind === 'datetime' ? `CAST(${column} AS TIMESTAMP) AS ${column}` : column;
  });
  const folded = textNames.map((name) => {
    const column = quoteIdentifier(name);
    return `lower(strip_accents(${column})) AS ${column}`;
  });
  const data = `read_parquet(${quoteLiteral(path('parquet'))}, file_row_number = true)`;
  const search = [`file_row_number AS ${quoteIdentifier(searchRowName)}`, ...folded].join(', ');
  return [
    { sql: `COPY (SELECT ${columns.join(', ')} FROM ${from}) TO ${quoteLiteral(path('parquet'))} (FORMAT parquet)` },
    { sql: `COPY (SELECT ${search} FROM ${data}) TO ${quoteLiteral(path('search.parquet'))} (FORMAT parquet)` },
  ];
}
