// The rows after a given one in an order, found by that row itself: however deep a reader is, the next page costs the same.
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { StoredVersion } from './stored-version.ts';
import type { Node } from './tree.ts';

export type SortKey = { readonly field: string; readonly descending: boolean };

/**
 * A condition that is true for the rows after row `row` (from 0) of the version, in the order of `keys`, empty values last,
 * then in the file's. The names of the keys are those of its columns.
 */
export function afterRow(version: StoredVersion, keys: readonly SortKey[], row: number): Node {
  return {
    kind: 'found',
    at: 0,
    sql: (bind) => {
      const place = bind(row);
      const data = `read_parquet(${quoteLiteral(version.dataPath)}, file_row_number = true)`;
      const last = `file_row_number > ${place}`;
      return keys.reduceRight((later, { field, descending }) => {
        const key = quoteIdentifier(field);
        const value = `(SELECT ${key} FROM ${data} WHERE file_row_number = ${place})`;
        const beyond = `${value} IS NOT NULL AND (${key} ${descending ? '<' : '>'} ${value} OR ${key} IS NULL)`;
        return `((${beyond}) OR (${key} IS NOT DISTINCT FROM ${value} AND ${later}))`;
      }, `(${last})`);
    },
  };
}
