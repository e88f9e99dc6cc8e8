import { expect, test } from 'vitest';
import { fill, newBitmap } from './bitmap.ts';
import { brokenInto, fitted, widthOf } from './letters.ts';
import { rectangle } from './shapes.ts';

const red = (shape: readonly (readonly (readonly [number, number])[])[], width = 4, height = 2) => {
  const bitmap = newBitmap(width, height, '#000000');
  fill(bitmap, shape, '#ff0000');
  return Array.from({ length: width * height }, (_, at) => bitmap.pixels[at * 3]);
};

test('a pixel takes as much of the colour as the shape covers of it', () => {
  expect(red(rectangle(1, 0, 2, 1))).toEqual([0, 255, 255, 0, 0, 0, 0, 0]);
  expect(red(rectangle(0.5, 0, 2, 2))).toEqual([128, 255, 128, 0, 128, 255, 128, 0]);
  expect(red(rectangle(0, 0.75, 1, 0.5))).toEqual([64, 0, 0, 0, 64, 0, 0, 0]);
  // A triangle: half of the pixels on its long side.
  const triangle = [
    [
      [0, 0],
      [2, 2],
      [0, 2],
    ],
  ] as const;
  expect(red(triangle, 3, 2)).toEqual([128, 0, 0, 255, 128, 0]);
});

test('a line far from vertical covers each pixel by its part', () => {
  // From (0, 1) to (4, 0), and all below: an eighth more of each pixel in turn.
  const slope = [
    [
      [0, 1],
      [4, 0],
      [4, 1],
    ],
  ] as const;
  expect(red(slope, 4, 1)).toEqual([32, 96, 159, 223]);
});

test('what is outside, or no number, leaves the picture as it is', () => {
  expect(red(rectangle(10, 10, 5, 5))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(red(rectangle(Number.NaN, 0, 1, 1))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(red(rectangle(-100, -100, 1000, 1000))).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
});

test('texts are cut and broken to their place', () => {
  const style = { face: 'sans', size: 20 } as const;
  expect(fitted('court', 500, style)).toBe('court');
  const cut = fitted('un texte bien trop long', 80, style);
  expect(cut.endsWith('…')).toBe(true);
  expect(widthOf(cut, style)).toBeLessThanOrEqual(80);
  const lines = brokenInto('un deux trois quatre cinq six', 90, 3, style);
  expect(lines.length).toBeLessThanOrEqual(3);
  for (const line of lines) expect(widthOf(line, style)).toBeLessThanOrEqual(90);
  expect(brokenInto('', 90, 3, style)).toEqual(['']);
});
