// Third idea of the journey: one canonical shape. Turns a checked table into the columns that are stored, and those that are searched.
import type { Field } from '../../model/field.ts';
import type { Geometry } from '../../model/table.ts';
import { nativeType, readExpression } from '../../stores/tables/conversion.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { ParsedTable, TypedTable } from '../stages.ts';

/** A stored column: its name, and the SQL that makes it from the raw text columns c0, c1 … of the source. */
export type ProjectedColumn = { readonly name: string; readonly expression: string };

export type Projection = {
  readonly columns: readonly ProjectedColumn[];
  /** The text fields whose folded form is written beside, so that a search forgives accents and capitals at no cost. */
  readonly searchable: readonly string[];
  /** Engine types as which the columns of the source are read, text where there is none. */
  readonly sourceTypes: readonly string[];
  /** The names of the columns made of the rows' places, which come last: `geo_point_2d`, `geo_shape`. */
  readonly made: readonly string[];
};

/** The names that Opendatasoft's clients expect for the place of a row. */
const geoPointName = 'geo_point_2d';
const geoShapeName = 'geo_shape';

/** Codes hold digits and capitals only: they are searched as they stand, a folded copy would be the same bytes twice. */
const codeRoles = new Set(['inseeCode', 'departmentCode', 'postalCode', 'regionCode', 'siren', 'siret', 'phone']);

/** Builds the projection of a table whose fields are known to obey their types. */
export function harmoniseTable(parsed: ParsedTable, typed: TypedTable): Projection {
  const read = readerOf(typed);
  const columns = typed.fields.map(({ name }, index) => ({ name, expression: read.expression(index) }));
  const made = placeColumns(parsed, typed, read).filter(
    ({ name }) => !typed.fields.some((field) => field.name === name),
  );
  return {
    columns: [...columns, ...made],
    searchable: typed.fields.filter(isSearchable).map((field) => field.name),
    made: made.map(({ name }) => name),
    sourceTypes: read.sourceTypes,
  };
}

type ColumnReader = {
  readonly sourceTypes: readonly string[];
  /** SQL of the value of a field, by its index. */
  expression(index: number): string;
};

/** Trusted columns are read as their type at once; the others as texts that are then read. */
function readerOf({ fields, trusted = [] }: TypedTable): ColumnReader {
  const native = fields.map((field) => (trusted.some(({ name }) => name === field.name) ? nativeType(field) : null));
  return {
    sourceTypes: native.map((type) => type ?? 'VARCHAR'),
    expression(index) {
      const field = fields[index];
      const column = rawColumn(index);
      return field === undefined || native[index] !== null ? column : readExpression(field, column);
    },
  };
}

function placeColumns(
  { shapes }: ParsedTable,
  { fields, geometry }: TypedTable,
  read: ColumnReader,
): readonly ProjectedColumn[] {
  if (shapes === undefined) {
    const point = pointExpression(fields, geometry, read);
    return point === null ? [] : [{ name: geoPointName, expression: point }];
  }
  const [lon, lat] = shapes.pointColumns.map((index) => `CAST(${rawColumn(index)} AS DOUBLE)`);
  const point = `CASE WHEN ${rawColumn(shapes.column)} IS NOT NULL THEN struct_pack(lon := ${lon}, lat := ${lat}) END`;
  const shape = readExpression({ type: 'geojson', format: null }, rawColumn(shapes.column));
  return [
    { name: geoPointName, expression: point },
    // Points say it all by themselves.
    ...(shapes.type === 'Point' ? [] : [{ name: geoShapeName, expression: shape }]),
  ];
}

function isSearchable(field: Field): boolean {
  return field.type === 'string' && !(field.role !== null && codeRoles.has(field.role));
}

function rawColumn(index: number): string {
  return quoteIdentifier(`c${index}`);
}

/** A point needs both numbers; half a point is no point. */
function pointExpression(fields: readonly Field[], geometry: Geometry | null, read: ColumnReader): string | null {
  if (geometry?.type !== 'Point' || geometry.crs !== 'EPSG:4326') return null;
  const latitude = fields.findIndex((field) => field.role === 'latitude' && field.type === 'number');
  const longitude = fields.findIndex((field) => field.role === 'longitude' && field.type === 'number');
  if (latitude === -1 || longitude === -1) return null;
  const [y, x] = [read.expression(latitude), read.expression(longitude)];
  return `CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN NULL ELSE struct_pack(lon := ${x}, lat := ${y}) END`;
}
