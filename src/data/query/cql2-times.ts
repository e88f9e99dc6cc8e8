// How two stretches of time stand to each other: the definitions of CQL2's fifteen temporal functions (OGC 21-065r2, §7.10).
import type { TemporalRelation } from './cql2-tree.ts';

/** SQL of the first and the last moment. */
export type Span = { readonly start: string; readonly end: string };

/** The condition in SQL; no value where one of the moments has none. */
export function temporalSql(relation: TemporalRelation, a: Span, b: Span): string {
  const all = (...conditions: readonly string[]) => `(${conditions.join(' AND ')})`;
  switch (relation) {
    case 't_after':
      return all(`${a.start} > ${b.end}`);
    case 't_before':
      return all(`${a.end} < ${b.start}`);
    case 't_contains':
      return all(`${a.start} < ${b.start}`, `${a.end} > ${b.end}`);
    case 't_disjoint':
      return `(${a.start} > ${b.end} OR ${a.end} < ${b.start})`;
    case 't_during':
      return all(`${a.start} > ${b.start}`, `${a.end} < ${b.end}`);
    case 't_equals':
      return all(`${a.start} = ${b.start}`, `${a.end} = ${b.end}`);
    case 't_finishedby':
      return all(`${a.start} < ${b.start}`, `${a.end} = ${b.end}`);
    case 't_finishes':
      return all(`${a.start} > ${b.start}`, `${a.end} = ${b.end}`);
    case 't_intersects':
      return all(`${a.start} <= ${b.end}`, `${a.end} >= ${b.start}`);
    case 't_meets':
      return all(`${a.end} = ${b.start}`);
    case 't_metby':
      return all(`${a.start} = ${b.end}`);
    case 't_overlappedby':
      return all(`${a.start} > ${b.start}`, `${a.start} < ${b.end}`, `${a.end} > ${b.end}`);
    case 't_overlaps':
      return all(`${a.start} < ${b.start}`, `${a.end} > ${b.start}`, `${a.end} < ${b.end}`);
    case 't_startedby':
      return all(`${a.start} = ${b.start}`, `${a.end} > ${b.end}`);
    case 't_starts':
      return all(`${a.start} = ${b.start}`, `${a.end} < ${b.end}`);
  }
}
