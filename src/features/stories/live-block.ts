// What a live block asks for: an explorer link of this portal pasted by the writer, or a few « key: value » lines. Pure.
import type { LiveAsk, LiveName, LiveProblem } from './schemas.ts';

/** What the explorer's addresses say; all else of a pasted link is left out. */
const parameters = [
  'q',
  'column',
  'operator',
  'value',
  'refine',
  'commune',
  'sort',
  'chart',
  'x',
  'y',
  'aggregate',
  'series',
  'version',
  'rows',
  'columns',
] as const;
const longestValue = 1000;
const mostLines = 40;

/** People write these in French or in English. */
const words: Readonly<Record<string, string>> = {
  ...Object.fromEntries(parameters.map((name) => [name, name])),
  titre: 'title',
  title: 'title',
  unite: 'unit',
  unit: 'unit',
  lien: 'link',
  link: 'link',
  jeu: 'dataset',
  dataset: 'dataset',
  graphique: 'chart',
  axe: 'x',
  mesure: 'y',
  measure: 'y',
  calcul: 'aggregate',
  couleur: 'series',
  recherche: 'q',
  filtre: 'refine',
  filter: 'refine',
  tri: 'sort',
  lignes: 'rows',
  colonnes: 'columns',
};
const frenchMarks: Readonly<Record<string, string>> = {
  barres: 'bar',
  ligne: 'line',
  courbe: 'line',
  aire: 'area',
  nuage: 'scatter',
  histogramme: 'histogram',
};
const frenchAggregates: Readonly<Record<string, string>> = {
  nombre: 'count',
  somme: 'sum',
  moyenne: 'avg',
  minimum: 'min',
  maximum: 'max',
};

/** Whether a block asks, or cannot be read. */
export function isProblem(ask: LiveAsk | LiveProblem): ask is LiveProblem {
  return 'code' in ask;
}

/**
 * Reads the body of a fenced block.
 * @param line the number of the fence's own line, from 1
 */
export function readLiveBlock(view: LiveName, body: string, line: number, publicUrl: string): LiveAsk | LiveProblem {
  const query = new Map<string, string[]>();
  let dataset: string | null = null;
  let title: string | null = null;
  let unit: string | null = null;
  const at = body.split('\n');
  for (const [index, raw] of at.slice(0, mostLines).entries()) {
    const said = raw.trim();
    if (said === '') continue;
    const here = line + 1 + index;
    const pair = /^([\p{L}]+)\s*:\s*(.+)$/u.exec(said);
    const key = words[plain(pair?.[1] ?? '')];
    const link = key === 'link' ? pair?.[2] : key === undefined ? said : undefined;
    if (link !== undefined) {
      if (key === undefined && !/^[<[]?(https?:\/\/|\/)|\]\(/i.test(said))
        return { code: 'unreadable', line: here, values: { text: said.slice(0, 60) } };
      const read = readLink(link, here, publicUrl);
      if ('code' in read) return read;
      dataset = read.dataset;
      for (const [name, values] of read.query) query.set(name, values);
      continue;
    }
    const value = (pair?.[2] ?? '').trim().slice(0, longestValue);
    if (key === 'title') title = value.slice(0, 200);
    else if (key === 'unit') unit = value.slice(0, 40);
    else if (key === 'dataset') dataset = value;
    else if (key === 'refine') query.set('refine', [...(query.get('refine') ?? []), value.replace(/\s*[=:]\s*/, ':')]);
    else if (key === 'chart') query.set('chart', [frenchMarks[plain(value)] ?? value]);
    else if (key === 'aggregate') query.set('aggregate', [frenchAggregates[plain(value)] ?? value]);
    else if (key === 'columns') query.set(key, [value.replace(/\s*,\s*/g, ',')]);
    else if (key !== undefined) query.set(key, [value]);
  }
  if (dataset === null) return { code: 'empty', line, values: {} };
  const asked = [...query].map(([name, values]): [string, string | readonly string[]] => [
    name,
    values.length === 1 ? (values[0] ?? '') : values,
  ]);
  return { view, dataset, query: Object.fromEntries(asked), title, unit };
}

type Link = { readonly dataset: string; readonly query: ReadonlyMap<string, string[]> };

function readLink(text: string, line: number, publicUrl: string): Link | LiveProblem {
  // Pasted bare, between angle brackets, or as a Markdown link.
  const address = (/\]\(\s*<?([^\s)>]+)/.exec(text)?.[1] ?? text.replace(/^<|>$/g, '')).trim();
  const values = { link: address.slice(0, 120) };
  if (!URL.canParse(address, publicUrl)) return { code: 'unreadable', line, values: { text: address.slice(0, 60) } };
  const url = new URL(address, publicUrl);
  if (url.origin !== new URL(publicUrl).origin) return { code: 'foreign', line, values };
  const path = /^\/datasets\/([^/]+?)(\/(explore|chart|embed|chart\.svg|places\.json))?\/?$/.exec(url.pathname);
  if (path === null) return { code: 'notExplorer', line, values };
  const query = new Map<string, string[]>();
  for (const name of parameters) {
    const said = url.searchParams.getAll(name).map((value) => value.slice(0, longestValue));
    if (said.length > 0 && said[0] !== '') query.set(name, said);
  }
  return { dataset: decoded(path[1] ?? ''), query };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** « Unité » and "unite" are the same key. */
function plain(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
