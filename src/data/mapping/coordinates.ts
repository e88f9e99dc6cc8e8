// Places: a column that holds both numbers, or two columns for a field that wants both.
import type { FieldMapping } from '../../model/mapping.ts';
import type { SchemaField } from '../../model/schema.ts';
import type { Column } from './column.ts';

const latitudeName = /^(?:[\w]*_)?(?:x|y)?lat(?:itude)?(?:_?w[gs]+s?84)?$|^y$/i;
const longitudeName = /^(?:[\w]*_)?(?:x|y)?(?:lon|long|lng|longitude)(?:_?w[gs]+s?84)?$|^x$/i;
/** « 47.39, 0.68 », « [0.68,47.39] » */
const pair = /^\s*[[(]?\s*(-?\d{1,3}\.\d+)\s*[,;]\s*(-?\d{1,3}\.\d+)\s*[\])]?\s*$/;

/**
 * Latitude and longitude fields from one column that holds both; one field of both (« coordonneesXY ») from two columns.
 * Columns that bear the fields' own names are left to the names.
 */
export function coordinateMappings(
  columns: readonly Column[],
  fields: readonly SchemaField[],
): readonly FieldMapping[] {
  const [lat, lon] = [only(fields, latitudeName), only(fields, longitudeName)];
  const both = fields.find(
    ({ name, type }) =>
      type === 'geopoint' || (type === 'array' && /coord/i.test(name)) || /^coordonnees?_?xy$/i.test(name),
  );
  const latColumn = numberColumn(columns, latitudeName, 90);
  const lonColumn = numberColumn(columns, longitudeName, 180);
  const sure = { confidence: 0.9, sure: true, reason: 'coordinates' } as const;
  if (lat !== null && lon !== null && (latColumn === null || lonColumn === null)) {
    const held = columns.find(({ values }) => holdsPairs(values));
    if (held === undefined) return [];
    const first = orderOf(held.values);
    if (first === null) return [];
    return [
      { field: lat.name, columns: [held.title], transform: 'latitude', text: first, ...sure },
      { field: lon.name, columns: [held.title], transform: 'longitude', text: first, ...sure },
    ];
  }
  if (both !== undefined && lat === null && latColumn !== null && lonColumn !== null)
    return [{ field: both.name, columns: [lonColumn.title, latColumn.title], transform: 'lonlat', ...sure }];
  return [];
}

function only(fields: readonly SchemaField[], name: RegExp): SchemaField | null {
  const found = fields.filter((field) => name.test(field.name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function numberColumn(columns: readonly Column[], name: RegExp, most: number): Column | null {
  const found = columns.filter(
    ({ title, values }) =>
      name.test(title.trim().replaceAll(' ', '_')) &&
      values.length > 0 &&
      values.every((value) => Math.abs(Number(value.replace(',', '.'))) <= most),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function holdsPairs(values: readonly string[]): boolean {
  return values.length > 0 && values.filter((value) => pair.test(value)).length >= values.length * 0.9;
}

/** Which of the two numbers is the latitude: by France, where latitudes are 41 to 52 (overseas, by what cannot be one). */
function orderOf(values: readonly string[]): 'latitude,longitude' | 'longitude,latitude' | null {
  const read = values.flatMap((value) => {
    const [, a, b] = pair.exec(value) ?? [];
    return a === undefined || b === undefined ? [] : [[Number(a), Number(b)] as const];
  });
  const inFrance = (lat: number, lon: number) => lat > 41 && lat < 52 && lon > -6 && lon < 10;
  const latFirst = read.filter(([a, b]) => inFrance(a, b)).length;
  const lonFirst = read.filter(([a, b]) => inFrance(b, a)).length;
  if (latFirst > read.length * 0.9) return 'latitude,longitude';
  return lonFirst > read.length * 0.9 ? 'longitude,latitude' : null;
}

/** The latitude or the longitude of a text that holds both, null when it does not. */
export function numberOfPair(text: string, wanted: 'latitude' | 'longitude', order: string): string | null {
  const [, a, b] = pair.exec(text) ?? [];
  if (a === undefined || b === undefined) return null;
  return order.startsWith(wanted) ? a : b;
}
