// A chart as people meet it: its title, its sentence, the drawing at two widths, its table twin and its source.
import { drawChart } from '../../../model/chart/draw.ts';
import type { ChartData, ChartSpec } from '../../../model/chart/spec.ts';
import { chartLabel, chartNumber, chartSummary, chartTitle, measureLabel } from '../../../model/chart/summary.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { Voice } from '../../../web/language.ts';
import { chartLabels, sourceLine } from './labels.ts';

export type ChartView = { readonly spec: ChartSpec; readonly data: ChartData };

type Props = {
  readonly voice: Voice;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly chart: ChartView;
  readonly id: string;
};

/** Text keeps its size on a phone: the drawing is made for each width, and CSS shows one. */
const widths = { wide: 760, middle: 540, narrow: 280 } as const;

export function ChartFigure({ voice, dataset, version, chart: { spec, data }, id }: Props) {
  const labels = chartLabels(version, spec);
  const title = voice.typeset(chartTitle(spec, labels, voice.lang));
  const summary = chartSummary(spec, data, labels, voice.lang);
  const drawing = { spec, data, title, summary, lang: voice.lang };
  return (
    <figure class="chart-figure">
      <figcaption>
        <strong>{title}</strong>
        <span class="chart-summary">{summary}</span>
      </figcaption>
      {data.points.length > 0 && (
        <>
          {Object.entries(widths).map(([name, width]) => (
            <div
              key={name}
              class={`chart-drawing ${name}`}
              dangerouslySetInnerHTML={{ __html: drawChart({ ...drawing, width, id: `${id}-${name}` }) }}
            />
          ))}
          <details class="chart-numbers">
            <summary>{voice.say('chart.numbers')}</summary>
            <ChartTable voice={voice} chart={{ spec, data }} labels={labels} title={title} />
          </details>
        </>
      )}
      <p class="chart-source">{sourceLine(dataset, version, voice)}</p>
    </figure>
  );
}

function ChartTable({
  voice,
  chart: { spec, data },
  labels,
  title,
}: {
  voice: Voice;
  chart: ChartView;
  labels: ReturnType<typeof chartLabels>;
  title: string;
}) {
  const { lang } = voice;
  const rows = data.points.slice(0, 200);
  return (
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
          {rows.map((point, index) => (
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
  );
}
