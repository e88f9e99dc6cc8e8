// Third idea of the journey: one canonical shape. Turns a checked table into the columns that are stored, and those that are searched.
import type { Field } from '../../model/field.ts';
import type { Geometry } from '../../model/table.ts';
import { readExpression } from '../../stores/tables/conversion.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { ParsedTable, TypedTable } from '../stages.ts';

/** A stored column: its name, and the SQL that makes it from the raw text columns c0, c1 … of the source. */
export type ProjectedColumn = { readonly name: string; readonly expression: string };

export type Projection = {
  readonly columns: readonly ProjectedColumn[];
  /** The text fields whose folded form is written beside, so that a search forgives accents and capitals at no cost. */
  readonly searchable: readonly string[];
  /** Whether a pair of latitude and longitude columns gave a `geo_point_2d` column. */
  readonly hasGeoPoint: boolean;
};

/** The name that Opendatasoft's clients expect for a point made of two columns. */
export const geoPointName = 'geo_point_2d';

/** Codes hold digits and capitals only: they are searched as they stand, a folded copy would be the same bytes twice. */
const codeRoles = new Set(['inseeCode', 'departmentCode', 'postalCode', 'regionCode', 'siren', 'siret', 'phone']);

/** Builds the projection of a table whose fields are known to obey their types. */
export function harmoniseTable(parsed: ParsedTable, typed: TypedTable): Projection {
  const columns = typed.fields.map((field, index) => ({
    name: field.name,
    expression: readExpression(field, rawColumn(index)),
  }));
  const point = pointExpression(typed.fields, typed.geometry, parsed);
  return {
    columns: point === null ? columns : [...columns, { name: geoPointName, expression: point }],
    searchable: typed.fields.filter(isSearchable).map((field) => field.name),
    hasGeoPoint: point !== null,
  };
}

function isSearchable(field: Field): boolean {
  return field.type === 'string' && !(field.role !== null && codeRoles.has(field.role));
}

function rawColumn(index: number): string {
  return quoteIdentifier(`c${index}`);
}

/** A point needs both numbers; half a point is no point. */
function pointExpression(fields: readonly Field[], geometry: Geometry | null, parsed: ParsedTable): string | null {
  if (geometry?.type !== 'Point' || geometry.crs !== 'EPSG:4326') return null;
  const taken = parsed.headers.some((header) => header.name === geoPointName);
  const latitude = fields.findIndex((field) => field.role === 'latitude' && field.type === 'number');
  const longitude = fields.findIndex((field) => field.role === 'longitude' && field.type === 'number');
  const [lat, lon] = [fields[latitude], fields[longitude]];
  if (taken || lat === undefined || lon === undefined) return null;
  const y = readExpression(lat, rawColumn(latitude));
  const x = readExpression(lon, rawColumn(longitude));
  return `CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL ELSE struct_pack(lon := ${x}, lat := ${y}) END`;
}
