// From the texts of JSON values to the objects of a layer: features, plain objects, lists, lone values.
import { type Problem, problem } from '../../../model/problem.ts';
import type { LayerObject } from '../geo/layer.ts';
import type { JsonElement } from './elements.ts';
import { type ColumnBook, cellText, fillCells, isRecord, isShape, parseValue } from './values.ts';

/** How the values of one array are made into rows. */
export type ObjectShape = {
  /** Titles of the columns that hold the key of each value: its own, or that of the only member of its object. */
  readonly keyColumn: { readonly key: string; readonly value: string; readonly of: 'element' | 'member' } | null;
  /** The names that lead to the geometry of a plain object, null when it has none. */
  readonly shapePath: readonly string[] | null;
  /** Whether the values are GeoJSON features, or geometries, whose shapes are read. */
  readonly features: boolean;
};

const peeked = 50;
const shownLength = 60;

/** Looks at the first values of an array to tell how it is made. */
export function judgeObjects(elements: readonly JsonElement[]): ObjectShape {
  const values = elements.slice(0, peeked).map(({ text }) => parseValue(text));
  const records = values.filter(isRecord);
  const features = records.some((record) => isFeature(record) || isShape(record));
  const shapePath = features ? null : findShape(records);
  const keys = records.map((record) => Object.keys(record));
  const lonely =
    keys.length >= 3 &&
    keys.length === values.length &&
    keys.every((each) => each.length === 1) &&
    new Set(keys.flat()).size > keys.length * 0.9;
  return { keyColumn: lonely ? { ...keyTitles, of: 'member' } : null, shapePath, features };
}

/** French, as nearly all files that are made so. */
export const keyTitles = { key: 'cle', value: 'valeur' } as const;

export function objectOf(element: JsonElement, shape: ObjectShape, book: ColumnBook): LayerObject {
  const value = parseValue(element.text);
  if (value === undefined) return unreadable(element.text);
  const cells: (string | undefined)[] = [];
  if (shape.keyColumn?.of === 'element') cells[book.index(shape.keyColumn.key)] = element.key;
  if (isRecord(value)) return fromRecord(value, shape, book, cells);
  if (Array.isArray(value) && shape.keyColumn === null)
    for (const [index, item] of value.entries()) cells[book.index(`colonne_${index + 1}`)] = cellText(item);
  else cells[book.index(keyTitles.value)] = cellText(value);
  return { cells, shape: null };
}

function fromRecord(
  record: Readonly<Record<string, unknown>>,
  shape: ObjectShape,
  book: ColumnBook,
  cells: (string | undefined)[],
): LayerObject {
  if (shape.features && isFeature(record)) {
    const { properties, geometry, id } = record;
    const own = isRecord(properties) ? properties : {};
    if ((typeof id === 'string' || typeof id === 'number') && !('id' in own)) cells[book.index('id')] = cellText(id);
    fillCells(own, book, cells);
    return { cells, shape: geometry ?? null };
  }
  if (shape.features && isShape(record)) return { cells, shape: record };
  if (shape.keyColumn?.of === 'member') {
    const [entry] = Object.entries(record);
    if (entry !== undefined && Object.keys(record).length === 1) {
      const [key, value] = entry;
      cells[book.index(shape.keyColumn.key)] = key;
      if (isRecord(value)) fillCells(value, book, cells);
      else cells[book.index(shape.keyColumn.value)] = cellText(value);
      return { cells, shape: null };
    }
  }
  if (shape.shapePath === null) {
    fillCells(record, book, cells);
    return { cells, shape: null };
  }
  fillCells(without(record, shape.shapePath), book, cells);
  return { cells, shape: at(record, shape.shapePath) ?? null };
}

function isFeature(record: Readonly<Record<string, unknown>>): boolean {
  return record['type'] === 'Feature';
}

/** The geometry that an object carries: the richest one by its name, else the first. */
function findShape(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] | null {
  const found = new Map<string, readonly string[]>();
  const look = (record: Readonly<Record<string, unknown>>, path: readonly string[]) => {
    for (const [key, value] of Object.entries(record)) {
      const here = [...path, key];
      if (isShape(value)) found.set(here.join('\0'), here);
      else if (isRecord(value) && here.length < 4) look(value, here);
    }
  };
  for (const record of records) look(record, []);
  const paths = [...found.values()];
  return paths.find((path) => path.at(-1) === 'geo_shape') ?? paths[0] ?? null;
}

function at(record: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isRecord(value) ? value[key] : undefined), record);
}

function without(
  record: Readonly<Record<string, unknown>>,
  [first, ...rest]: readonly string[],
): Readonly<Record<string, unknown>> {
  const { [first ?? '']: inner, ...others } = record;
  return rest.length === 0 || !isRecord(inner) ? others : { ...others, [first ?? '']: without(inner, rest) };
}

function unreadable(text: string): LayerObject {
  const value = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return { cells: [], shape: null, fault: problem('object.unreadable', 'error', { value }) };
}

/** What is said once of an array whose objects have names of their own. */
export function keyProblem(shape: ObjectShape, first: JsonElement | undefined): Problem | null {
  if (shape.keyColumn === null || first === undefined) return null;
  const { key, value, of } = shape.keyColumn;
  const parsed = of === 'member' ? parseValue(first.text) : null;
  const name = isRecord(parsed) ? Object.keys(parsed)[0] : first.key;
  return problem('object.keysAsValues', 'advice', { value: name ?? null, column: key, expected: value });
}
