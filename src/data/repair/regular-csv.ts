// Reads the records of a source that parse found regular: UTF-8, one line end, quotes as RFC 4180 wants them.
import { createReadStream } from 'node:fs';
import type { TableSource } from '../stages.ts';

const chunkBytes = 1 << 20;

/** The records below the header, by batches; an empty cell is an empty text. */
export async function* regularRecords(source: TableSource): AsyncGenerator<readonly (readonly string[])[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let skip = source.skipLines;
  const take = (final: boolean): readonly (readonly string[])[] => {
    const batch: (readonly string[])[] = [];
    let at = 0;
    for (;;) {
      const end = recordEnd(text, at, final);
      if (end === -1) break;
      const next = text[end] === '\n' ? end + 1 : end;
      if (skip > 0) skip--;
      else {
        const last = text[end - 1] === '\r' && end > at ? end - 1 : end;
        // Blank lines stand at the end of the file alone, and are nothing.
        if (last > at) batch.push(cellsOf(text.slice(at, last), source));
      }
      at = next;
      if (at >= text.length) break;
    }
    text = text.slice(at);
    return batch;
  };
  for await (const chunk of createReadStream(source.path, { highWaterMark: chunkBytes })) {
    text += decoder.decode(chunk as Buffer, { stream: true });
    yield take(false);
  }
  text += decoder.decode();
  if (text !== '') yield take(true);
}

/** Where the record that starts at `start` ends (its LF, or the end of the text), -1 when more text is needed. */
function recordEnd(text: string, start: number, final: boolean): number {
  let at = start;
  for (;;) {
    const end = text.indexOf('\n', at);
    const line = end === -1 ? text.length : end;
    // An even number of quotes up to here: the line end is no part of a cell.
    if (isClosed(text, start, line)) return end === -1 && !final ? -1 : start >= text.length ? -1 : line;
    if (end === -1) return final && start < text.length ? line : -1;
    at = end + 1;
  }
}

function isClosed(text: string, start: number, end: number): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"', start); at !== -1 && at < end; at = text.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 0;
}

function cellsOf(line: string, { delimiter }: TableSource): readonly string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let end = line.indexOf('"', at + 1);
      while (end !== -1 && line[end + 1] === '"') end = line.indexOf('"', end + 2);
      if (end === -1) end = line.length;
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = line.indexOf(delimiter, at);
      cells.push(line.slice(at, end === -1 ? line.length : end));
      at = end === -1 ? line.length : end;
    }
    if (at >= line.length) return cells;
    at++;
    if (at === line.length) return [...cells, ''];
  }
}
