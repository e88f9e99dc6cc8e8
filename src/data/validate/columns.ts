// What is thought of each column: guessed from the sample, thought over again with the values that disobey.
import type { FieldRole } from '../../model/field.ts';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import { isoLocal, type Reading } from '../../stores/tables/conversion.ts';
import type { CellFacts } from '../cell-facts.ts';
import type { ParsedTable } from '../stages.ts';
import type { FoundCell } from './measure.ts';
import {
  isDay,
  type Judgement,
  judge,
  missingMarkers,
  obedience,
  shapeOf,
  shareInShape,
  textReading,
  trimBlanks,
} from './readings.ts';
import { isIdentifier, isTextRole, namesThings, roleOf } from './roles.ts';

export type Column = {
  readonly index: number;
  readonly title: string;
  readonly name: string;
  readonly role: FieldRole | null;
  readonly reading: Reading;
  /** Different trimmed values known so far, missing markers and empty ones left out. */
  readonly values: readonly string[];
  /** Missing markers known so far. */
  readonly missing: readonly string[];
  /** The sample's values as numbers, in order, where the reading is a number. */
  readonly numbers: readonly (number | null)[];
  /** What its bytes tell, where they were looked at. */
  readonly facts: CellFacts | null;
  readonly verified: boolean;
  readonly problems: readonly Problem[];
};

/** Below this share of obedient values a type was not meant at all, and nothing is said. */
const meantShare = 0.9;
/** Of a column of days, the share that must exist in the calendar. */
const realShare = 0.5;
/** Cells looked at in all: very wide tables are judged on fewer rows. */
const mostCells = 4_000_000;
const mostCellProblems = 100;

export function guessColumns(parsed: ParsedTable): readonly Column[] {
  const rows = parsed.sample.slice(0, Math.max(100, Math.floor(mostCells / Math.max(1, parsed.headers.length))));
  // Shapes have a column of their own, the last one: they are known already.
  return parsed.headers.slice(0, parsed.shapes?.column).map(({ title, name }, index) => {
    const cells = rows.map((row) => trimBlanks(row[index] ?? ''));
    const filled = cells.filter((cell) => cell !== '');
    const distinct = [...new Set(filled)];
    const values = distinct.filter((value) => !missingMarkers.has(value));
    const missing = distinct.filter((value) => missingMarkers.has(value));
    const role = roleOf(title, values) ?? (isIdentifier(title, filled.length, distinct.length) ? 'identifier' : null);
    const guess = bestGuess(title, role, values, missing);
    const facts = parsed.source.cells?.[index] ?? null;
    const column = { index, title, name, role, values, missing, facts, verified: false, problems: [] };
    return settle({ ...column, reading: guess, numbers: numbersOf(guess, cells) });
  });
}

/** Text needs no proof, nor does a column known to be empty; one without a value in the sample needs another look. */
function settle(column: Column): Column {
  const seen = column.values.length + column.missing.length > 0;
  return { ...column, verified: column.reading.type === 'string' && (seen || column.facts?.filled === 0) };
}

function bestGuess(
  title: string,
  role: FieldRole | null,
  values: readonly string[],
  missing: readonly string[],
): Reading {
  if (isTextRole(role)) return textReading;
  const [best] = judge(title, values);
  if (best === undefined || !isMeant(best, values) || isNumberedName(title, best.reading, values)) return textReading;
  return withMissing(best.reading, missing);
}

/** Most values obey; or half of them, when nearly all are written as days and some do not exist. */
function isMeant({ reading, share }: Judgement, values: readonly string[]): boolean {
  return share >= meantShare || (isDay(reading) && share >= realShare && shareInShape(reading, values) >= meantShare);
}

/** "2022.00010" names a decision: read as a number it would lose its last zero. */
function isNumberedName(title: string, reading: Reading, values: readonly string[]): boolean {
  return namesThings(title) && reading.type === 'number' && values.some((value) => /[.,]\d*[1-9]/.test(value));
}

function withMissing(reading: Reading, missing: readonly string[]): Reading {
  return missing.length === 0 || reading.type === 'string' ? reading : { ...reading, missingValues: missing };
}

export type Disobedience = {
  readonly offenders: readonly FoundCell[];
  /** How many values disobey, and how many there are, over all rows. */
  readonly wrong: number;
  readonly filled: number;
  /** Whether there is no other round: what does not obey now stays text. */
  readonly last: boolean;
};

/** Gives a column that disobeys the reading that its offenders obey too, or makes it text and says why. */
export function rethink(column: Column, { offenders, wrong, filled, last }: Disobedience): Column {
  const found = [...new Set(offenders.map(({ value }) => trimBlanks(value)))].filter((value) => value !== '');
  const values = [...new Set([...column.values, ...found.filter((value) => !missingMarkers.has(value))])];
  const missing = [...new Set([...column.missing, ...found.filter((value) => missingMarkers.has(value))])];
  const known = { ...column, values, missing };
  const role = column.values.length === 0 ? roleOf(column.title, values) : column.role;
  if (isTextRole(role) || values.length === 0) return { ...known, role, reading: textReading, verified: true };
  const next = judge(column.title, values).find(
    ({ share, reading }) =>
      share === 1 &&
      differs(withMissing(reading, missing), column.reading) &&
      !isNumberedName(column.title, reading, values),
  );
  if (next !== undefined && !last) return { ...known, role, reading: withMissing(next.reading, missing) };
  // Of many offenders only the first ones are known: they stand for the others.
  const strange = wrong * (isDay(column.reading) ? 1 - shareInShape(column.reading, found) : 1);
  const meant =
    column.values.length > 0 && filled - strange >= filled * meantShare && filled - wrong >= filled * realShare;
  const problems = meant ? disobedienceProblems(column, offenders, wrong) : [];
  return { ...known, role, reading: textReading, verified: true, problems: [...column.problems, ...problems] };
}

function differs(a: Reading, b: Reading): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

/** Days that do not exist are told one by one; the rest once for the column. */
function disobedienceProblems(column: Column, offenders: readonly FoundCell[], wrong: number): readonly Problem[] {
  const { reading, index, title } = column;
  const shape = shapeOf(reading.type === 'boolean' ? textReading : reading);
  const impossible = isDay(reading)
    ? offenders.filter(({ value }) => shape.test(trimBlanks(value)) && !obedience(reading)(trimBlanks(value)))
    : [];
  const place = ({ row, value }: FoundCell) => ({ row, cell: cellAddress(index, row), column: title, value });
  const problems = impossible
    .slice(0, mostCellProblems)
    .map((cell) => problem('date.invalid', 'error', { ...place(cell), expected: exampleOf(reading) }));
  const other = offenders.find((cell) => !impossible.includes(cell));
  const count = wrong - impossible.length;
  if (other === undefined || count <= 0) return problems;
  return [...problems, problem('type.mixed', 'warning', { ...place(other), expected: exampleOf(reading), count })];
}

/** What a value of a reading looks like, in the words of Table Schema or as an example. */
export function exampleOf(reading: Reading): string {
  const moment: Readonly<Record<string, string>> = {
    '%Y': '2024',
    '%y': '24',
    '%m': '01',
    '%d': '31',
    '%H': '09',
    '%M': '30',
    '%S': '00',
  };
  const written = (format: string) => format.replace(/%[YymdHMS]/g, (piece) => moment[piece] ?? piece);
  if (reading.type === 'date') return written(reading.format ?? '%Y-%m-%d');
  if (reading.type === 'datetime') return reading.format === null ? '2024-01-31T09:30:00Z' : written(reading.format);
  if (reading.type === 'time') return written(reading.format ?? '%H:%M:%S');
  if (reading.type === 'geopoint') return reading.format === 'lat,lon' ? '47.39, 0.68' : '0.68, 47.39';
  return reading.type;
}

/** The numbers that texts stand for, null where there is none. */
function numbersOf(reading: Reading, cells: readonly string[]): readonly (number | null)[] {
  if (reading.type !== 'number' && reading.type !== 'integer') return [];
  const obeys = obedience(reading);
  return cells.map((cell) => (cell !== '' && obeys(cell) ? Number(plainNumber(cell, reading)) : null));
}

/** A number's text with a decimal point and nothing else: "1 234,50 €" → "1234.50". */
export function plainNumber(text: string, reading: Reading): string {
  const bare = text.replace(/[ \u00a0\u202f€%]/g, '');
  const ungrouped = reading.groupChar === '.' ? bare.replaceAll('.', '') : bare;
  return reading.decimalChar === ',' ? ungrouped.replace(',', '.') : ungrouped;
}

/** The formats under which a column of days can also be read with the month first. */
export function monthFirst(reading: Reading): string | null {
  if (reading.type !== 'date' || reading.format === null || reading.format === isoLocal) return null;
  return /^%d(.)%m\1%[Yy]$/.test(reading.format)
    ? reading.format.replace('%d', '%_').replace('%m', '%d').replace('%_', '%m')
    : null;
}
