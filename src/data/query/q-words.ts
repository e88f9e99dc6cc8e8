// Names, texts and dates as ODSQL writes them: whatever comes from outside is quoted here. Pure.

import { TerroirError } from '../../lib/errors.ts';
import type { Kind } from './kinds.ts';
import { readDate } from './literals.ts';

/** What a question may name. */
export type KnownField = { readonly name: string; readonly kind: Kind };
export type KnownFields = ReadonlyMap<string, KnownField>;

/** Before a word that is looked for: fields are those of rows, or the metas of datasets. */
export function fieldNamed(fields: KnownFields, name: string, clause: string): KnownField {
  const found = fields.get(name);
  if (found === undefined) throw new TerroirError('query.unknownField', { name: name.slice(0, 100), clause });
  return found;
}

export function quotedName(name: string): string {
  return `\`${name.replaceAll('`', '')}\``;
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/**
 * The first day of what a date written in part means, and the first one after it: 2000 is a year, 2000/05 a month. Null for a
 * moment, and for what is no date.
 */
export function spanOf(text: string): readonly [string, string] | null {
  const parts = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text.trim());
  if (parts === null || readDate(text) === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  if (year < 100 || year >= 9999) return null;
  const start = Date.UTC(year, month - 1, day);
  const end =
    parts[3] !== undefined
      ? Date.UTC(year, month - 1, day + 1)
      : parts[2] !== undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year + 1, 0, 1);
  return [new Date(start).toISOString().slice(0, 10), new Date(end).toISOString().slice(0, 10)];
}

const numberShape = /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?$/;

/** A value as the kind of a field writes it. @throws TerroirError query.wrongType */
export function literal({ name, kind }: KnownField, value: string, clause: string): string {
  const text = value.trim();
  const wrong = () => new TerroirError('query.wrongType', { name, type: kind, value: text.slice(0, 100), clause });
  switch (kind) {
    case 'number':
      if (!numberShape.test(text) || !Number.isFinite(Number(text))) throw wrong();
      return text.replace(/^\+/, '');
    case 'boolean':
      if (!/^(true|false|1|0)$/i.test(text)) throw wrong();
      return /^(true|1)$/i.test(text) ? 'true' : 'false';
    case 'date':
    case 'datetime':
      if (readDate(text) === null) throw wrong();
      return `date${quoted(text)}`;
    case 'text':
    case 'time':
      return quoted(value);
    default:
      throw wrong();
  }
}

/** The rows of a value: a date written in part is all of its days. @throws TerroirError query.wrongType */
export function equals(field: KnownField, value: string, clause: string): string {
  const name = quotedName(field.name);
  const span = field.kind === 'date' || field.kind === 'datetime' ? spanOf(value) : null;
  if (span !== null) return `(${name} >= date'${span[0]}' and ${name} < date'${span[1]}')`;
  return `${name} = ${literal(field, value, clause)}`;
}
