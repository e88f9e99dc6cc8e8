// Reads the records of a source that parse found regular: UTF-8, one line end, quotes as RFC 4180 wants them.
import { createReadStream } from 'node:fs';
import type { TableSource } from '../stages.ts';

const chunkBytes = 1 << 20;

/** A record: its cells, and its line as the file has it when no cell of it is quoted. */
export type RegularRecord = { readonly cells: readonly string[]; readonly plain: string | null };

/** The records below the header, by batches; an empty cell is an empty text. */
export async function* regularRecords(source: TableSource): AsyncGenerator<readonly RegularRecord[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let skip = source.skipLines;
  const take = (final: boolean): readonly RegularRecord[] => {
    const batch: RegularRecord[] = [];
    let at = 0;
    // Where the next quote is: looked for once, not for each record.
    let quote = text.indexOf('"');
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      let quoted = false;
      // A line end between an odd and an even quote is part of a cell.
      while (quote !== -1 && (end === -1 || quote < end)) {
        quoted = true;
        const close = text.indexOf('"', quote + 1);
        if (close === -1) break;
        if (end !== -1 && close > end) end = text.indexOf('\n', close);
        quote = text.indexOf('"', close + 1);
      }
      const isOpen = quote !== -1 && (end === -1 || quote < end);
      if ((end === -1 || isOpen) && !final) break;
      const stop = end === -1 || isOpen ? text.length : end;
      if (skip > 0) skip--;
      else {
        const last = stop > at && text[stop - 1] === '\r' ? stop - 1 : stop;
        // Blank lines stand at the end of the file alone, and are nothing.
        if (last > at) {
          const line = text.slice(at, last);
          batch.push(
            quoted
              ? { cells: cellsOf(line, source), plain: null }
              : { cells: line.split(source.delimiter), plain: line },
          );
        }
      }
      at = stop + 1;
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

function cellsOf(line: string, { delimiter }: TableSource): readonly string[] {
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
