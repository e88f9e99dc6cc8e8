// From the tree to conditions in SQL: true for the rows wanted, and NOT gives exactly the others.
import type { ErrorParams, TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { SqlValue } from '../../stores/tables/engine.ts';
import { allWords, anyText, fuzzyWords, matchesPattern, prefixWords, wordsInSearchFile, wordsOf } from './full-text.ts';
import { aggregates, conditionFunctions, groupFunctions, scalarFunctions } from './functions.ts';
import type { Kind } from './kinds.ts';
import type { QuerySettings } from './settings.ts';
import { isSpatialCall, plainSpatialSql } from './spatial-calls.ts';
import type { StoredVersion } from './stored-version.ts';
import type { Clause } from './tokens.ts';
import type { Literal, Node } from './tree.ts';
import type { Value } from './value.ts';
import { cast, type Standing, ValueCompiler } from './values.ts';

/** Compiles the clauses of one statement; its parameters are gathered in order. */
export class Compiler {
  readonly values: ValueCompiler;
  readonly #version: StoredVersion;

  constructor(version: StoredVersion, settings?: QuerySettings) {
    this.#version = version;
    this.values = new ValueCompiler(version, settings);
  }

  get params(): SqlValue[] {
    return this.values.params;
  }

  /** A condition that is true for the rows wanted; NOT gives exactly the other rows. */
  where(node: Node): string {
    this.values.clause = 'where';
    return this.#condition(node);
  }

  /** A condition of full text alone as the search file can answer it; null for any other. */
  fullText(node: Node): string | null {
    this.values.clause = 'where';
    if (node.kind !== 'text') return null;
    return wordsInSearchFile(wordsOf(node.value), this.#textFields(), this.#version, this.values.bind);
  }

  /** A value of one row, of all rows or of a group. */
  value(node: Node, clause: Clause, standing: Standing): Value {
    this.values.clause = clause;
    return this.values.value(node, standing);
  }

  #condition(node: Node): string {
    return this.values.deeper(() => {
      switch (node.kind) {
        case 'and':
          return `(${node.items.map((item) => this.#condition(item)).join(' AND ')})`;
        case 'or':
          return this.#or(node.items);
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
          return `(${this.#value(node.of).sql} IS NULL)`;
        case 'isBoolean':
          return `(${this.#boolean(node.of)} = ${node.value})`;
        case 'text':
          return prefixWords(wordsOf(node.value), this.#textFields(), this.#version, this.values.bind);
        case 'boolean':
          return node.value ? 'TRUE' : 'FALSE';
        case 'field':
          return `(${this.#boolean(node)} = TRUE)`;
        case 'found':
          return node.sql(this.values.bind);
        case 'call':
          return this.#conditionCall(node);
        default:
          throw this.#error('query.conditionExpected', { position: node.at + 1 });
      }
    });
  }

  #or(items: readonly Node[]): string {
    const texts = items.filter((item) => item.kind === 'text');
    const others = items.filter((item) => texts.length < 2 || item.kind !== 'text');
    const sides = others.map((item) => this.#condition(item));
    if (texts.length > 1) {
      const words = texts.map(({ value }) => wordsOf(value));
      sides.push(anyText(words, this.#textFields(), this.#version, this.values.bind));
    }
    return `(${sides.join(' OR ')})`;
  }

  #boolean(node: Node): string {
    const value = this.#value(node);
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
    return `(${this.#value(other).sql} IS ${node.operator === '=' ? '' : 'NOT '}NULL)`;
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
    if (sides.length === 0) return `(${this.#value(node.of).sql} IS NOT NULL)`;
    return `(${sides.join(' AND ')})`;
  }

  /** Both sides of a comparison, a literal read as the other side's kind. */
  #pair(left: Node, right: Node, equality: boolean): readonly [string, string] {
    if (isLiteral(right) && !isLiteral(left)) return this.#against(this.#value(left), left, right, equality);
    if (isLiteral(left) && !isLiteral(right)) {
      const [value, literal] = this.#against(this.#value(right), right, left, equality);
      return [literal, value];
    }
    const [a, b] = [this.#value(left), this.#value(right)];
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
        return [value.sql, this.values.bind(number)];
      }
      case 'text':
      case 'time': {
        // A code written without quotes is still a text: 01000 is not 1000. More or less than a number makes no sense of it.
        if (literal.kind === 'number' && equality) return [value.sql, this.values.bind(literal.written)];
        if (literal.kind === 'text') return [value.sql, this.values.bind(literal.value)];
        throw wrong();
      }
      case 'boolean': {
        const boolean = booleanOf(literal);
        if (boolean === null) throw wrong();
        return [value.sql, this.values.bind(boolean)];
      }
      case 'date':
      case 'datetime': {
        const date = this.values.date(literal);
        if (date === null) throw wrong();
        if (value.kind === 'date' && date.type === 'date')
          return [value.sql, cast(this.values.bind(date.text), 'DATE')];
        return [value.kind === 'datetime' ? value.sql : cast(value.sql, 'TIMESTAMP'), this.values.moment(date)];
      }
      default:
        throw wrong();
    }
  }

  #like(left: Node, right: Node): string {
    const name = this.#textField(left);
    if (right.kind !== 'text') throw this.#error('query.textExpected', { position: right.at + 1 });
    if (!/[%*?_]/.test(right.value)) return allWords(wordsOf(right.value), [name], this.#version, this.values.bind);
    const pattern = right.value.replace(/\\/g, '\\\\').replace(/\*/g, '%').replace(/\?/g, '_');
    return matchesPattern(pattern, name, this.#version, this.values.bind);
  }

  #conditionCall(node: Extract<Node, { kind: 'call' }>): string {
    const { name } = node;
    const expected = Object.hasOwn(conditionFunctions, name) ? conditionFunctions[name] : undefined;
    if (expected === undefined || (name === 'distance' && node.args.length === 2)) {
      if (Object.hasOwn(scalarFunctions, name)) return `(${this.#boolean(node)} = TRUE)`;
      if (Object.hasOwn(aggregates, name) || Object.hasOwn(groupFunctions, name))
        throw this.#error('query.aggregateMisplaced', { name });
      throw this.#error('query.unknownFunction', { name: name.slice(0, 100) });
    }
    if (isSpatialCall(node)) return plainSpatialSql(node, this.values);
    const wrong = () => this.#error('query.wrongArguments', { name, expected });
    const text = node.args.at(-1);
    const before = node.args.slice(0, -1);
    if (text?.kind !== 'text' || node.distinct) throw wrong();
    const everywhere = before.length === 0 || (before.length === 1 && before[0]?.kind === 'star');
    if (name === 'startswith') {
      if (before.length === 0) throw wrong();
      const names = everywhere ? this.#texts() : before.map((field) => this.#textField(field));
      // What is bound must be used.
      if (names.length === 0) return 'FALSE';
      const value = this.values.bind(text.value);
      return `(${names.map((each) => `starts_with(${quoteIdentifier(each)}, ${value})`).join(' OR ')})`;
    }
    const { words, names } = this.searched(node);
    return name === 'suggest'
      ? prefixWords(words, names, this.#version, this.values.bind)
      : fuzzyWords(words, names, this.#version, this.values.bind, node.near ?? null);
  }

  /** The words of a full text call, and the fields they are looked for in. @throws TerroirError query.* */
  searched(node: Extract<Node, { kind: 'call' }>): {
    readonly words: readonly string[];
    readonly names: readonly string[];
  } {
    const [text, before] = [node.args.at(-1), node.args.slice(0, -1)];
    const everywhere = before.length === 0 || (before.length === 1 && before[0]?.kind === 'star');
    return {
      words: text?.kind === 'text' ? wordsOf(text.value) : [],
      names: everywhere ? this.#textFields() : before.map((field) => this.#textField(field)),
    };
  }

  #textField(node: Node): string {
    if (node.kind !== 'field')
      throw this.#error('query.wrongArguments', { name: 'search', expected: conditionFunctions['search'] ?? '' });
    const column = this.values.column(node);
    if (column.type !== 'string') throw this.#error('query.textExpected', { position: node.at + 1 });
    return column.name;
  }

  #texts(): readonly string[] {
    return this.#version.fields.filter((field) => field.type === 'string').map((field) => field.name);
  }

  /** What a full text search looks into. */
  #textFields(): readonly string[] {
    return this.#version.fields
      .filter((field) => field.type === 'string' || field.type === 'integer')
      .map((field) => field.name);
  }

  #value(node: Node): Value {
    return this.values.value(node, 'row');
  }

  #error(code: TerroirError['code'], params: ErrorParams): TerroirError {
    return this.values.error(code, params);
  }
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
