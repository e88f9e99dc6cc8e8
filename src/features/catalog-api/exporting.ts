// An export of the catalogue, from its query to its bytes: a few datasets are read at a time, and sent while the next ones are.
import { Readable } from 'node:stream';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import {
  type CatalogueFormat,
  catalogueFormats,
  cellsOf,
  csvLine,
  describedFormats,
  type ExportOptions,
  tableHeader,
  tableRow,
  workbook,
} from './exports.ts';
import { answersOf, type Described, needsObjects, readObjects } from './objects.ts';
import { type PlannedRows, readRows } from './querying.ts';
import type { CatalogueQuery } from './schemas.ts';
import { type CatalogueTable, catalogueTable } from './table.ts';

export type CatalogueFile = { readonly type: string; readonly ending: string; readonly body: Readable | Uint8Array };

/** Datasets read at once. */
const together = 50;
const mostRows = 1_000_000;

type Row = Readonly<Record<string, unknown>>;

/**
 * A file of the datasets that a query selects; `limit` -1 is all of them.
 * @throws TerroirError export.formatUnknown, query.*, engine.*
 */
export async function exportCatalogue(
  context: Context,
  format: string,
  query: CatalogueQuery,
  options: ExportOptions,
): Promise<CatalogueFile> {
  mustBeAbleTo(context.actor, 'catalog.read');
  if (!catalogueFormats.some((known) => known === format)) throw new TerroirError('export.formatUnknown', { format });
  const table = await catalogueTable(context);
  const page = { limit: query.limit === -1 ? mostRows : query.limit, offset: query.offset };
  const described = describedFormats[format];
  // These formats say the same of every dataset, whatever is selected.
  const { select: _select, group_by: _group, ...filters } = query;
  const found = await readRows(context, table, described === undefined ? query : filters, page);
  const source: Source = { context, table, found, options, timezone: query.timezone ?? 'UTC' };
  if (described !== undefined)
    return { type: described.type, ending: described.ending, body: Readable.from(describedTexts(source, described)) };
  if (format === 'json')
    return { type: 'application/json; charset=utf-8', ending: 'json', body: Readable.from(jsonTexts(source)) };
  const everything = query.select === undefined && query.group_by === undefined;
  const header = everything ? tableHeader : namesOf(found);
  if (format === 'csv')
    return {
      type: 'text/csv; charset=utf-8',
      ending: 'csv',
      body: Readable.from(csvTexts(source, header, everything)),
    };
  const rows: (readonly unknown[])[] = [];
  for await (const some of cellsInTurn(source, header, everything)) rows.push(...some);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { type, ending: 'xlsx', body: await workbook(header, rows) };
}

type Source = {
  readonly context: Context;
  readonly table: CatalogueTable;
  readonly found: PlannedRows;
  readonly options: ExportOptions;
  readonly timezone: string;
};

async function* objectsInTurn({ context, table, found, options, timezone }: Source) {
  const { publicUrl } = options;
  for (let from = 0; from < found.ids.length; from += together) {
    const ids = found.ids.slice(from, from + together);
    yield { from, ids, objects: await readObjects(context, table, ids, { publicUrl, timezone }) };
  }
}

/** What is selected, a few rows at a time. */
async function* answersInTurn(source: Source): AsyncGenerator<readonly Row[]> {
  const { found, table } = source;
  if (found.parts === null || !needsObjects(found.parts)) {
    yield answersOf(found, table, new Map<string, Described>()).map(({ answer }) => answer);
    return;
  }
  for await (const { from, ids, objects } of objectsInTurn(source))
    yield answersOf({ ...found, ids, rows: found.rows.slice(from, from + ids.length) }, table, objects).map(
      ({ answer }) => answer,
    );
}

async function* describedTexts(source: Source, format: CatalogueFormat): AsyncGenerator<string> {
  const { found, options } = source;
  yield format.head(options, found.ids);
  let index = 0;
  for await (const { objects } of objectsInTurn(source))
    yield [...objects.values()].map((described) => format.one(described, options, index++)).join('');
  yield format.foot(options);
}

async function* jsonTexts(source: Source): AsyncGenerator<string> {
  let first = true;
  yield '[';
  for await (const answers of answersInTurn(source)) {
    yield answers.map((answer, i) => `${first && i === 0 ? '' : ','}\n${JSON.stringify(answer)}`).join('');
    first &&= answers.length === 0;
  }
  yield '\n]\n';
}

async function* csvTexts(source: Source, header: readonly string[], everything: boolean): AsyncGenerator<string> {
  const { options } = source;
  yield (options.withBom ? '\uFEFF' : '') + csvLine(header, options);
  for await (const rows of cellsInTurn(source, header, everything))
    yield rows.map((row) => csvLine(row, options)).join('');
}

/** Rows of a table. One of all the columns is in memory already: no dataset is read for it. */
async function* cellsInTurn(
  source: Source,
  header: readonly string[],
  everything: boolean,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  const { found, table, timezone } = source;
  if (everything) yield found.ids.flatMap((id) => tableRow(table.byId.get(id)?.values, timezone));
  else for await (const answers of answersInTurn(source)) yield answers.map((answer) => cellsOf(answer, header));
}

/** The columns of what is selected, by the first answer's names where objects are. */
function namesOf({ parts, columns }: PlannedRows): readonly string[] {
  if (parts === null) return columns;
  return parts.flatMap((part) => ('name' in part ? [part.name] : part.kind === 'whole' ? tableHeader : []));
}
