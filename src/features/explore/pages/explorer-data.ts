// What the explorer is given to show, and the addresses made of it.
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { Field, TopValue } from '../../../model/field.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { type Choices, choiceParameters, exploreUrl } from '../choices.ts';
import type { RowsSearch } from '../rules.ts';
import type { Places } from '../views.ts';
import type { ChartView } from './chart-figure.tsx';

export type RowsView = {
  readonly search: RowsSearch;
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Why the filter could not be used, when it could not. */
  readonly refusal: string | null;
};

export type Facet = { readonly field: Field; readonly values: readonly TopValue[] };

export type ExplorerData = {
  readonly dataset: Dataset;
  /** The version that is looked at, which may be an older one. */
  readonly version: Version;
  readonly choices: Choices;
  readonly rows: RowsView;
  readonly facets: readonly Facet[];
  readonly chart: ChartView | null;
  readonly places: Places | null;
  /** The column that names a place on the map. */
  readonly placeLabel: string | null;
};

/** Whether anything narrows the rows. */
export function isNarrowed(choices: Choices): boolean {
  const { q, column } = choices.search;
  return q !== '' || column !== '' || choices.refine.length > 0;
}

/** The same choices as an address of the whole portal, in the version that is seen. */
export function permanentUrl(publicUrl: string, { dataset, version, choices }: ExplorerData): string {
  return publicUrl + withQuery(urls.dataset(dataset.id), choiceParameters({ ...choices, version: version.number }));
}

/** The same view of all the rows. */
export function resetUrl(id: string, choices: Choices): string {
  const search = { ...choices.search, q: '', column: '', value: '', sort: '', page: 1 };
  return exploreUrl(id, choices, { search, refine: [] });
}
