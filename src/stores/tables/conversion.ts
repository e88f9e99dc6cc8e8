// From raw text to typed value, in the engine's SQL: what a text must look like to obey a type, and how it is read.
import type { Field, FieldType } from '../../model/field.ts';
import { quoteLiteral } from './dialect.ts';

/** How the texts of a column are to be read: a field without its name and meaning. */
export type Reading = Omit<Field, 'name' | 'title' | 'role'>;

/** A delimited file as the engine is told about it. */
export type CsvSource = {
  readonly path: string;
  readonly delimiter: string;
  readonly skipLines: number;
  readonly columns: number;
  readonly longestRecord: number;
};

export const engineTypes: Readonly<Record<FieldType, string>> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  time: 'TIME',
  geopoint: 'STRUCT(lon DOUBLE, lat DOUBLE)',
  geojson: 'GEOMETRY',
};

/** What surrounds a value without being part of it: blank, tabulation, line ends, no-break spaces. */
export const blanks = ' \t\r\n\u00a0\u202f';
/** The spaces that group thousands; `groupChar: ' '` stands for any of them. */
const groupSpaces = ' \u00a0\u202f';

/** Default maximum of the engine, in bytes; a larger one makes every read slower, so it is only asked for when needed. */
const usualLineBytes = 2_097_152;

/** The column of a search file that names the row of the data; no field has such a name. */
export const searchRowName = '#row';

/** The name of a raw column in SQL: c0, c1 … */
export function rawColumn(index: number): string {
  return `"c${index}"`;
}

/**
 * SQL that reads a regular file with nothing left to guess: columns named c0, c1 …; an empty cell is NULL. The file must
 * have been found regular: the engine stops at the first record that is not, and at the first cell that is not of its type.
 * @param types engine types by column; text where there is none
 */
export function readCsvExpression(source: CsvSource, types: readonly string[] = []): string {
  const columns = Array.from({ length: source.columns }, (_, i) => `'c${i}': '${types[i] ?? 'VARCHAR'}'`).join(', ');
  const options = [
    quoteLiteral(source.path),
    'auto_detect = false',
    `delim = ${quoteLiteral(source.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = ''`,
    'header = false',
    `skip = ${source.skipLines}`,
    `columns = {${columns}}`,
    'strict_mode = true',
    'null_padding = false',
    `max_line_size = ${source.longestRecord < usualLineBytes / 2 ? usualLineBytes : source.longestRecord * 2}`,
  ];
  return `read_csv(${options.join(', ')})`;
}

/**
 * The regular expression (understood alike by RE2 and by JavaScript) of the trimmed texts that obey a reading. Dates and
 * times must also exist in the calendar, see readExpression. Lossless: no leading zero, no more digits than the type keeps.
 */
export function valuePattern(reading: Reading): string {
  switch (reading.type) {
    case 'string':
      return '(?s:.*)';
    case 'integer':
      return `(?:0|-?${wholePart(reading)})${unitPattern(reading)}`;
    case 'number': {
      const decimal = reading.decimalChar === ',' ? ',' : '\\.';
      const exponent = reading.groupChar === undefined && reading.unit === undefined ? '(?:[eE][+-]?\\d{1,2})?' : '';
      return `[+-]?(?:(?:0|${wholePart(reading)})(?:${decimal}\\d*)?|${decimal}\\d+)${exponent}${unitPattern(reading)}`;
    }
    case 'boolean':
      return `(?i:${[...(reading.trueValues ?? ['true']), ...(reading.falseValues ?? ['false'])].join('|')})`;
    case 'date':
      return datePattern(reading.format ?? '%Y-%m-%d');
    case 'datetime':
      if (reading.format === null) return `${isoMoment}(?:Z|[+-]\\d{2}(?::?\\d{2})?)`;
      return reading.format === isoLocal ? isoMoment : datePattern(reading.format);
    case 'time':
      return datePattern(reading.format ?? '%H:%M:%S');
    case 'geopoint':
      return `\\[?[ \t]*(${coordinate})[ \t]*,[ \t]*(${coordinate})[ \t]*\\]?`;
    case 'geojson':
      return '[A-Z]+ .+';
  }
}

/** ISO moments without time zone: "2024-01-31T10:00" or "2024-01-31 10:00:00". */
export const isoLocal = '%Y-%m-%dT%H:%M:%S';
const isoMoment = '\\d{4}-\\d{2}-\\d{2}[T ](?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?';
const coordinate = '-?\\d{1,3}(?:\\.\\d+)?';

/** At most fifteen digits, all of which a number keeps; grouped by three when the reading says so. */
function wholePart(reading: Reading): string {
  const plain = '[1-9]\\d{0,14}';
  if (reading.groupChar === undefined) return plain;
  const group = reading.groupChar === ' ' ? `[${groupSpaces}]` : `\\${reading.groupChar}`;
  return `(?:${plain}|[1-9]\\d{0,2}(?:${group}\\d{3}){1,4})`;
}

function unitPattern(reading: Reading): string {
  return reading.unit === undefined ? '' : `[${groupSpaces}]*${reading.unit}`;
}

const datePieces: Readonly<Record<string, string>> = {
  '%Y': '\\d{4}',
  '%y': '\\d{2}',
  '%m': '\\d{1,2}',
  '%d': '\\d{1,2}',
  '%H': '(?:[01]?\\d|2[0-3])',
  '%M': '[0-5]\\d',
  '%S': '[0-5]\\d',
};

function datePattern(format: string): string {
  // Without separators, and in ISO's order, month and day have two digits.
  const strict = !/[^%\w]/.test(format) || format.startsWith('%Y-');
  return format
    .replace(/[.]/g, '\\.')
    .replace(/%[YymdHMS]/g, (piece) =>
      strict && (piece === '%m' || piece === '%d') ? '\\d{2}' : (datePieces[piece] ?? piece),
    );
}

/**
 * SQL that reads a raw text column as the stored type: NULL for an empty cell, a missing marker or anything that does not
 * obey; never an error. Texts are stored as they are.
 */
export function readExpression(reading: Reading, column: string): string {
  if (reading.type === 'string') return column;
  const missing = reading.missingValues ?? [];
  // A marker never reads as a number or a date by itself, but NaN does.
  const text = missing.some((marker) => /nan/i.test(marker))
    ? `CASE WHEN ${trimmed(column)} IN (${list(missing)}) THEN NULL ELSE ${column} END`
    : column;
  switch (reading.type) {
    case 'integer':
      return isPlain(reading) ? castPlain(text, 'BIGINT') : `TRY_CAST(${bareNumber(reading, text)} AS BIGINT)`;
    case 'number':
      return isPlain(reading) ? castPlain(text, 'DOUBLE') : `TRY_CAST(${bareNumber(reading, text)} AS DOUBLE)`;
    case 'boolean':
      return `CASE WHEN ${among(text, reading.trueValues ?? ['true'])} THEN TRUE WHEN ${among(text, reading.falseValues ?? ['false'])} THEN FALSE END`;
    case 'date':
      return reading.format === null
        ? `TRY_CAST(${text} AS DATE)`
        : `TRY_CAST(try_strptime(${trimmed(text)}, ${quoteLiteral(reading.format)}) AS DATE)`;
    case 'datetime':
      // A moment with a zone is kept as UTC; one without is kept as written.
      if (reading.format === null) return `timezone('UTC', TRY_CAST(${trimmed(text)} AS TIMESTAMPTZ))`;
      return reading.format === isoLocal
        ? `TRY_CAST(${trimmed(text)} AS TIMESTAMP)`
        : `try_strptime(${trimmed(text)}, ${quoteLiteral(reading.format)})`;
    case 'time':
      return `TRY_CAST(${trimmed(text)} AS TIME)`;
    case 'geopoint': {
      const pattern = quoteLiteral(valuePattern(reading));
      const [lon, lat] = reading.format === 'lat,lon' ? [2, 1] : [1, 2];
      const part = (group: number) => `TRY_CAST(regexp_extract(${trimmed(text)}, ${pattern}, ${group}) AS DOUBLE)`;
      return `CASE WHEN regexp_full_match(${trimmed(text)}, ${pattern}) THEN struct_pack(lon := ${part(lon)}, lat := ${part(lat)}) END`;
    }
    case 'geojson':
      // Well-known text, which only our own readers write.
      return `CAST(${text} AS GEOMETRY)`;
  }
}

/**
 * SQL that says whether a raw text obeys a reading: NULL for an empty cell, TRUE for blanks and missing markers. The first
 * branch is a cheap test that most values pass; whatever fails it is judged by the exact pattern.
 */
export function obeysExpression(reading: Reading, column: string): string {
  if (reading.type === 'string') return `(${column} IS NOT NULL)`;
  const pattern = quoteLiteral(valuePattern(reading));
  const inCalendar = reading.type === 'date' || reading.type === 'datetime';
  const inWorld = reading.type === 'geopoint' ? ` AND ${isInWorld(readExpression(reading, column))}` : '';
  const exact = `(regexp_full_match(${trimmed(column)}, ${pattern})${inCalendar ? ` AND (${readExpression(reading, column)}) IS NOT NULL` : ''}${inWorld} OR ${trimmed(column)} IN (${list(['', ...(reading.missingValues ?? [])])}))`;
  return `CASE WHEN ${column} IS NULL THEN NULL WHEN ${cheapTest(reading, column, pattern)} THEN TRUE ELSE ${exact} END`;
}

/**
 * The engine type as which the cells of a reading can be read at once, when they are known to hold nothing but its usual
 * signs; null when they must be read as texts first.
 */
export function nativeType(reading: Reading): string | null {
  switch (reading.type) {
    case 'integer':
    case 'number':
      return isPlain(reading) ? engineTypes[reading.type] : null;
    case 'date':
      return reading.format === null ? engineTypes.date : null;
    case 'boolean':
      return isTrueFalse(reading) ? engineTypes.boolean : null;
    default:
      return null;
  }
}

function isTrueFalse({ trueValues = ['true'], falseValues = ['false'] }: Reading): boolean {
  return trueValues.join() === 'true' && falseValues.join() === 'false';
}

/** A test that only obedient texts pass; FALSE where none is cheaper than the exact one. */
function cheapTest(reading: Reading, column: string, pattern: string): string {
  switch (reading.type) {
    case 'integer':
    case 'number':
      return `regexp_full_match(${column}, ${pattern})`;
    case 'boolean':
      return `${column} IN (${list([...(reading.trueValues ?? ['true']), ...(reading.falseValues ?? ['false'])])})`;
    case 'date':
      if (reading.format !== null) return 'FALSE';
      return `(${column} LIKE '____-__-__' AND TRY_CAST(${column} AS DATE) IS NOT NULL)`;
    default:
      return 'FALSE';
  }
}

function isInWorld(point: string): string {
  return `abs((${point}).lat) <= 90 AND abs((${point}).lon) <= 180`;
}

/** Whether the engine's own cast reads the numbers as they are written. */
function isPlain(reading: Reading): boolean {
  return reading.groupChar === undefined && reading.unit === undefined && reading.decimalChar === undefined;
}

/** The engine's cast, which forgives ordinary blanks; trimming costs more, so it is kept for what the cast refuses. */
function castPlain(text: string, type: string): string {
  return `coalesce(TRY_CAST(${text} AS ${type}), TRY_CAST(${trimmed(text)} AS ${type}))`;
}

/** The text of a number without its group signs and unit, with a decimal point. */
function bareNumber(reading: Reading, text: string): string {
  let sql = trimmed(text);
  if (reading.unit !== undefined) sql = `rtrim(${sql}, ${quoteLiteral(`${reading.unit}${groupSpaces}`)})`;
  const signs =
    reading.groupChar === ' ' ? [...groupSpaces] : reading.groupChar === undefined ? [] : [reading.groupChar];
  for (const sign of signs) sql = `replace(${sql}, ${quoteLiteral(sign)}, '')`;
  return reading.decimalChar === ',' ? `replace(${sql}, ',', '.')` : sql;
}

/** A raw text without the blanks around it. */
export function trimmed(column: string): string {
  return `trim(${column}, ${quoteLiteral(blanks)})`;
}

function among(text: string, values: readonly string[]): string {
  return `lower(${trimmed(text)}) IN (${list(values)})`;
}

function list(values: readonly string[]): string {
  return values.map(quoteLiteral).join(', ');
}
