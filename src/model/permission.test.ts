// The table of rights, line by line: who may do each verb to something of the organization « druye ».
import { expect, test } from 'vitest';
import { TerroirError } from '../lib/errors.ts';
import {
  type Actor,
  actorName,
  can,
  type Grant,
  keyScopes,
  mustBeAbleTo,
  organizationRoles,
  type PermissionObject,
  territoryRoles,
  type Verb,
  verbs,
} from './permission.ts';

const person = (...grants: readonly Grant[]): Actor => ({ kind: 'person', id: 'me', grants });
const key = (organization: string, ...scopes: readonly (typeof keyScopes)[number][]): Actor => ({
  kind: 'key',
  id: 'k1',
  organization,
  scopes,
});

/** Whoever may come: by role in druye, by role across organizations, by key of druye. */
const actors: Readonly<Record<string, Actor>> = {
  anyone: { kind: 'anyone' },
  machine: { kind: 'operator' },
  noRole: person(),
  ...Object.fromEntries(organizationRoles.map((role) => [role, person({ role, organization: 'druye' })])),
  ...Object.fromEntries(territoryRoles.map((role) => [role, person({ role, organization: null })])),
  ...Object.fromEntries(keyScopes.map((scope) => [`key:${scope}`, key('druye', scope)])),
};

const all = Object.keys(actors);
const people = all.filter((name) => !['anyone', 'machine'].includes(name) && !name.startsWith('key:'));

/** The depositor is asked about something of their own. */
const expected: Readonly<Record<Verb, readonly string[]>> = {
  'catalog.read': all,
  'catalog.drafts': [],
  'dataset.read': [
    'pilot',
    'deputy',
    'editor',
    'depositor',
    'reader',
    'steward',
    'legalOfficer',
    'key:read',
    'key:deposit',
    'key:publish',
  ],
  'story.read': ['pilot', 'deputy', 'editor', 'steward'],
  'story.write': ['pilot', 'deputy', 'editor', 'steward'],
  'dataset.deposit': ['pilot', 'deputy', 'editor', 'depositor', 'key:deposit', 'key:publish'],
  'dataset.describe': ['pilot', 'deputy', 'editor', 'depositor', 'key:deposit', 'key:publish'],
  'dataset.publish': ['pilot', 'deputy', 'editor', 'depositor', 'key:publish'],
  'dataset.verify': ['pilot', 'deputy', 'editor', 'depositor', 'key:deposit', 'key:publish'],
  'dataset.restore': ['pilot', 'deputy', 'editor'],
  'dataset.withdraw': ['pilot', 'deputy', 'steward', 'legalOfficer'],
  'dataset.purge': ['pilot', 'deputy', 'legalOfficer', 'operator'],
  'deposit.read': [
    'pilot',
    'deputy',
    'editor',
    'depositor',
    'reader',
    'steward',
    'legalOfficer',
    'key:read',
    'key:deposit',
    'key:publish',
  ],
  'deposit.correct': ['pilot', 'deputy', 'editor', 'depositor', 'key:deposit', 'key:publish'],
  'deposit.approve': ['pilot', 'deputy'],
  'source.manage': ['pilot', 'deputy', 'editor'],
  'harmonisation.manage': ['pilot', 'deputy', 'editor', 'steward'],
  'mapping.decide': ['pilot', 'deputy', 'editor', 'steward'],
  'widget.read': ['pilot', 'deputy', 'editor', 'depositor', 'reader', 'steward'],
  'widget.manage': ['pilot', 'deputy', 'editor', 'depositor'],
  'schema.manage': ['steward'],
  'schema.comment': people,
  'opening.answer': ['pilot', 'deputy', 'editor', 'depositor', 'legalOfficer'],
  'opening.decide': ['pilot', 'deputy', 'legalOfficer'],
  'legal.queue': ['legalOfficer'],
  'legal.decide': ['legalOfficer'],
  'organization.write': ['steward', 'operator'],
  'organization.settings': ['pilot', 'deputy', 'steward'],
  'organization.membership': ['steward', 'operator'],
  'organization.join': people,
  'member.read': ['pilot', 'deputy', 'editor', 'depositor', 'reader', 'steward', 'operator'],
  'member.manage': ['pilot', 'deputy', 'steward', 'operator'],
  'member.leave': [],
  'handover.read': ['pilot', 'deputy', 'editor', 'steward'],
  'key.manage': ['pilot', 'deputy', 'editor'],
  'account.manage': [],
  'people.manage': ['steward', 'operator'],
  'people.operate': ['operator'],
  'territory.write': ['operator'],
  'territory.face': ['steward', 'operator'],
};

const thing: PermissionObject = { organization: 'druye', state: 'draft', author: 'person:me', person: 'somebody' };

test.each(verbs)('%s', (verb) => {
  expect(all.filter((name) => can(actors[name] as Actor, verb, thing))).toEqual(
    all.filter((name) => name === 'machine' || expected[verb].includes(name)),
  );
});

test('roles and keys of another organization give nothing here', () => {
  const foreign = [
    ...organizationRoles.map((role) => person({ role, organization: 'luynes' })),
    ...keyScopes.map((scope) => key('luynes', scope)),
  ];
  for (const verb of verbs) {
    const free = ['catalog.read', 'organization.join', 'schema.comment'].includes(verb);
    for (const actor of foreign) if (!free) expect(can(actor, verb, thing), verb).toBe(false);
  }
});

test('a depositor has rights on their own and on what is nobody’s, not on a colleague’s', () => {
  const depositor = person({ role: 'depositor', organization: 'druye' });
  for (const verb of ['dataset.deposit', 'dataset.publish', 'deposit.read', 'opening.answer'] as const) {
    expect(can(depositor, verb, { organization: 'druye', author: 'person:me' })).toBe(true);
    expect(can(depositor, verb, { organization: 'druye', author: null })).toBe(true);
    expect(can(depositor, verb, { organization: 'druye', author: 'person:colleague' })).toBe(false);
    expect(can(depositor, verb, { organization: 'druye' })).toBe(false);
  }
});

test('what is published or withdrawn is read by all, a draft is not', () => {
  for (const state of ['published', 'withdrawn'] as const)
    expect(can({ kind: 'anyone' }, 'dataset.read', { state, organization: 'druye' })).toBe(true);
  expect(can({ kind: 'anyone' }, 'dataset.read', { state: 'draft', organization: 'druye' })).toBe(false);
  expect(can({ kind: 'anyone' }, 'dataset.read')).toBe(false);
});

test('an account is its person’s alone', () => {
  expect(can(person(), 'account.manage', { person: 'me' })).toBe(true);
  expect(can(person({ role: 'operator', organization: null }), 'account.manage', { person: 'you' })).toBe(false);
});

test('a refusal has its code, and an actor is named without their name', () => {
  expect(() => mustBeAbleTo({ kind: 'anyone' }, 'territory.write')).toThrow(TerroirError);
  expect([actorName(person()), actorName(key('druye', 'read')), actorName({ kind: 'operator' })]).toEqual([
    'person:me',
    'key:k1',
    'operator',
  ]);
});
