// What the platform and a GDAL child say to each other.

export type OpenRequest = {
  readonly kind: 'open';
  /** A folder that holds the file, and what goes with it, alone: the child sees nothing else. */
  readonly folder: string;
  readonly file: string;
  /** Where converted layers are written. */
  readonly to: string;
};

export type ConvertRequest = {
  readonly kind: 'convert';
  readonly layer: string;
  /** The name of the file to write, without ending. */
  readonly name: string;
  /** Coordinates as the file has them, or as WGS84 degrees (longitude first). */
  readonly coordinates: 'as written' | 'degrees';
};

export type ToGdal = OpenRequest | ConvertRequest;

export type GdalLayer = {
  readonly name: string;
  readonly fields: readonly string[];
  /** How many objects it says that it holds, null when it does not say. */
  readonly objects: number | null;
  /** Null for a table without shapes. */
  readonly shapes: {
    /** The type that the layer declares ("Point", "Unknown (any)"). */
    readonly type: string;
    /** The description of its reference system as WKT, null when the file gives none. */
    readonly wkt: string | null;
  } | null;
};

export type Converted = {
  /** A text of one GeoJSON feature per line. */
  readonly path: string;
  /** What GDAL complained of on the way; then the layer may not be whole. */
  readonly complaints: readonly string[];
};

export type FromGdal =
  | { readonly kind: 'opened'; readonly layers: readonly GdalLayer[] }
  | { readonly kind: 'converted'; readonly converted: Converted }
  | { readonly kind: 'failed'; readonly reason: string };
