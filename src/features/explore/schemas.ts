// What enters and leaves the explore room: the parameters of a query, the answers of the Explore API v2.1.
import { Type } from 'typebox';
import type { CsvOptions, GpxOptions, ParquetCompression } from '../../data/export/request.ts';

/** A query on records, in ODSQL. Several `where` are all required. */
export type RecordsQuery = {
  readonly select?: string;
  readonly where?: string | readonly string[];
  /** Groups instead of records: fields, functions of dates, range(…), geo_cluster(…). */
  readonly group_by?: string;
  readonly order_by?: string;
  /** `field:value`; values of one field widen, several fields narrow. */
  readonly refine?: readonly string[];
  readonly exclude?: readonly string[];
  /** Texts in the `q` language of version 1, all required. */
  readonly qv1?: readonly string[];
  /** UTC when absent. A name that readTimeZone gave. */
  readonly timezone?: string;
  /** The language of names of days and months; French when absent. */
  readonly lang?: string;
  /** 10 when absent, of groups all; 0 for the total alone. */
  readonly limit?: number;
  readonly offset?: number;
  /** The number of a version; the current one when absent. */
  readonly version?: number;
};

export type ExportQuery = Omit<RecordsQuery, 'offset'> & {
  readonly csv?: Partial<CsvOptions>;
  readonly compression?: ParquetCompression;
  readonly gpx?: Partial<GpxOptions>;
  /** The reference system of places, in formats that can tell it; degrees of WGS84 when absent. */
  readonly epsg?: number;
  /** The portal's public address: files name their dataset by it. */
  readonly site?: string;
};

/** What facets are asked for: `field` or `facet(name="field", disjunctive=true …)`; all the worthwhile ones when none is. */
export type FacetsQuery = Pick<
  RecordsQuery,
  'where' | 'refine' | 'exclude' | 'qv1' | 'timezone' | 'lang' | 'version'
> & {
  readonly facets?: readonly string[];
};

export type RecordObject = Readonly<Record<string, unknown>>;

/** The total of records that the conditions select, or of groups. */
export type RecordsAnswer = { readonly total_count: number; readonly results: readonly RecordObject[] };

/** The bounds that Opendatasoft promises, so that programs written for it meet no surprise. */
export const limits = {
  defaultLimit: 10,
  maxLimit: 100,
  maxEnd: 10_000,
  maxGroups: 20_000,
  maxExport: 2 ** 31,
} as const;

const Open = { additionalProperties: true } as const;

export const RecordsSchema = Type.Object(
  {
    total_count: Type.Optional(
      Type.Integer({ description: 'How many records the condition selects; not told of groups' }),
    ),
    results: Type.Array(Type.Object({}, { ...Open, description: 'One record: a value per selected field' })),
  },
  Open,
);

export const RecordSchema = Type.Object({}, { ...Open, description: 'A value per field' });

export const FacetsSchema = Type.Object(
  {
    links: Type.Array(Type.Object({ rel: Type.String(), href: Type.String() }, Open)),
    facets: Type.Array(
      Type.Object(
        {
          name: Type.String({ description: 'The field' }),
          facets: Type.Array(
            Type.Object(
              {
                name: Type.String(),
                value: Type.String({ description: 'What refine takes' }),
                count: Type.Integer(),
                state: Type.String({ description: 'displayed, refined or excluded' }),
              },
              { ...Open, description: 'A value; those below it, of a refined date or path, in its own `facets`' },
            ),
          ),
        },
        Open,
      ),
    ),
  },
  Open,
);

export const FieldSchema = Type.Object(
  {
    name: Type.String({ description: 'The name in queries' }),
    label: Type.String({ description: 'The header in the producer’s file' }),
    description: Type.Union([Type.String(), Type.Null()]),
    type: Type.String({ description: 'text, int, double, boolean, date, datetime, geo_point_2d, geo_shape' }),
    annotations: Type.Object({}, Open),
  },
  Open,
);

export const DatasetSchema = Type.Object(
  {
    visibility: Type.String(),
    dataset_id: Type.String(),
    dataset_uid: Type.String(),
    has_records: Type.Boolean(),
    features: Type.Array(Type.String()),
    attachments: Type.Array(Type.Object({}, Open)),
    metas: Type.Object({ default: Type.Object({}, Open) }, Open),
    fields: Type.Array(FieldSchema),
  },
  Open,
);

export const DatasetsSchema = Type.Object({ total_count: Type.Integer(), results: Type.Array(DatasetSchema) }, Open);

export const LinksSchema = Type.Object(
  { links: Type.Array(Type.Object({ rel: Type.String(), href: Type.String() }, Open)) },
  Open,
);

export const ErrorSchema = Type.Object(
  {
    error_code: Type.String({ description: 'ODSQLError, InvalidRESTParameterError, NotFoundResource …' }),
    message: Type.String({ description: 'What is wrong, in English' }),
  },
  Open,
);
