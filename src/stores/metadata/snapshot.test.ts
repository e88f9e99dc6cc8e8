// The name of the present state: the same while nobody writes, another one as soon as this process has written.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenMetadata, openMetadata } from './connect.ts';
import { readSnapshot } from './snapshot.ts';

let home = '';
let metadata: OpenMetadata;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-snapshot-'));
  await chmod(home, 0o755);
  metadata = await openMetadata({ home, databaseUrl: null });
  await sql`create table written (n int)`.execute(metadata.db);
});

afterAll(async () => {
  await metadata.close();
  await rm(home, { recursive: true, force: true });
});

const insert = (n: number) => sql`insert into written values (${n})`;

test('the same name while nobody writes, another one after a statement of this process', async () => {
  const { db } = metadata;
  const first = await readSnapshot(db);
  await sql`select count(*) from written`.execute(db);
  expect(await readSnapshot(db)).toBe(first);
  await insert(1).execute(db);
  expect(await readSnapshot(db)).not.toBe(first);
});

test('another name once a transaction is over, whatever was asked in its midst', async () => {
  const { db } = metadata;
  await db.transaction().execute(async (transaction) => {
    await insert(2).execute(transaction);
    await readSnapshot(db);
  });
  const after = await readSnapshot(db);
  const { rows } = await sql<{ name: string }>`select pg_current_snapshot()::text as name`.execute(db);
  expect(after).toBe(rows[0]?.name);
});

test('a reader that asks while many write never keeps an old name', async () => {
  const { db } = metadata;
  for (let n = 3; n < 13; n++) {
    await Promise.all([insert(n).execute(db), readSnapshot(db)]);
    const { rows } = await sql<{ name: string }>`select pg_current_snapshot()::text as name`.execute(db);
    expect(await readSnapshot(db)).toBe(rows[0]?.name);
  }
});
