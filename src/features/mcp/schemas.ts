// The tools that a chat client sees: their names, arguments and answers.
import { type TSchema, Type } from 'typebox';
import { limits } from '../explore/schemas.ts';
import { filterOperators } from './rules.ts';

export const toolLimits = { pageSize: 20, maxPageSize: 100, maxRows: limits.maxLimit, versions: 12 } as const;

const Text = (description: string) => Type.Optional(Type.String({ description }));
const DatasetId = Type.String({ description: 'The identifier of a dataset, as search_datasets gives it' });
const ResourceId = Type.String({
  description:
    'The identifier of a resource, as list_dataset_resources gives it; the identifier of a dataset means its rows',
});
const Page = {
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: toolLimits.maxPageSize, default: toolLimits.pageSize })),
};

/** What must be said whenever the data is shown (CRPA L322-1). */
const SourceSchema = Type.Object({
  producer: Type.String(),
  title: Type.String(),
  url: Type.String(),
  licence: Type.Object({ id: Type.String(), name: Type.String(), url: Type.String() }),
  version: Type.Integer(),
  updated_at: Type.String(),
  demonstration: Type.Boolean({ description: 'Written for a demonstration: not real data' }),
  citation: Type.String({ description: 'To be quoted with any answer' }),
});

const Open = { additionalProperties: true } as const;
const List = Type.Array(Type.Object({}, Open));
const rowsAnswer = Type.Object({ source: SourceSchema, total_count: Type.Integer(), results: List }, Open);

type ToolSchema = {
  readonly title: string;
  readonly description: string;
  readonly input: Readonly<Record<string, TSchema>>;
  readonly output: TSchema;
};

export const toolSchemas = {
  search_datasets: {
    title: 'Search datasets',
    description:
      'Finds open datasets of this territory by words (all of them must be found; use few, in French). Returns identifiers, titles, producers, licences and dates.',
    input: { query: Text('Words; everything, most recent first, when absent'), ...Page },
    output: Type.Object({ total_count: Type.Integer(), page: Type.Integer(), datasets: List }, Open),
  },
  get_dataset_info: {
    title: 'Describe a dataset',
    description:
      'What a dataset is about, its producer, licence and dates, and each column with its type and most frequent values.',
    input: { dataset_id: DatasetId },
    output: Type.Object({ source: SourceSchema, dataset: Type.Object({}, Open), fields: List }, Open),
  },
  list_dataset_resources: {
    title: 'List the files of a dataset',
    description: 'The files of a dataset (CSV, JSON, Parquet, GeoJSON … and the original) with their addresses.',
    input: { dataset_id: DatasetId },
    output: Type.Object({ source: SourceSchema, resources: List }, Open),
  },
  get_resource_info: {
    title: 'Describe a file',
    description: 'The format, the address and the columns of one file of a dataset.',
    input: { resource_id: ResourceId },
    output: Type.Object({ source: SourceSchema, resource: Type.Object({}, Open), fields: List }, Open),
  },
  query_resource_data: {
    title: 'Read the rows of a file',
    description:
      'Rows of a dataset page by page, filtered on one column and sorted by one. For more, see query_dataset.',
    input: {
      resource_id: ResourceId,
      ...Page,
      filter_column: Text('The name of a column, as get_dataset_info gives it'),
      filter_value: Text('What it is compared with'),
      filter_operator: Type.Optional(
        Type.Union(
          filterOperators.map((operator) => Type.Literal(operator)),
          { default: 'exact' },
        ),
      ),
      sort_column: Text('The name of a column'),
      sort_direction: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')], { default: 'asc' })),
    },
    output: rowsAnswer,
  },
  query_dataset: {
    title: 'Query a dataset in ODSQL',
    description:
      'Asks a dataset in ODSQL, the query language of the Explore API v2.1: conditions, groups, aggregates (count, sum, avg, min, max, median), order. Example: select="count(*) as total, sum(montant) as somme", where="annee >= 2020 and commune = \'Tours\'", group_by="nature", order_by="somme desc".',
    input: {
      dataset_id: DatasetId,
      select: Text('Fields, `expression AS name`, or aggregates; all the fields when absent'),
      where: Text('A condition; a quoted text alone is looked for everywhere'),
      group_by: Text('Fields, year(field), range(field, 10) …'),
      order_by: Text('Fields or aggregates, each followed by asc or desc'),
      limit: Type.Optional(Type.Integer({ minimum: 0, maximum: toolLimits.maxRows, default: toolLimits.pageSize })),
      offset: Type.Optional(Type.Integer({ minimum: 0, maximum: limits.maxEnd, default: 0 })),
    },
    output: rowsAnswer,
  },
  search_dataservices: {
    title: 'Search interfaces',
    description: 'The interfaces (APIs) by which programs read this portal.',
    input: { query: Text('Words; all of them when absent'), ...Page },
    output: Type.Object({ total_count: Type.Integer(), dataservices: List }, Open),
  },
  get_dataservice_info: {
    title: 'Describe an interface',
    description: 'The base address and the documentation of an interface of this portal.',
    input: { dataservice_id: Type.String({ description: 'As search_dataservices gives it' }) },
    output: Type.Object({ dataservice: Type.Object({}, Open) }, Open),
  },
  get_dataservice_openapi_spec: {
    title: 'Operations of an interface',
    description:
      'The operations of an interface, with their parameters, and the address of its whole OpenAPI description.',
    input: { dataservice_id: Type.String({ description: 'As search_dataservices gives it' }) },
    output: Type.Object({ dataservice: Type.Object({}, Open), operations: List }, Open),
  },
  get_metrics: {
    title: 'Figures of a dataset',
    description: 'Rows, columns, sizes and versions of a dataset, newest first. Visits are not counted here.',
    input: {
      dataset_id: Text('The identifier of a dataset'),
      resource_id: Text('Or that of one of its files'),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 100, default: toolLimits.versions, description: 'How many versions' }),
      ),
    },
    output: Type.Object({ source: SourceSchema, metrics: Type.Object({}, Open), versions: List }, Open),
  },
  search_organizations: {
    title: 'Search organizations',
    description: 'The producers of this territory: communes, metropole, hospitals … with their number of datasets.',
    input: {
      query: Text('Words of the name'),
      ...Page,
      sort: Text('name, or -datasets for those that publish most first'),
      badge: Text('A kind: commune, metropole, departement, university, hospital, chamber, other'),
      name: Text('Words of the name'),
      business_number_id: Text('A SIRET or a SIREN'),
    },
    output: Type.Object({ total_count: Type.Integer(), page: Type.Integer(), organizations: List }, Open),
  },
} as const satisfies Readonly<Record<string, ToolSchema>>;

export type ToolName = keyof typeof toolSchemas;

/** What a tool answers: something to read, and the same as values. */
export type ToolAnswer = { readonly text: string; readonly data: Readonly<Record<string, unknown>> };
