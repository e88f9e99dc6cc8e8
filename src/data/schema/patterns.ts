// Patterns of foreign schemas (XML Schema's, Python's, JavaScript's habits) written for the engine's RE2 and for JavaScript.
import { createContext, Script } from 'node:vm';

export type Pattern = {
  /** For the engine, to be matched on the whole value; null when RE2 cannot say it (look-around, back-references …). */
  readonly re2: string | null;
  /** For JavaScript, anchored; null when the pattern is no regular expression at all. */
  readonly js: RegExp | null;
};

/** RE2 refuses more repetitions than this. */
const mostRepeats = 1000;
const longestPattern = 20_000;

/** Letters of any alphabet are word characters, as in Python and XML Schema; digits are 0 to 9 alone. */
const classes: Readonly<Record<string, readonly [outside: string, inside: string]>> = {
  w: ['[\\p{L}\\p{M}\\p{N}_]', '\\p{L}\\p{M}\\p{N}_'],
  W: ['[^\\p{L}\\p{M}\\p{N}_]', ''],
  d: ['[0-9]', '0-9'],
  D: ['[^0-9]', ''],
  s: ['[\\s\\u00a0\\u202f]', '\\s\\u00a0\\u202f'],
  S: ['[^\\s\\u00a0\\u202f]', ''],
  i: ['[\\p{L}_:]', '\\p{L}_:'],
  c: ['[\\p{L}\\p{M}\\p{N}_:.\\-]', '\\p{L}\\p{M}\\p{N}_:.\\-'],
};
const negated: Readonly<Record<string, string>> = { W: '\\W', D: '\\D', S: '\\S' };

/**
 * Reads a pattern. It must match the whole value: alternatives are grouped, so `a|b` means "a or b" and nothing around
 * (frictionless reads `^a|b$`, which no schema means).
 */
export function readPattern(pattern: string): Pattern {
  if (pattern.length > longestPattern) return { re2: null, js: null };
  const written = rewrite(pattern);
  const js = compile(written.js);
  return { re2: written.regular && js !== null ? `(?:${written.re2})` : null, js };
}

function compile(source: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    return null;
  }
}

type Rewritten = { re2: string; js: string; regular: boolean };

/** One walk over the pattern: what both understand is kept, what only one understands is said again for the other. */
function rewrite(pattern: string): Rewritten {
  const out: Rewritten = { re2: '', js: '', regular: true };
  const add = (re2: string, js = re2) => {
    out.re2 += re2;
    out.js += js;
  };
  let inClass = false;
  let classStart = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '\\') {
      const escaped = readEscape(pattern, i, inClass);
      add(escaped.re2, escaped.js);
      if (!escaped.regular) out.regular = false;
      i = escaped.end;
    } else if (inClass) {
      if (char === ']' && i > classStart) {
        inClass = false;
        add(']');
      } else if (char === '[') {
        // XML Schema's subtraction ([a-z-[aeiou]]) and POSIX's names have no equal in JavaScript.
        if (pattern[i - 1] === '-' || pattern[i + 1] === ':') out.regular = false;
        add('\\[');
      } else add(char === '&' || char === '~' || char === '|' ? `\\${char}` : char, char);
    } else if (char === '[') {
      inClass = true;
      const caret = pattern[i + 1] === '^' ? 1 : 0;
      add(caret === 1 ? '[^' : '[');
      i += caret;
      classStart = i + 1;
      // "[]abc]" and "[^]abc]": a bracket that comes first is itself.
      if (pattern[i + 1] === ']') {
        add('\\]');
        i++;
      }
    } else if (char === '(' && pattern[i + 1] === '?') {
      const head = /^\(\?(?:P?<([A-Za-z_]\w*)>|[:=!]|<[=!]|[a-z]*(?:-[a-z]+)?[:)])/.exec(pattern.slice(i))?.[0] ?? '';
      if (head.startsWith('(?P<') || /^\(\?<\w/.test(head)) {
        const name = head.replace(/^\(\?P?/, '');
        add(`(?P${name}`, `(?${name}`);
      } else {
        if (head !== '(?:') out.regular = false;
        add(head === '' ? '(?' : head);
      }
      i += Math.max(1, head.length - 1);
    } else if (char === '{') {
      const repeat = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(i));
      if (repeat === null || (repeat[1] === '' && repeat[3] === '')) add('\\{');
      else {
        const from = repeat[1] || '0';
        if (Math.max(Number(from), Number(repeat[3] || '0')) > mostRepeats) out.regular = false;
        add(`{${from}${repeat[2]}${repeat[3]}}`);
        i += repeat[0].length - 1;
        if (pattern[i + 1] === '+') out.regular = false;
      }
    } else if (char === '}' || char === ']') add(`\\${char}`);
    else if (char === '+' && /[*+?]/.test(pattern[i - 1] ?? '') && pattern[i - 2] !== '\\') {
      // A possessive quantifier: neither engine has it.
      out.regular = false;
      add('+');
    } else add(char);
  }
  return out;
}

type Escape = { re2: string; js: string; end: number; regular: boolean };

function readEscape(pattern: string, at: number, inClass: boolean): Escape {
  const next = pattern[at + 1];
  if (next === undefined) return { re2: '\\\\', js: '\\\\', end: at, regular: true };
  const both = (text: string, end = at + 1, regular = true): Escape => ({ re2: text, js: text, end, regular });
  const unicode = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[ux]\{([0-9a-fA-F]{1,6})\})/.exec(
    pattern.slice(at, at + 12),
  );
  if (unicode !== null) {
    const code = unicode[1] ?? unicode[2] ?? unicode[3] ?? '0';
    return { re2: `\\x{${code}}`, js: `\\u{${code}}`, end: at + unicode[0].length - 1, regular: true };
  }
  const property = /^\\[pP](?:[LMNPSZC]|\{\^?\w+\})/.exec(pattern.slice(at, at + 40))?.[0];
  if (property !== undefined) return both(property.replace(/\\([pP])([A-Z])$/, '\\$1{$2}'), at + property.length - 1);
  const known = classes[next];
  if (known !== undefined) {
    const written = inClass ? known[1] : known[0];
    if (written === '') return both(negated[next] ?? '', at + 1);
    return { re2: written.replaceAll('\\u00a0\\u202f', '\\x{a0}\\x{202f}'), js: written, end: at + 1, regular: true };
  }
  if (/[1-9]/.test(next)) {
    const number = /^\d+/.exec(pattern.slice(at + 1, at + 3))?.[0] ?? next;
    return both(inClass ? next : `\\${number}`, at + (inClass ? 1 : number.length), inClass);
  }
  if (next === 'k') return both('\\k', at + 1, false);
  if (next === 'b' || next === 'B') return inClass ? both('\\x08') : both(`\\${next}`);
  if (/[tnrfv]/.test(next)) return both(`\\${next}`);
  if (next === '0') return both('\\x00');
  if (next === 'A') return both(inClass ? 'A' : '^');
  if (next === 'Z' || next === 'z') return both(inClass ? next : '$');
  // Punctuation that JavaScript's Unicode mode lets one escape; anything else stands for itself.
  if (/[$()*+.?[\\\]^{|}/]/.test(next)) return both(`\\${next}`);
  return next === '-' ? both(inClass ? '\\-' : '-') : both(next === '&' || next === '~' ? next : next);
}

/** One context serves all judgements: making one costs more than most patterns take. */
const court: { source: string; flags: string; values: readonly string[] } = { source: '', flags: '', values: [] };
createContext(court);
const judgement = new Script(
  '(() => { const r = new RegExp(source, flags); return values.map((value) => r.test(value)); })()',
);

/** Judges texts by a pattern in JavaScript; null when it takes too long and is stopped. */
export function judgeByPattern(js: RegExp, values: readonly string[], milliseconds: number): readonly boolean[] | null {
  Object.assign(court, { source: js.source, flags: js.flags, values });
  try {
    return Array.from(judgement.runInContext(court, { timeout: milliseconds }) as readonly boolean[]);
  } catch {
    return null;
  }
}
