// The shapes that a picture is made of: rectangles, discs, lines with a width, and the paths of SVG.
import type { Point, Shape } from './bitmap.ts';

export type Place = { readonly x: number; readonly y: number; readonly scale: number };

const cornerSteps = 6;

export function rectangle(x: number, y: number, width: number, height: number, radius = 0): Shape {
  const r = Math.min(radius, width / 2, height / 2);
  if (r <= 0) {
    return [
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ],
    ];
  }
  const corners: readonly Point[] = [
    [x + width - r, y + r],
    [x + width - r, y + height - r],
    [x + r, y + height - r],
    [x + r, y + r],
  ];
  return [
    corners.flatMap(([cx, cy], index) =>
      Array.from({ length: cornerSteps + 1 }, (_, step): Point => {
        const angle = ((index - 1 + step / cornerSteps) * Math.PI) / 2;
        return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
      }),
    ),
  ];
}

export function disc(x: number, y: number, radius: number): Shape {
  const steps = Math.max(12, Math.ceil(radius * 2));
  return [
    Array.from({ length: steps }, (_, index): Point => {
      const angle = (index / steps) * 2 * Math.PI;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    }),
  ];
}

/** A line of some width with round corners; every part turns the same way, so that parts which overlap add up. */
export function stroke(points: readonly Point[], width: number): Shape {
  const half = width / 2;
  const joints = points.flatMap(([x, y]) => disc(x, y, half));
  const parts = points.slice(1).flatMap(([x1, y1], index): (readonly Point[])[] => {
    const [x0, y0] = points[index] as Point;
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) return [];
    const [dx, dy] = [((x1 - x0) / length) * half, ((y1 - y0) / length) * half];
    return [
      [
        [x0 + dy, y0 - dx],
        [x1 + dy, y1 - dx],
        [x1 - dy, y1 + dx],
        [x0 - dy, y0 + dx],
      ],
    ];
  });
  return [...joints, ...parts];
}

/** A path of SVG with the commands M, L, l, Q and Z, put where it belongs; curves become lines. */
export function svgPath(path: string, { x, y, scale }: Place, upwards = false): Shape {
  const lines: Point[][] = [];
  let line: Point[] = [];
  let [px, py] = [0, 0];
  const put = (a: number, b: number) => line.push([x + a * scale, y + (upwards ? -b : b) * scale]);
  for (const [, command = '', text = ''] of path.matchAll(/([MLlQZz])([^A-Za-z]*)/g)) {
    const numbers = (text.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    if (command === 'M') {
      line = [];
      lines.push(line);
    }
    const size = command === 'Q' ? 4 : 2;
    for (let at = 0; at + size <= numbers.length; at += size) {
      const [a = 0, b = 0, c = 0, d = 0] = numbers.slice(at, at + size);
      if (command === 'Q') {
        const steps = curveSteps(Math.hypot(c - px, d - py) * scale);
        for (let step = 1; step <= steps; step++) {
          const t = step / steps;
          const u = 1 - t;
          put(u * u * px + 2 * u * t * a + t * t * c, u * u * py + 2 * u * t * b + t * t * d);
        }
        [px, py] = [c, d];
      } else {
        [px, py] = command === 'l' ? [px + a, py + b] : [a, b];
        put(px, py);
      }
    }
  }
  return lines.filter((each) => each.length > 2);
}

function curveSteps(length: number): number {
  return Math.min(12, Math.max(3, Math.ceil(length / 4)));
}
