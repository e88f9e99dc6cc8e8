// A live block as people meet it: chart, places, figure or rows, whole without a script, each with its words and its source.
import { drawChart } from '../../../model/chart/draw.ts';
import { chartLabel, chartNumber, chartSummary, chartTitle, measureLabel } from '../../../model/chart/summary.ts';
import type { Field } from '../../../model/field.ts';
import type { Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import type { LiveView, ShownPart, Source } from '../schemas.ts';
import { PlacesFigure } from './places-figure.tsx';
import { SourceLine } from './source-line.tsx';

type Live = Extract<ShownPart, { kind: 'live' }>;
type Of<K extends LiveView['kind']> = {
  readonly context: PageContext;
  readonly live: Live;
  readonly view: Extract<LiveView, { kind: K }>;
};

/** Text keeps its size on a phone: the drawing is made for each width, and CSS shows one. */
const widths = { wide: 680, middle: 540, narrow: 280 } as const;
const longestCell = 160;
const rowsOfChart = 200;

export function LiveFigure({ context, live }: { readonly context: PageContext; readonly live: Live }) {
  const { view } = live;
  if (view.kind === 'chart') return <ChartFigure context={context} live={live} view={view} />;
  if (view.kind === 'map') return <PlacesFigure context={context} live={live} view={view} />;
  if (view.kind === 'figure') return <NumberFigure context={context} live={live} view={view} />;
  if (view.kind === 'table') return <RowsFigure context={context} live={live} view={view} />;
  const { code } = view.problem;
  const key =
    code === 'datasetWithdrawn'
      ? 'stories.absent.withdrawn'
      : code === 'noRows'
        ? 'stories.absent.rows'
        : 'stories.absent';
  return <p class="empty story-absent">{context.voice.say(key)}</p>;
}

function titleOf({ version }: Source, name: string): string {
  return version.fields.find((field) => field.name === name)?.title || name;
}

function ChartFigure({ context: { voice }, live, view: { source, spec, data } }: Of<'chart'>) {
  const { lang } = voice;
  const labels = {
    x: titleOf(source, spec.x),
    y: spec.y === null ? null : titleOf(source, spec.y),
    series: spec.series === null ? null : titleOf(source, spec.series),
  };
  const title = live.title ?? voice.typeset(chartTitle(spec, labels, lang));
  const summary = chartSummary(spec, data, labels, lang);
  return (
    <figure class="chart-figure story-live">
      <figcaption>
        <strong>{title}</strong>
        <span class="chart-summary">{summary}</span>
      </figcaption>
      {Object.entries(widths).map(([name, width]) => (
        <div
          key={name}
          class={`chart-drawing ${name}`}
          dangerouslySetInnerHTML={{
            __html: drawChart({ spec, data, title, summary, lang, width, id: `${live.id}-${name}` }),
          }}
        />
      ))}
      <details class="chart-numbers">
        <summary>{voice.say('chart.numbers')}</summary>
        <div class="scroll" role="region" aria-label={title} tabindex={0}>
          <table>
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{labels.x}</th>
                {labels.series !== null && <th scope="col">{labels.series}</th>}
                <th scope="col" class="number">
                  {measureLabel(spec, labels.y, lang)}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.points.slice(0, rowsOfChart).map((point, index) => (
                <tr key={index}>
                  <th scope="row">
                    {data.binWidth === null
                      ? chartLabel(point.x, lang)
                      : `${chartNumber(Number(point.x), lang)} – ${chartNumber(Number(point.x) + data.binWidth, lang)}`}
                  </th>
                  {labels.series !== null && <td>{point.series === null ? '' : chartLabel(point.series, lang)}</td>}
                  <td class="number">{chartNumber(point.y, lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <SourceLine voice={voice} source={source} />
    </figure>
  );
}

function NumberFigure({ context: { voice }, live, view: { source, value, spec } }: Of<'figure'>) {
  const said =
    spec.y === null
      ? voice.say('stories.live.count', { title: source.dataset.title })
      : voice.say(`stories.live.${spec.aggregate}`, { column: titleOf(source, spec.y) });
  const field = source.version.fields.find(({ name }) => name === spec.y);
  const written = field?.role === 'amount' ? voice.amount(value) : voice.number(value);
  return (
    <figure class="story-live story-number">
      <p class="story-value">
        {written}
        {live.unit !== null && <span> {live.unit}</span>}
      </p>
      <figcaption>{live.title ?? said}</figcaption>
      <SourceLine voice={voice} source={source} />
    </figure>
  );
}

function RowsFigure({ context: { voice }, live, view: { source, fields, rows, total } }: Of<'table'>) {
  const counted =
    rows.length < total
      ? voice.say('stories.live.table', { shown: voice.number(rows.length), total: voice.number(total) })
      : voice.say(voice.isOne(total) ? 'stories.live.table.one' : 'stories.live.table.all', {
          total: voice.number(total),
        });
  const title = live.title ?? source.dataset.title;
  return (
    <figure class="story-live">
      <figcaption>
        <strong>{title}</strong> <span class="chart-summary">{counted}</span>
      </figcaption>
      <div class="scroll" role="region" aria-label={title} tabindex={0}>
        <table>
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field.name} scope="col" class={isNumber(field) ? 'number' : undefined}>
                  {field.title || field.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {fields.map((field) => (
                  <td key={field.name} class={isNumber(field) ? 'number' : undefined}>
                    {cellText(row[field.name], field, voice)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SourceLine voice={voice} source={source} />
    </figure>
  );
}

function isNumber({ type, role }: Field): boolean {
  return (type === 'integer' || type === 'number') && (role === null || role === 'amount');
}

function cellText(value: unknown, field: Field, voice: Voice): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return isNumber(field) ? voice.exact(value) : String(value);
  if (typeof value === 'boolean') return chartLabel(String(value), voice.lang);
  if (field.type === 'date') return voice.day(String(value));
  if (typeof value === 'object') {
    const { lat, lon } = value as { readonly lat?: unknown; readonly lon?: unknown };
    return typeof lat === 'number' && typeof lon === 'number' ? `${lat}, ${lon}` : JSON.stringify(value);
  }
  const text = String(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
