// Reads what is asked of a facet: `theme`, or `facet(name="theme", disjunctive=true, sort="-count", limit=20)`.
import { TerroirError } from '../../lib/errors.ts';
import { columnNamed } from './columns.ts';
import { type FacetRequest, type FacetSort, facetSorts, usualLimit } from './facets.ts';
import { usualFacets } from './schemas.ts';

type Said = {
  name: string;
  disjunctive: boolean;
  hierarchical: boolean;
  separator: string;
  sort: FacetSort | null;
  limit: number;
};

const argument = /\s*(\w+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s,()"']+))\s*(,|$)/uy;

/** The usual facets when none is named. @throws TerroirError query.unknownField, query.wrongArguments */
export function readFacets(texts: readonly string[]): readonly FacetRequest[] {
  return (texts.length === 0 ? usualFacets : texts).map(readFacet);
}

function readFacet(text: string): FacetRequest {
  const call = /^\s*facet\s*\((.*)\)\s*$/isu.exec(text)?.[1];
  const said = call === undefined ? { ...nothing, name: text.trim() } : readCall(call);
  const name = said.name.replace(/^`(.*)`$/, '$1');
  const column = columnNamed(name);
  if (column === null) throw new TerroirError('query.unknownField', { name: name.slice(0, 100), clause: 'facet' });
  const separator =
    column.kind === 'datetime' ? '/' : said.hierarchical && said.separator !== '' ? said.separator : null;
  return { ...said, name, column: column.name, kind: column.kind, separator };
}

const nothing: Said = {
  name: '',
  disjunctive: false,
  hierarchical: false,
  separator: '/',
  sort: null,
  limit: usualLimit,
};

function readCall(text: string): Said {
  const said = { ...nothing };
  for (let at = 0; at < text.length; at = argument.lastIndex) {
    argument.lastIndex = at;
    const [, key = '', double, single, bare = ''] = argument.exec(text) ?? [];
    const value = (double ?? single ?? bare).replace(/\\(.)/gsu, '$1');
    if (key === 'name') said.name = value;
    else if (key === 'separator') said.separator = value;
    else if (key === 'disjunctive' || key === 'hierarchical') said[key] = readFlag(value);
    else if (key === 'sort') said.sort = facetSorts.find((sort) => sort === value) ?? refuse();
    else if (key === 'limit') said.limit = /^\d{1,6}$/.test(value) ? Number(value) : refuse();
    else refuse();
  }
  return said;
}

function readFlag(value: string): boolean {
  return value === 'true' || (value === 'false' ? false : refuse());
}

function refuse(): never {
  throw new TerroirError('query.wrongArguments', {
    name: 'facet',
    expected: 'facet(name="…", disjunctive=true, hierarchical=true, separator="/", sort="-count", limit=20)',
    clause: 'facet',
  });
}
