// How a value of a table is written for people; the files and the API keep it canonical.
import type { Field } from '../../../model/field.ts';
import type { Voice } from '../../../web/language.ts';

const longest = 120;

/** The text of a cell; null for an empty one. */
export function shownValue(value: unknown, field: Field, voice: Voice): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return voice.say(value ? 'value.true' : 'value.false');
  if (typeof value === 'number')
    return isCode(field) ? String(value) : field.role === 'amount' ? voice.amount(value) : voice.exact(value);
  if (field.type === 'date' && typeof value === 'string') return voice.day(value);
  if (typeof value === 'object') return shownPoint(value);
  return String(value);
}

/** Profiles keep values as the engine writes them. */
export function shownProfileValue(value: string, field: Field, voice: Voice): string {
  const parsed =
    field.type === 'integer' || field.type === 'number'
      ? Number(value)
      : field.type === 'boolean'
        ? value === 'true'
        : value;
  const text = shownValue(parsed, field, voice) ?? '';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

export function isNumeric(field: Field): boolean {
  return field.type === 'integer' || field.type === 'number';
}

/** Numbers that are read, copied or compared, never counted: no separator of thousands. */
const codes: readonly Field['role'][] = ['year', 'latitude', 'longitude', 'x', 'y', 'identifier'];

function isCode(field: Field): boolean {
  return codes.includes(field.role);
}

function shownPoint(value: object): string {
  const lat = 'lat' in value ? value.lat : null;
  const lon = 'lon' in value ? value.lon : null;
  return lat === null || lon === null ? JSON.stringify(value) : `${lat}, ${lon}`;
}
