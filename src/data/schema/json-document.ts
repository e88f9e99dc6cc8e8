// Checks a JSON or GeoJSON document against a JSON Schema: each fault with the path of the value and what was expected.
import Ajv, { type ErrorObject } from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { TerroirError } from '../../lib/errors.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { isRecord } from '../../model/schema.ts';
import type { Stage } from '../stages.ts';
import type { SchemaVerdict } from './check.ts';
import { geoJsonSchemas } from './geojson-schemas.ts';

/** Problems told apart; the others are only counted. */
const mostTold = 200;

/**
 * @param schema a JSON Schema, drafts 4 to 2020-12 (what draft 4 alone had is said again)
 * @throws TerroirError schema.invalid when the schema itself is none
 */
export function checkDocument(document: unknown, schema: unknown, name: string): Stage<SchemaVerdict> {
  const validate = compile(schema, name);
  validate(document);
  const errors = meaningful(validate.errors ?? []);
  const problems = errors.slice(0, mostTold).map((error) => toProblem(error, document));
  return { value: { valid: errors.length === 0, rows: rowsOf(document), errorCount: errors.length }, problems };
}

function compile(schema: unknown, name: string) {
  if (!isRecord(schema)) throw new TerroirError('schema.invalid', { name, reason: '{ … }' });
  const draft = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  const options = { allErrors: true, strict: false, validateFormats: true, verbose: false, logger: false as const };
  const ajv = /20(19|20)-/.test(draft) ? new Ajv2020.Ajv2020(options) : new Ajv.Ajv(options);
  formats.default(ajv);
  for (const [address, known] of geoJsonSchemas) ajv.addSchema(known, address);
  try {
    // The draft is chosen above: its address need not be known, and old "id"s are no addresses of ours.
    const { $schema: _, id: __, $id: ___, ...rest } = schema;
    return ajv.compile(rest);
  } catch (error) {
    throw new TerroirError('schema.invalid', { name, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** "oneOf failed" says nothing when a fault inside it is told. */
function meaningful(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const inner = errors.filter((error) => !['oneOf', 'anyOf', 'allOf', 'if', 'not'].includes(error.keyword));
  return inner.length > 0 ? inner : errors;
}

function toProblem(error: ErrorObject, document: unknown): Problem {
  const path = error.instancePath === '' ? '/' : error.instancePath;
  const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : null;
  const read = missing === null ? JSON.stringify(valueAt(document, error.instancePath)) : '–';
  return problem('json.invalid', 'error', {
    row: featureOf(error.instancePath),
    column: missing === null ? path : `${path === '/' ? '' : path}/${missing}`,
    value: (read ?? '–').slice(0, 200),
    expected: expectedOf(error),
  });
}

function expectedOf(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'enum':
      return Array.isArray(params['allowedValues']) ? params['allowedValues'].slice(0, 12).join(', ') : '…';
    case 'const':
      return JSON.stringify(params['allowedValue']);
    case 'pattern':
      return String(params['pattern']);
    case 'format':
      return String(params['format']);
    case 'type':
      return String(params['type']);
    case 'required':
      return String(params['missingProperty']);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${String(params['comparison'])} ${String(params['limit'])}`;
    default:
      return error.message ?? error.keyword;
  }
}

function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const step of path.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** The feature or the record concerned, from 1. */
function featureOf(path: string): number | null {
  const found = /^(?:\/[A-Za-z]+)?\/(\d+)/.exec(path)?.[1];
  return found === undefined ? null : Number(found) + 1;
}

function rowsOf(document: unknown): number {
  if (Array.isArray(document)) return document.length;
  const features = isRecord(document) ? document['features'] : undefined;
  return Array.isArray(features) ? features.length : 1;
}
