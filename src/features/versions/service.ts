// The verbs of a version's life after it exists: what changed, restore, purge, what next year's file can take over.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { compareVersions } from '../../data/compare/compare.ts';
import { type CorrectedFile, writeCorrectedFile } from '../../data/corrected-file.ts';
import { openKept } from '../../data/deposit/receive.ts';
import { withScratch } from '../../data/journey.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Version } from '../../model/dataset.ts';
import type { DestroyedFile, Purge } from '../../model/purge.ts';
import type { VersionDiff } from '../../model/version-diff.ts';
import {
  finishPurge,
  foreseePurge,
  getDataset,
  getVersion,
  mustOnDataset,
  pendingPurges,
  publishVersion,
  purgedSince,
  recordDeposit,
  recordPurge,
} from '../catalog/service.ts';
import { forgetVersion } from '../explore/service.ts';

/** Rows of each kind that a comparison lists. */
const listedRows = 100;

/**
 * What changed from one version to another, worked out once and kept.
 * @throws TerroirError dataset.*, version.unknown, version.purged, engine.*
 */
export async function diffVersions(context: Context, id: string, from: number, to: number): Promise<VersionDiff> {
  const [a, b] = [await getVersion(context, id, from), await getVersion(context, id, to)];
  const path = diffPath(context, a.key, b.key);
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as VersionDiff;
  const compared = ({ fields, rows, key }: Version) => ({
    fields,
    rows,
    dataPath: join(context.files.versionFolder(key), 'data.parquet'),
  });
  const diff = await compareVersions(compared(a), compared(b), context.ingest, {
    listed: listedRows,
    declaredKey: b.declaredKey,
  });
  const part = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(diffFolder(context), { recursive: true });
  await writeFile(part, JSON.stringify(diff));
  await rename(part, path);
  // A purge decided meanwhile deleted what was there before: this must not come back.
  await Promise.all([getVersion(context, id, from), getVersion(context, id, to)]).catch(async (error: unknown) => {
    await rm(path, { force: true });
    throw error;
  });
  return diff;
}

/** A version's comparisons carry a name made of its key, so that a purge finds them. */
function diffPath(context: Context, from: string, to: string): string {
  return join(diffFolder(context), `${shortName(from)}-${shortName(to)}.json`);
}

function diffFolder(context: Context): string {
  return join(context.files.root, 'diffs');
}

function shortName(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

export type Restored = { readonly number: number; readonly published: boolean; readonly secondReading: boolean };

/**
 * A new version with the content of an old one, which it names; it is published unless the organization wants a second
 * reading.
 * @throws TerroirError permission.denied, dataset.*, version.unknown, version.purged, version.shown, disk.full
 */
export async function restoreVersion(context: Context, id: string, number: number): Promise<Restored> {
  await mustOnDataset(context, 'dataset.restore', id);
  const dataset = await getDataset(context, id);
  const { createdAt: _createdAt, ...old } = await getVersion(context, id, number);
  if (dataset.version?.number === number && dataset.state === 'published')
    throw new TerroirError('version.shown', { id, version: number });
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, async (scratch) => {
    const folder = join(scratch, 'version');
    await mkdir(folder);
    const source = context.files.versionFolder(old.key);
    for (const name of await readdir(source)) await sameFile(join(source, name), join(folder, name));
    const depositId = await recordDeposit(context, { ...old.file, organization: dataset.organization.slug });
    const key = `${id}@${randomBytes(8).toString('hex')}`;
    await context.files.keepVersion(folder, key);
    try {
      const { number: _old, ...facts } = old;
      const version = { ...facts, key, restoredFrom: number };
      const done = await publishVersion(context, { dataset: { id }, version, depositId, publish: true });
      return { number: done.number, published: done.state === 'published', secondReading: done.secondReading };
    } catch (error) {
      await context.files.removeVersion(key);
      throw error;
    }
  });
}

/** Versions never change: two of them may share a file on the disk, where the disk can do that. */
async function sameFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

/**
 * Destroys versions after a privacy incident (CRPA L311-5, L311-6): their original, data, search and set-aside files,
 * exports, comparisons, and the rows kept in memory. Who, when, why and what (sha256) stay for ever. Versions restored from
 * them go too; an original that another dataset needs stays, and is told. The dataset then shows its newest version left, or
 * is withdrawn when none is.
 * @param numbers the versions, null for all of them
 * @throws TerroirError permission.denied, dataset.unknown, version.unknown, purge.nothing, purge.reasonMissing
 */
export async function purgeVersions(
  context: Context,
  request: { readonly id: string; readonly numbers: readonly number[] | null; readonly reason: string },
): Promise<Purge> {
  await mustOnDataset(context, 'dataset.purge', request.id);
  if (request.reason.trim() === '') throw new TerroirError('purge.reasonMissing');
  const plan = await foreseePurge(context, request.id, request.numbers);
  const files: DestroyedFile[] = [];
  for (const { number, key } of plan.versions) files.push(...(await filesOf(context, number, key)));
  const purge = await recordPurge(context, { ...request, files });
  await finishPurges(context);
  return purge;
}

/**
 * Removes the files of the purges that were decided; what is gone already is no matter. Done at every start and from time to
 * time, so that a purge killed midway is finished.
 * @returns how many purges were finished
 */
export async function finishPurges(context: Context): Promise<number> {
  const pending = await pendingPurges(context);
  for (const { id, folders, originals } of pending) {
    for (const key of folders) {
      await context.files.removeVersion(key);
      await forgetVersion(context, key);
      await removeDiffs(context, key);
    }
    for (const sha256 of originals) await context.files.removeOriginal(sha256);
    await finishPurge(context, id);
    context.log.info({ purge: id, versions: folders.length, originals: originals.length }, 'a purge is finished');
  }
  return pending.length;
}

/**
 * Forgets what was purged by another process (the command line) since the last time; finishes what it did not.
 * @param since the last purge known, '0' at first
 * @returns the last purge known now
 */
export async function followPurges(context: Context, since: string): Promise<string> {
  let last = since;
  for (const { id, folders } of await purgedSince(context, since)) {
    for (const key of folders) await forgetVersion(context, key);
    last = id;
  }
  await finishPurges(context);
  return last;
}

async function removeDiffs(context: Context, key: string): Promise<void> {
  const names = await readdir(diffFolder(context)).catch(() => []);
  for (const name of names)
    if (name.includes(shortName(key))) await rm(join(diffFolder(context), name), { force: true });
}

const kinds: Readonly<Record<string, DestroyedFile['what']>> = {
  'data.parquet': 'data',
  'search.parquet': 'search',
  'set-aside.csv': 'setAside',
};

async function filesOf(context: Context, version: number, key: string): Promise<readonly DestroyedFile[]> {
  const folder = context.files.versionFolder(key);
  const names = (await readdir(folder).catch(() => [])).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      version,
      what: kinds[name] ?? ('other' as const),
      sha256: await hashOf(join(folder, name)),
      bytes: (await stat(join(folder, name))).size,
    })),
  );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * The file of the rows set aside of a version: its producer's alone.
 * @throws TerroirError permission.denied, dataset.*, version.unknown, version.purged, version.notSetAside
 */
export async function setAsideFile(
  context: Context,
  id: string,
  number: number,
): Promise<{ readonly path: string; readonly bytes: number; readonly name: string }> {
  await mustOnDataset(context, 'deposit.read', id);
  const version = await getVersion(context, id, number);
  const path = join(context.files.versionFolder(version.key), 'set-aside.csv');
  const facts = version.setAsideRows === 0 ? null : await stat(path).catch(() => null);
  if (facts === null) throw new TerroirError('version.notSetAside', { id, version: number });
  return { path, bytes: facts.size, name: `${id}-lignes-mises-de-cote.csv` };
}

/**
 * The file of a version with its producer's corrections in it, in its own format where that can be written: their
 * producer's alone. It lies in a scratch folder and goes when `use` has ended.
 * @throws TerroirError permission.denied, dataset.*, version.unknown, version.purged, version.originalPurged, file.*
 */
export async function withCorrectedFile<T>(
  context: Context,
  id: string,
  number: number,
  use: (file: CorrectedFile) => Promise<T>,
): Promise<T> {
  await mustOnDataset(context, 'deposit.read', id);
  const { file, steps, table, droppedSourceRows } = await getVersion(context, id, number);
  if (!(await context.files.hasOriginal(file.sha256)))
    throw new TerroirError('version.originalPurged', { id, version: number });
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, async (scratch) => {
    const deposited = await openKept(file, context.files, scratch);
    return use(
      await writeCorrectedFile(
        { file: deposited, steps, droppedSourceRows, ...(table !== null && { table }) },
        { files: context.files, tables: context.ingest, scratch },
      ),
    );
  });
}
