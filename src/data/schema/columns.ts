// Which column of a file is which field of a schema, and what to say of those that do not meet.
import { editDistance, nearest } from '../../lib/nearest.ts';
import { foldedWords } from '../../lib/text.ts';
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import { isRequired, type SchemaField, type TableSchema } from '../../model/schema.ts';

export type ColumnMatch = {
  /** For each field of the schema, the index of its column in the file; null when the file has none. */
  readonly columnOf: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
};

type Header = { readonly title: string };

/** "Nom_Attribuant", "nom attribuant" and « nomAttribuant » are one name for people. */
export function looseName(name: string): string {
  return foldedWords(name, '_').replaceAll('_', '');
}

/**
 * Matches headers with fields: by their exact names first, then by names that only differ by case, accents or punctuation.
 * A missing required column is an error, a column that is missing, unknown or misplaced without harm a warning.
 * @param headerRow the header's row as the spreadsheet shows it
 * @param firstColumn index of the first column as the spreadsheet shows it
 */
export function matchColumns(
  schema: TableSchema,
  headers: readonly Header[],
  place: { readonly headerRow: number | null; readonly firstColumn: number; readonly sheet: string | null },
): ColumnMatch {
  const columnOf = new Map<string, number>();
  const taken = new Set<number>();
  const problems: Problem[] = [];
  const say = (severity: 'error' | 'warning', code: Problem['code'], index: number | null, known: Partial<Problem>) => {
    const at =
      index === null || place.headerRow === null
        ? { row: place.headerRow }
        : { row: place.headerRow, cell: cellAddress(index + place.firstColumn, place.headerRow) };
    problems.push(problem(code, severity, { sheet: place.sheet, ...at, ...known }));
  };
  for (const field of schema.fields) {
    const index = headers.findIndex((header) => header.title.trim() === field.name);
    if (index === -1) continue;
    columnOf.set(field.name, index);
    taken.add(index);
    for (const [other, header] of headers.entries()) {
      if (other === index || header.title.trim() !== field.name) continue;
      taken.add(other);
      say('error', 'column.repeated', other, { column: field.name, value: field.name, expected: field.name });
    }
  }
  const missing = schema.fields.filter((field) => !columnOf.has(field.name));
  for (const field of missing) {
    const index = headers.findIndex(
      (header, at) => !taken.has(at) && looseName(header.title) === looseName(field.name),
    );
    if (index === -1) continue;
    columnOf.set(field.name, index);
    taken.add(index);
    const title = headers[index]?.title ?? '';
    const severity = mustHave(schema, field) ? 'error' : 'warning';
    say(severity, 'column.renamed', index, { column: title, value: title, expected: field.name, proposal: field.name });
  }
  const strangers = headers.map((_, index) => index).filter((index) => !taken.has(index));
  for (const field of schema.fields.filter((each) => !columnOf.has(each.name))) {
    const needed = mustHave(schema, field);
    const proposal = needed
      ? nearHeader(
          field,
          strangers.map((index) => headers[index]?.title ?? ''),
        )
      : null;
    const known = { column: field.name, expected: field.title ?? field.name, proposal };
    say(needed ? 'error' : 'warning', needed ? 'column.required' : 'column.optional', null, known);
  }
  const closed = schema.fieldsMatch !== null && schema.fieldsMatch !== 'subset' && schema.fieldsMatch !== 'partial';
  for (const index of strangers) {
    const title = headers[index]?.title ?? '';
    say(closed ? 'error' : 'warning', 'column.extra', index, { column: title, value: title });
  }
  for (const found of orderProblems(schema, columnOf)) {
    const severity = schema.fieldsMatch === 'exact' ? 'error' : 'warning';
    say(severity, 'column.order', found.index, { column: found.name, value: found.name, expected: found.after });
  }
  return { columnOf, problems };
}

/** What "fieldsMatch" asks; without it, Validata's way: the required columns and those of the key. */
function mustHave(schema: TableSchema, field: SchemaField): boolean {
  if (schema.fieldsMatch === 'exact' || schema.fieldsMatch === 'equal' || schema.fieldsMatch === 'subset') return true;
  return isRequired(field);
}

/** The first column that does not follow the schema's order: one sentence is enough. */
function orderProblems(schema: TableSchema, columnOf: ReadonlyMap<string, number>) {
  const present = schema.fields.filter((field) => columnOf.has(field.name));
  for (const [at, field] of present.entries()) {
    const before = present[at - 1];
    const index = columnOf.get(field.name) ?? 0;
    if (before !== undefined && (columnOf.get(before.name) ?? 0) > index)
      return [{ name: field.name, index, after: before.name }];
  }
  return [];
}

/** The unknown column whose name is the likeliest to be the missing one's. */
function nearHeader(field: SchemaField, titles: readonly string[]): string | null {
  if (titles.length === 0) return null;
  const words = [field.name, field.title ?? ''].map(looseName).filter((word) => word !== '');
  const loose = titles.map(looseName);
  for (const word of words) {
    const inside = loose.findIndex((title) => title.length > 2 && (title.includes(word) || word.includes(title)));
    if (inside !== -1) return titles[inside] ?? null;
    const best = nearest(word, loose);
    if (editDistance(word, best) <= Math.max(1, Math.floor(word.length / 4)))
      return titles[loose.indexOf(best)] ?? null;
  }
  return null;
}
