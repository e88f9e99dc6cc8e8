// The formats that rows can be taken in: their media types, their endings, what they need, what they can hold.
import { TerroirError } from '../../lib/errors.ts';

export type FormatFacts = {
  readonly media: string;
  /** The ending of the file's name. */
  readonly ending: string;
  /** Whether a row without a place means nothing there. */
  readonly places: boolean;
  /** Whether the format can say that its places are in another system than degrees of WGS84. */
  readonly systems?: true;
  /** The most rows that a file can hold, its header apart. */
  readonly maxRows?: number;
};

/** In the order of the Explore API, then those that it does not have. */
export const formatFacts = {
  csv: { media: 'text/csv; charset=utf-8', ending: 'csv', places: false },
  fgb: { media: 'application/flatgeobuf', ending: 'fgb', places: true, systems: true },
  geojson: { media: 'application/geo+json; charset=utf-8', ending: 'geojson', places: true, systems: true },
  gpx: { media: 'application/gpx+xml; charset=utf-8', ending: 'gpx', places: true },
  json: { media: 'application/json; charset=utf-8', ending: 'json', places: false },
  jsonl: { media: 'application/x-ndjson; charset=utf-8', ending: 'jsonl', places: false },
  jsonld: { media: 'application/ld+json; charset=utf-8', ending: 'jsonld', places: false },
  kml: { media: 'application/vnd.google-earth.kml+xml; charset=utf-8', ending: 'kml', places: true },
  n3: { media: 'text/n3; charset=utf-8', ending: 'n3', places: false },
  ov2: { media: 'application/vnd.tomtom.ov2', ending: 'ov2', places: true },
  parquet: { media: 'application/vnd.apache.parquet', ending: 'parquet', places: false },
  rdfxml: { media: 'application/rdf+xml; charset=utf-8', ending: 'rdf', places: false },
  shp: { media: 'application/zip', ending: 'zip', places: true, systems: true },
  turtle: { media: 'text/turtle; charset=utf-8', ending: 'ttl', places: false },
  xlsx: {
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
    places: false,
    // 1 048 576 lines of a sheet (ECMA-376 as Excel keeps it), one of which is the header.
    maxRows: 1_048_575,
  },
  gpkg: { media: 'application/geopackage+sqlite3', ending: 'gpkg', places: true, systems: true },
} as const satisfies Record<string, FormatFacts>;

export type ExportFormat = keyof typeof formatFacts;

export const exportFormats = Object.keys(formatFacts) as readonly ExportFormat[];

/** What is known of a format. */
export function factsOf(format: ExportFormat): FormatFacts {
  return formatFacts[format];
}

/** @throws TerroirError export.formatUnknown */
export function checkExportFormat(format: string): ExportFormat {
  const known = exportFormats.find((name) => name === format);
  if (known === undefined) throw new TerroirError('export.formatUnknown', { format });
  return known;
}

/** The formats that a table can be taken in. */
export function formatsFor(table: { readonly places: boolean }): readonly ExportFormat[] {
  return exportFormats.filter((format) => table.places || !formatFacts[format].places);
}
