// What reading a file yields: the file's facts and its tables, as `terroir inspect --json` prints them.
import type { Field } from './field.ts';
import type { Problem } from './problem.ts';

export type FileFacts = { readonly name: string; readonly bytes: number; readonly sha256: string };

export type Geometry = {
  /** GeoJSON's words: Point, LineString … */
  readonly type: string;
  /** The reference system found in the source: EPSG:4326, EPSG:2154 … */
  readonly crs: string;
  /** Where it was found: the columns' headers joined by " + ". */
  readonly source: string;
  /** west, south, east, north in WGS84 degrees, of the data as read. */
  readonly bbox: readonly [number, number, number, number];
  /** Columns made of the places when the table was stored: `geo_point_2d`, `geo_shape`. */
  readonly made?: readonly string[];
};

export type InspectedTable = {
  readonly name: string;
  /** The header's row as the spreadsheet shows it (1 = first line); null when the file has none. */
  readonly headerRow: number | null;
  /** Records below the header, empty ones included (they are counted apart). */
  readonly rows: number;
  readonly emptyRows: number;
  readonly fields: readonly Field[];
  readonly geometry: Geometry | null;
  readonly problems: readonly Problem[];
};

export type Inspection = {
  readonly file: FileFacts;
  /** csv, tsv … */
  readonly format: string;
  /** UTF-8, windows-1252, UTF-16LE, UTF-16BE. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly tables: readonly InspectedTable[];
  readonly problems: readonly Problem[];
};
