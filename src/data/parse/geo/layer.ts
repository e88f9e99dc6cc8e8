// Writes the objects of one layer as a clean copy: their attributes as text, then their shapes as WKT and a point for each.
import { open } from 'node:fs/promises';
import { TerroirError } from '../../../lib/errors.ts';
import { uniqueNames } from '../../../lib/text.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { ParsedShapes, ParsedTable } from '../../stages.ts';
import { cleanDelimiter } from '../clean-copy.ts';
import { mostColumns } from '../dialect.ts';
import { readHeaders } from '../headers.ts';
import { problemList } from '../problem-list.ts';
import { sampleOf } from '../sample.ts';
import type { ToDegrees } from './crs.ts';
import { type DeclaredCrs, decidePlacement, type Placement, shapeColumn } from './placer.ts';
import { degreesText, gatherCoordinates, placeShape, type ShapeFault } from './shape.ts';
import { ShapeSum } from './shape-sum.ts';

/** One object of a layer; or what is wrong with one that could not be read. */
export type LayerObject = {
  /** The texts of its attributes, in the order of the layer's columns; what is missing or undefined is empty. */
  readonly cells: readonly (string | undefined)[];
  /** A geometry as GeoJSON writes it, null when it has none. */
  readonly shape: unknown;
  readonly fault?: Problem;
};

export type Layer = {
  readonly name: string;
  /** Titles of the columns; a reader that meets more of them on its way adds them at the end. */
  readonly columns: readonly string[];
  /** Reads the layer from its beginning, by batches of a few megabytes; may be called twice. */
  objects(): AsyncIterable<readonly LayerObject[]>;
  /** Null for a table without shapes. */
  readonly declared: DeclaredCrs | null;
  /** How shapes are written when their coordinates are already WGS84 degrees whatever `declared` says. */
  readonly alreadyDegrees?: boolean;
};

export type WrittenLayer = { readonly table: ParsedTable; readonly problems: readonly Problem[] };

const headObjects = 1000;
const headBatches = 8;
const guessedFrom = 2000;
const pointsOfOne = 50;
const writtenAtOnce = 1 << 20;
/** A sample tells types: it need not carry every shape whole. */
const sampledShape = 1000;
const missing = Symbol('more columns');

const faultCodes = {
  broken: 'geo.shapeBroken',
  empty: 'geo.shapeEmpty',
  unclosed: 'geo.shapeUnclosed',
  outside: 'geo.shapeOutside',
} as const satisfies Record<ShapeFault, string>;

/**
 * Writes a layer. Objects are counted from 1, as the rows of a table without header.
 * @param name the file's name, for refusals
 * @throws TerroirError file.tooManyColumns
 */
export async function writeLayer(layer: Layer, to: string, name: string): Promise<WrittenLayer> {
  let withShapes = layer.declared !== null;
  let lost: readonly Problem[] = [];
  for (;;) {
    const written = await writeOnce(layer, withShapes, to, name);
    // Columns came after the first objects: the layer is read once more, with all of them.
    if (written === missing) continue;
    if (!withShapes || written.table.shapes !== undefined)
      return { ...written, problems: [...lost, ...written.problems] };
    // No shape could be placed: once more, without their column.
    withShapes = false;
    lost = written.problems.filter(({ code }) => code === 'geo.crsUnknown');
  }
}

async function writeOnce(
  layer: Layer,
  withShapes: boolean,
  to: string,
  name: string,
): Promise<WrittenLayer | typeof missing> {
  const list = problemList();
  const sample = sampleOf<readonly string[]>();
  const dropped: number[] = [];
  const empties = { first: 0, count: 0 };
  const sum = new ShapeSum();
  let [row, records, longest, lastKept, heights] = [0, 0, 0, 0, false];
  let width = -1;
  const place = { undecided: withShapes, found: null as Placement | null };
  let pending = '';
  let head: LayerObject[] = [];
  let headParts = 0;
  let grown = false;
  const output = await open(to, 'w');

  const decide = (objects: readonly LayerObject[]) => {
    const { declared } = layer;
    if (!place.undecided || declared === null) return;
    const [xs, ys]: [number[], number[]] = [[], []];
    for (const { shape } of objects) {
      gatherCoordinates(shape, xs, ys, pointsOfOne);
      if (xs.length >= guessedFrom) break;
    }
    if (xs.length === 0) return;
    place.undecided = false;
    const placement = decidePlacement(layer.alreadyDegrees === true ? inDegrees(declared) : declared, xs, ys);
    if (placement === null) list.add(problem('geo.crsUnknown', 'error', { column: shapeColumn }));
    else for (const each of placement.problems) list.add(each);
    place.found = placement;
  };

  const shapeCells = (shape: unknown): readonly [string, string, string] => {
    if (shape === null || shape === undefined) return noShape;
    if (place.undecided) decide([{ cells: [], shape }]);
    // Without a single coordinate there is nothing to place, but something to say.
    if (place.found === null && !place.undecided) return noShape;
    const placed = placeShape(shape, place.found?.convert ?? asTheyAre);
    if (placed.wkt === null) {
      list.add(problem(faultCodes[placed.fault], 'warning', { row, column: shapeColumn }));
      return noShape;
    }
    if (placed.hasHeight) heights = true;
    sum.add(placed);
    return [placed.wkt, degreesText(placed.center[0]), degreesText(placed.center[1])];
  };

  const write = ({ cells, shape, fault }: LayerObject) => {
    row++;
    if (fault !== undefined) {
      list.add({ ...fault, row });
      dropped.push(row);
      return;
    }
    const texts: string[] = [];
    let filled = false;
    for (let index = 0; index < width; index++) {
      const text = cells[index] ?? '';
      if (text !== '') filled = true;
      texts.push(text);
    }
    const hadShape = shape !== null && shape !== undefined;
    if (withShapes) texts.push(...shapeCells(shape));
    // A record of one empty cell would be a blank line, which is no record.
    if (!filled && (!hadShape || (texts.at(-1) ?? '') === '')) {
      dropped.push(row);
      empties.count++;
      empties.first ||= row;
      return;
    }
    lastKept = row;
    records++;
    if (sample.wants())
      sample.add(withShapes ? [...texts.slice(0, width), (texts[width] ?? '').slice(0, sampledShape)] : texts);
    else sample.skip();
    let line = '';
    for (let index = 0; index < texts.length; index++) {
      if (index > 0) line += cleanDelimiter;
      line += csvCell(texts[index] as string);
    }
    longest = Math.max(longest, line.length + 1);
    pending += `${line}\n`;
  };

  const freeze = () => {
    if (width !== -1) return;
    width = layer.columns.length;
    if (width >= mostColumns) throw new TerroirError('file.tooManyColumns', { name, columns: width, max: mostColumns });
    decide(head);
    for (const object of head) write(object);
    head = [];
  };

  try {
    for await (const batch of layer.objects()) {
      if (grown) continue;
      if (width === -1) {
        for (const object of batch) head.push(object);
        if (head.length >= headObjects || ++headParts >= headBatches) freeze();
      } else if (layer.columns.length > width) grown = true;
      else for (const object of batch) write(object);
      if (pending.length > writtenAtOnce) {
        await output.writeFile(pending);
        pending = '';
      }
    }
    if (grown) return missing;
    freeze();
    await output.writeFile(pending);
  } finally {
    await output.close();
  }
  if (empties.count > 0) list.add(problem('row.empty', 'advice', { row: empties.first, count: empties.count }));
  if (heights) list.add(problem('geo.heightDropped', 'advice', { column: shapeColumn }));
  return {
    problems: list.all(),
    table: {
      name: layer.name,
      ...(withShapes && place.found !== null ? { shapes: shapesOf(width, place.found, sum) } : {}),
      source: {
        path: to,
        delimiter: cleanDelimiter,
        records,
        skipLines: 0,
        columns: width + (withShapes ? shapeCellCount : 0),
        original: false,
        longestRecord: longest * 3,
      },
      headerRow: null,
      rows: row,
      emptyRows: empties.count,
      headers: headersOf(layer.columns.slice(0, width), withShapes),
      unit: 'object',
      firstSourceRow: 1,
      droppedSourceRows: dropped.filter((at) => at < lastKept),
      sample: sample.all(),
    },
  };
}

/** A shape takes three cells: itself, the longitude and the latitude of the point that stands for it. */
const noShape = ['', '', ''] as const;
const shapeCellCount = noShape.length;

const asTheyAre: ToDegrees = (x, y) => [x, y];

/** In a file of several tables, each problem says of which one it speaks. */
export function aboutTable(problems: readonly Problem[], name: string, several: boolean): readonly Problem[] {
  return several ? problems.map((each) => ({ ...each, sheet: each.sheet ?? name })) : problems;
}

function inDegrees(declared: DeclaredCrs): DeclaredCrs {
  return declared.crs === null ? declared : { ...declared, crs: { ...declared.crs, definition: null, area: null } };
}

function shapesOf(column: number, { crs, source }: Placement, { type, box }: ShapeSum): ParsedShapes {
  return { column, crs: crs.code, source, type, bbox: box, pointColumns: [column + 1, column + 2] };
}

/** The column of the shapes keeps its name: an attribute that has the same one takes another. */
function headersOf(titles: readonly string[], withShapes: boolean): ParsedTable['headers'] {
  const { headers } = readHeaders(titles, titles.length, 1);
  if (!withShapes) return headers;
  const [shape, ...names] = uniqueNames([shapeColumn, ...headers.map(({ name }) => name)]);
  return [
    ...headers.map(({ title }, index) => ({ title, name: names[index] ?? '' })),
    { title: shapeColumn, name: shape ?? shapeColumn },
  ];
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
