// Colours of looks: read, refused with one that would do, made lighter for dark pages.
import { expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { checkColours, coloursSheet, contrast, readable, readColour } from './colour-rules.ts';

test('colours are read as people write them', () => {
  expect(readColour(' #1D5873 ')).toBe('#1d5873');
  expect(readColour('1d5873')).toBe('#1d5873');
  expect(readColour('#abc')).toBe('#aabbcc');
  expect(readColour('')).toBeNull();
  for (const text of ['bleu', '#12', '#1d5873;}body{display:none', 'url(x)'])
    expect(() => readColour(text), text).toThrow(TerroirError);
});

test('black on white is 21, a colour on itself is 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#1d5873', '#1d5873')).toBe(1);
  // #767676 is known as the lightest grey that is readable on white: 4.54.
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

function refusalOf(work: () => void): TerroirError {
  try {
    work();
  } catch (error) {
    if (error instanceof TerroirError) return error;
  }
  throw new Error('nothing was refused');
}

test('a light green is refused twice, with a darker one that would do', () => {
  const ground = refusalOf(() => checkColours({ ground: '#8bc34a', accent: null }));
  expect(ground.code).toBe('face.groundContrast');
  const accent = refusalOf(() => checkColours({ ground: null, accent: '#8bc34a' }));
  expect(accent.code).toBe('face.accentContrast');
  const ratio = Number(ground.params['ratio']);
  expect(ratio).toBeGreaterThan(1);
  expect(ratio).toBeLessThan(readable);
  checkColours({ ground: String(ground.params['proposal']), accent: String(accent.params['proposal']) });
});

test('what was accepted is readable light and dark', () => {
  checkColours({ ground: '#5a1f3d', accent: '#8a2f52' });
  const sheet = coloursSheet('ville-de-tours', { ground: '#5a1f3d', accent: '#8a2f52' });
  expect(sheet).toContain('[data-face="ville-de-tours"]{--slate:#5a1f3d;');
  const [, night = ''] = sheet.split('prefers-color-scheme:dark');
  const [, accent = ''] = /--accent:(#[0-9a-f]{6})/.exec(night) ?? [];
  expect(contrast(accent, '#161b1f')).toBeGreaterThanOrEqual(readable);
  expect(contrast(accent, '#262e33')).toBeGreaterThanOrEqual(readable);
  expect(contrast(accent, '#16200e')).toBeGreaterThanOrEqual(readable);
});

test('no colour, no style sheet', () => {
  expect(coloursSheet('x', { ground: null, accent: null })).toBe('');
});
