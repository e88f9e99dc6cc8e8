// /api/records/1.0/download: all the rows that filters leave, as a file; CSV unless another format is asked for.
import type { Context } from '../../context.ts';
import { csvDelimiters } from '../../data/export/request.ts';
import { fieldNamed, quotedName } from '../../data/query/q-words.ts';
import { exportDataset } from '../explore/service.ts';
import { flag, integer, lastText, outOfRange, type Query, texts } from './parameters.ts';
import { openRows, orderOf, settingsOf } from './rows.ts';

/** Formats under their names of then. */
const formerFormats: Readonly<Record<string, string>> = { xls: 'xlsx', geojsonp: 'geojson' };

/** The format asked for, under its name of now; `json` is the room's own. */
export function downloadFormat(query: Query): string {
  const asked = (lastText(query, 'format') ?? 'csv').toLowerCase();
  return formerFormats[asked] ?? asked;
}

/** @throws TerroirError export.*, dataset.*, query.*, engine.*, disk.full */
export async function downloadRows(context: Context, query: Query) {
  const { dataset, fields, filters, where } = await openRows(context, query);
  const format = downloadFormat(query);
  const limit = integer(query, 'rows', -1, { min: -1, max: 2 ** 31 });
  const names = texts(query, 'fields').flatMap((text) => text.split(',').map((name) => name.trim()));
  const columns = names
    .filter((name) => name !== '')
    .map((name) => quotedName(fieldNamed(fields, name, 'fields').name));
  const order = orderOf(query, fields);
  return exportDataset(context, dataset.id, format, {
    ...settingsOf(filters),
    ...(where.length > 0 && { where }),
    ...(columns.length > 0 && { select: columns.join(', ') }),
    ...(order !== null && { order_by: order }),
    ...(limit !== -1 && { limit }),
    csv: { delimiter: delimiterOf(query), withBom: false, useLabels: flag(query, 'use_labels_for_header') },
  });
}

function delimiterOf(query: Query): (typeof csvDelimiters)[number] {
  const asked = query['csv_separator'];
  const text = Array.isArray(asked) ? (asked.at(-1) as unknown) : asked;
  if (text === undefined || text === '') return ';';
  const found = csvDelimiters.find((one) => one === text);
  if (found === undefined)
    throw outOfRange('csv_separator', String(text), csvDelimiters.map((d) => JSON.stringify(d)).join(', '));
  return found;
}
