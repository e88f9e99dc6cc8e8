// A disk that fills up in the middle of a deposit: told as such, nothing half published, and the next small file passes.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-full-'));
chmodSync(folder, 0o755);
const small = join(folder, 'small-disk');
const mounted = mountSmallDisk();
if (!mounted) console.warn('SKIPPED, this machine lets nobody mount a small disk: the deposit on a full disk');

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

afterAll(() => {
  if (mounted) execFileSync('umount', [small]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!mounted)('on a disk of 8 MB', () => {
  const home = join(folder, 'home');
  const settings = { STORAGE_URL: `file://${small}` };
  const deposit = (file: string, id: string) =>
    runCli(
      home,
      ['deposit', file, '--organization', 'ville', '--title', 'Un fichier d’essai', '--id', id, '--publish'],
      settings,
    );

  test('a file too large is refused with disk.full; a small one still passes', async () => {
    expect((await runCli(home, ['organization', 'add', 'ville', '--name', 'Ville d’essai'], settings)).code).toBe(0);
    const large = join(folder, 'large.csv');
    writeFileSync(
      large,
      `nom;valeur\n${Array.from({ length: 400_000 }, (_, i) => `Élément n° ${i * 7919};${Math.sin(i)}`).join('\n')}\n`,
    );
    const refused = await deposit(large, 'trop-grand');
    expect(refused.json).toMatchObject({ error: { code: 'disk.full' } });
    expect(refused.code).not.toBe(0);
    const tiny = join(folder, 'tiny.csv');
    writeFileSync(tiny, 'nom;valeur\nA;1\n');
    expect(await deposit(tiny, 'petit')).toMatchObject({ code: 0, json: { state: 'published' } });
    const listed = (await runCli(home, ['list'], settings)).json as { datasets: { id: string }[] };
    expect(listed.datasets.map((d) => d.id)).toEqual(['petit']);
    expect(readdirSync(join(small, 'versions'))).toHaveLength(1);
  }, 120_000);
});
