import { expect, test } from 'vitest';
import { readTableSchema } from '../../model/schema-reader.ts';
import { brokenFields, changesBetween, nextVersion } from './changes.ts';

const schema = (...fields: readonly unknown[]) => readTableSchema({ name: 'bancs', title: 'Bancs', fields }, 'bancs');
const id = { name: 'id', type: 'string', constraints: { required: true } };
const before = schema(
  id,
  { name: 'bois', type: 'string', constraints: { enum: ['chêne', 'pin'] } },
  { name: 'places', type: 'integer', constraints: { maximum: 8 } },
);

test('each column says its gravest change; those that are gone come last', () => {
  const after = schema(
    id,
    { name: 'places', type: 'string' },
    { name: 'ombre', type: 'boolean' },
    { name: 'rue', type: 'string', constraints: { required: true } },
  );
  expect(changesBetween(before, after)).toEqual([
    { field: 'places', kind: 'retyped' },
    { field: 'ombre', kind: 'added' },
    { field: 'rue', kind: 'required' },
    { field: 'bois', kind: 'dropped' },
  ]);
});

test('fewer values, more values, other words', () => {
  const of = (constraints: object, more: object = {}) =>
    changesBetween(
      before,
      schema(
        id,
        { name: 'bois', type: 'string', constraints: { enum: ['chêne', 'pin'] }, ...more },
        { name: 'places', type: 'integer', constraints },
      ),
    );
  expect(of({ maximum: 6 })).toEqual([{ field: 'places', kind: 'tightened' }]);
  expect(of({ maximum: 8, minimum: 1 })).toEqual([{ field: 'places', kind: 'tightened' }]);
  expect(of({ maximum: 12 })).toEqual([{ field: 'places', kind: 'loosened' }]);
  expect(of({ maximum: 8 }, { constraints: { enum: ['chêne'] } })).toEqual([{ field: 'bois', kind: 'tightened' }]);
  expect(of({ maximum: 8 }, { constraints: { enum: ['chêne', 'pin', 'fer'] } })).toEqual([
    { field: 'bois', kind: 'loosened' },
  ]);
  expect(of({ maximum: 8 }, { description: 'L’essence' })).toEqual([{ field: 'bois', kind: 'reworded' }]);
  expect(of({ maximum: 8 })).toEqual([]);
});

test('the number tells what the change does to files', () => {
  expect(nextVersion(null, [])).toBe('1.0.0');
  expect(
    nextVersion('1.4.2', [
      { field: 'a', kind: 'added' },
      { field: 'b', kind: 'dropped' },
    ]),
  ).toBe('2.0.0');
  expect(nextVersion('1.4.2', [{ field: 'a', kind: 'added' }])).toBe('1.5.0');
  expect(nextVersion('1.4.2', [{ field: 'a', kind: 'reworded' }])).toBe('1.4.3');
});

test('a mapping breaks by a field that is gone, and by one that is required and that it does not say', () => {
  expect(brokenFields(['id', 'bois'], schema(id, { name: 'rue', constraints: { required: true } }))).toEqual([
    'bois',
    'rue',
  ]);
  expect(brokenFields(['id'], before)).toEqual([]);
});
