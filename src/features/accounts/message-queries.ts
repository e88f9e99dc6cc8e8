// Messages on their way: written here, claimed by one process at a time, sent, tried again or given up.
import { sql } from 'kysely';
import type { Language } from '../../model/language.ts';
import type { Rhythm } from '../../model/people.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Notice, WaitingMessage } from './schemas.ts';

export type NewMessage = {
  readonly personId: string | null;
  readonly email: string;
  readonly language: Language;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly link: string;
  readonly others: readonly { readonly name: string; readonly role: string }[];
  readonly rhythm: Rhythm;
  readonly dueAt: Date | null;
};

export type ClaimedMessage = {
  readonly id: string;
  readonly personId: string | null;
  readonly email: string;
  readonly language: Language;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly link: string | null;
  readonly others: readonly { readonly name: string; readonly role: string }[];
  readonly rhythm: Rhythm;
  readonly attempts: number;
};

export async function insertMessages(db: Metadata, messages: readonly NewMessage[], now: Date): Promise<void> {
  if (messages.length === 0) return;
  await db
    .insertInto('message')
    .values(
      messages.map((message) => ({
        person_id: message.personId,
        email: message.email,
        language: message.language,
        kind: message.kind,
        params: JSON.stringify(message.params),
        link: message.link,
        others: JSON.stringify(message.others),
        rhythm: message.rhythm,
        created_at: now,
        due_at: message.dueAt,
        claimed_until: null,
        sent_at: null,
        failed_at: null,
      })),
    )
    .execute();
}

/**
 * Takes what is due for one address: one message that opens a door or came alone, or all that is grouped for that person.
 * Another process skips what this one holds; what a killed process held is free again after a while.
 * @returns none when nothing is due.
 */
export async function claimDue(db: Metadata, now: Date, until: Date): Promise<readonly ClaimedMessage[]> {
  const { rows } = await sql<ClaimedMessage>`
    with first as (
      select id, person_id, language, rhythm from message
      where sent_at is null and failed_at is null and due_at <= ${now}
        and (claimed_until is null or claimed_until <= ${now})
      order by due_at, id limit 1 for update skip locked
    ), due as (
      select m.id from message as m, first
      where m.id = first.id or (
        first.rhythm in ('daily', 'weekly') and m.rhythm in ('daily', 'weekly') and m.person_id = first.person_id
        and m.sent_at is null and m.failed_at is null and m.due_at <= ${now}
        and (m.claimed_until is null or m.claimed_until <= ${now}))
      for update of m skip locked
    )
    update message set claimed_until = ${until}, attempts = attempts + 1
    where id in (select id from due)
    returning id::text, person_id as "personId", email, language, kind, params, link, others, rhythm, attempts`.execute(
    db,
  );
  return rows.toSorted((a, b) => Number(a.id) - Number(b.id));
}

/** Sent: what opened a door is emptied, the rest stays a while as a notice. */
export async function markSent(db: Metadata, ids: readonly string[], opensDoor: boolean, now: Date): Promise<void> {
  await db
    .updateTable('message')
    .set({ sent_at: now, claimed_until: null, ...(opensDoor && { params: '{}', link: null }) })
    .where('id', 'in', ids)
    .execute();
}

/** Not sent: due again later, or given up when `retryAt` is null; what would have opened a door is emptied then. */
export async function markUnsent(
  db: Metadata,
  ids: readonly string[],
  { retryAt, opensDoor, now }: { readonly retryAt: Date | null; readonly opensDoor: boolean; readonly now: Date },
): Promise<void> {
  const givenUp = { failed_at: now, claimed_until: null, ...(opensDoor && { params: '{}', link: null }) };
  await db
    .updateTable('message')
    .set(retryAt === null ? givenUp : { due_at: retryAt, claimed_until: null })
    .where('id', 'in', ids)
    .execute();
}

/** An address that no server knows: its organization is told on the page of members. */
export async function markBounced(db: Metadata, personId: string, now: Date): Promise<void> {
  await db.updateTable('person').set({ bounced_at: now }).where('id', '=', personId).execute();
}

export async function clearBounce(db: Metadata, personId: string): Promise<void> {
  await db
    .updateTable('person')
    .set({ bounced_at: null })
    .where('id', '=', personId)
    .where('bounced_at', 'is not', null)
    .execute();
}

/** What waits to leave, the next first; what opens a door is nobody else's business. */
export async function waitingMessages(
  db: Metadata,
  exceptKinds: readonly string[],
  limit: number,
): Promise<readonly WaitingMessage[]> {
  const rows = await db
    .selectFrom('message')
    .select(['email', 'kind', 'params', 'due_at'])
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('kind', 'not in', exceptKinds)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ email, kind, params, due_at }) =>
    due_at === null ? [] : [{ to: email, kind, params, dueAt: due_at }],
  );
}

/** What a person was told, newest first; what opens a door is no notice. */
export async function noticesOf(
  db: Metadata,
  personId: string,
  exceptKinds: readonly string[],
  limit: number,
): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('message')
    .select(['kind', 'params', 'link', 'created_at'])
    .where('person_id', '=', personId)
    .where('kind', 'not in', exceptKinds)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ kind, params, link, created_at }) => ({ kind, params, link, at: created_at }));
}

/** Whoever asked to be told otherwise: what waits follows. */
export async function rescheduleMessages(
  db: Metadata,
  personId: string,
  rhythm: Rhythm,
  dueAt: Date | null,
  doorKinds: readonly string[],
): Promise<void> {
  await db
    .updateTable('message')
    .set({ rhythm, due_at: dueAt })
    .where('person_id', '=', personId)
    .where('rhythm', 'in', rhythm === 'never' ? ['daily', 'weekly', 'instantly'] : ['daily', 'weekly'])
    .where('kind', 'not in', doorKinds)
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('claimed_until', 'is', null)
    .execute();
}

/** Three months of notices are kept. */
export async function sweepMessages(db: Metadata, before: Date): Promise<void> {
  await db
    .deleteFrom('message')
    .where('created_at', '<', before)
    .where((eb) => eb.or([eb('sent_at', 'is not', null), eb('failed_at', 'is not', null), eb('due_at', 'is', null)]))
    .execute();
}
