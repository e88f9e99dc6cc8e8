// What the form above the rows means: choices read from an address, then a query in the language of the API.
import type { Field } from '../../model/field.ts';

export const filterOperators = ['has', 'eq', 'gte', 'lte'] as const;
export type FilterOperator = (typeof filterOperators)[number];
export const pageSizes = [20, 50, 100] as const;

export type RowsSearch = {
  readonly q: string;
  /** The name of the filtered column, or empty. */
  readonly column: string;
  readonly operator: FilterOperator;
  readonly value: string;
  /** The name of the sorted column, after a "-" when descending; empty for the file's order. */
  readonly sort: string;
  /** From 1. */
  readonly page: number;
  readonly size: number;
};

/** Reads the choices; what cannot be read falls back to what people expect. */
export function readRowsSearch(query: Readonly<Record<string, unknown>>, fields: readonly Field[]): RowsSearch {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 1000) : '');
  const known = (name: string) => fields.some((field) => field.name === name);
  const sort = text('sort');
  const size = Number(text('size'));
  const page = Number(text('page'));
  return {
    q: text('q').trim(),
    column: known(text('column')) && text('value').trim() !== '' ? text('column') : '',
    operator: filterOperators.find((operator) => operator === text('operator')) ?? 'has',
    value: text('value').trim(),
    sort: known(sort.replace(/^-/, '')) ? sort : '',
    page: Number.isInteger(page) && page > 0 ? Math.min(page, 10_000_000) : 1,
    size: pageSizes.find((one) => one === size) ?? pageSizes[0],
  };
}

export type RowsQuery = {
  readonly where?: string;
  readonly order_by?: string;
  readonly limit: number;
  readonly offset: number;
};

/** The same choices as an ODSQL query. */
export function rowsQuery(search: RowsSearch, fields: readonly Field[]): RowsQuery {
  const field = fields.find((one) => one.name === search.column);
  const conditions = [
    ...(search.q === '' ? [] : [quoted(search.q)]),
    ...(field === undefined ? [] : [condition(field, search)]),
  ];
  const descending = search.sort.startsWith('-');
  const sorted = descending ? search.sort.slice(1) : search.sort;
  return {
    ...(conditions.length > 0 && { where: conditions.join(' and ') }),
    ...(sorted !== '' && { order_by: `${name(sorted)} ${descending ? 'desc' : 'asc'}` }),
    limit: search.size,
    offset: (search.page - 1) * search.size,
  };
}

const symbols = { eq: '=', has: '=', gte: '>=', lte: '<=' } as const;

function condition(field: Field, { operator, value }: RowsSearch): string {
  if (field.type === 'string' && operator === 'has') {
    // All the words, anywhere; what would be a pattern there is looked for as the beginnings of words.
    return /[%*?_]/.test(value)
      ? `suggest(${name(field.name)}, ${quoted(value)})`
      : `${name(field.name)} like ${quoted(value)}`;
  }
  return `${name(field.name)} ${symbols[operator]} ${literal(field, value)}`;
}

/** A value as its column's type writes it: people type "12,5" and "03/05/2024" too. */
function literal(field: Field, value: string): string {
  if (field.type === 'integer' || field.type === 'number') {
    const number = value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
    return /^-?\d+(\.\d+)?$/.test(number) ? number : quoted(value);
  }
  if (field.type === 'boolean')
    return /^(oui|vrai|yes|true|1)$/i.test(value)
      ? 'true'
      : /^(non|faux|no|false|0)$/i.test(value)
        ? 'false'
        : quoted(value);
  if (field.type === 'date' || field.type === 'datetime') {
    const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
    return `date${quoted(french === null ? value : `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}`)}`;
  }
  return quoted(value);
}

function name(field: string): string {
  return `\`${field}\``;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
