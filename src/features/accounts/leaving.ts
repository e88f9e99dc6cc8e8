// How a person leaves: the sheet for the next one, the deputy who takes over, doors that close; what is published stays.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, isOrganizationRole, mustBeAbleTo, type OrganizationRole } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { forgetAuthor, gatherSheet, handoverById, insertHandover } from './handover-queries.ts';
import {
  endGrantRow,
  endingGrants,
  grantById,
  insertGrant,
  lockGrants,
  markReminded,
  membersOf,
  organizationFacts,
} from './member-queries.ts';
import { notify } from './notify.ts';
import { deleteCredentials, grantsOf, holdersOf } from './person-queries.ts';
import { daysLater, grantEnd, grantReminderDays, roleRank, successorOf } from './rules.ts';
import type { Handover } from './schemas.ts';

export type Departure = {
  readonly handoverId: string;
  /** Who answers for the organization from now on, when that has changed. */
  readonly successor: string | null;
};

/**
 * Whoever acts leaves an organization.
 * @throws TerroirError permission.denied, organization.unknown, grant.unknown when they have no role there
 */
export async function leaveOrganization(context: Context, slug: string): Promise<Departure> {
  const person = context.actor.kind === 'person' ? context.actor.id : '';
  mustBeAbleTo(context.actor, 'member.leave', { person });
  return depart(context, slug, person, 'left');
}

/**
 * Somebody's roles in an organization end before their time.
 * @throws TerroirError permission.denied, organization.unknown, grant.unknown
 */
export async function removeMember(context: Context, slug: string, personId: string): Promise<Departure> {
  mustBeAbleTo(context.actor, 'member.manage', { organization: slug });
  return depart(context, slug, personId, 'removed');
}

/** @throws TerroirError permission.denied, handover.unknown */
export async function getHandover(context: Context, slug: string, id: string): Promise<Handover> {
  mustBeAbleTo(context.actor, 'handover.read', { organization: slug });
  return handoverById(context.db, slug, id);
}

/** Ends every role whose end has come; the person at the machine's clock does it. */
export async function endDueGrants(context: Context): Promise<void> {
  const now = context.now();
  for (const grant of await endingGrants(context.db, now, false)) {
    const members = grant.organization === null ? [] : await membersOf(context.db, grant.organization, now);
    const others = members.some((member) => member.personId === grant.person_id);
    if (grant.organization === null || others) await endGrantRow(context.db, grant.id, clock(now));
    else await depart(context, grant.organization, grant.person_id, 'ended').catch(unlessGone);
  }
}

/** Tells those concerned, once, that a role comes to its end. */
export async function remindEndingGrants(context: Context): Promise<void> {
  const now = context.now();
  for (const grant of await endingGrants(context.db, daysLater(now, grantReminderDays), true)) {
    if (!(await markReminded(context.db, grant.id, now))) continue;
    const leaders =
      grant.organization === null
        ? await holdersOf(context.db, 'steward', null, now)
        : await leadersOf(context, grant.organization);
    await notify(context, {
      kind: 'grantEnding',
      params: {
        about: grant.about ?? grant.name,
        person: grant.name === '' ? grant.email : grant.name,
        role: grant.role,
        until: grant.ends_at.toISOString(),
      },
      link: grant.organization === null ? urls.account() : urls.members(grant.organization),
      to: [grant.person_id, ...leaders],
      ...(grant.organization !== null && { organization: grant.organization }),
    });
  }
}

/** The pilots and deputies of an organization, and the territory's stewards when it has none. */
export async function leadersOf(context: Context, organization: string): Promise<readonly string[]> {
  const now = context.now();
  const found = [
    ...(await holdersOf(context.db, 'pilot', organization, now)),
    ...(await holdersOf(context.db, 'deputy', organization, now)),
  ];
  return found.length > 0 ? found : holdersOf(context.db, 'steward', null, now);
}

async function depart(
  context: Context,
  slug: string,
  personId: string,
  reason: Handover['reason'],
): Promise<Departure> {
  const now = context.now();
  const author = reason === 'ended' ? clock(now) : { actor: actorName(context.actor), now };
  const done = await context.db.transaction().execute(async (session) => {
    const { name: about } = await organizationFacts(session, slug);
    const own = (await lockGrants(session, slug)).filter((row) => row.person_id === personId);
    const [highest] = own.map((row) => row.role).toSorted((a, b) => roleRank(a) - roleRank(b));
    const [first] = own;
    if (highest === undefined || first === undefined || !isOrganizationRole(highest))
      throw new TerroirError('grant.unknown');
    const { name } = await grantById(session, first.id);
    for (const { id } of own) await endGrantRow(session, id, author);
    const successor = successorOf(highest, await membersOf(session, slug, now));
    if (successor !== null) {
      await endGrantRow(session, successor.grantId, author);
      const grant = { personId: successor.personId, role: 'pilot', organization: slug, endsAt: grantEnd(now) } as const;
      await insertGrant(session, grant, author);
    }
    const actor = `person:${personId}`;
    await forgetAuthor(session, slug, actor);
    const sheet = await gatherSheet(session, slug, { actor, personId }, now);
    const handoverId = await insertHandover(
      session,
      {
        organization: slug,
        personId,
        personName: name,
        role: highest satisfies OrganizationRole,
        reason,
        successor: successor?.name ?? null,
        sheet,
      },
      now,
    );
    return { about, handoverId, name, successor };
  });
  if ((await grantsOf(context.db, personId, now)).length === 0) await deleteCredentials(context.db, personId);
  await tellOfDeparture(context, slug, done);
  return { handoverId: done.handoverId, successor: done.successor?.name ?? null };
}

async function tellOfDeparture(
  context: Context,
  slug: string,
  done: {
    readonly about: string;
    readonly handoverId: string;
    readonly name: string;
    readonly successor: { readonly personId: string } | null;
  },
): Promise<void> {
  const now = context.now();
  const facts = {
    params: { about: done.about, person: done.name },
    link: urls.handover(slug, done.handoverId),
    organization: slug,
  };
  const others = [
    ...(await membersOf(context.db, slug, now)).filter((m) => m.role !== 'reader' && m.role !== 'depositor'),
  ].map((member) => member.personId);
  const stewards = await holdersOf(context.db, 'steward', null, now);
  const successor = done.successor?.personId ?? null;
  if (successor !== null) await notify(context, { ...facts, kind: 'succession', to: [successor] });
  await notify(context, {
    ...facts,
    kind: 'handover',
    to: [...others, ...stewards].filter((id) => id !== successor),
  });
}

function clock(now: Date) {
  return { actor: 'clock', now };
}

/** Two processes may end the same role: the second finds nothing left to do. */
function unlessGone(error: unknown): void {
  if (!(error instanceof TerroirError && error.code === 'grant.unknown')) throw error;
}
