import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineLimits, TableEngine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { openTableEngine } from './pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-engine-'));
const outside = mkdtempSync(join(tmpdir(), 'terroir-outside-'));
const limits: EngineLimits = {
  children: 2,
  threadsPerChild: 1,
  memoryMegabytes: 100,
  timeoutSeconds: 20,
  folders: [folder],
  temporaryFolder: join(folder, 'spill'),
};
let engine: TableEngine;

beforeAll(() => {
  engine = openTableEngine(limits);
});
afterAll(async () => {
  await engine.close();
  for (const path of [folder, outside]) rmSync(path, { recursive: true, force: true });
});

const one = async (sql: string, params?: (string | number | boolean | null)[]) =>
  (await engine.run([params === undefined ? { sql } : { sql, params }]))[0]?.rows;

/** Process ids of this engine's children. */
function childPids(): number[] {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return children
    .split('\n')
    .filter((line) => line.includes('child.ts'))
    .map((line) => Number(line.trim().split(' ')[0]));
}

test('values arrive ready for JSON', async () => {
  const rows = await one(`SELECT 9007199254740991::BIGINT, sum(x)::HUGEINT, 1.25::DECIMAL(9,2), DATE '2024-02-29',
    TIMESTAMP '2024-05-03 10:00:00', TIMESTAMP '2024-05-03 10:00:00.5', TIME '08:30:00', {'lon': 0.68, 'lat': 47.39},
    [1, NULL], true, NULL, 'É', 'nan'::DOUBLE, [{'d': DATE '2024-01-01'}] FROM (VALUES (2), (3)) t(x)`);
  expect(rows).toEqual([
    [
      9007199254740991,
      5,
      1.25,
      '2024-02-29',
      '2024-05-03T10:00:00+00:00',
      '2024-05-03T10:00:00.5+00:00',
      '08:30:00',
      { lon: 0.68, lat: 47.39 },
      [1, null],
      true,
      null,
      'É',
      null,
      [{ d: '2024-01-01' }],
    ],
  ]);
});

test('parameters keep their types, columns their names', async () => {
  const [answer] = await engine.run([
    {
      sql: 'SELECT ? AS a, ? AS b, ? AS c, ? AS d, typeof(?) AS e, typeof(?) AS f',
      params: ["l'été", 2.5, true, null, 7, 7.5],
    },
  ]);
  expect(answer?.rows).toEqual([["l'été", 2.5, true, null, 'BIGINT', 'DOUBLE']]);
  expect(answer?.columns.map((c) => c.name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('several statements run in order on one connection', async () => {
  const answers = await engine.run([
    { sql: 'CREATE TEMP TABLE steps AS SELECT 1 AS n' },
    { sql: 'INSERT INTO steps VALUES (2)' },
    { sql: 'SELECT n FROM steps ORDER BY n' },
    { sql: 'DROP TABLE steps' },
  ]);
  expect(answers[2]?.rows).toEqual([[1], [2]]);
});

test('only the given folders can be read and written, and nothing can be loaded or reconfigured', async () => {
  writeFileSync(join(folder, 'inside.csv'), 'a\n1\n');
  expect(await one(`SELECT * FROM read_csv('${folder}/inside.csv')`)).toEqual([[1]]);
  const refused = [
    `SELECT * FROM read_text('/etc/passwd')`,
    `SELECT * FROM read_text('${folder}/../../etc/passwd')`,
    `SELECT * FROM read_csv('${folder}/../../../../../../etc/passwd')`,
    `SELECT * FROM glob('/etc/*')`,
    `COPY (SELECT 1) TO '${outside}/x.csv'`,
    `COPY (SELECT 1) TO '${folder}-more/x.csv'`,
    `ATTACH '${outside}/x.db'`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `SELECT * FROM read_csv('https://example.org/x.csv')`,
    `SET enable_external_access = true`,
    `SET memory_limit = '10GB'`,
    `SET allowed_directories = ['/']`,
    `RESET lock_configuration`,
    `EXPORT DATABASE '${outside}'`,
  ];
  for (const sql of refused) await expect(one(sql), sql).rejects.toMatchObject({ code: 'engine.failed' });
  expect(readdirSync(outside)).toEqual([]);
});

test('a statement that takes too long is stopped, and the engine goes on', async () => {
  const endless = 'SELECT count(*) FROM range(1000000000000) a, range(1000) b WHERE a.range % 7 = b.range % 11';
  await expect(engine.run([{ sql: endless }], { timeoutSeconds: 0.3 })).rejects.toMatchObject({
    code: 'engine.timeout',
  });
  expect(await one('SELECT 1')).toEqual([[1]]);
});

test('a call that ignores interruption is killed', async () => {
  const deaf = `SELECT length(regexp_replace(repeat('a', 40000000), 'a', repeat('b', 90), 'g'))`;
  await expect(engine.run([{ sql: deaf }], { timeoutSeconds: 0.2 })).rejects.toMatchObject({
    code: expect.stringMatching(/^engine\.(timeout|memory)$/),
  });
  expect(await one('SELECT 1')).toEqual([[1]]);
});

test('a caller who leaves stops the work', async () => {
  const leaving = new AbortController();
  const running = engine.run([{ sql: 'SELECT count(*) FROM range(1000000000000)' }], { signal: leaving.signal });
  setTimeout(() => leaving.abort(), 200);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(engine.run([{ sql: 'SELECT 1' }], { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await one('SELECT 1')).toEqual([[1]]);
});

test('a request that needs too much memory is refused, and the engine goes on', async () => {
  await expect(
    one(`SELECT list(r || repeat('x', 1000)) FROM (SELECT range::VARCHAR r FROM range(3000000))`),
  ).rejects.toMatchObject({ code: 'engine.memory' });
  // One value that the engine's own limit does not see.
  await expect(one(`SELECT length(repeat('x', 1500000000) || repeat('y', 1500000000))`)).rejects.toMatchObject({
    code: expect.stringMatching(/^engine\.(memory|failed)$/),
  });
  expect(await one('SELECT 1')).toEqual([[1]]);
});

test('two hundred requests at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => one('SELECT ?::INTEGER * 2', [i])));
  expect(answers.map((rows) => rows?.[0]?.[0])).toEqual(Array.from({ length: 200 }, (_, i) => i * 2));
});

test('a child killed in the middle fails its own request alone, and is replaced', async () => {
  const busy = Promise.allSettled([
    one('SELECT count(*) FROM range(1000000000000)'),
    ...Array.from({ length: 20 }, (_, i) => one('SELECT ?::INTEGER', [i])),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const pid of childPids()) process.kill(pid, 'SIGKILL');
  const [first, ...rest] = await busy;
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'engine.failed' } });
  expect(rest.every((r) => r.status === 'fulfilled')).toBe(true);
  expect(await one('SELECT 1')).toEqual([[1]]);
});

test('children are gone when their parent is killed', async () => {
  const spill = join(folder, 'spill-of-the-dead');
  const script = `
    const { openTableEngine } = await import(${JSON.stringify(join(import.meta.dirname, 'pool.ts'))});
    const engine = openTableEngine(${JSON.stringify({ ...limits, temporaryFolder: spill })});
    await engine.run([{ sql: 'SELECT 1' }]);
    engine.run([{ sql: 'SELECT count(*) FROM range(1000000000000)' }]);
    console.log('running');
  `;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(parent.pid)]);
  const pids = stdout.trim().split(/\s+/).map(Number);
  expect(pids.length).toBe(1);
  parent.kill('SIGKILL');
  const gone = () => pids.every((pid) => !isRunning(pid));
  for (let tries = 0; tries < 100 && !gone(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(gone()).toBe(true);
  // What it spilled is taken away by the next engine of the same folder.
  expect(readdirSync(spill)).toHaveLength(1);
  const later = openTableEngine({ ...limits, temporaryFolder: spill });
  await later.run([{ sql: 'SELECT 1' }]);
  expect(readdirSync(spill).every((name) => name.startsWith(`${process.pid}-`))).toBe(true);
  await later.close();
  expect(readdirSync(spill)).toEqual([]);
});

/** A zombie that init has not collected yet does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('what the engine says is told apart', () => {
  expect(engineError('Out of Memory Error: could not allocate block of size 256.0 KiB').code).toBe('engine.memory');
  expect(engineError('IO Error: Could not write file "x": No space left on device').code).toBe('disk.full');
  expect(engineError('Binder Error: Referenced column "x" not found').code).toBe('engine.failed');
});
