// A stored version as a table of features: which column is its place, which ones are properties.
import { type Column, columnsOf, type StoredVersion } from './stored-version.ts';

/** A column that holds places. */
export type PlaceColumn = { readonly column: string; readonly kind: 'point' | 'shape' };

export type FeatureTable = {
  readonly stored: StoredVersion;
  /** The column that is the features' geometry; null for a table without places. */
  readonly geometry: PlaceColumn | null;
  /** Every name by which a filter may speak of a place: the geometry's own, and its columns'. */
  readonly places: ReadonlyMap<string, PlaceColumn>;
  /** What features have as properties: no places. */
  readonly columns: readonly Column[];
};

/** The name of the geometry in filters and queryables, where no column bears it. */
export const geometryName = 'geometry';

export function featureTable(stored: StoredVersion): FeatureTable {
  const columns = columnsOf(stored);
  const isPlace = ({ type }: Column) => type === 'geojson' || type === 'geopoint';
  const placeOf = ({ name, type }: Column): PlaceColumn => ({
    column: name,
    kind: type === 'geojson' ? 'shape' : 'point',
  });
  // Shapes say more than points, what was made for the purpose more than what was found.
  const made = new Set(stored.made.map(({ name }) => name));
  const rank = (column: Column) => (column.type === 'geojson' ? 0 : 2) + (made.has(column.name) ? 0 : 1);
  const [first] = columns.filter(isPlace).toSorted((a, b) => rank(a) - rank(b));
  const geometry = first === undefined ? null : placeOf(first);
  const places = new Map(columns.filter(isPlace).map((column) => [column.name, placeOf(column)]));
  if (geometry !== null && !columns.some(({ name }) => name === geometryName)) places.set(geometryName, geometry);
  return { stored, geometry, places, columns: columns.filter((column) => !isPlace(column)) };
}
