// Reads rows block by block through the cache of answers: versions never change, so what was read stays true.
import type { Context } from '../../context.ts';
import { answersOf, rowsBytes } from '../../data/query/answer-cache.ts';
import type { RecordsPlan } from '../../data/query/plan.ts';
import { FoundCache } from '../../data/query/spatial-found-cache.ts';
import { openStoredVersion, type StoredVersion } from '../../data/query/stored-version.ts';
import { apart } from '../../lib/request-scope.ts';
import type { Version } from '../../model/dataset.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';

/** About how many values are read at once, more than a page: the next pages are then in memory. */
const blockValues = 6000;
/** Groups are reckoned together: reading many costs what reading few does, reading them twice costs twice. */
const blockGroups = { few: 1000, all: 20_000 } as const;
/** More in one page is a copy of everything, which nobody asks for twice: it would push out what many ask for. */
const keptRows = 1001;
/** Rows found by conditions on shapes, kept in memory. */
const foundBytes = 16 * 1024 * 1024;

type Range = { readonly offset: number; readonly limit: number };

type Rows = readonly (readonly unknown[])[];

type Reader = {
  readonly versions: Map<string, Promise<StoredVersion>>;
  readonly found: FoundCache;
  /** The rows of a page; the total when it is known without counting. */
  rows(
    version: StoredVersion,
    plan: RecordsPlan,
    range: Range,
  ): Promise<{ readonly rows: Rows; readonly total: number | null }>;
  /** The rows of a page that no block holds: of a reader who goes from row to row. */
  exactly(version: StoredVersion, plan: RecordsPlan, range: Range): Promise<Rows>;
  count(version: StoredVersion, plan: RecordsPlan): Promise<number>;
  /** Forgets all that was read of a version. */
  forget(key: string): void;
};

/** One reader, with its cache, per engine: it lives and dies with it. */
const readers = new WeakMap<TableEngine, Reader>();

export function readerOf(tables: TableEngine): Reader {
  const known = readers.get(tables);
  if (known !== undefined) return known;
  const reader = openReader(tables);
  readers.set(tables, reader);
  return reader;
}

function openReader(tables: TableEngine): Reader {
  const answers = answersOf(tables);
  const found = new FoundCache(foundBytes);
  const block = (version: StoredVersion, plan: RecordsPlan, range: Range) =>
    answers.get(
      version.key,
      `rows ${plan.rowsKey}@${range.offset}+${range.limit}`,
      async () => (await tables.run([plan.page(range.offset, range.limit)]))[0]?.rows ?? [],
      rowsBytes,
    );

  const versions: Reader['versions'] = new Map();
  return {
    versions,
    found,
    async rows(version, plan, { offset, limit }) {
      const { total } = plan;
      if (limit === 0 || (total !== null && offset >= total)) return { rows: [], total };
      const size = blockSize(plan, offset + limit);
      const first = Math.floor(offset / size);
      const last = Math.floor((offset + limit - 1) / size);
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const blocks = await Promise.all(numbers.map((n) => block(version, plan, { offset: n * size, limit: size })));
      const rows = blocks.flat().slice(offset - first * size, offset - first * size + limit);
      // A block that is not full is the end: nothing needs to be counted.
      const end = blocks.findIndex((b) => b.length < size);
      const ended = end !== -1 && (end > 0 || first === 0 || (blocks[end]?.length ?? 0) > 0);
      return { rows, total: total ?? (ended ? (first + end) * size + (blocks[end]?.length ?? 0) : null) };
    },
    exactly: async (version, plan, range) =>
      range.limit <= keptRows
        ? block(version, plan, range)
        : ((await tables.run([plan.page(range.offset, range.limit)]))[0]?.rows ?? []),
    count: (version, plan) =>
      answers.get(
        version.key,
        `count ${plan.countKey}`,
        async () => Number((await tables.run([plan.count()]))[0]?.rows[0]?.[0] ?? 0),
        () => 8,
      ),
    forget(key) {
      versions.delete(key);
      found.forget(key);
      answers.forget(key);
    },
  };
}

/** Rows read at once: several pages of a narrow table, one of a wide one or of a condition. */
function blockSize(plan: RecordsPlan, end: number): number {
  if (plan.grouped) return end <= blockGroups.few ? blockGroups.few : blockGroups.all;
  if (plan.listed) return 50;
  if (!plan.readsAhead) return 100;
  const rows = Math.floor(blockValues / Math.max(1, plan.columns.length) / 100) * 100;
  return Math.min(500, Math.max(100, rows));
}

/** Versions never change: each is looked at once. */
export function storedVersion(context: Context, version: Version): Promise<StoredVersion> {
  const { versions } = readerOf(context.tables);
  const known = versions.get(version.key);
  if (known !== undefined) return known;
  // Looked at for everybody, not for this request alone.
  const opening = apart(() => openStoredVersion(version, context.files.versionFolder(version.key), context.tables));
  if (versions.size >= 1000) versions.delete(versions.keys().next().value ?? '');
  versions.set(version.key, opening);
  opening.catch(() => versions.delete(version.key));
  return opening;
}
