// Widgets of organizations and what was counted of them, in the catalogue's database.
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { HostUse, WidgetInstance } from './schemas.ts';

/** Hosts counted apart by key and day; what comes after is counted together: a header is anybody's to invent. */
const mostHostsADay = 50;

export async function insertInstance(
  db: Metadata,
  instance: WidgetInstance & { readonly createdBy: string },
): Promise<void> {
  await db
    .insertInto('widget_instance')
    .values({
      key: instance.key,
      organization: instance.organization,
      widget: instance.widget,
      name: instance.name,
      hosts: instance.hosts,
      attributes: JSON.stringify(instance.attributes),
      contact: instance.contact,
      language: instance.language,
      created_by: instance.createdBy,
      created_at: instance.createdAt,
    })
    .execute();
}

const columns = [
  'key',
  'organization',
  'widget',
  'name',
  'hosts',
  'attributes',
  'contact',
  'language',
  'created_at as createdAt',
  'retired_at as retiredAt',
] as const;

export async function findInstance(db: Metadata, key: string): Promise<WidgetInstance | null> {
  return (await db.selectFrom('widget_instance').select(columns).where('key', '=', key).executeTakeFirst()) ?? null;
}

/** Those of an organization, newest first; retired ones last. */
export async function instancesOf(db: Metadata, organization: string): Promise<readonly WidgetInstance[]> {
  return db
    .selectFrom('widget_instance')
    .select(columns)
    .where('organization', '=', organization)
    .orderBy(sql`retired_at is not null`)
    .orderBy('created_at', 'desc')
    .orderBy('key')
    .execute();
}

/** How many an organization has that are not retired. */
export async function countInstances(db: Metadata, organization: string): Promise<number> {
  const { count } = await db
    .selectFrom('widget_instance')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('organization', '=', organization)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The next ones that are not retired, by key: a round looks at all of them, some at a time. */
export async function instancesAfter(db: Metadata, key: string, limit: number): Promise<readonly WidgetInstance[]> {
  return db
    .selectFrom('widget_instance')
    .select(columns)
    .where('retired_at', 'is', null)
    .where('key', '>', key)
    .orderBy('key')
    .limit(limit)
    .execute();
}

/** Changes where an instance may be; false when it is gone. */
export async function updateHosts(
  db: Metadata,
  {
    key,
    organization,
    hosts,
  }: { readonly key: string; readonly organization: string; readonly hosts: readonly string[] },
): Promise<boolean> {
  const changed = await db
    .updateTable('widget_instance')
    .set({ hosts })
    .where('key', '=', key)
    .where('organization', '=', organization)
    .where('retired_at', 'is', null)
    .returning('key')
    .executeTakeFirst();
  return changed !== undefined;
}

export async function retireInstance(
  db: Metadata,
  { key, organization, now }: { readonly key: string; readonly organization: string; readonly now: Date },
): Promise<boolean> {
  const changed = await db
    .updateTable('widget_instance')
    .set({ retired_at: now })
    .where('key', '=', key)
    .where('organization', '=', organization)
    .where('retired_at', 'is', null)
    .returning('key')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Notes what a contact is told; false when another process has just told the same, or nothing changed. */
export async function claimTold(db: Metadata, key: string, told: string | null, now: Date): Promise<boolean> {
  const changed = await db
    .updateTable('widget_instance')
    .set({ told, told_at: now })
    .where('key', '=', key)
    .where(sql<boolean>`told is distinct from ${told}`)
    .returning('key')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Adds to the count of a key, a day and a host; nothing for a key that does not exist or is retired. */
export async function addUses(
  db: Metadata,
  {
    key,
    day,
    host,
    uses,
  }: { readonly key: string; readonly day: string; readonly host: string; readonly uses: number },
): Promise<void> {
  await sql`
    insert into widget_use (key, day, host, uses)
    select key, ${day}::date,
      case when exists (select 1 from widget_use where key = ${key} and day = ${day}::date and host = ${host})
        or (select count(*) from widget_use where key = ${key} and day = ${day}::date) < ${mostHostsADay}
      then ${host}::text else '' end, ${uses}::bigint
    from widget_instance where key = ${key} and retired_at is null
    on conflict (key, day, host) do update set uses = widget_use.uses + excluded.uses`.execute(db);
}

/** What was counted of each key since a day, by host, most used first. */
export async function usesSince(
  db: Metadata,
  keys: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, readonly HostUse[]>> {
  const found = new Map<string, HostUse[]>();
  if (keys.length === 0) return found;
  const { rows } = await sql<{ key: string; host: string; uses: string; lastDay: string }>`
    select key, host, sum(uses)::bigint::text as uses, max(day)::text as "lastDay" from widget_use
    where key = any(${keys}) and day >= ${day}::date group by key, host order by sum(uses) desc, host`.execute(db);
  for (const { key, host, uses, lastDay } of rows)
    found.set(key, [...(found.get(key) ?? []), { host, uses: Number(uses), lastDay }]);
  return found;
}

/** Forgets what was counted before a day. */
export async function forgetUses(db: Metadata, day: string): Promise<void> {
  await sql`delete from widget_use where day < ${day}::date`.execute(db);
}
