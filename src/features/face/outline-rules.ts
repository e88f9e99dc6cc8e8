// Draws communes out of their boundaries: borders that two communes share are simplified once, so that no gap opens between them.

/** Longitude and latitude in degrees. */
export type Point = readonly [number, number];
type Ring = readonly Point[];

/** A commune and the rings of its boundary, holes included. */
export type Boundary = { readonly insee: string; readonly rings: readonly Ring[] };

export type DrawnCommune = {
  readonly insee: string;
  /** An SVG path in the drawing's own units. */
  readonly path: string;
  /** 0 to 5: no two neighbours have the same. */
  readonly tone: number;
  /** Measured on the boundary as it was given, in square kilometres. */
  readonly areaKm2: number;
  /** Where its name stands, and the box around it: x, y, width, height. */
  readonly middle: Point;
  /** How wide the commune is there. */
  readonly room: number;
  readonly box: readonly [number, number, number, number];
};

export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly communes: readonly DrawnCommune[];
  /** The line around all of them, and the same with far fewer points for a mark of a few millimetres. */
  readonly border: string;
  readonly mark: string;
};

type Arc = { readonly points: readonly Point[]; uses: number };

const drawingWidth = 1000;
/** In units of the drawing: what is thinner than this is not seen. */
const tolerance = 1.4;
const markTolerance = 14;
const earthRadiusKm = 6371.0072;

/** The rings of a GeoJSON Polygon or MultiPolygon; none for anything else. */
export function ringsOf(shape: unknown): readonly Ring[] {
  if (typeof shape !== 'object' || shape === null) return [];
  const { type, coordinates, geometry } = shape as Readonly<Record<string, unknown>>;
  if (type === 'Feature') return ringsOf(geometry);
  if (!Array.isArray(coordinates)) return [];
  const polygons: readonly unknown[] = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : [];
  return polygons
    .flatMap((polygon) => (Array.isArray(polygon) ? polygon : []))
    .map((ring: unknown) => (Array.isArray(ring) ? ring.filter(isPoint).map(([x, y]): Point => [x, y]) : []))
    .filter((ring) => ring.length > 3);
}

function isPoint(value: unknown): value is [number, number] {
  return Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]);
}

/** The area that rings enclose on the sphere, holes taken off by the direction of GeoJSON or by being inside: km². */
export function areaOf(rings: readonly Ring[]): number {
  // Lambert's cylindrical projection keeps areas: a plane polygon's formula is then right.
  const plane = rings.map((ring) =>
    shoelace(
      ring.map(
        ([lon, lat]): Point => [(earthRadiusKm * lon * Math.PI) / 180, earthRadiusKm * Math.sin((lat * Math.PI) / 180)],
      ),
    ),
  );
  const outer = plane.reduce((largest, area) => (Math.abs(area) > Math.abs(largest) ? area : largest), 0);
  // Rings that turn the other way than the largest are its holes.
  return Math.abs(
    plane.reduce((sum, area) => sum + (Math.sign(area) === Math.sign(outer) ? 1 : -1) * Math.abs(area), 0),
  );
}

function shoelace(ring: Ring): number {
  return (
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0) / 2
  );
}

/** Draws the communes on one sheet, north above; null when there is nothing to draw. */
export function drawCommunes(boundaries: readonly Boundary[]): Drawing | null {
  const known = boundaries.filter(({ rings }) => rings.length > 0);
  const all = known.flatMap(({ rings }) => rings.flat());
  if (all.length === 0) return null;
  const west = least(all.map(([x]) => x));
  const east = most(all.map(([x]) => x));
  const south = least(all.map(([, y]) => y));
  const north = most(all.map(([, y]) => y));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = drawingWidth / Math.max((east - west) * squeeze, 1e-9);
  const place = ([lon, lat]: Point): Point => [(lon - west) * squeeze * scale, (north - lat) * scale];
  const placed = known.map(({ insee, rings }) => ({ insee, rings: rings.map((ring) => open(ring.map(place))) }));
  const arcs = new Map<string, Arc>();
  const junctions = junctionsOf(placed);
  const ways = placed.map(({ insee, rings }) => ({ insee, rings: cutIntoArcs(rings, junctions, arcs) }));
  const tones = tonesOf(ways.map(({ rings }) => new Set(rings.flat().map(({ arc }) => arc))));
  const communes = ways.map(({ insee, rings }, index) => {
    const drawn = rings.map((way) => joined(way, arcs, tolerance));
    const largest = [...drawn].sort((a, b) => Math.abs(shoelace(b)) - Math.abs(shoelace(a)))[0] ?? [];
    return {
      insee,
      path: drawn.map((ring) => `${pathOf(ring)}z`).join(''),
      tone: tones[index] ?? 0,
      areaKm2: areaOf(known[index]?.rings ?? []),
      ...roomOf(largest),
      box: boxOf(largest),
    };
  });
  const outside = [...arcs.values()].filter(({ uses }) => uses === 1).map(({ points }) => points);
  return {
    width: drawingWidth,
    height: Math.round((north - south) * scale),
    communes,
    border: chained(outside.map((points) => simplified(points, tolerance)))
      .map(pathOf)
      .join(''),
    mark: chained(outside)
      .map((line) => `${pathOf(simplified(line, markTolerance))}z`)
      .join(''),
  };
}

/** Points where borders meet: a border between two communes has but two neighbours at each point. */
function junctionsOf(placed: readonly { readonly rings: readonly Ring[] }[]): ReadonlySet<string> {
  const neighbours = new Map<string, Set<string>>();
  for (const { rings } of placed)
    for (const ring of rings)
      ring.forEach((point, index) => {
        const around = neighbours.get(nameOf(point)) ?? new Set();
        for (const step of [-1, 1]) {
          const next = ring[(index + step + ring.length) % ring.length];
          if (next !== undefined) around.add(nameOf(next));
        }
        neighbours.set(nameOf(point), around);
      });
  return new Set([...neighbours].filter(([, around]) => around.size > 2).map(([name]) => name));
}

type Way = readonly { readonly arc: string; readonly backwards: boolean }[];

/** Tones of neighbours differ: each takes one that none of its neighbours has. */
function tonesOf(borders: readonly ReadonlySet<string>[]): readonly number[] {
  const tones: number[] = [];
  borders.forEach((border, index) => {
    const taken = new Set(tones.filter((_tone, other) => [...border].some((arc) => borders[other]?.has(arc))));
    // Begun elsewhere for each, so that tones vary where borders do not meet.
    tones[index] = [0, 1, 2, 3, 4].map((tone) => (tone + index) % 5).find((tone) => !taken.has(tone)) ?? 5;
  });
  return tones;
}

function cutIntoArcs(rings: readonly Ring[], junctions: ReadonlySet<string>, arcs: Map<string, Arc>): readonly Way[] {
  return rings.map((ring) => {
    // A ring that meets nothing is one arc, begun where everybody would begin it.
    const from = ring.findIndex((point) => junctions.has(nameOf(point)));
    const start = from >= 0 ? from : ring.reduce((best, point, at) => (before(point, ring[best]) ? at : best), 0);
    const turned = [...ring.slice(start), ...ring.slice(0, start)];
    const [first] = turned;
    if (first === undefined) return [];
    const way: { arc: string; backwards: boolean }[] = [];
    let current: Point[] = [first];
    for (const point of [...turned.slice(1), first]) {
      current.push(point);
      if (point !== first && !junctions.has(nameOf(point))) continue;
      way.push(keepArc(current, arcs));
      current = [point];
    }
    return way;
  });
}

function keepArc(points: readonly Point[], arcs: Map<string, Arc>): { arc: string; backwards: boolean } {
  const forwards = points.map(nameOf).join(' ');
  const reversed = points.map(nameOf).reverse().join(' ');
  const backwards = reversed < forwards;
  const arc = backwards ? reversed : forwards;
  const kept = arcs.get(arc) ?? { points: backwards ? [...points].reverse() : points, uses: 0 };
  kept.uses += 1;
  arcs.set(arc, kept);
  return { arc, backwards };
}

function joined(way: Way, arcs: ReadonlyMap<string, Arc>, within: number): Ring {
  return way.flatMap(({ arc, backwards }) => {
    const points = simplified(arcs.get(arc)?.points ?? [], within);
    return (backwards ? [...points].reverse() : points).slice(0, -1);
  });
}

/** Lines joined end to end, as far as they go. */
function chained(lines: readonly (readonly Point[])[]): readonly (readonly Point[])[] {
  const left = lines.filter((line) => line.length > 1);
  const chains: (readonly Point[])[] = [];
  for (let chain = left.pop(); chain !== undefined; chain = left.pop()) {
    for (;;) {
      const end = nameOf(chain.at(-1));
      const next = left.findIndex((line) => nameOf(line[0]) === end || nameOf(line.at(-1)) === end);
      const [line] = next < 0 ? [] : left.splice(next, 1);
      if (line === undefined) break;
      chain = [...chain, ...(nameOf(line[0]) === end ? line : [...line].reverse()).slice(1)];
    }
    chains.push(chain);
  }
  return chains;
}

/** Douglas and Peucker: keeps the points that stand farther from the line than the tolerance. */
export function simplified(points: readonly Point[], within: number): readonly Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (points.length < 3 || first === undefined || last === undefined) return points;
  const far = points.map((point) => distance(point, first, last));
  const at = far.reduce((best, value, index) => (value > (far[best] ?? 0) ? index : best), 0);
  const closed = nameOf(first) === nameOf(last);
  if (!closed && (far[at] ?? 0) <= within) return [first, last];
  return [...simplified(points.slice(0, at + 1), within).slice(0, -1), ...simplified(points.slice(at), within)];
}

function distance([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length < 1e-9) return Math.hypot(x - fromX, y - fromY);
  return Math.abs((toX - fromX) * (fromY - y) - (fromX - x) * (toY - fromY)) / length;
}

function middleOf(ring: Ring): Point {
  const twice = shoelace(ring) * 2;
  if (Math.abs(twice) < 1e-9) return ring[0] ?? [0, 0];
  let [sumX, sumY] = [0, 0];
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    sumX += (x + nextX) * (x * nextY - nextX * y);
    sumY += (y + nextY) * (x * nextY - nextX * y);
  });
  return [Math.round(sumX / (3 * twice)), Math.round(sumY / (3 * twice))];
}

/** Where a name has the most room on the line of the middle, and how much: the middle itself may stand at an edge. */
function roomOf(ring: Ring): { readonly middle: Point; readonly room: number } {
  const [middleX, y] = middleOf(ring);
  const level = y + 0.5;
  const crossings = ring
    .flatMap(([x, fromY], index) => {
      const [nextX, toY] = ring[(index + 1) % ring.length] ?? [x, fromY];
      return fromY > level === toY > level ? [] : [x + ((level - fromY) / (toY - fromY)) * (nextX - x)];
    })
    .sort((a, b) => a - b);
  let [from, to] = [middleX, middleX];
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [left = 0, right = 0] = crossings.slice(at, at + 2);
    if (right - left > to - from) [from, to] = [left, right];
  }
  return { middle: [Math.round((from + to) / 2), y], room: Math.round(to - from) };
}

function boxOf(ring: Ring): readonly [number, number, number, number] {
  const x = Math.floor(least(ring.map(([each]) => each)));
  const y = Math.floor(least(ring.map(([, each]) => each)));
  return [x, y, Math.ceil(most(ring.map(([each]) => each))) - x, Math.ceil(most(ring.map(([, each]) => each))) - y];
}

/** Relative lines in whole units: short, and the same bytes every time. */
function pathOf(points: readonly Point[]): string {
  const whole = points.map(([x, y]): Point => [Math.round(x), Math.round(y)]);
  return whole
    .map(([x, y], index) => {
      const [fromX, fromY] = whole[index - 1] ?? [0, 0];
      return index === 0 ? `M${x} ${y}` : `l${x - fromX} ${y - fromY}`;
    })
    .join('');
}

/** Without the last point, which GeoJSON repeats. */
function open(ring: Ring): Ring {
  return nameOf(ring[0]) === nameOf(ring.at(-1)) ? ring.slice(0, -1) : ring;
}

function nameOf(point: Point | undefined): string {
  return point === undefined ? '' : `${point[0].toFixed(2)},${point[1].toFixed(2)}`;
}

function before(point: Point, other: Point | undefined): boolean {
  return other === undefined || point[0] < other[0] || (point[0] === other[0] && point[1] < other[1]);
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
}
