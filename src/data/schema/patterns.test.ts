import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeByPattern, readPattern } from './patterns.ts';

test('a pattern must match the whole value, alternatives included', () => {
  const { js } = readPattern('a|b');
  expect([js?.test('a'), js?.test('b'), js?.test('ab'), js?.test('xb')]).toEqual([true, true, false, false]);
});

test('what Python and XML Schema write is said again for both engines', () => {
  expect(readPattern('^[a-z\\u00C0-\\u00FF]+$').re2).toBe('(?:^[a-z\\x{00C0}-\\x{00FF}]+$)');
  expect(readPattern("[a-z\\-\\'\\’]+").js?.test("l'été-’".normalize('NFC').replaceAll('é', 'e'))).toBe(true);
  expect(readPattern('\\w+').js?.test('été')).toBe(true);
  expect(readPattern('(?P<an>\\d{4})').js?.test('2024')).toBe(true);
  expect(readPattern('(?P<an>\\d{4})').re2).toBe('(?:(?P<an>[0-9]{4}))');
});

test('look-around and back-references are left to JavaScript', () => {
  expect(readPattern('(?=a)a').re2).toBeNull();
  expect(readPattern('(a|b)\\1').re2).toBeNull();
  expect(readPattern('(a|b)\\1').js?.test('aa')).toBe(true);
  expect(readPattern('(a|b)\\1').js?.test('ab')).toBe(false);
  expect(readPattern('a{2000}').re2).toBeNull();
});

test('what is no regular expression is told, not thrown', () => {
  expect(readPattern('(').js).toBeNull();
  expect(readPattern('[z-a]').js).toBeNull();
  expect(readPattern('(').re2).toBeNull();
});

test('a pattern that explodes is stopped', () => {
  const { js } = readPattern('(a+)+\\b$(?!x)');
  expect(js).not.toBeNull();
  if (js === null) return;
  expect(judgeByPattern(/^(a+)+$/u, [`${'a'.repeat(40)}!`], 200)).toBeNull();
  expect(judgeByPattern(js, ['aaa', 'b'], 1000)).toEqual([true, false]);
});

test('any text is either refused or becomes a pattern, and a quoted text matches itself alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      readPattern(text);
      const quoted = text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
      const { js } = readPattern(quoted);
      return js === null || (js.test(text) && !js.test(`${text}x`));
    }),
  );
});
