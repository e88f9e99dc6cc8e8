// Rows as placemarks of KML 2.2 (OGC 07-147r2): the place as geometry, every value in the extended data.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import { nameColumn, type TypedColumn } from './request.ts';
import { placeText, type TextFormat, withoutPlace } from './text-format.ts';
import { distinctNames, eachMember, escapeXml, textValue, xmlName, xmlText } from './values.ts';

export const kmlFormat: TextFormat = (request, columns, place) => {
  const said = withoutPlace(columns, place);
  const names = distinctNames(
    said.map(({ name }) => name),
    xmlName,
  );
  const fields = said.map(
    (column, i) =>
      `<SimpleField type="${simpleType(column)}" name="${names[i]}"><displayName>${escapeXml(column.label)}</displayName></SimpleField>`,
  );
  const values = said.map((column, i) => {
    const value = simpleData(column);
    return `coalesce(${quoteLiteral(`<SimpleData name="${names[i]}">`)} || ${value} || '</SimpleData>', '')`;
  });
  const title = nameColumn(said);
  const name =
    title === null
      ? quoteLiteral('')
      : `coalesce('<name>' || ${xmlText(quoteIdentifier(title.name))} || '</name>', '')`;
  const data = ['\'<ExtendedData><SchemaData schemaUrl="#rows">\'', ...values, "'</SchemaData></ExtendedData>'"];
  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escapeXml(request.subject.title)}</name><Schema name="rows" id="rows">${fields.join('')}</Schema>\n`,
    tail: '\n</Document></kml>\n',
    commas: false,
    row: `'<Placemark>' || ${name} || ${data.join(' || ')} || coalesce(${kmlGeometry(placeText)}, '') || '</Placemark>'`,
  };
};

/** The integers of KML have 32 bits: large ones would be spoilt. */
function simpleType({ kind }: TypedColumn): string {
  if (kind === 'boolean') return 'bool';
  return kind === 'number' ? 'double' : 'string';
}

/** Readers take the booleans of XML Schema by their digits most surely. */
function simpleData({ kind, name }: TypedColumn): string {
  const sql = quoteIdentifier(name);
  return kind === 'boolean' ? `CAST(CAST(${sql} AS INTEGER) AS VARCHAR)` : xmlText(textValue(kind, sql));
}

/** A well-known text as KML; null stays null. */
function kmlGeometry(wkt: string): string {
  return eachMember(wkt, simpleKml, { open: '<MultiGeometry>', close: '</MultiGeometry>', by: '' });
}

const ring = ['<LinearRing><coordinates>', '</coordinates></LinearRing>'] as const;
const shell = ['<Polygon><outerBoundaryIs>', '</outerBoundaryIs>'] as const;
const hole = ['<innerBoundaryIs>', '</innerBoundaryIs>'] as const;

/** Of the positions "1,2 3,4" between parentheses, which become elements from the outside in. */
function simpleKml(wkt: string): string {
  const number = '-?[0-9][0-9.e+-]*';
  const pairs = `regexp_replace(regexp_replace(${wkt}, '(${number}) (${number})', '\\1,\\2', 'g'), ', (-?[0-9])', ' \\1', 'g')`;
  const inside = (depth: number) => `regexp_extract(${pairs}, '^[A-Z]+ \\({${depth}}(.*)\\){${depth}}$', 1)`;
  const line = ['<LineString><coordinates>', '</coordinates></LineString>'] as const;
  const point = ['<Point><coordinates>', '</coordinates></Point>'] as const;
  const rings = (sql: string) => `replace(${sql}, '), (', ${quoteLiteral(`${ring[1]}@${hole[0]}${ring[0]}`)})`;
  // The first end closes the shell, the others close holes: "@" stands between two rings.
  const polygon = (sql: string) => `${quoteLiteral(shell[0] + ring[0])} || ${closed(rings(sql))}`;
  const between = (sql: string, by: string, [open, close]: readonly [string, string]) =>
    `${quoteLiteral(`<MultiGeometry>${open}`)} || replace(${sql}, ${quoteLiteral(by)}, ${quoteLiteral(close + open)}) || ${quoteLiteral(`${close}</MultiGeometry>`)}`;
  const polygons = `'<MultiGeometry>' || array_to_string(list_transform(string_split(${inside(3)}, ')), (('), lambda p: ${polygon('p')}), '') || '</MultiGeometry>'`;
  return `(CASE WHEN ends_with(${wkt}, 'EMPTY') THEN '' ELSE CASE regexp_extract(${wkt}, '^[A-Z]+')
    WHEN 'POINT' THEN ${quoteLiteral(point[0])} || ${inside(1)} || ${quoteLiteral(point[1])}
    WHEN 'LINESTRING' THEN ${quoteLiteral(line[0])} || ${inside(1)} || ${quoteLiteral(line[1])}
    WHEN 'POLYGON' THEN ${polygon(inside(2))}
    WHEN 'MULTIPOINT' THEN ${between(inside(1), ' ', point)}
    WHEN 'MULTILINESTRING' THEN ${between(inside(2), '), (', line)}
    WHEN 'MULTIPOLYGON' THEN ${polygons} END END)`;
}

/** Ends the last ring, then puts the end of the shell after the first, and ends of holes after the others. */
function closed(rings: string): string {
  const list = `string_split(${rings} || ${quoteLiteral(ring[1])}, '@')`;
  const holes = `array_to_string(list_transform(list_slice(${list}, 2, len(${list})), lambda h: h || ${quoteLiteral(hole[1])}), '')`;
  return `(list_extract(${list}, 1) || ${quoteLiteral(shell[1])} || ${holes} || '</Polygon>')`;
}
