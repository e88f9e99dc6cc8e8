import { type CSSResultGroup, css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { elementMessages } from '../model/messages/elements.ts';
import { askWaste, forget, type Remembered, recall, remember, type WasteAnswer } from './waste-answer.ts';

/**
 * When the bin goes out: the next collections of a street or a sector, where to throw things away, recycling centres, bulky items.
 *
 * @element terroir-waste
 * @attr base - The address of the portal; empty for this one.
 * @attr commune - The INSEE code or the name of the commune; the reader is asked when it is absent.
 * @attr sector - The sector to show at once.
 * @csspart title - The title. @csspart days - The next collections. @csspart day - One day. @csspart notice - What was not found. @csspart source - The sources.
 * @example <terroir-waste commune="37122"></terroir-waste>
 */
export class TerroirWaste extends LitElement {
  static override properties: Record<string, object> = {
    base: {},
    commune: {},
    sector: {},
    said: { state: true },
    state: { state: true },
  };

  declare base: string;
  declare commune: string;
  declare sector: string;
  declare said: WasteAnswer | null;
  declare state: 'loading' | 'ready' | 'failed';
  #asked: Record<string, string> = {};
  #old = false;
  #turn = 0;

  constructor() {
    super();
    this.base = '';
    this.commune = '';
    this.sector = '';
    this.said = null;
    this.state = 'loading';
  }

  static override styles: CSSResultGroup = css`
    :host { display: block; }
    /* A page's own styles reach the element itself, and what it hands down: set again inside, where they do not. */
    .whole { font: 1em/1.5 var(--terroir-font, inherit); color: var(--terroir-ink, CanvasText); font-variant-numeric: tabular-nums; text-align: start; }
    :host([hidden]) { display: none; }
    h2, h3 { font: inherit; font-weight: bold; margin: 1em 0 0.3em; }
    h2 { font-size: 1.3em; margin-top: 0; }
    p, ol, ul, dl, dd { margin: 0 0 0.5em; padding: 0; }
    ol, ul { list-style: none; }
    form { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: end; margin: 0 0 0.8em; }
    label { flex: 1 1 14em; }
    input { display: block; width: 100%; border: 1px solid var(--terroir-ink, #767676); border-radius: 0.4em; padding: 0.3em 0.6em; background: var(--terroir-surface, Canvas); }
    button, input { font: inherit; color: inherit; min-height: 2.75em; max-width: 100%; box-sizing: border-box; }
    button { padding: 0.4em 0.9em; color: var(--terroir-link, LinkText); background: var(--terroir-surface, Canvas); border: 1px solid currentcolor; border-radius: 0.4em; cursor: pointer; }
    a { color: var(--terroir-link, LinkText); }
    :focus-visible { outline: 3px solid var(--terroir-focus, Highlight); outline-offset: 2px; }
    [part~='day'] { padding: 0.5em 0 0.5em 0.8em; margin: 0; border-inline-start: 0.3em solid var(--terroir-line, #8888); }
    [part~='day'] + [part~='day'] { margin-top: 0.5em; }
    [part~='day']:first-child { font-size: 1.15em; border-inline-start-color: var(--terroir-link, currentcolor); }
    .why { display: block; font-size: 0.9em; }
    .swatch { display: inline-block; width: 0.8em; height: 0.8em; border: 1px solid currentcolor; border-radius: 0.2em; margin-inline-end: 0.3em; }
    .choices { display: flex; flex-wrap: wrap; gap: 0.5em; }
    .source { font-size: 0.85em; margin: 0.3em 0 0; }
    summary { cursor: pointer; padding: 0.5em 0; min-height: 1.75em; }
    dt { font-weight: bold; }
  `;

  override connectedCallback(): void {
    super.connectedCallback();
    const known = recall(this.#place());
    if (known !== null) {
      if (this.sector === '') this.#asked = { sector: known.sector };
      // Seen at once, and kept on the screen if the portal does not answer.
      this.said = known.said;
      this.state = 'ready';
    }
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (['base', 'commune', 'sector'].some((name) => changed.has(name))) void this.#ask();
  }

  #place() {
    return { base: this.base, commune: this.commune };
  }

  async #ask(): Promise<void> {
    const turn = ++this.#turn;
    const where = { commune: this.commune, sector: this.sector, ...this.#asked, lang: this.#language };
    const before = recall(this.#place());
    try {
      const { said, old } = await askWaste(this.base, where);
      if (turn !== this.#turn) return;
      this.#show(said, old);
      if (before !== null && !old && said.sector !== null) remember(this.#place(), { sector: said.sector.id, said });
    } catch {
      if (turn !== this.#turn) return;
      if (this.said !== null) this.#old = true;
      else this.state = 'failed';
      this.requestUpdate();
    }
  }

  #show(said: WasteAnswer, old: boolean): void {
    this.#old = old;
    this.said = said;
    this.state = 'ready';
  }

  get #language(): 'fr' | 'en' {
    return (this.lang || document.documentElement.lang).startsWith('en') ? 'en' : 'fr';
  }

  #find(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()]));
    // Another question about waste keeps the place; another place forgets the sector.
    this.#asked = 'q' in typed ? { ...this.#asked, ...typed } : { sector: '', ...typed };
    void this.#ask();
  }

  #choose(sector: string): void {
    this.#asked = { ...this.#asked, street: '', sector };
    void this.#ask();
  }

  #toggle(known: Remembered | null): void {
    const { said } = this;
    if (known !== null) forget(this.#place());
    else if (said?.sector) remember(this.#place(), { sector: said.sector.id, said });
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const { said, state } = this;
    const language = this.#language;
    if (state === 'failed')
      return html`<p class="whole" part="notice" role="alert">${elementMessages.failed[language]} <a href=${`${this.base}/dechets`}>${elementMessages.see[language]}</a></p>`;
    if (said === null)
      return html`<p class="whole" part="notice" role="status">${elementMessages.loading[language]}</p>`;
    const { words } = said;
    return html`<div class="whole">
      <h2 part="title">${words['title']}</h2>
      <form @submit=${this.#find} role="search" aria-label=${words['title'] ?? ''}>
        ${this.commune === '' ? html`<label>${words['commune']}<input name="commune" autocomplete="address-level2" /></label>` : nothing}
        <label>${words['street']}<input name="street" autocomplete="street-address" /></label>
        <button type="submit">${words['find']}</button>
      </form>
      <div aria-live="polite">
        ${this.#old ? html`<p part="notice">${(words['old'] ?? '').replace('{date}', this.#moment(said.at))}</p>` : nothing}
        ${said.notice === null ? nothing : html`<p part="notice">${said.notice}</p>`}
        ${this.#choices(said)}${this.#days(said)}
      </div>
      <p>${said.links.map(({ text, href }, i) => html`${i > 0 ? ' · ' : ''}<a href=${href}>${text}</a>`)}</p>
      ${this.#rest(said)}
      ${said.sources.map(({ text, href }) => html`<p class="source" part="source"><a href=${href}>${text}</a></p>`)}
    </div>`;
  }

  #choices({ choose, words }: WasteAnswer) {
    if (choose.length === 0) return nothing;
    return html`<h3>${words['choose']}</h3><ul class="choices">${choose.map(({ id, name }) => html`<li><button type="button" lang="fr" @click=${() => this.#choose(id)}>${name}</button></li>`)}</ul>`;
  }

  #days({ sector, days, lines, words, today }: WasteAnswer) {
    if (sector === null) return nothing;
    const now = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date());
    const coming = days.filter(({ date }) => date >= now);
    const known = recall(this.#place());
    return html`<h3>${words['next']} <span lang="fr">· ${sector.name}</span></h3>
      ${coming.length === 0 ? html`<p>${words['noNext']}</p>` : nothing}
      <ol part="days">${coming.map(
        (day) => html`<li part="day"><strong><time datetime=${day.date}>${day.day}</time></strong> :
          ${day.bins.map(({ label, colour }, i) => html`${i > 0 ? ', ' : ''}${swatch(colour)}<span lang="fr">${label}</span>`)}.
          ${now === today ? day.putOut : day.putOutOn}${day.notes.map((note) => html`<span class="why">${note}</span>`)}</li>`,
      )}</ol>
      ${lines.map((line) => html`<p>${line}</p>`)}
      <p><button type="button" aria-pressed=${known === null ? 'false' : 'true'} @click=${() => this.#toggle(known)}>${known === null ? words['remember'] : words['forget']}</button></p>`;
  }

  #rest({ words, sortable, sorting, sortingNone, centres, bulky }: WasteAnswer) {
    return html`${
      sortable
        ? html`<details ?open=${sorting.length > 0 || sortingNone !== null}><summary>${words['sorting']}</summary>
        <form @submit=${this.#find} role="search" aria-label=${words['sorting'] ?? ''}>
          <label>${words['sortingLabel']}<input name="q" type="search" /></label>
          <button type="submit">${words['sortingFind']}</button>
        </form>
        <div aria-live="polite">${sortingNone === null ? nothing : html`<p>${sortingNone}</p>`}
          <dl lang="fr">${sorting.map((each) => html`<dt>${each.waste}</dt><dd>${each.destination}${each.instruction === null ? '' : `. ${each.instruction}`}</dd>`)}</dl></div>
      </details>`
        : nothing
    }
      ${
        centres.length === 0
          ? nothing
          : html`<details><summary>${words['centres']}</summary><ul>${centres.map(
              ({ name, state, lines }) =>
                html`<li><p><strong lang="fr">${name}</strong> : ${state}</p>${lines.map((line) => html`<p>${line}</p>`)}</li>`,
            )}</ul></details>`
      }
      ${
        bulky === null
          ? nothing
          : html`<details><summary>${words['bulky']}</summary><p lang="fr">${bulky.lines.join(' : ')}</p>${bulky.phone === null ? nothing : html`<p><a href=${`tel:${bulky.phone.replace(/[^\d+]/g, '')}`}>${bulky.phone}</a></p>`}</details>`
      }`;
  }

  #moment(at: string): string {
    return new Intl.DateTimeFormat(this.#language === 'fr' ? 'fr-FR' : 'en-GB', {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Europe/Paris',
    }).format(new Date(at));
  }
}

/** The bin's colour beside its name, never instead of it. */
function swatch(colour: string | null) {
  if (colour === null || !/^#[0-9a-f]{6}$/i.test(colour)) return nothing;
  const box = document.createElement('span');
  box.className = 'swatch';
  box.ariaHidden = 'true';
  // By a property, not an attribute: pages with a strict policy allow the one, not the other.
  box.style.background = colour;
  return box;
}

customElements.define('terroir-waste', TerroirWaste);
