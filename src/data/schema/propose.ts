// Which schema a file probably follows: by the names of its columns, then by whether their values can be what the schema says.
import { isRequired, type SchemaField, type TableSchema } from '../../model/schema.ts';
import { looseName } from './columns.ts';
import { readPattern } from './patterns.ts';

export type SchemaProposal = {
  readonly name: string;
  /** Between 0 and 1: how much of the schema and of the file meet. */
  readonly share: number;
  /** The required columns that the file lacks. */
  readonly missing: readonly string[];
};

/** Below this share a proposal would only disturb. */
const leastShare = 0.4;
const rowsRead = 100;
/** A file of two columns called "id" and "nom" follows no schema in particular. */
const fewestMatches = 3;

/**
 * @param headers the titles of the file's columns
 * @param sample records as text, in the order of the headers
 * @returns the likely schemas, best first; none when nothing is near
 */
export function proposeSchemas(
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  schemas: readonly { readonly name: string; readonly schema: TableSchema }[],
): readonly SchemaProposal[] {
  const columns = new Map(headers.map((title, index) => [looseName(title), index]));
  const rows = sample.slice(0, rowsRead);
  return schemas
    .map(({ name, schema }) => propose(name, schema, columns, rows, headers.length))
    .filter((proposal) => proposal !== null)
    .sort((a, b) => b.share - a.share || a.missing.length - b.missing.length || (a.name < b.name ? -1 : 1));
}

function propose(
  name: string,
  schema: TableSchema,
  columns: ReadonlyMap<string, number>,
  rows: readonly (readonly string[])[],
  width: number,
): SchemaProposal | null {
  let found = 0;
  let requiredFound = 0;
  const required = schema.fields.filter(isRequired);
  const missing: string[] = [];
  for (const field of schema.fields) {
    const index = columns.get(looseName(field.name));
    if (index === undefined) {
      if (isRequired(field)) missing.push(field.name);
      continue;
    }
    const likely = likelihood(
      field,
      rows.map((row) => row[index] ?? ''),
    );
    found += likely;
    if (isRequired(field)) requiredFound += likely;
  }
  // A schema that requires little is known by the share of its columns instead.
  const known = required.length >= fewestMatches ? requiredFound / required.length : found / schema.fields.length;
  const share = (known + found / Math.max(1, width)) / 2;
  const least = Math.min(fewestMatches, schema.fields.length);
  return found < least * 0.7 || share < leastShare ? null : { name, share: Number(share.toFixed(3)), missing };
}

/** Between ½ and 1: the name says half, the values that can be told at a glance say the rest. */
function likelihood(field: SchemaField, values: readonly string[]): number {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  const accepts = acceptance(field);
  if (accepts === null || filled.length === 0) return 1;
  return 0.5 + (0.5 * filled.filter(accepts).length) / filled.length;
}

function acceptance(field: SchemaField): ((value: string) => boolean) | null {
  const { enum: accepted, pattern } = field.constraints;
  if (accepted !== undefined) {
    const loose = new Set(accepted.map(looseName));
    return (value) => loose.has(looseName(value));
  }
  if (field.type === 'integer' || field.type === 'number') return (value) => /^[+-]?[\d\s\u00a0\u202f.,]+/.test(value);
  if (field.type === 'date' || field.type === 'datetime') return (value) => /^\d{1,4}[-/. ]/.test(value);
  // Only patterns that RE2 can say are tried: they cannot explode.
  const { re2, js } = pattern === undefined ? { re2: null, js: null } : readPattern(pattern);
  return re2 === null || js === null ? null : (value) => value.length < 200 && js.test(value);
}
