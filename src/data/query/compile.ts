// From the tree to SQL: every name is looked up, every type checked, every value bound. The only place that writes conditions.
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { SqlValue } from '../../stores/tables/engine.ts';
import { allWords, type Bind, matchesPattern, wordsInSearchFile, wordsOf } from './full-text.ts';
import { aggregates, conditionFunctions } from './functions.ts';
import { type Kind, kinds } from './kinds.ts';
import { type DateValue, readDate } from './literals.ts';
import { type Column, columnsOf, type StoredVersion } from './stored-version.ts';
import type { Clause } from './tokens.ts';
import type { Literal, Node } from './tree.ts';

export type Value = { readonly sql: string; readonly kind: Kind };

/** The engine refuses expressions nested more than a thousand times; each of our levels is a few of its own. */
const maxLevels = 200;

const sqlTypes: Partial<Record<Kind, string>> = { number: 'DOUBLE', date: 'DATE', datetime: 'TIMESTAMP' };

/** Compiles the clauses of one statement; its parameters are gathered in order. */
export class Compiler {
  readonly params: SqlValue[] = [];
  readonly #version: StoredVersion;
  readonly #columns: ReadonlyMap<string, Column>;
  #clause: Clause = 'where';
  #levels = 0;

  constructor(version: StoredVersion) {
    this.#version = version;
    this.#columns = new Map(columnsOf(version).map((column) => [column.name, column]));
  }

  readonly #bind: Bind = (value) => `$${this.params.push(value)}`;

  /** A condition that is true for the rows wanted; NOT gives exactly the other rows. */
  where(node: Node): string {
    this.#clause = 'where';
    return this.#condition(node);
  }

  /** A condition of full text alone as the search file can answer it; null for any other. */
  fullText(node: Node): string | null {
    this.#clause = 'where';
    const everywhere = node.kind === 'call' && node.name === 'search' && node.args.length === 1 && !node.distinct;
    const text = everywhere ? node.args[0] : node;
    if (text?.kind !== 'text') return null;
    return wordsInSearchFile(wordsOf(text.value), this.#textFields(), this.#version, this.#bind);
  }

  /** A value of one row, or an aggregate where `aggregated` allows it. */
  value(node: Node, clause: Clause, aggregated: 'allowed' | 'refused'): Value {
    this.#clause = clause;
    return this.#value(node, aggregated === 'allowed');
  }

  #condition(node: Node): string {
    return this.#deeper(() => {
      switch (node.kind) {
        case 'and':
        case 'or':
          return `(${node.items.map((item) => this.#condition(item)).join(node.kind === 'and' ? ' AND ' : ' OR ')})`;
        case 'not':
          // A comparison with an empty cell is not true; NOT of it is.
          return `(NOT COALESCE(${this.#condition(node.of)}, FALSE))`;
        case 'compare':
          return node.operator === 'like' ? this.#like(node.left, node.right) : this.#compare(node);
        case 'in':
          return this.#in(node.of, node.values);
        case 'range':
          return this.#range(node);
        case 'isNull':
          return `(${this.#value(node.of, false).sql} IS NULL)`;
        case 'isBoolean':
          return `(${this.#boolean(node.of)} = ${node.value})`;
        case 'text':
          return allWords(wordsOf(node.value), this.#textFields(), this.#version, this.#bind);
        case 'boolean':
          return node.value ? 'TRUE' : 'FALSE';
        case 'field':
          return `(${this.#boolean(node)} = TRUE)`;
        case 'call':
          return this.#conditionCall(node);
        default:
          throw this.#error('query.conditionExpected', { position: node.at + 1 });
      }
    });
  }

  #boolean(node: Node): string {
    const value = this.#value(node, false);
    if (value.kind !== 'boolean') throw this.#error('query.conditionExpected', { position: node.at + 1 });
    return value.sql;
  }

  #compare(node: Extract<Node, { kind: 'compare' }>): string {
    if (isNullLiteral(node.left) || isNullLiteral(node.right)) return this.#compareNull(node);
    const equality = node.operator === '=' || node.operator === '!=';
    const [left, right] = this.#pair(node.left, node.right, equality);
    // An empty cell differs from any value.
    return `(${left} ${node.operator === '!=' ? 'IS DISTINCT FROM' : node.operator} ${right})`;
  }

  #compareNull(node: Extract<Node, { kind: 'compare' }>): string {
    const other = isNullLiteral(node.left) ? node.right : node.left;
    if ((node.operator !== '=' && node.operator !== '!=') || isNullLiteral(other))
      throw this.#error('query.valueExpected', { position: other.at + 1 });
    return `(${this.#value(other, false).sql} IS ${node.operator === '=' ? '' : 'NOT '}NULL)`;
  }

  #in(of: Node, values: readonly Node[]): string {
    const options = values.map((value) => {
      const [left, right] = this.#pair(of, value, true);
      return { left, right };
    });
    // One list per way of reading the left side: `d IN ('2024', date'2024-05-03T10:00')` compares it in two ways.
    const lists = new Map<string, string[]>();
    for (const { left, right } of options) lists.set(left, [...(lists.get(left) ?? []), right]);
    return `(${[...lists].map(([left, rights]) => `${left} IN (${rights.join(', ')})`).join(' OR ')})`;
  }

  #range(node: Extract<Node, { kind: 'range' }>): string {
    const sides: string[] = [];
    const side = (bound: Node | null, operator: string) => {
      if (bound === null) return;
      const [left, right] = this.#pair(node.of, bound, false);
      sides.push(`${left} ${operator} ${right}`);
    };
    side(node.low, node.lowIncluded ? '>=' : '>');
    side(node.high, node.highIncluded ? '<=' : '<');
    if (sides.length === 0) return `(${this.#value(node.of, false).sql} IS NOT NULL)`;
    return `(${sides.join(' AND ')})`;
  }

  /** Both sides of a comparison, a literal read as the other side's kind. */
  #pair(left: Node, right: Node, equality: boolean): readonly [string, string] {
    if (isLiteral(right) && !isLiteral(left)) return this.#against(this.#value(left, false), left, right, equality);
    if (isLiteral(left) && !isLiteral(right)) {
      const [value, literal] = this.#against(this.#value(right, false), right, left, equality);
      return [literal, value];
    }
    const [a, b] = [this.#value(left, false), this.#value(right, false)];
    if (a.kind === b.kind && a.kind !== 'point' && a.kind !== 'shape') return [a.sql, b.sql];
    const times: readonly Kind[] = ['date', 'datetime'];
    if (times.includes(a.kind) && times.includes(b.kind)) return [cast(a.sql, 'TIMESTAMP'), cast(b.sql, 'TIMESTAMP')];
    throw this.#error('query.wrongType', { name: nameOf(left), type: a.kind, value: nameOf(right) });
  }

  #against(value: Value, node: Node, literal: Literal, equality: boolean): readonly [string, string] {
    const wrong = () =>
      this.#error('query.wrongType', { name: nameOf(node), type: value.kind, value: nameOf(literal) });
    switch (value.kind) {
      case 'number': {
        const number = numberOf(literal);
        if (number === null) throw wrong();
        return [value.sql, this.#bind(number)];
      }
      case 'text':
      case 'time': {
        // A code written without quotes is still a text: 01000 is not 1000. More or less than a number makes no sense of it.
        if (literal.kind === 'number' && equality) return [value.sql, this.#bind(literal.written)];
        if (literal.kind === 'text') return [value.sql, this.#bind(literal.value)];
        throw wrong();
      }
      case 'boolean': {
        const boolean = booleanOf(literal);
        if (boolean === null) throw wrong();
        return [value.sql, this.#bind(boolean)];
      }
      case 'date':
      case 'datetime': {
        const date = this.#date(literal);
        if (date === null) throw wrong();
        const both = value.kind === 'date' && date.type === 'date' ? 'DATE' : 'TIMESTAMP';
        return [
          both === 'DATE' || value.kind === 'datetime' ? value.sql : cast(value.sql, both),
          cast(this.#bind(date.text), both),
        ];
      }
      case 'point':
      case 'shape':
        throw wrong();
    }
  }

  #date(literal: Literal): DateValue | null {
    if (literal.kind === 'number' && /^\d{4}$/.test(literal.written)) return readDate(literal.written);
    if (literal.kind !== 'text' && literal.kind !== 'date') return null;
    const date = readDate(literal.value);
    if (date === null && literal.kind === 'date') throw this.#error('query.dateInvalid', { value: literal.value });
    return date;
  }

  #like(left: Node, right: Node): string {
    const name = this.#textField(left);
    if (right.kind !== 'text') throw this.#error('query.textExpected', { position: right.at + 1 });
    if (!/[%*?_]/.test(right.value)) return allWords(wordsOf(right.value), [name], this.#version, this.#bind);
    const pattern = right.value.replace(/\\/g, '\\\\').replace(/\*/g, '%').replace(/\?/g, '_');
    return matchesPattern(pattern, name, this.#version, this.#bind);
  }

  #conditionCall(node: Extract<Node, { kind: 'call' }>): string {
    const expected = Object.hasOwn(conditionFunctions, node.name) ? conditionFunctions[node.name] : undefined;
    if (expected === undefined) {
      if (Object.hasOwn(aggregates, node.name)) throw this.#error('query.aggregateMisplaced', { name: node.name });
      throw this.#error('query.unknownFunction', { name: node.name });
    }
    const wrong = () => this.#error('query.wrongArguments', { name: node.name, expected });
    const text = node.args.at(-1);
    const before = node.args.slice(0, -1);
    if (text?.kind !== 'text' || node.distinct) throw wrong();
    if (node.name === 'startswith') {
      const [field] = before;
      if (field === undefined || before.length !== 1) throw wrong();
      return `starts_with(${quoteIdentifier(this.#textField(field))}, ${this.#bind(text.value)})`;
    }
    const everywhere = before.length === 0 || (before.length === 1 && before[0]?.kind === 'star');
    const names = everywhere ? this.#textFields() : before.map((field) => this.#textField(field));
    return allWords(wordsOf(text.value), names, this.#version, this.#bind);
  }

  #value(node: Node, aggregated: boolean): Value {
    return this.#deeper((): Value => {
      switch (node.kind) {
        case 'field':
          return this.#field(node);
        case 'text':
          return { sql: cast(this.#bind(node.value), 'VARCHAR'), kind: 'text' };
        case 'number':
          return { sql: cast(this.#bind(node.value), 'DOUBLE'), kind: 'number' };
        case 'boolean':
          return { sql: node.value ? 'TRUE' : 'FALSE', kind: 'boolean' };
        case 'date': {
          const date = this.#date(node) as DateValue;
          return { sql: cast(this.#bind(date.text), sqlTypes[date.type] ?? 'DATE'), kind: date.type };
        }
        case 'minus':
          return { sql: `(- ${this.#number(node.of, aggregated)})`, kind: 'number' };
        case 'arithmetic': {
          const [left, right] = [this.#number(node.left, aggregated), this.#number(node.right, aggregated)];
          // Nothing divided by zero has a value.
          const sql = node.operator === '/' ? `(${left} / NULLIF(${right}, 0))` : `(${left} ${node.operator} ${right})`;
          return { sql, kind: 'number' };
        }
        case 'call':
          return this.#aggregate(node, aggregated);
        default:
          throw this.#error('query.valueExpected', { position: node.at + 1 });
      }
    });
  }

  /** Reckoned in floating point: no overflow, and a whole number plus a decimal one needs no rule. */
  #number(node: Node, aggregated: boolean): string {
    const value = this.#value(node, aggregated);
    if (value.kind !== 'number') throw this.#error('query.numberExpected', { position: node.at + 1 });
    return cast(value.sql, 'DOUBLE');
  }

  #field(node: Extract<Node, { kind: 'field' }>): Value {
    const column = this.#column(node);
    const sql = quoteIdentifier(column.name);
    // A time of day is compared as it is written, "08:30:00".
    return column.type === 'time' ? { sql: cast(sql, 'VARCHAR'), kind: 'time' } : { sql, kind: kinds[column.type] };
  }

  #aggregate(node: Extract<Node, { kind: 'call' }>, aggregated: boolean): Value {
    const aggregate = Object.hasOwn(aggregates, node.name) ? aggregates[node.name] : undefined;
    if (aggregate === undefined) {
      if (Object.hasOwn(conditionFunctions, node.name))
        throw this.#error('query.valueExpected', { position: node.at + 1 });
      throw this.#error('query.unknownFunction', { name: node.name });
    }
    if (!aggregated) throw this.#error('query.aggregateMisplaced', { name: node.name });
    const wrong = () => this.#error('query.wrongArguments', { name: node.name, expected: aggregate.written });
    const [of] = node.args;
    if (of === undefined || node.args.length !== 1 || (node.distinct && aggregate.accepts !== null)) throw wrong();
    if (of.kind === 'star') {
      if (aggregate.accepts !== null || node.distinct) throw wrong();
      return { sql: 'count(*)', kind: 'number' };
    }
    const argument = this.#value(of, false);
    if (aggregate.accepts !== null && !aggregate.accepts.includes(argument.kind)) throw wrong();
    return { sql: aggregate.sql(argument.sql, node.distinct), kind: aggregate.answers(argument.kind) };
  }

  #column(node: Extract<Node, { kind: 'field' }>): Column {
    const column = this.#columns.get(node.name);
    if (column === undefined) throw this.#error('query.unknownField', { name: node.name });
    return column;
  }

  #textField(node: Node): string {
    if (node.kind !== 'field')
      throw this.#error('query.wrongArguments', { name: 'search', expected: conditionFunctions['search'] ?? '' });
    const column = this.#column(node);
    if (column.type !== 'string') throw this.#error('query.textExpected', { position: node.at + 1 });
    return column.name;
  }

  /** What a full text search looks into. */
  #textFields(): readonly string[] {
    return this.#version.fields
      .filter((field) => field.type === 'string' || field.type === 'integer')
      .map((field) => field.name);
  }

  #deeper<T>(compile: () => T): T {
    if (++this.#levels > maxLevels) throw this.#error('query.tooDeep', { max: maxLevels });
    const compiled = compile();
    this.#levels--;
    return compiled;
  }

  #error(code: TerroirError['code'], params: Readonly<Record<string, string | number>>): TerroirError {
    return new TerroirError(code, { ...params, clause: this.#clause });
  }
}

function cast(sql: string, type: string): string {
  return `CAST(${sql} AS ${type})`;
}

function isLiteral(node: Node): node is Literal {
  return (
    node.kind === 'text' ||
    node.kind === 'number' ||
    node.kind === 'date' ||
    node.kind === 'boolean' ||
    node.kind === 'null'
  );
}

function isNullLiteral(node: Node): boolean {
  return node.kind === 'null';
}

function numberOf(literal: Literal): number | null {
  if (literal.kind === 'number') return literal.value;
  if (literal.kind !== 'text' || !/^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/.test(literal.value.trim())) return null;
  const number = Number(literal.value);
  return Number.isFinite(number) ? number : null;
}

function booleanOf(literal: Literal): boolean | null {
  if (literal.kind === 'boolean') return literal.value;
  if (literal.kind !== 'text') return null;
  const text = literal.value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** A side of a comparison as its author would recognise it. */
function nameOf(node: Node): string {
  switch (node.kind) {
    case 'field':
    case 'call':
      return node.name;
    case 'text':
    case 'date':
      return node.value.slice(0, 100);
    case 'number':
      return node.written;
    case 'boolean':
      return String(node.value);
    default:
      return node.kind;
  }
}
