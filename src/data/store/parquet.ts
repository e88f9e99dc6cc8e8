// How the platform writes Parquet: zstd at its first level, a quarter less work than at the usual one for the same size.
import { quoteLiteral } from '../../stores/tables/dialect.ts';

/** Rows of a group in a table that has fewer than `largeTable`: a page then reads less, and both threads have work. */
const smallGroup = 30_720;
const largeTable = 500_000;

/** The option that suits a table of so many rows; the engine's own groups (122 880 rows) make large files smaller. */
export function groupsFor(rows: number): readonly string[] {
  return rows < largeTable ? [`ROW_GROUP_SIZE ${smallGroup}`] : [];
}

/** SQL that writes a query's rows. @param options more of the engine's options, written by us */
export function copyToParquet(select: string, path: string, ...options: readonly string[]): string {
  const all = ['FORMAT parquet', 'COMPRESSION zstd', 'COMPRESSION_LEVEL 1', ...options];
  return `COPY (${select}) TO ${quoteLiteral(path)} (${all.join(', ')})`;
}
