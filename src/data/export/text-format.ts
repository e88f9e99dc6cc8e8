// Formats that are texts, a row being a piece of text: written by the engine itself, so that a million rows weigh nothing here.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { ExportRequest, PlaceColumn, TypedColumn } from './request.ts';
import { wktOf } from './values.ts';

export type TextParts = {
  /** Before the rows, with the end of its last line. */
  readonly head: string;
  /** After them. */
  readonly tail: string;
  /** Whether each row but the first follows a comma; a row is then written with one before it. */
  readonly commas: boolean;
  /** The text of a row as SQL, of the columns by their names and of `placeText`; never null. */
  readonly row: string;
  /** Rows apart, in this order, where a format wants one kind of places before another; all when absent. */
  readonly turns?: readonly string[];
};

/** Writes a format: pure, of the request's columns. */
export type TextFormat = (
  request: ExportRequest,
  columns: readonly TypedColumn[],
  place: PlaceColumn | null,
) => TextParts;

/** The place of the row as well-known text, null without one. */
export const placeText = '"#place"';

/** Columns but the one that is the place. */
export function withoutPlace(columns: readonly TypedColumn[], place: PlaceColumn | null): readonly TypedColumn[] {
  return columns.filter((column) => column.name !== place?.name);
}

/** The statement whose one column is the text of each row. */
export function textStatement(rows: string, parts: TextParts, place: PlaceColumn | null): string {
  const placed = place === null ? '*' : `*, ${wktOf(place.kind, quoteIdentifier(place.name))} AS ${placeText}`;
  const written = parts.commas ? `',' || ${parts.row}` : parts.row;
  const turn = (condition: string | null) =>
    `SELECT ${written} AS line FROM (SELECT ${placed} FROM (${rows}))${condition === null ? '' : ` WHERE ${condition}`}`;
  return (parts.turns ?? [null]).map(turn).join(' UNION ALL ');
}
