// Hosts as people write them and as browsers tell them, and how a widget does. Pure.
import { TerroirError } from '../../lib/errors.ts';
import type { HostUse, WidgetHealth, WidgetInstance, WidgetTrouble } from './schemas.ts';

/** A widget that nobody saw for so many days is stale (product.md, « no hit for 14 d »). */
export const staleDays = 14;
/** How far back an undeclared host is still a trouble. */
export const strangeDays = 7;
const mostHosts = 20;
const dayMilliseconds = 86_400_000;

const hostPattern = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** A host name of what somebody typed or pasted: an address, a host, with or without « www. ». Null when it is none. */
export function readHost(text: string): string | null {
  const typed = text.trim();
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.username !== '' || url.password !== '') return null;
  const host = url.hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  return hostPattern.test(host) || host === 'localhost' ? host : null;
}

/**
 * The hosts that somebody declares, one a line or between commas or spaces, each once.
 * @throws TerroirError widget.hostsMissing, widget.hostInvalid, widget.hostsMany
 */
export function readHosts(text: string): readonly string[] {
  const typed = text.split(/[\s,;]+/).filter((one) => one !== '');
  if (typed.length === 0) throw new TerroirError('widget.hostsMissing');
  if (typed.length > mostHosts) throw new TerroirError('widget.hostsMany', { most: mostHosts });
  const hosts = typed.map((one) => {
    const host = readHost(one);
    if (host === null) throw new TerroirError('widget.hostInvalid', { host: one.slice(0, 80) });
    return host;
  });
  return [...new Set(hosts)];
}

/** Whether a host is one of those declared, or below one. */
export function isDeclared(hosts: readonly string[], host: string): boolean {
  const bare = host.replace(/^www\./, '');
  return hosts.some((declared) => bare === declared || bare.endsWith(`.${declared}`));
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The host of the page that asks, by Origin, else Referer; empty when the browser tells neither. */
export function hostOf(headers: Headers): string {
  for (const name of ['origin', 'referer'] as const) {
    const value = headers[name];
    const url = typeof value === 'string' && value !== 'null' ? URL.parse(value) : null;
    if (url !== null && /^https?:$/.test(url.protocol)) return url.hostname.toLowerCase().slice(0, 253);
  }
  return '';
}

/** An e-mail address, as far as it can be told without writing to it. @throws TerroirError widget.contactInvalid */
export function readContact(text: string): string {
  const typed = text.trim();
  if (typed.length > 200 || !/^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/.test(typed))
    throw new TerroirError('widget.contactInvalid', { contact: typed.slice(0, 80) });
  return typed;
}

/** What is wrong with what a widget shows, looked up beforehand. */
export type ContentTrouble = { readonly trouble: Exclude<WidgetTrouble, 'host'>; readonly about: string } | null;

/** How a widget does. @param today ISO 8601, in Paris */
export function healthOf(
  instance: Pick<WidgetInstance, 'hosts' | 'createdAt' | 'retiredAt'>,
  uses: readonly HostUse[],
  content: ContentTrouble,
  today: string,
): WidgetHealth {
  // A browser that tells no host is no proof that something is wrong: it counts as seen.
  const known = uses.filter(({ host }) => host === '' || isDeclared(instance.hosts, host));
  const lastSeen =
    known
      .map(({ lastDay }) => lastDay)
      .toSorted()
      .at(-1) ?? null;
  const told = (state: WidgetHealth['state'], trouble: WidgetTrouble | null = null, about: string | null = null) => ({
    state,
    trouble,
    about,
    lastSeen,
  });
  if (instance.retiredAt !== null) return told('retired');
  if (content !== null) return told('broken', content.trouble, content.about);
  const strange = uses.find(
    ({ host, lastDay }) =>
      host !== '' && !isDeclared(instance.hosts, host) && daysBetween(lastDay, today) < strangeDays,
  );
  if (strange !== undefined) return told('broken', 'host', strange.host);
  const since = lastSeen ?? instance.createdAt.toISOString().slice(0, 10);
  if (daysBetween(since, today) >= staleDays) return told('stale');
  return told(lastSeen === null ? 'waiting' : 'healthy');
}

/** Days from one date to another, ISO 8601. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds);
}

/** What a contact is told once: the same trouble is not told again. Null when there is nothing to tell. */
export function toldOf({ state, trouble, about }: WidgetHealth): string | null {
  if (state === 'stale') return 'stale';
  return state === 'broken' ? `broken:${trouble}:${about}` : null;
}
