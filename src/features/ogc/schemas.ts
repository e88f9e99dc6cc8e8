// What enters the OGC room and what leaves it.
import type { Cql2 } from '../../data/query/cql2-tree.ts';
import type { FeatureOrder } from '../../data/query/feature-plan.ts';
import type { FeatureTable } from '../../data/query/feature-table.ts';
import type { Crs } from '../../data/query/spatial-crs.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';

export const limits = { defaultLimit: 100, maxLimit: 10_000, collections: 1000 } as const;

/** A dataset as a collection of features. */
export type Collection = {
  readonly dataset: Dataset;
  readonly version: Version;
  readonly table: FeatureTable;
};

/** What an address of items asks for, understood. */
export type ItemsQuery = {
  readonly limit: number;
  readonly offset: number;
  /** Where the page before ended, in rows of the file; null for the first page and for answers with an order. */
  readonly after: number | null;
  readonly filter: Cql2 | null;
  readonly order: readonly FeatureOrder[];
  readonly properties: readonly string[];
  readonly geometry: boolean;
  readonly crs: Crs;
};

export type Feature = {
  readonly type: 'Feature';
  /** The row's number in the file, from 1. */
  readonly id: number;
  readonly geometry: GeoJsonGeometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
};

export type ItemsAnswer = {
  readonly features: readonly Feature[];
  readonly matched: number;
  /** Where the next page begins; null at the end. `after` is null where rows come in an order of their own. */
  readonly next: { readonly offset: number; readonly after: number | null } | null;
};

export type Link = {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
  readonly templated?: boolean;
};
