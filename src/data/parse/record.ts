// Reads one record of a delimited text as a careful person would: stray quotes are kept, an unclosed quote ends with its line.
import { type Dialect, longestQuotedLines } from './dialect.ts';

export type RecordRead = {
  readonly cells: readonly string[];
  /** Where the next record starts. */
  readonly next: number;
  /** A quote inside a text, a quote never closed, or nothing to say; and the index of the cell concerned. */
  readonly fault: 'stray' | 'unclosed' | null;
  readonly faultCell: number;
  /** Whether only the first line of a text over several lines was kept, because its quote was not closed. */
  readonly recovered: boolean;
  /** False when the record is perfectly ordinary to any reader: no blank skipped, no fault. */
  readonly ordinary: boolean;
};

/**
 * Reads the record that starts at `start`.
 * @param width how many cells are expected, 0 when unknown: helps to choose between two readings of a broken quote
 * @param final whether `text` holds the end of the file
 * @returns null when more text is needed
 */
export function readRecord(
  text: string,
  start: number,
  dialect: Dialect,
  width: number,
  final: boolean,
): RecordRead | null {
  if (!dialect.quotes) {
    const end = endOfLine(text, start, dialect, final);
    const next = end === null ? null : afterEnd(text, end, final);
    if (end === null || next === null) return null;
    const cells = text.slice(start, end).split(dialect.delimiter);
    return { cells, next, fault: null, faultCell: -1, recovered: false, ordinary: false };
  }
  const read = readQuoted(text, start, dialect, final);
  if (read === 'more') return null;
  if (read !== 'unclosed' && read.innerQuotes === 0 && (read.lines === 1 || width === 0 || read.cells.length === width))
    return record(read);
  const lineEnd = endOfLine(text, start, dialect, final);
  if (lineEnd === null) return null;
  const literal = readLine(text, start, lineEnd, dialect);
  const recovered = { ...literal, recovered: true };
  if (read === 'unclosed') return { ...recovered, fault: literal.fault ?? 'unclosed' };
  if (read.lines === 1) {
    // Two readings of `"a"b;c`: quotes inside are part of the text, or nothing is quoted at all.
    return width > 0 && read.cells.length !== width && literal.cells.length === width ? literal : record(read);
  }
  const tooShort = width > 0 && read.cells.length !== width;
  const firstLineStands = literal.cells.length === width && literal.fault !== null;
  if (firstLineStands && (tooShort || nextLineStands(text, literal.next, dialect, width, final))) return recovered;
  if (read.innerQuotes > 0 && tooShort) return recovered;
  return record(read);
}

type QuotedRead = {
  readonly cells: string[];
  readonly next: number;
  /** Physical lines the record covers. */
  readonly lines: number;
  /** Quotes found inside a quoted text without being doubled. */
  readonly innerQuotes: number;
  /** Quotes found inside a text that is not quoted. */
  readonly looseQuotes: number;
  readonly faultCell: number;
  readonly blanks: boolean;
};

function record(read: QuotedRead): RecordRead {
  const faulty = read.innerQuotes + read.looseQuotes > 0;
  return {
    cells: read.cells,
    next: read.next,
    fault: faulty ? 'stray' : null,
    faultCell: read.faultCell,
    recovered: false,
    ordinary: !faulty && !read.blanks,
  };
}

function readQuoted(text: string, start: number, dialect: Dialect, final: boolean): QuotedRead | 'more' | 'unclosed' {
  const { delimiter } = dialect;
  const cells: string[] = [];
  let [lines, innerQuotes, looseQuotes, faultCell, blanks] = [1, 0, 0, -1, false];
  let at = start;
  for (;;) {
    let open = at;
    if (dialect.initialSpace) while (text[open] === ' ') open++;
    if (text[open] === '"') {
      if (open > at) blanks = true;
      let value = '';
      let from = open + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (isTooFar(text, start, quote)) return 'unclosed';
        if (quote === -1) return final ? 'unclosed' : 'more';
        if (quote + 1 >= text.length && !final) return 'more';
        if (text[quote + 1] === '"') {
          value += text.slice(from, quote + 1);
          from = quote + 2;
          continue;
        }
        let after = quote + 1;
        while (text[after] === ' ') after++;
        if (after >= text.length && !final) return 'more';
        if (after >= text.length || text[after] === delimiter || isEnd(text, after, dialect)) {
          if (after > quote + 1) blanks = true;
          value += text.slice(from, quote);
          at = after;
          break;
        }
        innerQuotes++;
        if (faultCell === -1) faultCell = cells.length;
        value += text.slice(from, quote + 1);
        from = quote + 1;
      }
      if (value.includes('\n') || value.includes('\r')) lines += value.split(/\r\n|\n|\r/).length - 1;
      cells.push(value);
    } else {
      const from = open;
      if (open > at) blanks = true;
      at = open;
      while (at < text.length && text[at] !== delimiter && !isEnd(text, at, dialect)) {
        if (text[at] === '"') {
          looseQuotes++;
          if (faultCell === -1) faultCell = cells.length;
        }
        at++;
      }
      if (at >= text.length && !final) return 'more';
      cells.push(text.slice(from, at));
    }
    if (at < text.length && text[at] === delimiter) {
      at++;
      continue;
    }
    const next = afterEnd(text, at, final);
    if (next === null) return 'more';
    return { cells, next, lines, innerQuotes, looseQuotes, faultCell, blanks };
  }
}

/** A text over several lines that goes on and on is a quote that was not closed; one long line may be a geometry. */
function isTooFar(text: string, start: number, quote: number): boolean {
  const reach = quote === -1 ? text.length : quote;
  if (reach - start <= longestQuotedLines) return false;
  const newline = text.indexOf('\n', start);
  return newline !== -1 && newline < reach;
}

/** Reads one physical line alone: texts whose quotes close on the line are quoted, a quote left open is a plain sign. */
function readLine(text: string, start: number, lineEnd: number, dialect: Dialect): RecordRead {
  const line = text.slice(start, lineEnd);
  const cells: string[] = [];
  let [fault, faultCell]: ['stray' | 'unclosed' | null, number] = [null, -1];
  let at = 0;
  for (;;) {
    const quoted = line[at] === '"' ? closedText(line, at, dialect.delimiter) : null;
    if (quoted !== null) {
      cells.push(line.slice(at + 1, quoted).replaceAll('""', '"'));
      at = quoted + 1;
    } else {
      const found = line.indexOf(dialect.delimiter, at);
      const end = found === -1 ? line.length : found;
      const value = line.slice(at, end);
      if (value.includes('"') && fault !== 'unclosed') {
        const open = value.startsWith('"') && value.split('"').length % 2 === 0;
        if (fault === null || open) faultCell = cells.length;
        fault = open ? 'unclosed' : 'stray';
      }
      cells.push(value);
      at = end;
    }
    if (at >= line.length) break;
    at++;
    if (at === line.length) {
      cells.push('');
      break;
    }
  }
  return {
    cells,
    next: afterEnd(text, lineEnd, true) ?? text.length,
    fault,
    faultCell,
    recovered: false,
    ordinary: false,
  };
}

/** The index of the quote that closes the text opened at `open` before a delimiter or the end of the line, or null. */
function closedText(line: string, open: number, delimiter: string): number | null {
  for (let quote = line.indexOf('"', open + 1); quote !== -1; quote = line.indexOf('"', quote + 1)) {
    if (line[quote + 1] === '"') quote++;
    else return quote + 1 === line.length || line[quote + 1] === delimiter ? quote : null;
  }
  return null;
}

/** Whether the line that follows is a whole record by itself. */
function nextLineStands(text: string, start: number, dialect: Dialect, width: number, final: boolean): boolean {
  const end = endOfLine(text, start, dialect, final);
  return end !== null && end > start && readLine(text, start, end, dialect).cells.length === width;
}

function endOfLine(text: string, start: number, dialect: Dialect, final: boolean): number | null {
  for (let at = start; at < text.length; at++) if (isEnd(text, at, dialect)) return at;
  return final ? text.length : null;
}

/** A record ends with LF or CRLF; a lone CR ends it only where the file has no LF at all. */
function isEnd(text: string, at: number, dialect: Dialect): boolean {
  const sign = text[at];
  if (sign === '\n') return true;
  if (sign !== '\r') return false;
  return dialect.newline === 'cr' || text[at + 1] === '\n' || at + 1 === text.length;
}

/** Where the next record starts, null when a CR at the end of the text may be half of CRLF. */
function afterEnd(text: string, end: number, final: boolean): number | null {
  if (text[end] === '\r') {
    if (end + 1 >= text.length && !final) return null;
    return text[end + 1] === '\n' ? end + 2 : end + 1;
  }
  return Math.min(end + 1, text.length);
}
