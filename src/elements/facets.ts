import { type CSSResultGroup, css, html, type TemplateResult } from 'lit';
import type { ChartPoint } from '../model/chart/spec.ts';
import { chartLabel } from '../model/chart/summary.ts';
import { PortalElement } from './portal-element.ts';

type Facet = { readonly column: string; readonly title: string; readonly values: readonly ChartPoint[] };

/**
 * The values of a few columns as checkboxes; what is chosen becomes the filters of the element that `for` names.
 *
 * @element terroir-facets
 * @attr base - The address of the portal; empty for this one.
 * @attr dataset - The identifier of the dataset.
 * @attr columns - Names of columns, separated by commas.
 * @attr for - The id of a terroir-table, terroir-chart or terroir-map.
 * @fires terroir-change - When a choice changes; `detail.filters` holds them all.
 * @csspart facet - One column's choices.
 * @example <terroir-facets dataset="arbres-tours" columns="nom_commun" for="exemple-arbres"></terroir-facets>
 */
export class TerroirFacets extends PortalElement {
  static override properties: Record<string, object> = { ...PortalElement.properties, columns: {}, for: {} };
  static override styles: CSSResultGroup = [
    PortalElement.styles,
    css`fieldset { border: 0; margin: 0 0 1em; padding: 0; } legend { font-weight: 600; } label { display: block; padding-block: 0.3em; } input { min-height: 1.25em; width: 1.25em; height: 1.25em; vertical-align: -0.2em; }`,
  ];

  declare columns: string;
  declare for: string;
  #facets: readonly Facet[] = [];

  constructor() {
    super();
    this.columns = '';
    this.for = '';
  }

  protected override watched() {
    return ['base', 'datasetId', 'columns'];
  }

  protected override async load(): Promise<void> {
    const names = this.columns
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    this.#facets = await Promise.all(
      names.map(async (column) => {
        const parameters = new URLSearchParams({ chart: 'bar', x: column, lang: this.language });
        const answer = (await this.get(`/datasets/${encodeURIComponent(this.datasetId)}/chart.json`, parameters)) as {
          readonly data: { readonly points: readonly ChartPoint[] };
          readonly labels: { readonly x: string };
        };
        return { column, title: answer.labels.x, values: answer.data.points };
      }),
    );
  }

  protected override show(): TemplateResult {
    const chosen = new URLSearchParams(this.filters).getAll('refine');
    return html`<form aria-label=${this.say('facets')} @change=${this.#choose}>
      ${this.#facets.map(
        ({ column, title, values }) => html`<fieldset part="facet"><legend>${title}</legend>
          ${values.map(({ x, y }) => html`<label><input type="checkbox" value=${`${column}:${x}`} .checked=${chosen.includes(`${column}:${x}`)} /> ${chartLabel(x, this.language)} (${this.number(y)})</label>`)}
        </fieldset>`,
      )}
    </form>`;
  }

  #choose(): void {
    const parameters = new URLSearchParams(this.filters);
    parameters.delete('refine');
    for (const box of this.renderRoot.querySelectorAll<HTMLInputElement>('input:checked'))
      parameters.append('refine', box.value);
    this.filters = parameters.toString();
    const root = this.getRootNode() as Document | ShadowRoot;
    if (this.for !== '') root.getElementById(this.for)?.setAttribute('filters', this.filters);
    this.dispatchEvent(
      new CustomEvent('terroir-change', { bubbles: true, composed: true, detail: { filters: this.filters } }),
    );
  }
}

customElements.define('terroir-facets', TerroirFacets);
