// What the explorer's address says: the filters, the view, the chart and the version; all of it, so that a link shows the same again.
import { type ChartSpec, chartParameters, readChartSpec } from '../../model/chart/spec.ts';
import type { Field, FieldProfile } from '../../model/field.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { pageSizes, type RowsSearch, readRowsSearch, rowsQuery } from './rules.ts';

export const views = ['table', 'map', 'chart', 'api'] as const;
export type View = (typeof views)[number];

/** One value of a column that is kept; several of one column widen, several columns narrow. */
export type Refinement = { readonly column: string; readonly value: string };

export type Choices = {
  readonly search: RowsSearch;
  readonly view: View;
  readonly refine: readonly Refinement[];
  readonly chart: ChartSpec | null;
  /** The version that is looked at; null for the current one. */
  readonly version: number | null;
};

const mostRefinements = 50;

/** Reads the choices; what cannot be read falls back to what people expect. */
export function readChoices(query: Readonly<Record<string, unknown>>, fields: readonly Field[]): Choices {
  const asked = query['refine'];
  const refine = (Array.isArray(asked) ? asked : [asked])
    .filter((one): one is string => typeof one === 'string' && one.includes(':'))
    .slice(0, mostRefinements)
    .map((one) => ({ column: one.slice(0, one.indexOf(':')), value: one.slice(one.indexOf(':') + 1, 1000) }))
    .filter(({ column, value }) => value !== '' && fields.some((field) => field.name === column));
  return {
    search: readRowsSearch(query, fields),
    view: views.find((view) => view === query['view']) ?? 'table',
    refine,
    chart: readChartSpec(query, fields),
    version: readVersion(query),
  };
}

/** The version that an address names; null when it names none. */
export function readVersion(query: Readonly<Record<string, unknown>>): number | null {
  const version = Number(query['version']);
  return Number.isInteger(version) && version > 0 && version < 2 ** 31 ? version : null;
}

/** The filters as conditions of ODSQL, all required; those of one column can be left out, to count its other values. */
export function whereOf({ search, refine }: Choices, fields: readonly Field[], without?: string): readonly string[] {
  const { where } = rowsQuery(search, fields);
  const byColumn = new Map<string, string[]>();
  for (const { column, value } of refine) {
    if (column === without) continue;
    const one = rowsQuery({ ...search, q: '', column, operator: 'eq', value, sort: '' }, fields).where;
    if (one !== undefined) byColumn.set(column, [...(byColumn.get(column) ?? []), one]);
  }
  const refined = [...byColumn.values()].map((all) => (all.length === 1 ? (all[0] ?? '') : `(${all.join(' or ')})`));
  return [...(where === undefined ? [] : [where]), ...refined];
}

/** The choices as parameters of an address; what is usual is left out. */
export function choiceParameters(
  choices: Choices,
): Readonly<Record<string, string | number | readonly string[] | null>> {
  const { search, view, refine, chart, version } = choices;
  const { q, column, operator, value, sort, page, size } = search;
  return {
    q,
    ...(column === '' ? {} : { column, operator, value }),
    refine: refine.map((one) => `${one.column}:${one.value}`),
    sort,
    size: size === pageSizes[0] ? null : size,
    page: page > 1 ? page : null,
    view: view === 'table' ? null : view,
    ...(chart === null ? {} : chartParameters(chart)),
    version,
  };
}

/** The address of the page with some choices changed; a changed filter begins at the first page again. */
export function exploreUrl(id: string, choices: Choices, change: Partial<Choices> = {}): string {
  return `${withQuery(urls.dataset(id), choiceParameters({ ...choices, ...change }))}#rows`;
}

/** The columns whose few values are worth offering as filters, at most four. */
export function facetFields(fields: readonly Field[], profiles: readonly FieldProfile[]): readonly Field[] {
  const profileOf = new Map(profiles.map((profile) => [profile.name, profile]));
  return fields
    .filter((field) => {
      const { distinct = 0, top = [] } = profileOf.get(field.name) ?? {};
      const readable = top.length > 0 && top.every(({ value }) => value.length <= 60);
      const kind = field.type === 'string' || field.type === 'boolean' || field.role === 'year';
      return kind && readable && distinct >= 2 && distinct <= 60;
    })
    .slice(0, 4);
}
