// Reads a filter in CQL2 Text: one method per rule of the grammar (OGC 21-065r2, annex B), each level binding tighter.
import { TerroirError } from '../../lib/errors.ts';
import { cql2Tokens, syntaxError, type Token } from './cql2-tokens.ts';
import {
  type ArrayRelation,
  arrayRelations,
  Budget,
  boxGeometry,
  type Cql2,
  type Cql2Arithmetic,
  type Cql2Compare,
  compareOperators,
  filterLimits,
  readDay,
  readInstant,
  readMoment,
  type SpatialRelation,
  spatialRelations,
  type TemporalRelation,
  temporalRelations,
} from './cql2-tree.ts';
import { geometryWords, WktReader } from './cql2-wkt.ts';

/**
 * Reads a filter.
 * @throws TerroirError query.syntax, query.tooLong, query.tooDeep, query.tooManyValues, query.dateInvalid, query.parameter
 */
export function parseCql2Text(source: string): Cql2 {
  const parser = new Parser(cql2Tokens(source));
  return parser.whole();
}

/** The place in the tokens, shared with the reader of geometries. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    return this.#tokens[this.#index] as Token;
  }

  get afterNext(): Token | undefined {
    return this.#tokens[this.#index + 1];
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  isSign(sign: string): boolean {
    return this.next.kind === 'sign' && this.next.value === sign;
  }

  isWord(word: string): boolean {
    return this.next.kind === 'word' && this.next.value.toUpperCase() === word;
  }

  skipSign(sign: string): boolean {
    const found = this.isSign(sign);
    if (found) this.take();
    return found;
  }

  skipWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.take();
    return found;
  }

  expectSign(sign: string): void {
    if (!this.skipSign(sign)) throw this.refuse(sign);
  }

  expectWord(word: string): void {
    if (!this.skipWord(word)) throw this.refuse(word);
  }

  refuse(expected: string): TerroirError {
    const { kind, written, at } = this.next;
    return syntaxError(kind === 'end' ? '' : written, at, expected);
  }
}

class Parser {
  readonly #at: Cursor;
  readonly #budget = new Budget();
  readonly #wkt: WktReader;

  constructor(tokens: readonly Token[]) {
    this.#at = new Cursor(tokens);
    this.#wkt = new WktReader(this.#at, this.#budget);
  }

  whole(): Cql2 {
    const tree = this.#expression();
    if (this.#at.next.kind !== 'end') throw this.#at.refuse('AND, OR');
    return tree;
  }

  #expression(): Cql2 {
    return this.#budget.deeper(() => this.#joined('or', () => this.#joined('and', () => this.#factor())));
  }

  #joined(kind: 'and' | 'or', read: () => Cql2): Cql2 {
    const items = [read()];
    while (this.#at.skipWord(kind.toUpperCase())) items.push(read());
    return items.length === 1 ? (items[0] as Cql2) : { kind, items };
  }

  #factor(): Cql2 {
    this.#budget.node();
    if (!this.#at.skipWord('NOT')) return this.#predicate();
    return this.#budget.deeper(() => ({ kind: 'not', of: this.#factor() }));
  }

  /** A value, or a comparison of it. */
  #predicate(): Cql2 {
    const of = this.#sum();
    const operator = compareOperators.find((one) => this.#at.isSign(one));
    if (operator !== undefined) {
      this.#at.take();
      return { kind: 'compare', operator: operator as Cql2Compare, left: of, right: this.#sum() };
    }
    if (this.#at.skipWord('IS')) {
      const negated = this.#at.skipWord('NOT');
      this.#at.expectWord('NULL');
      return negation(negated, { kind: 'isNull', of });
    }
    const negated = this.#at.skipWord('NOT');
    if (this.#at.skipWord('LIKE')) return negation(negated, { kind: 'like', of, pattern: this.#sum() });
    if (this.#at.skipWord('BETWEEN')) {
      const low = this.#sum();
      this.#at.expectWord('AND');
      return negation(negated, { kind: 'between', of, low, high: this.#sum() });
    }
    if (this.#at.skipWord('IN')) return negation(negated, { kind: 'in', of, values: this.#list() });
    if (negated) throw this.#at.refuse('LIKE, BETWEEN, IN');
    return of;
  }

  #sum(): Cql2 {
    return this.#operation(['+', '-'], () => this.#operation(['*', '/', '%', 'div'], () => this.#power()));
  }

  #operation(operators: readonly Cql2Arithmetic[], read: () => Cql2): Cql2 {
    let left = read();
    for (;;) {
      const operator = operators.find((one) => (one === 'div' ? this.#at.isWord('DIV') : this.#at.isSign(one)));
      if (operator === undefined) return left;
      this.#at.take();
      // A chain leans to the left: as deep as it is long.
      const before = left;
      this.#budget.node();
      left = { kind: 'arithmetic', operator, left: before, right: read() };
    }
  }

  #power(): Cql2 {
    const left = this.#operand();
    if (!this.#at.skipSign('^')) return left;
    return { kind: 'arithmetic', operator: '^', left, right: this.#operand() };
  }

  #operand(): Cql2 {
    this.#budget.node();
    if (this.#at.skipSign('+')) return this.#number();
    if (this.#at.skipSign('-')) {
      if (this.#at.next.kind === 'number') return { kind: 'number', value: -Number(this.#at.take().value) };
      const of = this.#budget.deeper(() => this.#operand());
      return { kind: 'arithmetic', operator: '-', left: { kind: 'number', value: 0 }, right: of };
    }
    const { kind, value } = this.#at.next;
    if (kind === 'number') return this.#number();
    if (kind === 'text') {
      this.#at.take();
      return { kind: 'text', value };
    }
    if (kind === 'quoted') {
      this.#at.take();
      return { kind: 'property', name: value };
    }
    if (kind === 'word') return this.#word(value);
    if (!this.#at.isSign('(')) throw this.#at.refuse('a value');
    return this.#parenthesis();
  }

  #number(): Cql2 {
    if (this.#at.next.kind !== 'number') throw this.#at.refuse('a number');
    return { kind: 'number', value: Number(this.#at.take().value) };
  }

  /** `(…)` holds an expression; with commas, or with nothing, it is an array. */
  #parenthesis(): Cql2 {
    this.#at.expectSign('(');
    if (this.#at.skipSign(')')) return { kind: 'array', items: [] };
    const first = this.#expression();
    if (this.#at.skipSign(')')) return first;
    const items = [first];
    while (this.#at.skipSign(',')) this.#addTo(items);
    this.#at.expectSign(')');
    return { kind: 'array', items };
  }

  #list(): readonly Cql2[] {
    this.#at.expectSign('(');
    const items: Cql2[] = [];
    if (this.#at.skipSign(')')) return items;
    do this.#addTo(items);
    while (this.#at.skipSign(','));
    this.#at.expectSign(')');
    return items;
  }

  #addTo(items: Cql2[]): void {
    items.push(this.#expression());
    if (items.length > filterLimits.values) throw new TerroirError('query.tooManyValues', { max: filterLimits.values });
  }

  #word(value: string): Cql2 {
    const upper = value.toUpperCase();
    if (reserved.has(upper)) throw this.#at.refuse('a value');
    const called = this.#at.afterNext?.kind === 'sign' && this.#at.afterNext.value === '(';
    if (geometryWords.has(upper) && (called || isDimension(this.#at.afterNext)))
      return { kind: 'geometry', geometry: this.#wkt.geometry() };
    this.#at.take();
    if (!called) {
      if (upper === 'TRUE' || upper === 'FALSE') return { kind: 'boolean', value: upper === 'TRUE' };
      return { kind: 'property', name: value };
    }
    return this.#budget.deeper(() => this.#call(value));
  }

  #call(name: string): Cql2 {
    const lower = name.toLowerCase();
    switch (lower) {
      case 'date':
      case 'timestamp':
        return this.#instant(lower);
      case 'interval':
        return this.#interval();
      case 'bbox':
        return { kind: 'geometry', geometry: boxGeometry(this.#list().map(numberOf)) };
      case 'casei':
      case 'accenti': {
        const [of, more] = this.#list();
        if (of === undefined || more !== undefined)
          throw new TerroirError('query.wrongArguments', { name: lower, expected: `${lower}(text)` });
        return { kind: lower, of };
      }
    }
    if (isOne(lower, spatialRelations)) return { kind: 'spatial', relation: lower, ...this.#two(lower) };
    if (isOne(lower, temporalRelations)) return { kind: 'temporal', relation: lower, ...this.#two(lower) };
    if (isOne(lower, arrayRelations)) return { kind: 'arrays', relation: lower, ...this.#twoArrays() };
    return { kind: 'call', name, args: this.#list() };
  }

  #two(name: string): { readonly left: Cql2; readonly right: Cql2 } {
    const [left, right, more] = this.#list();
    if (left === undefined || right === undefined || more !== undefined)
      throw new TerroirError('query.wrongArguments', { name, expected: `${name}(a, b)` });
    return { left, right };
  }

  /** Inside an array function even `('a')` is an array. */
  #twoArrays(): { readonly left: Cql2; readonly right: Cql2 } {
    const one = (): Cql2 => (this.#at.isSign('(') ? { kind: 'array', items: this.#list() } : this.#sum());
    this.#at.expectSign('(');
    const left = one();
    this.#at.expectSign(',');
    const right = one();
    this.#at.expectSign(')');
    return { left, right };
  }

  #instant(kind: 'date' | 'timestamp'): Cql2 {
    this.#at.expectSign('(');
    const { kind: found, value } = this.#at.next;
    if (found !== 'text') throw this.#at.refuse("'2024-01-31'");
    this.#at.take();
    this.#at.expectSign(')');
    const read = kind === 'date' ? readDay(value) : readMoment(value);
    if (read === null) throw new TerroirError('query.dateInvalid', { value: value.slice(0, 100) });
    return { kind, value: read };
  }

  #interval(): Cql2 {
    const bound = (of: Cql2): Cql2 | null => (of.kind === 'text' ? readInstant(of.value) : of);
    const { left, right } = this.#two('interval');
    return { kind: 'interval', start: bound(left), end: bound(right) };
  }
}

const reserved = new Set(['AND', 'OR', 'NOT', 'LIKE', 'BETWEEN', 'IN', 'IS', 'NULL']);

function isDimension(token: Token | undefined): boolean {
  return token?.kind === 'word' && /^(Z|M|ZM|EMPTY)$/i.test(token.value);
}

function negation(negated: boolean, of: Cql2): Cql2 {
  return negated ? { kind: 'not', of } : of;
}

function numberOf(node: Cql2): number {
  return node.kind === 'number' ? node.value : Number.NaN;
}

function isOne<T extends ArrayRelation | SpatialRelation | TemporalRelation>(
  name: string,
  list: readonly T[],
): name is T {
  return (list as readonly string[]).includes(name);
}
