// A stored version as a comparison reads it.
import type { Field } from '../../model/field.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';

/** A stored version: its columns, and its data.parquet. */
export type ComparedVersion = {
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly dataPath: string;
};

/** SQL of the rows of a stored file. */
export function parquet(path: string): string {
  return `read_parquet(${quoteLiteral(path)})`;
}
