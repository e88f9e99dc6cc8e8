// The constraints of Table Schema as rules: filled, bounded, long enough, of a list, of a shape.
import Ajv from 'ajv';
import { isRequired, type Scalar, type SchemaField } from '../../model/schema.ts';
import { trimmed } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { readMomentFormat } from './moments.ts';
import { judgeByPattern, readPattern } from './patterns.ts';
import { type Repair, repairChoice, repairPattern, repairPercent, repairText } from './repairs.ts';
import { breaksUnless, type Checked, type Rule } from './rule.ts';

/** Milliseconds that one pattern may take on all the values of a column. */
const patternTime = 5000;
/** Milliseconds for the few texts that may be what a value means. */
const repairTime = 50;
/** Choices written out in a sentence. */
const shownChoices = 12;

export function constraintRules(column: Checked): readonly Rule[] {
  const { constraints } = column.field;
  return [
    ...requiredRule(column),
    ...lengthRules(column),
    ...boundRules(column),
    ...(constraints.pattern === undefined ? [] : patternRule(column, constraints.pattern)),
    ...(constraints.enum === undefined ? [] : enumRule(column, constraints.enum)),
    ...itemRules(column),
  ];
}

const none = () => null;

function ruleOf(column: Checked): Pick<Rule, 'severity' | 'column' | 'field'> {
  return { severity: 'error', column: column.index, field: column.field.name };
}

function requiredRule(column: Checked): readonly Rule[] {
  if (!isRequired(column.field)) return [];
  const expected = column.field.example ?? column.type.example;
  return [{ ...ruleOf(column), code: 'value.required', breaks: `(NOT ${column.filled})`, expected, repair: none }];
}

function lengthRules(column: Checked): readonly Rule[] {
  const { minLength, maxLength } = column.field.constraints;
  const { type } = column.field;
  if (minLength === undefined && maxLength === undefined) return [];
  const least = minLength ?? 0;
  const most = maxLength ?? Number.MAX_SAFE_INTEGER;
  if (type === 'array' || type === 'object') {
    const size = (text: string) => {
      const read = parsed(text);
      return read === null ? null : Array.isArray(read) ? read.length : Object.keys(read).length;
    };
    const judge = (values: readonly string[]) =>
      values.map(size).map((length) => length === null || (length >= least && length <= most));
    const expected = `${least}–${maxLength ?? '…'}`;
    return [{ ...ruleOf(column), code: 'text.length', breaks: column.filled, judge, expected, repair: none }];
  }
  const rules: Rule[] = [];
  const repair = (value: string) => repairText(value, (text) => text.length >= least && text.length <= most);
  if (maxLength !== undefined) {
    // Bytes are never fewer than characters, and cheaper to count.
    const obeys = `(strlen(${column.raw}) <= ${maxLength} OR length(${column.raw}) <= ${maxLength})`;
    const breaks = breaksUnless(column, obeys, column.obeys);
    rules.push({ ...ruleOf(column), code: 'text.tooLong', breaks, expected: String(maxLength), repair });
  }
  if (minLength !== undefined && minLength > 0) {
    const breaks = breaksUnless(column, `length(${column.raw}) >= ${minLength}`, column.obeys);
    rules.push({ ...ruleOf(column), code: 'text.tooShort', breaks, expected: String(minLength), repair });
  }
  return rules;
}

const comparisons = [
  ['minimum', '>=', 'value.tooSmall'],
  ['maximum', '<=', 'value.tooLarge'],
  ['exclusiveMinimum', '>', 'value.tooSmall'],
  ['exclusiveMaximum', '<', 'value.tooLarge'],
] as const;

function boundRules(column: Checked): readonly Rule[] {
  return comparisons.flatMap(([name, operator, code]): readonly Rule[] => {
    const bound = column.field.constraints[name];
    const value = column.type.value;
    if (bound === undefined || value === null) return [];
    const literal = boundLiteral(column.field, bound);
    // A bound that is no value of the type bounds nothing.
    const obeys = `(CASE WHEN ${literal} IS NULL THEN TRUE ELSE coalesce(${value} ${operator} ${literal}, FALSE) END)`;
    const expected = `${{ minimum: '≥', maximum: '≤', exclusiveMinimum: '>', exclusiveMaximum: '<' }[name]} ${bound}`;
    const repair = (text: string) =>
      code === 'value.tooLarge' && Number(bound) === 1 ? repairPercent(text) : (none as () => Repair | null)();
    return [{ ...ruleOf(column), code, breaks: breaksUnless(column, obeys, column.obeys), expected, repair }];
  });
}

/** A bound as SQL of the same kind as the column's values. */
function boundLiteral(field: SchemaField, bound: Scalar): string {
  const text = quoteLiteral(String(bound));
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'year':
      return `TRY_CAST(${text} AS DOUBLE)`;
    case 'yearmonth':
      return text;
    case 'time':
      if (field.format === 'default') return `TRY_CAST(${text} AS TIME)`;
      break;
    case 'datetime':
      if (field.format === 'default') return `TRY_CAST(${text} AS TIMESTAMPTZ)`;
      break;
  }
  const format = readMomentFormat(field.format)?.strptime;
  const iso = `TRY_CAST(${text} AS TIMESTAMP)`;
  return format?.includes('%')
    ? `coalesce(CAST(try_strptime(${text}, ${quoteLiteral(format)}) AS TIMESTAMP), ${iso})`
    : iso;
}

function patternRule(column: Checked, pattern: string): readonly Rule[] {
  const { re2, js } = readPattern(pattern);
  const rule = { ...ruleOf(column), expected: column.field.example ?? pattern };
  if (js === null) {
    const severity = 'warning' as const;
    return [{ ...rule, severity, code: 'pattern.unreadable', breaks: 'FALSE', expected: pattern, repair: none }];
  }
  const code = 'pattern.unmatched' as const;
  let slow = false;
  // A pattern that was too slow once is not asked again: a thousand cells would wait as often.
  const match = (texts: readonly string[]) => {
    const verdicts = slow ? null : judgeByPattern(js, texts, repairTime);
    slow ||= verdicts === null;
    return verdicts;
  };
  const repair = (value: string) => repairPattern(value, match);
  const judge = (values: readonly string[]) => judgeByPattern(js, values, patternTime);
  const judged: Rule = { ...rule, code, breaks: `(${column.filled} AND ${column.obeys})`, judge, repair };
  if (re2 === null) return [judged];
  const matches = (text: string) => `regexp_full_match(${text}, ${quoteLiteral(re2)})`;
  const breaks = breaksUnless(column, matches(column.raw), column.obeys);
  return [{ ...rule, code, breaks, probe: matches("''"), instead: judged, repair }];
}

function enumRule(column: Checked, accepted: readonly string[]): readonly Rule[] {
  const { field, raw } = column;
  const list = accepted.map(quoteLiteral).join(', ');
  const isNumber = field.type === 'integer' || field.type === 'number' || field.type === 'year';
  const numbers = accepted.filter((text) => text.trim() !== '' && Number.isFinite(Number(text)));
  const same =
    isNumber && numbers.length > 0
      ? `(${raw} IN (${list}) OR coalesce(${column.type.value} IN (${numbers.map((text) => `CAST(${quoteLiteral(text)} AS DOUBLE)`).join(', ')}), FALSE))`
      : field.type === 'string' || field.type === 'any'
        ? `${raw} IN (${list})`
        : `${trimmed(raw)} IN (${list})`;
  const breaks = accepted.length === 0 ? column.filled : breaksUnless(column, same, column.obeys);
  const repair = (value: string) => repairChoice(value, accepted);
  return [{ ...ruleOf(column), code: 'enum.unknown', breaks, expected: choices(accepted), repair }];
}

/** What is checked inside arrays and objects: Validata's list of items, and the JSON Schema of the standard. */
function itemRules(column: Checked): readonly Rule[] {
  const { field } = column;
  const rules: Rule[] = [];
  const { arrayEnum } = field;
  if (field.type === 'array' && arrayEnum !== undefined) {
    const judge = (values: readonly string[]) =>
      values.map(parsed).map((read) => !Array.isArray(read) || read.every((item) => arrayEnum.includes(String(item))));
    const expected = choices(arrayEnum);
    rules.push({ ...ruleOf(column), code: 'enum.items', breaks: column.filled, judge, expected, repair: none });
  }
  const { jsonSchema } = field.constraints;
  if (jsonSchema !== undefined && (field.type === 'array' || field.type === 'object')) {
    const validate = compileJson(jsonSchema);
    if (validate !== null) {
      const judge = (values: readonly string[]) => values.map(parsed).map((read) => read === null || validate(read));
      const expected = JSON.stringify(jsonSchema).slice(0, 200);
      rules.push({ ...ruleOf(column), code: 'json.unmatched', breaks: column.filled, judge, expected, repair: none });
    }
  }
  return rules;
}

function compileJson(schema: unknown): ((value: unknown) => boolean) | null {
  if (typeof schema !== 'object' || schema === null) return null;
  try {
    const validate = new Ajv.Ajv({ strict: false }).compile(schema);
    return (value) => validate(value) === true;
  } catch {
    return null;
  }
}

export function choices(accepted: readonly string[]): string {
  const shown = accepted.slice(0, shownChoices).join(', ');
  return accepted.length > shownChoices ? `${shown} …` : shown;
}

/** A JSON array or object, null for anything else: its type's own rule tells it. */
function parsed(text: string): object | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}
