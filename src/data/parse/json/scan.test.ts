import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonFault, type JsonKind, type JsonPath, JsonTooLong, jsonScanner } from './scan.ts';

type Choice = (path: JsonPath, kind: JsonKind) => 'enter' | 'take' | 'pass';

function scan(text: string, choose: Choice, chunkBytes = 1 << 20, most?: number) {
  const taken: [string, string][] = [];
  const met: string[] = [];
  const scanner = jsonScanner(
    {
      meet(path, kind) {
        met.push(`${path.join('.')}:${kind}`);
        return choose(path, kind);
      },
      take: (value, path) => taken.push([path.join('.'), value]),
    },
    most,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.write(bytes.subarray(at, at + chunkBytes));
  return { taken, met, whole: scanner.end() };
}

const elementsOf =
  (...path: readonly string[]): Choice =>
  (at) =>
    at.join('.') === [...path, '*'].join('.') ? 'take' : at.every((name, i) => name === path[i]) ? 'enter' : 'pass';

test('the elements of an array inside an object are handed over whole, whatever surrounds them', () => {
  const text = '{"nom":"a\\"]}","x":{"y":[1,2,{"z":"]"}]},"données":[{"a":1},[2], "t\\\\",  -3.5e2,null],"fin":true}';
  for (const size of [1, 2, 3, 7, 1000]) {
    const { taken, whole } = scan(text, elementsOf('données'), size);
    expect(taken.map(([, value]) => value)).toEqual(['{"a":1}', '[2]', '"t\\\\"', '-3.5e2', 'null']);
    expect(whole).toBe(true);
  }
});

test('everything met is told with its path', () => {
  const { met } = scan('{"a":{"b":[{"c":1},[5]]},"d":"x"}', () => 'enter');
  expect(met).toEqual([
    ':object',
    'a:object',
    'a.b:array',
    'a.b.*:object',
    'a.b.*.c:scalar',
    'a.b.*:array',
    'a.b.*.*:scalar',
    'd:scalar',
  ]);
});

test('values may follow each other at the top', () => {
  const { taken, whole } = scan('{"a":1}\n{"a":2}\r\n\u001e{"a":3}\n12', () => 'take', 4);
  expect(taken.map(([, value]) => value)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}', '12']);
  expect(whole).toBe(true);
});

test('a cut text gives what came whole before the cut', () => {
  const { taken, whole } = scan('[{"a":1},{"a":2},{"a"', elementsOf());
  expect(taken.map(([, value]) => value)).toEqual(['{"a":1}', '{"a":2}']);
  expect(whole).toBe(false);
  expect(scan('', () => 'take').whole).toBe(false);
  expect(scan('  \n', () => 'take').whole).toBe(false);
});

test('a comma before the end is forgiven, what is no JSON is not', () => {
  expect(scan('[1,2,]', elementsOf()).taken).toHaveLength(2);
  for (const text of ['}', '[}', '{]', '[1 2]', '{"a" 1}', '{"a":}', '{a:1}', ',1', '[#]', '{"\\x":1}', '[1:2]'])
    expect(() => scan(text, () => 'enter'), text).toThrow(JsonFault);
});

test('a value that is too long is told, not kept', () => {
  const long = `["${'a'.repeat(1000)}"]`;
  expect(() => scan(long, elementsOf(), 10, 500)).toThrow(JsonTooLong);
  expect(scan(long, () => 'pass', 10, 500).whole).toBe(true);
});

test('any array gives back its elements, however it is cut in chunks', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), (values, size) => {
      const { taken, whole } = scan(JSON.stringify(values), elementsOf(), size);
      expect(taken.map(([, value]) => JSON.parse(value))).toEqual(JSON.parse(JSON.stringify(values)));
      expect(whole).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('any text is either scanned or refused by name', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",:\\a1 \n') }), (text) => {
      try {
        scan(text, () => 'enter', 3);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonFault);
      }
    }),
    { numRuns: 500 },
  );
});
