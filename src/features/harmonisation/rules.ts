// Pure decisions of harmonisation: how far a consolidated dataset is, which mappings still hold, what was learnt of them.
import { foldedWords } from '../../lib/text.ts';
import type { FieldMapping, MappingProposal } from '../../model/mapping.ts';
import { isRequired, type TableSchema } from '../../model/schema.ts';
import type { CommuneCoverage, Consolidation, Contribution, Coverage, GivenBack } from './schemas.ts';

/** @param communes INSEE codes of the communes of the territory */
export function coverageOf(contributions: readonly Contribution[], communes: readonly string[]): Coverage {
  const bringing = contributions.filter(({ keptRows }) => keptRows > 0);
  const insee = new Set(bringing.flatMap(({ organization }) => organization.insee ?? []));
  const covered = communes.filter((code) => insee.has(code)).length;
  const rows = bringing.reduce((sum, each) => sum + each.keptRows, 0);
  const rejected = contributions.reduce((sum, each) => sum + each.rejectedRows, 0);
  const broken = contributions.some(({ state, keptRows }) => state === 'broken' && keptRows > 0);
  const state =
    rows === 0 ? 'building' : broken ? 'degraded' : covered < communes.length || covered === 0 ? 'partial' : 'complete';
  return { state, communes: communes.length, covered, rows, rejected };
}

/** Each commune of the territory, with what its own producers bring. */
export function communesCovered(
  contributions: readonly Contribution[],
  communes: readonly { readonly insee: string; readonly name: string }[],
): readonly CommuneCoverage[] {
  return communes.map(({ insee, name }): CommuneCoverage => {
    const theirs = contributions.filter(({ organization }) => organization.insee === insee);
    const rows = theirs.reduce((sum, { keptRows }) => sum + keptRows, 0);
    const broken = theirs.some(({ state }) => state === 'broken');
    const state = theirs.length === 0 ? 'missing' : rows === 0 ? 'waiting' : broken ? 'degraded' : 'there';
    return { insee, name, state, rows };
  });
}

/** The columns that a mapping wants and a file does not have any more. */
export function vanishedColumns(mapping: readonly FieldMapping[], titles: readonly string[]): readonly string[] {
  const there = new Set(titles);
  return [...new Set(mapping.flatMap(({ columns }) => columns))].filter((column) => !there.has(column));
}

/**
 * Whether a proposal may be used before anyone looked at it: every field that the schema requires has a column that is
 * sure. What is not sure is left out until someone says so.
 */
export function isPlain({ mappings }: Pick<MappingProposal, 'mappings'>, schema: TableSchema): boolean {
  const sure = new Set(mappings.filter((each) => each.sure).map(({ field }) => field));
  return schema.fields.filter(isRequired).every(({ name }) => sure.has(name));
}

/** What validated mappings teach: the loose title of a column → the fields it was taken for, and how often. */
export function learnedFrom(
  mappings: readonly (readonly FieldMapping[])[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const learned = new Map<string, Map<string, number>>();
  for (const { field, columns, transform } of mappings.flat()) {
    const [column] = columns;
    if (transform !== 'copy' || column === undefined) continue;
    const title = foldedWords(column, '_').replaceAll('_', '');
    const fields = learned.get(title) ?? new Map<string, number>();
    fields.set(field, (fields.get(field) ?? 0) + 1);
    learned.set(title, fields);
  }
  return learned;
}

/** The value maps of others for a field: learnt once, they are used without questions. */
export function withLearnedValues(
  mapping: readonly FieldMapping[],
  others: readonly (readonly FieldMapping[])[],
): readonly FieldMapping[] {
  return mapping.map((each) => {
    const known = others.flat().filter(({ field, values }) => field === each.field && values !== undefined);
    const values = Object.assign({}, ...known.map((other) => other.values), each.values);
    return Object.keys(values).length === 0 ? each : { ...each, values };
  });
}

/**
 * The fields for which a mapping held on a schema and no longer does on its next version: those that are gone, and those that
 * became required and that it does not say.
 */
export function newlyBroken(
  mapping: readonly FieldMapping[],
  before: TableSchema,
  after: TableSchema,
): readonly string[] {
  const said = new Set(mapping.map(({ field }) => field));
  const lacks = (schema: TableSchema) =>
    new Set([
      ...[...said].filter((field) => !schema.fields.some(({ name }) => name === field)),
      ...schema.fields.filter((field) => isRequired(field) && !said.has(field.name)).map(({ name }) => name),
    ]);
  const already = lacks(before);
  return [...lacks(after)].filter((field) => !already.has(field));
}

/** Who validated that a column of such a title says a field: shown as the reason of a proposal that was learnt of them. */
export function teachersOf(
  { field, columns: [column] }: Pick<FieldMapping, 'field' | 'columns'>,
  others: readonly { readonly producer: string; readonly mapping: readonly FieldMapping[] }[],
): readonly string[] {
  const title = column === undefined ? '' : loose(column);
  const taught = others.filter(({ mapping }) =>
    mapping.some((each) => each.field === field && each.columns[0] !== undefined && loose(each.columns[0]) === title),
  );
  return title === '' ? [] : [...new Set(taught.map(({ producer }) => producer))];
}

function loose(title: string): string {
  return foldedWords(title, '_').replaceAll('_', '');
}

/** The figures of one contribution among those of its table. */
export function givenBack(
  { id, title }: Pick<Consolidation, 'id' | 'title'>,
  own: Contribution,
  { contributions, duplicates }: { readonly contributions: readonly Contribution[]; readonly duplicates: number },
): GivenBack {
  const others = contributions.filter(
    ({ organization, keptRows }) => organization.slug !== own.organization.slug && keptRows > 0,
  );
  return {
    id,
    title,
    datasetId: own.datasetId,
    datasetTitle: own.title,
    rows: own.keptRows,
    rejected: own.rejectedRows,
    fields: own.mapping.length,
    learned: own.mapping.filter(({ reason }) => reason === 'learned').length,
    producers: new Set(others.map(({ organization }) => organization.slug)).size,
    otherRows: others.reduce((sum, { keptRows }) => sum + keptRows, 0),
    duplicates,
  };
}
