// A deposit killed at any point leaves nothing half published, keeps what was received, and can simply be done again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

const points = 50;
const rows = 3000;
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

let portal: Portal;
let file: string;
let sha256: string;

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
  file = join(portal.home, 'arbres.csv');
  const lines = Array.from({ length: rows }, (_, i) => `${i};Érable n° ${i};${(47 + i / 1e5).toFixed(5)};0,68`);
  const text = `numero;essence;latitude;longitude\n${lines.join('\n')}\n`;
  await writeFile(file, text);
  sha256 = createHash('sha256').update(text).digest('hex');
});
afterAll(() => portal?.close());

test(`killed at ${points} points`, async () => {
  // How long a whole deposit takes, measured again each time one escapes: the points are spread over all of it.
  let whole = (await depositKilledAfter('temoin', Number.POSITIVE_INFINITY)).milliseconds;
  let interrupted = 0;
  for (let attempt = 0; interrupted < points && attempt < 4 * points; attempt++) {
    const id = `arbres-${attempt}`;
    const share = (interrupted + Math.random()) / points;
    const { finished, milliseconds } = await depositKilledAfter(id, whole * share);
    if (finished) whole = milliseconds;
    else interrupted += 1;
    const shown = await portal.get(`/datasets/${id}.json`);
    if (shown.status === 200) await expectWhole(id);
    else expect(shown.status).toBe(404);
    // Every fifth one is done again: nothing stands in the way, the identifier is still free.
    if (shown.status === 404 && attempt % 5 === 0) {
      const again = await portal.cli(
        'deposit',
        file,
        '--organization',
        'ville',
        '--title',
        'Arbres de la ville',
        '--id',
        id,
        '--publish',
      );
      expect(again, again.stderr).toMatchObject({ code: 0, json: { state: 'published', version: 1 } });
      await expectWhole(id);
    }
  }
  expect(interrupted).toBe(points);
  expect(existsSync(join(portal.home, 'files', 'originals', sha256.slice(0, 2), sha256))).toBe(true);
  // The next process sweeps what the killed ones left.
  expect((await portal.cli('list')).code).toBe(0);
  const left = readdirSync(join(portal.home, 'files', 'scratch')).filter((name) => name.startsWith('journey-'));
  expect(left).toEqual([]);
}, 300_000);

async function expectWhole(id: string): Promise<void> {
  const records = (await portal.json(`/api/explore/v2.1/catalog/datasets/${id}/records?limit=1`)) as {
    total_count: number;
  };
  expect(records.total_count).toBe(rows);
  const original = Buffer.from(await (await portal.get(`/datasets/${id}/original`)).arrayBuffer());
  expect(createHash('sha256').update(original).digest('hex')).toBe(sha256);
}

function depositKilledAfter(id: string, milliseconds: number): Promise<{ finished: boolean; milliseconds: number }> {
  return new Promise((resolve) => {
    const started = performance.now();
    const args = ['deposit', file, '--organization', 'ville', '--title', 'Arbres de la ville', '--id', id, '--publish'];
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, TERROIR_HOME: portal.home },
      stdio: 'ignore',
    });
    const timer = Number.isFinite(milliseconds) ? setTimeout(() => child.kill('SIGKILL'), milliseconds) : null;
    child.once('exit', (code) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ finished: code === 0, milliseconds: performance.now() - started });
    });
  });
}
