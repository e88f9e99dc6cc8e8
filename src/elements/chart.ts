import { type CSSResultGroup, css, html, type TemplateResult } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { drawChart } from '../model/chart/draw.ts';
import type { ChartData, ChartSpec } from '../model/chart/spec.ts';
import { chartLabel, chartNumber, measureLabel } from '../model/chart/summary.ts';
import { PortalElement } from './portal-element.ts';

type ChartAnswer = {
  readonly spec: ChartSpec;
  readonly data: ChartData;
  readonly title: string;
  readonly summary: string;
  readonly labels: { readonly x: string; readonly y: string | null; readonly series: string | null };
};

/**
 * A chart of a dataset, with its sentence and its figures as a table.
 *
 * @element terroir-chart
 * @attr base - The address of the portal; empty for this one.
 * @attr dataset - The identifier of the dataset.
 * @attr mark - bar, line, area, scatter or histogram.
 * @attr x - The column along the axis.
 * @attr y - The column that is measured; rows are counted when absent.
 * @attr aggregate - sum, avg, min or max.
 * @attr series - A column whose values each have a colour.
 * @attr filters - The filters of an address of the explorer.
 * @cssprop --chart-1 … --chart-6 - The colours.
 * @csspart title - The title. @csspart summary - The sentence. @csspart source - The line of the source.
 * @example <terroir-chart dataset="arbres-tours" mark="bar" x="nom_commun"></terroir-chart>
 */
export class TerroirChart extends PortalElement {
  static override properties: Record<string, object> = {
    ...PortalElement.properties,
    mark: {},
    x: {},
    y: {},
    aggregate: {},
    series: {},
    width: { state: true },
  };

  static override styles: CSSResultGroup = [
    PortalElement.styles,
    css`
      figure { margin: 0; }
      figcaption strong { display: block; font-size: 1.15em; }
      svg { display: block; max-width: 100%; height: auto; margin-block: 0.8em; }
      svg text { fill: currentcolor; }
      .chart-grid { stroke: var(--terroir-line, #8886); }
      .chart-axis { stroke: currentcolor; }
      .chart-1 { fill: var(--chart-1, #1d7296); } .chart-2 { fill: var(--chart-2, #c0610f); } .chart-3 { fill: var(--chart-3, #55883a); }
      .chart-4 { fill: var(--chart-4, #a3568f); } .chart-5 { fill: var(--chart-5, #98791f); } .chart-6 { fill: var(--chart-6, #7b8489); }
      .chart-line-1 { stroke: var(--chart-1, #1d7296); } .chart-line-2 { stroke: var(--chart-2, #c0610f); } .chart-line-3 { stroke: var(--chart-3, #55883a); }
      .chart-line-4 { stroke: var(--chart-4, #a3568f); } .chart-line-5 { stroke: var(--chart-5, #98791f); } .chart-line-6 { stroke: var(--chart-6, #7b8489); }
    `,
  ];

  declare mark: string;
  declare x: string;
  declare y: string;
  declare aggregate: string;
  declare series: string;
  declare width: number;
  #answer: ChartAnswer | null = null;
  #observer: ResizeObserver | null = null;

  constructor() {
    super();
    this.mark = 'bar';
    this.x = '';
    this.y = '';
    this.aggregate = '';
    this.series = '';
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(([entry]) => {
      this.width = Math.floor(entry?.contentRect.width ?? 0);
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override watched() {
    return [...super.watched(), 'mark', 'x', 'y', 'aggregate', 'series'];
  }

  protected override async load(): Promise<void> {
    const parameters = new URLSearchParams(this.filters);
    const own = {
      chart: this.mark,
      x: this.x,
      y: this.y,
      aggregate: this.aggregate,
      series: this.series,
      lang: this.language,
    };
    for (const [name, value] of Object.entries(own)) if (value !== '') parameters.set(name, value);
    this.#answer = (await this.get(
      `/datasets/${encodeURIComponent(this.datasetId)}/chart.json`,
      parameters,
    )) as ChartAnswer;
  }

  protected override show(): TemplateResult {
    if (this.#answer === null) return html``;
    const { spec, data, title, summary, labels } = this.#answer;
    // Drawn here from numbers and texts, each escaped: no markup of the portal is trusted.
    const drawing =
      data.points.length === 0
        ? ''
        : drawChart({
            spec,
            data,
            title,
            summary,
            lang: this.language,
            width: Math.min(1000, Math.max(260, this.width || 600)),
            id: 'chart',
          });
    return html`
      <figure>
        <figcaption><strong part="title">${title}</strong> <span part="summary">${summary}</span></figcaption>
        ${unsafeSVG(drawing)}
        <details>
          <summary>${this.say('numbers')}</summary>
          <div class="scroll" role="region" tabindex="0" aria-label=${title}>
            <table>
              <thead><tr><th scope="col">${labels.x}</th>${labels.series === null ? '' : html`<th scope="col">${labels.series}</th>`}<th scope="col" class="number">${measureLabel(spec, labels.y, this.language)}</th></tr></thead>
              <tbody>${data.points.slice(0, 200).map((point) => html`<tr><th scope="row">${chartLabel(point.x, this.language)}</th>${labels.series === null ? '' : html`<td>${point.series}</td>`}<td class="number">${chartNumber(point.y, this.language)}</td></tr>`)}</tbody>
            </table>
          </div>
        </details>
      </figure>`;
  }
}

customElements.define('terroir-chart', TerroirChart);
