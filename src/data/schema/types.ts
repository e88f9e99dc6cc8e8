// What a text must be to obey the type and format of a field: in the engine's SQL, or judged here value by value.
import type { SchemaField } from '../../model/schema.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { anyFormats, isoDate, isoDatetime, isoTime, momentExample, readMomentFormat } from './moments.ts';

export type TypeCheck = {
  /** SQL over `column`, true or false when it is not null: whether the text obeys; null when only `judge` knows. */
  readonly obeys: string | null;
  /** Judges one text, where SQL cannot. */
  readonly judge: ((text: string) => boolean) | null;
  /** SQL of the value for comparisons with minimum, maximum and other columns; null where there is no order. */
  readonly value: string | null;
  /** What such a value looks like. */
  readonly example: string;
};

const digits = '[+-]?\\d+';
const decimal = '[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?';
const special = '(?:NaN|-?INF)';
const coordinate = '[+-]?\\d{1,3}(?:\\.\\d+)?';

/** @param column SQL of the raw text */
export function typeCheck(field: SchemaField, column: string): TypeCheck {
  const like = (pattern: string, example: string, value: string | null = null): TypeCheck => ({
    obeys: matches(column, pattern),
    judge: null,
    value,
    example,
  });
  const json = (judge: (read: unknown) => boolean, example: string): TypeCheck => ({
    obeys: null,
    judge: (text) => judge(parsed(text)),
    value: null,
    example,
  });
  switch (field.type) {
    case 'any':
      return { obeys: 'TRUE', judge: null, value: null, example: '…' };
    case 'string':
      return stringCheck(field, column);
    case 'integer': {
      const bare = bareNumber(field, column);
      return { obeys: matches(bare, digits), judge: null, value: `TRY_CAST(${bare} AS DOUBLE)`, example: '12' };
    }
    case 'number': {
      const bare = bareNumber(field, column);
      const value = `TRY_CAST(${bare} AS DOUBLE)`;
      const example = `1250${field.decimalChar}50`;
      return { obeys: matches(bare, `(?:${decimal}|${special})`), judge: null, value, example };
    }
    case 'boolean': {
      const accepted = [...field.trueValues, ...field.falseValues];
      return {
        obeys: `${column} IN (${accepted.map(quoteLiteral).join(', ')})`,
        judge: null,
        value: null,
        example: accepted.slice(0, 6).join(', '),
      };
    }
    case 'date':
    case 'datetime':
    case 'time':
      return momentCheck(field.type, field.format, column);
    case 'year':
      return like('-?\\d{4}', '2024', `TRY_CAST(${column} AS DOUBLE)`);
    case 'yearmonth':
      return like('-?\\d{4}-(?:0[1-9]|1[0-2])', '2024-01', column);
    case 'duration': {
      const pattern = '-?P(?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?';
      const obeys = `(${matches(column, pattern)} AND NOT regexp_full_match(${column}, '-?P|.*T'))`;
      return { obeys, judge: null, value: null, example: 'P1Y2M10DT2H30M' };
    }
    case 'geopoint':
      return geopointCheck(field.format, column);
    case 'geojson':
      return json(field.format === 'topojson' ? isTopology : isGeoJson, '{"type":"Point","coordinates":[0.68,47.39]}');
    case 'object':
      return json((read) => typeof read === 'object' && read !== null && !Array.isArray(read), '{"cle":"valeur"}');
    case 'array':
      return json(Array.isArray, '["a","b"]');
    case 'list':
      return listCheck(field, column);
  }
}

const email =
  "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+";

function stringCheck(field: SchemaField, column: string): TypeCheck {
  const like = (pattern: string, example: string) => ({
    obeys: matches(column, pattern),
    judge: null,
    value: null,
    example,
  });
  switch (field.format) {
    case 'email':
      return like(email, 'mairie@exemple.fr');
    case 'uri':
      return like('[A-Za-z][A-Za-z0-9+.-]*:(?://[^\\s/?#<>"]+)?[^\\s<>"]*', 'https://www.exemple.fr');
    case 'uuid':
      return like(
        '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
        '550e8400-e29b-41d4-a716-446655440000',
      );
    case 'binary':
      return like('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?', 'VGVycm9pcg==');
    default:
      return { obeys: 'TRUE', judge: null, value: null, example: '…' };
  }
}

function momentCheck(type: 'date' | 'datetime' | 'time', format: string, column: string): TypeCheck {
  const iso = format === 'default' || (type === 'date' && format === '%Y-%m-%d');
  if (iso) {
    const [pattern, kind, example] = {
      date: [isoDate, 'DATE', '2024-01-31'] as const,
      datetime: [isoDatetime, 'TIMESTAMPTZ', '2024-01-31T09:30:00+01:00'] as const,
      time: [isoTime, 'TIME', '09:30:00'] as const,
    }[type];
    // Times with a zone are beyond the engine's TIME: their look says enough.
    const text = type === 'time' ? `regexp_replace(${column}, '(Z|[+-]\\d\\d:?\\d*)$', '')` : column;
    const value = `TRY_CAST(${text} AS ${kind})`;
    // The calendar's own reading is cheap on what looks right at a glance.
    const obeys =
      type === 'date'
        ? `(${column} LIKE '____-__-__' AND ${value} IS NOT NULL AND ${column} >= '0' AND ${column} < ':')`
        : `(${matches(column, pattern)} AND ${value} IS NOT NULL)`;
    return { obeys, judge: null, value, example };
  }
  const formats = format === 'any' ? anyFormats[type] : [format];
  const read = formats.map(readMomentFormat);
  const alternatives = read.map((each) => {
    if (each === null) return 'FALSE';
    const looks = matches(column, each.pattern);
    return each.strptime === null
      ? looks
      : `(${looks} AND try_strptime(${column}, ${quoteLiteral(each.strptime)}) IS NOT NULL)`;
  });
  const readable = read.flatMap((each) =>
    each?.strptime ? [`CAST(try_strptime(${column}, ${quoteLiteral(each.strptime)}) AS TIMESTAMP)`] : [],
  );
  const value = readable.length === 0 ? null : `coalesce(${readable.join(', ')})`;
  return {
    obeys: `(${alternatives.join(' OR ')})`,
    judge: null,
    value,
    example: momentExample(formats[0] ?? '%Y-%m-%d'),
  };
}

function geopointCheck(format: string, column: string): TypeCheck {
  if (format === 'object') {
    const judge = (text: string) => {
      const read = parsed(text);
      if (typeof read !== 'object' || read === null) return false;
      const { lon, lat } = read as Record<string, unknown>;
      return isDegrees(lon, 180) && isDegrees(lat, 90);
    };
    return { obeys: null, judge, value: null, example: '{"lon":0.68,"lat":47.39}' };
  }
  const blank = '[ \\t\\x{a0}\\x{202f}]*';
  const pair = `(${coordinate})${blank},${blank}(${coordinate})`;
  const pattern = quoteLiteral(
    format === 'array' ? `${blank}\\[${blank}${pair}${blank}\\]${blank}` : `${blank}${pair}${blank}`,
  );
  const part = (group: number) => `TRY_CAST(regexp_extract(${column}, ${pattern}, ${group}) AS DOUBLE)`;
  const obeys = `(regexp_full_match(${column}, ${pattern}) AND abs(${part(1)}) <= 180 AND abs(${part(2)}) <= 90)`;
  return { obeys, judge: null, value: null, example: format === 'array' ? '[0.68, 47.39]' : '0.68, 47.39' };
}

function listCheck(field: SchemaField, column: string): TypeCheck {
  const item = itemPatterns[field.itemType];
  const example = field.itemType === 'integer' ? `1${field.delimiter}2` : `a${field.delimiter}b`;
  if (item === undefined) return { obeys: 'TRUE', judge: null, value: null, example };
  const between = field.delimiter.replace(/[$()*+.?[\\\]^{|}/]/g, '\\$&');
  return { obeys: matches(column, `${item}(?:${between}${item})*`), judge: null, value: null, example };
}

const itemPatterns: Readonly<Partial<Record<string, string>>> = {
  integer: digits,
  number: `(?:${decimal}|${special})`,
  boolean: '(?:true|True|TRUE|1|false|False|FALSE|0)',
  date: isoDate,
  datetime: isoDatetime,
  time: isoTime,
};

/** SQL of a number's text with nothing around it and a decimal point, as the field says it is written. */
function bareNumber(field: SchemaField, column: string): string {
  const { decimalChar, groupChar } = field;
  let sql = column;
  if (groupChar !== '') sql = `replace(${sql}, ${quoteLiteral(groupChar)}, '')`;
  if (decimalChar !== '.' && field.type === 'number')
    sql = `replace(replace(${sql}, '.', '?'), ${quoteLiteral(decimalChar)}, '.')`;
  if (field.bareNumber) return sql;
  // "€ 12" and "95 %": what surrounds the number is no part of it.
  return `regexp_replace(${sql}, '^[^0-9.+-]+|[^0-9.]+$', '', 'g')`;
}

function matches(column: string, pattern: string): string {
  return `regexp_full_match(${column}, ${quoteLiteral(pattern)})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDegrees(value: unknown, most: number): boolean {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= most;
}

const shapes = new Set(['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon']);

function isGeoJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type, coordinates, geometry, geometries, features } = value as Record<string, unknown>;
  if (typeof type === 'string' && shapes.has(type)) return isPositions(coordinates);
  if (type === 'GeometryCollection') return Array.isArray(geometries) && geometries.every(isGeoJson);
  if (type === 'Feature') return geometry === null || isGeoJson(geometry);
  return type === 'FeatureCollection' && Array.isArray(features) && features.every(isGeoJson);
}

function isPositions(value: unknown): boolean {
  return Array.isArray(value) && (value.every((each) => typeof each === 'number') || value.every(isPositions));
}

function isTopology(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Record<string, unknown>)['type'] === 'Topology';
}
