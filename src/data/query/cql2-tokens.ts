// Cuts a CQL2 text into words, numbers, texts and signs, each with its place.
import { TerroirError } from '../../lib/errors.ts';
import { filterLimits } from './cql2-tree.ts';

export type Token = {
  readonly kind: 'word' | 'quoted' | 'number' | 'text' | 'sign' | 'end';
  /** What it says: a quoted name or a text without its quotes. */
  readonly value: string;
  /** As it is written, for messages. */
  readonly written: string;
  /** Where it begins, from 0. */
  readonly at: number;
};

// Names begin as XML names do, without surrogates to count: any letter, an underscore, a colon.
const blank = /[\s\u0085]+/uy;
const word = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\u00b7]*/uy;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const text = /'(?:''|\\'|[^'])*'/y;
const quotedName = /"(?:""|[^"])*"/y;
const sign = /<>|<=|>=|[=<>(),+\-*/%^]/y;

/** @throws TerroirError query.syntax, query.tooLong, query.numberTooLarge */
export function cql2Tokens(source: string): readonly Token[] {
  if (source.length > filterLimits.characters)
    throw new TerroirError('query.tooLong', { max: filterLimits.characters });
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  while (at < source.length) {
    const skipped = take(blank);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    const token = readToken(take, at);
    if (token === null) throw syntaxError(source.slice(at, at + 1), at, 'CQL2');
    tokens.push(token);
    at += token.written.length;
  }
  return [...tokens, { kind: 'end', value: '', written: '', at: source.length }];
}

function readToken(take: (pattern: RegExp) => string | null, at: number): Token | null {
  const found = (kind: Token['kind'], written: string, value = written): Token => ({ kind, value, written, at });
  const name = take(word);
  if (name !== null) return found('word', name);
  const digits = take(number);
  if (digits !== null) {
    if (!Number.isFinite(Number(digits))) throw new TerroirError('query.numberTooLarge', { position: at + 1 });
    return found('number', digits);
  }
  const literal = take(text);
  if (literal !== null) return found('text', literal, literal.slice(1, -1).replace(/''|\\'/g, "'"));
  const quoted = take(quotedName);
  if (quoted !== null) return found('quoted', quoted, quoted.slice(1, -1).replaceAll('""', '"'));
  const mark = take(sign);
  return mark === null ? null : found('sign', mark);
}

/** What is said of a filter that is not written as the grammar wants. */
export function syntaxError(found: string, at: number, expected: string): TerroirError {
  return new TerroirError('query.syntax', { found: found.slice(0, 60), position: at + 1, expected, clause: 'filter' });
}
