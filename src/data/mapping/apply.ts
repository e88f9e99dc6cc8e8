// Does a mapping to a row: the cells of a producer's file become the cells of the schema.
import { foldText } from '../../lib/text.ts';
import type { FieldMapping, Mapping } from '../../model/mapping.ts';
import type { SchemaField, TableSchema } from '../../model/schema.ts';
import { numberOfPair } from './coordinates.ts';

/** Puts a value in the form that a field wants; null when nothing sure can be said. */
export type Reform = (field: SchemaField, value: string) => string | null;

/** « Sans objet » and its like: in a field that may be empty, they say that it is. */
const nothing = /^(?:sans objet|s\.?o\.?|neant|aucune?|non renseigne|n\.?[rc]\.?|non concerne|n\/a|-+|null)$/;

/**
 * Prepares a mapping for rows of a file.
 * @param titles the titles of the file's columns, in their order; a column that is not there gives empty cells
 * @returns for the cells of a row, those of the schema in the order of its fields
 */
export function rowMapper(
  { mappings }: Pick<Mapping, 'mappings'>,
  schema: TableSchema,
  titles: readonly string[],
  reform: Reform,
): (cells: readonly string[]) => string[] {
  const makers = schema.fields.map((field) => {
    const mapping = mappings.find((each) => each.field === field.name);
    return mapping === undefined ? () => '' : maker(mapping, field, titles, reform);
  });
  return (cells) => makers.map((make) => make(cells));
}

function maker(
  mapping: FieldMapping,
  field: SchemaField,
  titles: readonly string[],
  reform: Reform,
): (cells: readonly string[]) => string {
  const places = mapping.columns.map((title) => titles.indexOf(title));
  const first = places[0] ?? -1;
  const text = mapping.text ?? '';
  const finish = finisher(mapping, field, reform);
  switch (mapping.transform) {
    case 'constant':
      return () => text;
    case 'join':
      return (cells) =>
        finish(
          places
            .map((place) => (cells[place] ?? '').trim())
            .filter((cell) => cell !== '')
            .join(text === '' ? ' ' : text),
        );
    case 'latitude':
    case 'longitude': {
      const wanted = mapping.transform;
      return (cells) => numberOfPair(cells[first] ?? '', wanted, text) ?? '';
    }
    case 'lonlat':
      return (cells) => {
        const [lon, lat] = places.map((place) => (cells[place] ?? '').trim().replace(',', '.'));
        return lon === '' || lat === '' || lon === undefined || lat === undefined ? '' : `[${lon}, ${lat}]`;
      };
    case 'copy':
      return (cells) => finish(cells[first] ?? '');
  }
}

/** Values are put in the field's form once for each different one: a column has few, or is quick. */
function finisher({ values = {} }: FieldMapping, field: SchemaField, reform: Reform): (cell: string) => string {
  const known = new Map(Object.entries(values).map(([from, to]) => [foldText(from.trim()), to]));
  const optional = field.constraints.required !== true;
  const seen = new Map<string, string>();
  return (cell) => {
    const kept = seen.get(cell);
    if (kept !== undefined) return kept;
    const trimmed = cell.trim();
    const folded = foldText(trimmed);
    const said = known.get(folded);
    const made =
      said ?? (trimmed === '' || (optional && nothing.test(folded)) ? '' : (reform(field, trimmed) ?? trimmed));
    if (seen.size < 10_000) seen.set(cell, made);
    return made;
  };
}
