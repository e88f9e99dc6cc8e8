// The tools that read rows: one filter and one order, or a query in ODSQL.
import { TerroirError } from '../../lib/errors.ts';
import { limits, type RecordsQuery } from '../explore/schemas.ts';
import { findVersion, queryVersion, type ReadableVersion } from '../explore/service.ts';
import { type Asked, findResource, pageOf, rowsIn, sourceLine, sourceOf } from './dataset-tools.ts';
import {
  type Arguments,
  fieldName,
  filterCondition,
  filterOperators,
  neededText,
  oneOf,
  optionalText,
  rowsAsText,
  wholeNumber,
} from './rules.ts';
import { type ToolAnswer, toolLimits } from './schemas.ts';

/** What a page of rows may weigh in an answer, in characters: a chat reads a page, not a file. */
const mostCharacters = 200_000;

export async function queryResourceData(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const { found } = await findResource(asked, neededText(args, 'resource_id'));
  const { page, size } = pageOf(args);
  const offset = (page - 1) * size;
  if (offset + size > limits.maxEnd)
    throw new TerroirError('mcp.argument', {
      name: 'page',
      value: page,
      expected: `page × page_size ≤ ${limits.maxEnd}`,
    });
  const column = optionalText(args, 'filter_column');
  const value = optionalText(args, 'filter_value', 5000);
  const operator = oneOf(args, 'filter_operator', filterOperators, 'exact');
  if ((column === null) !== (value === null))
    throw new TerroirError('mcp.argument', {
      name: column === null ? 'filter_column' : 'filter_value',
      value: '',
      expected: 'filter_column + filter_value',
    });
  const sort = optionalText(args, 'sort_column');
  const direction = oneOf(args, 'sort_direction', ['asc', 'desc'], 'asc');
  const query = {
    ...(column !== null && value !== null && { where: filterCondition(known(found, column), operator, value) }),
    ...(sort !== null && { order_by: `${fieldName(known(found, sort))} ${direction}` }),
    limit: size,
    offset,
  };
  const { answer, more } = await readRows(asked, found, query);
  const next = more ? [asked.voice.say('mcp.next', { page: page + 1 })] : [];
  return { text: [...answer.text, ...next, sourceLine(found, asked)].join('\n'), data: { ...answer.data, page } };
}

export async function queryDataset(asked: Asked, args: Arguments): Promise<ToolAnswer> {
  const found = await findVersion(asked.context, neededText(args, 'dataset_id'));
  const clause = (name: string) => optionalText(args, name, 20_000);
  const [select, where, groupBy, orderBy] = [clause('select'), clause('where'), clause('group_by'), clause('order_by')];
  const limit = wholeNumber(args, 'limit', { otherwise: toolLimits.pageSize, min: 0, max: toolLimits.maxRows });
  const offset = wholeNumber(args, 'offset', { otherwise: 0, min: 0, max: limits.maxEnd - limit });
  const query = {
    ...(select !== null && { select }),
    ...(where !== null && { where }),
    ...(groupBy !== null && { group_by: groupBy }),
    ...(orderBy !== null && { order_by: orderBy }),
    limit,
    offset,
  };
  const { answer, more } = await readRows(asked, found, query);
  const next = more ? [asked.voice.say('mcp.nextOffset', { offset: offset + limit })] : [];
  return { text: [...answer.text, ...next, sourceLine(found, asked)].join('\n'), data: { ...answer.data, offset } };
}

async function readRows(
  asked: Asked,
  found: ReadableVersion,
  query: RecordsQuery & { readonly limit: number; readonly offset: number },
) {
  const { total_count, results } = await queryVersion(asked.context, found.version, query);
  if (JSON.stringify(results).length > mostCharacters)
    throw new TerroirError('mcp.answerTooLarge', { rows: results.length });
  const { voice } = asked;
  const { offset, limit } = query;
  const rows = rowsIn(voice, total_count);
  const shown = { rows, from: voice.number(offset + 1), to: voice.number(offset + results.length) };
  const head =
    total_count === 0 ? voice.say('mcp.page.none') : results.length === 0 ? `${rows}.` : voice.say('mcp.page', shown);
  const data = { source: sourceOf(found, asked), total_count, results };
  return {
    answer: { text: [head, ...(results.length === 0 ? [] : [rowsAsText(results)])], data },
    more: limit > 0 && offset + results.length < total_count && results.length > 0,
  };
}

/** The name of a column, also when its title was given. @throws TerroirError query.unknownField */
function known({ version }: ReadableVersion, column: string): string {
  const names = version.fields.map(({ name }) => name);
  if (names.includes(column)) return column;
  const titled = version.fields.find(({ title }) => title.toLowerCase() === column.toLowerCase());
  if (titled === undefined) throw new TerroirError('query.unknownField', { name: column.slice(0, 100) });
  return titled.name;
}
