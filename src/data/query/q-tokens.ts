// Cuts a text in the `q` language of version 1 into tokens: words, "texts", fields with their operator, #functions.
import { TerroirError } from '../../lib/errors.ts';

export type Operator = ':' | '=' | '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Token =
  | {
      readonly kind: '(' | ')' | '[' | ']' | ',' | 'and' | 'or' | 'not' | 'end';
      readonly at: number;
      readonly text: string;
    }
  | { readonly kind: 'word' | 'text' | 'function'; readonly at: number; readonly text: string }
  | { readonly kind: 'field'; readonly at: number; readonly text: string; readonly operator: Operator };

const longest = 5000;

const shapes = {
  space: /[\s\u00a0]+/y,
  text: /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'/sy,
  called: /#([A-Za-z_]+)\s*(?=\()/y,
  field: /([\p{L}_][\p{L}\p{N}_.-]*|`[^`]+`)\s*(>=|<=|==|!=|:|=|>|<)/uy,
  joint: /(AND|OR|NOT|TO)(?![^\s()[\]"])/y,
  word: /[^\s()[\],"]+/y,
} as const;

/** @throws TerroirError query.tooLong, query.syntax */
export function tokensOf(q: string): readonly Token[] {
  if (q.length > longest) throw new TerroirError('query.tooLong', { max: longest, clause: 'q' });
  const tokens: Token[] = [];
  let at = 0;
  const take = (shape: RegExp): RegExpExecArray | null => {
    shape.lastIndex = at;
    const found = shape.exec(q);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < q.length) {
    if (take(shapes.space) !== null) continue;
    const start = at;
    const sign = q[at] ?? '';
    if (sign === '(' || sign === ')' || sign === '[' || sign === ']' || sign === ',') {
      tokens.push({ kind: sign, at: at++, text: sign });
      continue;
    }
    // A minus that begins a word leaves it out; in a number it is its sign.
    if (sign === '-' && /[\p{L}"(#]/u.test(q[at + 1] ?? '')) {
      tokens.push({ kind: 'not', at: at++, text: '-' });
      continue;
    }
    const text = take(shapes.text);
    if (text !== null) {
      tokens.push({ kind: 'text', at: start, text: (text[1] ?? text[2] ?? '').replace(/\\(.)/gs, '$1') });
      continue;
    }
    const called = take(shapes.called);
    if (called !== null) {
      tokens.push({ kind: 'function', at: start, text: (called[1] ?? '').toLowerCase() });
      continue;
    }
    const field = take(shapes.field);
    if (field !== null) {
      const name = (field[1] ?? '').replaceAll('`', '');
      tokens.push({ kind: 'field', at: start, text: name, operator: field[2] as Operator });
      continue;
    }
    const joint = take(shapes.joint)?.[1];
    if (joint === 'AND' || joint === 'OR' || joint === 'NOT') {
      tokens.push({ kind: joint.toLowerCase() as 'and' | 'or' | 'not', at: start, text: joint });
      continue;
    }
    const word = joint ?? take(shapes.word)?.[0];
    if (word === undefined) throw unexpected(q.slice(at, at + 20), at, 'a word');
    tokens.push({ kind: 'word', at: start, text: word });
  }
  return [...tokens, { kind: 'end', at, text: '' }];
}

/** `at` counts from 0, what is told from 1. */
export function unexpected(found: string, at: number, expected: string): TerroirError {
  return new TerroirError('query.syntax', {
    found: found === '' ? '∅' : found,
    position: at + 1,
    expected,
    clause: 'q',
  });
}
