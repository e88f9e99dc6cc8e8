// How the columns of a producer's file become the fields of a schema: a document that people can read, keep and replay.

/** Why a column was taken for a field, the strongest sign first. */
export const mappingReasons = [
  'sameName',
  'sameTitle',
  'likeName',
  'synonym',
  'values',
  'coordinates',
  'learned',
  'given',
] as const;
export type MappingReason = (typeof mappingReasons)[number];

/**
 * What is done of the cells:
 * copy: as they are, put in the form that the schema wants where that is sure (31/12/2024 → 2024-12-31, 1 250,50 → 1250.5);
 * constant: the same value in every row; join: several columns, with a separator between those that are filled;
 * latitude, longitude: one of the two numbers of a column that holds both; lonlat: two columns as « [lon, lat] ».
 */
export const mappingTransforms = ['copy', 'constant', 'join', 'latitude', 'longitude', 'lonlat'] as const;
export type MappingTransform = (typeof mappingTransforms)[number];

export type FieldMapping = {
  /** A field of the schema. */
  readonly field: string;
  /** The titles of the columns it is made of, as the file has them; none for a constant. */
  readonly columns: readonly string[];
  readonly transform: MappingTransform;
  /** Of a constant: the value; of a join: what stands between. */
  readonly text?: string;
  /** What some values become: « Assoc. » → « association ». Compared without case, accents or blanks around. */
  readonly values?: Readonly<Record<string, string>>;
  /** Between 0 and 1. */
  readonly confidence: number;
  /** Whether it may be used before anyone looked at it. */
  readonly sure: boolean;
  readonly reason: MappingReason;
};

export type Mapping = {
  /** The schema's name. */
  readonly schema: string;
  readonly mappings: readonly FieldMapping[];
};

/** A mapping proposed for a file, with what it leaves on both sides. */
export type MappingProposal = Mapping & {
  readonly unmappedColumns: readonly string[];
  /** Fields that no column gives; the required ones first. */
  readonly missingFields: readonly string[];
};
