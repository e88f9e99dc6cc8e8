// The texts of one JSON object: nested objects become columns with dots, arrays stay JSON, numbers keep all their digits.

export type ColumnBook = {
  readonly titles: string[];
  /** The index of a column, which is added when it is new. */
  index(title: string): number;
};

export function columnBook(): ColumnBook {
  const titles: string[] = [];
  const places = new Map<string, number>();
  return {
    titles,
    index(title) {
      const known = places.get(title);
      if (known !== undefined) return known;
      places.set(title, titles.length);
      return titles.push(title) - 1;
    },
  };
}

/** Objects inside objects inside objects … stay JSON. */
const deepest = 8;
const shapeTypes = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

/** Whether a value is a geometry as GeoJSON writes it. */
export function isShape(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['type'] === 'string' &&
    shapeTypes.has(value['type']) &&
    (Array.isArray(value['coordinates']) || Array.isArray(value['geometries']))
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts the members of an object into cells, under the titles of a book. */
export function fillCells(
  object: Readonly<Record<string, unknown>>,
  book: ColumnBook,
  cells: (string | undefined)[],
  prefix = '',
  depth = 1,
): void {
  for (const [key, value] of Object.entries(object)) {
    const title = (prefix === '' ? key : `${prefix}.${key}`).replaceAll('\0', '');
    if (isRecord(value) && !(value instanceof Digits) && !isShape(value) && depth < deepest) {
      if (Object.keys(value).length > 0) fillCells(value, book, cells, title, depth + 1);
      else book.index(title);
    } else cells[book.index(title)] = cellText(value);
  }
}

/** The canonical text of a value; null and a missing value are empty. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  if (value instanceof Digits) return value.text;
  if (typeof value === 'object') return JSON.stringify(value).replaceAll('\\u0000', '');
  return String(value);
}

/** A number that JavaScript cannot hold, kept as it is written. */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toJSON(): string {
    return this.text;
  }
}

/** Sixteen digits or more outside a decimal: an identifier that would lose its last ones. */
const longNumber = /(?<![\d.])-?\d{16,}(?![\d.eE])/;
/** What Python and R write where JSON has nothing. */
const looseWords = /("(?:[^"\\]|\\.)*")|(?<![\w.])(?:NaN|-?Infinity|undefined|None)\b/g;

/**
 * The value of a JSON text; words that are no JSON but that software writes (NaN, Infinity, undefined) are read as null.
 * @returns undefined when the text cannot be read
 */
export function parseValue(text: string): unknown {
  try {
    return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(looseWords, (_, quoted: string | undefined) => quoted ?? 'null'));
    } catch {
      return undefined;
    }
  }
}

/** The third argument (ECMAScript "JSON.parse source text access") is not in the types yet. */
function keepDigits(_key: string, value: unknown, ...rest: readonly unknown[]): unknown {
  const [context] = rest;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !isRecord(context)) return value;
  const { source } = context;
  return typeof source === 'string' && /^-?\d+$/.test(source) ? new Digits(source) : value;
}
