// Reads a collection calendar of any form (iCalendar, table of streets or of dates, sectors on a map): parse, then the waste model.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import type { Day } from '../model/waste.ts';
import { readAside } from './deposit/receive.ts';
import { readIcs, textValue } from './parse/calendar/ics.ts';
import { recogniseFormat } from './parse/formats.ts';
import { readWkt } from './parse/geo/wkt.ts';
import { openTextSource } from './parse/json/source.ts';
import { parseFile } from './parse/parse.ts';
import { regularRecords } from './repair/regular-csv.ts';
import { rowOfRecord } from './source-row.ts';
import type { DepositedFile, ParsedTable } from './stages.ts';
import { daysOfTable } from './waste/dated-table.ts';
import { type DayTable, daysOfEvents } from './waste/ics-days.ts';
import { type Sector, sectorProblems, sectorsOfTable } from './waste/sectors.ts';
import { type Street, type StreetTable, streetsOfTable, type Understood } from './waste/street-table.ts';

export type WasteImport = {
  readonly days: DayTable;
  readonly streets: readonly Street[];
  readonly sectors: readonly Sector[];
  /** Null for a file without free text. */
  readonly understood: Understood | null;
  readonly problems: readonly Problem[];
};

export type WasteImportOptions = {
  /** The last day to which endless recurrences are laid out. */
  readonly until: Day | null;
  /** The year of dates that name none. */
  readonly year: number | null;
};

/** @throws TerroirError file.* when the file is no calendar, table or map */
export async function importWaste(path: string, options: WasteImportOptions): Promise<WasteImport> {
  const scratch = await mkdtemp(join(tmpdir(), 'terroir-waste-'));
  try {
    const file = await readAside(path, scratch);
    const { format } = await recogniseFormat(file.path, file.innerName ?? file.name);
    return format === 'icalendar'
      ? await fromCalendar(file, scratch, options)
      : await fromTables(file, scratch, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function fromCalendar(file: DepositedFile, scratch: string, { until }: WasteImportOptions): Promise<WasteImport> {
  // The stage answers for what is no calendar at all; then events are read with the zones that a table would lose.
  const parsed = await parseFile(file, { scratch });
  const source = await openTextSource(file, scratch);
  const bytes = (await readFile(source.path)).subarray(source.start);
  const { days, problems } = daysOfEvents(
    readIcs(bytes.toString('utf8')).events.filter(({ kind }) => kind === 'VEVENT'),
    textValue,
    until,
  );
  return { days, streets: [], sectors: [], understood: null, problems: [...parsed.problems, ...problems] };
}

async function fromTables(file: DepositedFile, scratch: string, { year }: WasteImportOptions): Promise<WasteImport> {
  const parsed = await parseFile(file, { scratch });
  const problems: Problem[] = [...parsed.problems];
  const days: Record<Day, readonly string[]> = {};
  const streets: Street[] = [];
  const sectors: Sector[] = [];
  const counts = { texts: 0, withDays: 0, withoutDay: 0 };
  for (const table of parsed.value.tables) {
    const whole = await tableOf(table);
    const dated = table.shapes === undefined ? daysOfTable(whole) : null;
    if (dated !== null) {
      for (const [day, found] of Object.entries(dated.days)) days[day] = [...(days[day] ?? []), ...found];
      problems.push(...dated.problems);
      continue;
    }
    if (table.shapes !== undefined && /polygon|geometry/i.test(table.shapes.type)) {
      const { column } = table.shapes;
      const found = sectorsOfTable(whole, year, (cells) => readWkt(cells[column] ?? '')?.shape ?? null);
      sectors.push(...found.sectors);
      problems.push(...found.problems);
      continue;
    }
    const found = streetsOfTable(whole, year);
    for (const street of found.streets) streets.push(street);
    for (const each of found.problems) problems.push(each);
    counts.texts += found.understood.texts;
    counts.withDays += found.understood.withDays;
    counts.withoutDay += found.understood.withoutDay;
  }
  const good = counts.withDays + counts.withoutDay;
  const understood = counts.texts === 0 ? null : { ...counts, missed: counts.texts - good, share: good / counts.texts };
  return { days, streets, sectors, understood, problems: [...problems, ...sectorProblems(sectors)] };
}

/** All the records of a table, each with its row as the spreadsheet shows it. */
async function tableOf(table: ParsedTable): Promise<StreetTable> {
  const rows: { cells: readonly string[]; row: number }[] = [];
  for await (const batch of regularRecords(table.source))
    for (const { cells } of batch) rows.push({ cells, row: rowOfRecord(table, rows.length + 1) });
  return { titles: table.headers.map(({ title }) => title), rows, sheet: table.sheet ?? null, unit: table.unit };
}
