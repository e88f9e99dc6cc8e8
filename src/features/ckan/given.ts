// Reads what an action is given: an address gives texts, a body gives JSON; refusals are in CKAN's own words.
import { TerroirError } from '../../lib/errors.ts';

export type Given = Readonly<Record<string, unknown>>;

/** A parameter that is not as it should be: CKAN's « Validation Error ». */
export function wrong(field: string, reason: string): TerroirError {
  return new TerroirError('ckan.field', { field, reason });
}

/** The text of a parameter; null when it is absent or empty. @throws TerroirError ckan.field */
export function text(given: Given, name: string): string | null {
  const value = given[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return String(value);
  // Given several times, the last one counts.
  const last = Array.isArray(value) ? (value as readonly unknown[]).at(-1) : value;
  if (typeof last !== 'string') throw wrong(name, 'Must be a Unicode string value');
  return last === '' ? null : last;
}

/** @throws TerroirError ckan.field */
export function mustText(given: Given, name: string): string {
  const value = text(given, name);
  if (value === null) throw wrong(name, 'Missing value');
  return value;
}

/** A whole number from 0; `otherwise` when it is absent. @throws TerroirError ckan.field */
export function natural<T>(given: Given, name: string, otherwise: T): number | T {
  const value = text(given, name)?.trim();
  if (value === undefined) return otherwise;
  const number = /^[+-]?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw wrong(name, 'Invalid integer');
  if (number < 0) throw wrong(name, 'Must be a natural number');
  return number;
}

/** A whole number, which may be below 0. @throws TerroirError ckan.field */
export function integer(given: Given, name: string, otherwise: number): number {
  const value = text(given, name)?.trim();
  if (value === undefined) return otherwise;
  if (!/^[+-]?\d{1,15}$/.test(value)) throw wrong(name, 'Invalid integer');
  return Number(value);
}

/** CKAN reads true, yes, t, y, 1; what else there is means no. */
export function flag(given: Given, name: string, otherwise: boolean): boolean {
  const value = given[name];
  if (value === undefined || value === null || value === '') return otherwise;
  if (typeof value === 'boolean') return value;
  return ['true', 'yes', 't', 'y', '1'].includes(String(Array.isArray(value) ? value.at(-1) : value).toLowerCase());
}

/** Texts given as a JSON list, repeated, or separated by commas where `separated`. @throws TerroirError ckan.field */
export function texts(given: Given, name: string, { separated = false } = {}): readonly string[] {
  const value = given[name];
  if (value === undefined || value === null || value === '') return [];
  const read = typeof value === 'string' && /^\s*\[/.test(value) ? json(name, value) : value;
  const list: readonly unknown[] = Array.isArray(read)
    ? read
    : separated && typeof read === 'string'
      ? splitFields(read)
      : [read];
  return list.map((one) => {
    if (typeof one === 'string' || typeof one === 'number') return String(one);
    throw wrong(name, 'Not a list of strings');
  });
}

/** `a,"b, c"`: names between quotes may hold commas. */
function splitFields(written: string): readonly string[] {
  return [...written.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"')))
    .filter((name) => name !== '');
}

/** An object given as such or as JSON; null when it is absent. @throws TerroirError ckan.field */
export function object(given: Given, name: string): Given | null {
  const value = given[name];
  if (value === undefined || value === null || value === '') return null;
  const read = typeof value === 'string' ? json(name, value) : value;
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Given;
  throw wrong(name, 'Not a JSON object');
}

function json(name: string, written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    throw wrong(name, 'Cannot parse JSON');
  }
}
