// range(): groups of numbers or dates, of equal widths or between given bounds; the lower bound is in, the upper one out.
import { groupFunctions } from './functions.ts';
import { fromZone, inZone, offsetSql } from './scalars.ts';
import { momentOf, offsetMinutes, offsetText } from './settings.ts';
import type { Node } from './tree.ts';
import type { Value } from './value.ts';
import type { ValueCompiler } from './values.ts';

type Call = Extract<Node, { kind: 'call' }>;
type RangeKey = { readonly sql: string; readonly condition: string | null; told(key: string): Value };

/** The engine's names of the intervals, by what a query may call them (case counts: m, M). */
const units: Readonly<Record<string, { readonly name: string; readonly one: boolean }>> = Object.fromEntries(
  [
    { name: 'millisecond', written: ['ms', 'millisecond', 'milliseconds'], one: false },
    { name: 'second', written: ['s', 'second', 'seconds'], one: false },
    { name: 'minute', written: ['m', 'minute', 'minutes'], one: false },
    { name: 'hour', written: ['h', 'hour', 'hours'], one: false },
    { name: 'day', written: ['d', 'day', 'days'], one: false },
    // More than one of these has no first one to begin with.
    { name: 'week', written: ['w', 'week', 'weeks'], one: true },
    { name: 'month', written: ['M', 'month', 'months'], one: true },
    { name: 'quarter', written: ['q', 'quarter', 'quarters'], one: true },
    { name: 'year', written: ['y', 'year', 'years'], one: true },
  ].flatMap(({ written, ...unit }) => written.map((word) => [word, unit] as const)),
);

const mostUnits = 1_000_000;

/** @throws TerroirError query.wrongArguments, query.unknownField */
export function rangeKey(call: Call, values: ValueCompiler): RangeKey {
  const wrong = () => values.error('query.wrongArguments', { name: 'range', expected: groupFunctions['range'] ?? '' });
  const [field, ...steps] = call.args;
  const [first] = steps;
  if (call.distinct || field?.kind !== 'field' || first === undefined) throw wrong();
  const of = values.field(field);
  const timed = of.kind === 'date' || of.kind === 'datetime';
  if (!timed && of.kind !== 'number') throw wrong();
  if (steps.length === 1 && first.kind !== 'star') {
    const key = timed ? equalTimes(of, first, values) : equalNumbers(of, first, values);
    if (key === null) throw wrong();
    return key;
  }
  const bounds = steps.filter((step) => step.kind !== 'star');
  const [openBelow, openAbove] = [first.kind === 'star', steps.at(-1)?.kind === 'star'];
  const stars = steps.length - bounds.length;
  if (bounds.length === 0 || stars !== Number(openBelow) + Number(openAbove)) throw wrong();
  if (bounds.length === 1 && stars === 0) throw wrong();
  const key = timed
    ? timeRanges(of, bounds, { openBelow, openAbove }, values)
    : numberRanges(of, bounds, { openBelow, openAbove }, values);
  if (key === null) throw wrong();
  return key;
}

function equalNumbers(of: Value, step: Node, values: ValueCompiler): RangeKey | null {
  if (step.kind !== 'number' || !(step.value > 0)) return null;
  const width = step.value;
  const bound = `CAST(${values.bind(width)} AS DOUBLE)`;
  const whole = of.whole === true && Number.isSafeInteger(width);
  const text = (sql: string) =>
    whole
      ? `CAST(CAST(${sql} AS HUGEINT) AS VARCHAR)`
      : `regexp_replace(CAST(round(${sql}, 10) AS VARCHAR), '\\.0$', '')`;
  // Infinity and what is no number belong to no range.
  const sql = whole || of.whole === true ? of.sql : `CASE WHEN isfinite(${of.sql}) THEN ${of.sql} END`;
  return {
    sql: `floor(${sql} / ${bound})`,
    condition: null,
    told: (key) => ({
      sql: whole
        ? `('[' || ${text(`${key} * ${width}`)} || ', ' || ${text(`(${key} + 1) * ${width} - 1`)} || ']')`
        : `('[' || ${text(`${key} * ${double(width)}`)} || ', ' || ${text(`(${key} + 1) * ${double(width)}`)} || '[')`,
      kind: 'text',
    }),
  };
}

function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}

/** `1 day`, `1day`, `12h`. */
function intervalOf(step: Node): { readonly count: number; readonly unit: string } | null {
  const written = step.kind === 'field' ? /^(\d+)([A-Za-z]+)$/.exec(step.name) : null;
  const [count, word] =
    step.kind === 'quantity' ? [step.value, step.unit] : [Number(written?.[1] ?? Number.NaN), written?.[2] ?? ''];
  const unit = Object.hasOwn(units, word) ? units[word] : undefined;
  if (unit === undefined || !Number.isInteger(count) || count < 1 || count > mostUnits) return null;
  return unit.one && count > 1 ? null : { count, unit: unit.name };
}

function equalTimes(of: Value, step: Node, values: ValueCompiler): RangeKey | null {
  const interval = intervalOf(step);
  if (interval === null) return null;
  const { count, unit } = interval;
  const { timezone } = values.settings;
  const local = of.kind === 'date' ? `CAST(${of.sql} AS TIMESTAMP)` : inZone(of.sql, timezone);
  const zone = of.kind === 'date' ? 'UTC' : timezone;
  const width = `INTERVAL ${count} ${unit}`;
  return {
    sql: count === 1 ? `date_trunc('${unit}', ${local})` : `time_bucket(${width}, ${local}, TIMESTAMP '1970-01-01')`,
    condition: null,
    told: (key) => ({
      // Without the cast, a day cut from a moment would be a date.
      sql: `('[' || ${timeText(`CAST(${key} AS TIMESTAMP)`, zone)} || ', ' || ${timeText(`(CAST(${key} AS TIMESTAMP) + ${width})`, zone)} || '[')`,
      kind: 'text',
    }),
  };
}

/** SQL of a time of the clocks of a zone as ISO 8601, "2020-01-01T00:00:00.000Z". */
function timeText(local: string, timezone: string): string {
  const text = `strftime(${local}, '%Y-%m-%dT%H:%M:%S.%g')`;
  if (timezone === 'UTC') return `${text} || 'Z'`;
  const minutes = `date_diff('minute', ${fromZone(local, timezone)}, ${local})`;
  return `${text} || ${offsetSql(minutes)}`;
}

type Ends = { readonly openBelow: boolean; readonly openAbove: boolean };

function numberRanges(of: Value, bounds: readonly Node[], ends: Ends, values: ValueCompiler): RangeKey | null {
  const numbers = bounds.map((bound) => (bound.kind === 'number' ? bound.value : Number.NaN));
  if (!ascend(numbers)) return null;
  const whole = of.whole === true && numbers.every((number) => Number.isSafeInteger(number));
  const label = (low: number | null, high: number | null) =>
    whole ? `[${low ?? '*'}, ${high === null ? '*' : high - 1}]` : `[${low ?? '*'}, ${high ?? '*'}[`;
  const sql = numbers.map((number) => `CAST(${values.bind(number)} AS DOUBLE)`);
  return staticRanges(of.sql, sql, labels(numbers, ends, label), ends);
}

function timeRanges(of: Value, bounds: readonly Node[], ends: Ends, values: ValueCompiler): RangeKey | null {
  const zone = of.kind === 'date' ? 'UTC' : values.settings.timezone;
  const dates = bounds.map((bound) => (bound.kind === 'date' || bound.kind === 'text' ? values.date(bound) : null));
  const moments = dates.map((date) => {
    if (date === null) return Number.NaN;
    const written = Date.parse(`${date.text.replace(' ', 'T')}${date.type === 'date' ? 'T00:00:00.000' : ''}Z`);
    return date.zoned ? written : momentOf(written, zone);
  });
  if (!ascend(moments)) return null;
  const label = (low: number | null, high: number | null) => `[${isoText(low, zone)}, ${isoText(high, zone)}[`;
  const sql = moments.map((moment) => {
    const text = new Date(moment).toISOString().replace('T', ' ').replace('Z', '');
    return `CAST(${values.bind(text)} AS TIMESTAMP)`;
  });
  return staticRanges(`CAST(${of.sql} AS TIMESTAMP)`, sql, labels(moments, ends, label), ends);
}

function isoText(moment: number | null, timezone: string): string {
  if (moment === null) return '*';
  const minutes = offsetMinutes(moment, timezone);
  const wall = new Date(moment + minutes * 60_000).toISOString();
  return timezone === 'UTC' ? wall : wall.replace('Z', offsetText(minutes));
}

function ascend(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => Number.isFinite(number) && (i === 0 || number > (numbers[i - 1] as number)));
}

function labels(
  bounds: readonly number[],
  { openBelow, openAbove }: Ends,
  label: (low: number | null, high: number | null) => string,
): readonly string[] {
  const between = bounds.slice(1).map((high, i) => label(bounds[i] as number, high));
  return [
    ...(openBelow ? [label(null, bounds[0] as number)] : []),
    ...between,
    ...(openAbove ? [label(bounds.at(-1) as number, null)] : []),
  ];
}

/** Ranges numbered from below; rows out of them are in no group, those without a value in the group of none. */
function staticRanges(of: string, bounds: readonly string[], names: readonly string[], ends: Ends): RangeKey {
  const first = ends.openBelow ? 0 : -1;
  const cases = bounds.map((bound, i) => `WHEN ${of} < ${bound} THEN ${first + i}`);
  const [below, above] = [bounds[0] as string, bounds.at(-1) as string];
  const conditions = [
    ...(ends.openBelow ? [] : [`${of} >= ${below}`]),
    ...(ends.openAbove ? [] : [`${of} < ${above}`]),
  ];
  return {
    sql: `CASE WHEN ${of} IS NULL THEN NULL ${cases.join(' ')} ELSE ${first + bounds.length} END`,
    condition: conditions.length === 0 ? null : `(${of} IS NULL OR (${conditions.join(' AND ')}))`,
    // Signs and digits of ours.
    told: (key) => ({
      sql: `list_extract([${names.map((name) => `'${name}'`).join(', ')}], ${key} + 1)`,
      kind: 'text',
    }),
  };
}
