// The OpenAPI document of one dataset: its own columns as parameters, with values that are really there.
import { exportFormats, factsOf, formatsFor } from '../../data/export/formats.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { FieldType } from '../../model/field.ts';
import { codeExamples } from '../../web/code-examples.ts';
import { urls, withQuery } from '../../web/urls.ts';
import type { ApiColumn } from './filters.ts';
import { groupLimits, recordLimits } from './parameters.ts';
import type { AggregatesAnswer, RecordsPage } from './schemas.ts';

export type OpenApiFacts = {
  readonly publicUrl: string;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly columns: readonly ApiColumn[];
  /** The first records, and rows counted by the first column worth it: examples are answers. */
  readonly records: RecordsPage;
  readonly groups: { readonly column: string; readonly answer: AggregatesAnswer } | null;
};

const types: Readonly<Record<FieldType, object>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  time: { type: 'string', format: 'time' },
  geopoint: {
    type: 'object',
    properties: { lon: { type: 'number' }, lat: { type: 'number' } },
  },
  geojson: { type: 'object', description: 'A GeoJSON feature' },
};

/** OpenAPI 3.1. */
export function openApiOf(facts: OpenApiFacts) {
  const { publicUrl, dataset, version, columns } = facts;
  const fileFormats = formatsFor({ places: columns.some(isPlace) });
  const titles = new Map(version.fields.map(({ name, title }) => [name, title]));
  const properties = Object.fromEntries(
    columns.map(({ name, type }) => [
      name,
      { ...nullable(types[type]), ...(titles.get(name) !== undefined && { title: titles.get(name) }) },
    ]),
  );
  const filters = filterParameters(facts);
  return {
    openapi: '3.1.0',
    info: {
      title: dataset.title,
      version: String(version.number),
      description: dataset.description,
      license: { name: dataset.licence },
    },
    servers: [{ url: publicUrl }],
    paths: {
      [urls.apiRecords(dataset.id)]: {
        get: {
          operationId: 'records',
          summary: 'The records, page after page through any size',
          parameters: [...filters, ...pageParameters(facts)],
          responses: answers('A page of records', '#/components/schemas/Records', facts.records),
          'x-codeSamples': codeExamples({
            records: publicUrl + withQuery(urls.apiRecords(dataset.id), { limit: 1000 }),
            csv: publicUrl + urls.apiExport(dataset.id, 'csv'),
          }).map(({ name, code }) => ({ lang: name, source: code })),
        },
      },
      [urls.apiAggregates(dataset.id)]: {
        get: {
          operationId: 'aggregates',
          summary: 'Counts, sums, averages … of groups of records',
          parameters: [...groupParameters(facts), ...filters],
          responses: answers('Groups', '#/components/schemas/Aggregates', facts.groups?.answer),
        },
      },
      [urls.apiExport(dataset.id, '{format}')]: {
        get: {
          operationId: 'export',
          summary: 'All the records that the filters keep, as a file without limit',
          parameters: [
            { name: 'format', in: 'path', required: true, schema: { enum: fileFormats }, example: 'csv' },
            ...filters,
            ...pageParameters(facts).filter(({ name }) => name === 'fields' || name === 'sort'),
          ],
          responses: {
            200: {
              description: 'The file; pieces of it by Range',
              content: Object.fromEntries(
                exportFormats
                  .filter((format) => fileFormats.includes(format))
                  .map((format) => [factsOf(format).media.split(';')[0], {}]),
              ),
            },
            304: { description: 'It has not changed (If-None-Match)' },
            ...refusals,
          },
        },
      },
    },
    components: {
      schemas: {
        Record: { type: 'object', properties, example: facts.records.records[0] ?? {} },
        Records: {
          type: 'object',
          properties: {
            dataset: { type: 'string' },
            version: { type: 'integer' },
            total: { type: 'integer' },
            records: { type: 'array', items: { $ref: '#/components/schemas/Record' } },
            next: nullable({ type: 'string', format: 'uri-reference' }),
          },
        },
        Aggregates: {
          type: 'object',
          properties: {
            dataset: { type: 'string' },
            version: { type: 'integer' },
            results: { type: 'array', items: { type: 'object' } },
            next: nullable({ type: 'string', format: 'uri-reference' }),
          },
        },
        Problem: {
          type: 'object',
          properties: {
            code: { type: 'string' },
            status: { type: 'integer' },
            title: { type: 'string' },
            detail: { type: 'string' },
          },
        },
      },
    },
  };
}

function isPlace({ type }: ApiColumn): boolean {
  return type === 'geopoint' || type === 'geojson';
}

function nullable(schema: object): object {
  return 'type' in schema ? { ...schema, type: [schema.type, 'null'] } : schema;
}

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const refusals = {
  400: { description: 'A parameter is not understood', content: problem },
  404: { description: 'There is no such dataset or version', content: problem },
};

function answers(description: string, schema: string, example: unknown) {
  const content = { schema: { $ref: schema }, ...(example !== undefined && { example }) };
  return { 200: { description, content: { 'application/json': content } }, ...refusals };
}

/** A value that really is in the column: its most frequent one, else its least. */
export function exampleValue({ profiles }: Version, name: string): string | null {
  const profile = profiles.find((one) => one.name === name);
  return profile?.top[0]?.value ?? profile?.min ?? null;
}

function filterParameters({ version, columns }: OpenApiFacts) {
  const own = columns.map((column) => {
    const example = exampleValue(version, column.name);
    const operators = isPlace(column)
      ? '__bbox (west,south,east,north), __near (longitude,latitude,distance), __isnull'
      : column.type === 'string'
        ? '__ne, __in, __contains, __starts, __gt, __gte, __lt, __lte, __isnull'
        : '__ne, __gt, __gte, __lt, __lte, __in, __isnull';
    return {
      name: isPlace(column) ? `${column.name}__near` : column.name,
      in: 'query',
      description: `Only records of this value. After the name: ${operators}`,
      schema: isPlace(column) ? { type: 'string' } : types[column.type],
      ...(example !== null && !isPlace(column) && { example }),
    };
  });
  return [
    ...own,
    { name: 'q', in: 'query', description: 'Words, anywhere in the texts', schema: { type: 'string' } },
    { name: 'where', in: 'query', description: 'A condition in ODSQL', schema: { type: 'string' } },
    {
      name: 'version',
      in: 'query',
      description: 'The number of a version; the current one when absent',
      schema: { type: 'integer', minimum: 1 },
    },
  ];
}

function pageParameters({ columns }: OpenApiFacts) {
  const names = columns.map(({ name }) => name);
  return [
    {
      name: 'fields',
      in: 'query',
      description: 'The columns wanted, separated by commas',
      schema: { type: 'string' },
      example: names.slice(0, 2).join(','),
    },
    {
      name: 'sort',
      in: 'query',
      description: 'Columns separated by commas; after a minus, the greatest first',
      schema: { type: 'string' },
      example: `-${names[0] ?? ''}`,
    },
    {
      name: 'limit',
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: recordLimits.most, default: recordLimits.usual },
    },
    { name: 'cursor', in: 'query', description: 'As the `next` of a page gives it', schema: { type: 'string' } },
  ];
}

function groupParameters({ columns, groups }: OpenApiFacts) {
  const numbers = columns.filter(({ type }) => type === 'integer' || type === 'number').map(({ name }) => name);
  const of = (name: string) => ({
    name,
    in: 'query',
    description: `Columns of numbers; the answer says ${name}_{column}`,
    schema: { type: 'string' },
    ...(numbers[0] !== undefined && { example: numbers[0] }),
  });
  return [
    {
      name: 'group',
      in: 'query',
      description: 'Columns, or parts of dates: name__year, name__month, name__day, name__hour',
      schema: { type: 'string' },
      ...(groups !== null && { example: groups.column }),
    },
    { name: 'count', in: 'query', description: '* for records, a column for its values', schema: { type: 'string' } },
    ...['sum', 'avg', 'min', 'max', 'median'].map(of),
    {
      name: 'sort',
      in: 'query',
      description: 'Names of the answer; after a minus, the greatest first',
      schema: { type: 'string' },
      example: '-count',
    },
    {
      name: 'limit',
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: groupLimits.most, default: groupLimits.usual },
    },
  ];
}
