// Proposes which columns of a file are which fields of a schema: by names first, then by what the values can be.
import { foldedWords } from '../../lib/text.ts';
import type { FieldMapping, MappingProposal, MappingReason } from '../../model/mapping.ts';
import { isRequired, type SchemaField, type TableSchema } from '../../model/schema.ts';
import type { Column } from './column.ts';
import { coordinateMappings } from './coordinates.ts';
import { likeness, weigher, wordsOf } from './words.ts';

/** The share of values that a field can take once put in its form; null where any text would do. */
export type Fit = (field: SchemaField, values: readonly string[]) => number | null;

/** What other producers' mappings taught: the loose title of a column → fields it was taken for, and how often. */
export type Learned = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Above it a proposal may be used before anyone looked. */
export const sureFrom = 0.8;
/** Below it a proposal would only disturb. */
const leastConfidence = 0.48;
/** A second column this near to a field makes the first one doubtful. */
const doubtfulMargin = 0.12;

type Candidate = {
  readonly column: number;
  readonly field: SchemaField;
  readonly score: number;
  readonly reason: MappingReason;
  readonly fit: number | null;
};

/**
 * At most one column for each field, and one field for each column, the surest first. Deterministic: the same file and
 * schema always give the same proposal.
 */
export function proposeMapping(
  columns: readonly Column[],
  schema: TableSchema,
  accepts: Fit,
  learned: Learned = new Map(),
): MappingProposal {
  const candidates = allCandidates(columns, schema, accepts, learned);
  const places = coordinateMappings(columns, schema.fields);
  const takenFields = new Set(places.map(({ field }) => field));
  const takenColumns = new Set(places.flatMap((each) => each.columns.map((title) => titleIndex(columns, title))));
  const chosen: FieldMapping[] = [...places];
  for (const best of candidates) {
    if (takenFields.has(best.field.name) || takenColumns.has(best.column)) continue;
    takenFields.add(best.field.name);
    takenColumns.add(best.column);
    const confidence = Number(Math.min(0.99, best.score).toFixed(2));
    chosen.push({
      field: best.field.name,
      columns: [columns[best.column]?.title ?? ''],
      transform: 'copy',
      confidence,
      sure: confidence >= sureFrom && !isDoubtful(best, candidates),
      reason: best.reason,
    });
  }
  const order = new Map(schema.fields.map(({ name }, index) => [name, index]));
  const missing = schema.fields.filter(({ name }) => !takenFields.has(name));
  return {
    schema: schema.name,
    mappings: chosen.toSorted((a, b) => (order.get(a.field) ?? 0) - (order.get(b.field) ?? 0)),
    unmappedColumns: columns.filter((_, index) => !takenColumns.has(index)).map(({ title }) => title),
    missingFields: [...missing.filter(isRequired), ...missing.filter((field) => !isRequired(field))].map(
      ({ name }) => name,
    ),
  };
}

/** Whether another column wants the field, or another field the column, nearly as much. */
function isDoubtful(best: Candidate, all: readonly Candidate[]): boolean {
  if (best.reason === 'sameName' || best.reason === 'learned') return false;
  const rivals = all.filter(
    (other) => other !== best && (other.field === best.field) !== (other.column === best.column),
  );
  return rivals.some(({ score }) => score > best.score - doubtfulMargin);
}

function titleIndex(columns: readonly Column[], title: string): number {
  return columns.findIndex((column) => column.title === title);
}

function allCandidates(
  columns: readonly Column[],
  schema: TableSchema,
  accepts: Fit,
  learned: Learned,
): readonly Candidate[] {
  const fieldWords = schema.fields.map((field) => wordsOf(field.name));
  const weigh = weigher(fieldWords, [...wordsOf(schema.name.replace(/^scdl-/, '')), ...wordsOf(schema.title)]);
  const found: Candidate[] = [];
  for (const [index, column] of columns.entries()) {
    const words = wordsOf(column.title);
    for (const [place, field] of schema.fields.entries()) {
      const named = nameScore(column.title, words, field, fieldWords[place] ?? [], weigh);
      const taught = learned.get(loose(column.title))?.get(field.name) ?? 0;
      if (named.score < 0.3 && taught === 0) continue;
      const share = column.values.length === 0 ? null : accepts(field, column.values);
      const byValues = withValues(named.score, share, field, column);
      // The very name of the field: values that disobey are faults to correct, not another column.
      const least = taught > 0 ? 0.9 : named.reason === 'sameName' ? 0.85 : 0;
      const score = Math.max(least, byValues) * (isPayer(field) && column.distinct > 3 ? 0.9 : 1);
      if (score < leastConfidence) continue;
      found.push({ column: index, field, score, reason: taught > 0 ? 'learned' : named.reason, fit: share });
    }
  }
  return found.toSorted((a, b) => b.score - a.score || a.column - b.column || (a.field.name < b.field.name ? -1 : 1));
}

/** Whoever pays is the same in all rows of their file: a column of many is of those who receive. */
function isPayer({ name }: SchemaField): boolean {
  return /attribuant/i.test(name);
}

function loose(title: string): string {
  return foldedWords(title, '_').replaceAll('_', '');
}

function nameScore(
  title: string,
  words: ReturnType<typeof wordsOf>,
  field: SchemaField,
  fieldWords: ReturnType<typeof wordsOf>,
  weigh: ReturnType<typeof weigher>,
): { readonly score: number; readonly reason: MappingReason } {
  if (loose(title) === loose(field.name)) return { score: 0.98, reason: 'sameName' };
  const official = field.title === null ? null : loose(field.title);
  if (official !== null && official !== '' && loose(title) === official) return { score: 0.95, reason: 'sameTitle' };
  const byName = likeness(words, fieldWords, weigh);
  const byTitle = field.title === null ? null : likeness(words, wordsOf(field.title), weigh);
  // A title describes, a name names: what is like the title alone is less sure.
  const titleShare = (byTitle?.share ?? 0) < 0.72 ? 0 : (byTitle?.share ?? 0) * 0.72;
  const [share, synonym] = byName.share >= titleShare ? [byName.share, byName.synonym] : [titleShare, true];
  return { score: share * 0.95, reason: synonym ? 'synonym' : 'likeName' };
}

/** Values that the field cannot hold speak against it; values that it can, where few could, speak for it. */
function withValues(score: number, share: number | null, field: SchemaField, column: Column): number {
  if (share === null)
    return column.values.length === 0 ? score * 0.95 : contradicts(field, column) ? score * 0.6 : score;
  // A name that says it plainly stands, to be confirmed: its cells are incomplete (a year for a date), not of something else.
  if (share < 0.2) return score >= 0.75 ? 0.55 + (score - 0.75) * 0.5 : score * 0.55;
  if (share < 0.6) return score * 0.85;
  return Math.min(0.98, score + (1 - score) * 0.35 * share);
}

/** A field of free text whose example is made of letters, and a column of numbers or days alone. */
function contradicts(field: SchemaField, { values }: Column): boolean {
  const sentence = /[a-zà-ÿ]{3,} [a-zà-ÿ]{2,}/i.test(field.example ?? '');
  if (field.example === null || (/\d/.test(field.example) && !sentence)) return false;
  const numbers = values.filter((value) => /^[\s\d.,:/+-]+$/.test(value)).length;
  return numbers > values.length * 0.8;
}
