// What is worth saying of the values of a column that was read: empty, markers, lost zeros and digits, ambiguous dates.
import { cellAddress, type Problem, problem } from '../../model/problem.ts';
import { rawColumn, trimmed } from '../../stores/tables/conversion.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import { signs } from '../cell-facts.ts';
import { type Column, monthFirst, plainNumber } from './columns.ts';
import type { Aggregate, Measure } from './measure.ts';
import { obedience } from './readings.ts';
import { scientific } from './roles.ts';

type Check = {
  readonly column: Column;
  /** SQL that is true for the cells concerned. */
  readonly condition: string;
  /** What to say when there are some. */
  readonly say: (count: number, first: { row: number; value: string; cell: string }) => Problem;
};

/** The aggregates that valueProblems needs, to be asked in the same pass as others. */
export function valueAggregates(columns: readonly Column[]): readonly Aggregate[] {
  return [
    ...checksOf(columns).map(({ condition }) => countSql(condition)),
    ...dateAggregates(columns),
    ...emptyCandidates(columns).map(filledSql),
  ];
}

/** The problems of all columns, in the columns' order. */
export async function valueProblems(columns: readonly Column[], measure: Measure): Promise<readonly Problem[]> {
  const aggregates = valueAggregates(columns);
  if (aggregates.length > 0) await measure.ask(aggregates);
  const problems: Problem[] = [];
  for (const column of columns) {
    problems.push(...column.problems);
    if (await isEmpty(column, measure)) {
      problems.push(problem('column.empty', 'advice', { column: column.title }));
    }
    for (const { condition, say } of checksOf([column])) {
      const [count] = await measure.ask([countSql(condition)]);
      if ((count ?? 0) === 0) continue;
      const [first] = await measure.find(column.index, condition, 1);
      if (first !== undefined) problems.push(say(count ?? 1, { ...first, cell: cellAddress(column.index, first.row) }));
    }
    problems.push(...(await dateProblems(column, measure)), ...commaProblems(column));
  }
  return problems;
}

function checksOf(columns: readonly Column[]): readonly Check[] {
  return columns.flatMap((column) => [...markerChecks(column), ...zeroChecks(column), ...digitChecks(column)]);
}

function markerChecks(column: Column): readonly Check[] {
  return (column.reading.missingValues ?? []).map((marker) => ({
    column,
    condition: `${trimmed(rawColumn(column.index))} = ${quoteLiteral(marker)}`,
    say: (count, { row, cell }) =>
      problem('value.missingMarker', 'advice', { row, cell, column: column.title, value: marker, count }),
  }));
}

/** Codes of one digit or four that had two or five before a spreadsheet took them for numbers. */
function zeroChecks(column: Column): readonly Check[] {
  const digits =
    column.role === 'inseeCode' || column.role === 'postalCode' ? 4 : column.role === 'departmentCode' ? 1 : null;
  // No cell is that short: there is nothing to look for.
  if (digits === null || (column.facts !== null && column.facts.shortest > digits)) return [];
  return [
    {
      column,
      condition: shorter(column, digits + 1, `\\d{${digits}}`),
      say: (count, { row, cell, value }) =>
        problem('code.leadingZero', 'warning', {
          row,
          cell,
          column: column.title,
          value: value.trim(),
          proposal: `0${value.trim()}`,
          count,
        }),
    },
  ];
}

function digitChecks(column: Column): readonly Check[] {
  if (column.role !== 'siret' && column.role !== 'siren') return [];
  if (column.facts !== null && (column.facts.signs & signs.letter) === 0) return [];
  return [
    {
      column,
      condition: shorter(column, column.role === 'siret' ? 14 : 9, scientific.source),
      say: (count, place) =>
        problem('number.scientific', 'warning', {
          ...place,
          column: column.title,
          expected: column.role === 'siret' ? '14' : '9',
          count,
        }),
    },
  ];
}

/** SQL of a pattern that is only tried on texts without the right length: most have it, and a length costs nothing. */
function shorter(column: Column, length: number, pattern: string): string {
  const raw = rawColumn(column.index);
  return `CASE WHEN strlen(${raw}) = ${length} THEN FALSE ELSE regexp_full_match(${trimmed(raw)}, ${quoteLiteral(pattern)}) END`;
}

/** Days before months everywhere, unless some value could not be read the other way round. */
function dateAggregates(columns: readonly Column[]): readonly Aggregate[] {
  return columns.flatMap((column) => (isAmbiguousInSample(column) ? [ambiguousSql(column)] : []));
}

function ambiguousSql(column: Column): Aggregate {
  const text = trimmed(rawColumn(column.index));
  const ignored = ['', ...(column.reading.missingValues ?? [])].map(quoteLiteral).join(', ');
  return {
    sql: `count_if(${text} NOT IN (${ignored}) AND try_strptime(${text}, ${quoteLiteral(monthFirst(column.reading) ?? '')}) IS NULL)`,
  };
}

function isAmbiguousInSample(column: Column): boolean {
  const format = monthFirst(column.reading);
  return (
    format !== null && column.values.every(obedience({ type: 'date', format })) && ambiguousValue(column) !== undefined
  );
}

/** A value that is two different days in the two readings. */
function ambiguousValue(column: Column): string | undefined {
  return column.values.find((value) => {
    const [first, second] = value.match(/\d+/g) ?? [];
    return Number(first) !== Number(second);
  });
}

async function dateProblems(column: Column, measure: Measure): Promise<readonly Problem[]> {
  if (!isAmbiguousInSample(column)) return [];
  const [unreadable] = await measure.ask([ambiguousSql(column)]);
  const value = ambiguousValue(column);
  if ((unreadable ?? 0) > 0 || value === undefined) return [];
  return [problem('date.ambiguous', 'advice', { column: column.title, value, proposal: 'jj/mm/aaaa' })];
}

function commaProblems(column: Column): readonly Problem[] {
  if (column.reading.decimalChar !== ',') return [];
  const value = column.values.find((text) => text.includes(','));
  return value === undefined
    ? []
    : [
        problem('number.comma', 'advice', {
          column: column.title,
          value,
          proposal: plainNumber(value, column.reading),
        }),
      ];
}

/** Columns of which neither the sample nor the bytes tell whether they hold something. */
function emptyCandidates(columns: readonly Column[]): readonly Column[] {
  return columns.filter(
    (column) => column.values.length === 0 && column.missing.length === 0 && column.facts?.filled !== 0,
  );
}

async function isEmpty(column: Column, measure: Measure): Promise<boolean> {
  // A table without a record has nothing to say of its columns.
  if (column.facts?.filled === 0) return measure.records > 0;
  if (emptyCandidates([column]).length === 0) return false;
  const [filled] = await measure.ask([filledSql(column)]);
  return filled === 0 && measure.records > 0;
}

function countSql(condition: string): Aggregate {
  return { sql: `count_if(${condition})` };
}

function filledSql(column: Column): Aggregate {
  return { sql: `count(${rawColumn(column.index)})` };
}
