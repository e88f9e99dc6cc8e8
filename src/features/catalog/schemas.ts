// What enters and leaves the catalogue room.
import type { Dataset, Organization, Version } from '../../model/dataset.ts';

export const facetNames = ['organization', 'theme', 'commune', 'format', 'licence', 'freshness'] as const;
export type FacetName = (typeof facetNames)[number];
export const sortOrders = ['relevance', 'recent', 'title'] as const;
export type SortOrder = (typeof sortOrders)[number];

export type CatalogSearch = {
  readonly q: string;
  /** Selected values per facet: several values of one facet are alternatives, facets add up. */
  readonly selected: Partial<Record<FacetName, readonly string[]>>;
  readonly sort: SortOrder;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
};

export type FacetValue = { readonly value: string; readonly label: string; readonly count: number; readonly selected: boolean };
export type Facet = { readonly name: FacetName; readonly values: readonly FacetValue[] };

/** What a list of datasets shows of each. */
export type DatasetSummary = Pick<
  Dataset,
  'id' | 'title' | 'description' | 'theme' | 'licence' | 'frequency' | 'keywords' | 'communes' | 'demo' | 'modifiedAt' | 'publishedAt'
> & {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly rows: number | null;
  readonly format: string | null;
  readonly hasGeometry: boolean;
};

export type CatalogPage = {
  readonly total: number;
  readonly datasets: readonly DatasetSummary[];
  readonly facets: readonly Facet[];
  /** The words really searched when the typed ones found nothing ("subvention" for "subvntion"), else null. */
  readonly correctedQuery: string | null;
};

export type OrganizationSummary = Organization & { readonly datasets: number };

export type Commune = {
  readonly insee: string;
  readonly name: string;
  readonly siren: string;
  readonly population: number;
  readonly populationSource: string;
  readonly postalCodes: readonly string[];
  /** Its organization's slug when it publishes here. */
  readonly organization: string | null;
};

export type DatasetWithVersions = { readonly dataset: Dataset; readonly versions: readonly Version[] };
