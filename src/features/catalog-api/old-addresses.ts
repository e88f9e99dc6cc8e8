// The addresses of an Opendatasoft portal's pages, as ours: reuses and bookmarks of before go on. Pure.
import { foldText } from '../../lib/text.ts';
import { licences, themes } from '../../model/reference.ts';
import { urls, withQuery } from '../../web/urls.ts';

export type OldQuery = Readonly<Record<string, unknown>>;

/** What the tabs of a dataset are called here. */
const views: Readonly<Record<string, string>> = { map: 'map', analyze: 'chart', dataviz: 'chart', api: 'api' };

/** `/explore/dataset/{id}/{tab}/?q=…&refine.commune=Tours&sort=-date` */
export function datasetPage(id: string, tab: string, query: OldQuery): string {
  const said = {
    q: textOf(query, 'q'),
    refine: refinements(query, 'refine'),
    sort: sortOf(query),
    view: views[tab] ?? null,
  };
  const shown = tab === 'table' || said.q !== '' || said.refine.length > 0;
  return `${withQuery(urls.dataset(id), said)}${shown ? '#rows' : ''}`;
}

/** `/explore/embed/dataset/{id}/{tab}/?refine.commune=Tours`: what other sites have in their frames. */
export function embedPage(id: string, tab: string, query: OldQuery): string {
  const view = tab === 'table' ? 'table' : (views[tab] ?? null);
  return withQuery(urls.embed(id), {
    q: textOf(query, 'q'),
    refine: refinements(query, 'refine'),
    sort: sortOf(query),
    view: view === 'api' ? null : view,
  });
}

/** `/explore/dataset/{id}/download/?format=csv&refine.commune=Tours` */
export function download(id: string, query: OldQuery): string {
  const format = textOf(query, 'format') || 'csv';
  const q = textOf(query, 'q').trim();
  const sort = sortOf(query);
  return withQuery(urls.export(id, format === 'xls' ? 'xlsx' : format), {
    select: textOf(query, 'fields'),
    where: q === '' ? '' : JSON.stringify(q),
    refine: refinements(query, 'refine'),
    exclude: refinements(query, 'exclude'),
    order_by: sort === '' ? '' : sort.startsWith('-') ? `\`${sort.slice(1)}\` desc` : `\`${sort}\` asc`,
    limit: textOf(query, 'rows'),
    delimiter: textOf(query, 'csv_separator'),
    use_labels: textOf(query, 'use_labels_for_header'),
    timezone: textOf(query, 'timezone'),
    lang: textOf(query, 'lang'),
  });
}

/** What the catalogue's values are called, to find them by what people read. */
export type Names = {
  readonly organizations: readonly { readonly slug: string; readonly name: string }[];
  readonly communes: readonly { readonly insee: string; readonly name: string }[];
};

/** `/explore/?q=arbres&refine.theme=Environnement&sort=modified`: what is not known of a facet becomes a word to look for. */
export function catalogPage(query: OldQuery, { organizations, communes }: Names): string {
  const words = [textOf(query, 'q')];
  const find = <T>(name: string, list: readonly T[], labels: (one: T) => readonly string[]): readonly T[] =>
    textsOf(query, `refine.${name}`).flatMap((value) => {
      const found = list.find((one) => labels(one).some((label) => foldText(label) === foldText(value)));
      if (found === undefined) words.push(`"${value.replaceAll('"', ' ')}"`);
      return found ?? [];
    });
  const selected = {
    theme: find('theme', themes, ({ id, label }) => [id, label.fr, label.en]).map(({ id }) => id),
    organization: find('publisher', organizations, ({ slug, name }) => [slug, name]).map(({ slug }) => slug),
    licence: find('license', licences, ({ id, title }) => [id, title.fr, title.en]).map(({ id }) => id),
    commune: find('territory', communes, ({ insee, name }) => [insee, name]).map(({ insee }) => insee),
  };
  words.push(...textsOf(query, 'refine.keyword').map((value) => `"${value.replaceAll('"', ' ')}"`));
  const sort = { modified: 'recent', title: 'title' }[textOf(query, 'sort').replace(/^-/, '')] ?? '';
  return withQuery(urls.catalog(), { q: words.filter((word) => word !== '').join(' '), ...selected, sort });
}

/** `/pages/{slug}/`: the first page is ours, another one is looked for by its words. */
export function editorialPage(slug: string): string {
  const words = slug.replace(/[-_]+/g, ' ').trim();
  return /^(home|accueil|homepage|page d accueil)?$/i.test(words)
    ? urls.home()
    : withQuery(urls.catalog(), { q: words });
}

/** There, a sort is descending unless it has a sign; here, it is the reverse. */
function sortOf(query: OldQuery): string {
  const sort = textOf(query, 'sort');
  return sort === '' ? '' : sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
}

function refinements(query: OldQuery, clause: 'refine' | 'exclude'): readonly string[] {
  const prefix = `${clause}.`;
  return Object.keys(query)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => textsOf(query, name).map((value) => `${name.slice(prefix.length)}:${value}`));
}

function textsOf(query: OldQuery, name: string): readonly string[] {
  const value = query[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}

function textOf(query: OldQuery, name: string): string {
  return textsOf(query, name)[0] ?? '';
}
