// Writes the folded texts of a stored table beside it, so that a search forgives accents and capitals at no cost.
import type { FieldProfile } from '../../model/field.ts';
import { searchRowName } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { Statement } from '../../stores/tables/engine.ts';
import { copyToParquet, groupsFor } from './parquet.ts';

/** Below, the dictionaries of the stored file let the engine fold each value once by itself. */
const inDictionaries = 10_000;
/** Above, the folded values would not stay in memory. */
const mostRemembered = 1_000_000;
/** Folding a value takes as long as finding it eight times. */
const worthRemembering = 8;

export type SearchRequest = {
  readonly data: string;
  readonly target: string;
  readonly searchable: readonly string[];
  readonly rows: number;
  readonly profiles: readonly FieldProfile[];
};

/**
 * Each row names the row of the data that it is about: a join may write them in another order. Texts that come back often
 * are folded once, and looked up.
 */
export function searchFileStatements(request: SearchRequest): readonly Statement[] {
  const { data, target, searchable, rows, profiles } = request;
  const from = `read_parquet(${quoteLiteral(data)}, file_row_number = true) AS data`;
  const remembered = searchable.filter((name) =>
    isRemembered(
      profiles.find((each) => each.name === name),
      rows,
    ),
  );
  const tableOf = (name: string) => `folded_${remembered.indexOf(name)}`;
  const columns = searchable.map((name) => {
    const column = `data.${quoteIdentifier(name)}`;
    const folded = remembered.includes(name) ? `${tableOf(name)}.folded` : foldedSql(column);
    return `${folded} AS ${quoteIdentifier(name)}`;
  });
  const joins = remembered.map(
    (name) => ` LEFT JOIN ${tableOf(name)} ON ${tableOf(name)}.text = data.${quoteIdentifier(name)}`,
  );
  const select = [`data.file_row_number AS ${quoteIdentifier(searchRowName)}`, ...columns].join(', ');
  return [
    ...remembered.map((name) => ({
      sql: `CREATE TEMP TABLE ${tableOf(name)} AS SELECT text, ${foldedSql('text')} AS folded FROM (SELECT DISTINCT ${quoteIdentifier(name)} AS text FROM read_parquet(${quoteLiteral(data)}))`,
    })),
    {
      sql: copyToParquet(
        `SELECT ${select} FROM ${from}${joins.join('')}`,
        target,
        'PARQUET_VERSION V2',
        ...groupsFor(rows),
      ),
    },
    ...remembered.map((name) => ({ sql: `DROP TABLE ${tableOf(name)}` })),
  ];
}

function isRemembered(profile: FieldProfile | undefined, rows: number): boolean {
  const distinct = profile?.distinct ?? 0;
  return distinct > inDictionaries && distinct <= mostRemembered && distinct * worthRemembering <= rows;
}

function foldedSql(text: string): string {
  return `lower(strip_accents(${text}))`;
}
