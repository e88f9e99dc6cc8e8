// What an export is asked: the rows, their columns, where they are, how the file is to be written.
import type { Statement } from '../../stores/tables/engine.ts';
import type { ExportFormat } from './formats.ts';

export const csvDelimiters = [';', ',', '\t', '|'] as const;
export type CsvOptions = {
  readonly delimiter: (typeof csvDelimiters)[number];
  /** Begins with a byte order mark, so that spreadsheets read accents. */
  readonly withBom: boolean;
  /** Quotes around every value. */
  readonly quoteAll: boolean;
  /** The header says what the producer's file says, instead of the names of the API. */
  readonly useLabels: boolean;
  /** Texts that a spreadsheet would run as formulas begin with an apostrophe; programs get every text as it is. */
  readonly forSpreadsheet: boolean;
};
export const defaultCsv: CsvOptions = {
  delimiter: ';',
  withBom: true,
  quoteAll: false,
  useLabels: false,
  forSpreadsheet: false,
};

export type ParquetCompression = 'snappy' | 'zstd';

/** What a GPX file says of each place; null: what looks like a name, no description. */
export type GpxOptions = {
  readonly nameField: string | null;
  readonly descriptionFields: readonly string[];
  /** All the values too, in extensions. */
  readonly useExtension: boolean;
};
export const defaultGpx: GpxOptions = { nameField: null, descriptionFields: [], useExtension: true };

/** A column as the query names it, with the words of its kind. */
export type ExportColumn = { readonly name: string; readonly label: string; readonly kind: string };

/** A column with the engine's word for its type: BIGINT, DOUBLE, VARCHAR … */
export type TypedColumn = ExportColumn & { readonly type: string };

/** The column that holds the places of the rows, and how. */
export type PlaceColumn = { readonly name: string; readonly kind: 'point' | 'shape' };

/** What a file says of where it comes from. */
export type ExportSubject = {
  /** The dataset's address, or a name made of its identifier where no address is known. */
  readonly iri: string;
  readonly id: string;
  readonly title: string;
};

export type ExportRequest = {
  /** Names the rows: the version and the normalised query. */
  readonly key: string;
  /** The version: its files have a folder of their own, so that they can go with it. */
  readonly version: string;
  readonly format: ExportFormat;
  readonly csv: CsvOptions;
  readonly compression: ParquetCompression;
  readonly gpx: GpxOptions;
  /** The system of the places; degrees of WGS84 when absent. Only for formats that have `systems`. */
  readonly epsg?: number;
  readonly subject: ExportSubject;
  readonly columns: readonly ExportColumn[];
  /** The rows, each column written by `wrap`. */
  select(wrap: (kind: string, sql: string) => string): Statement;
  /** The stored file, when it is exactly what is asked in parquet. */
  readonly stored: string | null;
};

/** The rows as the engine has them, with the types of their columns: what writers of texts build on. */
export type RawRows = { readonly sql: string; readonly columns: readonly TypedColumn[] };

/** The place of a row is its shape, else its first point. */
export function placeOf(columns: readonly ExportColumn[]): PlaceColumn | null {
  for (const kind of ['shape', 'point'] as const) {
    const found =
      columns.find((column) => column.kind === kind && column.name.startsWith('geo_')) ??
      columns.find((column) => column.kind === kind);
    if (found !== undefined) return { name: found.name, kind };
  }
  return null;
}

/** The column that most looks like what people call the thing. */
export function nameColumn<Column extends ExportColumn>(columns: readonly Column[]): Column | null {
  const texts = columns.filter((column) => column.kind === 'text');
  return (
    texts.find(({ name }) => /^(nom|name|libelle|titre|title|denomination|intitule)$/.test(name)) ??
    texts.find(({ name }) => /(^|_)(nom|name|libelle|titre|denomination|intitule)(_|$)/.test(name)) ??
    texts[0] ??
    null
  );
}
