// After the table was stored: proves what was trusted, and measures on the stored file what would be long on the source.
import type { Problem } from '../../model/problem.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable, Stage, StoredTable, TypedTable } from '../stages.ts';
import { measurePlacement, type Placement } from './geometry.ts';
import { measureOf } from './measure.ts';
import { keptAll, type Trust } from './proof.ts';

/** A table typed on the faith of its bytes: to be stored, then confirmed. */
export type TrustedTable = TypedTable & { readonly trusted: readonly Trust[]; readonly placement: Placement | null };

/**
 * @returns null when the faith was misplaced: the table must be typed by looking at all its values, and written again
 * @throws TerroirError file.unreadable when the engine read other records than we did; engine.*
 */
export async function confirmTable(
  parsed: ParsedTable,
  typed: TrustedTable,
  stored: StoredTable,
  tables: TableEngine,
): Promise<Stage<TypedTable> | null> {
  const { trusted, placement, fields } = typed;
  if (!keptAll(trusted, stored.profiles)) return null;
  const names = fields.map(({ name }) => quoteIdentifier(name));
  const measure = measureOf(parsed, tables, { path: stored.path, columns: names });
  // Shapes were measured by their reader.
  let geometry = placement === null ? typed.geometry : null;
  const problems: Problem[] = [];
  if (placement === null) {
    await measure.ask([]);
  } else {
    const titles = parsed.headers.map(({ title }) => title);
    const measured = await measurePlacement(placement, (index) => names[index] ?? 'NULL', titles, measure);
    geometry = measured.geometry;
    problems.push(...measured.problems);
  }
  return { value: { fields, geometry }, problems };
}
