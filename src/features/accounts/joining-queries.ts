// Invitations and requests in the database: each is answered once.
import { TerroirError } from '../../lib/errors.ts';
import type { OrganizationRole } from '../../model/permission.ts';
import { type Author, isUuid, type Session, writeEvent } from './member-queries.ts';
import type { Joining } from './schemas.ts';

/** @throws TerroirError joining.pending */
export async function insertJoining(
  db: Session,
  joining: {
    readonly kind: 'invitation' | 'request';
    readonly organization: string;
    readonly role: OrganizationRole;
    readonly email: string;
    readonly personId: string | null;
    readonly message: string;
    readonly tokenSha256: string | null;
    readonly expiresAt: Date;
  },
  author: Author,
): Promise<string> {
  // What waited too long no longer stands in the way.
  await db
    .updateTable('joining')
    .set({ state: 'cancelled', closed_at: author.now, closed_by: 'clock' })
    .where('organization', '=', joining.organization)
    .where('email', '=', joining.email)
    .where('state', '=', 'pending')
    .where('expires_at', '<=', author.now)
    .execute();
  const made = await db
    .insertInto('joining')
    .values({
      kind: joining.kind,
      organization: joining.organization,
      role: joining.role,
      email: joining.email,
      person_id: joining.personId,
      message: joining.message,
      state: 'pending',
      token_sha256: joining.tokenSha256,
      made_by: author.actor,
      created_at: author.now,
      expires_at: joining.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new TerroirError('joining.pending');
  await writeEvent(db, joining.kind === 'invitation' ? 'invited' : 'joinAsked', author, {
    organization: joining.organization,
    person: joining.personId,
    details: { joining: made.id, role: joining.role },
  });
  return made.id;
}

function selectJoinings(db: Session, now: Date) {
  return db
    .selectFrom('joining as j')
    .innerJoin('organization as o', 'o.slug', 'j.organization')
    .leftJoin('person as p', 'p.id', 'j.person_id')
    .select([
      'j.id',
      'j.kind',
      'j.role',
      'j.email',
      'j.message',
      'j.created_at',
      'j.expires_at',
      'j.person_id',
      'j.made_by',
      'o.slug',
      'o.name as organization_name',
      'p.name as person_name',
    ])
    .where('j.state', '=', 'pending')
    .where('j.expires_at', '>', now);
}

type JoiningRow = Awaited<ReturnType<ReturnType<typeof selectJoinings>['execute']>>[number];

function toJoining(row: JoiningRow): Joining & { readonly personId: string | null; readonly madeBy: string } {
  return {
    id: row.id,
    kind: row.kind,
    organization: { slug: row.slug, name: row.organization_name },
    role: row.role,
    email: row.email,
    name: row.person_name === '' ? null : row.person_name,
    message: row.message,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    personId: row.person_id,
    madeBy: row.made_by,
  };
}

export async function pendingJoinings(
  db: Session,
  which: { readonly organization: string } | { readonly personId: string },
  now: Date,
) {
  const query = selectJoinings(db, now);
  const rows =
    'organization' in which
      ? await query.where('j.organization', '=', which.organization).orderBy('j.created_at').execute()
      : await query.where('j.person_id', '=', which.personId).orderBy('j.created_at').execute();
  return rows.map(toJoining);
}

/** @throws TerroirError joining.unknown */
export async function joiningById(db: Session, id: string, now: Date) {
  const row = isUuid(id) ? await selectJoinings(db, now).where('j.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw new TerroirError('joining.unknown');
  return toJoining(row);
}

/** @throws TerroirError link.invalid */
export async function joiningByToken(db: Session, hash: string, now: Date) {
  const row = await selectJoinings(db, now).where('j.token_sha256', '=', hash).executeTakeFirst();
  if (row === undefined) throw new TerroirError('link.invalid');
  return toJoining(row);
}

/** Answers a joining once. @throws TerroirError joining.unknown when somebody answered first */
export async function closeJoining(
  db: Session,
  id: string,
  state: 'accepted' | 'refused' | 'cancelled',
  author: Author,
): Promise<void> {
  const row = await db
    .updateTable('joining')
    .set({ state, closed_at: author.now, closed_by: author.actor })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning('organization')
    .executeTakeFirst();
  if (row === undefined) throw new TerroirError('joining.unknown');
  await writeEvent(db, `joining.${state}`, author, {
    organization: row.organization,
    person: null,
    details: { joining: id },
  });
}
