import { html, type TemplateResult } from 'lit';
import { PortalElement } from './portal-element.ts';

type Found = {
  readonly total_count: number;
  readonly results: readonly {
    readonly dataset_id: string;
    readonly metas: { readonly default: { readonly title?: string; readonly publisher?: string } };
  }[];
};

/**
 * A field that finds datasets of the portal by their words.
 *
 * @element terroir-search
 * @attr base - The address of the portal; empty for this one.
 * @attr q - What is looked for at first.
 * @attr size - Datasets shown, 5 when absent.
 * @csspart input - The field. @csspart list - What was found.
 * @example <terroir-search q="arbres"></terroir-search>
 */
export class TerroirSearch extends PortalElement {
  static override properties: Record<string, object> = { ...PortalElement.properties, q: {}, size: { type: Number } };

  declare q: string;
  declare size: number;
  #found: Found = { total_count: 0, results: [] };

  constructor() {
    super();
    this.q = '';
    this.size = 5;
  }

  protected override watched() {
    return ['base', 'q', 'size'];
  }

  protected override async load(): Promise<void> {
    const parameters = new URLSearchParams({ limit: String(Math.min(100, Math.max(1, this.size || 5))) });
    if (this.q.trim() !== '') parameters.set('where', `"${this.q.replaceAll('\\', ' ').replaceAll('"', ' ')}"`);
    this.#found = (await this.get('/api/explore/v2.1/catalog/datasets', parameters)) as Found;
  }

  protected override show(): TemplateResult {
    const { total_count, results } = this.#found;
    const one = this.language === 'fr' ? total_count < 2 : total_count === 1;
    const said =
      total_count === 0
        ? this.say('foundNone')
        : this.say(one ? 'foundOne' : 'found', { count: this.number(total_count) });
    return html`
      <form role="search" @submit=${this.#search}>
        <label for="q">${this.say('search')}</label>
        <p><input part="input" id="q" type="search" .value=${this.q} /> <button part="button">${this.say('search')}</button></p>
      </form>
      <p role="status">${said}</p>
      <ul part="list">
        ${results.map(({ dataset_id: id, metas }) => html`<li><a href=${`${this.base}/datasets/${encodeURIComponent(id)}`}>${metas.default.title ?? id}</a> ${metas.default.publisher}</li>`)}
      </ul>`;
  }

  #search(event: Event): void {
    event.preventDefault();
    this.q = this.renderRoot.querySelector<HTMLInputElement>('#q')?.value ?? '';
  }
}

customElements.define('terroir-search', TerroirSearch);
