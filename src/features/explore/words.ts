// The file of a large version's words: made once, behind the first search, and used by the next ones.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { someNode } from '../../data/query/selection.ts';
import type { StoredVersion } from '../../data/query/stored-version.ts';
import type { QueryTree } from '../../data/query/tree.ts';
import { wordsFileStatement } from '../../data/store/words-file.ts';
import { apart } from '../../lib/request-scope.ts';
import type { FileStore } from '../../stores/files/files.ts';

/** In fewer rows the texts are read as fast as words are found. */
const worthWords = 100_000;
/** More cells would hold up who deposits: such a version is read whole by each search. */
const mostCells = 20_000_000;

type Known = { readonly path: string; ready: boolean; readonly made: Promise<void> };

/** What each store of files has, or is making: it lives and dies with it. */
const known = new WeakMap<FileStore, Map<string, Known>>();

function filesOf(files: FileStore): Map<string, Known> {
  const map = known.get(files) ?? new Map<string, Known>();
  known.set(files, map);
  return map;
}

/**
 * The path of the words of a version that a condition looks for; undefined when it looks for none, when the version is too
 * small or too large, and while the file is being made: the texts are then read. Kept files are found again after a restart.
 */
export async function wordsFor(
  context: Context,
  version: StoredVersion,
  { where }: QueryTree,
): Promise<string | undefined> {
  if (where === null || !someNode(where, (node) => node.kind === 'text') || !isWorthWords(version)) return undefined;
  const path = pathOf(context.files, version.key);
  const map = filesOf(context.files);
  const there = map.get(version.key);
  if (there !== undefined) return there.ready ? path : undefined;
  const kept = await isFile(path);
  const one: Known = { path, ready: kept, made: kept ? Promise.resolve() : apart(() => make(context, version, path)) };
  map.set(version.key, one);
  one.made.then(
    () => {
      one.ready = true;
    },
    (error: unknown) => {
      // The texts are read as before; the next start tries again.
      context.log.warn({ version: version.key, err: error }, 'The words of a version could not be written.');
    },
  );
  return kept ? path : undefined;
}

/** Waits for what is being made of a version, if anything is. */
export async function wordsMade(context: Context, key: string): Promise<void> {
  await filesOf(context.files).get(key)?.made;
}

/** Deletes the words of a version. */
export async function removeWords({ files }: Context, key: string): Promise<void> {
  const one = filesOf(files).get(key);
  await one?.made.catch(() => undefined);
  filesOf(files).delete(key);
  await rm(pathOf(files, key), { force: true });
}

function isWorthWords(version: StoredVersion): boolean {
  const { texts, codes, integers } = searchedFields(version);
  const columns = texts.length + codes.length + integers.length;
  return columns > 0 && version.rows >= worthWords && version.rows * columns <= mostCells;
}

function searchedFields({ fields, searchableFields }: StoredVersion) {
  const direct = fields.filter(({ name }) => !searchableFields.includes(name));
  const of = (type: string) => direct.filter((field) => field.type === type).map(({ name }) => name);
  return { texts: searchableFields, codes: of('string'), integers: of('integer') };
}

async function make({ files, ingest }: Context, version: StoredVersion, path: string): Promise<void> {
  const target = join(files.scratch, `words-${randomBytes(6).toString('hex')}.parquet`);
  try {
    await ingest.run([
      wordsFileStatement({ data: version.dataPath, search: version.searchPath, ...searchedFields(version), target }),
    ]);
    await mkdir(join(files.root, 'words'), { recursive: true });
    await rename(target, path);
  } finally {
    await rm(target, { force: true });
  }
}

function pathOf({ root }: FileStore, key: string): string {
  return join(root, 'words', `${encodeURIComponent(key)}.parquet`);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
