// The verbs of widgets: making one for a site, counting where it is seen, telling how it does, writing to who looks after it.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { parisClock } from '../../lib/paris.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { writeToAddress } from '../accounts/service.ts';
import { getCommune, getDataset, getOrganization, listOrganizations } from '../catalog/service.ts';
import { findWidget, mustReadConfiguration } from './configuration.ts';
import {
  addUses,
  claimTold,
  countInstances,
  findInstance,
  forgetUses,
  insertInstance,
  instancesAfter,
  instancesOf,
  retireInstance,
  updateHosts,
  usesSince,
} from './queries.ts';
import { type ContentTrouble, healthOf, readContact, readHosts, toldOf } from './rules.ts';
import type { HostUse, InstanceRequest, OrganizationWidgets, WatchedWidget, WidgetInstance } from './schemas.ts';

const mostPerOrganization = 200;
const dayMilliseconds = 86_400_000;
const daysShown = 30;
/** What the CNIL allows for measuring an audience without consent. */
const monthsKept = 25;

/**
 * Makes a widget for an organization's site.
 * @returns the instance, whose key goes into the embed code
 * @throws TerroirError permission.denied, organization.unknown, widget.unknown, widget.attributeInvalid, widget.nameMissing,
 * widget.hostsMissing, widget.hostInvalid, widget.hostsMany, widget.contactInvalid, widget.many
 */
export async function createInstance(context: Context, slug: string, asked: InstanceRequest): Promise<WidgetInstance> {
  mustBeAbleTo(context.actor, 'widget.manage', { organization: slug });
  const { slug: organization } = await getOrganization(context, slug);
  const { accent, ground } = asked.colours;
  const attributes = {
    ...mustReadConfiguration(asked.widget, asked.attributes, asked.language),
    ...(accent !== null && { accent }),
    ...(ground !== null && { ground }),
  };
  const name = asked.name.replace(/\p{Cc}/gu, ' ').trim();
  if (name.length < 2 || name.length > 100) throw new TerroirError('widget.nameMissing');
  const instance = {
    key: `w${randomBytes(9).toString('hex')}`,
    organization,
    widget: asked.widget,
    name,
    hosts: readHosts(asked.hosts),
    attributes,
    contact: readContact(asked.contact),
    language: asked.language,
    createdAt: context.now(),
    retiredAt: null,
  };
  if ((await countInstances(context.db, organization)) >= mostPerOrganization)
    throw new TerroirError('widget.many', { most: mostPerOrganization });
  await insertInstance(context.db, { ...instance, createdBy: actorName(context.actor) });
  return instance;
}

/** @throws TerroirError permission.denied, organization.unknown, widget.keyUnknown, widget.hostsMissing, widget.hostInvalid */
export async function changeHosts(
  context: Context,
  slug: string,
  { key, hosts }: { readonly key: string; readonly hosts: string },
): Promise<void> {
  mustBeAbleTo(context.actor, 'widget.manage', { organization: slug });
  const changed = await updateHosts(context.db, { key, organization: slug, hosts: readHosts(hosts) });
  if (!changed) throw new TerroirError('widget.keyUnknown');
}

/** @throws TerroirError permission.denied, widget.keyUnknown */
export async function retire(context: Context, slug: string, key: string): Promise<void> {
  mustBeAbleTo(context.actor, 'widget.manage', { organization: slug });
  const retired = await retireInstance(context.db, { key, organization: slug, now: context.now() });
  if (!retired) throw new TerroirError('widget.keyUnknown');
}

/** The widgets of an organization, each with how it does. @throws TerroirError permission.denied, organization.unknown */
export async function organizationWidgets(context: Context, slug: string): Promise<OrganizationWidgets> {
  mustBeAbleTo(context.actor, 'widget.read', { organization: slug });
  const { name } = await getOrganization(context, slug);
  const instances = await instancesOf(context.db, slug);
  return {
    organization: { slug, name },
    widgets: await watched(context, instances),
    mayManage: can(context.actor, 'widget.manage', { organization: slug }),
  };
}

/** One of them. @throws TerroirError permission.denied, organization.unknown, widget.keyUnknown */
export async function organizationWidget(context: Context, slug: string, key: string) {
  mustBeAbleTo(context.actor, 'widget.read', { organization: slug });
  const { name } = await getOrganization(context, slug);
  const instance = await findInstance(context.db, key);
  if (instance === null || instance.organization !== slug) throw new TerroirError('widget.keyUnknown');
  const [widget] = await watched(context, [instance]);
  if (widget === undefined) throw new TerroirError('widget.keyUnknown');
  return {
    organization: { slug, name },
    widget,
    mayManage: can(context.actor, 'widget.manage', { organization: slug }),
  };
}

/** The organizations for which whoever asks may make a widget. */
export async function organizationsOfMaker(context: Context): Promise<readonly { slug: string; name: string }[]> {
  if (context.actor.kind !== 'person') return [];
  const all = await listOrganizations(context);
  return all
    .filter(({ slug }) => can(context.actor, 'widget.manage', { organization: slug }))
    .map(({ slug, name }) => ({ slug, name }));
}

/** What a frame has to know of a key: everybody may ask, for it stands in the page. Null for none and for a retired one. */
export async function hostsOfKey(context: Context, key: string): Promise<readonly string[] | null> {
  const instance = await findInstance(context.db, key);
  return instance === null || instance.retiredAt !== null ? null : instance.hosts;
}

export type Counted = { readonly key: string; readonly day: string; readonly host: string; readonly uses: number };

/** Keeps what was counted: sums by key, day and host, nothing else. Part of no verb of a person's. */
export async function keepUses(context: Context, counted: readonly Counted[]): Promise<void> {
  for (const one of counted) await addUses(context.db, one);
}

/**
 * Looks at every widget, and writes to the contact of one that is no longer seen or is broken: once for each trouble.
 * @param context the operator's
 * @returns how many were written to
 */
export async function watchWidgets(context: Context): Promise<number> {
  if (context.actor.kind !== 'operator') throw new TerroirError('permission.denied');
  const now = context.now();
  await forgetUses(context.db, parisDay(new Date(now.getTime() - monthsKept * 30.5 * dayMilliseconds)));
  let written = 0;
  for (let after = ''; ; ) {
    const some = await instancesAfter(context.db, after, 100);
    for (const { instance, health } of await watched(context, some)) {
      const told = toldOf(health);
      if (!(await claimTold(context.db, instance.key, told, now)) || told === null) continue;
      const { name } = await getOrganization(context, instance.organization);
      await writeToAddress(context, {
        email: instance.contact,
        language: instance.language,
        kind: health.state === 'stale' ? 'widget.stale' : `widget.broken.${health.trouble ?? 'widget'}`,
        params: {
          about: instance.name,
          organization: name,
          what: health.about ?? '',
          date: health.lastSeen ?? instance.createdAt.toISOString(),
        },
        link: urls.organizationWidget(instance.organization, instance.key),
      });
      written += 1;
    }
    const last = some.at(-1);
    if (last === undefined) return written;
    after = last.key;
  }
}

async function watched(context: Context, instances: readonly WidgetInstance[]): Promise<readonly WatchedWidget[]> {
  const now = context.now();
  const since = parisDay(new Date(now.getTime() - daysShown * dayMilliseconds));
  const uses = await usesSince(
    context.db,
    instances.map(({ key }) => key),
    since,
  );
  const today = parisDay(now);
  const found: WatchedWidget[] = [];
  for (const instance of instances) {
    const seen: readonly HostUse[] = uses.get(instance.key) ?? [];
    const content = instance.retiredAt === null ? await contentTrouble(context, instance) : null;
    found.push({ instance, uses: seen, health: healthOf(instance, seen, content, today) });
  }
  return found;
}

/** Whether what a widget shows is still there. */
async function contentTrouble(context: Context, { widget, attributes }: WidgetInstance): Promise<ContentTrouble> {
  if (findWidget(widget) === null) return { trouble: 'widget', about: widget };
  const { dataset = '', commune = '' } = attributes;
  const anyone: Context = { ...context, actor: { kind: 'anyone' } };
  if (dataset !== '' && (await isRefused(() => getDataset(anyone, dataset))))
    return { trouble: 'dataset', about: dataset };
  if (commune !== '' && (await isRefused(() => getCommune(anyone, commune))))
    return { trouble: 'commune', about: commune };
  return null;
}

async function isRefused(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return false;
  } catch (error) {
    if (error instanceof TerroirError) return true;
    throw error;
  }
}

/** The day of an instant in Paris, ISO 8601. */
export function parisDay(at: Date): string {
  const { year, month, day } = parisClock(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
