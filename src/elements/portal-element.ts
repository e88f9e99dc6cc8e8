// What every element of ours shares: where its portal is, its language, its source line, its look.
import { type CSSResultGroup, css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { fillSentence } from '../lib/errors.ts';
import type { Language } from '../model/language.ts';
import { elementMessages } from '../model/messages/elements.ts';
import { licenceById } from '../model/reference.ts';

/** What the dataset's own page says, as data. */
export type DatasetFacts = {
  readonly title: string;
  readonly licence: string;
  readonly organization: { readonly name: string };
  readonly version: {
    readonly createdAt: string;
    readonly fields: readonly { readonly name: string; readonly title: string; readonly type: string }[];
  } | null;
};

/**
 * The ground of the elements. Subclasses say what to read (`load`) and how to show it (`show`); waiting, failure and
 * the line of the source are the same for all.
 */
export abstract class PortalElement extends LitElement {
  static override properties: Record<string, object> = {
    base: {},
    datasetId: { attribute: 'dataset' },
    filters: {},
    state: { state: true },
    facts: { state: true },
  };

  declare base: string;
  declare datasetId: string;
  /** The filters of an address of the explorer: "q=platane&refine=essence:Tilleul". */
  declare filters: string;
  declare state: 'loading' | 'ready' | 'failed';
  declare facts: DatasetFacts | null;
  #turn = 0;

  constructor() {
    super();
    this.base = '';
    this.datasetId = '';
    this.filters = '';
    this.state = 'loading';
    this.facts = null;
  }

  static override styles: CSSResultGroup = css`
    :host {
      display: block;
      font: 1em/1.5 var(--terroir-font, inherit);
      color: var(--terroir-ink, CanvasText);
      font-variant-numeric: tabular-nums lining-nums;
    }
    :host([hidden]) { display: none; }
    .source { margin: 0.6em 0 0; font-size: 0.85em; color: var(--terroir-ink-soft, inherit); }
    a { color: var(--terroir-link, LinkText); }
    button, input { font: inherit; color: inherit; min-height: 2.75em; max-width: 100%; box-sizing: border-box; }
    button { padding: 0.4em 0.9em; color: var(--terroir-link, LinkText); background: var(--terroir-surface, Canvas); border: 1px solid currentcolor; border-radius: 0.4em; cursor: pointer; }
    button[disabled] { opacity: 0.5; cursor: default; }
    :focus-visible { outline: 3px solid var(--terroir-focus, Highlight); outline-offset: 2px; }
    .scroll { overflow-x: auto; max-width: 100%; border: 1px solid var(--terroir-line, #8888); border-radius: 0.4em; }
    table { border-collapse: collapse; width: 100%; }
    th, td { padding: 0.4em 0.7em; text-align: start; vertical-align: top; border-bottom: 1px solid var(--terroir-line, #8888); }
    .number { text-align: end; white-space: nowrap; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    summary { cursor: pointer; padding: 0.5em 0; }
  `;

  /** Reads what is shown. Called again when an attribute changes. */
  protected abstract load(): Promise<void>;
  protected abstract show(): TemplateResult;
  /** The attributes that make it read again. */
  protected watched(): readonly string[] {
    return ['base', 'datasetId', 'filters'];
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (this.watched().some((name) => changed.has(name))) void this.#read();
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    if (this.state === 'failed') this.state = 'loading';
    try {
      if (this.datasetId !== '' && this.facts === null)
        this.facts = (await this.get(`/datasets/${encodeURIComponent(this.datasetId)}.json`)) as DatasetFacts;
      await this.load();
      if (turn === this.#turn) this.state = 'ready';
    } catch {
      if (turn === this.#turn) this.state = 'failed';
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const page = this.datasetId === '' ? '/datasets' : `/datasets/${encodeURIComponent(this.datasetId)}`;
    if (this.state === 'failed')
      return html`<p part="message" role="alert">${this.say('failed')} <a href=${this.base + page}>${this.say('see')}</a></p>`;
    if (this.state === 'loading') return html`<p part="message" role="status">${this.say('loading')}</p>`;
    return html`${this.show()}${this.sourceLine()}`;
  }

  /** Source, licence and date: always printed. */
  protected sourceLine(): TemplateResult | typeof nothing {
    const { facts } = this;
    if (facts === null) return nothing;
    const date =
      facts.version === null
        ? ''
        : new Intl.DateTimeFormat(this.locale, { dateStyle: 'long' }).format(new Date(facts.version.createdAt));
    const text = this.say('source', {
      producer: facts.organization.name,
      title: facts.title,
      date,
      licence: licenceById(facts.licence)?.title[this.language] ?? facts.licence,
    });
    return html`<p class="source" part="source">${text} <a href=${`${this.base}/datasets/${encodeURIComponent(this.datasetId)}`}>${this.say('see')}</a></p>`;
  }

  /** The element's own language, else the page's; French when neither is English. */
  protected get language(): Language {
    return (this.lang || document.documentElement.lang).startsWith('en') ? 'en' : 'fr';
  }

  protected get locale(): string {
    return this.language === 'fr' ? 'fr-FR' : 'en-GB';
  }

  protected say(key: keyof typeof elementMessages, params: Readonly<Record<string, string | number>> = {}): string {
    return fillSentence(elementMessages[key][this.language], params);
  }

  protected number(value: number): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 3 }).format(value);
  }

  /** Reads JSON of the portal. @throws Error when the portal does not answer it */
  protected async get(path: string, parameters = new URLSearchParams()): Promise<unknown> {
    const query = parameters.toString();
    const answer = await fetch(this.base + path + (query === '' ? '' : `?${query}`), {
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }
}
