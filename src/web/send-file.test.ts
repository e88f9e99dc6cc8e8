import { expect, test } from 'vitest';
import { isHeld, readRange } from './send-file.ts';

test('pieces of a file of ten bytes', () => {
  expect(readRange('bytes=0-3', 10)).toEqual({ start: 0, end: 3 });
  expect(readRange('bytes=7-', 10)).toEqual({ start: 7, end: 9 });
  expect(readRange('bytes=-4', 10)).toEqual({ start: 6, end: 9 });
  expect(readRange('bytes=5-99', 10)).toEqual({ start: 5, end: 9 });
  expect(readRange('bytes=-99', 10)).toEqual({ start: 0, end: 9 });
});

test('what is beyond, and what is not understood', () => {
  expect(readRange('bytes=10-', 10)).toBe('beyond');
  expect(readRange('bytes=-0', 10)).toBe('beyond');
  for (const header of [undefined, 'bytes=-', 'bytes=3-1', 'bytes=0-1,4-5', 'lines=0-1', 'bytes=a-b'])
    expect(readRange(header, 10)).toBeNull();
});

test('a tag that the reader has', () => {
  expect(isHeld('"a", W/"b"', 'b')).toBe(true);
  expect(isHeld('*', 'b')).toBe(true);
  expect(isHeld('"a"', 'b')).toBe(false);
  expect(isHeld(undefined, 'b')).toBe(false);
});
