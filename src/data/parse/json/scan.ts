// Walks through a JSON text of any size, chunk by chunk: enters the containers asked for, and hands over whole values.

/** Where a value stands: the names that lead to it, "*" standing for an element of an array. */
export type JsonPath = readonly string[];
export type JsonKind = 'object' | 'array' | 'scalar';

export type JsonVisitor = {
  /** What to do with a value: go into it, take its text, or pass over it. Scalars are never entered. */
  meet(path: JsonPath, kind: JsonKind): 'enter' | 'take' | 'pass';
  /** The text of a value that was to be taken. */
  take(text: string, path: JsonPath): void;
};

export type JsonScanner = {
  /** @throws JsonFault when the text is no JSON, JsonTooLong when a value that is to be taken is too long */
  write(chunk: Uint8Array): void;
  /** Ends the text. @returns whether everything that was opened was closed, and something was */
  end(): boolean;
};

/** The text stops being JSON at this byte. */
export class JsonFault extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super(`no JSON at byte ${offset}`);
    this.offset = offset;
  }
}

/** A value is longer than what can be held. */
export class JsonTooLong extends Error {}

/** No object of a public file has more; a geometry of this length has a million points. */
export const longestValueBytes = 64 * 1024 * 1024;

type Frame = { readonly kind: 'object' | 'array'; expects: 'key' | 'colon' | 'value' | 'comma' };

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Several values may follow each other at the top (JSON lines): each is met with an empty path.
 * Between what is entered, the grammar is checked; what is taken is left to JSON.parse; what is passed over is only balanced.
 */
export function jsonScanner(visitor: JsonVisitor, most = longestValueBytes): JsonScanner {
  const frames: Frame[] = [];
  const path: string[] = [];
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let offset = 0;
  let values = 0;
  // Inside a value taken or passed over, or a key: containers open, and the state of the string being read.
  let inside: 'nothing' | 'key' | 'container' | 'string' | 'scalar' = 'nothing';
  let taking = false;
  let depth = 0;
  let inString = false;
  let escaped = false;

  const keep = (bytes: Uint8Array) => {
    keptBytes += bytes.length;
    if (keptBytes > most) throw new JsonTooLong();
    // The chunk will be written over.
    kept.push(Uint8Array.from(bytes));
  };
  const keptText = (): string => {
    const text = Buffer.concat(kept).toString('utf8');
    kept.length = 0;
    keptBytes = 0;
    return text;
  };
  const top = (): Frame | undefined => frames[frames.length - 1];
  const place = (frame: Frame | undefined): JsonPath => (frame?.kind === 'array' ? [...path, '*'] : [...path]);

  /** A value is over: what comes next. */
  const over = () => {
    const frame = top();
    values++;
    if (frame === undefined) return;
    frame.expects = 'comma';
    if (frame.kind === 'object') path.pop();
  };

  const finish = (bytes: Uint8Array | null) => {
    const ended = inside;
    inside = 'nothing';
    if (ended === 'key') {
      if (bytes !== null) keep(bytes);
      path.push(keyOf(keptText(), offset));
      const frame = top();
      if (frame !== undefined) frame.expects = 'colon';
      return;
    }
    if (taking) {
      if (bytes !== null) keep(bytes);
      visitor.take(keptText(), place(top()));
    }
    over();
  };

  const meet = (kind: JsonKind): 'enter' | 'take' | 'pass' => {
    const frame = top();
    if (frame !== undefined && frame.expects !== 'value') throw new JsonFault(offset);
    return visitor.meet(place(frame), kind);
  };

  /** Reads signs between values. @returns the index of the next byte to read */
  const structure = (chunk: Uint8Array, at: number): number => {
    const byte = chunk[at] as number;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e) return at + 1;
    const frame = top();
    if (byte === comma) {
      if (frame?.expects !== 'comma') throw new JsonFault(offset + at);
      frame.expects = frame.kind === 'object' ? 'key' : 'value';
      return at + 1;
    }
    if (byte === colon) {
      if (frame?.expects !== 'colon') throw new JsonFault(offset + at);
      frame.expects = 'value';
      return at + 1;
    }
    if (byte === closeBrace || byte === closeBracket) {
      const kind = byte === closeBrace ? 'object' : 'array';
      // A comma before the end is forgiven.
      if (frame?.kind !== kind || frame.expects === 'colon' || (kind === 'object' && frame.expects === 'value'))
        throw new JsonFault(offset + at);
      frames.pop();
      if (top()?.kind === 'array') path.pop();
      over();
      return at + 1;
    }
    if (frame?.kind === 'object' && frame.expects === 'key') {
      if (byte !== quote) throw new JsonFault(offset + at);
      inside = 'key';
      return at + 1;
    }
    const kind = byte === openBrace ? 'object' : byte === openBracket ? 'array' : 'scalar';
    const choice = meet(kind);
    if (kind !== 'scalar' && choice === 'enter') {
      if (frame?.kind === 'array') path.push('*');
      frames.push({ kind, expects: kind === 'object' ? 'key' : 'value' });
      return at + 1;
    }
    taking = choice === 'take';
    if (kind !== 'scalar') {
      inside = 'container';
      depth = 0;
      return at;
    }
    if (byte === quote) {
      inside = 'string';
      if (taking) keep(chunk.subarray(at, at + 1));
      return at + 1;
    }
    if (!/[-\w]/.test(String.fromCharCode(byte))) throw new JsonFault(offset + at);
    inside = 'scalar';
    return at;
  };

  /** Reads on to the end of a container. @returns the index after it, or the chunk's length */
  const throughContainer = (chunk: Uint8Array, from: number): number => {
    // Nearly all bytes of a large file pass here: local variables make it several times faster.
    let [level, quoted, skips] = [depth, inString, escaped];
    const { length } = chunk;
    for (let at = from; at < length; at++) {
      const byte = chunk[at] as number;
      if (quoted) {
        if (skips) skips = false;
        else if (byte === backslash) skips = true;
        else if (byte === quote) quoted = false;
      } else if (byte === quote) quoted = true;
      else if (byte === openBrace || byte === openBracket) level++;
      else if ((byte === closeBrace || byte === closeBracket) && --level === 0) {
        [inString, escaped] = [false, false];
        finish(taking ? chunk.subarray(from, at + 1) : null);
        return at + 1;
      }
    }
    [depth, inString, escaped] = [level, quoted, skips];
    if (taking) keep(chunk.subarray(from));
    return length;
  };

  /** Reads on to the end of a key, a string or a bare word. @returns the index after it, or the chunk's length */
  const throughText = (chunk: Uint8Array, from: number): number => {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (inside === 'scalar') {
        if (byte !== comma && byte !== colon && byte !== closeBrace && byte !== closeBracket && byte > 0x20) continue;
        finish(taking ? chunk.subarray(from, at) : null);
        return at;
      }
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) {
        if (inside === 'key') finish(chunk.subarray(from, at));
        else finish(taking ? chunk.subarray(from, at + 1) : null);
        return at + 1;
      }
    }
    if (taking || inside === 'key') keep(chunk.subarray(from));
    return chunk.length;
  };

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (inside === 'nothing') at = structure(chunk, at);
        else at = inside === 'container' ? throughContainer(chunk, at) : throughText(chunk, at);
      }
      offset += chunk.length;
    },
    end() {
      if (inside === 'scalar' && frames.length === 0) finish(null);
      return inside === 'nothing' && frames.length === 0 && values > 0;
    },
  };
}

function keyOf(text: string, offset: number): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new JsonFault(offset);
  }
}
