import { html, type TemplateResult } from 'lit';
import { PortalElement } from './portal-element.ts';

/**
 * The rows of a dataset, page by page.
 *
 * @element terroir-table
 * @attr base - The address of the portal; empty for this one.
 * @attr dataset - The identifier of the dataset.
 * @attr columns - Names of columns, separated by commas; all when absent.
 * @attr where - A condition in the language of the API (ODSQL).
 * @attr size - Rows per page, 10 when absent.
 * @csspart table - The table. @csspart source - The line of the source.
 * @example <terroir-table dataset="arbres-tours" size="5"></terroir-table>
 */
export class TerroirTable extends PortalElement {
  static override properties: Record<string, object> = {
    ...PortalElement.properties,
    columns: {},
    where: {},
    size: { type: Number },
    offset: { state: true },
  };

  declare columns: string;
  declare where: string;
  declare size: number;
  declare offset: number;
  #rows: readonly Readonly<Record<string, unknown>>[] = [];
  #total = 0;

  constructor() {
    super();
    this.columns = '';
    this.where = '';
    this.size = 10;
    this.offset = 0;
  }

  protected override watched() {
    return [...super.watched(), 'columns', 'where', 'size', 'offset'];
  }

  protected override async load(): Promise<void> {
    const parameters = new URLSearchParams({ limit: String(this.#limit), offset: String(this.offset) });
    for (const condition of [this.where, ...conditions(this.filters, this.facts?.version?.fields ?? [])])
      if (condition !== '') parameters.append('where', condition);
    const answer = (await this.get(
      `/api/explore/v2.1/catalog/datasets/${encodeURIComponent(this.datasetId)}/records`,
      parameters,
    )) as {
      readonly total_count: number;
      readonly results: readonly Readonly<Record<string, unknown>>[];
    };
    this.#rows = answer.results;
    this.#total = answer.total_count;
  }

  get #limit(): number {
    return Math.min(100, Math.max(1, Math.floor(this.size) || 10));
  }

  protected override show(): TemplateResult {
    const wanted = this.columns
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const all = this.facts?.version?.fields ?? [];
    const fields = wanted.length === 0 ? all : wanted.flatMap((name) => all.find((field) => field.name === name) ?? []);
    const numeric = (type: string) => (type === 'integer' || type === 'number' ? 'number' : '');
    const position =
      this.#rows.length === 0
        ? this.say('noRow')
        : this.say('rows', {
            from: this.number(this.offset + 1),
            to: this.number(this.offset + this.#rows.length),
            total: this.number(this.#total),
          });
    return html`
      <div class="scroll" role="region" tabindex="0" aria-label=${this.say('table')}>
        <table part="table">
          <caption class="hidden">${this.facts?.title}. ${position}</caption>
          <thead><tr>${fields.map((field) => html`<th scope="col" class=${numeric(field.type)}>${field.title || field.name}</th>`)}</tr></thead>
          <tbody>${this.#rows.map((row) => html`<tr>${fields.map((field) => html`<td class=${numeric(field.type)}>${this.#cell(row[field.name])}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
      <p role="status">${position}</p>
      <p>
        <button part="button" ?disabled=${this.offset === 0} @click=${() => this.#move(-1)}>${this.say('previous')}</button>
        <button part="button" ?disabled=${this.offset + this.#rows.length >= this.#total} @click=${() => this.#move(1)}>${this.say('next')}</button>
      </p>`;
  }

  #move(pages: number): void {
    this.offset = Math.max(0, this.offset + pages * this.#limit);
  }

  #cell(value: unknown): string {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value).replace('.', this.language === 'fr' ? ',' : '.');
    if (typeof value === 'boolean') return this.language === 'fr' ? (value ? 'oui' : 'non') : value ? 'yes' : 'no';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

/** The explorer's filters as conditions of the API: words, and kept values of columns. */
function conditions(filters: string, fields: readonly { readonly name: string; readonly type: string }[]): string[] {
  const parameters = new URLSearchParams(filters);
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const q = parameters.get('q') ?? '';
  const byColumn = new Map<string, string[]>();
  for (const one of parameters.getAll('refine')) {
    const [column, value] = [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)];
    const type = fields.find((field) => field.name === column)?.type;
    if (type === undefined) continue;
    const literal =
      type === 'string'
        ? quoted(value)
        : type === 'date' || type === 'datetime'
          ? `date${quoted(value)}`
          : /^(true|false|-?\d+(\.\d+)?)$/.test(value)
            ? value
            : quoted(value);
    byColumn.set(column, [...(byColumn.get(column) ?? []), `\`${column}\` = ${literal}`]);
  }
  return [...(q === '' ? [] : [quoted(q)]), ...[...byColumn.values()].map((all) => `(${all.join(' or ')})`)];
}

customElements.define('terroir-table', TerroirTable);
