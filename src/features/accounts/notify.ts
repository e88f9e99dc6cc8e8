// Telling people: each by their own rhythm, all knowing who else was told.
import type { Context } from '../../context.ts';
import type { Language } from '../../model/language.ts';
import type { MailKind } from '../../model/messages/mail.ts';
import { doorKinds, urgentKinds } from './letters.ts';
import { insertMessages } from './message-queries.ts';
import { recipients } from './recipient-queries.ts';
import { dueAt } from './rules.ts';

export type Notification = {
  readonly kind: MailKind;
  /**
   * What the sentences of the kind need; `about` is the commune or the dataset, and begins the subject. What is said in words
   * of ours is given in both languages: each person reads their own.
   */
  readonly params: Readonly<Record<string, string | number | Readonly<Record<Language, string>>>>;
  /** The path of its one action. */
  readonly link: string;
  /** Another path for somebody, when their letter opens something for them alone; null for the one above. */
  readonly linkFor?: (personId: string) => string | null;
  /** Ids of the people to tell; whoever acts is not told of their own act. */
  readonly to: readonly string[];
  /** The organization concerned: recipients are named by their role there. */
  readonly organization?: string;
};

/** Tells people. Part of another verb, which has asked permission for what it does. */
export async function notify(context: Context, notification: Notification): Promise<void> {
  const { actor } = context;
  const ids = [...new Set(notification.to)].filter((id) => actor.kind !== 'person' || actor.id !== id);
  if (ids.length === 0) return;
  const people = await recipients(context.db, ids, notification.organization ?? null, context.now());
  const door = (doorKinds as readonly string[]).includes(notification.kind);
  const urgent = (urgentKinds as readonly string[]).includes(notification.kind);
  await insertMessages(
    context.db,
    people.map((person) => {
      const rhythm = door || (urgent && person.rhythm !== 'never') ? 'instantly' : person.rhythm;
      return {
        personId: person.id,
        email: person.email,
        language: person.language,
        kind: notification.kind,
        params: paramsIn(person.language, notification.params),
        link: notification.linkFor?.(person.id) ?? notification.link,
        others: people.filter((one) => one.id !== person.id).map(({ name, role }) => ({ name, role })),
        rhythm,
        dueAt: dueAt(rhythm, context.now(), door),
      };
    }),
    context.now(),
  );
}

function paramsIn(language: Language, params: Notification['params']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]),
  );
}
