// Reads KML and KMZ: one table of placemarks, with their extended data, the tables of their descriptions and their folders.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { TerroirError } from '../../../lib/errors.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../../stages.ts';
import { openTextSource, type TextSource } from '../json/source.ts';
import { type ColumnBook, cellText, columnBook, fillCells, isRecord } from '../json/values.ts';
import { wgs84 } from './crs.ts';
import { aboutTable, type LayerObject, writeLayer } from './layer.ts';
import { unzipParts } from './parts.ts';
import { plainText, type XmlElement, type XmlState, xmlElements } from './xml-elements.ts';
import { featuresOf, type XmlFeature } from './xml-features.ts';

const wanted = { objects: ['Placemark'], aside: ['Schema'], folders: ['Folder'] };
const folderColumn = 'dossier';
const groupLength = 64 * 1024;
const shownLength = 60;

/** @throws TerroirError file.empty, file.binary, file.damaged, file.objectTooLong, file.tooManyColumns */
export async function readKml(file: DepositedFile, options: { scratch: string }): Promise<Stage<ParsedFile>> {
  return readAll([{ title: titleOf(file.innerName ?? file.name), file }], 'kml', file, options.scratch);
}

/** A KMZ is a zip: nearly always one `doc.kml` with its pictures. @throws as readKml, and file.archiveUnsafe */
export async function readKmz(file: DepositedFile, options: { scratch: string }): Promise<Stage<ParsedFile>> {
  const name = file.innerName ?? file.name;
  const parts = await unzipParts(file.path, name, ['.kml'], options.scratch);
  const inside = parts.flatMap(({ name: title, paths }) => {
    const path = paths.get('.kml');
    return path === undefined ? [] : [{ title, file: { ...file, path } }];
  });
  const [only] = inside;
  const titled = inside.length === 1 && only !== undefined ? [{ ...only, title: titleOf(name) }] : inside;
  return readAll(titled, 'kmz', file, options.scratch);
}

type Inside = { readonly title: string; readonly file: DepositedFile };

async function readAll(
  inside: readonly Inside[],
  format: string,
  whole: DepositedFile,
  scratch: string,
): Promise<Stage<ParsedFile>> {
  const name = whole.innerName ?? whole.name;
  const tables: ParsedTable[] = [];
  const problems: Problem[] = [];
  let encoding: string | null = null;
  let cut = false;
  for (const { title, file } of inside) {
    const source = await openTextSource(file, scratch, true);
    encoding ??= source.encoding;
    const read = await readOne(source, title, scratch, name);
    cut ||= read.cut;
    problems.push(...aboutTable([...source.problems, ...read.problems], title, inside.length > 1));
    if (read.value.source.records > 0) tables.push(read.value);
  }
  if (tables.length === 0) throw new TerroirError(cut ? 'file.damaged' : 'file.empty', { name });
  return { value: { format, encoding, delimiter: null, tables }, problems };
}

async function readOne(
  source: TextSource,
  title: string,
  scratch: string,
  name: string,
): Promise<Stage<ParsedTable> & { cut: boolean }> {
  const state: XmlState = { cut: false, aside: [] };
  const folders = await foldersOf(source, name);
  const book = columnBook();
  const written = await writeLayer(
    {
      name: title,
      columns: book.titles,
      async *objects() {
        for await (const batch of xmlElements(source, wanted, state, name))
          yield groups(batch).flatMap((group) => objectsOf(group, state.aside, folders.length > 1, book));
      },
      declared: { crs: wgs84, source: 'defaults of the format' },
    },
    join(scratch, `${randomUUID()}.csv`),
    name,
  );
  const cut = state.cut ? [problem('file.cut', 'error', { count: written.table.rows })] : [];
  return { value: written.table, problems: [...cut, ...written.problems], cut: state.cut };
}

/** Which folders hold objects: where there is one only, it says nothing of them. */
async function foldersOf(source: TextSource, name: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const batch of xmlElements(source, wanted, { cut: false, aside: [] }, name)) {
    for (const { folders } of batch) found.add(folders.join(' / '));
    if (found.size > 1) break;
  }
  return [...found];
}

function groups(elements: readonly XmlElement[]): readonly (readonly XmlElement[])[] {
  const all: XmlElement[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const element of elements) {
    if (length + element.text.length > groupLength) {
      all.push([]);
      length = 0;
    }
    all.at(-1)?.push(element);
    length += element.text.length;
  }
  return all;
}

function objectsOf(
  elements: readonly XmlElement[],
  aside: readonly string[],
  withFolders: boolean,
  book: ColumnBook,
): readonly LayerObject[] {
  const read = featuresOf(
    elements.map(({ text }) => text),
    'kml',
    aside,
  );
  return elements.map((element, index): LayerObject => {
    const [feature] = read[index] ?? [];
    if (feature === undefined) return unreadable(element.text);
    const cells: (string | undefined)[] = [];
    if (withFolders) cells[book.index(folderColumn)] = element.folders.join(' / ');
    fillProperties(feature, book, cells);
    const lost = feature.geometry === null && /<(?:\w+:)?coordinates>\s*[^<\s]/.test(element.text);
    return { cells, shape: lost ? { type: 'lost' } : feature.geometry };
  });
}

function fillProperties({ properties }: XmlFeature, book: ColumnBook, cells: (string | undefined)[]): void {
  const { description, coordinateProperties: _times, styleHash: _style, ...others } = properties;
  const { name, ...rest } = others;
  if (name !== undefined) cells[book.index('name')] = cellText(name);
  const html = isRecord(description) ? cellText(description['value']) : cellText(description);
  const pairs = tablePairs(html);
  if (pairs === null && html !== '') cells[book.index('description')] = html.trim();
  for (const [title, value] of pairs ?? []) cells[book.index(title)] = value;
  fillCells(rest, book, cells);
}

/** Map software writes attributes as a table of two columns in the description; null when it is no such table. */
function tablePairs(html: string): readonly (readonly [string, string])[] | null {
  if (!/<table/i.test(html)) return null;
  const rows = [...html.matchAll(/<tr\b[^>]*>(.*?)(?=<\/tr>|<tr\b|<\/table>|$)/gis)].map(([, row = '']) =>
    [...row.matchAll(/<(t[dh])\b[^>]*>((?:(?!<\/?t[dh]\b).)*)/gis)].map(([, , cell = '']) => plainText(cell)),
  );
  const pairs = rows.flatMap((cells) => {
    const [title, value] = cells;
    return cells.length === 2 && title !== undefined && value !== undefined && title !== ''
      ? [[title, value] as const]
      : [];
  });
  return pairs.length >= 2 && pairs.length >= rows.length / 2 ? pairs : null;
}

function unreadable(text: string): LayerObject {
  const value = `${text.slice(0, shownLength).replace(/\s+/g, ' ')}…`;
  return { cells: [], shape: null, fault: problem('object.unreadable', 'error', { value }) };
}

function titleOf(name: string): string {
  return name.replace(/(\.(kml|kmz|xml|gz|zip))+$/i, '') || name;
}
