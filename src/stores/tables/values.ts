// Turns DuckDB's values into JSON-ready ones: plain numbers, ISO dates, objects and arrays.
import { type DuckDBDataChunk, type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';

import { geometryOf } from './wkb.ts';

type Convert = (value: DuckDBValue) => unknown;

/** Appends the rows of a chunk, converted, to `rows`. */
export function appendRows(chunk: DuckDBDataChunk, types: readonly DuckDBType[], rows: unknown[][]): void {
  const first = rows.length;
  const count = chunk.rowCount;
  for (let row = 0; row < count; row++) rows.push(new Array(types.length));
  for (const [column, type] of types.entries()) {
    const convert = converterOf(type);
    const vector = chunk.getColumnVector(column);
    for (let row = 0; row < count; row++) {
      const value = vector.getItem(row) as DuckDBValue;
      (rows[first + row] as unknown[])[column] = value === null || value === undefined ? null : convert(value);
    }
  }
}

const same: Convert = (value) => value;
const asText: Convert = (value) => String(value);
/** JSON has no NaN and no infinity: they read as no value. */
const asNumber: Convert = (value) => (Number.isFinite(Number(value)) ? Number(value) : null);
/** "2024-05-03 10:00:00.5+00" → "2024-05-03T10:00:00.5+00:00": our times are UTC. */
const asIso: Convert = (value) =>
  `${String(value)
    .replace(' ', 'T')
    .replace(/[+-]\d\d(:\d\d)*$/, '')}+00:00`;

const converters: Partial<Record<DuckDBTypeId, Convert>> = {
  [DuckDBTypeId.VARCHAR]: same,
  [DuckDBTypeId.BOOLEAN]: same,
  [DuckDBTypeId.TINYINT]: same,
  [DuckDBTypeId.SMALLINT]: same,
  [DuckDBTypeId.INTEGER]: same,
  [DuckDBTypeId.UTINYINT]: same,
  [DuckDBTypeId.USMALLINT]: same,
  [DuckDBTypeId.UINTEGER]: same,
  [DuckDBTypeId.BIGINT]: asNumber,
  [DuckDBTypeId.UBIGINT]: asNumber,
  [DuckDBTypeId.HUGEINT]: asNumber,
  [DuckDBTypeId.UHUGEINT]: asNumber,
  [DuckDBTypeId.FLOAT]: asNumber,
  [DuckDBTypeId.DOUBLE]: asNumber,
  [DuckDBTypeId.DECIMAL]: (value) => asNumber(asText(value) as string),
  [DuckDBTypeId.GEOMETRY]: (value) => geometryOf((value as unknown as { bytes: Uint8Array }).bytes),
  [DuckDBTypeId.TIMESTAMP]: asIso,
  [DuckDBTypeId.TIMESTAMP_S]: asIso,
  [DuckDBTypeId.TIMESTAMP_MS]: asIso,
  [DuckDBTypeId.TIMESTAMP_NS]: asIso,
  [DuckDBTypeId.TIMESTAMP_TZ]: asIso,
};

function converterOf(type: DuckDBType): Convert {
  switch (type.typeId) {
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as unknown as { entryNames: string[]; entryTypes: DuckDBType[] };
      const members = entryNames.map((name, index) => ({
        name,
        convert: converterOf(entryTypes[index] as DuckDBType),
      }));
      return (value) => {
        const { entries } = value as unknown as { entries: Record<string, DuckDBValue> };
        return Object.fromEntries(
          members.map(({ name, convert }) => [
            name,
            entries[name] === null ? null : convert(entries[name] as DuckDBValue),
          ]),
        );
      };
    }
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY: {
      const convert = converterOf((type as unknown as { valueType: DuckDBType }).valueType);
      return (value) =>
        (value as unknown as { items: DuckDBValue[] }).items.map((item) => (item === null ? null : convert(item)));
    }
    default:
      return converters[type.typeId] ?? asText;
  }
}
