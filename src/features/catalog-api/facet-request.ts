// Reads what is asked of a facet of the catalogue: `theme`, or `facet(name="theme", disjunctive=true, sort="-count", limit=20)`.
import { readFacet } from '../../data/query/facets.ts';
import { TerroirError } from '../../lib/errors.ts';
import { columnNamed } from './columns.ts';
import type { FacetRequest } from './facets.ts';
import { usualFacets } from './schemas.ts';

/** The usual facets when none is named. @throws TerroirError query.unknownField, query.wrongArguments, query.syntax */
export function readFacets(texts: readonly string[]): readonly FacetRequest[] {
  return (texts.length === 0 ? usualFacets : texts).map((text): FacetRequest => {
    const said = readFacet(text);
    const column = columnNamed(said.name);
    if (column === null)
      throw new TerroirError('query.unknownField', { name: said.name.slice(0, 100), clause: 'facet' });
    const separator = column.kind === 'datetime' ? '/' : said.hierarchical ? said.separator : null;
    const disjunctive = said.disjunctive;
    return { ...said, disjunctive, column: column.name, kind: column.kind, separator };
  });
}
