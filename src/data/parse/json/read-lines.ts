// Reads JSON lines: one object, or one GeoJSON feature, per line; a broken line does not spoil the others.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import type { DepositedFile, ParsedFile, Stage } from '../../stages.ts';
import { wgs84 } from '../geo/crs.ts';
import { type Layer, type LayerObject, writeLayer } from '../geo/layer.ts';
import type { JsonElement } from './elements.ts';
import { judgeObjects, keyProblem, objectOf } from './objects.ts';
import { longestValueBytes } from './scan.ts';
import { chunksOf, openTextSource, type TextSource } from './source.ts';
import { columnBook } from './values.ts';

/** @throws TerroirError file.empty, file.binary, file.damaged, file.objectTooLong, file.tooManyColumns */
export async function readJsonLines(file: DepositedFile, options: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  return readLinesOf(await openTextSource(file, options.scratch), name, options.scratch);
}

export async function readLinesOf(source: TextSource, name: string, scratch: string): Promise<Stage<ParsedFile>> {
  const first = await firstLines(source, name);
  const shape = judgeObjects(first);
  const book = columnBook();
  if (shape.keyColumn !== null) book.index(shape.keyColumn.key);
  const layer: Layer = {
    name: name.replace(/(\.(json|geojson|ndjson|jsonl|geojsonl|geojsonseq|gz|zip))+$/i, '') || name,
    columns: book.titles,
    async *objects(): AsyncGenerator<readonly LayerObject[]> {
      for await (const batch of linesOf(source, name)) yield batch.map((line) => objectOf(line, shape, book));
    },
    declared: shape.features || shape.shapePath !== null ? { crs: wgs84, source: 'defaults of the format' } : null,
  };
  const written = await writeLayer(layer, join(scratch, `${randomUUID()}.csv`), name);
  if (written.table.source.records === 0)
    throw new TerroirError(written.table.rows === 0 ? 'file.empty' : 'file.damaged', { name });
  const keys = keyProblem(shape, first[0]);
  const format = shape.features ? 'geojson' : 'ndjson';
  return {
    value: { format, encoding: source.encoding, delimiter: null, tables: [written.table] },
    problems: [...source.problems, ...(keys === null ? [] : [keys]), ...written.problems],
  };
}

async function firstLines(source: TextSource, name: string): Promise<readonly JsonElement[]> {
  for await (const batch of linesOf(source, name)) return batch;
  return [];
}

/** The lines of a text that are not empty, by batches. @throws TerroirError file.objectTooLong */
export async function* linesOf(source: TextSource, name: string): AsyncGenerator<readonly JsonElement[]> {
  let rest: Buffer = Buffer.alloc(0);
  const element = (bytes: Uint8Array): JsonElement => {
    const text = Buffer.from(bytes).toString('utf8');
    // RFC 8142 puts a record separator before each text.
    return { text: (text.startsWith('\u001e') ? text.slice(1) : text).trim(), key: '*' };
  };
  for await (const chunk of chunksOf(source.path, source.start)) {
    const bytes = Buffer.concat([rest, chunk]);
    const batch: JsonElement[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10, from); end !== -1; end = bytes.indexOf(10, from)) {
      batch.push(element(bytes.subarray(from, end)));
      from = end + 1;
    }
    rest = Buffer.from(bytes.subarray(from));
    if (rest.length > longestValueBytes) throw new TerroirError('file.objectTooLong', { name, max: longestValueBytes });
    const filled = batch.filter(({ text }) => text !== '');
    if (filled.length > 0) yield filled;
  }
  const last = element(rest);
  if (last.text !== '') yield [last];
}
