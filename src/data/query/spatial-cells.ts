// An area cut into a grid: the cells wholly inside it, and those its boundary crosses, so that most points need no comparison.
import { locate, type Shape } from './spatial-shape.ts';

export type Cells = {
  readonly side: number;
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  /** Numbers of cells: column + side × row. */
  readonly inside: readonly number[];
  readonly edge: readonly number[];
};

const side = 64;
/** How far beyond its line a boundary is said to reach, in cells: more than two reckonings of a cell may differ. */
const doubt = 1e-6;

/** The cells of an area; null for what is none, or has no width. */
export function cellsOf(shape: Shape): Cells | null {
  const [west, south, east, north] = shape.extent;
  const [width, height] = [(east - west) / side, (north - south) / side];
  if (shape.dimension !== 2 || !(width > 0) || !(height > 0)) return null;
  const edges = new Uint8Array(side * side);
  const clamp = (cell: number) => Math.max(0, Math.min(side - 1, Math.floor(cell)));
  const s = shape.segments;
  for (let i = 0; i < s.length; i += 4) {
    const [ax, ay] = [((s[i] as number) - west) / width, ((s[i + 1] as number) - south) / height];
    const [bx, by] = [((s[i + 2] as number) - west) / width, ((s[i + 3] as number) - south) / height];
    // Row by row, the columns that the segment passes.
    const [low, high] = [Math.min(ay, by), Math.max(ay, by)];
    for (let row = clamp(low - doubt); row <= clamp(high + doubt); row++) {
      const [from, to] = [Math.max(low, row - doubt), Math.min(high, row + 1 + doubt)];
      const at = (y: number) => (by === ay ? ax : ax + ((y - ay) / (by - ay)) * (bx - ax));
      const xs = by === ay ? [ax, bx] : [at(from), at(to)];
      for (let column = clamp(Math.min(...xs) - doubt); column <= clamp(Math.max(...xs) + doubt); column++)
        edges[column + side * row] = 1;
    }
  }
  for (const [x, y] of shape.points) edges[clamp((x - west) / width) + side * clamp((y - south) / height)] = 1;
  const [inside, edge]: [number[], number[]] = [[], []];
  for (let cell = 0; cell < edges.length; cell++) {
    if (edges[cell] === 1) edge.push(cell);
    else {
      const [x, y] = [west + ((cell % side) + 0.5) * width, south + (Math.floor(cell / side) + 0.5) * height];
      if (locate(shape, x, y) === 'I') inside.push(cell);
    }
  }
  return { side, west, south, width, height, inside, edge };
}

/** SQL of the number of a point's cell, for points within the area's extent. */
export function cellSql(column: string, { west, south, width, height }: Cells): string {
  const axis = (name: string, from: number, step: number) =>
    `greatest(0, least(${side - 1}, CAST(floor((${column}.${name} - (${double(from)})) / ${double(step)}) AS BIGINT)))`;
  return `(${axis('lon', west, width)} + ${side} * ${axis('lat', south, height)})`;
}

/** A number of ours as SQL, read back as the same one. */
function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
