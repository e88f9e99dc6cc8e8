// /datastore/dump/{resource}: all the rows of a resource as a file, a block at a time, in the DataStore's forms.
import { Readable } from 'node:stream';
import { escapeXml } from '../../data/export/values.ts';
import { type DataColumn, type DataQuery, toldRecords } from './datastore.ts';
import { openResource, type Row, rowsOfQuery } from './datastore-actions.ts';
import { flag, natural, text, wrong } from './given.ts';
import type { Asked } from './site.ts';

type DumpFormat = {
  readonly type: string;
  head(columns: readonly DataColumn[]): string;
  rows(rows: readonly Row[], columns: readonly DataColumn[], first: boolean): string;
  readonly tail: string;
};

const table = (form: 'csv' | 'tsv', type: string): DumpFormat => ({
  type,
  head: (columns) => {
    const header = Object.fromEntries(columns.map(({ id }) => [id, id]));
    return toldRecords([header], columns, form) as string;
  },
  rows: (rows, columns) => toldRecords(rows, columns, form) as string,
  tail: '',
});

const formats: Readonly<Record<string, DumpFormat>> = {
  csv: table('csv', 'text/csv; charset=utf-8'),
  tsv: table('tsv', 'text/tab-separated-values; charset=utf-8'),
  json: {
    type: 'application/json; charset=utf-8',
    head: (columns) => `{\n  "fields": ${JSON.stringify(columns)},\n  "records": [`,
    rows: (rows, columns, first) => {
      const lists = toldRecords(rows, columns, 'lists') as readonly unknown[];
      return lists.map((list, i) => `${first && i === 0 ? '' : ','}\n    ${JSON.stringify(list)}`).join('');
    },
    tail: '\n]}\n',
  },
  xml: {
    type: 'text/xml; charset=utf-8',
    head: () => '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n',
    rows: (rows, columns) => rows.map((row) => xmlRow(row, columns)).join(''),
    tail: '</data>\n',
  },
};

/** The number of the row is an attribute; a column is a `value` whose name is another, for names are no names of elements. */
function xmlRow(row: Row, columns: readonly DataColumn[]): string {
  const cells = columns.flatMap(({ id }) => {
    if (id === '_id') return [];
    const value = row[id] ?? null;
    const name = `name="${escapeXml(id)}"`;
    if (value === null) return [`<value ${name} xsi:nil="true"/>`];
    return [`<value ${name}>${escapeXml(typeof value === 'object' ? JSON.stringify(value) : String(value))}</value>`];
  });
  const number = columns.some(({ id }) => id === '_id') ? ` _id="${String(row['_id'])}"` : '';
  return `<row${number}>${cells.join('')}</row>\n`;
}

export type Dump = { readonly type: string; readonly name: string; readonly body: Readable };

/**
 * What datastore_search finds, without a limit unless one is asked for.
 * @throws TerroirError ckan.field, ckan.notFound, dataset.*, query.*, engine.*
 */
export async function dumpRows(asked: Asked): Promise<Dump> {
  const { given } = asked;
  const ending = text(given, 'format') ?? 'csv';
  const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined;
  if (format === undefined) throw wrong('format', `format: must be one of ${Object.keys(formats).join(', ')}`);
  const { id, found, query } = await openResource(asked);
  const blocks = rowsOfQuery(asked, found, { ...query, limit: natural(given, 'limit', Number.MAX_SAFE_INTEGER) });
  // Refused before anything is sent.
  const first = await blocks.next();
  const bom = flag(given, 'bom', false) && (ending === 'csv' || ending === 'tsv') ? '\uFEFF' : '';
  return { type: format.type, name: `${id}.${ending}`, body: Readable.from(pieces(format, query, bom, first, blocks)) };
}

async function* pieces(
  format: DumpFormat,
  { columns }: DataQuery,
  bom: string,
  first: IteratorResult<readonly Row[], void>,
  blocks: AsyncGenerator<readonly Row[], void>,
) {
  yield bom + format.head(columns);
  let begun = false;
  for (let block = first; block.done !== true; block = await blocks.next()) {
    if (block.value.length > 0) yield format.rows(block.value, columns, !begun);
    begun ||= block.value.length > 0;
  }
  yield format.tail;
}
