// What changed from one version of a dataset to another, as pages, the API and the command line tell it.

/** What tells rows apart: columns by name, and how we know. */
export type KeyOfRows = {
  readonly columns: readonly string[];
  readonly titles: readonly string[];
  readonly source: 'declared' | 'guessed';
};

export type ColumnChange = {
  readonly kind: 'added' | 'removed' | 'type';
  /** Its title. */
  readonly column: string;
  readonly from: string | null;
  readonly to: string | null;
};

export type CellChange = { readonly column: string; readonly from: string | null; readonly to: string | null };

/** A row that is in both, with what changed in it. */
export type RowChange = { readonly key: readonly string[]; readonly changes: readonly CellChange[] };

/** The cells of a row that both versions have columns for. */
export type ListedRow = readonly { readonly column: string; readonly value: string | null }[];

export type VersionDiff = {
  /** Null when nothing tells rows apart: then a modified row counts as one removed and one added. */
  readonly key: KeyOfRows | null;
  readonly columns: readonly ColumnChange[];
  readonly added: number;
  readonly removed: number;
  readonly modified: number;
  readonly unchanged: number;
  /** The first rows of each kind, in the key's order. */
  readonly listed: {
    readonly added: readonly ListedRow[];
    readonly removed: readonly ListedRow[];
    readonly modified: readonly RowChange[];
  };
  /** Columns by title, with how many cells changed in rows that are in both. */
  readonly changedCells: readonly { readonly column: string; readonly cells: number }[];
};

/** Whether two versions hold the same rows in the same columns. */
export function isSame(diff: VersionDiff): boolean {
  return diff.added + diff.removed + diff.modified + diff.columns.length === 0;
}
