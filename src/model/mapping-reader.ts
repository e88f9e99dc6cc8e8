// Reads a mapping that people wrote or corrected, and says what is wrong with it.
import { TerroirError } from '../lib/errors.ts';
import { type FieldMapping, type Mapping, mappingReasons, mappingTransforms } from './mapping.ts';
import { isRecord } from './schema.ts';

/**
 * @param name what people call the document, for the refusal
 * @throws TerroirError mapping.invalid: no JSON, no mappings, a field claimed twice, a transform that does not exist
 */
export function readMapping(text: string, name: string): Mapping {
  const wrong = (reason: string) => new TerroirError('mapping.invalid', { name, reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('JSON');
  }
  const list = isRecord(value) ? value['mappings'] : null;
  if (!Array.isArray(list) || list.length === 0) throw wrong('mappings: []');
  const mappings = list.map((each, index) => readOne(each, () => wrong(`mappings[${index}]`)));
  const seen = new Set<string>();
  for (const { field } of mappings) {
    if (seen.has(field)) throw wrong(`${field} × 2`);
    seen.add(field);
  }
  const schema = isRecord(value) && typeof value['schema'] === 'string' ? value['schema'] : '';
  return { schema, mappings };
}

function readOne(value: unknown, wrong: () => TerroirError): FieldMapping {
  if (!isRecord(value) || typeof value['field'] !== 'string' || value['field'] === '') throw wrong();
  const given = value['columns'] ?? [];
  const columns = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
  if (!Array.isArray(given) || columns.length !== given.length) throw wrong();
  const transform = mappingTransforms.find((each) => each === (value['transform'] ?? 'copy'));
  if (transform === undefined || (columns.length === 0) !== (transform === 'constant')) throw wrong();
  const { text, values } = value;
  if (text !== undefined && typeof text !== 'string') throw wrong();
  if (transform === 'constant' && typeof text !== 'string') throw wrong();
  if (values !== undefined && !isTexts(values)) throw wrong();
  return {
    field: value['field'],
    columns,
    transform,
    ...(typeof text === 'string' && { text }),
    ...(isTexts(values) && { values }),
    confidence: typeof value['confidence'] === 'number' ? value['confidence'] : 1,
    sure: value['sure'] !== false,
    reason: mappingReasons.find((each) => each === value['reason']) ?? 'given',
  };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}
