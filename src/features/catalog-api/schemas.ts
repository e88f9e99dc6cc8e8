// What enters and leaves the room: a query on the catalogue, in ODSQL, and its answers.
import type { FacetValue } from './facets.ts';

export type CatalogueQuery = {
  readonly select?: string;
  /** All required. */
  readonly where?: readonly string[];
  readonly group_by?: string;
  readonly order_by?: string;
  /** `theme:Sport`. */
  readonly refine?: readonly string[];
  readonly exclude?: readonly string[];
  /** The zone that moments are read and told in; UTC when absent. */
  readonly timezone?: string;
  /** The language of names of days and months. */
  readonly lang?: string;
  readonly limit: number;
  readonly offset: number;
};

export type CatalogueAnswer = {
  /** Absent for groups. */
  readonly total_count?: number;
  readonly results: readonly Readonly<Record<string, unknown>>[];
};

export type FacetsQuery = Pick<CatalogueQuery, 'where' | 'refine' | 'exclude' | 'timezone' | 'lang'> & {
  /** `theme` or `facet(name="theme", sort="-count")`; the usual ones when there is none. */
  readonly facet: readonly string[];
};

export type CatalogueFacet = { readonly name: string; readonly facets: readonly FacetValue[] };

/** The facets of a catalogue, as everybody's catalogue has them. */
export const usualFacets = [
  'features',
  'language',
  'license',
  'modified',
  'publisher',
  'keyword',
  'theme',
  'territory',
  'update_frequency',
] as const;
