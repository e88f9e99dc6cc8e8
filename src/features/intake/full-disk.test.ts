// A disk that fills up: told as such before the first byte where that can be known, and midway; nothing is left.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { receivePaste } from './service.ts';
import { continueUpload, startUpload } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-intake-full-'));
const small = join(folder, 'small-disk');
const mounted = mountSmallDisk();
if (!mounted) console.warn('SKIPPED, this machine lets nobody mount a small disk: uploads on a full disk');

/** Eight megabytes of memory as a disk; only root may, and not in every container. */
function mountSmallDisk(): boolean {
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!mounted)('on a disk of 8 MB', () => {
  let catalogue: TestCatalogue;
  let context: Context;
  const megabyte = 1024 * 1024;
  const organization = 'ville-de-tours';
  const refused = expect.objectContaining({ code: 'disk.full' });
  const left = () => [...readdirSync(join(small, 'uploads')), ...readdirSync(join(small, 'scratch'))];

  beforeAll(async () => {
    catalogue = await openTestCatalogue();
    await catalogue.empty();
    context = { ...catalogue.operator, files: await openDiskStore(small), now: () => new Date() };
  });
  afterAll(async () => {
    await catalogue?.close();
    execFileSync('umount', [small]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('what cannot fit is refused at once', async () => {
    await expect(startUpload(context, { organization, name: 'a.csv', size: 20 * megabyte })).rejects.toEqual(refused);
  });

  test('a disk that fills up midway is told, and the room is given back', async () => {
    const { id } = await startUpload(context, { organization, name: 'a.csv', size: 6 * megabyte });
    const other = join(small, 'another-program');
    writeFileSync(other, Buffer.alloc(5 * megabyte));
    const body = Readable.from([Buffer.alloc(3 * megabyte), Buffer.alloc(3 * megabyte)]);
    await expect(continueUpload(context, id, { offset: 0, body, length: null })).rejects.toEqual(refused);
    expect(left()).toEqual([]);
    await expect(
      receivePaste(context, { organization, name: 'a', text: `a\tb\n${'1\t2\n'.repeat(megabyte)}` }),
    ).rejects.toEqual(refused);
    expect(left()).toEqual([]);
    rmSync(other);
    // There is room again: the next file passes.
    const next = await startUpload(context, { organization, name: 'a.csv', size: 4 });
    const done = await continueUpload(context, next.id, { offset: 0, body: Readable.from(['a\n1\n']), length: 4 });
    expect(done.arrival?.size).toBe(4);
  });
});
