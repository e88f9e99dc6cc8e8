// One process's use of the embedded PostgreSQL: counted, so that the last one to leave stops it.
import { join } from 'node:path';
import { Client } from 'pg';
import { withLock } from './lock.ts';
import { databaseUrl, ensureServer, type Postmaster, stopServer } from './postgres.ts';

export type Embedded = {
  /** The address of the platform's database; it does not change while this is open. */
  readonly url: string;
  /** Leaves the server, and stops it when nobody else uses it. The process's other connections must be closed before. */
  close(): Promise<void>;
};

/** Held shared by every process that uses the server; "TERR" in ASCII. */
const usersLock = 0x54_45_52_52;

/**
 * Uses the server of this home until closed. If the server is lost meanwhile, it is brought back.
 * @throws TerroirError database.unreachable, database.notEmbedded, home.unusable, disk.full
 */
export async function openEmbedded(home: string): Promise<Embedded> {
  const turns = join(home, 'locks', 'postgres');
  let closing = false;
  let use = await withLock(turns, () => enter(home, onLost));

  /** The connection that counts us is gone: the server crashed or was stopped from outside. */
  function onLost(): void {
    if (closing) return;
    withLock(turns, async () => {
      if (!closing) use = await enter(home, onLost);
    }).catch(() => setTimeout(onLost, 1000).unref());
  }

  return {
    url: databaseUrl(use.server),
    async close() {
      closing = true;
      await withLock(turns, async () => {
        const last = await leave(use.client);
        if (last) await stopServer(use.server);
      });
    },
  };
}

async function enter(home: string, onLost: () => void): Promise<{ client: Client; server: Postmaster }> {
  const server = await ensureServer(home);
  const client = new Client({ connectionString: databaseUrl(server), application_name: `terroir ${process.pid}` });
  client.on('error', () => {});
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [usersLock]);
  client.once('end', onLost);
  return { client, server };
}

/** @returns whether nobody else uses the server. PostgreSQL forgets a killed process's lock with its connection. */
async function leave(client: Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [usersLock]);
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [usersLock]);
    return rows[0]?.last === true;
  } catch {
    // The server is gone already.
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
