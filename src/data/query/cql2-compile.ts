// From a CQL2 tree to a condition in SQL, with SQL's own logic of three values: what has no value matches nothing, nor does its contrary.
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { SqlValue } from '../../stores/tables/engine.ts';
import { temporalSql } from './cql2-times.ts';
import { type ArrayRelation, Budget, type Cql2, type Cql2Compare, type SpatialTest } from './cql2-tree.ts';
import type { FeatureTable } from './feature-table.ts';

type CompareKind = 'text' | 'number' | 'boolean' | 'date' | 'timestamp' | 'time';
type Value = { readonly sql: string; readonly kind: CompareKind };

/** Writes a value that came from outside as a parameter of the statement. */
export type BindParameter = (value: SqlValue) => string;

/** What was found of each spatial test of the filter: a condition on the row. */
export type FoundPlaces = ReadonlyMap<SpatialTest, (bind: BindParameter) => string>;

/**
 * Compiles a filter on a table of features.
 * @param found what each spatial test became; without it they are checked, and stand as TRUE
 * @throws TerroirError query.unknownField, query.unknownFunction, query.wrongType, query.conditionExpected, query.tooDeep …
 */
export function compileCql2(
  filter: Cql2,
  table: FeatureTable,
  bind: BindParameter,
  found: FoundPlaces | null = null,
): string {
  return new Cql2Compiler(table, bind, found).condition(filter);
}

class Cql2Compiler {
  readonly #table: FeatureTable;
  readonly #bind: BindParameter;
  readonly #found: FoundPlaces | null;
  readonly #budget = new Budget();

  constructor(table: FeatureTable, bind: BindParameter, found: FoundPlaces | null) {
    this.#table = table;
    this.#bind = bind;
    this.#found = found;
  }

  condition(node: Cql2): string {
    return this.#budget.deeper(() => this.#condition(node));
  }

  #condition(node: Cql2): string {
    switch (node.kind) {
      case 'and':
      case 'or':
        return `(${node.items.map((item) => this.condition(item)).join(` ${node.kind.toUpperCase()} `)})`;
      case 'not':
        return `(NOT ${this.condition(node.of)})`;
      case 'compare':
        return this.#compare(node.operator, node.left, node.right);
      case 'like':
        return this.#like(node.of, node.pattern);
      case 'between': {
        const of = this.#comparable(node.of, [node.low, node.high]);
        return `(${of.left} BETWEEN ${of.rights[0]} AND ${of.rights[1]})`;
      }
      case 'in': {
        if (node.values.length === 0) return 'FALSE';
        const of = this.#comparable(node.of, node.values);
        return `(${of.left} IN (${of.rights.join(', ')}))`;
      }
      case 'isNull':
        return `(${this.#anything(node.of)} IS NULL)`;
      case 'spatial':
        return this.#spatial(node);
      case 'temporal':
        return temporalSql(node.relation, this.#span(node.left), this.#span(node.right));
      case 'arrays':
        return this.#arrays(node.relation, node.left, node.right);
      case 'boolean':
        return node.value ? 'TRUE' : 'FALSE';
      case 'property': {
        const value = this.#value(node);
        if (value.kind !== 'boolean') throw expected('condition', node);
        return value.sql;
      }
      case 'call':
        throw new TerroirError('query.unknownFunction', { name: node.name.slice(0, 60), clause: 'filter' });
      default:
        throw expected('condition', node);
    }
  }

  #compare(operator: Cql2Compare, left: Cql2, right: Cql2): string {
    const { left: a, rights } = this.#comparable(left, [right]);
    return `(${a} ${operator} ${rights[0]})`;
  }

  /** One value and those it is compared with, all of one kind; a day beside a moment is its first moment. */
  #comparable(of: Cql2, others: readonly Cql2[]): { readonly left: string; readonly rights: readonly string[] } {
    const values = [of, ...others].map((each) => this.#scalar(each));
    const kinds = new Set(values.map(({ kind }) => kind));
    const moments = [...kinds].every((kind) => kind === 'date' || kind === 'timestamp');
    const first = values[0] as Value;
    const different = values.findIndex(({ kind }) => kind !== first.kind);
    if (different !== -1 && !moments) {
      // A time of day, and a moment of a table, may be written as a text.
      const wrong = [of, ...others][different] as Cql2;
      throw new TerroirError('query.wrongType', {
        name: nameOf(of),
        type: first.kind,
        value: nameOf(wrong),
        clause: 'filter',
      });
    }
    const [left = '', ...rights] = values.map(({ sql, kind }) =>
      kinds.size > 1 && kind === 'date' ? cast(sql, 'TIMESTAMP') : sql,
    );
    return { left, rights };
  }

  /** A value, or a condition taken as one: `(a = 1) = TRUE`. */
  #scalar(node: Cql2): Value {
    switch (node.kind) {
      case 'and':
      case 'or':
      case 'not':
      case 'compare':
      case 'like':
      case 'between':
      case 'in':
      case 'isNull':
      case 'spatial':
      case 'temporal':
      case 'arrays':
        return { sql: this.condition(node), kind: 'boolean' };
      default:
        return this.#budget.deeper(() => this.#value(node));
    }
  }

  #value(node: Cql2): Value {
    switch (node.kind) {
      case 'property':
        return this.#property(node.name);
      case 'text':
        return { sql: cast(this.#bind(node.value.replaceAll('\0', '')), 'VARCHAR'), kind: 'text' };
      case 'number':
        return { sql: cast(this.#bind(node.value), 'DOUBLE'), kind: 'number' };
      case 'boolean':
        return { sql: node.value ? 'TRUE' : 'FALSE', kind: 'boolean' };
      case 'date':
        return { sql: cast(this.#bind(node.value), 'DATE'), kind: 'date' };
      case 'timestamp':
        return { sql: cast(this.#bind(node.value.replace('T', ' ').replace('Z', '')), 'TIMESTAMP'), kind: 'timestamp' };
      case 'casei':
        return { sql: `lower(${this.#text(node.of)})`, kind: 'text' };
      case 'accenti':
        return { sql: `strip_accents(${this.#text(node.of)})`, kind: 'text' };
      case 'arithmetic':
        return { sql: this.#arithmetic(node), kind: 'number' };
      case 'call':
        throw new TerroirError('query.unknownFunction', { name: node.name.slice(0, 60), clause: 'filter' });
      default:
        throw expected('value', node);
    }
  }

  #property(name: string): Value {
    const column = this.#table.columns.find((each) => each.name === name);
    if (column === undefined) {
      if (this.#table.places.has(name)) throw expected('value', { kind: 'property', name });
      throw new TerroirError('query.unknownField', { name: name.slice(0, 100), clause: 'filter' });
    }
    const sql = quoteIdentifier(column.name);
    switch (column.type) {
      case 'string':
        return { sql, kind: 'text' };
      case 'integer':
        return { sql, kind: 'number' };
      case 'number':
        return { sql, kind: 'number' };
      case 'boolean':
        return { sql, kind: 'boolean' };
      case 'date':
        return { sql, kind: 'date' };
      case 'datetime':
        return { sql, kind: 'timestamp' };
      case 'time':
        return { sql: cast(sql, 'VARCHAR'), kind: 'text' };
      default:
        throw expected('value', { kind: 'property', name });
    }
  }

  #text(node: Cql2): string {
    const value = this.#budget.deeper(() => this.#value(node));
    if (value.kind !== 'text') throw expected('text', node);
    return value.sql;
  }

  #number(node: Cql2): string {
    const value = this.#budget.deeper(() => this.#value(node));
    if (value.kind !== 'number') throw expected('number', node);
    return cast(value.sql, 'DOUBLE');
  }

  /** Reckoned in floating point; what cannot be reckoned has no value. */
  #arithmetic(node: Extract<Cql2, { kind: 'arithmetic' }>): string {
    const [left, right] = [this.#number(node.left), this.#number(node.right)];
    switch (node.operator) {
      case '/':
        return `(${left} / NULLIF(${right}, 0))`;
      case '%':
        return `fmod(${left}, NULLIF(${right}, 0))`;
      case 'div':
        return `trunc(${left} / NULLIF(${right}, 0))`;
      case '^':
        return `TRY(pow(${left}, ${right}))`;
      default:
        return `(${left} ${node.operator} ${right})`;
    }
  }

  /** `%` any characters, `_` one, `\` before what stands for itself. */
  #like(of: Cql2, pattern: Cql2): string {
    const text = this.#text(of);
    return `(${text} LIKE ${this.#pattern(pattern)} ESCAPE '\\')`;
  }

  #pattern(node: Cql2): string {
    switch (node.kind) {
      case 'casei':
        return `lower(${this.#pattern(node.of)})`;
      case 'accenti':
        return `strip_accents(${this.#pattern(node.of)})`;
      case 'text': {
        if (/(?:^|[^\\])(?:\\\\)*\\$/.test(node.value))
          throw new TerroirError('query.malformed', { reason: 'LIKE: nothing follows the last \\' });
        return cast(this.#bind(node.value.replaceAll('\0', '')), 'VARCHAR');
      }
      default:
        throw expected('text', node);
    }
  }

  #anything(node: Cql2): string {
    if (node.kind === 'property') {
      const place = this.#table.places.get(node.name);
      if (place !== undefined) return quoteIdentifier(place.column);
    }
    if (node.kind === 'geometry' || node.kind === 'interval' || node.kind === 'array') return 'TRUE';
    return this.#scalar(node).sql;
  }

  #spatial(node: SpatialTest): string {
    for (const side of [node.left, node.right]) {
      if (side.kind === 'geometry' || (side.kind === 'property' && this.#table.places.has(side.name))) continue;
      if (side.kind === 'property' && !this.#table.columns.some(({ name }) => name === side.name))
        throw new TerroirError('query.unknownField', { name: side.name.slice(0, 100), clause: 'filter' });
      throw new TerroirError('query.wrongArguments', {
        name: node.relation,
        expected: `${node.relation}(geometry, POINT(0.68 47.39))`,
      });
    }
    return this.#found === null ? 'TRUE' : (this.#found.get(node)?.(this.#bind) ?? 'FALSE');
  }

  /** The first and last moment of an instant or an interval. */
  #span(node: Cql2): { readonly start: string; readonly end: string } {
    const moment = (of: Cql2): string => {
      const value = this.#budget.deeper(() => this.#value(of));
      if (value.kind !== 'date' && value.kind !== 'timestamp')
        throw new TerroirError('query.wrongType', {
          name: nameOf(of),
          type: value.kind,
          value: "DATE('2024-01-31')",
          clause: 'filter',
        });
      return cast(value.sql, 'TIMESTAMP');
    };
    if (node.kind !== 'interval') {
      const at = moment(node);
      return { start: at, end: at };
    }
    // No bound: the first and the last moment that a date can be. The engine has infinite ones, but cannot compare days with them.
    return {
      start: node.start === null ? "TIMESTAMP '0001-01-01 00:00:00'" : moment(node.start),
      end: node.end === null ? "TIMESTAMP '9999-12-31 23:59:59.999999'" : moment(node.end),
    };
  }

  /** No column holds an array: both sides are written in the filter, or made of columns. Elements are compared as texts. */
  #arrays(relation: ArrayRelation, left: Cql2, right: Cql2): string {
    const [a, b] = [this.#list(left), this.#list(right)];
    switch (relation) {
      case 'a_equals':
        return `(${a} = ${b})`;
      case 'a_contains':
        return `list_has_all(${a}, ${b})`;
      case 'a_containedby':
        return `list_has_all(${b}, ${a})`;
      case 'a_overlaps':
        return `list_has_any(${a}, ${b})`;
    }
  }

  #list(node: Cql2): string {
    if (node.kind !== 'array') throw expected('value', node);
    const items = node.items.map((item) => {
      const { sql, kind } = this.#scalar(item);
      return cast(kind === 'number' ? cast(sql, 'DOUBLE') : sql, 'VARCHAR');
    });
    return `CAST([${items.join(', ')}] AS VARCHAR[])`;
  }
}

function cast(sql: string, type: string): string {
  return `CAST(${sql} AS ${type})`;
}

/** What stands where something else is wanted, as its author would recognise it. */
function expected(what: 'condition' | 'value' | 'text' | 'number', node: Cql2): TerroirError {
  return new TerroirError('filter.misplaced', { found: nameOf(node), expected: what });
}

function nameOf(node: Cql2): string {
  switch (node.kind) {
    case 'property':
    case 'call':
      return node.name.slice(0, 100);
    case 'text':
    case 'date':
    case 'timestamp':
      return node.value.slice(0, 100);
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'spatial':
    case 'temporal':
    case 'arrays':
      return node.relation;
    case 'compare':
    case 'arithmetic':
      return node.operator;
    default:
      return node.kind;
  }
}
