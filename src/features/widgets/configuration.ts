// What somebody chose in the studio, read against the catalogue of widgets: what is possible is kept, the rest is told. Pure.
import { TerroirError } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { findKind, type WidgetAttribute, type WidgetKind } from './kinds.ts';

/** What the studio read of an address or of a form. */
export type Configuration = {
  readonly kind: WidgetKind;
  /** Only what was chosen, and is possible. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What was typed and is not possible. */
  readonly refused: readonly { readonly attribute: WidgetAttribute; readonly value: string }[];
  /** Attributes that must be said and are not. */
  readonly missing: readonly WidgetAttribute[];
};

const mostCharacters = 200;

export function findWidget(name: string): WidgetKind | null {
  return findKind(name);
}

/** @throws TerroirError widget.unknown */
export function readConfiguration(name: string, said: Readonly<Record<string, unknown>>): Configuration {
  const kind = findKind(name);
  if (kind === null) throw new TerroirError('widget.unknown', { name: name.slice(0, 80) });
  const attributes: Record<string, string> = {};
  const refused: { attribute: WidgetAttribute; value: string }[] = [];
  for (const attribute of kind.attributes) {
    const raw = said[attribute.name];
    const value = typeof raw === 'string' ? raw.replace(/\p{Cc}/gu, ' ').trim() : '';
    if (value === '') continue;
    if (isPossible(attribute, value)) attributes[attribute.name] = normalized(attribute, value);
    else refused.push({ attribute, value: value.slice(0, 80) });
  }
  return {
    kind,
    attributes,
    refused,
    missing: kind.attributes.filter(({ name: one, required }) => required && attributes[one] === undefined),
  };
}

/** The attributes, all of them possible. @throws TerroirError widget.unknown, widget.attributeInvalid */
export function mustReadConfiguration(
  name: string,
  said: Readonly<Record<string, unknown>>,
  lang: Language = 'fr',
): Readonly<Record<string, string>> {
  const { attributes, refused, missing } = readConfiguration(name, said);
  const [wrong] = refused;
  if (wrong !== undefined)
    throw new TerroirError('widget.attributeInvalid', { attribute: wrong.attribute.label[lang], value: wrong.value });
  const [lacking] = missing;
  if (lacking !== undefined)
    throw new TerroirError('widget.attributeInvalid', { attribute: lacking.label[lang], value: '' });
  return attributes;
}

function isPossible({ kind, options }: WidgetAttribute, value: string): boolean {
  if (value.length > mostCharacters) return false;
  switch (kind) {
    case 'commune':
      return /^(?:\d{2}|2[AB])\d{3}$/.test(value);
    case 'dataset':
      return /^[a-z0-9][a-z0-9._-]*$/i.test(value);
    case 'number':
      return /^-?\d{1,9}(?:[.,]\d{1,9})?$/.test(value);
    case 'boolean':
      return /^(?:true|false|on|1|0)$/.test(value);
    case 'choice':
      return options.some((option) => option === value);
    case 'colour':
      return readColour(value) !== null;
    case 'text':
      return true;
  }
}

function normalized({ kind }: WidgetAttribute, value: string): string {
  if (kind === 'colour') return readColour(value) ?? value;
  return kind === 'number' ? value.replace(',', '.') : value;
}

/** « #1D5873 », « 1d5873 » or « #abc » as "#1d5873"; null for what is no colour. */
export function readColour(text: string): string | null {
  const typed = text.trim().toLowerCase().replace(/^#/, '');
  if (/^[0-9a-f]{6}$/.test(typed)) return `#${typed}`;
  return /^[0-9a-f]{3}$/.test(typed) ? `#${[...typed].map((digit) => digit + digit).join('')}` : null;
}
