// Reads an iCalendar file as a table: one row per event, its usual properties first, recurrence rules kept as they are.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, Stage } from '../../stages.ts';
import { wgs84 } from '../geo/crs.ts';
import { type LayerObject, writeLayer } from '../geo/layer.ts';
import { openTextSource } from '../json/source.ts';
import { columnBook } from '../json/values.ts';
import { type IcsEvent, type IcsProperty, momentValue, readIcs, textValue } from './ics.ts';

/** RFC 5545's names and the columns that they become; first those that every calendar of a town hall has. */
const columns: Readonly<Record<string, string>> = {
  SUMMARY: 'summary',
  DTSTART: 'start',
  DTEND: 'end',
  DUE: 'end',
  LOCATION: 'location',
  DESCRIPTION: 'description',
  URL: 'url',
  UID: 'uid',
  RRULE: 'rrule',
  RDATE: 'rdate',
  EXDATE: 'exdate',
  DURATION: 'duration',
  CATEGORIES: 'categories',
  STATUS: 'status',
  ORGANIZER: 'organizer',
  CONTACT: 'contact',
  'LAST-MODIFIED': 'last_modified',
};
/** There even when empty, so that two calendars have the same columns. */
const always = ['summary', 'start', 'end', 'location', 'description', 'url', 'uid'];
const moments = new Set(['DTSTART', 'DTEND', 'DUE', 'LAST-MODIFIED']);

/** A calendar is read whole: one of this size holds a century of events. */
const mostBytes = 64 * 1024 * 1024;

/** @throws TerroirError file.empty, file.binary, file.damaged, file.objectTooLong */
export async function readCalendar(file: DepositedFile, { scratch }: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  const source = await openTextSource(file, scratch);
  const bytes = (await readFile(source.path)).subarray(source.start);
  if (bytes.length > mostBytes) throw new TerroirError('file.objectTooLong', { name, max: mostBytes });
  const { events, cut } = readIcs(bytes.toString('utf8'));
  const used = new Set(events.flatMap(({ properties }) => properties.map((each) => columns[each.name])));
  const book = columnBook();
  for (const column of Object.values(columns)) if (always.includes(column) || used.has(column)) book.index(column);
  const located = events.some(({ properties }) => properties.some((each) => each.name === 'GEO'));
  const written = await writeLayer(
    {
      name: name.replace(/(\.(ics|ical|ifb|gz|zip))+$/i, '') || name,
      columns: book.titles,
      async *objects() {
        yield events.map((event) => objectOf(event, book.titles));
      },
      declared: located ? { crs: wgs84, source: 'GEO' } : null,
    },
    join(scratch, `${randomUUID()}.csv`),
    name,
  );
  if (written.table.source.records === 0) throw new TerroirError(cut ? 'file.damaged' : 'file.empty', { name });
  const broken = cut ? [problem('file.cut', 'error', { count: written.table.rows })] : [];
  return {
    value: { format: 'ics', encoding: source.encoding, delimiter: null, tables: [written.table] },
    problems: [...source.problems, ...broken, ...written.problems],
  };
}

function objectOf({ properties }: IcsEvent, titles: readonly string[]): LayerObject {
  const cells: (string | undefined)[] = [];
  for (const property of properties) {
    const column = columns[property.name];
    const at = column === undefined ? -1 : titles.indexOf(column);
    if (at === -1) continue;
    const text = cellOf(property);
    // Categories and exceptions may be written one by one.
    cells[at] = cells[at] === undefined || cells[at] === '' ? text : `${cells[at]},${text}`;
  }
  const geo = properties.find(({ name }) => name === 'GEO');
  return { cells, shape: geo === undefined ? null : pointOf(geo.value) };
}

function cellOf({ name, value }: IcsProperty): string {
  if (moments.has(name)) return momentValue(value);
  if (name === 'RRULE' || name === 'EXDATE' || name === 'RDATE' || name === 'DURATION') return value.trim();
  const text = textValue(value);
  return name === 'ORGANIZER' ? text.replace(/^mailto:/i, '') : text;
}

/** RFC 5545 writes latitude first. */
function pointOf(value: string): unknown {
  const [lat, lon] = value.split(';').map(Number);
  return { type: 'Point', coordinates: [lon, lat] };
}
