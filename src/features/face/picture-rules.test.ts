// Pictures are told by their bytes; a drawing that holds a program is none.
import { expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { pictureType } from './picture-rules.ts';

const svg = (inside: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);

test('PNG, JPEG, WebP and SVG are known by their first bytes', () => {
  expect(pictureType(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toBe('image/png');
  expect(pictureType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
  expect(pictureType(Buffer.from('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(svg('<path d="M0 0"/><use href="#a"/>'))).toBe('image/svg+xml');
  expect(pictureType(Buffer.from('<?xml version="1.0"?>\n<!-- a mark -->\n<svg viewBox="0 0 1 1"/>'))).toBe(
    'image/svg+xml',
  );
});

test.each([
  '<script>alert(1)</script>',
  '<g onload="alert(1)"/>',
  '<a href="javascript:alert(1)"><path/></a>',
  '<foreignObject><body/></foreignObject>',
  '<image href="https://ailleurs.example/pixel.png"/>',
  '<style>@import "https://ailleurs.example/a.css"</style>',
  '<rect style="fill:url(https://ailleurs.example/x)"/>',
  '<set attributeName="href" to="javascript:alert(1)"/>',
])('refused: %s', (inside) => {
  expect(() => pictureType(svg(inside))).toThrow(TerroirError);
});

test('a page or a text is no picture, whatever its name', () => {
  expect(() => pictureType(Buffer.from('<!doctype html><svg></svg>'))).toThrow(TerroirError);
  expect(() => pictureType(Buffer.from('bonjour'))).toThrow(TerroirError);
  expect(() => pictureType(Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>'))).toThrow(
    TerroirError,
  );
});
