// The widgets that the studio offers, and the codes that put one on a page. Pure.
import type { Sentence } from '../../model/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import type { Codes } from './bench-rules.ts';
import { escapeHtml } from './html.ts';

export type WidgetAttribute = {
  readonly name: string;
  readonly label: Sentence;
  readonly kind: 'dataset' | 'commune' | 'choice' | 'text' | 'number' | 'boolean' | 'colour';
  readonly required: boolean;
  /** The values of a choice. */
  readonly options: readonly string[];
};

export type WidgetKind = {
  readonly name: string;
  /** Its element, and the script that brings it: « /elements/{script}.js ». */
  readonly tag: string;
  readonly script: string;
  readonly title: Sentence;
  readonly text: Sentence;
  readonly attributes: readonly WidgetAttribute[];
  /** Which view of the dataset's frame says the same; `waste` has a frame of its own, and is about no dataset. */
  readonly view: 'chart' | 'map' | 'table' | 'waste';
};

const dataset: WidgetAttribute = {
  name: 'dataset',
  label: { fr: 'Jeu de données', en: 'Dataset' },
  kind: 'dataset',
  required: true,
  options: [],
};
const filters: WidgetAttribute = {
  name: 'filters',
  label: { fr: 'Filtres, comme dans l’adresse de l’explorateur', en: 'Filters, as in the address of the explorer' },
  kind: 'text',
  required: false,
  options: [],
};
const column = (name: string, label: Sentence): WidgetAttribute => ({
  name,
  label,
  kind: 'text',
  required: false,
  options: [],
});
const choice = (name: string, label: Sentence, ...options: readonly string[]): WidgetAttribute => ({
  name,
  label,
  kind: 'choice',
  required: false,
  options,
});

export const kinds: readonly WidgetKind[] = [
  {
    name: 'table',
    tag: 'terroir-table',
    script: 'table',
    title: { fr: 'Tableau', en: 'Table' },
    text: {
      fr: 'Les lignes d’un jeu de données, à trier et à parcourir.',
      en: 'The rows of a dataset, to sort and to leaf through.',
    },
    attributes: [dataset, filters],
    view: 'table',
  },
  {
    name: 'map',
    tag: 'terroir-map',
    script: 'map',
    title: { fr: 'Carte', en: 'Map' },
    text: {
      fr: 'Les lieux d’un jeu de données sur une carte, et leur liste.',
      en: 'The places of a dataset on a map, and their list.',
    },
    attributes: [dataset, filters],
    view: 'map',
  },
  {
    name: 'chart',
    tag: 'terroir-chart',
    script: 'chart',
    title: { fr: 'Graphique', en: 'Chart' },
    text: {
      fr: 'Un graphique avec sa phrase, et ses chiffres en tableau.',
      en: 'A chart with its sentence, and its figures as a table.',
    },
    attributes: [
      dataset,
      choice('mark', { fr: 'Forme', en: 'Shape' }, 'bar', 'line', 'area', 'scatter', 'histogram'),
      { ...column('x', { fr: 'Colonne le long de l’axe', en: 'Column along the axis' }), required: true },
      column('y', { fr: 'Colonne mesurée', en: 'Column that is measured' }),
      choice('aggregate', { fr: 'Calcul', en: 'Calculation' }, 'sum', 'avg', 'min', 'max'),
      filters,
    ],
    view: 'chart',
  },
  {
    name: 'figure',
    tag: 'terroir-figure',
    script: 'figure',
    title: { fr: 'Chiffre', en: 'Figure' },
    text: { fr: 'Un seul chiffre, en grand, avec sa source.', en: 'One figure, large, with its source.' },
    attributes: [
      dataset,
      column('column', { fr: 'Colonne calculée', en: 'Column that is reckoned' }),
      choice('aggregate', { fr: 'Calcul', en: 'Calculation' }, 'count', 'sum', 'avg', 'min', 'max'),
      column('label', { fr: 'Ce que dit le chiffre', en: 'What the figure says' }),
      filters,
    ],
    view: 'table',
  },
  {
    name: 'waste',
    tag: 'terroir-waste',
    script: 'waste',
    title: { fr: 'Quand sort mon bac ?', en: 'When does my bin go out?' },
    text: {
      fr: 'Les prochaines collectes d’une rue, où jeter, les déchèteries et leurs horaires.',
      en: 'The next collections of a street, where things go, recycling centres and their hours.',
    },
    attributes: [
      {
        name: 'commune',
        label: { fr: 'Commune (code INSEE)', en: 'Commune (INSEE code)' },
        kind: 'commune',
        required: false,
        options: [],
      },
      column('sector', { fr: 'Secteur montré d’abord', en: 'Sector shown first' }),
    ],
    view: 'waste',
  },
];

export function findKind(name: string): WidgetKind | null {
  return kinds.find((kind) => kind.name === name) ?? null;
}

/** Colours that were checked: « #1d5873 », or null for the portal's own. */
export type WidgetColours = { readonly accent: string | null; readonly ground: string | null };

export type CodeOptions = {
  readonly publicUrl: string;
  /** The key of an instance; null in the studio. */
  readonly key: string | null;
  readonly colours: WidgetColours;
  /** What the frame is called. */
  readonly title: string;
  /** What the link of the fallback says. */
  readonly link: string;
  /** « sha384-… » of the element's script; null where it is not known. */
  readonly integrity: string | null;
};

/** The page of the portal that says the same, and more. */
function pageOf({ view }: WidgetKind, attributes: Attributes): string {
  return view === 'waste'
    ? withQuery(urls.waste(), { commune: attributes['commune'] ?? null })
    : urls.dataset(attributes['dataset'] ?? '');
}

/** What a reader of feeds follows; null where there is nothing to follow. */
function feedOf({ view }: WidgetKind, attributes: Attributes): { readonly name: string; readonly path: string } | null {
  if (view !== 'waste') return { name: 'Atom', path: urls.versionsFeed(attributes['dataset'] ?? '') };
  const sector = attributes['sector'];
  return sector === undefined ? null : { name: 'RSS', path: urls.wasteFeed(sector) };
}

/** The frame's address: the page that any site may frame, of the dataset or of waste. */
export function frameOf(kind: WidgetKind, attributes: Attributes, key: string | null = null): string {
  const { view } = kind;
  if (view === 'waste') return withQuery(urls.wasteFrame(), { ...attributes, widget: key });
  const query: [string, string][] = [['view', view]];
  if (view === 'chart') for (const name of ['mark', 'x', 'y', 'aggregate']) query.push([name, attributes[name] ?? '']);
  for (const [name, value] of new URLSearchParams(attributes['filters'] ?? '')) query.push([name, value]);
  query.push(['widget', key ?? '']);
  const parameters = new URLSearchParams(query.filter(([, value]) => value !== ''));
  return `${urls.embed(attributes['dataset'] ?? '')}?${parameters}`;
}

type Attributes = Readonly<Record<string, string>>;

/** The codes of the four ways of embedding, as text to copy. */
export function codesOf(kind: WidgetKind, attributes: Attributes, options: CodeOptions): Codes {
  const { publicUrl, key, colours, title, link, integrity } = options;
  const page = `${publicUrl}${pageOf(kind, attributes)}`;
  const feed = feedOf(kind, attributes);
  const followed = feed === null ? '' : `\n<p><a href="${escapeHtml(publicUrl + feed.path)}">${feed.name}</a></p>`;
  const style = [
    ...(colours.accent === null ? [] : [`--terroir-link:${colours.accent}`]),
    ...(colours.ground === null ? [] : [`--terroir-surface:${colours.ground}`, `background:${colours.ground}`]),
  ].join(';');
  const said = { base: publicUrl, ...attributes, ...(style !== '' && { style }) };
  const words = Object.entries(said).map(([name, value]) => `${name}="${escapeHtml(value)}"`);
  // The script's own address carries the key: it is asked for from the page that shows the widget.
  const src = `${publicUrl}${withQuery(urls.element(kind.script), { widget: key })}`;
  const proof = integrity === null ? '' : ` integrity="${integrity}"`;
  const frame = `${publicUrl}${frameOf(kind, attributes, key)}`;
  const fallback = `<a href="${escapeHtml(page)}">${escapeHtml(link)}</a>`;
  return {
    script: `<script type="module" src="${src}"${proof} crossorigin="anonymous"></script>\n<${kind.tag} ${words.join(' ')}>${fallback}</${kind.tag}>`,
    iframe: `<iframe src="${escapeHtml(frame)}" title="${escapeHtml(title)}" width="100%" height="480" loading="lazy"></iframe>`,
    oembed: frame,
    html: `<section>\n<h2>${escapeHtml(title)}</h2>\n<p>${fallback}</p>${followed}\n</section>`,
  };
}
