// Which records break a schema, each with every rule that it breaks: those that are set aside, row by row.
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { ParsedTable } from '../stages.ts';
import type { Rule } from './rule.ts';
import { judgedRules, sourceOf } from './run.ts';

/** A statement of hundreds of rules is slow to plan, and its list long to read. */
const rulesAPass = 100;

/**
 * @returns by record (1 is the first), the rules of severity error that it breaks
 * @throws TerroirError engine.*, disk.full
 */
export async function brokenRecords(
  table: ParsedTable,
  rules: readonly Rule[],
  tables: TableEngine,
): Promise<ReadonlyMap<number, readonly Rule[]>> {
  const strict = rules.filter(({ severity }) => severity === 'error');
  const judged = await judgedRules(table, strict, tables);
  const broken = new Map<number, Rule[]>();
  for (let start = 0; start < judged.length; start += rulesAPass) {
    const some = judged.slice(start, start + rulesAPass);
    const from = sourceOf(table, some, true);
    const list = some.map(({ breaks }, index) => `CASE WHEN ${breaks} THEN ${index} END`);
    const sql = `SELECT "place", broken FROM (SELECT "place", list_filter([${list.join(', ')}], lambda x: x IS NOT NULL) AS broken FROM ${from}) WHERE len(broken) > 0 ORDER BY 1`;
    const [answer] = await tables.run([{ sql }]);
    for (const [place, indexes] of answer?.rows ?? []) {
      const record = Number(place);
      const found = (indexes as readonly unknown[]).flatMap((index) => some[Number(index)] ?? []);
      broken.set(record, [...(broken.get(record) ?? []), ...found]);
    }
  }
  return broken;
}
