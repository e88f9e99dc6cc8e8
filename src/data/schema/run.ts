// Runs compiled rules on all rows: one pass counts what breaks, then only what broke is looked at, cell by cell.
import { TerroirError } from '../../lib/errors.ts';
import { readCsvExpression } from '../../stores/tables/conversion.ts';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable } from '../stages.ts';
import type { Rule } from './rule.ts';

export type BrokenCell = {
  /** Place of the record in the source, from 1. */
  readonly record: number;
  readonly value: string | null;
  /** How many records hold this value and break the rule; only on the first of them when values were counted. */
  readonly count: number;
};

export type Broken = {
  readonly rule: Rule;
  readonly total: number;
  /** The first cells that break it, in their order; when there are more than were read, the most frequent values instead. */
  readonly cells: readonly BrokenCell[];
  /** Whether `cells` holds them all. */
  readonly complete: boolean;
};

export type RuleRun = {
  readonly broken: readonly Broken[];
  /** Rules that could not be judged on all their values (too many, or a pattern too slow). */
  readonly unjudged: readonly Rule[];
};

/** Cells of a rule that are read one by one; beyond, its values are counted. */
const cellsRead = 1000;
const valuesCounted = 200;
/** Different values that are judged here, for the rules that SQL cannot say. */
const valuesJudged = 200_000;
/** A statement of thousands of rules would be slow to plan. */
const rulesAPass = 300;

/**
 * @param ahead what was counted already for the same rules and the same source
 * @throws TerroirError file.unreadable when the engine does not find the records that we counted; engine.*, disk.full
 */
export async function runRules(
  table: ParsedTable,
  rules: readonly Rule[],
  tables: TableEngine,
  ahead: RecordCount | null = null,
): Promise<RuleRun> {
  const unjudged: Rule[] = [];
  const judged = await Promise.all(
    rules.map(async (rule) => {
      if (rule.judge === undefined) return rule;
      const said = await judgeRule(table, rule, rule.judge, tables);
      if (said.unjudged) unjudged.push(rule);
      return said.rule;
    }),
  );
  const { records, totals } = ahead ?? (await countRecords(table, judged, tables));
  if (records !== table.source.records)
    throw new TerroirError('file.unreadable', { name: table.name, reason: `${records} / ${table.source.records}` });
  const failing = judged.flatMap((rule, index) =>
    (totals[index] ?? 0) > 0 ? [{ rule, total: totals[index] ?? 0 }] : [],
  );
  const broken: Broken[] = [];
  for (let start = 0; start < failing.length; start += rulesAPass / 10)
    broken.push(...(await findCells(table, failing.slice(start, start + rulesAPass / 10), tables)));
  return { broken, unjudged };
}

/** The rules with those that SQL cannot say judged on the values of their columns. @throws TerroirError engine.* */
export async function judgedRules(
  table: ParsedTable,
  rules: readonly Rule[],
  tables: TableEngine,
): Promise<readonly Rule[]> {
  return Promise.all(
    rules.map(async (rule) =>
      rule.judge === undefined ? rule : (await judgeRule(table, rule, rule.judge, tables)).rule,
    ),
  );
}

/** The source with the columns that rules make, each once, step after step. */
export function sourceOf(table: Pick<ParsedTable, 'source'>, rules: readonly Rule[], place: boolean): string {
  const steps = Math.max(0, ...rules.map((rule) => rule.made?.length ?? 0));
  let from = readCsvExpression(table.source);
  if (place) from = extended(from, ['row_number() OVER () AS "place"']);
  for (let step = 0; step < steps; step++) {
    const made = new Map(rules.flatMap((rule) => Object.entries(rule.made?.[step] ?? {})));
    from = extended(
      from,
      [...made].map(([name, sql]) => `${sql} AS ${quoteIdentifier(name)}`),
    );
  }
  return from;
}

function extended(from: string, columns: readonly string[]): string {
  return columns.length === 0 ? from : `(SELECT *, ${columns.join(', ')} FROM ${from})`;
}

export type RecordCount = { readonly records: number; readonly totals: readonly number[] };

/** Counts, in one pass for a few hundred rules, the records and those that break each rule. */
export async function countRecords(
  table: Pick<ParsedTable, 'source'>,
  rules: readonly Rule[],
  tables: TableEngine,
): Promise<RecordCount> {
  const totals: number[] = [];
  let records = 0;
  for (let start = 0; start === 0 || start < rules.length; start += rulesAPass) {
    const some = rules.slice(start, start + rulesAPass);
    const counts = ['count(*)', ...some.map((rule) => `count_if(${rule.breaks})`)];
    const [answer] = await tables.run([{ sql: `SELECT ${counts.join(', ')} FROM ${sourceOf(table, some, false)}` }]);
    const [all, ...found] = (answer?.rows[0] ?? []).map(Number);
    records = all ?? 0;
    totals.push(...found);
  }
  return { records, totals };
}

async function findCells(
  table: ParsedTable,
  failing: readonly { readonly rule: Rule; readonly total: number }[],
  tables: TableEngine,
): Promise<readonly Broken[]> {
  const few = failing.filter(({ total }) => total <= cellsRead);
  const many = failing.filter(({ total }) => total > cellsRead);
  const broken = new Map<Rule, Broken>();
  if (few.length > 0) {
    const lists = few.map(({ rule }) => {
      const value = shownOf(rule);
      return `arg_min({'p': "place", 'v': ${value}}, "place", ${cellsRead}) FILTER (WHERE ${rule.breaks})`;
    });
    const from = sourceOf(
      table,
      few.map(({ rule }) => rule),
      true,
    );
    const [answer] = await tables.run([{ sql: `SELECT ${lists.join(', ')} FROM ${from}` }]);
    for (const [index, { rule, total }] of few.entries()) {
      const cells = readCells(answer?.rows[0]?.[index]);
      broken.set(rule, { rule, total, cells, complete: true });
    }
  }
  for (const { rule, total } of many) {
    const sql = `SELECT min("place") AS place, ${shownOf(rule)} AS value, count(*) AS many FROM ${sourceOf(table, [rule], true)} WHERE ${rule.breaks} GROUP BY value ORDER BY many DESC, place LIMIT ${valuesCounted}`;
    const [answer] = await tables.run([{ sql }]);
    const cells = (answer?.rows ?? []).map(([place, value, many]) => ({
      record: Number(place),
      value: value === null || value === undefined ? null : String(value),
      count: Number(many),
    }));
    const counted = cells.reduce((sum, cell) => sum + cell.count, 0);
    broken.set(rule, { rule, total, cells, complete: counted === total });
  }
  return failing.flatMap(({ rule }) => broken.get(rule) ?? []);
}

function shownOf(rule: Rule): string {
  return rule.shown ?? `"c${rule.column}"`;
}

function readCells(value: unknown): readonly BrokenCell[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: unknown) => {
    const { p, v } = each as { p: unknown; v: unknown };
    return { record: Number(p), value: v === null || v === undefined ? null : String(v), count: 1 };
  });
}

/** Replaces the judge of a rule by the list of the values that it refused. */
async function judgeRule(
  table: ParsedTable,
  rule: Rule,
  judge: NonNullable<Rule['judge']>,
  tables: TableEngine,
): Promise<{ rule: Rule; unjudged: boolean }> {
  const column = `"c${rule.column}"`;
  const from = sourceOf(table, [rule], false);
  const sql = `SELECT ${column} FROM ${from} WHERE ${rule.breaks} GROUP BY 1 LIMIT ${valuesJudged + 1}`;
  const [answer] = await tables.run([{ sql }]);
  const values = (answer?.rows ?? []).map(([value]) => String(value));
  const verdicts = judge(values.slice(0, valuesJudged));
  const wrong = verdicts === null ? [] : values.filter((_, index) => verdicts[index] === false);
  const breaks = wrong.length === 0 ? 'FALSE' : `coalesce(${column} IN (${wrong.map(quoteLiteral).join(', ')}), FALSE)`;
  return { rule: withoutJudge(rule, breaks), unjudged: verdicts === null || values.length > valuesJudged };
}

function withoutJudge({ judge: _, ...rule }: Rule, breaks: string): Rule {
  return { ...rule, breaks };
}
