// What a version of a schema changes for those who follow the one before, and the number that it gets: semantic versions. Pure.
import { isRequired, type SchemaConstraints, type SchemaField, type TableSchema } from '../../model/schema.ts';

export const changeKinds = ['dropped', 'retyped', 'required', 'tightened', 'added', 'loosened', 'reworded'] as const;
/** Of a column: gone; of another type; required now; narrower; new; wider; told in other words. The gravest first. */
export type ChangeKind = (typeof changeKinds)[number];
export type Change = { readonly field: string; readonly kind: ChangeKind };

const breaking: readonly ChangeKind[] = ['dropped', 'retyped', 'required', 'tightened'];
const widening: readonly ChangeKind[] = ['added', 'loosened'];

/** The gravest change of each column that is not the same, in the order of the columns; those that are gone come last. */
export function changesBetween(before: TableSchema, after: TableSchema): readonly Change[] {
  const old = new Map(before.fields.map((field) => [field.name, field]));
  const names = new Set(after.fields.map(({ name }) => name));
  const kept = after.fields.flatMap((field): readonly Change[] => {
    const was = old.get(field.name);
    const kind = was === undefined ? (isRequired(field) ? 'required' : 'added') : changeOf(was, field);
    return kind === null ? [] : [{ field: field.name, kind }];
  });
  const dropped = before.fields.filter(({ name }) => !names.has(name));
  return [...kept, ...dropped.map(({ name }): Change => ({ field: name, kind: 'dropped' }))];
}

function changeOf(was: SchemaField, is: SchemaField): ChangeKind | null {
  if (was.type !== is.type) return 'retyped';
  if (isRequired(is) && !isRequired(was)) return 'required';
  if (isTighter(was.constraints, is.constraints)) return 'tightened';
  const said = ({ title, description, example }: SchemaField) => JSON.stringify([title, description, example]);
  if (JSON.stringify(sorted(was.constraints)) !== JSON.stringify(sorted(is.constraints))) return 'loosened';
  return said(was) === said(is) ? null : 'reworded';
}

function sorted(constraints: SchemaConstraints): unknown {
  return Object.entries(constraints)
    .filter(([, value]) => value !== false)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether a value that was good may be refused. */
function isTighter(was: SchemaConstraints, is: SchemaConstraints): boolean {
  if (is.pattern !== undefined && is.pattern !== was.pattern) return true;
  if (is.unique === true && was.unique !== true) return true;
  const { enum: now } = is;
  if (now !== undefined && (was.enum === undefined || was.enum.some((value) => !now.includes(value)))) return true;
  return (
    isAbove(is.minimum, was.minimum) ||
    isAbove(is.exclusiveMinimum, was.exclusiveMinimum) ||
    isBelow(is.maximum, was.maximum) ||
    isBelow(is.exclusiveMaximum, was.exclusiveMaximum) ||
    isAbove(is.minLength, was.minLength) ||
    isBelow(is.maxLength, was.maxLength)
  );
}

type Bound = string | number | boolean | undefined;

function isAbove(is: Bound, was: Bound): boolean {
  return is !== undefined && (was === undefined || order(is, was) > 0);
}

function isBelow(is: Bound, was: Bound): boolean {
  return is !== undefined && (was === undefined || order(is, was) < 0);
}

/** Numbers as numbers, days as texts. */
function order(a: string | number | boolean, b: string | number | boolean): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** The number of the version that makes these changes: https://semver.org, on the files that followed the one before. */
export function nextVersion(before: string | null, changes: readonly Change[]): string {
  const [major = 0, minor = 0, patch = 0] = (before ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
  if (before === null) return '1.0.0';
  if (changes.some(({ kind }) => breaking.includes(kind))) return `${major + 1}.0.0`;
  if (changes.some(({ kind }) => widening.includes(kind))) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/**
 * The fields for which a mapping no longer holds on a schema: those that it says and the schema does not have, and those
 * that the schema requires and it does not say.
 */
export function brokenFields(mapped: readonly string[], schema: TableSchema): readonly string[] {
  const names = new Set(schema.fields.map(({ name }) => name));
  const required = schema.fields.filter(isRequired).map(({ name }) => name);
  return [...mapped.filter((field) => !names.has(field)), ...required.filter((field) => !mapped.includes(field))];
}
