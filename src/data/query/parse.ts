// Parses the texts of a query (ODSQL) into a tree. Precedence: or, and, not, comparison, + -, * /, minus sign.
import { TerroirError } from '../../lib/errors.ts';
import { type Clause, type Token, tokenize, unexpected } from './tokens.ts';
import type {
  ArithmeticOperator,
  CompareOperator,
  GroupItem,
  Node,
  OrderItem,
  QueryTexts,
  QueryTree,
  SelectItem,
} from './tree.ts';

export const maxNesting = 100;
export const maxListValues = 1000;

const reserved = new Set(['and', 'or', 'not', 'in', 'is', 'like', 'true', 'false', 'null', 'as', 'asc', 'desc', 'to']);
const compareSymbols: Readonly<Record<string, CompareOperator>> = {
  '=': '=',
  ':': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** @throws TerroirError query.syntax, query.tooLong, query.tooDeep, query.tooManyValues, query.numberTooLarge */
export function parseQuery(texts: QueryTexts): QueryTree {
  const conditions = (texts.where ?? [])
    .filter((text) => text.trim() !== '')
    .map((text) => new Parser(text, 'where').where());
  const [first = null] = conditions;
  return {
    select: isBlank(texts.select) ? null : new Parser(texts.select, 'select').select(),
    where: conditions.length > 1 ? { kind: 'and', at: 0, items: conditions } : first,
    groupBy: isBlank(texts.groupBy) ? [] : new Parser(texts.groupBy, 'group_by').groupBy(),
    orderBy: isBlank(texts.orderBy) ? [] : new Parser(texts.orderBy, 'order_by').orderBy(),
  };
}

/** The whole of a text as one call, `facet(name="…")`: for the parameters that are written as functions. */
export function parseCall(text: string, clause: Clause): Extract<Node, { kind: 'call' }> | null {
  const node = new Parser(text, clause).value();
  return node.kind === 'call' ? node : null;
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === '';
}

class Parser {
  readonly #source: string;
  readonly #clause: Clause;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string, clause: Clause) {
    this.#source = source;
    this.#clause = clause;
    this.#tokens = tokenize(source, clause);
  }

  where(): Node {
    const node = this.#or();
    this.#end('AND, OR');
    return node;
  }

  select(): readonly SelectItem[] {
    const items = this.#separated(() => this.#selectItem());
    this.#end(', AS');
    return items;
  }

  groupBy(): readonly GroupItem[] {
    const items = this.#separated((): GroupItem => this.#named(() => this.#sum()));
    this.#end(', AS');
    return items;
  }

  value(): Node {
    const node = this.#sum();
    this.#end('');
    return node;
  }

  orderBy(): readonly OrderItem[] {
    const items = this.#separated((): OrderItem => {
      const node = this.#sum();
      const descending = this.#takeWord('desc');
      if (descending || this.#takeWord('asc')) return { node, descending };
      // `-n`, as older interfaces wrote it: texts and dates too.
      return node.kind === 'minus' && node.of.kind === 'field'
        ? { node: node.of, descending: true }
        : { node, descending };
    });
    this.#end(', ASC DESC');
    return items;
  }

  #selectItem(): SelectItem {
    if (this.#takeSymbol('*')) return { kind: 'all' };
    if ((this.#isWord('include') || this.#isWord('exclude')) && this.#tokens[this.#next + 1]?.text === '(')
      return this.#pattern();
    return { kind: 'value', ...this.#named(() => this.#sum()) };
  }

  /** `include(pop*)`: the star may follow the beginning of a name, or stand alone. */
  #pattern(): SelectItem {
    const keeps = this.#isWord('include');
    this.#next++;
    this.#expect('(');
    const name = this.#takeSymbol('*') ? '' : this.#name();
    const prefix = name === '' || this.#takeSymbol('*');
    this.#expect(')');
    return { kind: 'pattern', keeps, name, prefix };
  }

  #named(read: () => Node): { readonly node: Node; readonly alias: string | null; readonly written: string } {
    const { start } = this.#peek();
    const node = read();
    const written = this.#source.slice(start, this.#tokens[this.#next - 1]?.end);
    return { node, alias: this.#takeWord('as') ? this.#name() : null, written };
  }

  #name(): string {
    const token = this.#take();
    if (token.kind === 'field' || token.kind === 'word' || token.kind === 'text') return token.text;
    throw this.#wrong(token, '`…`');
  }

  #or(): Node {
    const at = this.#peek().start;
    const items = [this.#and()];
    while (this.#takeWord('or')) items.push(this.#and());
    return items.length === 1 ? (items[0] as Node) : { kind: 'or', at, items };
  }

  #and(): Node {
    const at = this.#peek().start;
    const items = [this.#not()];
    while (this.#takeWord('and')) items.push(this.#not());
    return items.length === 1 ? (items[0] as Node) : { kind: 'and', at, items };
  }

  #not(): Node {
    const at = this.#peek().start;
    if (this.#takeWord('not')) return this.#deeper((): Node => ({ kind: 'not', at, of: this.#not() }));
    return this.#comparison();
  }

  #comparison(): Node {
    const left = this.#sum();
    const { at } = left;
    const token = this.#peek();
    const operator = token.kind === 'symbol' ? compareSymbols[token.text] : undefined;
    if (operator !== undefined) {
      this.#take();
      // `d:[a TO b]` is `d IN [a TO b]`.
      if (token.text === ':' && (this.#isSymbol('[') || this.#isSymbol(']'))) return this.#in(left);
      return { kind: 'compare', at, operator, left, right: this.#sum() };
    }
    if (this.#takeWord('is')) return this.#is(left);
    const negated = this.#isWord('not');
    if (negated) this.#take();
    let node: Node | null = null;
    if (this.#takeWord('like')) node = { kind: 'compare', at, operator: 'like', left, right: this.#sum() };
    else if (this.#takeWord('in')) node = this.#in(left);
    if (node === null && negated) throw this.#wrong(this.#peek(), 'LIKE, IN');
    return node === null ? left : negated ? { kind: 'not', at, of: node } : node;
  }

  #is(of: Node): Node {
    const { at } = of;
    const negated = this.#takeWord('not');
    const token = this.#take();
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    let node: Node;
    if (word === 'null') node = { kind: 'isNull', at, of };
    else if (word === 'true' || word === 'false') node = { kind: 'isBoolean', at, of, value: word === 'true' };
    else throw this.#wrong(token, 'NULL, TRUE, FALSE');
    return negated ? { kind: 'not', at, of: node } : node;
  }

  #in(of: Node): Node {
    const token = this.#take();
    if (token.kind === 'symbol' && token.text === '(') {
      const values = this.#separated(() => this.#sum());
      this.#expect(')');
      return { kind: 'in', at: of.at, of, values };
    }
    // `"x" IN f`: a value of one is the list of that one.
    if (token.kind === 'field' || (token.kind === 'word' && !reserved.has(token.text.toLowerCase())))
      return { kind: 'in', at: of.at, of: { kind: 'field', at: token.start, name: token.text }, values: [of] };
    if (token.kind !== 'symbol' || (token.text !== '[' && token.text !== ']')) throw this.#wrong(token, '( [ ]');
    const low = this.#bound();
    if (!this.#takeSymbol('..') && !this.#takeWord('to')) throw this.#wrong(this.#peek(), '.. TO');
    const high = this.#bound();
    const close = this.#take();
    if (close.kind !== 'symbol' || (close.text !== '[' && close.text !== ']')) throw this.#wrong(close, '] [');
    return {
      kind: 'range',
      at: of.at,
      of,
      low,
      high,
      lowIncluded: token.text === '[',
      highIncluded: close.text === ']',
    };
  }

  #bound(): Node | null {
    return this.#takeSymbol('*') ? null : this.#sum();
  }

  #sum(): Node {
    return this.#chain(['+', '-'], () => this.#product());
  }

  #product(): Node {
    return this.#chain(['*', '/'], () => this.#unary());
  }

  /** a - b - c is (a - b) - c: each operator nests the tree one level more. */
  #chain(operators: readonly ArithmeticOperator[], operand: () => Node): Node {
    let node = operand();
    for (let length = 1; ; length++) {
      const operator = operators.find((symbol) => this.#takeSymbol(symbol));
      if (operator === undefined) return node;
      if (length > maxNesting) throw this.#tooDeep();
      node = { kind: 'arithmetic', at: node.at, operator, left: node, right: operand() };
    }
  }

  #unary(): Node {
    const { start } = this.#peek();
    if (!this.#takeSymbol('-')) return this.#primary();
    const next = this.#peek();
    if (next.kind === 'number') {
      this.#take();
      return this.#number(next, '-');
    }
    return this.#deeper((): Node => ({ kind: 'minus', at: start, of: this.#unary() }));
  }

  #primary(): Node {
    const token = this.#take();
    const at = token.start;
    switch (token.kind) {
      case 'text':
        return { kind: 'text', at, value: token.text };
      case 'number':
        return this.#number(token, '');
      case 'field':
        return { kind: 'field', at, name: token.text };
      case 'word':
        return this.#word(token);
      case 'symbol':
        if (token.text === '(') {
          const node = this.#deeper(() => this.#or());
          this.#expect(')');
          return node;
        }
    }
    throw this.#wrong(token, "(…) `…` '…' 123");
  }

  #word(token: Token): Node {
    const at = token.start;
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return { kind: 'boolean', at, value: word === 'true' };
    if (word === 'null') return { kind: 'null', at };
    if (reserved.has(word)) throw this.#wrong(token, "(…) `…` '…' 123");
    const next = this.#peek();
    if (word === 'date' && next.kind === 'text' && next.start === token.end) {
      this.#take();
      return { kind: 'date', at, value: next.text };
    }
    if (word === 'geom' && next.kind === 'text' && next.start === token.end) {
      this.#take();
      return { kind: 'geometry', at, value: next.text };
    }
    if (!this.#takeSymbol('(')) return { kind: 'field', at, name: token.text };
    const distinct = this.#takeWord('distinct');
    const args = this.#takeSymbol(')') ? null : this.#deeper(() => this.#separated(() => this.#argument()));
    if (args !== null) this.#expect(')');
    return { kind: 'call', at, name: word, distinct, args: args ?? [] };
  }

  #argument(): Node {
    const { start, kind, text } = this.#peek();
    if (this.#takeSymbol('*')) return { kind: 'star', at: start };
    if (kind === 'word' && this.#tokens[this.#next + 1]?.text === '=') {
      this.#next += 2;
      // `mondays=+1` is written with its sign.
      this.#takeSymbol('+');
      return { kind: 'named', at: start, name: text.toLowerCase(), value: this.#sum() };
    }
    const node = this.#sum();
    const unit = this.#peek();
    if (node.kind !== 'number' || unit.kind !== 'word' || reserved.has(unit.text.toLowerCase())) return node;
    this.#take();
    return { kind: 'quantity', at: start, value: node.value, unit: unit.text };
  }

  #number(token: Token, sign: '' | '-'): Node {
    const written = sign + token.text;
    const value = Number(written);
    if (!Number.isFinite(value))
      throw new TerroirError('query.numberTooLarge', { position: token.start + 1, clause: this.#clause });
    return { kind: 'number', at: token.start - sign.length, value, written };
  }

  #separated<T>(read: () => T): T[] {
    const items = [read()];
    while (this.#takeSymbol(',')) {
      if (items.length >= maxListValues)
        throw new TerroirError('query.tooManyValues', { max: maxListValues, clause: this.#clause });
      items.push(read());
    }
    return items;
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > maxNesting) throw this.#tooDeep();
    const node = read();
    this.#depth--;
    return node;
  }

  #tooDeep(): TerroirError {
    return new TerroirError('query.tooDeep', { max: maxNesting, clause: this.#clause });
  }

  #peek(): Token {
    // The last token is always the end, and nothing reads past it.
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] as Token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#next++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.#next++;
    return true;
  }

  #isSymbol(symbol: string): boolean {
    const token = this.#peek();
    return token.kind === 'symbol' && token.text === symbol;
  }

  #expect(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#wrong(this.#peek(), symbol);
  }

  #end(expected: string): void {
    const token = this.#peek();
    if (token.kind !== 'end') throw this.#wrong(token, expected);
  }

  #wrong(token: Token, expected: string): TerroirError {
    return unexpected(
      this.#source.slice(token.start, Math.min(token.end, token.start + 40)),
      token.start,
      expected,
      this.#clause,
    );
  }
}
