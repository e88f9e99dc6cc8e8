// Facets: how many rows hold each value of a field, one scan each, with what is refined and excluded said.
import { TerroirError } from '../../lib/errors.ts';
import { kinds } from './kinds.ts';
import { parseCall } from './parse.ts';
import { planRecords, type RecordsPlan } from './plan.ts';
import { both, type Refinement, refinementCondition } from './refinements.ts';
import type { QuerySettings } from './settings.ts';
import { type Column, columnsOf, type StoredVersion } from './stored-version.ts';
import type { Node, OrderItem } from './tree.ts';

export type FacetSort = 'count' | '-count' | 'name' | '-name';

export type FacetSpec = {
  readonly name: string;
  /** Its own refinements do not narrow its own values. */
  readonly disjunctive: boolean;
  /** Values are paths, `A/B`: shown level by level, as they are refined. */
  readonly hierarchical: boolean;
  readonly separator: string;
  /** null: the most frequent first; dates in their order. */
  readonly sort: FacetSort | null;
  readonly limit: number;
};

export type FacetValue = {
  /** The value, or its part at this level. */
  readonly name: string;
  /** What refine takes: the value, or its whole path. */
  readonly path: string;
  readonly count: number;
  readonly state: 'displayed' | 'refined' | 'excluded';
  readonly children?: readonly FacetValue[];
};

export type Facet = { readonly name: string; readonly facets: readonly FacetValue[] };

export type FacetPlan = {
  readonly plan: RecordsPlan;
  /** How many groups are read at most. */
  readonly limit: number;
  read(rows: readonly (readonly unknown[])[]): Facet;
};

const usualLimit = 100;
const mostValues = 1000;
/** Paths are cut into levels after they are counted. */
const mostPaths = 20_000;
const written = 'facet(name="f", disjunctive=true, hierarchical=true, separator="/", sort="-count", limit=20)';

/** Reads `field` or `facet(name="field", …)`. @throws TerroirError query.syntax, query.wrongArguments */
export function readFacet(text: string): FacetSpec {
  const plain = { disjunctive: false, hierarchical: false, separator: '/', sort: null, limit: usualLimit };
  if (!/^\s*facet\s*\(/i.test(text)) return { ...plain, name: text.trim().replace(/^`(.*)`$/s, '$1') };
  const wrong = () => new TerroirError('query.wrongArguments', { name: 'facet', expected: written, clause: 'facet' });
  const call = parseCall(text, 'facet');
  if (call === null || call.distinct) throw wrong();
  const given = new Map<string, Node>();
  for (const [i, arg] of call.args.entries()) {
    if (arg.kind === 'named') given.set(arg.name, arg.value);
    else if (i === 0) given.set('name', arg);
    else throw wrong();
  }
  const flag = (name: string) => {
    const node = given.get(name);
    if (node !== undefined && node.kind !== 'boolean') throw wrong();
    return node?.kind === 'boolean' && node.value;
  };
  const known = ['name', 'disjunctive', 'hierarchical', 'separator', 'sort', 'limit'];
  const name = given.get('name');
  const separator = given.get('separator') ?? { kind: 'text', value: '/' };
  const limit = given.get('limit') ?? { kind: 'number', value: usualLimit };
  if ([...given.keys()].some((each) => !known.includes(each)) || (name?.kind !== 'text' && name?.kind !== 'field'))
    throw wrong();
  if (separator.kind !== 'text' || separator.value === '') throw wrong();
  if (limit.kind !== 'number' || !Number.isInteger(limit.value) || limit.value < 1 || limit.value > mostValues)
    throw wrong();
  return {
    name: name.kind === 'text' ? name.value : name.name,
    disjunctive: flag('disjunctive'),
    hierarchical: flag('hierarchical'),
    separator: separator.value,
    sort: sortOf(given.get('sort'), wrong),
    limit: limit.value,
  };
}

const sorts: Readonly<Record<string, FacetSort>> = {
  count: 'count',
  '-count': '-count',
  name: 'name',
  '-name': '-name',
  alphanum: 'name',
  '-alphanum': '-name',
  num: 'name',
  '-num': '-name',
};

function sortOf(node: Node | undefined, wrong: () => TerroirError): FacetSort | null {
  if (node === undefined) return null;
  const sort = node.kind === 'text' && Object.hasOwn(sorts, node.value) ? sorts[node.value] : undefined;
  if (sort === undefined) throw wrong();
  return sort;
}

/**
 * Plans a facet: one statement, and how its rows are read.
 * @param where the rows of the whole question, without refinements
 * @throws TerroirError query.unknownField, query.notGroupable
 */
export function planFacet(
  version: StoredVersion,
  spec: FacetSpec,
  {
    where,
    refinements,
    settings,
  }: { readonly where: Node | null; readonly refinements: readonly Refinement[]; readonly settings: QuerySettings },
): FacetPlan {
  const column = columnsOf(version).find(({ name }) => name === spec.name);
  if (column === undefined)
    throw new TerroirError('query.unknownField', { name: spec.name.slice(0, 100), clause: 'facet' });
  const kind = kinds[column.type];
  if (kind === 'point' || kind === 'shape')
    throw new TerroirError('query.notGroupable', { position: 1, clause: 'facet' });
  const dated = kind === 'date' || kind === 'datetime';
  const own = refinements.filter((each) => each.column.name === spec.name);
  const paths = own.map((each) => ({ ...each, parts: partsOf(each.value, dated, spec) }));
  const separators = new Map(spec.hierarchical && kind === 'text' ? [[spec.name, spec.separator]] : []);
  const applied = refinements.filter((each) => !(spec.disjunctive && !each.excluded && each.column.name === spec.name));
  const field: Node = { kind: 'field', at: 0, name: spec.name };
  const filled: Node = { kind: 'not', at: 0, of: { kind: 'isNull', at: 0, of: field } };
  // As deep as something is refined, and one level more: its parts.
  const depth = dated
    ? Math.min(3, 1 + Math.max(0, ...paths.map(({ parts, excluded }) => (excluded ? 0 : parts.length))))
    : 1;
  const keys: readonly Node[] = dated
    ? ['year', 'month', 'day']
        .slice(0, depth)
        .map((name) => ({ kind: 'call', at: 0, name, distinct: false, args: [field] }))
    : [field];
  const leveled = dated || separators.size > 0;
  const plan = planRecords(
    version,
    {
      select: [{ kind: 'value', node: countRows, alias: 'count', written: 'count' }],
      where: both(both(where, refinementCondition(applied, separators)), filled),
      groupBy: keys.map((node, i) => ({ node, alias: `k${i}`, written: `k${i}` })),
      orderBy: leveled ? [] : orderOf(spec.sort ?? '-count', keys[0] as Node),
    },
    settings,
  );
  const sort = spec.sort ?? (dated ? 'name' : '-count');
  return {
    plan,
    limit: leveled ? mostPaths : spec.limit,
    read: (rows) => ({
      name: spec.name,
      facets: leveled
        ? levels(
            rows.map((row) => pathOf(row, dated, spec)),
            { paths, sort, limit: spec.limit, separator: dated ? '/' : spec.separator },
          )
        : flat(rows, paths),
    }),
  };
}

const countRows: Node = { kind: 'call', at: 0, name: 'count', distinct: false, args: [{ kind: 'star', at: 0 }] };

function orderOf(sort: FacetSort, key: Node): readonly OrderItem[] {
  const descending = sort.startsWith('-');
  return sort.endsWith('count')
    ? [
        { node: countRows, descending },
        { node: key, descending: false },
      ]
    : [{ node: key, descending }];
}

type OwnPath = Refinement & { readonly parts: readonly string[] };
type Counted = { readonly parts: readonly string[]; readonly count: number };

function partsOf(value: string, dated: boolean, { hierarchical, separator }: FacetSpec): readonly string[] {
  if (dated)
    return value
      .split(/[-/T ]/)
      .slice(0, 3)
      .map((part, i) => part.padStart(i === 0 ? 4 : 2, '0'));
  return hierarchical ? value.split(separator) : [value];
}

/** A row of groups: its keys, then how many. */
function pathOf(row: readonly unknown[], dated: boolean, spec: FacetSpec): Counted {
  const keys = row.slice(0, -1).map(String);
  const parts = dated ? keys.map((key, i) => key.padStart(i === 0 ? 4 : 2, '0')) : partsOf(keys[0] ?? '', false, spec);
  return { parts, count: Number(row.at(-1)) };
}

function flat(rows: readonly (readonly unknown[])[], own: readonly OwnPath[]): readonly FacetValue[] {
  const stateOf = (value: string) => own.find((each) => each.value === value && !each.excluded) !== undefined;
  const values = rows.map(([value, count]): FacetValue => {
    const name = String(value);
    return { name, path: name, count: Number(count), state: stateOf(name) ? 'refined' : 'displayed' };
  });
  const seen = new Set(values.map(({ path }) => path));
  return [...values, ...absent(own.filter(({ value }) => !seen.has(value)))];
}

/** What is refined or excluded is said, also where no row is left of it. */
function absent(own: readonly OwnPath[]): readonly FacetValue[] {
  const unique = new Map(own.map((each) => [each.value, each]));
  return [...unique.values()].map(({ value, excluded }) => ({
    name: value,
    path: value,
    count: 0,
    state: excluded ? 'excluded' : 'refined',
  }));
}

type Shown = {
  readonly paths: readonly OwnPath[];
  readonly sort: FacetSort;
  readonly limit: number;
  readonly separator: string;
};

/** The values of a level, and below those that lie on a refined path, theirs. */
function levels(counted: readonly Counted[], shown: Shown, above: readonly string[] = []): readonly FacetValue[] {
  const groups = new Map<string, Counted[]>();
  for (const one of counted) {
    const part = one.parts[above.length];
    if (part === undefined) continue;
    const members = groups.get(part);
    if (members === undefined) groups.set(part, [one]);
    else members.push(one);
  }
  const values = [...groups].map(([name, members]): FacetValue => {
    const parts = [...above, name];
    const onPath = shown.paths.filter((own) => !own.excluded && parts.every((part, i) => own.parts[i] === part));
    const exact = onPath.some((own) => own.parts.length === parts.length);
    const below = onPath.length === 0 ? [] : levels(members, shown, parts);
    return {
      name,
      path: parts.join(shown.separator),
      count: members.reduce((sum, { count }) => sum + count, 0),
      // What is above the refined value is refined too.
      state: exact || onPath.length > 0 ? 'refined' : 'displayed',
      ...(below.length > 0 && { children: below }),
    };
  });
  const excluded = shown.paths.filter(
    (own) => own.excluded && own.parts.length === above.length + 1 && above.every((part, i) => own.parts[i] === part),
  );
  const seen = new Set(values.map(({ path }) => path));
  const gone = excluded.filter(({ parts }) => !seen.has(parts.join(shown.separator)));
  return [
    ...sorted(values, shown.sort).slice(0, shown.limit),
    ...gone.map(
      ({ parts }): FacetValue => ({
        name: parts.at(-1) ?? '',
        path: parts.join(shown.separator),
        count: 0,
        state: 'excluded',
      }),
    ),
  ];
}

function sorted(values: readonly FacetValue[], sort: FacetSort): readonly FacetValue[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  const byName = (a: FacetValue, b: FacetValue) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return values.toSorted((a, b) =>
    sort.endsWith('count') ? sign * (a.count - b.count) || byName(a, b) : sign * byName(a, b),
  );
}

/** The columns that may be facets. */
export function isFacetable({ type }: Column): boolean {
  return type !== 'geopoint' && type !== 'geojson';
}
