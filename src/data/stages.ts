// What the stages of the way of data hand to each other; journey.ts joins them.
import type { Field, FieldProfile } from '../model/field.ts';
import type { Problem } from '../model/problem.ts';
import type { FileFacts, Geometry } from '../model/table.ts';
import type { CellFacts } from './cell-facts.ts';

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
  /** What the cells of each column are made of, where every byte was looked at; null for a column of texts. */
  readonly cells?: readonly (CellFacts | null)[];
};

/** Shapes that a reader found: one text column of the source holds them as WKT, in WGS84 degrees (longitude first). */
export type ParsedShapes = {
  /** Index of the column among the source's columns. */
  readonly column: number;
  /** The reference system found in the file: "EPSG:2154" …; the shapes themselves are already in WGS84. */
  readonly crs: string;
  /** What told the reference system, for people: ".prj", "crs", "defaults of the format", "guess". */
  readonly source: string;
  /** GeoJSON's word for all of them: "Point", "MultiPolygon" …; "Geometry" when they are of several kinds. */
  readonly type: string;
  /** west, south, east, north in WGS84 degrees, of all shapes. */
  readonly bbox: readonly [number, number, number, number];
  /** Columns of the source, beyond the headers, with the longitude and the latitude of a point that stands for each shape. */
  readonly pointColumns: readonly [number, number];
  /** Some of the places, for people to check on a map: where they are, and what was read when the table's own columns say it. */
  readonly examples?: readonly PlaceExample[];
};

export type PlaceExample = {
  /** The row as the spreadsheet shows it. */
  readonly row: number;
  readonly read: string;
  readonly lon: number;
  readonly lat: number;
};

export type ParsedTable = {
  readonly name: string;
  /** The sheet's name as the spreadsheet shows it; absent for a file without sheets. */
  readonly sheet?: string;
  /** Index of the source's first column as the spreadsheet shows it (0 = A); absent when it is 0. */
  readonly firstSourceColumn?: number;
  readonly shapes?: ParsedShapes;
  /** What a row is where no spreadsheet numbers it: an object of a list or of a map. */
  readonly unit?: 'object';
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
  /** Null for a format that is not text. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly tables: readonly ParsedTable[];
};

/** After validate: every column has a type that all its values obey. */
export type TypedTable = {
  readonly fields: readonly Field[];
  readonly geometry: Geometry | null;
  /** Columns typed on the faith of their bytes: all their filled cells must have a value once stored. */
  readonly trusted?: readonly { readonly name: string; readonly filled: number }[];
};

/** After store: what was written. */
export type StoredTable = {
  /** The Parquet file. */
  readonly path: string;
  readonly rows: number;
  readonly profiles: readonly FieldProfile[];
  readonly parquetBytes: number;
};
