// What a chart shows, in five words that stand in its address: mark, x, y, aggregate, series.
import type { Field, FieldProfile } from '../field.ts';

export const chartMarks = ['bar', 'line', 'area', 'scatter', 'histogram'] as const;
export type ChartMark = (typeof chartMarks)[number];
export const chartAggregates = ['count', 'sum', 'avg', 'min', 'max'] as const;
export type ChartAggregate = (typeof chartAggregates)[number];
export type TimeStep = 'year' | 'month' | 'day';

export type ChartSpec = {
  readonly mark: ChartMark;
  /** The column along the axis, or in the bars. */
  readonly x: string;
  /** The column that is measured; null when rows are counted. */
  readonly y: string | null;
  readonly aggregate: ChartAggregate;
  /** A column whose values each have their own colour. */
  readonly series: string | null;
};

export type ChartPoint = { readonly x: string | number; readonly y: number; readonly series: string | null };

export type ChartData = {
  readonly points: readonly ChartPoint[];
  /** Rows that the filters choose; of those, the ones without a value on the axis. */
  readonly rows: number;
  readonly empty: number;
  /** The sum of every value, those that are not drawn too; null where adding makes no sense. */
  readonly total: number | null;
  /** How many different values of x there are; more than are drawn when there are many. */
  readonly values: number;
  /** The width of a bin of a histogram. */
  readonly binWidth: number | null;
  /** Whether the points are some of the rows only. */
  readonly sampled: boolean;
};

/** How many bars, colours and points a person can still read. */
export const chartLimits = { bars: 20, series: 6, points: 1000, bins: 20 } as const;

export function isMeasure(field: Field): boolean {
  return (field.type === 'integer' || field.type === 'number') && (field.role === null || field.role === 'amount');
}

export function isTime(field: Field, profile?: FieldProfile): boolean {
  return (
    field.type === 'date' || field.type === 'datetime' || field.role === 'year' || periodOf(field, profile) !== null
  );
}

/** Texts such as « 2026-03 » or « 2026 » are months and years too. */
function periodOf(field: Field, profile: FieldProfile | undefined): TimeStep | null {
  const seen = profile?.top.map(({ value }) => value) ?? [];
  if (field.type !== 'string' || seen.length === 0) return null;
  if (seen.every((value) => /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(value))) return 'month';
  return seen.every((value) => /^(19|20)\d{2}$/.test(value)) ? 'year' : null;
}

export function isCategory(field: Field): boolean {
  return (
    field.type === 'string' ||
    field.type === 'boolean' ||
    isTime(field) ||
    (field.type === 'integer' && field.role === null)
  );
}

/** Years, months or days, so that the points stay countable: by what the column spans. Null for what is no day. */
export function timeStep(field: Field, profile: FieldProfile | undefined): TimeStep | null {
  if (field.type !== 'date' && field.type !== 'datetime') return periodOf(field, profile);
  const at = (text: string | null | undefined) => (text == null ? Number.NaN : Date.parse(text.slice(0, 10)));
  const days = (at(profile?.max) - at(profile?.min)) / 86_400_000;
  if (!(days <= 366 * 5)) return 'year';
  return days > 92 ? 'month' : 'day';
}

/**
 * Reads a chart from an address; null when it names no column of the table. What does not go together is brought
 * to the nearest chart that does.
 */
export function readChartSpec(query: Readonly<Record<string, unknown>>, fields: readonly Field[]): ChartSpec | null {
  const column = (name: string) => fields.find((field) => field.name === query[name]);
  const x = column('x');
  if (x === undefined) return null;
  const mark = chartMarks.find((one) => one === query['chart']) ?? 'bar';
  const y = column('y');
  const measured = y !== undefined && isMeasure(y) ? y.name : null;
  const numericX = x.type === 'integer' || x.type === 'number';
  if (mark === 'histogram' && numericX) return { mark, x: x.name, y: null, aggregate: 'count', series: null };
  const series = column('series');
  const coloured = series !== undefined && isCategory(series) && series.name !== x.name ? series.name : null;
  if (mark === 'scatter' && numericX && measured !== null)
    return { mark, x: x.name, y: measured, aggregate: 'avg', series: coloured };
  const asked = chartAggregates.find((one) => one === query['aggregate']) ?? 'sum';
  return {
    mark: mark === 'histogram' || mark === 'scatter' ? 'bar' : mark,
    x: x.name,
    y: asked === 'count' ? null : measured,
    aggregate: measured === null ? 'count' : asked,
    series: coloured,
  };
}

/** The same chart as the parameters of an address. */
export function chartParameters(spec: ChartSpec): Readonly<Record<string, string | null>> {
  const { mark, x, y, aggregate, series } = spec;
  return { chart: mark, x, y, aggregate: y === null || mark === 'scatter' ? null : aggregate, series };
}

/** Whether values of this chart may be added up to a total. */
export function addsUp({ mark, aggregate }: ChartSpec): boolean {
  return mark !== 'scatter' && (aggregate === 'count' || aggregate === 'sum');
}

/** A round width (1, 2 or 5 times a power of ten) that cuts a range into about as many parts. */
export function roundStep(range: number, parts: number): number {
  if (!(range > 0)) return 1;
  const raw = range / parts;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = raw / power;
  return (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 5 ? 5 : 10) * power;
}
