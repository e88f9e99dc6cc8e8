// From a descriptor as someone wrote it to a schema we can trust: tolerant of habits, refusing what cannot be understood.
import { TerroirError } from '../lib/errors.ts';
import {
  type CustomCheck,
  type FieldsMatch,
  type ForeignKey,
  fieldsMatches,
  isRecord,
  type Scalar,
  type SchemaConstraints,
  type SchemaField,
  type SchemaFieldType,
  schemaFieldTypes,
  type TableSchema,
} from './schema.ts';

const mostFields = 5000;
const defaultTrue = ['true', 'True', 'TRUE', '1'];
const defaultFalse = ['false', 'False', 'FALSE', '0'];

/**
 * Reads a Table Schema descriptor (v1, v2, Validata's additions).
 * @param name how the schema is called when the descriptor does not say
 * @throws TerroirError schema.invalid with the path of the first thing that cannot be understood
 */
export function readTableSchema(value: unknown, name: string): TableSchema {
  const refuse = (reason: string): never => {
    throw new TerroirError('schema.invalid', { name, reason });
  };
  if (!isRecord(value)) return refuse('{ … }');
  const list = value['fields'];
  if (!Array.isArray(list)) return refuse('fields: [ … ]');
  if (list.length === 0 || list.length > mostFields) return refuse(`fields: 1–${mostFields}`);
  const inKey = new Set(texts(value['primaryKey']));
  const fields = list
    .map((field: unknown, index) => readField(field, `fields[${index}]`, refuse))
    .map((field) => (inKey.has(field.name) ? asKey(field) : field));
  const names = new Set(fields.map((field) => field.name));
  const twice = fields.find((field, index) => fields.findIndex((other) => other.name === field.name) !== index);
  if (twice !== undefined) return refuse(`fields: « ${twice.name} » × 2`);
  const known = (keys: readonly string[], path: string) => {
    const stranger = keys.find((key) => !names.has(key));
    return stranger === undefined ? keys : refuse(`${path}: « ${stranger} » ∉ fields`);
  };
  return {
    name: text(value['name']) ?? name,
    title: text(value['title']) ?? text(value['name']) ?? name,
    titleEn: text(value['titleEn']),
    description: text(value['description']),
    descriptionEn: text(value['descriptionEn']),
    version: text(value['version']),
    sources: readSources(value['sources']),
    fields,
    missingValues: readMissing(value['missingValues']) ?? [''],
    fieldsMatch: readFieldsMatch(value['fieldsMatch']),
    primaryKey: known(texts(value['primaryKey']), 'primaryKey'),
    uniqueKeys: (Array.isArray(value['uniqueKeys']) ? value['uniqueKeys'] : []).map((key: unknown, index: number) =>
      known(texts(key), `uniqueKeys[${index}]`),
    ),
    foreignKeys: (Array.isArray(value['foreignKeys']) ? value['foreignKeys'] : []).map((key: unknown, index: number) =>
      readForeignKey(key, `foreignKeys[${index}]`, known, refuse),
    ),
    customChecks: readChecks(value['custom_checks']),
  };
}

/** A primary key implies that its columns are filled, unless one says itself that it may be empty: French schemas do. */
function asKey(field: SchemaField): SchemaField {
  return { ...field, constraints: { required: true, ...field.constraints } };
}

type Refuse = (reason: string) => never;

function readField(value: unknown, path: string, refuse: Refuse): SchemaField {
  if (!isRecord(value)) return refuse(`${path}: { … }`);
  const name = text(value['name'])?.trim();
  if (name === undefined || name === '') return refuse(`${path}.name: "…"`);
  const type = value['type'] === undefined || value['type'] === null ? 'any' : value['type'];
  if (!isType(type)) return refuse(`${path}.type: ${schemaFieldTypes.join(' | ')}`);
  const missing = readMissing(value['missingValues']);
  const arrayEnum = readArrayEnum(value['arrayItem']);
  const itemType = isType(value['itemType']) ? value['itemType'] : 'string';
  return {
    name,
    type,
    format: (text(value['format']) ?? 'default').replace(/^fmt:/, ''),
    title: text(value['title']),
    titleEn: text(value['titleEn']),
    description: text(value['description']),
    example: readExample(value),
    constraints: readConstraints(value['constraints'], `${path}.constraints`, refuse),
    ...(missing !== null && { missingValues: missing }),
    trueValues: scalarTexts(value['trueValues']) ?? defaultTrue,
    falseValues: scalarTexts(value['falseValues']) ?? defaultFalse,
    decimalChar: text(value['decimalChar']) || '.',
    groupChar: text(value['groupChar']) ?? '',
    bareNumber: value['bareNumber'] !== false,
    delimiter: text(value['delimiter']) || ',',
    itemType,
    ...(arrayEnum !== null && { arrayEnum }),
  };
}

function readConstraints(value: unknown, path: string, refuse: Refuse): SchemaConstraints {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) return refuse(`${path}: { … }`);
  const length = (key: 'minLength' | 'maxLength') => {
    const read = value[key];
    if (read === undefined || read === null) return undefined;
    const number = Number(read);
    return Number.isSafeInteger(number) && number >= 0 ? number : refuse(`${path}.${key}: 0, 1, 2 …`);
  };
  const bound = (key: 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum') => {
    const read = value[key];
    if (read === undefined || read === null) return undefined;
    return isScalar(read) ? read : refuse(`${path}.${key}: 0 | "2024-01-31"`);
  };
  const pattern = value['pattern'];
  if (pattern !== undefined && pattern !== null && typeof pattern !== 'string') return refuse(`${path}.pattern: "…"`);
  const accepted = value['enum'];
  if (accepted !== undefined && accepted !== null && !Array.isArray(accepted)) return refuse(`${path}.enum: [ … ]`);
  const all = {
    required: flag(value['required']),
    unique: flag(value['unique']),
    minLength: length('minLength'),
    maxLength: length('maxLength'),
    minimum: bound('minimum'),
    maximum: bound('maximum'),
    exclusiveMinimum: bound('exclusiveMinimum'),
    exclusiveMaximum: bound('exclusiveMaximum'),
    pattern: typeof pattern === 'string' && pattern !== '' ? pattern : undefined,
    enum: Array.isArray(accepted) ? accepted.map(valueText) : undefined,
    jsonSchema: isRecord(value['jsonSchema']) ? value['jsonSchema'] : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined));
}

function readForeignKey(
  value: unknown,
  path: string,
  known: (keys: readonly string[], path: string) => readonly string[],
  refuse: Refuse,
): ForeignKey {
  if (!isRecord(value) || !isRecord(value['reference'])) return refuse(`${path}.reference: { … }`);
  const fields = known(texts(value['fields']), path);
  const referenceFields = texts(value['reference']['fields']);
  if (fields.length === 0 || fields.length !== referenceFields.length) return refuse(`${path}.fields`);
  const resource = text(value['reference']['resource']) ?? '';
  if (resource === '') known(referenceFields, `${path}.reference`);
  return { fields, resource, referenceFields };
}

function readChecks(value: unknown): readonly CustomCheck[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((check) => ({
    name: text(check['name']) ?? '',
    params: isRecord(check['params']) ? check['params'] : {},
  }));
}

function readFieldsMatch(value: unknown): FieldsMatch {
  // The standard's example gives it in a list of one.
  const word = Array.isArray(value) ? value[0] : value;
  return fieldsMatches.find((match) => match === word) ?? null;
}

function readSources(value: unknown): readonly { title: string; path: string }[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((source) => ({ title: text(source['title']) ?? '', path: text(source['path']) ?? '' }));
}

/** Texts, or `{ value, label }` as v2 writes them. */
function readMissing(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((each: unknown) => valueText(isRecord(each) ? each['value'] : each));
}

function readArrayEnum(value: unknown): readonly string[] | null {
  if (!isRecord(value)) return null;
  const inside = isRecord(value['constraints']) ? value['constraints']['enum'] : undefined;
  return scalarTexts(inside ?? value['enum']);
}

function readExample(field: Readonly<Record<string, unknown>>): string | null {
  const examples = field['examples'];
  const example = field['example'] ?? (Array.isArray(examples) ? examples[0] : examples);
  return example === undefined || example === null || example === '' ? null : valueText(example);
}

function isType(value: unknown): value is SchemaFieldType {
  return schemaFieldTypes.some((type) => type === value);
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

/** Some descriptors write "true" for true. */
function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function scalarTexts(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.length > 0 ? value.map(valueText) : null;
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
