// What enters and leaves the catalogue room.
import type { Dataset, DatasetState, Organization, OrganizationKind, Version } from '../../model/dataset.ts';
import type { Language } from '../../model/language.ts';

/** `map` has one value, `yes`: there are places to draw. */
export const facetNames = ['organization', 'theme', 'commune', 'format', 'licence', 'freshness', 'map'] as const;
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
  /** The language of the facets' labels; French when absent. */
  readonly language?: Language;
};

export type FacetValue = {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly selected: boolean;
};
export type Facet = { readonly name: FacetName; readonly values: readonly FacetValue[] };

/** What a list of datasets shows of each. */
export type DatasetSummary = Pick<
  Dataset,
  | 'id'
  | 'title'
  | 'description'
  | 'theme'
  | 'licence'
  | 'frequency'
  | 'keywords'
  | 'communes'
  | 'demo'
  | 'modifiedAt'
  | 'publishedAt'
> & {
  readonly state: DatasetState;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly rows: number | null;
  readonly format: string | null;
  readonly hasGeometry: boolean;
};

/** Where a word was found that neither the title nor the description shows: the title of a column, or a value in it. */
export type Match = {
  readonly dataset: string;
  readonly column: string;
  /** Null when the word is in the title of the column. */
  readonly value: string | null;
};

export type CatalogPage = {
  readonly total: number;
  readonly datasets: readonly DatasetSummary[];
  /** Of the datasets of this page that their columns alone made found, at most three places each. */
  readonly matches: readonly Match[];
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

/** A commune in a list, with the number of published datasets about it. */
export type CommuneSummary = Commune & { readonly datasets: number };

export type DatasetWithVersions = { readonly dataset: Dataset; readonly versions: readonly Version[] };

/** A commune, the organization that publishes for it when there is one, and the datasets about it, most recent first. */
export type CommuneWithDatasets = {
  readonly commune: Commune;
  readonly organization: Organization | null;
  readonly datasets: readonly DatasetSummary[];
};

/** What stays of a withdrawn dataset, at the same address for ever. */
export type Tombstone = {
  readonly id: string;
  readonly title: string;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly reason: string;
  readonly publishedAt: Date;
  readonly withdrawnAt: Date;
};

/** Whether a dataset's last update kept the announced rhythm; unknown when the rhythm gives no date. */
export const freshnesses = ['upToDate', 'due', 'overdue', 'unknown'] as const;
export type Freshness = (typeof freshnesses)[number];

export type Territory = {
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly siren: string | null;
  /** Where names, codes and populations come from. */
  readonly source: string;
  /** How far the demonstration is; null when this territory is nobody's demonstration. */
  readonly demo: 'installing' | 'installed' | null;
};

/** What is said of an organization that joins; what is absent is not known. */
export type NewOrganization = {
  readonly slug: string;
  readonly name: string;
  /** A commune when an INSEE code is given, else other. */
  readonly kind?: OrganizationKind;
  readonly siret?: string | null;
  /** Taken from the SIRET when there is one. */
  readonly siren?: string | null;
  readonly insee?: string | null;
  readonly population?: number | null;
  readonly populationSource?: string | null;
  readonly description?: string | null;
};

/** What a producer says of a dataset that does not exist yet. */
export type DatasetRequest = {
  /** The identifier wanted, or null to make one of the title. */
  readonly id: string | null;
  readonly title: string;
  readonly description: string;
  /** The organization's slug. */
  readonly organization: string;
  readonly licence: string | null;
  /** An id of reference/high-value.json when it is high-value data. */
  readonly hvdCategory?: string | null;
  /** The reference of its homologation, for a licence that is not in the decree’s list. */
  readonly homologation?: string | null;
  readonly theme: string | null;
  readonly frequency: string | null;
  /** "03-31", for a rhythm counted in years. */
  readonly dueDay?: string | null;
  /** An e-mail or a web address. */
  readonly contact?: string | null;
  readonly keywords: readonly string[];
  readonly communes: readonly string[];
  readonly demo: boolean;
  readonly source: string | null;
};

/** The same, checked, with its identifier and the defaults filled in: ready to be created with its first version. */
export type DatasetDraft = Omit<
  DatasetRequest,
  'id' | 'licence' | 'hvdCategory' | 'homologation' | 'frequency' | 'dueDay' | 'contact'
> & {
  readonly id: string;
  readonly licence: string;
  readonly hvdCategory: string | null;
  readonly homologation: string | null;
  readonly frequency: string;
  readonly dueDay: string | null;
  readonly contact: string | null;
};

/** By which door a file came in; none for the command line. */
export type DepositOrigin = 'upload' | 'paste' | 'link' | 'api';

export type VersionToPublish = {
  /** A dataset to create with this version, or one that exists. */
  readonly dataset: DatasetDraft | { readonly id: string };
  readonly version: Omit<Version, 'number' | 'createdAt'>;
  readonly depositId: string;
  readonly publish: boolean;
};

/** What may change of a dataset that exists: everything that is said of it, never its identifier. */
export type DatasetChanges = Partial<
  Pick<
    DatasetDraft,
    | 'title'
    | 'description'
    | 'licence'
    | 'theme'
    | 'frequency'
    | 'dueDay'
    | 'contact'
    | 'keywords'
    | 'communes'
    | 'source'
    | 'hvdCategory'
    | 'homologation'
  >
>;
