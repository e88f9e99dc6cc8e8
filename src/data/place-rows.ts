// Between repair and validate: puts the rows of a table in WGS84 degrees where its own columns say so in another writing.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, problem } from '../model/problem.ts';
import { type FoundPlaces, findPlaces } from './parse/geo/find-places.ts';
import { degreesText } from './parse/geo/shape.ts';
import { ShapeSum } from './parse/geo/shape-sum.ts';
import { numberedRows } from './repair/repair.ts';
import { csvLine } from './repair/set-aside.ts';
import { placeOf } from './source-row.ts';
import type { ParsedTable, PlaceExample, Stage } from './stages.ts';

const writtenAtOnce = 1 << 20;
const mostExamples = 300;

/**
 * The table with its rows' places beside its own columns, which stay as they are; the same table when its columns can be
 * read as they stand, when it says no place, or when it has shapes already.
 * @param scratch a folder of this work alone
 * @throws TerroirError disk.full
 */
export async function placeRows(table: ParsedTable, scratch: string): Promise<Stage<ParsedTable>> {
  if (table.shapes !== undefined) return { value: table, problems: [] };
  const titles = table.headers.map(({ title }) => title);
  const found = findPlaces(titles, table.sample);
  if (found === null) return { value: table, problems: [] };
  const named = (columns: readonly number[]) => columns.map((index) => titles[index] ?? '').join(' + ');
  if (found.crs === null) {
    const unknown = problem('geo.metresUnknown', 'warning', {
      sheet: table.sheet ?? null,
      column: named(found.columns),
    });
    return { value: table, problems: [unknown] };
  }
  const source = named(found.columns);
  const written = await writePlaces(table, found, join(scratch, 'placed.csv'));
  if (written.placed === 0) return { value: table, problems: [] };
  return {
    value: {
      ...table,
      source: written.source,
      shapes: {
        column: table.headers.length,
        crs: found.crs.code,
        source,
        type: written.sum.type,
        bbox: written.sum.box,
        pointColumns: [table.headers.length + 1, table.headers.length + 2],
        examples: written.examples,
      },
    },
    problems: [...toldOf(found, written, table, source), ...unreadOf(found, written, table)],
  };
}

type Written = {
  readonly source: ParsedTable['source'];
  readonly sum: ShapeSum;
  readonly placed: number;
  /** The first places: what was read, and where they are. */
  readonly examples: readonly PlaceExample[];
  /** Rows whose cells say no place that can be read: how many, and the record of the first one. */
  readonly unread: { readonly count: number; readonly record: number; readonly value: string } | null;
};

async function writePlaces(table: ParsedTable, found: FoundPlaces, path: string): Promise<Written> {
  const { source } = table;
  const sum = new ShapeSum();
  const output = await open(path, 'w');
  let [record, placed, longest, pending] = [0, 0, source.longestRecord, ''];
  const seen: { examples: PlaceExample[]; unread: Written['unread'] } = { examples: [], unread: null };
  try {
    for await (const batch of numberedRows(table)) {
      for (const { row, cells, plain } of batch) {
        record++;
        const place = found.read(cells);
        const read = () => found.columns.map((index) => cells[index]?.trim() ?? '').join(' ; ');
        let added = ['', '', ''];
        if (place !== null && place.wkt !== null) {
          placed++;
          sum.add(place);
          const [lon, lat] = place.center;
          if (seen.examples.length < mostExamples) seen.examples.push({ row, read: read(), lon, lat });
          added = [place.wkt, degreesText(place.center[0]), degreesText(place.center[1])];
        } else if (place !== null) {
          const before = seen.unread ?? { count: 0, record, value: read() };
          seen.unread = { ...before, count: before.count + 1 };
        }
        const more = csvLine(added, source.delimiter);
        const line = plain === null ? csvLine([...cells, ...added], source.delimiter) : plain + source.delimiter + more;
        longest = Math.max(longest, line.length * 3);
        pending += line;
      }
      if (pending.length < writtenAtOnce) continue;
      await output.writeFile(pending);
      pending = '';
    }
    await output.writeFile(pending);
  } finally {
    await output.close();
  }
  const { cells, ...rest } = source;
  const copy = { ...rest, path, skipLines: 0, columns: source.columns + 3, original: false, longestRecord: longest };
  // What was learnt of the table's own cells still holds; the columns that were added are texts.
  const facts = cells === undefined ? {} : { cells: [...cells, null, null, null] };
  return { source: { ...copy, ...facts }, sum, placed, ...seen };
}

/** What was understood, for people to check: a system that is told by its numbers alone is a guess. */
function toldOf(
  found: FoundPlaces,
  { examples: [first] }: Written,
  table: ParsedTable,
  source: string,
): readonly Problem[] {
  const sheet = table.sheet ?? null;
  const { lon, lat } = first ?? { lon: 0, lat: 0 };
  const proposal = `${degreesText(lat)}, ${degreesText(lon)}`;
  const known = { sheet, row: first?.row ?? null, column: source, value: first?.read ?? '', proposal };
  if (found.swapped && found.writing !== 'metres') return [problem('geo.swapped', 'warning', known)];
  const isUsual = found.crs.code === 'EPSG:2154' && !found.swapped;
  if (found.crs.code !== 'EPSG:4326')
    return [problem('geo.reprojected', isUsual ? 'advice' : 'warning', { ...known, expected: found.crs.name })];
  return [problem('geo.read', 'advice', known)];
}

function unreadOf(found: FoundPlaces, { unread }: Written, table: ParsedTable): readonly Problem[] {
  if (unread === null) return [];
  const [column = 0] = found.columns;
  return [
    problem('geo.placeUnread', 'warning', {
      ...placeOf(table, unread.record, column),
      column: table.headers[column]?.title ?? null,
      value: unread.value,
      count: unread.count,
    }),
  ];
}
