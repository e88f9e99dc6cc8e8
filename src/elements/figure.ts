import { type CSSResultGroup, css, html, type TemplateResult } from 'lit';
import { PortalElement } from './portal-element.ts';

/**
 * One figure of a dataset, large, with what it counts and where it comes from.
 *
 * @element terroir-figure
 * @attr base - The address of the portal; empty for this one.
 * @attr dataset - The identifier of the dataset.
 * @attr value - What is computed, in the language of the API: count(*), sum(montant), avg(hauteur).
 * @attr where - A condition in the language of the API (ODSQL).
 * @attr unit - Written after the figure: €, m, arbres.
 * @attr label - What the figure is.
 * @csspart figure - The figure. @csspart label - What it is. @csspart source - The line of the source.
 * @example <terroir-figure dataset="arbres-tours" value="count(*)" unit="arbres" label="Arbres suivis par la ville"></terroir-figure>
 */
export class TerroirFigure extends PortalElement {
  static override properties: Record<string, object> = {
    ...PortalElement.properties,
    value: {},
    where: {},
    unit: {},
    label: {},
  };
  static override styles: CSSResultGroup = [
    PortalElement.styles,
    css`.figure { margin: 0; font-size: 2.4em; line-height: 1.15; } .label { margin: 0; }`,
  ];

  declare value: string;
  declare where: string;
  declare unit: string;
  declare label: string;
  #figure: number | null = null;

  constructor() {
    super();
    this.value = 'count(*)';
    this.where = '';
    this.unit = '';
    this.label = '';
  }

  protected override watched() {
    return [...super.watched(), 'value', 'where'];
  }

  protected override async load(): Promise<void> {
    const parameters = new URLSearchParams({ select: `${this.value} as figure`, limit: '1' });
    if (this.where !== '') parameters.set('where', this.where);
    const { results } = (await this.get(
      `/api/explore/v2.1/catalog/datasets/${encodeURIComponent(this.datasetId)}/records`,
      parameters,
    )) as {
      readonly results: readonly { readonly figure?: unknown }[];
    };
    const figure = results[0]?.figure;
    this.#figure = typeof figure === 'number' ? figure : null;
  }

  protected override show(): TemplateResult {
    return html`<p class="figure" part="figure">${this.#figure === null ? '—' : this.number(this.#figure)} ${this.unit}</p><p class="label" part="label">${this.label}</p>`;
  }
}

customElements.define('terroir-figure', TerroirFigure);
