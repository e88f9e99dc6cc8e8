// The functions of one row's values: length, lower, ifnull, now, parts of dates, date_format, json_format, distance, random.
import type { TerroirError } from '../../lib/errors.ts';
import { dateFormatSql } from './date-format.ts';
import { scalarFunctions } from './functions.ts';
import { distanceSql, pointOf, readGeometry } from './geometry-literal.ts';
import type { Kind } from './kinds.ts';
import { readNow } from './now.ts';
import type { QuerySettings } from './settings.ts';
import type { Clause } from './tokens.ts';
import type { BindText, Node } from './tree.ts';
import type { Value } from './value.ts';

type Call = Extract<Node, { kind: 'call' }>;

/** What a function needs of the compiler. */
export type Tools = {
  readonly clause: Clause;
  readonly settings: QuerySettings;
  readonly bind: BindText;
  value(node: Node): Value;
  /** A value, literals read as the kind of another one. */
  valueLike(node: Node, kind: Kind): Value | null;
  /** The row's name in an order that is no order. */
  readonly rowSql: string;
  misplaced(name: string): TerroirError;
  wrongArguments(name: string, expected: string): TerroirError;
};

const dateParts = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/** @throws TerroirError query.wrongArguments, query.aggregateMisplaced */
export function scalarValue(call: Call, tools: Tools): Value {
  const { name, args } = call;
  const wrong = () => tools.wrongArguments(name, scalarFunctions[name] ?? name);
  if (call.distinct) throw wrong();
  const [first, second] = args;
  const exactly = (count: number) => {
    if (args.length !== count) throw wrong();
  };
  const textArgument = (node: Node | undefined): string => {
    const value = node === undefined ? null : tools.value(node);
    if (value?.kind !== 'text') throw wrong();
    return value.sql;
  };
  if (dateParts.includes(name)) {
    exactly(1);
    return { sql: `${name}(${localMoment(first as Node, tools, wrong)})`, kind: 'number', whole: true };
  }
  switch (name) {
    case 'length':
      exactly(1);
      return { sql: `length(${textArgument(first)})`, kind: 'number', whole: true };
    case 'lower':
      exactly(1);
      return { sql: `lower(${textArgument(first)})`, kind: 'text' };
    case 'ifnull': {
      exactly(2);
      const value = tools.value(first as Node);
      const otherwise = tools.valueLike(second as Node, value.kind);
      if (otherwise === null || otherwise.kind !== value.kind || value.kind === 'json') throw wrong();
      return {
        ...value,
        sql: `COALESCE(${value.sql}, ${otherwise.sql})`,
        whole: value.whole === true && otherwise.whole === true,
      };
    }
    case 'now':
      return nowValue(args, tools, wrong);
    case 'date_format': {
      exactly(2);
      if (second?.kind !== 'text') throw wrong();
      const sql = dateFormatSql(localMoment(first as Node, tools, wrong), second.value, tools.settings.lang);
      if (sql === null) throw wrong();
      return { sql, kind: 'text' };
    }
    case 'json_format':
      return jsonValue(args, tools, textArgument, wrong);
    case 'distance': {
      exactly(2);
      const column = tools.value(first as Node);
      const point = second?.kind === 'geometry' ? pointOf(readGeometry(second.value, tools.clause)) : null;
      if (column.kind !== 'point' || point === null) throw wrong();
      return { sql: distanceSql(column.sql, point), kind: 'number' };
    }
    case 'random': {
      if (tools.clause !== 'order_by') throw tools.misplaced(name);
      exactly(1);
      const seed = first?.kind === 'number' ? first.value : Number.NaN;
      if (!Number.isSafeInteger(seed)) throw wrong();
      return { sql: `hash(${tools.rowSql}, ${tools.bind(seed)})`, kind: 'number' };
    }
    default:
      throw wrong();
  }
}

/** SQL of a date or a moment as the clocks of the zone show it, as a TIMESTAMP. */
function localMoment(node: Node, tools: Tools, wrong: () => TerroirError): string {
  const value = tools.value(node);
  if (value.kind === 'date') return `CAST(${value.sql} AS TIMESTAMP)`;
  if (value.kind !== 'datetime') throw wrong();
  return inZone(value.sql, tools.settings.timezone);
}

/** SQL of a stored moment, which is UTC's, as the clocks of a zone show it. */
export function inZone(sql: string, timezone: string): string {
  // Names of zones are letters, digits, signs: readTimeZone lets no other in.
  return timezone === 'UTC' ? sql : `timezone('${timezone}', timezone('UTC', ${sql}))`;
}

/** SQL of the moment at which the clocks of a zone show a time. */
export function fromZone(sql: string, timezone: string): string {
  return timezone === 'UTC' ? sql : `timezone('UTC', timezone('${timezone}', ${sql}))`;
}

/** SQL of a stored moment as the text of answers: "2024-01-15T09:00:00+01:00". */
export function momentText(sql: string, timezone: string): string {
  const local = inZone(sql, timezone);
  const minutes = `date_diff('minute', ${sql}, ${local})`;
  return `(replace(CAST(${local} AS VARCHAR), ' ', 'T') || ${offsetSql(minutes)})`;
}

/** SQL of minutes east of Greenwich as "+01:00". */
export function offsetSql(minutes: string): string {
  return `(CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END) || printf('%02d:%02d', abs(${minutes}) // 60, abs(${minutes}) % 60)`;
}

function nowValue(args: readonly Node[], tools: Tools, wrong: () => TerroirError): Value {
  if (tools.clause === 'group_by') throw tools.misplaced('now');
  const parts = new Map<string, number>();
  for (const arg of args) {
    if (arg.kind !== 'named' || arg.value.kind !== 'number') throw wrong();
    // The last one of a name counts, and comes last.
    parts.delete(arg.name);
    parts.set(arg.name, arg.value.value);
  }
  const text = readNow(parts, tools.settings);
  if (text === null) throw wrong();
  return { sql: `CAST(${tools.bind(text)} AS TIMESTAMP)`, kind: 'datetime' };
}

function jsonValue(
  args: readonly Node[],
  tools: Tools,
  textArgument: (node: Node | undefined) => string,
  wrong: () => TerroirError,
): Value {
  if (tools.clause !== 'select') throw tools.misplaced('json_format');
  const [of, fallback] = args;
  if (args.length < 1 || args.length > 2) throw wrong();
  const text = textArgument(of);
  if (fallback !== undefined && fallback.kind !== 'text' && fallback.kind !== 'null') throw wrong();
  const otherwise =
    fallback === undefined
      ? `CAST(to_json(${text}) AS VARCHAR)`
      : fallback.kind === 'null'
        ? 'NULL'
        : tools.bind(JSON.stringify(fallback.value));
  return {
    sql: `(CASE WHEN ${text} IS NULL THEN NULL WHEN json_valid(${text}) THEN ${text} ELSE ${otherwise} END)`,
    kind: 'json',
    plain: text,
  };
}
