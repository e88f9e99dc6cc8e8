// Facets of the catalogue: which datasets a refinement keeps, and how many have each value. Pure, on values in memory.
import type { FacetSort } from '../../data/query/facets.ts';
import type { ColumnKind } from './columns.ts';

/** What is kept (`refine=theme:Sport`) or left out (`exclude=theme:Sport`) of a facet. */
export type Refinement = { readonly column: string; readonly value: string };

export type FacetRequest = {
  /** As it was asked. */
  readonly name: string;
  readonly column: string;
  readonly kind: ColumnKind;
  /** Its own refinements are forgotten when its values are counted: another value may be added. */
  readonly disjunctive: boolean;
  /** The values are paths, cut at the separator. */
  readonly separator: string | null;
  readonly sort: FacetSort | null;
  readonly limit: number;
};

export type FacetValue = {
  readonly name: string;
  readonly value: string;
  /** Absent for a value that is left out. */
  readonly count?: number;
  readonly state: 'displayed' | 'refined' | 'excluded';
  readonly facets?: readonly FacetValue[];
};

type Values = Readonly<Record<string, unknown>>;

/** The values of a column as facets name them: texts; a moment by its day, "2024/05/03". */
export function facetTexts(value: unknown, kind: ColumnKind): readonly string[] {
  if (value === null || value === undefined) return [];
  if (kind === 'datetime') return [String(value).slice(0, 10).replaceAll('-', '/')];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** Whether a value is the refined one, or below it when values are paths. */
function isBelow(text: string, refined: string, separator: string | null): boolean {
  return text === refined || (separator !== null && text.startsWith(`${refined}${separator}`));
}

export type Refinements = {
  readonly refine: readonly Refinement[];
  readonly exclude: readonly Refinement[];
};

export type FacetColumn = {
  readonly kind: ColumnKind;
  readonly separator: string | null;
  readonly disjunctive: boolean;
};

/**
 * Whether the refinements keep a dataset. Several of one facet are all required of a column that holds several values; of
 * another one, or of a disjunctive facet, one of them is.
 */
export function isKept(
  values: Values,
  { refine, exclude }: Refinements,
  columnOf: (name: string) => FacetColumn,
): boolean {
  const has = ({ column, value }: Refinement) => {
    const { kind, separator } = columnOf(column);
    return facetTexts(values[column], kind).some((text) => isBelow(text, value, separator));
  };
  if (exclude.some(has)) return false;
  const isWidening = (column: string) => columnOf(column).disjunctive || columnOf(column).kind !== 'texts';
  if (!refine.filter(({ column }) => !isWidening(column)).every(has)) return false;
  const together = Map.groupBy(
    refine.filter(({ column }) => isWidening(column)),
    ({ column }) => column,
  );
  return [...together.values()].every((some) => some.some(has));
}

/** The values of a facet among datasets, each with how many have it; a path opens below what is refined. */
export function facetValues(
  datasets: readonly Values[],
  request: FacetRequest,
  { refine, exclude }: Refinements,
): readonly FacetValue[] {
  const { column, kind, separator } = request;
  const refined = refine.filter((one) => one.column === column).map((one) => one.value);
  const left = exclude.filter((one) => one.column === column).map((one) => one.value);
  const level = (prefix: string): readonly FacetValue[] => {
    const counts = new Map<string, number>();
    for (const values of datasets) {
      const here = facetTexts(values[column], kind).flatMap((text) => stepBelow(text, prefix, separator) ?? []);
      for (const value of new Set(here)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const shown = [...counts].map(([value, count]): FacetValue => {
      const open = refined.some((one) => isBelow(one, value, separator));
      const below = open && separator !== null ? level(value + separator) : [];
      return {
        name: value.slice(prefix.length),
        value,
        count,
        state: open ? 'refined' : 'displayed',
        ...(below.length > 0 && { facets: below }),
      };
    });
    return sorted(shown, request).slice(0, request.limit);
  };
  const gone = left.map((value): FacetValue => ({ name: nameOf(value, separator), value, state: 'excluded' }));
  return [...level(''), ...gone];
}

/** The next step of a path below a prefix; null when it is not below it. */
function stepBelow(text: string, prefix: string, separator: string | null): string | null {
  if (!text.startsWith(prefix) || text === prefix) return null;
  if (separator === null) return text;
  const end = text.indexOf(separator, prefix.length);
  return end === -1 ? text : text.slice(0, end);
}

function nameOf(value: string, separator: string | null): string {
  return separator === null ? value : value.slice(value.lastIndexOf(separator) + 1);
}

/** Most frequent first; moments in their order, numbers in theirs. */
function sorted(values: readonly FacetValue[], { sort, kind }: FacetRequest): readonly FacetValue[] {
  const order = sort ?? (kind === 'datetime' ? 'name' : '-count');
  const sign = order.startsWith('-') ? -1 : 1;
  const byName = (a: FacetValue, b: FacetValue) =>
    kind === 'integer' ? Number(a.value) - Number(b.value) : a.value.localeCompare(b.value, 'fr');
  if (order.endsWith('count'))
    return values.toSorted((a, b) => sign * ((a.count ?? 0) - (b.count ?? 0)) || byName(a, b));
  return values.toSorted((a, b) => sign * byName(a, b));
}
