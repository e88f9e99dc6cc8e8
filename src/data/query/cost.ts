// What a question costs before it is asked: work per row × rows. What cannot end in any time allowed is refused at once.
import { TerroirError } from '../../lib/errors.ts';
import type { Node, QueryTree } from './tree.ts';

/**
 * Work of one operation on one row, where comparing two numbers is 1 (about ten nanoseconds of one core). Set by hand from a
 * few timings of ten million rows: the order of magnitude is enough, for only what is far beyond is refused.
 */
const calls: Readonly<Record<string, number>> = {
  // Each word is compared to every word of the texts, slip by slip.
  search: 100,
  suggest: 60,
  median: 30,
  percentile: 30,
  envelope: 40,
  geo_cluster: 40,
  date_format: 40,
  lower: 10,
  upper: 10,
  intersects: 30,
  within: 30,
  disjoint: 30,
};
const usualCall = 5;
const countDistinct = 30;
const textMatch = 30;
const oneValue = 0.05;
/** Of each key by which rows are sorted or grouped. */
const sortKey = 20;
const groupKey = 15;

/**
 * About five minutes of the two cores that one question has, ten times what it is allowed: an estimate that is wrong by ten
 * refuses nothing that would have been answered.
 */
const mostWork = 6e10;

/** Units of work that a question costs on a table of so many rows. */
export function workOf({ select, where, groupBy, orderBy }: QueryTree, rows: number): number {
  let each = 1;
  if (where !== null) each += nodeWork(where);
  for (const item of select ?? []) if (item.kind === 'value') each += nodeWork(item.node);
  for (const { node } of groupBy) each += groupKey + nodeWork(node);
  for (const { node } of orderBy) each += sortKey + nodeWork(node);
  return each * rows;
}

/** Texts that are looked for everywhere, of one question: each goes over all that the rows say. */
const mostTexts = 200;

/** @throws TerroirError query.tooCostly, query.tooManyValues */
export function refuseHopeless(tree: QueryTree, rows: number): void {
  if (tree.where !== null && textCount(tree.where) > mostTexts)
    throw new TerroirError('query.tooManyValues', { max: mostTexts, clause: 'where' });
  if (workOf(tree, rows) > mostWork) throw new TerroirError('query.tooCostly', { rows });
}

function nodeWork(node: Node): number {
  switch (node.kind) {
    case 'call': {
      const words = node.args.reduce((most, arg) => Math.max(most, arg.kind === 'text' ? wordCount(arg.value) : 1), 1);
      const own = node.distinct ? countDistinct : (calls[node.name] ?? usualCall);
      return own * words + sum(node.args);
    }
    case 'named':
      return nodeWork(node.value);
    case 'minus':
    case 'not':
    case 'isNull':
    case 'isBoolean':
      return 1 + nodeWork(node.of);
    case 'arithmetic':
      return 1 + nodeWork(node.left) + nodeWork(node.right);
    case 'compare':
      return (node.operator === 'like' ? textMatch : 1) + nodeWork(node.left) + nodeWork(node.right);
    case 'in':
      return 1 + nodeWork(node.of) + oneValue * node.values.length;
    case 'range':
      return 2 + nodeWork(node.of);
    case 'and':
    case 'or':
      return sum(node.items);
    // A text alone is looked for everywhere, word by word.
    case 'text':
      return textMatch * wordCount(node.value) * oneValue;
    default:
      return 0;
  }
}

/** How many texts stand alone in a condition. */
function textCount(node: Node): number {
  if (node.kind === 'text') return 1;
  if (node.kind === 'not') return textCount(node.of);
  if (node.kind === 'and' || node.kind === 'or') return node.items.reduce((total, item) => total + textCount(item), 0);
  return 0;
}

function sum(nodes: readonly Node[]): number {
  return nodes.reduce((total, node) => total + nodeWork(node), 0);
}

function wordCount(text: string): number {
  return Math.min(30, Math.max(1, text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').length));
}
