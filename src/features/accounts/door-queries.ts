// What guards the doors, in the database: attempts that are counted, links that open once, what is over and forgotten.
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';

/**
 * Counts one more attempt.
 * @returns null when it is allowed, else the seconds to wait.
 */
export async function countAttempt(
  db: Metadata,
  subject: string,
  rule: { readonly max: number; readonly seconds: number },
  now: Date,
): Promise<number | null> {
  const start = new Date(now.getTime() - rule.seconds * 1000);
  const row = await db
    .insertInto('attempt')
    .values({ subject, count: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({
        count: sql<number>`case when attempt.since <= ${start} then 1 else attempt.count + 1 end`,
        since: sql<Date>`case when attempt.since <= ${start} then ${now}::timestamptz else attempt.since end`,
      }),
    )
    .returning(['count', 'since'])
    .executeTakeFirstOrThrow();
  if (row.count <= rule.max) return null;
  return Math.max(1, Math.ceil((row.since.getTime() + rule.seconds * 1000 - now.getTime()) / 1000));
}

/** Forgets attempts, sessions and answers that are over. */
export async function sweepPeople(db: Metadata, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - 24 * 3600 * 1000);
  await db.deleteFrom('attempt').where('since', '<', yesterday).execute();
  await db.deleteFrom('person_session').where('expires_at', '<', now).execute();
  await db.deleteFrom('person_verification').where('expires_at', '<', now).execute();
}

/** Makes a one-time link's hash the only one that is not used. */
export async function replaceOneTimeLink(db: Metadata, hash: string, now: Date, until: Date): Promise<void> {
  await db.transaction().execute(async (session) => {
    await session.deleteFrom('one_time_link').where('used_at', 'is', null).execute();
    await session
      .insertInto('one_time_link')
      .values({ sha256: hash, purpose: 'administrator', created_at: now, expires_at: until, used_at: null })
      .execute();
  });
}

/** Whether a one-time link was ever made, whatever became of it. */
export async function wasOneTimeLinkMade(db: Metadata): Promise<boolean> {
  return (await db.selectFrom('one_time_link').select('sha256').limit(1).executeTakeFirst()) !== undefined;
}

/** Whether the link may still be used. */
export async function isOneTimeLink(db: Metadata, hash: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('one_time_link')
    .select('sha256')
    .where('sha256', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses a link: true for the first who asks, false for all others. */
export async function useOneTimeLink(db: Metadata, hash: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('one_time_link')
    .set({ used_at: now })
    .where('sha256', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('sha256')
    .executeTakeFirst();
  return row !== undefined;
}
