// Rows as features of GeoJSON (RFC 7946): the place as geometry, the other columns as properties.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { ExportRequest, PlaceColumn, TypedColumn } from './request.ts';
import { placeText, type TextFormat, withoutPlace } from './text-format.ts';
import { geometryJson, jsonValue } from './values.ts';

export const geojsonFormat: TextFormat = (request, columns, place) => {
  const geometry = `coalesce(${geometryJson(placeText)}, 'null')`;
  return {
    head: '{"type":"FeatureCollection","features":[\n',
    tail: '\n]}\n',
    commas: true,
    row: `'{"type":"Feature","geometry":' || ${geometry} || ',"properties":' || ${propertiesJson(request, columns, place)} || '}'`,
  };
};

/** The other columns of a row as the text of an object. */
export function propertiesJson(
  request: ExportRequest,
  columns: readonly TypedColumn[],
  place: PlaceColumn | null,
): string {
  const properties = withoutPlace(columns, place).flatMap((column) => [
    quoteLiteral(request.csv.useLabels ? column.label : column.name),
    jsonValue(column.kind, quoteIdentifier(column.name)),
  ]);
  return `CAST(json_object(${properties.join(', ')}) AS VARCHAR)`;
}
