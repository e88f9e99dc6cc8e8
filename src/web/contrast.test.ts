// The colours of the tokens keep WCAG 2.2 AA contrast, light and dark.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'assets', 'tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media screen and (prefers-color-scheme: dark)');

function colours(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
}

const texts: readonly [string, string][] = [
  ...['ground', 'surface', 'sand'].flatMap((ground) =>
    ['ink', 'ink-soft', 'link', 'link-hover'].map((ink): [string, string] => [ink, ground]),
  ),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['accent', 'ground'],
  ['slate-ink', 'slate'],
  ['slate-soft', 'slate'],
  ['warn', 'warn-ground'],
  ['bad', 'bad-ground'],
  ['good', 'good-ground'],
];
const shapes: readonly [string, string][] = [
  ['line-strong', 'surface'],
  ['focus', 'ground'],
  ['focus', 'surface'],
  ['focus', 'sand'],
];

test.each([
  ['light', colours(light)],
  ['dark', new Map([...colours(light), ...colours(dark)])],
])('%s', (_name, palette) => {
  const colour = (name: string) => palette.get(name) ?? expect.fail(`no colour ${name}`);
  for (const [ink, ground] of texts)
    expect(ratio(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  for (const [shape, ground] of shapes)
    expect(ratio(colour(shape), colour(ground)), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3);
});
