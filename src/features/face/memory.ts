// What was read for a page, kept as long as nobody writes: the same rows are then read once, however many come.
import type { Context } from '../../context.ts';
import { readSnapshot } from '../../stores/metadata/snapshot.ts';

/** Pages kept in memory; a page's data is some tens of kilobytes. */
const mostKept = 300;

type Memory = { readonly name: string; readonly kept: Map<string, Promise<unknown>> };

/** One memory per database: it lives and dies with it. */
const memories = new WeakMap<object, Memory>();

/**
 * The same answer for the same question, until a transaction writes or a minute passes: freshness is told to the minute.
 * Only what everybody sees alike is asked through it.
 */
export async function whileNobodyWrites<T>(context: Context, question: string, make: () => Promise<T>): Promise<T> {
  const minute = Math.floor(context.now().getTime() / 60_000);
  const name = `${await readSnapshot(context.db)} ${minute}`;
  const known = memories.get(context.db);
  const memory = known?.name === name ? known : { name, kept: new Map<string, Promise<unknown>>() };
  memories.set(context.db, memory);
  const key = JSON.stringify([question, context.shownOrganizations ?? null]);
  const before = memory.kept.get(key);
  if (before !== undefined) return before as Promise<T>;
  const [oldest] = memory.kept.keys();
  if (memory.kept.size >= mostKept && oldest !== undefined) memory.kept.delete(oldest);
  const answer = make();
  memory.kept.set(key, answer);
  answer.catch(() => memory.kept.delete(key));
  return answer;
}
