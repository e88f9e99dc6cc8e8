// Reads GPX: way-points, routes and tracks, one table for each kind that the file has.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { openTextSource } from '../json/source.ts';
import { type ColumnBook, columnBook, fillCells } from '../json/values.ts';
import { wgs84 } from './crs.ts';
import { aboutTable, type LayerObject, writeLayer } from './layer.ts';
import { type XmlElement, type XmlState, xmlElements } from './xml-elements.ts';
import { featuresOf, type XmlFeature } from './xml-features.ts';

/** GPX 1.1's elements, and what their tables are called. */
const kinds = { wpt: 'points', rte: 'itineraires', trk: 'traces' } as const;

/** @throws TerroirError file.empty, file.binary, file.damaged, file.objectTooLong, file.tooManyColumns */
export async function readGpx(file: DepositedFile, { scratch }: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  const source = await openTextSource(file, scratch, true);
  const tables: ParsedTable[] = [];
  const problems: Problem[] = [...source.problems];
  let cut = false;
  for (const [kind, title] of Object.entries(kinds)) {
    const state: XmlState = { cut: false, aside: [] };
    const book = columnBook();
    const written = await writeLayer(
      {
        name: title,
        columns: book.titles,
        async *objects() {
          const wanted = { objects: Object.keys(kinds), aside: [], folders: [] };
          for await (const batch of xmlElements(source, wanted, state, name))
            yield batch.filter((element) => element.name === kind).map((element) => objectOf(element, book));
        },
        declared: { crs: wgs84, source: 'defaults of the format' },
      },
      join(scratch, `${randomUUID()}.csv`),
      name,
    );
    cut ||= state.cut;
    if (written.table.source.records === 0) continue;
    tables.push(written.table);
    const broken = state.cut ? [problem('file.cut', 'error', { count: written.table.rows })] : [];
    problems.push(...aboutTable([...broken, ...written.problems], title, true));
  }
  if (tables.length === 0) throw new TerroirError(cut ? 'file.damaged' : 'file.empty', { name });
  const [only] = tables;
  const base = name.replace(/(\.(gpx|xml|gz|zip))+$/i, '') || name;
  if (tables.length === 1 && only !== undefined)
    return {
      value: { format: 'gpx', encoding: source.encoding, delimiter: null, tables: [{ ...only, name: base }] },
      problems: problems.map((each) => (each.sheet === only.name ? { ...each, sheet: null } : each)),
    };
  return { value: { format: 'gpx', encoding: source.encoding, delimiter: null, tables }, problems };
}

function objectOf(element: XmlElement, book: ColumnBook): LayerObject {
  const [features] = featuresOf([element.text], 'gpx', []);
  const [feature] = features ?? [];
  if (feature === undefined) {
    const value = `${element.text.slice(0, 60).replace(/\s+/g, ' ')}…`;
    return { cells: [], shape: null, fault: problem('object.unreadable', 'error', { value }) };
  }
  const { coordinateProperties: _times, _gpxType: _kind, ...properties } = feature.properties;
  const cells: (string | undefined)[] = [];
  const height = heightOf(feature);
  fillCells(height === null ? properties : { ...properties, ele: height }, book, cells);
  return { cells, shape: feature.geometry };
}

/** The height of a way-point is one of its attributes; that of a track's points is not. */
function heightOf({ geometry }: XmlFeature): number | null {
  if (typeof geometry !== 'object' || geometry === null || !('type' in geometry) || geometry.type !== 'Point')
    return null;
  const [, , height] = 'coordinates' in geometry && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
  return typeof height === 'number' ? height : null;
}
