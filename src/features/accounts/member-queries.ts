// Who belongs to an organization, in the database: roles, its membership, and the log of people.
import type { Transaction } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import type { Membership } from '../../model/people.ts';
import { type OrganizationRole, type Role, type TerritoryRole, territoryRoles } from '../../model/permission.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Tables } from '../../stores/metadata/tables.ts';
import { roleRank } from './rules.ts';
import type { Member, TerritoryHolder } from './schemas.ts';

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
