// The keys of organizations' programs in the database: their fingerprints, never themselves.
import { sql } from 'kysely';
import type { KeyScope } from '../../model/permission.ts';
import { type Author, isUuid, type Session, writeEvent } from './member-queries.ts';
import type { ApiKey } from './schemas.ts';

export async function keysOf(db: Session, organization: string): Promise<readonly (ApiKey & { createdBy: string })[]> {
  const rows = await db
    .selectFrom('api_key')
    .select(['id', 'name', 'prefix', 'scopes', 'created_at', 'created_by', 'ends_at', 'last_used_at', 'revoked_at'])
    .where('organization', '=', organization)
    .orderBy(sql`revoked_at is not null`)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at,
    createdBy: row.created_by,
    endsAt: row.ends_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

export async function insertKey(
  db: Session,
  key: {
    readonly organization: string;
    readonly name: string;
    readonly scopes: readonly KeyScope[];
    readonly prefix: string;
    readonly sha256: string;
    readonly endsAt: Date;
  },
  author: Author,
): Promise<string> {
  const { endsAt, ...made } = key;
  const { id } = await db
    .insertInto('api_key')
    .values({ ...made, ends_at: endsAt, created_by: author.actor, created_at: author.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writeEvent(db, 'keyMade', author, {
    organization: key.organization,
    person: null,
    details: { key: id, scopes: key.scopes, until: endsAt },
  });
  return id;
}

/** @returns whether a key of the organization was revoked by this call. */
export async function revokeKeyRow(db: Session, organization: string, id: string, author: Author): Promise<boolean> {
  if (!isUuid(id)) return false;
  const row = await db
    .updateTable('api_key')
    .set({ revoked_at: author.now, revoked_by: author.actor })
    .where('id', '=', id)
    .where('organization', '=', organization)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return false;
  await writeEvent(db, 'keyRevoked', author, { organization, person: null, details: { key: id } });
  return true;
}
