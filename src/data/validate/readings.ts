// Which reading (type and way of writing) the texts of a column obey best, judged on examples; the engine judges all rows.

import { headerWords } from '../../lib/header-words.ts';
import { blanks, isoLocal, type Reading, valuePattern } from '../../stores/tables/conversion.ts';

/** Texts by which programs say "no value". */
export const missingMarkers: ReadonlySet<string> = new Set(['NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', '#N/A']);

export type Judgement = {
  readonly reading: Reading;
  /** Share of the values that obey, between 0 and 1. */
  readonly share: number;
};

export const textReading: Reading = { type: 'string', format: null };
const datesOf = (separator: string): readonly Reading[] => [
  { type: 'date', format: `%d${separator}%m${separator}%Y` },
  { type: 'date', format: `%d${separator}%m${separator}%y` },
];

/** In order of preference: where two readings obey alike, the first one is kept. */
const ordinary: readonly Reading[] = [
  { type: 'boolean', format: null, trueValues: ['oui'], falseValues: ['non'] },
  { type: 'boolean', format: null, trueValues: ['vrai'], falseValues: ['faux'] },
  { type: 'boolean', format: null },
  { type: 'integer', format: null },
  { type: 'number', format: null },
  { type: 'number', format: null, decimalChar: ',' },
  { type: 'integer', format: null, groupChar: ' ' },
  { type: 'number', format: null, groupChar: ' ' },
  { type: 'number', format: null, decimalChar: ',', groupChar: ' ' },
  ...['€', '%'].flatMap((unit): Reading[] => [
    { type: 'integer', format: null, groupChar: ' ', unit },
    { type: 'number', format: null, groupChar: ' ', unit },
    { type: 'number', format: null, decimalChar: ',', groupChar: ' ', unit },
    { type: 'number', format: null, decimalChar: ',', groupChar: '.', unit },
  ]),
  { type: 'date', format: null },
  ...['/', '.', '-'].flatMap(datesOf),
  { type: 'date', format: '%Y/%m/%d' },
  { type: 'date', format: '%Y.%m.%d' },
  { type: 'datetime', format: null },
  { type: 'datetime', format: isoLocal },
  ...['/', '.', '-'].flatMap((separator): Reading[] => [
    { type: 'datetime', format: `%d${separator}%m${separator}%Y %H:%M` },
    { type: 'datetime', format: `%d${separator}%m${separator}%Y %H:%M:%S` },
  ]),
  { type: 'time', format: null },
  { type: 'time', format: '%H:%M' },
  { type: 'date', format: '%m/%d/%Y' },
];
/** Only where a value has both signs: 1.234 alone is one and a quarter, not a thousand. */
const dotGroups: Reading = { type: 'number', format: null, decimalChar: ',', groupChar: '.' };
/** Eight digits are a date only where the header speaks of one. */
const compactDate: Reading = { type: 'date', format: '%Y%m%d' };

const firstLook = 60;
const worthALook = 0.7;

/** Judges the readings of a column's different trimmed values; the best first. Text, which all values obey, comes last. */
export function judge(title: string, values: readonly string[]): readonly Judgement[] {
  if (values.length === 0) return [];
  const step = Math.max(1, Math.floor(values.length / firstLook));
  const few = values.filter((_, index) => index % step === 0);
  const judged: Judgement[] = [];
  for (const reading of candidates(title, few)) {
    // Days that do not exist are still meant as days.
    if ((isDay(reading) ? shareInShape(reading, few) : shareOf(reading, few)) < worthALook) continue;
    const share = shareOf(reading, values);
    if (share > 0) judged.push({ reading: trimSigns(reading, values), share });
  }
  return judged.sort((a, b) => b.share - a.share);
}

function candidates(title: string, values: readonly string[]): readonly Reading[] {
  const speaksOfDate = headerWords(title).some((word) => /^(date|dat|jour|day|maj)/.test(word));
  const grouped = values.some((value) => /^\d{1,3}(\.\d{3})+,\d/.test(value));
  return [
    ...(speaksOfDate ? [compactDate] : []),
    ...(grouped ? [dotGroups] : []),
    ...ordinary,
    ...geopoints(title, values),
  ];
}

/** "47.39, 0.68" is read in the order that its header, its brackets or France's place on Earth tell. */
function geopoints(title: string, values: readonly string[]): readonly Reading[] {
  const latFirst: Reading = { type: 'geopoint', format: 'lat,lon' };
  const lonFirst: Reading = { type: 'geopoint', format: 'lon,lat' };
  const pairs = values.flatMap((value) => {
    const [, a, b] = /^\[?[ \t]*(-?\d+(?:\.\d+)?)[ \t]*,[ \t]*(-?\d+(?:\.\d+)?)[ \t]*\]?$/.exec(value) ?? [];
    return a === undefined || b === undefined ? [] : [[Number(a), Number(b)] as const];
  });
  if (pairs.length === 0 || !values.some((value) => value.includes('.'))) return [];
  const inFrance = (lat: number, lon: number) => lat > 41 && lat < 52 && lon > -6 && lon < 10;
  const latLon = pairs.filter(([a, b]) => inFrance(a, b)).length;
  const lonLat = pairs.filter(([a, b]) => inFrance(b, a)).length;
  const lonFirstByHabit =
    values.some((value) => value.startsWith('[')) || /lon.*lat|xy/.test(headerWords(title).join('_'));
  return lonLat > latLon || (lonLat === latLon && lonFirstByHabit) ? [lonFirst, latFirst] : [latFirst, lonFirst];
}

/** Says nothing of a sign that no value uses. */
function trimSigns(reading: Reading, values: readonly string[]): Reading {
  if (reading.groupChar === undefined) return reading;
  const { groupChar, ...rest } = reading;
  const used = groupChar === ' ' ? /\d[ \u00a0\u202f]\d/ : /\d\.\d{3}/;
  return values.some((value) => used.test(value)) ? reading : rest;
}

/** Whether a reading is of days, of which some that are written do not exist. */
export function isDay(reading: Reading): boolean {
  return reading.type === 'date' || reading.type === 'datetime';
}

/** The share of values that are written as a reading wants, whether or not they exist in the calendar. */
export function shareInShape(reading: Reading, values: readonly string[]): number {
  const shape = shapeOf(reading);
  return values.length === 0 ? 0 : values.filter((value) => shape.test(value)).length / values.length;
}

function shareOf(reading: Reading, values: readonly string[]): number {
  const obeys = obedience(reading);
  let good = 0;
  for (const value of values) if (obeys(value)) good++;
  return values.length === 0 ? 0 : good / values.length;
}

/** Whether a trimmed text obeys a reading: the pattern of the engine, and the calendar. */
export function obedience(reading: Reading): (value: string) => boolean {
  if (reading.type === 'string') return () => true;
  if (reading.type === 'boolean') {
    const known = new Set([...(reading.trueValues ?? ['true']), ...(reading.falseValues ?? ['false'])]);
    return (value) => known.has(value.toLowerCase());
  }
  const pattern = shapeOf(reading);
  if (reading.type === 'date' || reading.type === 'datetime') {
    const order = [...(reading.format ?? '%Y-%m-%d').matchAll(/%([Yymd])/g)].map((piece) => piece[1]);
    const compact = reading.format === compactDate.format;
    return (value) =>
      pattern.test(value) &&
      isInCalendar(
        compact ? [value.slice(0, 4), value.slice(4, 6), value.slice(6)] : (value.match(/\d+/g) ?? []),
        order,
      );
  }
  if (reading.type === 'geopoint') {
    return (value) => {
      const [, a = '', b = ''] = pattern.exec(value) ?? [];
      const [lat, lon] = reading.format === 'lat,lon' ? [a, b] : [b, a];
      return a !== '' && Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180;
    };
  }
  return (value) => pattern.test(value);
}

/** The pattern alone, calendar left aside: 31/02/2024 has the shape of a date. */
export function shapeOf(reading: Reading): RegExp {
  return new RegExp(`^(?:${valuePattern(reading)})$`);
}

function isInCalendar(numbers: readonly string[], order: readonly (string | undefined)[]): boolean {
  const of = (...pieces: string[]) => Number(numbers[order.findIndex((piece) => pieces.includes(piece ?? ''))]);
  const [year, month, day] = [of('Y', 'y'), of('m'), of('d')];
  // A two-digit year is read in 1969–2068: the same leap years, but for 2000.
  const full = order.includes('y') ? (year < 69 ? 2000 + year : 1900 + year) : year;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(full, month - 1, day);
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A raw text without the blanks around it, as the engine trims it. */
export function trimBlanks(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && blanks.includes(value[start] as string)) start++;
  while (end > start && blanks.includes(value[end - 1] as string)) end--;
  return value.slice(start, end);
}
