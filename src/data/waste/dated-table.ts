// Tables with one date of collection a row: « date ; bac », as towns publish them.
import { foldText } from '../../lib/text.ts';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import { dayNumber, dayOf, numberOf } from './days.ts';
import { type DayTable, streamsOf } from './ics-days.ts';
import type { StreetTable } from './street-table.ts';

/** @returns null when the table has no column of dates beside one of streams */
export function daysOfTable({ titles, rows, sheet }: StreetTable): {
  readonly days: DayTable;
  readonly problems: readonly Problem[];
} | null {
  const names = titles.map((title) => foldText(title).replace(/[^a-z0-9]+/g, '_'));
  const date = names.findIndex((name) => /^(date|jour|day)(_(de_)?(collecte|passage))?$/.test(name));
  const stream = names.findIndex((name) =>
    /^(flux|bacs?|type|type_(de_)?dechets?|dechets?|collecte|libelle|summary|stream)$/.test(name),
  );
  if (date === -1 || stream === -1) return null;
  const sample = rows.slice(0, 200).filter(({ cells }) => readDate(cells[date] ?? '') !== null);
  if (sample.length * 2 < Math.min(rows.length, 200) || sample.length === 0) return null;
  const problems: Problem[] = [];
  const days = new Map<number, string[]>();
  for (const { cells, row } of rows) {
    const written = cells[date]?.trim() ?? '';
    const day = readDate(written);
    const found = streamsOf(cells[stream] ?? '');
    if (written === '' && found.length === 0) continue;
    if (day === null) {
      const known = { sheet, row, cell: cellAddress(date, row), value: written, column: titles[date] ?? null };
      problems.push(problem('waste.text.date', 'error', known));
      continue;
    }
    const streams = days.get(day) ?? [];
    days.set(day, [...streams, ...found.filter((each) => !streams.includes(each))]);
  }
  const sorted = [...days].sort(([one], [other]) => one - other);
  return { days: Object.fromEntries(sorted.map(([day, streams]) => [dayOf(day), streams])), problems };
}

/** "2025-05-01", "2025-05-01T…" or "01/05/2025", day first as the French write it. */
function readDate(text: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text.trim()) ?? [];
  if (year !== undefined) return dayNumber(`${year}-${month}-${date}`);
  const [, day, french, long] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? [];
  return day === undefined ? null : numberOf(Number(long), Number(french), Number(day));
}
