// refine and exclude: `field:value` as conditions. Values of one field widen, several fields narrow; a date is kept by its year, month or day.
import { TerroirError } from '../../lib/errors.ts';
import { kinds } from './kinds.ts';
import { readDate } from './literals.ts';
import { type Column, columnsOf, type StoredVersion } from './stored-version.ts';
import type { Node } from './tree.ts';

/** A value of a field that is kept or left out. */
export type Refinement = { readonly column: Column; readonly value: string; readonly excluded: boolean };

export type RefinementTexts = { readonly refine?: readonly string[]; readonly exclude?: readonly string[] };

const mostRefinements = 200;

/** @throws TerroirError query.outOfRange, query.unknownField, query.wrongType, query.tooManyValues */
export function readRefinements(
  version: StoredVersion,
  { refine = [], exclude = [] }: RefinementTexts,
): readonly Refinement[] {
  if (refine.length + exclude.length > mostRefinements)
    throw new TerroirError('query.tooManyValues', { max: mostRefinements, clause: 'refine' });
  return [
    ...refine.map((text) => readOne(version, text, 'refine')),
    ...exclude.map((text) => readOne(version, text, 'exclude')),
  ];
}

function readOne(version: StoredVersion, text: string, clause: 'refine' | 'exclude'): Refinement {
  const written = /^\s*(`[^`]+`|[^:`]+?)\s*:([\s\S]+)$/.exec(text);
  if (written === null)
    throw new TerroirError('query.outOfRange', { name: clause, value: text.slice(0, 100), expected: 'facet:value' });
  const [name, value] = [(written[1] ?? '').replaceAll('`', ''), unquoted((written[2] ?? '').trim())];
  const column = columnsOf(version).find((each) => each.name === name);
  if (column === undefined) throw new TerroirError('query.unknownField', { name: name.slice(0, 100), clause });
  const kind = kinds[column.type];
  const fits =
    kind === 'number'
      ? /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(value) && Number.isFinite(Number(value))
      : kind === 'boolean'
        ? /^(true|false)$/i.test(value)
        : kind === 'date' || kind === 'datetime'
          ? readDate(value) !== null
          : kind === 'text' || kind === 'time';
  if (!fits) throw new TerroirError('query.wrongType', { name, type: kind, value: value.slice(0, 100), clause });
  return { column, value, excluded: clause === 'exclude' };
}

/** `"Alimentation"` is Alimentation. */
function unquoted(text: string): string {
  const [first, last] = [text[0], text.at(-1)];
  if (text.length < 2 || first !== last || (first !== '"' && first !== "'")) return text;
  return text.slice(1, -1).replace(/\\(.)/gs, '$1');
}

/** The condition of refinements; null for none. `separator` of a field: its values are paths, kept with all that is below. */
export function refinementCondition(
  refinements: readonly Refinement[],
  separators: ReadonlyMap<string, string> = new Map(),
): Node | null {
  const byField = new Map<string, Node[]>();
  const conditions: Node[] = [];
  for (const { column, value, excluded } of refinements) {
    const node = conditionOf(column, value, separators.get(column.name) ?? null);
    if (excluded) conditions.push({ kind: 'not', at: 0, of: node });
    else byField.set(column.name, [...(byField.get(column.name) ?? []), node]);
  }
  for (const nodes of byField.values())
    conditions.push(nodes.length === 1 ? (nodes[0] as Node) : { kind: 'or', at: 0, items: nodes });
  const [first = null] = conditions;
  return conditions.length > 1 ? { kind: 'and', at: 0, items: conditions } : first;
}

function conditionOf(column: Column, value: string, separator: string | null): Node {
  const field: Node = { kind: 'field', at: 0, name: column.name };
  const text: Node = { kind: 'text', at: 0, value };
  const equal: Node = { kind: 'compare', at: 0, operator: '=', left: field, right: text };
  const kind = kinds[column.type];
  if (kind === 'date' || kind === 'datetime') {
    const span = spanOf(value);
    if (span === null) return equal;
    const [low, high] = span.map((day): Node => ({ kind: 'date', at: 0, value: day })) as [Node, Node];
    return { kind: 'range', at: 0, of: field, low, high, lowIncluded: true, highIncluded: false };
  }
  if (kind !== 'text' || separator === null) return equal;
  const below: Node = {
    kind: 'call',
    at: 0,
    name: 'startswith',
    distinct: false,
    args: [field, { kind: 'text', at: 0, value: value + separator }],
  };
  return { kind: 'or', at: 0, items: [equal, below] };
}

/** The first day of a year, month or day, and the first one after it; null for a moment. */
function spanOf(value: string): readonly [string, string] | null {
  const parts = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(value);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const start = Date.UTC(year, month - 1, day);
  const end =
    parts[3] !== undefined
      ? Date.UTC(year, month - 1, day + 1)
      : parts[2] !== undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year + 1, 0, 1);
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  // Date.UTC takes the years below 100 for those of the last century; nothing is after 9999.
  if (year < 100 || year >= 9999) return null;
  return [text(start), text(end)];
}

/** A condition and another one, either of which may be none. */
export function both(a: Node | null, b: Node | null): Node | null {
  if (a === null || b === null) return a ?? b;
  return { kind: 'and', at: 0, items: [a, b] };
}
