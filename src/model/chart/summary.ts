// What a chart says, in one or two exact sentences: whoever does not see it knows as much.
import { fillSentence } from '../../lib/errors.ts';
import type { Language } from '../language.ts';
import { chartMessages } from '../messages/chart.ts';
import type { ChartData, ChartPoint, ChartSpec } from './spec.ts';

type ChartSentence = keyof typeof chartMessages;
type Labels = { readonly x: string; readonly y: string | null; readonly series?: string | null };

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

/** How a chart writes a number: three digits behind the comma, no more. */
export function chartNumber(value: number, lang: Language): string {
  return new Intl.NumberFormat(locales[lang], { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 3 }).format(value);
}

/** A value of the axis for people: "2024-05" is « mai 2024 ». */
export function chartLabel(x: string | number, lang: Language): string {
  if (typeof x === 'number') return Number.isInteger(x) && Math.abs(x) < 10_000 ? String(x) : chartNumber(x, lang);
  if (x === 'true' || x === 'false') return say(lang, x === 'true' ? 'chart.yes' : 'chart.no');
  const day = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(x);
  if (day === null) return x;
  const date = new Date(`${day[1]}-${day[2]}-${day[3] ?? '01'}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return x;
  const parts = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locales[lang], day[3] === undefined ? parts : { ...parts, day: 'numeric' }).format(
    date,
  );
}

/** What is measured: « nombre de lignes », « somme de Montant ». */
export function measureLabel({ aggregate, mark }: ChartSpec, y: string | null, lang: Language): string {
  if (y === null) return say(lang, 'chart.measure.count');
  return mark === 'scatter' ? y : say(lang, `chart.measure.${aggregate}`, { column: y });
}

/** The title: « Nombre de lignes par Essence ». */
export function chartTitle(spec: ChartSpec, labels: Labels, lang: Language): string {
  if (spec.mark === 'histogram') return say(lang, 'chart.title.histogram', { x: labels.x });
  if (spec.mark === 'scatter') return say(lang, 'chart.title.scatter', { x: labels.x, y: labels.y ?? '' });
  const measure = measureLabel(spec, labels.y, lang);
  const title = say(lang, 'chart.title.by', { measure, x: labels.x });
  const whole = labels.series == null ? title : say(lang, 'chart.title.series', { title, series: labels.series });
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

/** One to three sentences. Only what the points say: no cause, no judgement. */
export function chartSummary(spec: ChartSpec, data: ChartData, labels: Labels, lang: Language): string {
  const { points } = data;
  if (points.length === 0) return say(lang, 'chart.summary.none');
  const sentences =
    spec.mark === 'scatter'
      ? scatterSentences(data, labels, lang)
      : spec.mark === 'histogram'
        ? histogramSentences(data, lang)
        : isOrdered(points)
          ? timeSentences(spec, data, lang)
          : barSentences(spec, data, lang);
  if (data.empty > 0) sentences.push(plural(lang, 'chart.summary.empty', data.empty));
  return sentences.join(' ');
}

/** Whether the axis is time or a number: then the order of the points says something. */
export function isOrdered(points: readonly ChartPoint[]): boolean {
  return points.every(({ x }) => typeof x === 'number' || /^\d{4}(-\d\d){0,2}$/.test(x));
}

function barSentences(spec: ChartSpec, data: ChartData, lang: Language): string[] {
  const { points, total, values } = data;
  const sorted = [...points].sort((a, b) => b.y - a.y);
  const [first, last] = [sorted[0] as ChartPoint, sorted.at(-1) as ChartPoint];
  const number = (value: number) => chartNumber(value, lang);
  const sentences: string[] = [];
  if (total !== null && spec.aggregate === 'sum')
    sentences.push(say(lang, 'chart.summary.total', { total: number(total) }));
  const ties = sorted.filter((point) => point.y === first.y);
  if (points.length > 1 && first.y === last.y && values <= points.length)
    sentences.push(say(lang, 'chart.summary.equal', { count: number(points.length), value: number(first.y) }));
  else if (ties.length > 1)
    sentences.push(
      say(lang, 'chart.summary.tie', {
        names: ties
          .slice(0, 3)
          .map((p) => named(p, lang))
          .join(', '),
        value: number(first.y),
      }),
    );
  else if (total !== null && total > 0 && first.y >= 0 && last.y >= 0)
    sentences.push(
      say(lang, 'chart.summary.most', {
        name: named(first, lang),
        value: number(first.y),
        total: number(total),
        share: percent(first.y / total, lang),
      }),
    );
  else sentences.push(say(lang, 'chart.summary.highest', { name: named(first, lang), value: number(first.y) }));
  if (values > points.length && spec.series === null)
    sentences.push(say(lang, 'chart.summary.some', { shown: number(points.length), values: number(values) }));
  else if (first.y !== last.y)
    sentences.push(say(lang, 'chart.summary.lowest', { name: named(last, lang), value: number(last.y) }));
  return sentences;
}

function timeSentences(spec: ChartSpec, data: ChartData, lang: Language): string[] {
  if (spec.series !== null) return barSentences(spec, data, lang);
  const sorted = [...data.points].sort((a, b) => (a.x < b.x ? -1 : 1));
  const [first, last] = [sorted[0] as ChartPoint, sorted.at(-1) as ChartPoint];
  if (sorted.length === 1)
    return [say(lang, 'chart.summary.one', { name: chartLabel(first.x, lang), value: chartNumber(first.y, lang) })];
  const most = sorted.reduce((a, b) => (b.y > a.y ? b : a));
  const least = sorted.reduce((a, b) => (b.y < a.y ? b : a));
  const facts = {
    from: chartLabel(first.x, lang),
    to: chartLabel(last.x, lang),
    first: chartNumber(first.y, lang),
    last: chartNumber(last.y, lang),
  };
  const trend = last.y > first.y ? 'up' : last.y < first.y ? 'down' : 'same';
  const sentences = [say(lang, `chart.summary.${trend}`, facts)];
  if (most.y !== least.y)
    sentences.push(
      say(lang, 'chart.summary.extremes', {
        most: chartLabel(most.x, lang),
        high: chartNumber(most.y, lang),
        least: chartLabel(least.x, lang),
        low: chartNumber(least.y, lang),
      }),
    );
  if (data.total !== null) sentences.push(say(lang, 'chart.summary.total', { total: chartNumber(data.total, lang) }));
  return sentences;
}

function histogramSentences({ points, binWidth, total }: ChartData, lang: Language): string[] {
  const most = points.reduce((a, b) => (b.y > a.y ? b : a));
  const from = Number(most.x);
  const number = (value: number) => chartNumber(value, lang);
  return [
    say(lang, 'chart.summary.bin', {
      from: number(from),
      to: number(from + (binWidth ?? 0)),
      count: number(most.y),
      share: percent(total === null || total === 0 ? 0 : most.y / total, lang),
    }),
  ];
}

function scatterSentences(data: ChartData, labels: Labels, lang: Language): string[] {
  const xs = data.points.map((point) => Number(point.x));
  const ys = data.points.map((point) => point.y);
  const number = (value: number) => chartNumber(value, lang);
  const span = (values: readonly number[]) => ({
    least: number(values.reduce((a, b) => Math.min(a, b))),
    most: number(values.reduce((a, b) => Math.max(a, b))),
  });
  return [
    ...(data.sampled
      ? [say(lang, 'chart.summary.sample', { shown: number(data.points.length), rows: number(data.rows) })]
      : []),
    say(lang, 'chart.summary.span', { column: labels.x, ...span(xs) }),
    say(lang, 'chart.summary.span', { column: labels.y ?? '', ...span(ys) }),
  ];
}

function named({ x, series }: ChartPoint, lang: Language): string {
  return series === null ? chartLabel(x, lang) : `${chartLabel(x, lang)} (${chartLabel(series, lang)})`;
}

/** 100 % is said of all, 0 % of none. */
function percent(share: number, lang: Language): string {
  const digits = share < 0.01 || (share > 0.99 && share < 1) ? 2 : 0;
  return new Intl.NumberFormat(locales[lang], { style: 'percent', maximumFractionDigits: digits }).format(share);
}

function plural(lang: Language, key: 'chart.summary.empty', count: number): string {
  const one = lang === 'fr' ? count < 2 : count === 1;
  return say(lang, one ? `${key}.one` : `${key}.many`, { count: chartNumber(count, lang) });
}

function say(lang: Language, key: ChartSentence, params: Readonly<Record<string, string>> = {}): string {
  const text = fillSentence(chartMessages[key][lang], params);
  return lang === 'fr'
    ? text
        .replace(/« /g, '«\u00a0')
        .replace(/ ([»:])/g, '\u00a0$1')
        .replace(/ ([;?!])/g, '\u202f$1')
    : text;
}
