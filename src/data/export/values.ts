// How the engine writes values as text: SQL expressions for JSON, XML, moments, shapes.
import { quoteLiteral } from '../../stores/tables/dialect.ts';

/** A point is "latitude, longitude", as Opendatasoft writes it; a moment is ISO 8601 in UTC. */
export function csvValue(kind: string, sql: string): string {
  if (kind === 'shape') return shapeJson(sql);
  if (kind === 'point')
    return `CASE WHEN ${sql} IS NULL THEN NULL ELSE concat(struct_extract(${sql}, 'lat'), ', ', struct_extract(${sql}, 'lon')) END`;
  return kind === 'datetime' ? isoMoment(sql) : sql;
}

/** A value as the text that people read in XML; null stays null. */
export function textValue(kind: string, sql: string): string {
  if (kind === 'number') return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN CAST(${sql} AS VARCHAR) END`;
  if (kind === 'cluster') return `CAST(to_json(${sql}) AS VARCHAR)`;
  return kind === 'text' ? sql : `CAST(${csvValue(kind, sql)} AS VARCHAR)`;
}

/** JSON has no infinity and no NaN. */
export function jsonValue(kind: string, sql: string): string {
  if (kind === 'number') return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN ${sql} END`;
  if (kind === 'shape') return `CAST(${shapeJson(sql)} AS JSON)`;
  if (kind === 'date' || kind === 'time') return `CAST(${sql} AS VARCHAR)`;
  return kind === 'datetime' ? isoMoment(sql) : sql;
}

export function isoMoment(sql: string): string {
  return `replace(CAST(${sql} AS VARCHAR), ' ', 'T') || '+00:00'`;
}

/** Well-known text of a place; null without one. */
export function wktOf(kind: 'point' | 'shape', sql: string): string {
  if (kind === 'shape') return `ST_AsText(${sql})`;
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE concat('POINT (', struct_extract(${sql}, 'lon'), ' ', struct_extract(${sql}, 'lat'), ')') END`;
}

/** A shape as the text of a GeoJSON geometry (RFC 7946). */
export function shapeJson(sql: string): string {
  return `CASE WHEN ${sql} IS NULL THEN NULL ELSE ${geometryJson(`ST_AsText(${sql})`)} END`;
}

/** The same of a well-known text, which is not null: "1 2" becomes [1,2], a parenthesis a bracket. */
export function geometryJson(wkt: string): string {
  return eachMember(wkt, simpleGeometryJson, {
    open: '{"type":"GeometryCollection","geometries":[',
    close: ']}',
    by: ',',
  });
}

const geometryTypes = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'] as const;

function simpleGeometryJson(wkt: string): string {
  const number = '-?[0-9][0-9.e+-]*';
  const pairs = `regexp_replace(${wkt}, '(${number}) (${number})', '[\\1,\\2]', 'g')`;
  const nested = `regexp_replace(translate(${pairs}, '()', '[]'), '^[A-Z]+ ', '')`;
  const types = geometryTypes.map((type) => `WHEN '${type.toUpperCase()}' THEN '${type}'`).join(' ');
  const type = `CASE regexp_extract(${wkt}, '^[A-Z]+') ${types} END`;
  // A point has one position, and no list of them; what is empty has none.
  const coordinates = `CASE WHEN ends_with(${wkt}, 'EMPTY') THEN '[]' WHEN starts_with(${wkt}, 'POINT') THEN ${nested}[2:-2] ELSE ${nested} END`;
  return `('{"type":"' || ${type} || '","coordinates":' || ${coordinates} || '}')`;
}

/** Writes a well-known text by `one`; the members of a collection one by one, between `open` and `close`. */
export function eachMember(
  wkt: string,
  one: (wkt: string) => string,
  { open, close, by }: { readonly open: string; readonly close: string; readonly by: string },
): string {
  // "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (…))": a word after a comma begins the next member.
  const members = `string_split(regexp_replace(substr(${wkt}, 21, length(${wkt}) - 21), ', ([A-Z])', '|\\1', 'g'), '|')`;
  const written = `array_to_string(list_transform(${members}, lambda m: ${one('m')}), ${quoteLiteral(by)})`;
  const empty = `WHEN ${wkt} = 'GEOMETRYCOLLECTION EMPTY' THEN ${quoteLiteral(open + close)}`;
  return `CASE ${empty} WHEN starts_with(${wkt}, 'GEOMETRYCOLLECTION') THEN ${quoteLiteral(open)} || ${written} || ${quoteLiteral(close)} ELSE ${one(wkt)} END`;
}

/** A text as XML (1.0, fifth edition) holds it: what has no place there is left out. */
export function xmlText(sql: string): string {
  const legal = `regexp_replace(${sql}, '[\\x{0}-\\x{8}\\x{b}\\x{c}\\x{e}-\\x{1f}\\x{fffe}\\x{ffff}]', '', 'g')`;
  return `replace(replace(replace(replace(${legal}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;')`;
}

/** The same for a text that is ours. */
export function escapeXml(text: string): string {
  return [...text]
    .filter((sign) => /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(sign))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A column's name as the name of an XML element. */
export function xmlName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]/g, '_');
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

/** Names that differ, made of those of columns: the second `_a` is `_a_2`. */
export function distinctNames(names: readonly string[], form: (name: string) => string): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = form(name);
    let free = wanted;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${wanted}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
