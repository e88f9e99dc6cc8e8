import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { Actor, OrganizationRole } from '../../model/permission.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import {
  approveVersion,
  changeApproval,
  getDataset,
  getSecondReading,
  getVersion,
  listPurges,
  listSecondReadings,
  publishDataset,
  publishVersion,
  recordDeposit,
  recordPurge,
  returnVersion,
  verifyDataset,
} from '../catalog/service.ts';
import { finishPurges, followPurges, purgeVersions } from './service.ts';

let catalogue: TestCatalogue;
let folder: string;
let context: Context;
beforeAll(async () => {
  catalogue = await openTestCatalogue();
  folder = await mkdtemp(join(tmpdir(), 'terroir-versions-'));
  const log = { info() {}, warn() {}, error() {} };
  // An engine that is never asked anything: it only names a cache.
  const tables = { run: async () => [], close: async () => {} };
  context = { ...catalogue.operator, files: await openDiskStore(folder), tables, ingest: tables, log };
});
beforeEach(() => catalogue.empty());
afterAll(async () => {
  await catalogue?.close();
  await rm(folder, { recursive: true, force: true });
});

const refused = (code: string) => expect.objectContaining({ code });
const as = (id: string, role: OrganizationRole, organization = 'ville-de-tours'): Context => {
  const actor: Actor = { kind: 'person', id, grants: [{ role, organization }] };
  return { ...context, actor };
};

/** Puts files where the version's files should be. */
async function fill(id: string, number: number): Promise<readonly string[]> {
  const { key, file } = await getVersion(context, id, number);
  const data = join(context.files.versionFolder(key), 'data.parquet');
  const exported = join(folder, 'exports', key, 'a.csv');
  const original = context.files.originalPath(file.sha256);
  for (const path of [data, exported, original]) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `${id} ${number}`);
  }
  return [data, exported, original];
}

test('what a purge has decided is finished by whoever starts next', async () => {
  const id = await catalogue.create({ title: 'Annuaire' });
  catalogue.now = new Date(catalogue.now.getTime() + 7_200_000);
  const paths = await fill(id, 1);
  // Killed right after the decision.
  await recordPurge(context, { id, numbers: null, reason: 'Incident', files: [] });
  await expect(getVersion(context, id, 1)).rejects.toThrow(refused('dataset.withdrawn'));
  expect(paths.every(existsSync)).toBe(true);
  expect((await listPurges(catalogue.anyone, id))[0]?.finishedAt).toBeNull();
  expect(await finishPurges(context)).toBe(1);
  expect(paths.some(existsSync)).toBe(false);
  expect((await listPurges(catalogue.anyone, id, 1))[0]?.finishedAt).toEqual(catalogue.now);
  expect(await finishPurges(context)).toBe(0);
});

test('what was purged cannot be written again, and its content left the catalogue', async () => {
  const id = await catalogue.create({ title: 'Annuaire', columns: ['Nom', 'Mail'] });
  await catalogue.addVersion(id);
  catalogue.now = new Date(catalogue.now.getTime() + 7_200_000);
  await purgeVersions(context, { id, numbers: [1], reason: 'Mails de particuliers' });
  await expect(getVersion(catalogue.anyone, id, 1)).rejects.toThrow(refused('version.purged'));
  const row = await catalogue.db
    .selectFrom('version')
    .select(['fields', 'profiles', 'problems', 'steps', 'file_name', 'file_sha256'])
    .where('dataset_id', '=', id)
    .where('number', '=', 1)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({
    fields: [],
    profiles: [],
    problems: [],
    steps: [],
    file_name: '',
    file_sha256: 'ab'.repeat(32),
  });
  for (const change of [{ purge_id: null }, { file_name: 'x' }])
    await expect(
      catalogue.db.updateTable('version').set(change).where('dataset_id', '=', id).where('number', '=', 1).execute(),
    ).rejects.toThrow(/immutable/);
  await expect(catalogue.db.updateTable('purge').set({ reason: 'autre' }).execute()).rejects.toThrow(
    /as it was written/,
  );
  await expect(catalogue.db.deleteFrom('purge').execute()).rejects.toThrow(/kept for ever/);
  expect((await getDataset(catalogue.anyone, id)).version?.number).toBe(2);
});

test('a purge needs the right, a reason and something to destroy', async () => {
  const id = await catalogue.create({ title: 'Annuaire' });
  await expect(purgeVersions(context, { id, numbers: [1], reason: ' ' })).rejects.toThrow(
    refused('purge.reasonMissing'),
  );
  await expect(purgeVersions(context, { id, numbers: [7], reason: 'x' })).rejects.toThrow(refused('version.unknown'));
  await expect(purgeVersions(as('ed', 'editor'), { id, numbers: [1], reason: 'x' })).rejects.toThrow(
    refused('permission.denied'),
  );
  await expect(
    purgeVersions({ ...context, actor: { kind: 'anyone' } }, { id, numbers: [1], reason: 'x' }),
  ).rejects.toThrow(refused('permission.denied'));
});

test('where the organization asks for it, another person reads before a version is public', async () => {
  await changeApproval(context, 'ville-de-tours', true);
  await expect(changeApproval(as('ed', 'editor'), 'ville-de-tours', false)).rejects.toThrow(
    refused('permission.denied'),
  );
  const [alice, bob] = [as('alice', 'pilot'), as('bob', 'deputy')];
  const id = await catalogue.create({ title: 'Budget', publish: false });
  const add = async (actor: Context) => {
    const { number: _number, createdAt: _createdAt, ...version } = await getVersion(context, id, 1);
    const depositId = await recordDeposit(actor, { ...version.file, organization: 'ville-de-tours' });
    const key = `${id}@${Math.random().toString(16).slice(2)}`;
    return publishVersion(actor, { dataset: { id }, version: { ...version, key }, depositId, publish: true });
  };
  expect(await add(alice)).toEqual({ number: 2, state: 'draft', secondReading: true });
  expect((await getDataset(alice, id)).state).toBe('draft');
  expect((await listSecondReadings(bob)).map((r) => [r.dataset, r.version, r.askedBy])).toEqual([
    [id, 2, 'person:alice'],
  ]);
  expect(await listSecondReadings(as('eve', 'pilot', 'departement'))).toEqual([]);
  await expect(approveVersion(alice, id, 2)).rejects.toThrow(refused('approval.sameAuthor'));
  await expect(approveVersion(as('ed', 'editor'), id, 2)).rejects.toThrow(refused('permission.denied'));
  await expect(returnVersion(bob, id, 2, '')).rejects.toThrow(refused('approval.reasonMissing'));
  await returnVersion(bob, id, 2, 'Les montants sont en milliers.');
  expect(await getSecondReading(alice, id, 2)).toMatchObject({ state: 'returned', decidedBy: 'person:bob' });
  await expect(approveVersion(bob, id, 2)).rejects.toThrow(refused('approval.notWaiting'));
  // Whoever asks again, it is the depositor who may not approve.
  expect(await publishDataset(bob, id)).toEqual({ secondReading: true });
  await expect(approveVersion(alice, id, 2)).rejects.toThrow(refused('approval.sameAuthor'));
  await approveVersion(bob, id, 2);
  expect(await getDataset(catalogue.anyone, id)).toMatchObject({ state: 'published', version: { number: 2 } });
  // A newer version that went first is not taken back.
  expect(await add(alice)).toMatchObject({ number: 3, secondReading: true });
  expect(await add(alice)).toMatchObject({ number: 4, secondReading: true });
  await approveVersion(bob, id, 4);
  await expect(approveVersion(bob, id, 3)).rejects.toThrow(refused('approval.notWaiting'));
});

test('« rien n’a changé » is said of what is public, by who may deposit', async () => {
  const id = await catalogue.create({ title: 'Budget', frequency: 'annual' });
  await expect(verifyDataset({ ...context, actor: { kind: 'anyone' } }, id)).rejects.toThrow(
    refused('permission.denied'),
  );
  catalogue.now = new Date('2026-09-01T00:00:00Z');
  await verifyDataset(context, id);
  expect((await getDataset(catalogue.anyone, id)).verifiedAt).toEqual(catalogue.now);
  const { due_at } = await catalogue.db
    .selectFrom('dataset')
    .select('due_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(due_at).toEqual(new Date('2027-09-01T00:00:00Z'));
  const draft = await catalogue.create({ title: 'Brouillon', publish: false });
  await expect(verifyDataset(context, draft)).rejects.toThrow(refused('dataset.notPublished'));
});

test('a running process follows the purges of others, each once', async () => {
  const id = await catalogue.create({ title: 'Annuaire' });
  const paths = await fill(id, 1);
  const before = await followPurges(context, '0');
  await recordPurge(context, { id, numbers: [1], reason: 'Incident', files: [] });
  const after = await followPurges(context, before);
  expect(Number(after)).toBeGreaterThan(Number(before));
  expect(paths.slice(0, 2).some(existsSync)).toBe(false);
  expect(await followPurges(context, after)).toBe(after);
});
