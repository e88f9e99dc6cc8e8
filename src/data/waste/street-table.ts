// Tables of streets or sectors with their days of collection: finds the columns by what they hold, reads free text, lists what it misses.
import { foldText } from '../../lib/text.ts';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import type { CollectionRound } from '../../model/waste.ts';
import { isDay } from './days.ts';
import { roundsOfText, type TextRound } from './text/rounds.ts';
import { tokensOf } from './text/tokens.ts';

export type StreetRow = { readonly cells: readonly string[]; readonly row: number };
export type StreetTable = {
  readonly titles: readonly string[];
  readonly rows: readonly StreetRow[];
  readonly sheet: string | null;
  /** What a row is where no spreadsheet numbers it. */
  readonly unit?: 'object' | undefined;
};

/** A street or a sector and what is collected there. */
export type Street = {
  readonly place: string;
  readonly commune: string | null;
  readonly row: number;
  /** The notices as they are written. */
  readonly text: string;
  readonly rounds: readonly CollectionRound[];
  /** Whether the notice says itself that it gives no day. */
  readonly noDay: boolean;
};

/** How many of the texts were understood whole, word by word. */
export type Understood = {
  readonly texts: number;
  readonly withDays: number;
  /** Understood, and what they say is that no day is given. */
  readonly withoutDay: number;
  readonly missed: number;
  /** (withDays + withoutDay) / texts, 1 for no text. */
  readonly share: number;
};

export type StreetsRead = {
  readonly streets: readonly Street[];
  readonly understood: Understood;
  readonly problems: readonly Problem[];
};

type Columns = {
  readonly place: number;
  readonly commune: number;
  readonly stream: number;
  readonly texts: readonly number[];
};

const looked = 200;
const roadWords =
  /^(\d+\w? )?(allee|avenue|av|boulevard|bd|chemin|cours|cite|esplanade|hameau|impasse|lotissement|mail|passage|place|promenade|quai|residence|route|rue|ruelle|sentier|square|venelle|voie|villa)\b/;
const placeTitles =
  /^(voie|rue|nom_?(de_?)?(la_?)?(voie|rue)|adresse|street|secteur|sector|zone|quartier|lieu|libelle|nom)\b/;
const streamTitles = /^(flux|type_?(de_?)?dechets?|dechets?|bac|stream|collecte)$/;
const communeTitles = /^(commune|ville|nom_?(de_?la_?)?commune)$/;

/** @param year the year of dates that name none */
export function streetsOfTable(table: StreetTable, year: number | null): StreetsRead {
  const columns = columnsOf(table);
  if (columns === null) {
    const value = table.titles.join(', ').slice(0, 300);
    const missing = problem('waste.streets.noColumns', 'error', {
      sheet: table.sheet,
      value,
      expected: '« Bac jaune mercredi, bac bleu mardi »',
    });
    return { streets: [], understood: shareOf(0, 0, 0), problems: [missing] };
  }
  const problems: Problem[] = [];
  const streets: Street[] = [];
  const counts = { texts: 0, withDays: 0, withoutDay: 0 };
  for (const { cells, row } of table.rows) {
    const notices = columns.texts.flatMap((column) => {
      const text = cells[column]?.trim() ?? '';
      return text === '' ? [] : [{ column, text }];
    });
    if (notices.length === 0) continue;
    const place = cells[columns.place]?.trim() ?? '';
    if (place === '') {
      const column = table.titles[columns.place] ?? null;
      problems.push(problem('waste.streets.noPlace', 'error', { sheet: table.sheet, row, column, ...unitOf(table) }));
      continue;
    }
    const rounds: CollectionRound[] = [];
    let noDay = false;
    for (const { column, text } of notices) {
      counts.texts++;
      const named = streamOf(cells[columns.stream] ?? '') ?? streamOf(table.titles[column] ?? '');
      const read = noticeOf(text, named, year);
      const at = { sheet: table.sheet, row, cell: cellAddress(column, row), ...unitOf(table) };
      problems.push(...read.problems.map((each) => ({ ...each, ...at })));
      rounds.push(...read.rounds);
      noDay ||= read.noDay;
      if (read.problems.length > 0) continue;
      if (read.rounds.length > 0) counts.withDays++;
      else counts.withoutDay++;
    }
    const commune = cells[columns.commune]?.trim() ?? '';
    const text = notices.map((each) => each.text).join(' ; ');
    streets.push({ place, commune: commune === '' ? null : commune, row, text, rounds, noDay });
  }
  return { streets, understood: shareOf(counts.texts, counts.withDays, counts.withoutDay), problems };
}

function unitOf({ unit }: StreetTable): { readonly unit?: 'object' } {
  return unit === undefined ? {} : { unit };
}

function shareOf(texts: number, withDays: number, withoutDay: number): Understood {
  const good = withDays + withoutDay;
  return { texts, withDays, withoutDay, missed: texts - good, share: texts === 0 ? 1 : good / texts };
}

function noticeOf(text: string, named: string | null, year: number | null) {
  const read = roundsOfText(text, year);
  const nameless = read.rounds.some(({ stream }) => stream === null);
  const problems =
    nameless && named === null
      ? [
          ...read.problems,
          problem('waste.text.noStream', 'error', { column: text.slice(0, 200), value: text.slice(0, 200) }),
        ]
      : read.problems;
  return { ...read, problems, rounds: read.rounds.flatMap((round) => withStream(round, named)) };
}

function withStream(round: TextRound, named: string | null): readonly CollectionRound[] {
  const stream = round.stream ?? named;
  return stream === null ? [] : [{ ...round, stream }];
}

/** What a header or a cell says is collected: « Jour bac jaune » is "jaune", « dcv » is nothing. */
function streamOf(text: string): string | null {
  const codes = tokensOf(text.replaceAll('_', ' ')).items.flatMap((item) =>
    item.kind === 'stream' ? [item.code] : [],
  );
  return [...new Set(codes)].length === 1 ? (codes[0] ?? null) : null;
}

/** Null when no column holds days of collection. */
function columnsOf({ titles, rows }: StreetTable): Columns | null {
  const names = titles.map((title) => foldText(title).replace(/[^a-z0-9]+/g, '_'));
  const every = Math.max(1, Math.floor(rows.length / looked));
  const sample = rows.filter((_, index) => index % every === 0).map(({ cells }) => cells);
  const shareIn = (column: number, good: (cell: string) => boolean) => {
    const filled = sample.map((cells) => cells[column]?.trim() ?? '').filter((cell) => cell !== '');
    return filled.length === 0 ? 0 : filled.filter(good).length / filled.length;
  };
  const every0 = titles.map((_, column) => column);
  const texts = every0.filter((column) => shareIn(column, speaksOfDays) >= 0.5);
  if (texts.length === 0) return null;
  const others = every0.filter((column) => !texts.includes(column));
  const roads = others
    .map((column) => ({ column, share: shareIn(column, (cell) => roadWords.test(foldText(cell))) }))
    .sort((one, other) => other.share - one.share)[0];
  const titled = others.find((column) => placeTitles.test(names[column] ?? ''));
  const commune = others.find((column) => communeTitles.test(names[column] ?? ''));
  const place = roads !== undefined && roads.share >= 0.5 ? roads.column : (titled ?? commune);
  if (place === undefined) return null;
  const stream = others.find((column) => streamTitles.test(names[column] ?? '')) ?? -1;
  return { place, commune: commune === place ? -1 : (commune ?? -1), stream, texts };
}

/** Whether a cell is a notice; a date alone is none. */
function speaksOfDays(cell: string): boolean {
  if (isDay(cell) || cell.length > 2000) return false;
  return tokensOf(cell).items.some(({ kind }) => kind === 'days' || kind === 'noDay');
}
