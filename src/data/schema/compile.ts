// A schema compiled: each rule says in SQL which records break it, or judges the different values of a column one by one.
import type { ProblemCode } from '../../model/problem.ts';
import { missingValuesOf, type SchemaField, type TableSchema } from '../../model/schema.ts';
import { blanks, rawColumn, trimmed } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { constraintRules } from './constraints.ts';
import { customRules } from './custom-checks.ts';
import { repairValue } from './repairs.ts';
import { breaksUnless, type Checked, type Rule } from './rule.ts';
import { typeCheck } from './types.ts';

/**
 * Compiles a schema for a file whose columns are known.
 * @param columnOf index of the column of each field that the file has
 */
export function compileRules(schema: TableSchema, columnOf: ReadonlyMap<string, number>): readonly Rule[] {
  const columns = new Map<string, Checked>();
  for (const field of schema.fields) {
    const index = columnOf.get(field.name);
    if (index !== undefined) columns.set(field.name, checkedColumn(schema, field, index));
  }
  const rules: Rule[] = [];
  for (const column of columns.values()) {
    rules.push(...typeRules(column), ...constraintRules(column));
  }
  return [...rules, ...customRules(schema.customChecks, columns)];
}

function checkedColumn(schema: TableSchema, field: SchemaField, index: number): Checked {
  const raw = rawColumn(index);
  const type = typeCheck(field, raw);
  const missing = [...new Set(['', ...missingValuesOf(schema, field)])].map(quoteLiteral).join(', ');
  // What begins with an ordinary sign or letter is not blank: the trim is for the few that begin otherwise.
  const markers = missingValuesOf(schema, field).some((marker) => marker !== '');
  const filled = markers
    ? `(${raw} IS NOT NULL AND ${trimmed(raw)} NOT IN (${missing}))`
    : `(CASE WHEN ${raw} IS NULL THEN FALSE WHEN ${raw} BETWEEN '!' AND '~~' THEN TRUE WHEN ${raw} BETWEEN '\u00c0' AND '\u07ff' THEN TRUE ELSE ${trimmed(raw)} <> '' END)`;
  const forgiven = type.obeys === null ? 'TRUE' : forgiving(field, raw, type.obeys);
  return { field, index, raw, filled, type, obeys: forgiven };
}

/** Blanks around a number or a date are no fault; around a text they are part of it. */
function forgiving(field: SchemaField, raw: string, obeys: string): string {
  if (field.type === 'string' || field.type === 'any' || obeys === 'TRUE') return obeys;
  const again = typeCheck(field, trimmed(raw)).obeys ?? 'TRUE';
  return `(CASE WHEN ${obeys} THEN TRUE WHEN ${raw} IS NULL THEN FALSE WHEN ${raw} SIMILAR TO ${quoteLiteral(`[^${blanks}](.*[^${blanks}])?`)} THEN FALSE ELSE ${again} END)`;
}

function typeRules(column: Checked): readonly Rule[] {
  const { field, index, type } = column;
  const rule = {
    code: typeCode(field),
    severity: 'error' as const,
    column: index,
    field: field.name,
    expected: usableExample(field) ?? type.example,
    repair: (value: string) => repairValue(field, value),
  };
  if (type.judge !== null) {
    const judge = type.judge;
    return [{ ...rule, breaks: column.filled, judge: (values) => values.map((value) => judge(value.trim())) }];
  }
  if (type.obeys === null || type.obeys === 'TRUE') return [];
  return [{ ...rule, breaks: breaksUnless(column, column.obeys) }];
}

/** The schema's own example when it can be one: some describe it with words. */
function usableExample(field: SchemaField): string | null {
  const { example } = field;
  if (example === null || example.length > 80) return null;
  if (field.type === 'integer') return /^-?\d+$/.test(example) ? example : null;
  if (field.type === 'number') return /^-?\d+([.,]\d+)?$/.test(example) ? example : null;
  if (field.type === 'boolean') return null;
  return /[A-Za-z]{3} /.test(example) ? null : example;
}

function typeCode(field: SchemaField): ProblemCode {
  switch (field.type) {
    case 'integer':
      return 'type.integer';
    case 'number':
      return 'type.number';
    case 'boolean':
      return 'type.boolean';
    case 'date':
      return 'type.date';
    case 'datetime':
      return 'type.datetime';
    case 'time':
      return 'type.time';
    case 'year':
      return 'type.year';
    case 'geopoint':
      return 'type.geopoint';
    case 'string':
      if (field.format === 'email') return 'format.email';
      if (field.format === 'uri') return 'format.uri';
      return 'type.other';
    default:
      return 'type.other';
  }
}
