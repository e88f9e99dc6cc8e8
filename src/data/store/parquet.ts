// How the platform writes Parquet: zstd at its first level, a quarter less work than at the usual one for the same size.
import { quoteLiteral } from '../../stores/tables/dialect.ts';

/** Rows of a group, for tables below so many rows: a page reads less of smaller ones, and both threads have work. */
const groups = [
  { below: 500_000, rows: 30_720 },
  { below: 3_000_000, rows: 61_440 },
] as const;

/** The option that suits a table of so many rows; the engine's own groups (122 880 rows) make large files smaller. */
export function groupsFor(rows: number): readonly string[] {
  const group = groups.find(({ below }) => rows < below);
  return group === undefined ? [] : [`ROW_GROUP_SIZE ${group.rows}`];
}

/** SQL that writes a query's rows. @param options more of the engine's options, written by us */
export function copyToParquet(select: string, path: string, ...options: readonly string[]): string {
  const all = ['FORMAT parquet', 'COMPRESSION zstd', 'COMPRESSION_LEVEL 1', ...options];
  return `COPY (${select}) TO ${quoteLiteral(path)} (${all.join(', ')})`;
}
