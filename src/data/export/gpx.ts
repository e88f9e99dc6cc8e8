// Rows as GPX 1.1: points as waypoints, lines and the outlines of areas as tracks.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import { type GpxOptions, nameColumn, type TypedColumn } from './request.ts';
import { placeText, type TextFormat, withoutPlace } from './text-format.ts';
import { distinctNames, escapeXml, textValue, xmlName, xmlText } from './values.ts';

export const gpxFormat: TextFormat = (request, columns, place) => {
  const said = withoutPlace(columns, place);
  const about = describe(said, request.gpx);
  const point = `(regexp_matches(${placeText}, '^(MULTI)?POINT '))`;
  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Terroir" xmlns="http://www.topografix.com/GPX/1/1" xmlns:ogr="http://osgeo.org/gdal"><metadata><name>${escapeXml(request.subject.title)}</name></metadata>\n`,
    tail: '\n</gpx>\n',
    commas: false,
    row: `CASE WHEN ${point} THEN ${wayPoints(about)} ELSE ${track(about)} END`,
    // The schema wants every waypoint before the first track; a row without a place is nowhere in such a file.
    turns: place?.kind === 'point' ? [point] : [point, `NOT ${point} AND NOT ends_with(${placeText}, 'EMPTY')`],
  };
};

/** What is said of a place: its name, its description, all its values. */
function describe(columns: readonly TypedColumn[], { nameField, descriptionFields, useExtension }: GpxOptions): string {
  const value = (column: TypedColumn) => xmlText(textValue(column.kind, quoteIdentifier(column.name)));
  const named = columns.find(({ name }) => name === nameField) ?? nameColumn(columns);
  const name = named === null ? "''" : `coalesce('<name>' || ${value(named)} || '</name>', '')`;
  const described = columns.filter((column) => descriptionFields.includes(column.name)).map(value);
  const description =
    described.length === 0 ? "''" : `'<desc>' || concat_ws(', ', ${described.join(', ')}) || '</desc>'`;
  if (!useExtension || columns.length === 0) return `${name} || ${description}`;
  const tags = distinctNames(
    columns.map((column) => column.name),
    xmlName,
  );
  const values = columns.map(
    (column, i) =>
      `coalesce(${quoteLiteral(`<ogr:${tags[i]}>`)} || ${value(column)} || ${quoteLiteral(`</ogr:${tags[i]}>`)}, '')`,
  );
  return `${name} || ${description} || '<extensions>' || ${values.join(' || ')} || '</extensions>'`;
}

const number = '(-?[0-9][0-9.e+-]*)';

/** One for each point of the place. */
function wayPoints(about: string): string {
  const points = `regexp_extract_all(${placeText}, '${number} ${number}')`;
  const open = `regexp_replace(p, '${number} ${number}', '<wpt lat="\\2" lon="\\1">')`;
  return `array_to_string(list_transform(${points}, lambda p: ${open} || ${about} || '</wpt>'), '')`;
}

/** Each line, or ring, is a segment. */
function track(about: string): string {
  const lines = `regexp_extract_all(${placeText}, '\\(([^()]+)\\)', 1)`;
  const points = `regexp_replace(l, '${number} ${number}(, )?', '<trkpt lat="\\2" lon="\\1"/>', 'g')`;
  return `'<trk>' || ${about} || array_to_string(list_transform(${lines}, lambda l: '<trkseg>' || ${points} || '</trkseg>'), '') || '</trk>'`;
}
