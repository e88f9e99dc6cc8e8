// The people of an organization: who belongs to it, who is invited, who asks, how long roles run.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { type Membership, membershipStates } from '../../model/people.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { countAttempt } from './door-queries.ts';
import { handoversOf } from './handover-queries.ts';
import { closeJoining, insertJoining, joiningById, joiningByToken, pendingJoinings } from './joining-queries.ts';
import { leadersOf } from './leaving.ts';
import {
  type Author,
  grantById,
  insertGrant,
  membersOf,
  organizationFacts,
  renewGrantRow,
  setApproval,
  setMembership,
  writeEvent,
} from './member-queries.ts';
import { insertMessages } from './message-queries.ts';
import { notify } from './notify.ts';
import { personByEmail, personById, provePerson } from './person-queries.ts';
import {
  checkEmail,
  checkName,
  checkOrganizationRole,
  daysLater,
  grantEnd,
  invitationDays,
  nextMemberships,
  requestDays,
} from './rules.ts';
import type { Joining, OrganizationPeople } from './schemas.ts';
import { makeToken, sha256 } from './tokens.ts';

const invitationsADay = 50;

/** Who belongs to an organization, and who is about to. @throws TerroirError permission.denied, organization.unknown */
export async function getOrganizationPeople(context: Context, slug: string): Promise<OrganizationPeople> {
  mustBeAbleTo(context.actor, 'member.read', { organization: slug });
  const facts = await organizationFacts(context.db, slug);
  const manages = can(context.actor, 'member.manage', { organization: slug });
  const [members, pending, handovers] = await Promise.all([
    membersOf(context.db, slug, context.now()),
    manages ? pendingJoinings(context.db, { organization: slug }, context.now()) : [],
    can(context.actor, 'handover.read', { organization: slug }) ? handoversOf(context.db, slug) : [],
  ]);
  return {
    organization: { slug: facts.slug, name: facts.name },
    membership: { state: facts.membership, since: facts.membership_since, reason: facts.membership_reason },
    approval: facts.approval,
    members,
    pending: pending.map(publicJoining),
    handovers,
  };
}

/**
 * Invites somebody by mail. The link is theirs alone: only its hash is kept.
 * @throws TerroirError permission.denied, organization.unknown, person.emailInvalid, role.unknown, role.alreadyHeld,
 *   joining.pending, request.tooMany
 */
export async function invite(
  context: Context,
  slug: string,
  request: { readonly email: string; readonly role: string; readonly language: Language },
): Promise<void> {
  mustBeAbleTo(context.actor, 'member.manage', { organization: slug });
  const { name: about } = await organizationFacts(context.db, slug);
  const email = checkEmail(request.email);
  const role = checkOrganizationRole(request.role);
  const now = context.now();
  const wait = await countAttempt(context.db, `invite:${slug}`, { max: invitationsADay, seconds: 86_400 }, now);
  if (wait !== null) throw new TerroirError('request.tooMany', { minutes: Math.ceil(wait / 60) });
  const known = await personByEmail(context.db, email);
  const members = await membersOf(context.db, slug, now);
  if (members.some((member) => member.email === email && member.role === role))
    throw new TerroirError('role.alreadyHeld');
  const token = makeToken();
  const until = daysLater(now, invitationDays);
  await context.db.transaction().execute(async (session) => {
    const joining = {
      kind: 'invitation',
      organization: slug,
      role,
      email,
      personId: known?.id ?? null,
      message: '',
      tokenSha256: sha256(token),
      expiresAt: until,
    } as const;
    await insertJoining(session, joining, author(context));
  });
  const message = {
    personId: known?.id ?? null,
    email,
    language: known?.language ?? request.language,
    kind: 'invitation',
    params: { about, role, by: await nameOf(context), until: until.toISOString() },
    link: urls.invitation(token),
    others: [],
    rhythm: 'instantly',
    dueAt: now,
  } as const;
  await insertMessages(context.db, [message], now);
}

/** What an invitation's link offers, and whether their name is to be asked. @throws TerroirError link.invalid */
export async function getInvitation(
  context: Context,
  token: string,
): Promise<Joining & { readonly asksName: boolean }> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const joining = await joiningByToken(context.db, sha256(token), context.now());
  const known = await personByEmail(context.db, joining.email);
  return { ...publicJoining(joining), asksName: known === undefined || known.name === '' };
}

/**
 * Whoever holds the link says yes: they read that address's mail, so that the account is theirs.
 * @returns the person's id.
 * @throws TerroirError link.invalid, person.nameInvalid
 */
export async function acceptInvitation(
  context: Context,
  token: string,
  as: { readonly name: string; readonly language: Language },
): Promise<string> {
  const joining = await joiningByToken(context.db, sha256(token), context.now());
  const known = await personByEmail(context.db, joining.email);
  const name = known !== undefined && known.name !== '' ? known.name : checkName(as.name);
  const personId = await provePerson(context.db, { email: joining.email, name, language: as.language });
  const by = { actor: `person:${personId}`, now: context.now() };
  await context.db.transaction().execute(async (session) => {
    await closeJoining(session, joining.id, 'accepted', by);
    const grant = {
      personId,
      role: joining.role,
      organization: joining.organization.slug,
      endsAt: grantEnd(by.now),
    };
    await insertGrant(session, grant, { ...by, actor: joining.madeBy }).catch(unlessHeld);
  });
  return personId;
}

/** @throws TerroirError link.invalid */
export async function refuseInvitation(context: Context, token: string): Promise<void> {
  const joining = await joiningByToken(context.db, sha256(token), context.now());
  await closeJoining(context.db, joining.id, 'refused', { actor: 'invited', now: context.now() });
}

/** Takes back an invitation, or refuses a request. @throws TerroirError permission.denied, joining.unknown */
export async function closePending(context: Context, slug: string, id: string): Promise<void> {
  mustBeAbleTo(context.actor, 'member.manage', { organization: slug });
  const joining = await joiningOf(context, slug, id);
  const refused = joining.kind === 'request';
  await closeJoining(context.db, id, refused ? 'refused' : 'cancelled', author(context));
  if (refused && joining.personId !== null)
    await notify(context, {
      kind: 'joinRefused',
      params: { about: joining.organization.name },
      link: urls.organization(slug),
      to: [joining.personId],
    });
}

/** The organization that one may ask to join. @throws TerroirError session.needed, permission.denied, organization.unknown */
export async function getJoinable(
  context: Context,
  slug: string,
): Promise<{ readonly slug: string; readonly name: string }> {
  mustBeAbleTo(context.actor, 'organization.join');
  const { name } = await organizationFacts(context.db, slug);
  return { slug, name };
}

/**
 * A person who is signed in asks to join an organization.
 * @throws TerroirError permission.denied, organization.unknown, role.unknown, role.alreadyHeld, joining.pending,
 *   person.unproven
 */
export async function askToJoin(
  context: Context,
  slug: string,
  request: { readonly role: string; readonly message: string },
): Promise<void> {
  mustBeAbleTo(context.actor, 'organization.join');
  const { actor } = context;
  if (actor.kind !== 'person') throw new TerroirError('session.needed');
  const now = context.now();
  const [{ name: about }, person] = await Promise.all([
    organizationFacts(context.db, slug),
    personById(context.db, actor.id),
  ]);
  if (person === undefined) throw new TerroirError('person.unknown');
  if (!person.email_verified) throw new TerroirError('person.unproven');
  const role = checkOrganizationRole(request.role);
  if (actor.grants.some((grant) => grant.organization === slug && grant.role === role))
    throw new TerroirError('role.alreadyHeld');
  const wait = await countAttempt(context.db, `join:${actor.id}`, { max: 10, seconds: 86_400 }, now);
  if (wait !== null) throw new TerroirError('request.tooMany', { minutes: Math.ceil(wait / 60) });
  const expiresAt = daysLater(now, requestDays);
  const joining = {
    kind: 'request',
    organization: slug,
    role,
    email: person.email,
    personId: person.id,
    message: request.message.replaceAll('\0', '').trim().slice(0, 1000),
    tokenSha256: null,
    expiresAt,
  } as const;
  await insertJoining(context.db, joining, author(context));
  await notify(context, {
    kind: 'joinAsked',
    params: { about, role, by: person.name || person.email, until: expiresAt.toISOString() },
    link: urls.members(slug),
    to: await leadersOf(context, slug),
    organization: slug,
  });
}

/** @throws TerroirError permission.denied, joining.unknown */
export async function acceptRequest(context: Context, slug: string, id: string): Promise<void> {
  mustBeAbleTo(context.actor, 'member.manage', { organization: slug });
  const joining = await joiningOf(context, slug, id);
  if (joining.kind !== 'request' || joining.personId === null) throw new TerroirError('joining.unknown');
  const { personId, role } = joining;
  await context.db.transaction().execute(async (session) => {
    await closeJoining(session, id, 'accepted', author(context));
    const grant = { personId, role, organization: slug, endsAt: grantEnd(context.now()) };
    await insertGrant(session, grant, author(context)).catch(unlessHeld);
  });
  await notify(context, {
    kind: 'joinAccepted',
    params: { about: joining.organization.name, role },
    link: urls.account(),
    to: [personId],
    organization: slug,
  });
}

/** Takes back one's own request. @throws TerroirError permission.denied, joining.unknown */
export async function withdrawRequest(context: Context, id: string): Promise<void> {
  mustBeAbleTo(context.actor, 'organization.join');
  const joining = await joiningById(context.db, id, context.now());
  mustBeAbleTo(context.actor, 'account.manage', joining.personId === null ? {} : { person: joining.personId });
  await closeJoining(context.db, id, 'cancelled', author(context));
}

/** The same role in an organization for twelve more months. @throws TerroirError permission.denied, grant.unknown */
export async function renewMember(context: Context, slug: string, id: string): Promise<void> {
  mustBeAbleTo(context.actor, 'member.manage', { organization: slug });
  const grant = await grantById(context.db, id);
  if (grant.organization !== slug) throw new TerroirError('grant.unknown');
  await renewGrantRow(context.db, id, grantEnd(context.now()), author(context));
  const about = { organization: slug, person: grant.person_id, details: { role: grant.role } };
  await writeEvent(context.db, 'roleRenewed', author(context), about);
}

/** Moves an organization one step on its way. @throws TerroirError permission.denied, organization.unknown, membership.impossible */
export async function changeMembership(context: Context, slug: string, to: string, reason: string): Promise<void> {
  mustBeAbleTo(context.actor, 'organization.membership');
  const facts = await organizationFacts(context.db, slug);
  const wanted: Membership | undefined = membershipStates.find((state) => state === to);
  if (wanted === undefined || !nextMemberships(facts.membership).includes(wanted))
    throw new TerroirError('membership.impossible');
  const said = reason.replaceAll('\0', '').trim().slice(0, 500);
  const change = { from: facts.membership, to: wanted, reason: said === '' ? null : said };
  if (!(await setMembership(context.db, slug, change, author(context))))
    throw new TerroirError('membership.impossible');
  await notify(context, {
    kind: 'membership',
    params: { about: facts.name, state: wanted },
    link: urls.organization(slug),
    to: (await membersOf(context.db, slug, context.now())).map((member) => member.personId),
    organization: slug,
  });
}

/** Whether a second person reads before this organization publishes. @throws TerroirError permission.denied, organization.unknown */
export async function changeApproval(context: Context, slug: string, approval: boolean): Promise<void> {
  mustBeAbleTo(context.actor, 'organization.settings', { organization: slug });
  await organizationFacts(context.db, slug);
  await setApproval(context.db, slug, approval, author(context));
}

/** An invitation's or request's facts, without what only the database needs. */
function publicJoining(joining: Joining): Joining {
  const { id, kind, organization, role, email, name, message, createdAt, expiresAt } = joining;
  return { id, kind, organization, role, email, name, message, createdAt, expiresAt };
}

async function joiningOf(context: Context, slug: string, id: string) {
  const joining = await joiningById(context.db, id, context.now());
  if (joining.organization.slug !== slug) throw new TerroirError('joining.unknown');
  return joining;
}

async function nameOf(context: Context): Promise<string> {
  const { actor } = context;
  if (actor.kind !== 'person') return 'Terroir';
  const person = await personById(context.db, actor.id);
  return person === undefined ? 'Terroir' : person.name || person.email;
}

function author(context: Context): Author {
  return { actor: actorName(context.actor), now: context.now() };
}

function unlessHeld(error: unknown): void {
  if (!(error instanceof TerroirError && error.code === 'role.alreadyHeld')) throw error;
}
