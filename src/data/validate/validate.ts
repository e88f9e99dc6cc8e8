// Third stage: gives every column the type that all its values obey, and says what kept the others from having one.
import type { Field } from '../../model/field.ts';
import type { Problem } from '../../model/problem.ts';
import type { Geometry } from '../../model/table.ts';
import { obeysExpression, rawColumn } from '../../stores/tables/conversion.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable, Stage, TypedTable } from '../stages.ts';
import { type Column, guessColumns, rethink } from './columns.ts';
import type { TrustedTable } from './confirm.ts';
import {
  type CoordinateColumn,
  findPlacement,
  measurePlacement,
  metreRoles,
  type Placement,
  placementAggregates,
  placementFacts,
  placementRoles,
  readSource,
} from './geometry.ts';
import { type Aggregate, type Measure, measureOf } from './measure.ts';
import { isProvedByStoring } from './proof.ts';
import { textReading } from './readings.ts';
import { valueAggregates, valueProblems } from './value-problems.ts';

/** A column is thought over again at most so many times, each time with examples that disobeyed. */
const mostRounds = 5;
const offendersRead = 500;

/**
 * Types a table without losing anything: a column whose values do not all obey a type stays text.
 * @throws TerroirError file.unreadable when the engine reads other records than we did; engine.*, disk.full
 */
export async function validateTable(parsed: ParsedTable, tables: TableEngine): Promise<Stage<TypedTable>> {
  const measure = measureOf(parsed, tables);
  const { columns, placement, fields, problems } = await typeColumns(guessColumns(parsed), measure, true);
  // Also asked of a table of texts: the engine must find the records that we counted.
  await measure.ask([]);
  const shapes = shapeGeometry(parsed);
  if (shapes !== null || placement === null) return { value: { fields, geometry: shapes }, problems };
  const titles = columns.map((column) => column.title);
  const read = readSource(columns.map((column) => column.reading));
  const measured = await measurePlacement(placement, read, titles, measure);
  return { value: { fields, geometry: measured.geometry }, problems: [...problems, ...measured.problems] };
}

/**
 * The same on the faith of what the bytes of the cells tell: only columns of which they tell nothing are looked at. The
 * table must be confirmed once it is stored; until then its geometry has no box.
 * @throws TerroirError file.unreadable, engine.*, disk.full
 */
export async function trustTable(parsed: ParsedTable, tables: TableEngine): Promise<Stage<TrustedTable>> {
  const measure = measureOf(parsed, tables);
  const guessed = guessColumns(parsed);
  const proved = guessed.map((column) =>
    isProvedByStoring(column.reading, column.facts) ? { ...column, verified: true } : column,
  );
  const { columns, placement, fields, problems } = await typeColumns(proved, measure, false);
  const trusted = columns.flatMap(({ index, name, facts }) =>
    proved[index]?.verified === true && isProvedByStoring(columns[index]?.reading ?? textReading, facts)
      ? [{ name, filled: facts.filled }]
      : [],
  );
  const shapes = shapeGeometry(parsed);
  const geometry = shapes ?? unmeasured(placement, columns);
  return { value: { fields, geometry, trusted, placement: shapes === null ? placement : null }, problems };
}

type Typed = {
  readonly columns: readonly Column[];
  readonly placement: Placement | null;
  readonly fields: readonly Field[];
  readonly problems: readonly Problem[];
};

/** @param places whether the box of the placement will be asked of the source too */
async function typeColumns(guessed: readonly Column[], measure: Measure, places: boolean): Promise<Typed> {
  let columns = guessed;
  for (let round = 0; round < mostRounds && columns.some(isToVerify); round++)
    columns = await verify(columns, measure, { places, last: round === mostRounds - 1 });
  const placement = placementOf(columns);
  const problems = await valueProblems(columns, measure);
  const roles = new Map([...metreRoles(coordinates(columns)), ...placementRoles(placement)]);
  const fields = columns.map(
    ({ name, title, reading, role }, index): Field => ({
      name,
      title,
      ...reading,
      role: roles.get(index) ?? (reading.type === 'geopoint' ? 'latlon' : role),
    }),
  );
  return { columns, placement, fields, problems };
}

/** What the reader measured of the shapes that it found. */
function shapeGeometry({ shapes }: ParsedTable): Geometry | null {
  if (shapes === undefined) return null;
  const { type, crs, source, bbox } = shapes;
  return { type, crs, source, bbox };
}

function unmeasured(placement: Placement | null, columns: readonly Column[]): Geometry | null {
  if (placement === null) return null;
  const titles = columns.map((column) => column.title);
  return { type: 'Point', ...placementFacts(placement, titles), bbox: [-180, -90, 180, 90] };
}

function isToVerify(column: Column): boolean {
  return !column.verified;
}

/** Counts, over all rows, the values that disobey, and thinks again about the columns that have some. */
async function verify(
  columns: readonly Column[],
  measure: Measure,
  { places, last }: { places: boolean; last: boolean },
): Promise<readonly Column[]> {
  const pending = columns.filter(isToVerify);
  const placement = places ? placementOf(columns) : null;
  const read = readSource(columns.map((column) => column.reading));
  const wrongSql = (column: Column) => ({
    sql: `count_if(NOT ${obeysExpression(column.reading, rawColumn(column.index))})`,
  });
  // What will be asked later rides along: most files obey at once, and a pass over a large file is long.
  const ahead = [...valueAggregates(columns), ...(placement === null ? [] : placementAggregates(placement, read))];
  const wrong = await measure.ask([
    ...pending.map((column) => (column.values.length === 0 ? filledSql(column) : wrongSql(column))),
    ...ahead,
  ]);
  const thought = new Map<number, Column>();
  for (const [place, column] of pending.entries()) {
    const count = wrong[place] ?? 0;
    if (count === 0) {
      thought.set(column.index, { ...column, verified: true });
      continue;
    }
    const raw = rawColumn(column.index);
    const condition = column.values.length === 0 ? `${raw} IS NOT NULL` : `NOT ${obeysExpression(column.reading, raw)}`;
    const [filled] = await measure.ask([filledSql(column)]);
    const offenders = await measure.find(column.index, condition, offendersRead);
    thought.set(column.index, rethink(column, { offenders, wrong: count, filled: filled ?? count, last }));
  }
  return columns.map((column) => thought.get(column.index) ?? column);
}

function filledSql(column: Column): Aggregate {
  return { sql: `count(${rawColumn(column.index)})` };
}

function placementOf(columns: readonly Column[]): Placement | null {
  return findPlacement(coordinates(columns));
}

function coordinates(columns: readonly Column[]): readonly CoordinateColumn[] {
  return columns.map(({ title, reading, numbers }) => ({ title, reading, numbers }));
}
