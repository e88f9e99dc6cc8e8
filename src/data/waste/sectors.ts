// Sectors drawn on a map: which one a point is in, where two of them overlap, where they leave a hole between them.
import { foldText } from '../../lib/text.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { CollectionRound } from '../../model/waste.ts';
import { type StreetTable, streetsOfTable } from './street-table.ts';

type Ring = readonly (readonly [lon: number, lat: number])[];

export type Sector = {
  readonly name: string;
  readonly row: number;
  readonly rounds: readonly CollectionRound[];
  /** Polygons of rings, the outer one first, WGS84 degrees. */
  readonly polygons: readonly (readonly Ring[])[];
};

const nameTitles = [
  /^(secteur|sector|nom_?(du_?)?secteur)$/,
  /^(nom|name|libelle|title|titre|zone|quartier)$/,
  /^(id|code)$/,
];

/** @param shapeOf the shape of a record, in GeoJSON's model */
export function sectorsOfTable(
  table: StreetTable,
  year: number | null,
  shapeOf: (cells: readonly string[]) => unknown,
): { readonly sectors: readonly Sector[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const names = table.titles.map((title) => foldText(title).replace(/[^a-z0-9]+/g, '_'));
  const column =
    nameTitles.map((pattern) => names.findIndex((name) => pattern.test(name))).find((at) => at !== -1) ?? -1;
  const notices = noticesOf(table, column, year, problems);
  const sectors = table.rows.flatMap(({ cells, row }): Sector[] => {
    const name = cells[column]?.trim() ?? '';
    const polygons = polygonsOf(shapeOf(cells));
    if (name === '') problems.push(problem('waste.sectors.noName', 'error', { row, unit: 'object' }));
    else if (polygons.length === 0)
      problems.push(problem('waste.sectors.noShape', 'error', { row, unit: 'object', value: name }));
    else return [{ name, row, polygons, rounds: notices.get(row) ?? [] }];
    return [];
  });
  return { sectors, problems };
}

/** The rounds that the sectors' own properties give; a map without days is still one of sectors. */
function noticesOf(
  table: StreetTable,
  column: number,
  year: number | null,
  problems: Problem[],
): ReadonlyMap<number, readonly CollectionRound[]> {
  const read = streetsOfTable(
    { ...table, titles: table.titles.map((title, at) => (at === column ? 'secteur' : title)) },
    year,
  );
  problems.push(
    ...read.problems.filter(({ code }) => code !== 'waste.streets.noColumns' && code !== 'waste.streets.noPlace'),
  );
  return new Map(
    read.streets.map(({ row, place, rounds }) => [row, rounds.map((round) => ({ ...round, sector: place }))]),
  );
}

/** The polygons of a shape in GeoJSON’s model; nothing for what is no area. */
export function polygonsOf(shape: unknown): readonly (readonly Ring[])[] {
  if (typeof shape !== 'object' || shape === null) return [];
  const { type, coordinates, geometries } = shape as { type?: unknown; coordinates?: unknown; geometries?: unknown };
  if (type === 'GeometryCollection') return Array.isArray(geometries) ? geometries.flatMap(polygonsOf) : [];
  const all: unknown = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
  return Array.isArray(all) ? all.map(ringsOf).filter((rings) => rings.length > 0) : [];
}

function ringsOf(polygon: unknown): readonly Ring[] {
  if (!Array.isArray(polygon)) return [];
  const rings = polygon.map((ring: unknown) =>
    (Array.isArray(ring) ? ring : []).flatMap((point: unknown): (readonly [number, number])[] => {
      const [lon, lat] = Array.isArray(point) ? point : [];
      return typeof lon === 'number' && typeof lat === 'number' ? [[lon, lat]] : [];
    }),
  );
  return rings.filter((ring) => ring.length >= 4);
}

/** The sectors that a point is in: one, several where they overlap, none outside. */
export function sectorsAt<S extends Pick<Sector, 'polygons'>>(
  sectors: readonly S[],
  lon: number,
  lat: number,
): readonly S[] {
  return sectors.filter(({ polygons }) => polygons.some((rings) => inPolygon(rings, lon, lat)));
}

/** Even and odd crossings of all rings: what is in a hole is outside. */
function inPolygon(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings)
    for (const [index, [x, y]] of ring.entries()) {
      const [px, py] = ring[index === 0 ? ring.length - 1 : index - 1] ?? [x, y];
      if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
    }
  return inside;
}

/** Cells along the longer side of the map: faults smaller than a cell are the digitiser's trembling hand, not told. */
const fineness = 300;
const metresPerDegree = 111_320;

/** Where sectors overlap and where they leave holes, for the steward; areas are those of a grid, hence « environ ». */
export function sectorProblems(sectors: readonly Sector[]): readonly Problem[] {
  if (sectors.length < 2) return [];
  const grid = gridOf(sectors);
  const overlaps = new Map<string, { count: number; cell: number; one: string; other: string }>();
  const covered = grid.cells.map((inside, cell) => {
    for (const [index, one] of inside.entries())
      for (const other of inside.slice(index + 1)) {
        const names = [sectors[one]?.name ?? '', sectors[other]?.name ?? ''] as const;
        // Two polygons of one name are one sector.
        if (names[0] === names[1]) continue;
        const known = overlaps.get(`${one} ${other}`) ?? { count: 0, cell, one: names[0], other: names[1] };
        overlaps.set(`${one} ${other}`, { ...known, count: known.count + 1 });
      }
    return inside.length > 0;
  });
  const area = (count: number) => String(Math.round(count * grid.cellArea));
  return [
    ...[...overlaps.values()].map(({ count, cell, one, other }) =>
      problem('waste.sectors.overlap', 'warning', {
        column: one,
        value: other,
        expected: area(count),
        proposal: grid.placeOf(cell),
      }),
    ),
    ...holesOf(covered, grid.width).map(({ count, cell }) =>
      problem('waste.sectors.hole', 'warning', { expected: area(count), proposal: grid.placeOf(cell) }),
    ),
  ];
}

type Grid = {
  /** For each cell, row by row, the indexes of the sectors that its middle is in; one empty cell all around. */
  readonly cells: readonly (readonly number[])[];
  readonly width: number;
  readonly cellArea: number;
  placeOf(cell: number): string;
};

function gridOf(sectors: readonly Sector[]): Grid {
  const box = boxOf(sectors.flatMap(({ polygons }) => polygons.flat()));
  const shrink = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
  const wide = (box.east - box.west) * shrink;
  const high = box.north - box.south;
  const step = Math.max(wide, high, 1e-9) / fineness;
  const columns = Math.max(1, Math.ceil(wide / step));
  const lines = Math.max(1, Math.ceil(high / step));
  const width = columns + 2;
  const cells: number[][] = Array.from({ length: width * (lines + 2) }, () => []);
  const lonOf = (column: number) => box.west + ((column + 0.5) * step) / shrink;
  const latOf = (line: number) => box.south + (line + 0.5) * step;
  const boxes = sectors.map(({ polygons }) => boxOf(polygons.flat()));
  for (const [index, { polygons }] of sectors.entries()) {
    const own = boxes[index] ?? box;
    for (let line = 0; line < lines; line++) {
      const lat = latOf(line);
      if (lat < own.south || lat > own.north) continue;
      const crossings = polygons.map((rings) => crossingsOf(rings, lat));
      for (const found of crossings)
        for (let at = 0; at + 1 < found.length; at += 2) {
          const first = Math.max(0, Math.ceil((((found[at] ?? 0) - box.west) * shrink) / step - 0.5));
          const last = Math.min(columns - 1, Math.floor((((found[at + 1] ?? 0) - box.west) * shrink) / step - 0.5));
          for (let column = first; column <= last; column++) cells[(line + 1) * width + column + 1]?.push(index);
        }
    }
  }
  return {
    cells,
    width,
    cellArea: (step * metresPerDegree) ** 2,
    placeOf: (cell) => {
      const lat = latOf(Math.floor(cell / width) - 1);
      return `${lat.toFixed(5)}, ${lonOf((cell % width) - 1).toFixed(5)}`;
    },
  };
}

/** The longitudes at which the outline of a polygon crosses a parallel, in order: inside is between two of them. */
function crossingsOf(rings: readonly Ring[], lat: number): readonly number[] {
  const found: number[] = [];
  for (const ring of rings)
    for (const [index, [x, y]] of ring.entries()) {
      const [px, py] = ring[index === 0 ? ring.length - 1 : index - 1] ?? [x, y];
      if (y > lat !== py > lat) found.push(((px - x) * (lat - y)) / (py - y) + x);
    }
  return found.sort((one, other) => one - other);
}

function boxOf(rings: readonly Ring[]) {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const ring of rings)
    for (const [lon, lat] of ring) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  return { west, south, east, north };
}

/** Uncovered cells that cannot be reached from the edge of the map; four of them at least make a hole. */
function holesOf(
  covered: readonly boolean[],
  width: number,
): readonly { readonly count: number; readonly cell: number }[] {
  const seen = [...covered];
  const fill = (from: number): number => {
    const open = [from];
    seen[from] = true;
    let count = 0;
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      count++;
      for (const next of [cell - 1, cell + 1, cell - width, cell + width])
        if (next >= 0 && next < seen.length && seen[next] === false) {
          seen[next] = true;
          open.push(next);
        }
    }
    return count;
  };
  // The edge around the map is never covered.
  fill(0);
  const holes: { count: number; cell: number }[] = [];
  for (let cell = seen.indexOf(false); cell !== -1; cell = seen.indexOf(false, cell)) {
    const count = fill(cell);
    if (count >= 4) holes.push({ count, cell });
  }
  return holes;
}
