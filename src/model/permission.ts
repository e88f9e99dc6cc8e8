// Who may do what: one readable table, asked as the first line of every verb.
import { TerroirError } from '../lib/errors.ts';
import type { DatasetState } from './dataset.ts';

/** Roles that a person holds in one organization. */
export const organizationRoles = ['pilot', 'deputy', 'editor', 'depositor', 'reader'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

/** Roles that a person holds across organizations. */
export const territoryRoles = [
  'steward',
  'legalOfficer',
  'accessOfficer',
  'facilitator',
  'moderator',
  'operator',
  'federationPeer',
] as const;
export type TerritoryRole = (typeof territoryRoles)[number];
export type Role = OrganizationRole | TerritoryRole;

export const keyScopes = ['read', 'deposit', 'publish'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** A role that runs today: what has ended is not handed to an actor. */
export type Grant =
  | { readonly role: OrganizationRole; readonly organization: string }
  | { readonly role: TerritoryRole; readonly organization: null };

/** Whoever acts: anyone on the web, the person at the machine (command line, first start), a person, an organization's key. */
export type Actor =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'person'; readonly id: string; readonly grants: readonly Grant[] }
  | {
      readonly kind: 'key';
      readonly id: string;
      readonly organization: string;
      readonly scopes: readonly KeyScope[];
    };

/** What a verb is about; a part that is left out gives no right by itself. */
export type PermissionObject = {
  readonly state?: DatasetState;
  /** The slug of the organization it belongs to. */
  readonly organization?: string;
  /**
   * Who made it, as `actorName` says; null when it is new, or when who made it has left: a depositor has rights on their own
   * and on what is nobody's.
   */
  readonly author?: string | null;
  /** The person it is about. */
  readonly person?: string;
};

type Rule = (actor: Actor, object: PermissionObject) => boolean;

const everyone: Rule = () => true;
/** Left to the person at the machine. */
const nobody: Rule = () => false;
const signedIn: Rule = (actor) => actor.kind === 'person';
const themself: Rule = (actor, object) => actor.kind === 'person' && actor.id === object.person;
const notADraft: Rule = (_actor, object) => object.state !== undefined && object.state !== 'draft';

/** A person with one of these roles in the organization that the object belongs to. */
const inside =
  (...roles: readonly OrganizationRole[]): Rule =>
  (actor, { organization }) =>
    actor.kind === 'person' &&
    organization !== undefined &&
    actor.grants.some((grant) => grant.organization === organization && isOneOf(grant.role, roles));

/** The same, for what they made themselves or what is new. */
const insideOwn =
  (...roles: readonly OrganizationRole[]): Rule =>
  (actor, object) =>
    inside(...roles)(actor, object) &&
    actor.kind === 'person' &&
    (object.author === null || object.author === actorName(actor));

/** A person with one of these roles across organizations. */
const across =
  (...roles: readonly TerritoryRole[]): Rule =>
  (actor) =>
    actor.kind === 'person' && actor.grants.some((grant) => grant.organization === null && isOneOf(grant.role, roles));

/** A key of the organization that the object belongs to, with one of these scopes. */
const key =
  (...scopes: readonly KeyScope[]): Rule =>
  (actor, { organization }) =>
    actor.kind === 'key' &&
    organization !== undefined &&
    actor.organization === organization &&
    scopes.some((scope) => actor.scopes.includes(scope));

const anyOf =
  (...rules: readonly Rule[]): Rule =>
  (actor, object) =>
    rules.some((rule) => rule(actor, object));

const members = inside('pilot', 'deputy', 'editor', 'reader');
const leaders = inside('pilot', 'deputy');
const makers = anyOf(inside('pilot', 'deputy', 'editor'), insideOwn('depositor'));

/**
 * The table. The person at the machine may do everything; a verb that is not here does not exist.
 * To add a verb: one line, and one line of the test beside.
 */
const table = {
  // The catalogue
  'catalog.read': everyone,
  // Lists and searches show what is published; whoever works on a draft finds it by its address and on the deposit desk.
  'catalog.drafts': nobody,
  // A draft is its producer's alone; a withdrawn dataset keeps a tombstone that all may read.
  'dataset.read': anyOf(
    notADraft,
    members,
    insideOwn('depositor'),
    across('steward', 'legalOfficer'),
    key('read', 'deposit', 'publish'),
  ),
  'dataset.deposit': anyOf(makers, key('deposit', 'publish')),
  'dataset.describe': anyOf(makers, key('deposit', 'publish')),
  'dataset.publish': anyOf(makers, key('publish')),
  'dataset.verify': anyOf(makers, key('deposit', 'publish')),
  'dataset.restore': inside('pilot', 'deputy', 'editor'),
  'dataset.withdraw': anyOf(leaders, across('steward', 'legalOfficer')),
  'dataset.purge': anyOf(leaders, across('legalOfficer', 'operator')),

  // Deposits on their way
  'deposit.read': anyOf(
    members,
    insideOwn('depositor'),
    across('steward', 'legalOfficer'),
    key('read', 'deposit', 'publish'),
  ),
  'deposit.correct': anyOf(makers, key('deposit', 'publish')),
  // The second reading, where the organization asks for one.
  'deposit.approve': leaders,
  'source.manage': inside('pilot', 'deputy', 'editor'),

  // Harmonisation: of a consolidated dataset, by who answers for it; of a producer's own columns, by the producer.
  'harmonisation.manage': anyOf(inside('pilot', 'deputy', 'editor'), across('steward')),
  'mapping.decide': anyOf(inside('pilot', 'deputy', 'editor'), across('steward')),

  // Schemas of the territory: written by its steward, discussed by whoever is known.
  'schema.manage': across('steward'),
  'schema.comment': signedIn,

  // Stories: the territory's by its steward, an organization's by its editors; a draft is theirs alone.
  'story.read': anyOf(notADraft, inside('pilot', 'deputy', 'editor'), across('steward')),
  'story.write': anyOf(inside('pilot', 'deputy', 'editor'), across('steward')),

  // Widgets on an organization's site
  'widget.read': anyOf(inside('pilot', 'deputy', 'editor', 'depositor', 'reader'), across('steward')),
  'widget.manage': inside('pilot', 'deputy', 'editor', 'depositor'),

  // May we open it?
  'opening.answer': anyOf(makers, across('legalOfficer')),
  'opening.decide': anyOf(leaders, across('legalOfficer')),
  'legal.queue': across('legalOfficer'),
  'legal.decide': across('legalOfficer'),

  // Organizations and their people
  'organization.write': across('steward', 'operator'),
  'organization.settings': anyOf(leaders, across('steward')),
  'organization.membership': across('steward', 'operator'),
  'organization.join': signedIn,
  'member.read': anyOf(inside('pilot', 'deputy', 'editor', 'depositor', 'reader'), across('steward', 'operator')),
  'member.manage': anyOf(leaders, across('steward', 'operator')),
  'member.leave': themself,
  'handover.read': anyOf(inside('pilot', 'deputy', 'editor'), across('steward')),
  'key.manage': inside('pilot', 'deputy', 'editor'),

  // People
  'account.manage': themself,
  'people.manage': across('steward', 'operator'),
  // Who gives the operator's role holds it.
  'people.operate': across('operator'),

  // The territory
  'territory.write': across('operator'),
  'territory.face': across('steward', 'operator'),
} as const satisfies Record<string, Rule>;

export type Verb = keyof typeof table;

/** Every verb, for tests and for pages that explain rights. */
export const verbs = Object.keys(table) as readonly Verb[];

/** Whether the actor may do the verb on the object. */
export function can(actor: Actor, verb: Verb, object: PermissionObject = {}): boolean {
  return actor.kind === 'operator' || table[verb](actor, object);
}

/** @throws TerroirError permission.denied */
export function mustBeAbleTo(actor: Actor, verb: Verb, object: PermissionObject = {}): void {
  if (!can(actor, verb, object)) throw new TerroirError('permission.denied');
}

/** How an actor is named in logs and events: a person's or key's id, never a name. */
export function actorName(actor: Actor): string {
  return actor.kind === 'person' || actor.kind === 'key' ? `${actor.kind}:${actor.id}` : actor.kind;
}

/** Whether the role belongs to one organization. */
export function isOrganizationRole(role: string): role is OrganizationRole {
  return isOneOf(role, organizationRoles);
}

function isOneOf<T extends string>(value: string, list: readonly T[]): value is T {
  return (list as readonly string[]).includes(value);
}
