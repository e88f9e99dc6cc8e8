// Cuts the text of a clause into tokens, each with its place.
import { TerroirError } from '../../lib/errors.ts';

/** The clause that a text comes from: errors name it. */
export type Clause = 'select' | 'where' | 'group_by' | 'order_by' | 'refine' | 'exclude' | 'facet';

export type TokenKind = 'word' | 'field' | 'text' | 'number' | 'symbol' | 'end';

export type Token = {
  readonly kind: TokenKind;
  /** Without its quotes, escapes resolved; a number as written. */
  readonly text: string;
  /** Where it begins and ends in the clause, from 0. */
  readonly start: number;
  readonly end: number;
};

export const maxQueryLength = 20_000;

const spaces = /[\s\u00a0]+/uy;
const numbers = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_]|\.\d)/uy;
// `1.5km` is one word too: the places where it means a distance know it.
const words = /(?:\d*\.)?\d+\p{L}+(?![\p{L}\p{N}_])|[\p{L}\p{N}_]+/uy;
// `default.title`: metas of the catalogue are named after their template. `a..b` is a range.
const dotted = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+/uy;
const symbols = /\.\.|!=|<>|>=|<=|[=<>()[\],+\-*/:]/uy;

/** @throws TerroirError query.tooLong, query.syntax */
export function tokenize(source: string, clause: Clause): readonly Token[] {
  if (source.length > maxQueryLength) throw new TerroirError('query.tooLong', { max: maxQueryLength, clause });
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? null;
  };
  while (at < source.length) {
    const start = at;
    const space = match(spaces);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const quote = source[at];
    if (quote === '"' || quote === "'") {
      const { text, end } = readText(source, at, clause);
      tokens.push({ kind: 'text', text, start, end });
      at = end;
      continue;
    }
    if (quote === '`') {
      const end = source.indexOf('`', at + 1);
      if (end === -1) throw unexpected('`', at, '`', clause);
      tokens.push({ kind: 'field', text: source.slice(at + 1, end), start, end: end + 1 });
      at = end + 1;
      continue;
    }
    const path = match(dotted);
    if (path !== null) {
      at += path.length;
      tokens.push({ kind: 'field', text: path, start, end: at });
      continue;
    }
    const number = match(numbers);
    const word = number === null ? match(words) : null;
    const symbol = number === null && word === null ? match(symbols) : null;
    const text = number ?? word ?? symbol;
    if (text === null) throw unexpected(String.fromCodePoint(source.codePointAt(at) ?? 0), at, '…', clause);
    at += text.length;
    const kind = number !== null ? 'number' : word !== null ? 'word' : 'symbol';
    tokens.push({ kind, text, start, end: at });
  }
  tokens.push({ kind: 'end', text: '', start: at, end: at });
  return tokens;
}

/** A text between quotes; a backslash takes the next character as it is. */
function readText(source: string, start: number, clause: Clause): { text: string; end: number } {
  const quote = source[start];
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at];
    if (character === quote) return { text, end: at + 1 };
    if (character === '\\' && at + 1 < source.length) at++;
    text += source[at];
  }
  throw unexpected(source.slice(start, start + 20), start, quote ?? '"', clause);
}

/** `position` counts characters from 1, as editors show it. */
export function unexpected(found: string, start: number, expected: string, clause: Clause): TerroirError {
  return new TerroirError('query.syntax', { found: found === '' ? '∅' : found, position: start + 1, expected, clause });
}
