// A drawing in memory: shapes of straight lines filled with exact coverage at their edges (the method of font-rs and stb_truetype).

export type Point = readonly [number, number];
/** Closed lines; what is inside is filled. */
export type Shape = readonly (readonly Point[])[];
/** "#1d5873". */
export type Colour = `#${string}`;

export type Bitmap = {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, row by row. */
  readonly pixels: Uint8Array;
};

export function newBitmap(width: number, height: number, ground: Colour): Bitmap {
  const pixels = new Uint8Array(width * height * 3);
  const rgb = rgbOf(ground);
  for (let at = 0; at < pixels.length; at++) pixels[at] = rgb[at % 3] ?? 0;
  return { width, height, pixels };
}

/** Fills a shape; holes are lines that turn the other way. @param alpha 0 to 1 */
export function fill(bitmap: Bitmap, shape: Shape, colour: Colour, alpha = 1): void {
  const box = boxOf(shape, bitmap);
  if (box === null) return;
  const [left, top, right, bottom] = box;
  const width = right - left + 2;
  const cover = new Float32Array(width * (bottom - top) + 2);
  for (const line of shape)
    for (let index = 0; index < line.length; index++) {
      const from = line[index] as Point;
      const to = line[(index + 1) % line.length] as Point;
      addEdge(cover, width, bottom - top, [from[0] - left, from[1] - top], [to[0] - left, to[1] - top]);
    }
  const rgb = rgbOf(colour);
  for (let y = top; y < bottom; y++) {
    let sum = 0;
    for (let x = left; x < right; x++) {
      sum += cover[(y - top) * width + x - left] ?? 0;
      const share = Math.min(Math.abs(sum), 1) * alpha;
      if (share < 1 / 512) continue;
      const at = (y * bitmap.width + x) * 3;
      for (let part = 0; part < 3; part++) {
        const before = bitmap.pixels[at + part] ?? 0;
        bitmap.pixels[at + part] = Math.round(before + ((rgb[part] ?? 0) - before) * share);
      }
    }
  }
}

/** The pixels that a shape touches, inside the drawing; null when there is none. */
function boxOf(shape: Shape, { width, height }: Bitmap): readonly [number, number, number, number] | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of shape)
    for (const [x, y] of line) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  const box = [
    Math.max(0, Math.floor(left)),
    Math.max(0, Math.floor(top)),
    Math.min(width, Math.ceil(right)),
    Math.min(height, Math.ceil(bottom)),
  ] as const;
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

/** Adds what an edge covers: for each row, the share of the pixel to its right, carried on by the running sum. */
function addEdge(cover: Float32Array, width: number, height: number, from: Point, to: Point): void {
  if (from[1] === to[1]) return;
  const down = from[1] < to[1];
  const [x0, y0] = down ? from : to;
  const [x1, y1] = down ? to : from;
  const slope = (x1 - x0) / (y1 - y0);
  const end = Math.min(height, Math.ceil(y1));
  const most = width - 2;
  for (let y = Math.max(0, Math.floor(y0)); y < end; y++) {
    const [above, below] = [Math.max(y, y0), Math.min(y + 1, y1)];
    if (below <= above) continue;
    const part = (below - above) * (down ? 1 : -1);
    const a = clamp(x0 + (above - y0) * slope, most);
    const b = clamp(x0 + (below - y0) * slope, most);
    const [left, right] = a < b ? [a, b] : [b, a];
    const first = Math.floor(left);
    const row = y * width;
    if (right <= first + 1) {
      // Inside one pixel: what is to the right of the middle of the edge.
      const share = 1 - ((left + right) / 2 - first);
      add(cover, row + first, part * share);
      add(cover, row + first + 1, part * (1 - share));
      continue;
    }
    let before = 0;
    for (let x = first; x < right; x++) {
      // The part of the row to the right of the edge, up to the end of this pixel.
      const covered = coveredUntil(x + 1, left, right);
      add(cover, row + x, part * (covered - before));
      before = covered;
    }
    add(cover, row + Math.ceil(right), part * (1 - before));
  }
}

/**
 * The coverage of the pixel that ends at `end`, by all that is to the right of an edge which goes evenly from left to right:
 * the mean over the pixel of the share of the edge that was already passed.
 */
function coveredUntil(end: number, left: number, right: number): number {
  const passed = (x: number) => {
    const inside = Math.min(Math.max(x, left), right) - left;
    return (inside * inside) / (2 * (right - left)) + Math.max(0, x - right);
  };
  return passed(end) - passed(end - 1);
}

function add(cover: Float32Array, at: number, value: number): void {
  cover[at] = (cover[at] ?? 0) + value;
}

function clamp(x: number, most: number): number {
  return Math.min(Math.max(x, 0), most);
}

function rgbOf(colour: Colour): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
