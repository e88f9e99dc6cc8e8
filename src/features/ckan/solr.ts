// Reads the query language of package_search (Solr's, as CKAN's programs write it) to a tree.
import { TerroirError } from '../../lib/errors.ts';

export type SolrNode =
  /** `field` null: anywhere. */
  | { readonly kind: 'term'; readonly field: string | null; readonly text: string; readonly phrase: boolean }
  | {
      readonly kind: 'range';
      readonly field: string | null;
      /** null: no bound. */
      readonly low: string | null;
      readonly high: string | null;
      readonly lowIncluded: boolean;
      readonly highIncluded: boolean;
    }
  | { readonly kind: 'and' | 'or'; readonly items: readonly SolrNode[] }
  | { readonly kind: 'not'; readonly of: SolrNode }
  | { readonly kind: 'all' };

type Token = {
  readonly kind: '(' | ')' | 'and' | 'or' | 'not' | 'plus' | 'field' | 'word' | 'phrase' | 'range' | 'end';
  readonly text: string;
};

const longest = 10_000;
const deepest = 50;
/** Each of them is looked for in every package. */
const mostTerms = 200;

/**
 * Words side by side are all required, OR binds its neighbours closer than that: `a:x OR a:y b:z` is (x or y) and z, as
 * harvesters mean it.
 * @throws TerroirError ckan.search
 */
export function readSolr(query: string): SolrNode {
  if (query.length > longest) throw broken('the query is too long');
  const reader = new Reader(tokensOf(query));
  return reader.whole();
}

function broken(reason: string): TerroirError {
  return new TerroirError('ckan.search', { reason: `Search Query is invalid: ${reason}` });
}

const shapes = {
  space: /\s+/y,
  phrase: /"((?:\\.|[^"\\])*)"/sy,
  range: /[[{]([^\]}[{]*)[\]}]/y,
  field: /([A-Za-z_][\w.-]*):/y,
  operator: /AND(?![^\s()])|&&/y,
  either: /OR(?![^\s()])|\|\|/y,
  negation: /NOT(?![^\s()])|!/y,
  word: /(?:\\.|[^\s()[\]{}"\\])+/sy,
  boost: /[~^][\d.]*/y,
} as const;

function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (shape: RegExp): RegExpExecArray | null => {
    shape.lastIndex = at;
    const found = shape.exec(query);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < query.length) {
    if (take(shapes.space) !== null) continue;
    const sign = query[at];
    if (sign === '(' || sign === ')') {
      tokens.push({ kind: sign, text: sign });
      at++;
      if (sign === ')') take(shapes.boost);
      continue;
    }
    if (sign === '-' || sign === '+') {
      tokens.push({ kind: sign === '-' ? 'not' : 'plus', text: sign });
      at++;
      continue;
    }
    const token = next(take);
    if (tokens.length > mostTerms * 4) throw broken('too many terms');
    if (token === null) throw broken(`cannot read "${query.slice(at, at + 20)}"`);
    tokens.push(token);
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function next(take: (shape: RegExp) => RegExpExecArray | null): Token | null {
  if (take(shapes.operator) !== null) return { kind: 'and', text: 'AND' };
  if (take(shapes.either) !== null) return { kind: 'or', text: 'OR' };
  if (take(shapes.negation) !== null) return { kind: 'not', text: 'NOT' };
  const phrase = take(shapes.phrase);
  if (phrase !== null) {
    take(shapes.boost);
    return { kind: 'phrase', text: (phrase[1] ?? '').replace(/\\(.)/gs, '$1') };
  }
  const range = take(shapes.range);
  if (range !== null) return { kind: 'range', text: range[0] };
  const field = take(shapes.field);
  if (field !== null) return { kind: 'field', text: field[1] ?? '' };
  const word = take(shapes.word);
  // What follows ~ or ^ says how much or how near, not what.
  return word === null ? null : { kind: 'word', text: word[0].replace(/(?<=[^\\])[~^][\d.]*$/, '') };
}

class Reader {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): SolrNode {
    if (this.peek().kind === 'end') return { kind: 'all' };
    const node = this.together(null);
    if (this.peek().kind !== 'end') throw broken(`unexpected "${this.peek().text}"`);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private take(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Side by side: all of them. */
  private together(field: string | null): SolrNode {
    const items: SolrNode[] = [];
    while (!['end', ')'].includes(this.peek().kind)) items.push(this.either(field));
    if (items.length === 0) throw broken('something to look for is expected');
    return joined('and', items);
  }

  private either(field: string | null): SolrNode {
    const items = [this.both(field)];
    while (this.peek().kind === 'or') {
      this.take();
      items.push(this.both(field));
    }
    return joined('or', items);
  }

  private both(field: string | null): SolrNode {
    const items = [this.one(field)];
    while (this.peek().kind === 'and') {
      this.take();
      items.push(this.one(field));
    }
    return joined('and', items);
  }

  private one(field: string | null): SolrNode {
    if (++this.depth > deepest) throw broken('too many nested levels');
    try {
      return this.unguarded(field);
    } finally {
      this.depth--;
    }
  }

  private unguarded(field: string | null): SolrNode {
    const token = this.take();
    switch (token.kind) {
      case 'not':
        return { kind: 'not', of: this.one(field) };
      case 'plus':
        return this.one(field);
      case 'field':
        return this.one(token.text);
      case '(': {
        const node = this.together(field);
        if (this.take().kind !== ')') throw broken('")" is expected');
        return node;
      }
      case 'phrase':
        return { kind: 'term', field, text: token.text, phrase: true };
      case 'range':
        return rangeOf(field, token.text);
      case 'word':
        return wordOf(field, token.text);
      default:
        throw broken(token.kind === 'end' ? 'the query ends too soon' : `unexpected "${token.text}"`);
    }
  }
}

function joined(kind: 'and' | 'or', items: readonly SolrNode[]): SolrNode {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : { kind, items };
}

function wordOf(field: string | null, written: string): SolrNode {
  if (written === '*' && (field === null || field === '*')) return { kind: 'all' };
  // An escaped star is a star: no word holds one.
  return { kind: 'term', field, text: written.replace(/\\(.)/gs, '$1'), phrase: false };
}

function rangeOf(field: string | null, written: string): SolrNode {
  const bounds = written.slice(1, -1).replace(/\s+/g, ' ').trim().split(' TO ');
  const [low, high] = bounds;
  if (bounds.length !== 2 || low === undefined || high === undefined)
    throw broken(`"${written.slice(0, 100)}" is no range: [low TO high] is expected`);
  const bound = (text: string) => (text === '*' ? null : text.replace(/^"(.*)"$/s, '$1'));
  return {
    kind: 'range',
    field,
    low: bound(low),
    high: bound(high),
    lowIncluded: written.startsWith('['),
    highIncluded: written.endsWith(']'),
  };
}
