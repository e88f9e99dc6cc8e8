// What a column means, told by its header and confirmed by its values: codes stay text, coordinates make maps.

import { headerWords } from '../../lib/header-words.ts';
import type { FieldRole } from '../../model/field.ts';

type RoleRule = {
  readonly role: FieldRole;
  /** Whether the header speaks of it; absent when the values alone are enough. */
  readonly header?: (words: ReadonlySet<string>, joined: string) => boolean;
  /** What most values look like. */
  readonly values?: RegExp;
  /** What a value must pass besides, such as a control key. */
  readonly check?: (value: string) => boolean;
  /** The least number of different values, where they speak alone. */
  readonly least?: number;
};

/** A spreadsheet's damage: the number in scientific notation instead of the code. */
export const scientific = /^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$/;

const any =
  (...wanted: string[]) =>
  (words: ReadonlySet<string>) =>
    wanted.some((word) => words.has(word));
const allBut =
  (unwanted: readonly string[], ...wanted: string[]) =>
  (words: ReadonlySet<string>) =>
    any(...wanted)(words) && !any(...unwanted)(words);
const codeSigns = /[\s'.\u00a0\u202f-]/g;

// Sources of the shapes: INSEE (code officiel géographique, SIREN and SIRET with Luhn's key), La Poste, ARCEP, Journal officiel (RNA).
const rules: readonly RoleRule[] = [
  {
    role: 'siret',
    header: (words, joined) =>
      words.has('siret') ||
      /^id_(attribuant|beneficiaire)$/.test(joined) ||
      /identification.*(attribuant|beneficiaire)/.test(joined),
    values: /^(\d{14}|\d(?:[.,]\d+)?[eE]\+?\d{1,2})$/,
  },
  { role: 'siret', values: /^\d{14}$/, check: hasLuhnKey, least: 3 },
  { role: 'siren', header: any('siren'), values: /^\d{9}$/ },
  { role: 'siren', values: /^\d{9}$/, check: hasLuhnKey, least: 10 },
  { role: 'rna', values: /^W\d[0-9A-Z]\d{7}$/ },
  { role: 'email', values: /^[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}$/ },
  { role: 'url', values: /^(https?:\/\/|www\.)\S+$/i },
  {
    role: 'inseeCode',
    header: (words, joined) =>
      words.has('insee') ||
      words.has('codgeo') ||
      words.has('depcom') ||
      /(^|_)(code_commune|com_code|city_code|commune_code)(_|$)|^codecommune$|^(code|commune)insee$|^citycode$/.test(
        joined,
      ),
    values: /^(\d{4,5}|2[ABab]\d{3})$/,
  },
  {
    role: 'postalCode',
    header: (words, joined) =>
      words.has('cp') ||
      words.has('postcode') ||
      words.has('codepostal') ||
      words.has('zipcode') ||
      /(^|_)(code_post(al)?|post_code|postal_code|zip_code)(_|$)/.test(joined),
    values: /^\d{4,5}$/,
  },
  {
    role: 'departmentCode',
    header: (words) => ['dep', 'dept', 'dpt', 'departement', 'department'].some((word) => words.has(word)),
    values: /^(\d{1,2}|2[ABab]|9[78]\d)$/,
  },
  { role: 'regionCode', header: any('reg', 'region'), values: /^\d{2}$/ },
  {
    role: 'phone',
    header: (words) =>
      ['tel', 'telephone', 'phone', 'portable', 'mobile', 'fax', 'tel1', 'tel2'].some((word) => words.has(word)),
    values: /^[+(]?\d[\d\s.()/+-]{7,}$/,
  },
  {
    role: 'year',
    header: any('annee', 'year', 'exercice', 'millesime', 'an', 'annais', 'date'),
    values: /^(1[5-9]|20|21)\d{2}$/,
  },
  {
    role: 'amount',
    header: allBut(
      ['pourcentage', 'taux', 'part', 'nombre', 'nb', 'type', 'code'],
      'montant',
      'montants',
      'amount',
      'mandate',
      'budget',
      'bp',
      'prix',
      'tarif',
      'cout',
    ),
    values: /^[+-]?[\d\s.,\u00a0\u202f]*\d\s*€?$/,
  },
  {
    role: 'address',
    header: allBut(['id', 'uid', 'code', 'mail', 'email'], 'adresse', 'adr', 'address'),
    values: /\p{L}{2,}/u,
  },
  {
    role: 'communeName',
    header: (words, joined) =>
      ['commune', 'communes', 'ville', 'municipality'].some((word) => words.has(word)) ||
      /(^|_)(com_nom|nom_com|com_lib|lib_com|com_lieu|nom_de_la_commune)$/.test(joined),
    values: /^\p{L}[\p{L}\s'’().-]+(\d{1,2}e?(r|ème)?.*)?$/u,
  },
];

/** Roles whose values are text whatever they look like: a code is not a quantity. */
const textRoles = new Set<FieldRole>([
  'siret',
  'siren',
  'rna',
  'email',
  'url',
  'inseeCode',
  'postalCode',
  'departmentCode',
  'regionCode',
  'phone',
  'address',
  'communeName',
]);

export function isTextRole(role: FieldRole | null): boolean {
  return role !== null && textRoles.has(role);
}

/**
 * The role of a column, coordinates left aside (see geometry.ts).
 * @param values its different values in the sample, trimmed, empty ones and missing markers left out
 */
export function roleOf(title: string, values: readonly string[]): FieldRole | null {
  if (values.length === 0) return null;
  const list = headerWords(title);
  const words = new Set(list);
  const joined = list.join('_');
  const rule = rules.find((each) => {
    if (each.header !== undefined && !each.header(words, joined)) return false;
    if (each.header === undefined && values.length < (each.least ?? 1)) return false;
    // A header that says what the column is outweighs some wrong values; values alone must be nearly all right.
    return each.values === undefined || share(values, each) >= (each.header === undefined ? 0.9 : 0.5);
  });
  if (rule !== undefined) return rule.role;
  return null;
}

/** Whether a header announces names of things: identifiers, references, codes. */
export function namesThings(title: string): boolean {
  const names = ['id', 'identifiant', 'uid', 'uuid', 'ref', 'reference', 'code', 'osm', 'numero'];
  return headerWords(title).some((word) => names.includes(word) || /^id[a-z]+$/.test(word));
}

/** A column that tells rows apart: an identifier's name, and no value twice among many. */
export function isIdentifier(title: string, filled: number, distinct: number): boolean {
  return namesThings(title) && filled > 1 && distinct === filled;
}

function share(values: readonly string[], rule: RoleRule): number {
  let good = 0;
  for (const value of values) {
    const bare =
      rule.role === 'siret' || rule.role === 'siren'
        ? value.replace(scientific.test(value) ? /^$/ : codeSigns, '')
        : value;
    if (rule.values?.test(bare) === true && (rule.check === undefined || rule.check(bare))) good++;
  }
  return good / values.length;
}

/** Luhn's key, which every SIREN and SIRET passes. */
export function hasLuhnKey(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && sum > 0;
}
