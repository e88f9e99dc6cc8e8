// Reads the parameters of version 1 as they stand in an address or a form: refine.F, exclude.F, disjunctive.F, geofilter.*, y.S.func …

import { conditionOf } from '../../data/query/q-language.ts';
import { type Geofilter, geofilterCondition, placeOf } from '../../data/query/q-places.ts';
import { equals, fieldNamed, type KnownFields } from '../../data/query/q-words.ts';
import { languages, readTimeZone } from '../../data/query/settings.ts';
import { TerroirError } from '../../lib/errors.ts';

export type Query = Readonly<Record<string, unknown>>;

export type Chosen = { readonly field: string; readonly value: string };

/** What narrows: the same for all interfaces on rows. */
export type Filters = {
  readonly q: readonly string[];
  readonly refine: readonly Chosen[];
  readonly exclude: readonly Chosen[];
  /** Facets whose values widen. */
  readonly disjunctive: ReadonlySet<string>;
  readonly geofilters: readonly Geofilter[];
  readonly timezone: string | null;
  readonly lang: string | null;
};

const mostChosen = 200;

/** The values of a parameter that are not empty. */
export function texts(query: Query, name: string): readonly string[] {
  const value = query[name];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list
    .map((one) => (typeof one === 'number' || typeof one === 'boolean' ? String(one) : one))
    .filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}

export function lastText(query: Query, name: string): string | undefined {
  return texts(query, name).at(-1);
}

/** `refine.commune=Tours`: the names that follow a prefix, each with its values. */
export function prefixed(query: Query, prefix: string): readonly Chosen[] {
  return Object.keys(query)
    .filter((name) => name.startsWith(prefix) && name.length > prefix.length)
    .flatMap((name) => texts(query, name).map((value) => ({ field: name.slice(prefix.length), value })));
}

/** @throws TerroirError query.outOfRange, query.tooManyValues */
export function readFilters(query: Query): Filters {
  const refine = prefixed(query, 'refine.');
  const exclude = prefixed(query, 'exclude.');
  if (refine.length + exclude.length > mostChosen)
    throw new TerroirError('query.tooManyValues', { max: mostChosen, clause: 'refine' });
  const disjunctive = prefixed(query, 'disjunctive.').filter(({ value }) => /^(true|1|on)$/i.test(value));
  return {
    q: [...texts(query, 'q'), ...prefixed(query, 'q.').map(({ value }) => value)],
    refine,
    exclude,
    disjunctive: new Set(disjunctive.map(({ field }) => field)),
    geofilters: prefixed(query, 'geofilter.').map(({ field, value }) => ({ name: field, value })),
    timezone: readZone(query),
    lang: readLanguage(query),
  };
}

/**
 * All the conditions in ODSQL, all required. `geoField` names the field of places.
 * @throws TerroirError query.*
 */
export function conditionsOf(filters: Filters, fields: KnownFields, geoField?: string): readonly string[] {
  const { q, refine, exclude, disjunctive, geofilters } = filters;
  const words = q.map((text) => conditionOf(text, fields)).filter((condition) => condition !== null);
  const place = geofilters.length === 0 ? null : placeOf(fields, geoField);
  const kept = Map.groupBy(refine, ({ field }) => field);
  const refined = [...kept].map(([name, chosen]) => {
    const field = fieldNamed(fields, name, 'refine');
    const values = chosen.map(({ value }) => equals(field, value, 'refine'));
    return `(${values.join(disjunctive.has(name) ? ' or ' : ' and ')})`;
  });
  return [
    ...words,
    ...refined,
    ...exclude.map(({ field, value }) => `not (${equals(fieldNamed(fields, field, 'exclude'), value, 'exclude')})`),
    ...geofilters.map((geofilter) => geofilterCondition(geofilter, place)),
  ];
}

/** A whole number within bounds. @throws TerroirError query.outOfRange */
export function integer(query: Query, name: string, otherwise: number, bounds: { min: number; max: number }): number {
  const value = lastText(query, name)?.trim();
  if (value === undefined) return otherwise;
  const number = /^[+-]?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= bounds.min && number <= bounds.max) return number;
  throw outOfRange(name, value, `${bounds.min} <= ${name} <= ${bounds.max}`);
}

/** One of the words that are allowed. @throws TerroirError query.outOfRange */
export function oneOf<T extends string>(query: Query, name: string, allowed: readonly T[], otherwise: T): T {
  const value = lastText(query, name);
  if (value === undefined) return otherwise;
  const found = allowed.find((one) => one === value.toLowerCase());
  if (found === undefined) throw outOfRange(name, value, allowed.join(', '));
  return found;
}

export function flag(query: Query, name: string): boolean {
  return /^(true|1|yes|on)$/i.test(lastText(query, name) ?? '');
}

export function outOfRange(name: string, value: string, expected: string): TerroirError {
  return new TerroirError('query.outOfRange', { name, value: value.slice(0, 100), expected });
}

function readZone(query: Query): string | null {
  const asked = lastText(query, 'timezone')?.trim();
  if (asked === undefined) return null;
  const zone = readTimeZone(asked);
  if (zone === null) throw outOfRange('timezone', asked, 'a time zone such as "Europe/Paris"');
  return zone;
}

/** A language that is not known changes nothing: widgets send that of the browser. */
function readLanguage(query: Query): string | null {
  const asked = lastText(query, 'lang')?.trim().toLowerCase().split(/[-_]/)[0];
  return languages.find((lang) => lang === asked) ?? null;
}

/** What was asked, as an answer of version 1 tells it again. */
export function echoed(query: Query, said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const gathered = (prefix: string) => {
    const values = Map.groupBy(prefixed(query, `${prefix}.`), ({ field }) => field);
    const told = [...values].map(([field, list]) => {
      const all = list.map(({ value }) => value);
      return [field, prefix === 'disjunctive' ? /^(true|1|on)$/i.test(all[0] ?? '') : all.length === 1 ? all[0] : all];
    });
    return told.length === 0 ? {} : { [prefix]: Object.fromEntries(told) };
  };
  const names = ['q', 'sort', 'fields', 'lang'];
  const plain = names.flatMap((name) => {
    const values = texts(query, name);
    if (values.length === 0) return [];
    return [[name, name === 'sort' ? values : values.at(-1)] as const];
  });
  const filters = prefixed(query, 'geofilter.').map(({ field, value }) => [`geofilter.${field}`, [value]] as const);
  return {
    ...said,
    ...Object.fromEntries(plain),
    ...gathered('refine'),
    ...gathered('exclude'),
    ...gathered('disjunctive'),
    ...Object.fromEntries(filters),
  };
}
