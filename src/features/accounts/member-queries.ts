// Reading and writing who belongs to an organization: roles, invitations and requests, keys, handover sheets, the log.
import { sql, type Transaction } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import type { Membership } from '../../model/people.ts';
import {
  type KeyScope,
  type OrganizationRole,
  type Role,
  type TerritoryRole,
  territoryRoles,
} from '../../model/permission.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Tables } from '../../stores/metadata/tables.ts';
import { roleRank } from './rules.ts';
import type { ApiKey, Handover, HandoverSheet, Joining, Member, TerritoryHolder } from './schemas.ts';

export type Session = Metadata | Transaction<Tables>;

/** Who does it and when: what every event says. */
export type Author = { readonly actor: string; readonly now: Date };

export async function organizationFacts(db: Session, slug: string) {
  const row = await db
    .selectFrom('organization')
    .select(['slug', 'name', 'membership', 'membership_since', 'membership_reason', 'approval'])
    .where('slug', '=', slug.replaceAll('\0', ''))
    .executeTakeFirst();
  if (row === undefined) throw new TerroirError('organization.unknown', { id: slug.slice(0, 100) });
  return row;
}

/** Members by role, then by name. */
export async function membersOf(db: Session, organization: string, now: Date): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select([
      'g.id',
      'g.person_id',
      'g.role',
      'g.given_at',
      'g.ends_at',
      'p.name',
      'p.email',
      'p.seen_at',
      'p.bounced_at',
      'p.demo',
    ])
    .where('g.organization', '=', organization)
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .execute();
  return rows
    .map((row) => ({
      grantId: row.id,
      personId: row.person_id,
      name: row.name === '' ? row.email : row.name,
      email: row.email,
      role: row.role as OrganizationRole,
      givenAt: row.given_at,
      endsAt: row.ends_at,
      seenAt: row.seen_at,
      bounced: row.bounced_at !== null,
      demo: row.demo !== null,
    }))
    .toSorted((a, b) => roleRank(a.role) - roleRank(b.role) || a.name.localeCompare(b.name, 'fr'));
}

/** @throws TerroirError role.alreadyHeld */
export async function insertGrant(
  db: Session,
  grant: {
    readonly personId: string;
    readonly role: Role;
    readonly organization: string | null;
    readonly endsAt: Date;
  },
  author: Author,
): Promise<void> {
  const made = await db
    .insertInto('role_grant')
    .values({
      person_id: grant.personId,
      role: grant.role,
      organization: grant.organization,
      given_by: author.actor,
      given_at: author.now,
      ends_at: grant.endsAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new TerroirError('role.alreadyHeld');
  await writeEvent(db, 'roleGiven', author, {
    organization: grant.organization,
    person: grant.personId,
    details: { role: grant.role, until: grant.endsAt },
  });
}

/** @throws TerroirError grant.unknown */
export async function grantById(db: Session, id: string) {
  if (!isUuid(id)) throw new TerroirError('grant.unknown');
  const row = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select(['g.id', 'g.person_id', 'g.role', 'g.organization', 'g.ends_at', 'p.name', 'p.email'])
    .where('g.id', '=', id)
    .where('g.ended_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw new TerroirError('grant.unknown');
  return { ...row, name: row.name === '' ? row.email : row.name };
}

/** The roles of an organization, held until the transaction ends: two departures at once happen one after the other. */
export async function lockGrants(db: Session, organization: string) {
  return db
    .selectFrom('role_grant')
    .select(['id', 'role', 'person_id'])
    .where('organization', '=', organization)
    .where('ended_at', 'is', null)
    .forUpdate()
    .execute();
}

export async function renewGrantRow(db: Session, id: string, endsAt: Date, author: Author): Promise<void> {
  await db
    .updateTable('role_grant')
    .set({ ends_at: endsAt, renewed_at: author.now, reminded_at: null })
    .where('id', '=', id)
    .execute();
}

/** Ends a role. @returns whether this call ended it. */
export async function endGrantRow(db: Session, id: string, author: Author): Promise<boolean> {
  const row = await db
    .updateTable('role_grant')
    .set({ ended_at: author.now, ended_by: author.actor })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['role', 'organization', 'person_id'])
    .executeTakeFirst();
  if (row === undefined) return false;
  await writeEvent(db, 'roleEnded', author, {
    organization: row.organization,
    person: row.person_id,
    details: { role: row.role },
  });
  return true;
}

/** Roles whose end has come, or comes within some days without anyone having been told. */
export async function endingGrants(db: Session, before: Date, onlyUntold: boolean) {
  let query = db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .leftJoin('organization as o', 'o.slug', 'g.organization')
    .select(['g.id', 'g.person_id', 'g.role', 'g.organization', 'g.ends_at', 'p.name', 'p.email', 'o.name as about'])
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '<=', before);
  if (onlyUntold) query = query.where('g.reminded_at', 'is', null);
  return query.orderBy('g.ends_at').limit(200).execute();
}

export async function markReminded(db: Session, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('role_grant')
    .set({ reminded_at: now })
    .where('id', '=', id)
    .where('reminded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

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

/** Who holds a role across organizations, by role, then by name. */
export async function territoryHolders(db: Session, now: Date): Promise<readonly TerritoryHolder[]> {
  const rows = await db
    .selectFrom('role_grant as g')
    .innerJoin('person as p', 'p.id', 'g.person_id')
    .select(['g.id', 'g.role', 'g.ends_at', 'p.name', 'p.email', 'p.demo'])
    .where('g.organization', 'is', null)
    .where('g.ended_at', 'is', null)
    .where('g.ends_at', '>', now)
    .execute();
  return rows
    .map((row) => ({
      grantId: row.id,
      name: row.name === '' ? row.email : row.name,
      email: row.email,
      role: row.role as TerritoryRole,
      endsAt: row.ends_at,
      demo: row.demo !== null,
    }))
    .toSorted(
      (a, b) => territoryRoles.indexOf(a.role) - territoryRoles.indexOf(b.role) || a.name.localeCompare(b.name, 'fr'),
    );
}

export async function setMembership(
  db: Session,
  slug: string,
  change: { readonly from: Membership; readonly to: Membership; readonly reason: string | null },
  author: Author,
): Promise<boolean> {
  const row = await db
    .updateTable('organization')
    .set({ membership: change.to, membership_since: author.now, membership_reason: change.reason })
    .where('slug', '=', slug)
    .where('membership', '=', change.from)
    .returning('slug')
    .executeTakeFirst();
  if (row === undefined) return false;
  await writeEvent(db, 'membership', author, { organization: slug, person: null, details: change });
  return true;
}

export async function setApproval(db: Session, slug: string, approval: boolean, author: Author): Promise<void> {
  await db.updateTable('organization').set({ approval }).where('slug', '=', slug).execute();
  await writeEvent(db, 'settings', author, { organization: slug, person: null, details: { approval } });
}

export async function insertHandover(
  db: Session,
  handover: {
    readonly organization: string;
    readonly personId: string;
    readonly personName: string;
    readonly role: OrganizationRole;
    readonly reason: 'left' | 'ended' | 'removed';
    readonly successor: string | null;
    readonly sheet: HandoverSheet;
  },
  now: Date,
): Promise<string> {
  const { id } = await db
    .insertInto('handover')
    .values({
      organization: handover.organization,
      person_id: handover.personId,
      person_name: handover.personName,
      role: handover.role,
      reason: handover.reason,
      successor: handover.successor,
      made_at: now,
      sheet: JSON.stringify(handover.sheet),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function handoversOf(db: Session, organization: string) {
  const rows = await db
    .selectFrom('handover')
    .select(['id', 'person_name', 'made_at'])
    .where('organization', '=', organization)
    .orderBy('made_at', 'desc')
    .limit(20)
    .execute();
  return rows.map((row) => ({ id: row.id, personName: row.person_name, madeAt: row.made_at }));
}

/** @throws TerroirError handover.unknown */
export async function handoverById(db: Session, organization: string, id: string): Promise<Handover> {
  const row = isUuid(id)
    ? await db
        .selectFrom('handover as h')
        .innerJoin('organization as o', 'o.slug', 'h.organization')
        .selectAll('h')
        .select('o.name')
        .where('h.id', '=', id)
        .where('h.organization', '=', organization)
        .executeTakeFirst()
    : undefined;
  if (row === undefined) throw new TerroirError('handover.unknown');
  return {
    id: row.id,
    organization: { slug: row.organization, name: row.name },
    personName: row.person_name,
    role: row.role,
    reason: row.reason,
    successor: row.successor,
    madeAt: row.made_at,
    sheet: row.sheet as unknown as HandoverSheet,
  };
}

/** Adds a line to the log of people, which nobody changes. */
export async function writeEvent(
  db: Session,
  verb: string,
  author: Author,
  about: {
    readonly organization: string | null;
    readonly person: string | null;
    readonly details: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await db
    .insertInto('people_event')
    .values({
      at: author.now,
      actor: author.actor,
      verb,
      organization: about.organization,
      person_id: about.person,
      details: JSON.stringify(about.details),
    })
    .execute();
}

export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}
