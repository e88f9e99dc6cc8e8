// What the stages of the way of data hand to each other; journey.ts joins them.
import type { Field, FieldProfile } from '../model/field.ts';
import type { Problem } from '../model/problem.ts';
import type { FileFacts, Geometry } from '../model/table.ts';

/** Every stage answers a value and what it noticed; bad data never throws. */
export type Stage<T> = { readonly value: T; readonly problems: readonly Problem[] };

/** After deposit: the original is kept byte for byte, `path` is a local copy that the stages read. */
export type DepositedFile = FileFacts & {
  readonly path: string;
  /** The name of the table inside, when the deposited file is an archive: `path` is then the table. */
  readonly innerName?: string;
};

/** A UTF-8 CSV that the engine reads with no sniffing: the original itself when it is regular, else a clean copy of it. */
export type TableSource = {
  readonly path: string;
  readonly delimiter: string;
  /** Records the engine must find: another count means that it read the file in another way. */
  readonly records: number;
  /** Physical lines above the first data record. */
  readonly skipLines: number;
  readonly columns: number;
  /** Whether the file is the deposited one, read as it stands. */
  readonly original: boolean;
  /** Bytes of its longest record, at least: the engine must be told when a line is very long. */
  readonly longestRecord: number;
};

export type ParsedTable = {
  readonly name: string;
  readonly source: TableSource;
  readonly headerRow: number | null;
  /** Records below the header, empty ones included. */
  readonly rows: number;
  readonly emptyRows: number;
  /** The header's cells in order: its text, and the name made of it (unique, lower-case ASCII with `_`). */
  readonly headers: readonly { readonly title: string; readonly name: string }[];
  /** Row of the first record as the spreadsheet shows it, and the rows below it that the source leaves out. */
  readonly firstSourceRow: number;
  readonly droppedSourceRows: readonly number[];
  /** Records spread over the whole file (5 000 at most), the first ones always among them; cells as text. */
  readonly sample: readonly (readonly string[])[];
};

export type ParsedFile = {
  readonly format: string;
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly tables: readonly ParsedTable[];
};

/** After validate: every column has a type that all its values obey. */
export type TypedTable = { readonly fields: readonly Field[]; readonly geometry: Geometry | null };

/** After store: what was written. */
export type StoredTable = {
  readonly rows: number;
  readonly profiles: readonly FieldProfile[];
  readonly parquetBytes: number;
};
