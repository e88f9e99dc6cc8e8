// The charts that suit a table, chosen from what each of its columns holds.
import type { Field, FieldProfile } from '../field.ts';
import { type ChartSpec, chartLimits, isCategory, isMeasure, isTime } from './spec.ts';

const most = 4;

/**
 * At most four charts, the most telling first: money by who received it, what changes with time, the most frequent
 * kinds, how a measure is spread. Empty when no column lends itself to a chart.
 */
export function suggestCharts(
  fields: readonly Field[],
  profiles: readonly FieldProfile[],
  rows: number,
): readonly ChartSpec[] {
  const profileOf = new Map(profiles.map((profile) => [profile.name, profile]));
  const filled = (field: Field) => (profileOf.get(field.name)?.filledShare ?? 0) >= 0.3;
  const distinct = (field: Field) => profileOf.get(field.name)?.distinct ?? 0;
  const useful = fields.filter((field) => filled(field) && distinct(field) > 1);
  const measures = useful.filter((field) => isMeasure(field) && !isNumbering(field, distinct(field), rows));
  const amount = measures.find((field) => field.role === 'amount') ?? null;
  const time = useful.find((field) => isTime(field, profileOf.get(field.name))) ?? null;
  const kinds = useful
    .filter(
      (field) =>
        isCategory(field) &&
        !isTime(field, profileOf.get(field.name)) &&
        field.type !== 'integer' &&
        !unlabelled.has(field.role),
    )
    .filter((field) => distinct(field) <= Math.max(chartLimits.bars, rows / 3))
    .sort((a, b) => readability(distinct(a)) - readability(distinct(b)));
  const kind = kinds[0] ?? null;
  const of = (mark: ChartSpec['mark'], x: Field, y: Field | null = null): ChartSpec => ({
    mark,
    x: x.name,
    y: y?.name ?? null,
    aggregate: y === null ? 'count' : 'sum',
    series: null,
  });
  // As many rows for each kind: an observation of each at each time. Counting them says nothing, what was measured does.
  const even = (field: Field) => isEven(profileOf.get(field.name), rows);
  const measured = amount ?? (kind !== null && time !== null && even(kind) ? (measures[0] ?? null) : null);
  const charts: ChartSpec[] = [];
  if (amount !== null && kind !== null) charts.push(of('bar', kind, amount));
  if (time !== null && !(measured === null && even(time)))
    charts.push(of(distinct(time) > 12 ? 'line' : 'bar', time, measured));
  if (amount === null && measured !== null && kind !== null) charts.push(of('bar', kind, measured));
  for (const each of kinds.slice(0, 2)) if (!even(each)) charts.push(of('bar', each));
  const [first, second] = measures;
  if (first !== undefined && distinct(first) > 8) charts.push(of('histogram', first));
  if (first !== undefined && second !== undefined)
    charts.push({ mark: 'scatter', x: first.name, y: second.name, aggregate: 'avg', series: null });
  return charts.slice(0, most);
}

/** Texts that name one thing each, or that nobody compares. */
const unlabelled = new Set<Field['role']>(['url', 'email', 'phone', 'siret', 'siren', 'rna', 'identifier', 'address']);

/** Whole numbers that are all different only number the rows. */
function isNumbering(field: Field, distinct: number, rows: number): boolean {
  return field.type === 'integer' && rows > 1 && distinct === rows;
}

/** Whether all values of a column, which is not one row's each, are as frequent. */
function isEven(profile: FieldProfile | undefined, rows: number): boolean {
  const counts = profile?.top.map(({ count }) => count) ?? [];
  return counts.length > 1 && (profile?.distinct ?? 0) < rows && Math.max(...counts) === Math.min(...counts);
}

/** Between three and twelve kinds is what the eye compares best. */
function readability(distinct: number): number {
  return distinct < 3 ? 20 : distinct <= 12 ? 0 : distinct;
}
