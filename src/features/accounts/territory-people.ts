// The roles across organizations: who holds them, giving, renewing and ending them.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, can, mustBeAbleTo, type TerritoryRole, territoryRoles } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { endGrantRow, grantById, insertGrant, renewGrantRow, territoryHolders, writeEvent } from './member-queries.ts';
import { notify } from './notify.ts';
import { deleteCredentials, grantsOf, personByEmail } from './person-queries.ts';
import { checkEmail, grantEnd } from './rules.ts';
import type { TerritoryHolder } from './schemas.ts';

/** Who holds a role, and which roles whoever acts may give. @throws TerroirError permission.denied */
export async function getTerritoryPeople(
  context: Context,
): Promise<{ readonly holders: readonly TerritoryHolder[]; readonly givable: readonly TerritoryRole[] }> {
  mustBeAbleTo(context.actor, 'people.manage');
  const operates = can(context.actor, 'people.operate');
  return {
    holders: await territoryHolders(context.db, context.now()),
    givable: territoryRoles.filter((role) => role !== 'operator' || operates),
  };
}

/**
 * Gives a role across organizations to somebody who has an account.
 * @throws TerroirError permission.denied, person.unknown, role.unknown, role.alreadyHeld
 */
export async function giveTerritoryRole(
  context: Context,
  request: { readonly email: string; readonly role: string },
): Promise<void> {
  mustBeAbleTo(context.actor, 'people.manage');
  const role = territoryRoles.find((one) => one === request.role);
  if (role === undefined) throw new TerroirError('role.unknown', { role: request.role.slice(0, 50) });
  mustManageRole(context, role);
  const person = await personByEmail(context.db, checkEmail(request.email));
  if (person === undefined) throw new TerroirError('person.unknown');
  // Whoever only claims an address is given nothing for it.
  if (!person.email_verified) throw new TerroirError('person.unproven');
  const endsAt = grantEnd(context.now());
  await insertGrant(context.db, { personId: person.id, role, organization: null, endsAt }, author(context));
  await notify(context, {
    kind: 'roleGiven',
    params: { about: person.name || person.email, role, until: endsAt.toISOString() },
    link: urls.account(),
    to: [person.id],
  });
}

/** The same role for twelve more months. @throws TerroirError permission.denied, grant.unknown */
export async function renewTerritoryRole(context: Context, id: string): Promise<void> {
  const { role, person_id: person } = await mustHold(context, id);
  await renewGrantRow(context.db, id, grantEnd(context.now()), author(context));
  await writeEvent(context.db, 'roleRenewed', author(context), { organization: null, person, details: { role } });
}

/**
 * Ends a role before its time.
 * @throws TerroirError permission.denied, grant.unknown, role.lastOperator: somebody must be left to give roles
 */
export async function endTerritoryRole(context: Context, id: string): Promise<void> {
  const { role, person_id: person } = await mustHold(context, id);
  const holders = await territoryHolders(context.db, context.now());
  const others = holders.some((holder) => holder.role === 'operator' && holder.grantId !== id && !holder.demo);
  if (role === 'operator' && !others) throw new TerroirError('role.lastOperator');
  await endGrantRow(context.db, id, author(context));
  await deleteIfGone(context, person);
}

async function mustHold(context: Context, id: string) {
  mustBeAbleTo(context.actor, 'people.manage');
  const grant = await grantById(context.db, id);
  if (grant.organization !== null) throw new TerroirError('grant.unknown');
  mustManageRole(context, grant.role as TerritoryRole);
  return grant;
}

/** Only an operator makes an operator: a steward could not take the machine by giving themself a role. */
function mustManageRole(context: Context, role: TerritoryRole): void {
  mustBeAbleTo(context.actor, role === 'operator' ? 'people.operate' : 'people.manage');
}

/** Whoever holds nothing any more has no door left but the mail of their address. */
async function deleteIfGone(context: Context, personId: string): Promise<void> {
  if ((await grantsOf(context.db, personId, context.now())).length === 0) await deleteCredentials(context.db, personId);
}

function author(context: Context) {
  return { actor: actorName(context.actor), now: context.now() };
}
