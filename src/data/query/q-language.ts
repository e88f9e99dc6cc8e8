// The `q` language of version 1 (words, "texts", AND OR NOT, field:value, ranges, #functions) as a condition in ODSQL.
import { TerroirError } from '../../lib/errors.ts';
import { readPoint, readPolygon, wktOf } from './q-places.ts';
import { type Operator, type Token, tokensOf, unexpected } from './q-tokens.ts';
import {
  equals,
  fieldNamed,
  type KnownField,
  type KnownFields,
  literal,
  quoted,
  quotedName,
  spanOf,
} from './q-words.ts';

const deepest = 40;
/** Each of them may be a scan. */
const mostConditions = 60;

/**
 * The condition of a text; null when nothing is looked for. NOT binds closest, then AND (also where nothing is written), then OR.
 * @throws TerroirError query.syntax, query.unknownField, query.unknownFunction, query.wrongArguments, query.wrongType, query.tooDeep,
 *   query.tooManyValues
 */
export function conditionOf(q: string, fields: KnownFields): string | null {
  const reader = new Reader(tokensOf(q), fields);
  return reader.whole();
}

class Reader {
  private at = 0;
  private depth = 0;
  private conditions = 0;
  private readonly tokens: readonly Token[];
  private readonly fields: KnownFields;

  constructor(tokens: readonly Token[], fields: KnownFields) {
    this.tokens = tokens;
    this.fields = fields;
  }

  whole(): string | null {
    const first = this.peek();
    // Everything, as people write it.
    const everything = first.kind === 'word' && /^\*(:\*)?$/.test(first.text) && this.tokens.length === 2;
    if (first.kind === 'end' || everything) return null;
    const condition = this.either();
    const rest = this.peek();
    if (rest.kind !== 'end') throw unexpected(rest.text, rest.at, 'AND, OR, NOT');
    return condition;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', at: 0, text: '' };
  }

  private take(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  private expect(kind: Token['kind']): Token {
    const token = this.take();
    if (token.kind !== kind) throw unexpected(token.text, token.at, kind);
    return token;
  }

  private either(): string {
    const items = [this.all()];
    while (this.peek().kind === 'or') {
      this.take();
      items.push(this.all());
    }
    return items.length === 1 ? (items[0] ?? '') : `(${items.join(' or ')})`;
  }

  private all(): string {
    const items = [this.one()];
    for (;;) {
      const { kind } = this.peek();
      if (kind === 'and') this.take();
      else if (kind === 'or' || kind === ')' || kind === 'end') break;
      items.push(this.one());
    }
    return items.length === 1 ? (items[0] ?? '') : `(${items.join(' and ')})`;
  }

  private one(): string {
    if (++this.conditions > mostConditions)
      throw new TerroirError('query.tooManyValues', { max: mostConditions, clause: 'q' });
    if (++this.depth > deepest) throw new TerroirError('query.tooDeep', { max: deepest, clause: 'q' });
    try {
      return this.unguarded();
    } finally {
      this.depth--;
    }
  }

  private unguarded(): string {
    const token = this.take();
    switch (token.kind) {
      case 'not':
        return `(not ${this.one()})`;
      case '(': {
        const condition = this.either();
        this.expect(')');
        return condition;
      }
      case 'text':
        return quoted(token.text);
      case 'word':
        return wordCondition(token.text);
      case 'function':
        return this.called(token.text, token.at);
      case 'field':
        return this.compared(fieldNamed(this.fields, token.text, 'q'), token.operator);
      default:
        throw unexpected(token.text, token.at, 'a word, a field or a function');
    }
  }

  private compared(field: KnownField, operator: Operator): string {
    const token = this.take();
    const name = quotedName(field.name);
    if (token.kind === '[' && (operator === ':' || operator === '=' || operator === '==')) return this.range(field);
    if (token.kind === 'function' && token.text === 'now') return `${name} ${plain(operator)} ${this.moment()}`;
    if (token.kind === '(' && operator === ':') {
      const values: string[] = [];
      while (this.peek().kind !== ')') {
        const value = this.take();
        if (value.kind === 'or' && values.length > 0) continue;
        if (value.kind !== 'word' && value.kind !== 'text') throw unexpected(value.text, value.at, 'a value');
        values.push(matches(field, value.text, value.kind === 'text'));
        if (values.length > mostConditions)
          throw new TerroirError('query.tooManyValues', { max: mostConditions, clause: 'q' });
      }
      const { at } = this.take();
      if (values.length === 0) throw unexpected(')', at, 'a value');
      return `(${values.join(' or ')})`;
    }
    if (token.kind !== 'word' && token.kind !== 'text') throw unexpected(token.text, token.at, 'a value');
    if (operator === ':') return matches(field, token.text, token.kind === 'text');
    if (operator === '=' || operator === '==') return equals(field, token.text, 'q');
    if (operator === '!=') return `(not ${equals(field, token.text, 'q')})`;
    return bounded(field, operator, token.text);
  }

  /** `[1950 TO 2000]`: both bounds are in it; a star is none. */
  private range(field: KnownField): string {
    const bound = () => {
      const token = this.take();
      if (token.kind === 'function' && token.text === 'now') return { now: this.moment(), text: '' };
      if (token.kind !== 'word' && token.kind !== 'text') throw unexpected(token.text, token.at, 'a value');
      return { now: null, text: token.text };
    };
    const low = bound();
    const to = this.take();
    if (to.kind !== 'word' || to.text !== 'TO') throw unexpected(to.text, to.at, 'TO');
    const high = bound();
    this.expect(']');
    const name = quotedName(field.name);
    const sides = [
      ...(low.text === '*' ? [] : [low.now === null ? bounded(field, '>=', low.text) : `${name} >= ${low.now}`]),
      ...(high.text === '*' ? [] : [high.now === null ? bounded(field, '<=', high.text) : `${name} <= ${high.now}`]),
    ];
    return sides.length === 0 ? `${name} is not null` : `(${sides.join(' and ')})`;
  }

  /** What stands between the parentheses of #now. */
  private moment(): string {
    const { at } = this.expect('(');
    const parts: string[] = [];
    while (this.peek().kind !== ')') {
      const token = this.take();
      if (token.kind === ',') continue;
      if (token.kind !== 'field' || token.operator !== '=') throw wrongNow();
      const value = this.take();
      if (value.kind !== 'word') throw wrongNow();
      parts.push(this.momentPart(token.text, value.text));
    }
    this.take();
    if (parts.length > 20) throw unexpected('#now', at, 'fewer parts');
    return `now(${parts.join(', ')})`;
  }

  private momentPart(name: string, value: string): string {
    if (!/^[a-z]{3,12}$/.test(name)) throw wrongNow();
    if (/^[+-]?\d{1,9}$/.test(value))
      return name === 'weeks' ? `days=${Number(value) * 7}` : `${name}=${Number(value)}`;
    const day = weekdays[value];
    if (name !== 'weekday' || day === undefined) throw wrongNow();
    let nth = '1';
    if (this.peek().kind === '(') {
      this.take();
      const count = this.take();
      if (count.kind !== 'word' || !/^[+-]?[1-9]\d{0,3}$/.test(count.text)) throw wrongNow();
      nth = count.text;
      this.expect(')');
    }
    return `${day}=${Number(nth)}`;
  }

  private called(name: string, at: number): string {
    if (name === 'now') throw unexpected('#now', at, 'a field before it');
    const written = writtenFunctions[name];
    if (written === undefined || !Object.hasOwn(writtenFunctions, name))
      throw new TerroirError('query.unknownFunction', { name: `#${name.slice(0, 100)}`, clause: 'q' });
    const wrong = () => new TerroirError('query.wrongArguments', { name: `#${name}`, expected: written, clause: 'q' });
    const args = this.args(wrong);
    const [first, second, third] = args;
    const field = () => {
      if (first === undefined) throw wrong();
      return fieldNamed(this.fields, first, 'q');
    };
    const place = () => {
      const found = field();
      if (found.kind !== 'point' && found.kind !== 'shape') throw wrong();
      return quotedName(found.name);
    };
    switch (name) {
      case 'null':
        if (args.length !== 1) throw wrong();
        return `${quotedName(field().name)} is null`;
      case 'exact':
        if (args.length !== 2 || second === undefined) throw wrong();
        return equals(field(), second, 'q');
      case 'search':
      case 'startswith': {
        if (first === undefined || args.length > 2 || (name === 'startswith' && args.length !== 2)) throw wrong();
        if (second === undefined || first === '*') return `${name}(${quoted(second ?? first)})`;
        return `${name}(${quotedName(field().name)}, ${quoted(second)})`;
      }
      case 'distance': {
        const point = readPoint(second ?? '');
        const metres = Number(third);
        if (args.length !== 3 || point === null || !(metres >= 0 && metres <= 1e8)) throw wrong();
        return `within_distance(${place()}, geom'POINT(${point[1]} ${point[0]})', ${metres}m)`;
      }
      case 'polygon': {
        const polygon = readPolygon(second ?? '');
        if (args.length !== 2 || polygon === null) throw wrong();
        return `intersects(${place()}, geom${quoted(polygon)})`;
      }
      default: {
        const mode = (third ?? 'intersects').toLowerCase();
        const shape = wktOf(second ?? '');
        if (args.length < 2 || shape === null || !['intersects', 'disjoint', 'within'].includes(mode)) throw wrong();
        return `${mode}(${place()}, geom${quoted(shape)})`;
      }
    }
  }

  /** Arguments between parentheses: names, numbers, texts. */
  private args(wrong: () => TerroirError): readonly string[] {
    this.expect('(');
    const args: string[] = [];
    while (this.peek().kind !== ')') {
      const token = this.take();
      if (token.kind === ',') continue;
      if (token.kind !== 'word' && token.kind !== 'text') throw wrong();
      args.push(token.text);
      if (args.length > 10) throw wrong();
    }
    this.take();
    return args;
  }
}

const weekdays: Readonly<Record<string, string>> = {
  MO: 'mondays',
  TU: 'tuesdays',
  WE: 'wednesdays',
  TH: 'thursdays',
  FR: 'fridays',
  SA: 'saturdays',
  SU: 'sundays',
};

const writtenFunctions: Readonly<Record<string, string>> = {
  null: '#null(field)',
  exact: '#exact(field, "value")',
  search: '#search("words"), #search(field, "words")',
  startswith: '#startswith(field, "beginning")',
  distance: '#distance(field, "lat,lon", metres)',
  polygon: '#polygon(field, "(lat,lon),(lat,lon),(lat,lon)")',
  geometry: '#geometry(field, "WKT or GeoJSON", intersects)',
};

function wrongNow(): TerroirError {
  const expected = '#now(years=-1, weekday=MO(2))';
  return new TerroirError('query.wrongArguments', { name: '#now', expected, clause: 'q' });
}

function plain(operator: Operator): string {
  return operator === ':' || operator === '==' ? '=' : operator;
}

/** A word anywhere; `film*` is a beginning, a lone star is anything. */
function wordCondition(word: string): string {
  return /^[^*?]+\*$/.test(word) ? `suggest(${quoted(word.slice(0, -1))})` : quoted(word.replace(/[*?]/g, ' '));
}

/** `field:value`: the words of a text, the value of anything else. */
function matches(field: KnownField, value: string, phrase: boolean): string {
  const name = quotedName(field.name);
  if (!phrase && value === '*') return `${name} is not null`;
  if (field.kind !== 'text') return equals(field, value, 'q');
  if (!phrase && /^[^*?]+\*$/.test(value)) return `suggest(${name}, ${quoted(value.slice(0, -1))})`;
  return `${name} like ${quoted(value.replace(/[*%?_]/g, ' '))}`;
}

/** A bound; a date written in part stands for all of its days: above 2000 begins with 2001. */
function bounded(field: KnownField, operator: '<' | '<=' | '>' | '>=', value: string): string {
  const name = quotedName(field.name);
  const span = field.kind === 'date' || field.kind === 'datetime' ? spanOf(value) : null;
  if (span === null) return `${name} ${operator} ${literal(field, value, 'q')}`;
  const [start, end] = span;
  if (operator === '>=') return `${name} >= date'${start}'`;
  if (operator === '>') return `${name} >= date'${end}'`;
  return operator === '<' ? `${name} < date'${start}'` : `${name} < date'${end}'`;
}
