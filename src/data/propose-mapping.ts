// From a file to a proposed mapping: reads it, and looks at what its columns hold with the eyes of the schema.
import type { MappingProposal } from '../model/mapping.ts';
import type { SchemaField, TableSchema } from '../model/schema.ts';
import type { Column } from './mapping/column.ts';
import { type Learned, proposeMapping } from './mapping/propose.ts';
import { judgeOf, likelyChoice, reformValue } from './schema/reform.ts';
import type { ParsedTable } from './stages.ts';

/** Values looked at in each column: different ones, spread over the file. */
const valuesRead = 300;
/** A column with more different values than this is no list of choices. */
const mostChoices = 40;

/** Which columns of a table are which fields of a schema. @param learned what other producers' mappings taught */
export function proposeForTable(table: ParsedTable, schema: TableSchema, learned?: Learned): MappingProposal {
  const columns = columnsOf(table);
  const proposal = proposeMapping(columns, schema, fit, learned);
  const mappings = proposal.mappings.map((mapping) => {
    const field = schema.fields.find(({ name }) => name === mapping.field);
    const column = columns.find(({ title }) => title === mapping.columns[0]);
    const values = field === undefined || column === undefined ? {} : choicesOf(field, column);
    return Object.keys(values).length === 0 ? mapping : { ...mapping, values };
  });
  return { ...proposal, mappings };
}

function columnsOf({ headers, sample }: ParsedTable): readonly Column[] {
  return headers.map(({ title }, index) => {
    const different = new Set<string>();
    for (const record of sample) {
      const cell = (record[index] ?? '').trim();
      if (cell !== '') different.add(cell);
    }
    return { title, values: [...different].slice(0, valuesRead), distinct: different.size };
  });
}

/** The share of values that a field takes once in its form; null where any text does. */
function fit(field: SchemaField, values: readonly string[]): number | null {
  if (values.length === 0) return null;
  if (judgeOf(field) === null) return likeExample(field, values);
  const taken = values.filter((value) => reformValue(field, value) !== null || isLikelyChoice(field, value)).length;
  return taken / values.length;
}

function isLikelyChoice({ constraints }: SchemaField, value: string): boolean {
  return constraints.enum !== undefined && likelyChoice(constraints.enum, value) !== null;
}

/** A field whose example is a long number (SIRET, SIREN …): the values that have as many digits. */
function likeExample({ example }: SchemaField, values: readonly string[]): number | null {
  if (example === null || !/^\d{9,}$/.test(example)) return null;
  const alike = values.filter(
    (value) => value.replace(/[\s\u00a0.]/g, '').replace(/\D/g, '').length === example.length,
  );
  return alike.length / values.length;
}

/** What the values that are no choice probably mean: shown to people, and done. */
function choicesOf({ constraints }: SchemaField, { values, distinct }: Column): Readonly<Record<string, string>> {
  const accepted = constraints.enum;
  if (accepted === undefined || distinct > mostChoices) return {};
  return Object.fromEntries(
    values.flatMap((value) => {
      const choice = accepted.includes(value) ? null : likelyChoice(accepted, value);
      return choice === null ? [] : [[value, choice]];
    }),
  );
}
