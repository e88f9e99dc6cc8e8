// Answers kept in memory by version and question: versions never change, so what was read stays true. One cache per engine.
import { SharedWork } from '../../lib/request-scope.ts';
import type { Rows, Statement, TableEngine } from '../../stores/tables/engine.ts';

type Entry = { readonly version: string; readonly work: SharedWork<unknown>; bytes: number };

/** Bounded by an estimate of what the values weigh; the answer used longest ago leaves first. */
export class AnswerCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The answer to a question on a version, read at most once at a time: whoever asks while it is being read waits for the
   * same answer, and it is given up when all who waited have left. What fails is not kept.
   * @param question written the same way whenever it is the same: the compiled statement, or a digest of it
   */
  async get<T>(version: string, question: string, read: () => Promise<T>, weigh: (value: T) => number): Promise<T> {
    const key = JSON.stringify([version, question]);
    const found = this.#entries.get(key);
    if (found !== undefined && !found.work.givenUp) {
      // Put last: a Map keeps the order of insertion.
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.work.join() as Promise<T>;
    }
    if (found !== undefined) this.#drop(key, found);
    const work = new SharedWork(async () => {
      // The entry is there before anything is read, or fails.
      await null;
      try {
        const value = await read();
        this.#keep(key, entry, weigh(value) + 200 + 2 * key.length);
        return value;
      } catch (error) {
        this.#drop(key, entry);
        throw error;
      }
    });
    const entry: Entry = { version, work, bytes: 0 };
    this.#entries.set(key, entry);
    return work.join();
  }

  /** Forgets the answers of a version, also those that are being read. */
  forget(version: string): void {
    for (const [key, entry] of this.#entries) if (entry.version === version) this.#drop(key, entry);
  }

  #keep(key: string, entry: Entry, bytes: number): void {
    if (this.#entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldKey, old] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      // What is being read weighs nothing yet.
      if (old.bytes > 0) this.#drop(oldKey, old);
    }
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}

/** Answers kept in memory for the next reader, of all interfaces together. */
const cacheBytes = 64 * 1024 * 1024;

/** It lives and dies with its engine. */
const caches = new WeakMap<TableEngine, AnswerCache>();

export function answersOf(tables: TableEngine): AnswerCache {
  const cache = caches.get(tables) ?? new AnswerCache(cacheBytes);
  caches.set(tables, cache);
  return cache;
}

/** The rows of a statement about a version, read now or before. */
export function readAnswer(tables: TableEngine, version: string, statement: Statement): Promise<Rows> {
  const question = JSON.stringify([statement.sql, statement.params ?? []]);
  const read = async () => (await tables.run([statement]))[0] ?? { columns: [], rows: [] };
  return answersOf(tables).get(version, question, read, ({ rows }) => rowsBytes(rows));
}

/** About how many bytes rows take in memory. */
export function rowsBytes(rows: readonly (readonly unknown[])[]): number {
  return rows.reduce((total, row) => total + 40 + weightOf(row), 0);
}

function weightOf(value: unknown): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value === 'number') return 12;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((total: number, part) => total + weightOf(part), 40);
}
