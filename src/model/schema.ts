// A table's schema in Table Schema's words (Data Package v2 and what French schemas add to it), once read and found sound.

export const schemaFieldTypes = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'list',
  'datetime',
  'date',
  'time',
  'year',
  'yearmonth',
  'duration',
  'geopoint',
  'geojson',
  'any',
] as const;
export type SchemaFieldType = (typeof schemaFieldTypes)[number];

/** A value as a descriptor writes it: JSON's scalars. */
export type Scalar = string | number | boolean;

export type SchemaConstraints = {
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: Scalar;
  readonly maximum?: Scalar;
  readonly exclusiveMinimum?: Scalar;
  readonly exclusiveMaximum?: Scalar;
  /** A regular expression that the whole value must match. */
  readonly pattern?: string;
  /** The texts of the accepted values, as a file would write them. */
  readonly enum?: readonly string[];
  /** A JSON Schema for arrays and objects. */
  readonly jsonSchema?: unknown;
};

export type SchemaField = {
  readonly name: string;
  readonly type: SchemaFieldType;
  /** "default", a strptime pattern, "email" … ; never with the old prefix "fmt:". */
  readonly format: string;
  readonly title: string | null;
  readonly description: string | null;
  /** The title in English, where a schema of ours gives it. */
  readonly titleEn: string | null;
  readonly example: string | null;
  readonly constraints: SchemaConstraints;
  /** Texts that mean "no value" in this column; the schema's when absent. */
  readonly missingValues?: readonly string[];
  readonly trueValues: readonly string[];
  readonly falseValues: readonly string[];
  readonly decimalChar: string;
  readonly groupChar: string;
  readonly bareNumber: boolean;
  /** Of a list: what separates its items, and their type. */
  readonly delimiter: string;
  readonly itemType: SchemaFieldType;
  /** Of an array: what Validata checks in each item (its `arrayItem`). */
  readonly arrayEnum?: readonly string[];
};

export type ForeignKey = {
  readonly fields: readonly string[];
  /** The resource's name in the package; empty for the table itself. */
  readonly resource: string;
  readonly referenceFields: readonly string[];
};

/** A check that Validata adds to Table Schema: its name and its parameters, columns named as in the schema. */
export type CustomCheck = { readonly name: string; readonly params: Readonly<Record<string, unknown>> };

export const fieldsMatches = ['exact', 'equal', 'subset', 'superset', 'partial'] as const;
/** Which columns a file must have; `null` is Validata's way: any order, the required ones, nothing forbidden. */
export type FieldsMatch = (typeof fieldsMatches)[number] | null;

export type TableSchema = {
  readonly name: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly description: string | null;
  readonly descriptionEn: string | null;
  readonly version: string | null;
  /** Where the schema's facts come from. */
  readonly sources: readonly { readonly title: string; readonly path: string }[];
  readonly fields: readonly SchemaField[];
  readonly missingValues: readonly string[];
  readonly fieldsMatch: FieldsMatch;
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly customChecks: readonly CustomCheck[];
};

/** A schema with what it describes: a table, or a JSON document. `name` is how it was asked for. */
export type LoadedSchema =
  | { readonly kind: 'table'; readonly name: string; readonly schema: TableSchema }
  | { readonly kind: 'json'; readonly name: string; readonly schema: unknown };

/** A file of a package, with the name that foreign keys give it. */
export type PackageFile = { readonly name: string; readonly path: string; readonly schema: TableSchema };

/** What kind of descriptor a JSON value is. */
export type SchemaKind = 'table' | 'json' | 'package';

/** The kind of a descriptor, or null when it is none that we know. */
export function schemaKind(value: unknown): SchemaKind | null {
  if (!isRecord(value)) return null;
  if (Array.isArray(value['fields'])) return 'table';
  if (Array.isArray(value['resources']) && value['properties'] === undefined) return 'package';
  const words = ['properties', 'items', 'definitions', '$defs', 'oneOf', 'anyOf', 'allOf', '$ref', 'type'];
  return words.some((word) => value[word] !== undefined) ? 'json' : null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts that mean "no value" in a column. */
export function missingValuesOf(schema: TableSchema, field: SchemaField): readonly string[] {
  return field.missingValues ?? schema.missingValues;
}

/** Whether a column must be there and filled; the reader has already said it of those of the primary key. */
export function isRequired(field: SchemaField): boolean {
  return field.constraints.required === true;
}
