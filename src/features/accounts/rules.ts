// What is decided about people without asking a machine: names, addresses, ends of roles, who succeeds, when mail leaves.
import { TerroirError } from '../../lib/errors.ts';
import { parisClock, parisInstant } from '../../lib/paris.ts';
import type { Membership, Rhythm } from '../../model/people.ts';
import {
  type KeyScope,
  keyScopes,
  type OrganizationRole,
  organizationRoles,
  type Role,
} from '../../model/permission.ts';

/** A role runs for twelve months, then somebody says again that it is right. */
const grantMonths = 12;
export const invitationDays = 14;
export const requestDays = 30;
export const administratorLinkHours = 24;
export const sessionDays = 30;
/** Before the end of a role, when those concerned are told. */
export const grantReminderDays = 30;

const day = 24 * 3600 * 1000;

/** The same day, twelve months later; 29 February becomes 28. */
export function grantEnd(from: Date): Date {
  const end = new Date(from);
  end.setUTCMonth(end.getUTCMonth() + grantMonths);
  if (end.getUTCDate() !== from.getUTCDate()) end.setUTCDate(0);
  return end;
}

export function daysLater(from: Date, days: number): Date {
  return new Date(from.getTime() + days * day);
}

/** An address as it is compared. @throws TerroirError person.emailInvalid */
export function checkEmail(text: string): string {
  const email = text.trim().toLowerCase();
  // The shape that mail servers take, without the rarities that only make typos pass.
  const shape =
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
  if (!shape.test(email)) throw new TerroirError('person.emailInvalid', { email: email.slice(0, 100) });
  return email;
}

/** A person's name, spaces tidied. @throws TerroirError person.nameInvalid */
export function checkName(text: string): string {
  const name = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (name.length < 2 || name.length > 100) throw new TerroirError('person.nameInvalid');
  return name;
}

/** @throws TerroirError role.unknown */
export function checkOrganizationRole(text: string): OrganizationRole {
  const role = organizationRoles.find((one) => one === text);
  if (role === undefined) throw new TerroirError('role.unknown', { role: text.slice(0, 50) });
  return role;
}

/** @throws TerroirError key.scopesMissing */
export function checkScopes(texts: readonly string[]): readonly KeyScope[] {
  const scopes = keyScopes.filter((scope) => texts.includes(scope));
  if (scopes.length === 0) throw new TerroirError('key.scopesMissing');
  return scopes;
}

/** A path of ours to come back to; anything that could lead elsewhere is the account's page. */
export function safePath(text: string | undefined): string {
  const home = '/account';
  if (text === undefined || text.length > 2000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text)) return home;
  const url = URL.parse(text, 'http://terroir.invalid');
  return url?.origin === 'http://terroir.invalid' ? `${url.pathname}${url.search}${url.hash}` : home;
}

/** Most rights first: what a list of members is sorted by. */
export function roleRank(role: Role): number {
  const rank = (organizationRoles as readonly string[]).indexOf(role);
  return rank === -1 ? organizationRoles.length : rank;
}

/** Who answers for the organization when its pilot leaves: the deputy who has been one for the longest. */
export function successorOf<T extends { readonly role: Role; readonly givenAt: Date }>(
  leaving: OrganizationRole,
  others: readonly T[],
): T | null {
  if (leaving !== 'pilot' || others.some((one) => one.role === 'pilot')) return null;
  const deputies = others.filter((one) => one.role === 'deputy');
  return deputies.toSorted((a, b) => a.givenAt.getTime() - b.givenAt.getTime())[0] ?? null;
}

const memberships: Readonly<Record<Membership, readonly Membership[]>> = {
  invited: ['verified', 'left'],
  requested: ['verified', 'left'],
  verified: ['signed', 'left'],
  signed: ['active', 'left'],
  active: ['suspended', 'left'],
  suspended: ['active', 'left'],
  left: ['requested', 'verified'],
};

/** What an organization's membership may become; a producer that comes back is verified anew. */
export function nextMemberships(from: Membership): readonly Membership[] {
  return memberships[from];
}

/** Whether the members of an organization may work: one that is suspended or gone is only read. */
export function mayWork(membership: Membership): boolean {
  return membership !== 'suspended' && membership !== 'left';
}

/** When mail that can wait leaves: 8 o'clock in Paris. Nothing but doors being opened rings between 20 and 7. */
const mailHour = 8;
const quietFrom = 20;
const quietUntil = 7;

/**
 * When a message is due by its rhythm.
 * @returns null when it is never sent.
 */
export function dueAt(rhythm: Rhythm, now: Date, opensDoor: boolean): Date | null {
  if (opensDoor) return now;
  if (rhythm === 'never') return null;
  const { year, month, day: today, hour, weekday } = parisClock(now);
  if (rhythm === 'instantly') {
    if (hour >= quietFrom) return parisInstant(year, month, today + 1, quietUntil);
    return hour < quietUntil ? parisInstant(year, month, today, quietUntil) : now;
  }
  if (rhythm === 'daily') return parisInstant(year, month, hour < mailHour ? today : today + 1, mailHour);
  const days = weekday === 1 && hour < mailHour ? 0 : 8 - weekday;
  return parisInstant(year, month, today + days, mailHour);
}

const retryMinutes = [1, 10, 60, 4 * 60, 10 * 60] as const;

/** When a message that did not leave is tried again; null when it is given up. `attempts` counts those made. */
export function retryAt(attempts: number, now: Date): Date | null {
  const minutes = retryMinutes[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

/** The letters before which a visitor's browser is told: « Firefox, Windows ». Null when it says nothing known. */
export function browserName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const browser =
    (['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const).find((name) => userAgent.includes(`${name}/`)) ?? null;
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent)?.[0] ?? null;
  const shown = browser === 'Edg' ? 'Edge' : browser === 'OPR' ? 'Opera' : browser;
  const parts = [shown, system === 'Mac OS X' ? 'macOS' : system].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Whether a character of the demonstration may come in: all three must say so, for a real portal never lets anyone in this way. */
export function demoIsOpen(facts: {
  /** The server was started as a demonstration. */
  readonly started: boolean;
  /** The territory of the database is the demonstration's. */
  readonly territory: boolean;
  /** The person is a character of it. */
  readonly person: boolean;
}): boolean {
  return facts.started && facts.territory && facts.person;
}
