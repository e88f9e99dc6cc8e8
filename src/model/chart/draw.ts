// Draws a chart as SVG text: the same for pages, files and elements. Colours are classes over defaults, so that paper and dark screens have their own.
import type { Language } from '../language.ts';
import { type ChartData, type ChartPoint, type ChartSpec, chartLimits, roundStep } from './spec.ts';
import { chartLabel, chartNumber, isOrdered } from './summary.ts';

export type Drawing = {
  readonly spec: ChartSpec;
  readonly data: ChartData;
  readonly title: string;
  readonly summary: string;
  readonly lang: Language;
  /** In CSS pixels: text keeps its size, whatever the width. */
  readonly width: number;
  /** Unique in its page. */
  readonly id: string;
  /** Written under the drawing: source, licence and date, in a file that travels alone. */
  readonly footer?: string;
};

const palette = ['#1d5873', '#a84a08', '#3f5f2c', '#7a3b69', '#8a6d1c', '#525a5f'] as const;
const font = 13;

/** A whole svg element, with its title and description inside. Every text of the data is escaped. */
export function drawChart(drawing: Drawing): string {
  const { spec, data, title, summary, id, width } = drawing;
  const series = seriesOf(data.points);
  const { body, height } =
    spec.mark === 'bar' && !isOrdered(data.points) ? drawBars(drawing, series) : drawPlane(drawing, series);
  const legend = series.length > 1 ? drawLegend(series, drawing, height) : { body: '', height };
  const foot =
    drawing.footer === undefined
      ? { body: '', height: legend.height }
      : drawFooter(drawing.footer, legend.height, width);
  return (
    `<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-t ${id}-d" width="${width}" height="${foot.height}" viewBox="0 0 ${width} ${foot.height}" font-family="sans-serif" font-size="${font}">` +
    `<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(summary)}</desc>${body}${legend.body}${foot.body}</svg>`
  );
}

type Part = { readonly body: string; readonly height: number };
type Series = readonly (string | null)[];

function seriesOf(points: readonly ChartPoint[]): Series {
  return [...new Set(points.map((point) => point.series))].slice(0, chartLimits.series);
}

/** Bars lie down: names of kinds are long, and are read from the left. */
function drawBars({ data, lang, width }: Drawing, series: Series): Part {
  const { points } = data;
  const names = [...new Set(points.map((point) => point.x))];
  const values = points.map((point) => point.y);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const labelRoom = Math.min(width * 0.42, 8 * Math.max(...names.map((name) => chartLabel(name, lang).length)) + 8);
  const valueRoom = 8 * Math.max(...values.map((value) => chartNumber(value, lang).length)) + 10;
  const room = Math.max(40, width - labelRoom - valueRoom);
  const at = (value: number) => labelRoom + ((value - least) / (most - least || 1)) * room;
  const thick = series.length > 1 ? 14 : 20;
  const band = series.length * (thick + 2) + 8;
  const shown = Math.floor(labelRoom / 7.2);
  const body = names.flatMap((name, row) => {
    const y = 4 + row * band;
    const label = chartLabel(name, lang);
    const bars = points
      .filter((point) => point.x === name)
      .map((point) => {
        const index = series.indexOf(point.series);
        const top = y + index * (thick + 2);
        const [from, to] = [at(Math.min(0, point.y)), at(Math.max(0, point.y))];
        return (
          `<rect ${colour(index)} x="${round(from)}" y="${top}" width="${round(Math.max(1, to - from))}" height="${thick}" rx="2"><title>${escaped(`${label} : ${chartNumber(point.y, lang)}`)}</title></rect>` +
          `<text class="chart-value" fill="#22292e" x="${round(to + 6)}" y="${top + thick / 2}" dy="0.35em">${chartNumber(point.y, lang)}</text>`
        );
      });
    return [
      `<text class="chart-label" fill="#22292e" x="${round(labelRoom - 8)}" y="${y + (band - 8) / 2}" dy="0.32em" text-anchor="end">${escaped(label.length > shown ? `${label.slice(0, shown - 1)}…` : label)}</text>`,
      ...bars,
    ];
  });
  const height = names.length * band + 4;
  return {
    body: `${body.join('')}<path class="chart-axis" stroke="#857455" d="M${round(at(0))} 0V${height}"/>`,
    height,
  };
}

/** Columns, lines, areas and points between two axes. */
function drawPlane({ spec, data, lang, width }: Drawing, series: Series): Part {
  const points = [...data.points].sort((a, b) => (position(a.x) ?? 0) - (position(b.x) ?? 0));
  const names = [...new Set(points.map((point) => point.x))];
  const ordered = isOrdered(points);
  const xOf = (point: ChartPoint) => (ordered ? (position(point.x) ?? 0) : names.indexOf(point.x));
  const height = Math.round(Math.min(340, Math.max(220, width * 0.45)));
  const xs = points.map(xOf);
  const columns = spec.mark === 'bar' || spec.mark === 'histogram';
  const step = spec.mark === 'histogram' ? (data.binWidth ?? 1) : columns ? smallestGap(xs) : 0;
  const [x0, x1] =
    spec.mark === 'histogram' ? [least(xs), most(xs) + step] : [least(xs) - step / 2, most(xs) + step / 2];
  const values = points.map((point) => point.y);
  const yTicks = ticks(
    spec.mark === 'scatter' ? least(values) : Math.min(0, least(values)),
    Math.max(0, most(values)),
    5,
  );
  const [y0, y1] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1];
  const left = 8 * Math.max(...yTicks.map((tick) => chartNumber(tick, lang).length)) + 10;
  const [right, top, bottom] = [14, 12, 28];
  const x = (value: number) => left + (x1 === x0 ? 0.5 : (value - x0) / (x1 - x0)) * (width - left - right);
  const y = (value: number) => height - bottom - ((value - y0) / (y1 - y0 || 1)) * (height - top - bottom);
  const grid = yTicks.map(
    (tick) =>
      `<path class="chart-grid" stroke="#e0d3b8" d="M${left} ${round(y(tick))}H${width - right}"/>` +
      `<text class="chart-label" fill="#22292e" x="${left - 6}" y="${round(y(tick))}" dy="0.32em" text-anchor="end">${chartNumber(tick, lang)}</text>`,
  );
  const marks = series.map((one, index) => {
    const own = points.filter((point) => point.series === one);
    const tip = (point: ChartPoint) =>
      `<title>${escaped(`${chartLabel(point.x, lang)} : ${chartNumber(point.y, lang)}`)}</title>`;
    if (columns) {
      const whole = Math.abs(x(x0 + step) - x(x0)) * (spec.mark === 'histogram' ? 1 : 0.8);
      const wide = Math.max(1, whole / series.length - 1);
      return own
        .map((point) => {
          const start = spec.mark === 'histogram' ? x(xOf(point)) : x(xOf(point)) - whole / 2;
          const [a, b] = [y(Math.max(0, point.y)), y(Math.min(0, point.y))];
          return `<rect ${colour(index)} x="${round(start + index * (wide + 1))}" y="${round(a)}" width="${round(wide)}" height="${round(Math.max(0.5, b - a))}">${tip(point)}</rect>`;
        })
        .join('');
    }
    const dots = (radius: number) =>
      own
        .map(
          (p) =>
            `<circle ${colour(index)} cx="${round(x(xOf(p)))}" cy="${round(y(p.y))}" r="${radius}">${tip(p)}</circle>`,
        )
        .join('');
    if (spec.mark === 'scatter') return `<g fill-opacity="0.6">${dots(3.5)}</g>`;
    const line = own.map((point, i) => `${i === 0 ? 'M' : 'L'}${round(x(xOf(point)))} ${round(y(point.y))}`).join('');
    const [from, to] = [own[0], own.at(-1)];
    const ground = y(Math.max(y0, 0));
    const area =
      spec.mark === 'area' && from !== undefined && to !== undefined
        ? `<path ${colour(index)} fill-opacity="0.25" d="${line}L${round(x(xOf(to)))} ${round(ground)}L${round(x(xOf(from)))} ${round(ground)}Z"/>`
        : '';
    return `${area}<path class="chart-line chart-line-${index + 1}" fill="none" stroke="${palette[index]}" stroke-width="2.5" stroke-linejoin="round" d="${line}"/>${own.length <= 40 ? dots(3) : ''}`;
  });
  const xLabels = axisLabels({ spec, names, points, ordered, x0, x1, width: width - left - right, lang });
  const below = xLabels.map(
    ([value, label, anchor]) =>
      `<text class="chart-label" fill="#22292e" x="${round(x(value))}" y="${height - 8}" text-anchor="${anchor}">${escaped(label)}</text>`,
  );
  const axis = `<path class="chart-axis" stroke="#857455" d="M${left} ${round(y(Math.max(y0, Math.min(0, y1))))}H${width - right}"/>`;
  return { body: `${grid.join('')}${marks.join('')}${axis}${below.join('')}`, height };
}

type AxisFacts = {
  readonly spec: ChartSpec;
  readonly names: readonly (string | number)[];
  readonly points: readonly ChartPoint[];
  readonly ordered: boolean;
  readonly x0: number;
  readonly x1: number;
  readonly width: number;
  readonly lang: Language;
};

/** As many labels as there is room for; the first and the last always. */
function axisLabels({ spec, names, ordered, x0, x1, width, lang }: AxisFacts) {
  if (spec.mark === 'histogram' || spec.mark === 'scatter')
    return ticks(x0, x1, Math.max(2, width / 90))
      .filter((tick) => tick >= x0 && tick <= x1)
      .map((tick) => [tick, chartNumber(tick, lang), 'middle'] as const);
  const widest = Math.max(...names.map((name) => chartLabel(name, lang).length)) * 8 + 16;
  const every = Math.max(1, Math.ceil(names.length / Math.max(1, Math.floor(width / widest))));
  return names.flatMap((name, index) => {
    if (index % every !== 0) return [];
    const atEnd = names.length > 1 && index === names.length - 1 && spec.mark !== 'bar';
    const anchor = atEnd ? 'end' : 'middle';
    return [[ordered ? (position(name) ?? 0) : index, chartLabel(name, lang), anchor] as const];
  });
}

function drawLegend(series: Series, { lang, width }: Drawing, top: number): Part {
  let [x, y] = [0, top + 18];
  const body = series.map((one, index) => {
    const label = one === null ? '—' : chartLabel(one, lang);
    const room = label.length * 8 + 34;
    if (x > 0 && x + room > width) [x, y] = [0, y + 22];
    const drawn = `<rect ${colour(index)} x="${x}" y="${y - 6}" width="12" height="12" rx="2"/><text class="chart-label" fill="#22292e" x="${x + 18}" y="${y}" dy="0.35em">${escaped(label)}</text>`;
    x += room;
    return drawn;
  });
  return { body: body.join(''), height: y + 16 };
}

function drawFooter(text: string, top: number, width: number): Part {
  const room = Math.floor(width / 6.4);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  const body = lines.map(
    (line, i) => `<text fill="#525a5f" font-size="11" x="4" y="${top + 20 + i * 15}">${escaped(line)}</text>`,
  );
  return { body: body.join(''), height: top + 28 + lines.length * 15 };
}

/** Where a year, a month or a day stands on the axis of time, in years; a number stands where it is. */
function position(x: string | number): number | null {
  if (typeof x === 'number') return x;
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(x) ?? [];
  return year === undefined ? null : Number(year) + (Number(month) - 1) / 12 + (Number(day) - 1) / 372;
}

function smallestGap(xs: readonly number[]): number {
  const gaps = xs
    .slice(1)
    .map((x, i) => x - (xs[i] as number))
    .filter((gap) => gap > 1e-9);
  return gaps.length === 0 ? 1 : least(gaps);
}

function ticks(from: number, to: number, count: number): readonly number[] {
  const step = roundStep(to - from || Math.abs(to) || 1, count);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(to / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));

function colour(index: number): string {
  return `class="chart-${index + 1}" fill="${palette[index] ?? palette[0]}"`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
