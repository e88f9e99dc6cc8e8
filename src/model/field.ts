// A column of a table in Table Schema's words, with the role that the platform recognised in it.

export const fieldTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'geopoint',
  'geojson',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What a column means, whatever its name: used to keep codes as text, to draw maps and to join producers. */
export const fieldRoles = [
  'latitude',
  'longitude',
  'latlon',
  'x',
  'y',
  'inseeCode',
  'departmentCode',
  'regionCode',
  'postalCode',
  'siren',
  'siret',
  'rna',
  'phone',
  'email',
  'url',
  'year',
  'amount',
  'communeName',
  'address',
  'identifier',
] as const;
export type FieldRole = (typeof fieldRoles)[number];

export type Field = {
  /** The header folded to lower-case ASCII with `_`, unique in its table: the name in every API. */
  readonly name: string;
  /** The header's text as the file has it (trimmed); the ODS `label`. */
  readonly title: string;
  readonly type: FieldType;
  /**
   * How the values are written in the source, null when it is the type's default. Table Schema's strptime for dates
   * ("%d/%m/%Y"); "lat,lon" for geopoint.
   */
  readonly format: string | null;
  readonly role: FieldRole | null;
  /** Written like this in the source; the stored value is canonical. Only what differs from Table Schema's defaults. */
  readonly decimalChar?: ',';
  readonly groupChar?: string;
  /** Units stripped from numbers ("€", "%"). */
  readonly unit?: string;
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  /** Texts of this column that mean "no value" ("NA"). */
  readonly missingValues?: readonly string[];
};

/** One value that stands out in a column, and how many rows hold it. */
export type TopValue = { readonly value: string; readonly count: number };

/** What a column holds, measured on all its rows. */
export type FieldProfile = {
  readonly name: string;
  /** Rows with a value, and its share of all rows between 0 and 1. */
  readonly filled: number;
  readonly filledShare: number;
  readonly distinct: number;
  /** Whether `distinct` is an estimate (true above 10 000 different values). */
  readonly distinctEstimated: boolean;
  readonly min: string | null;
  readonly max: string | null;
  /** The most frequent values, at most ten; empty when every value is different. */
  readonly top: readonly TopValue[];
};
