// The verbs of reminders: writing to those whose dataset passed its date, and hearing that nothing has changed.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { urls } from '../../web/urls.ts';
import { actorOfPerson, notify, personOfActor, whoAnswersFor } from '../accounts/service.ts';
import { getDataset, mayOnDataset, mustOnDataset, rhythmOf, verifyDataset } from '../catalog/service.ts';
import { claimDue } from './queries.ts';
import { type Reminder, readReminder, reminderPath } from './rules.ts';
import type { ReminderFacts } from './schemas.ts';

/** Reminders of one round: the rest waits for the next. */
const mostAtOnce = 200;

/**
 * Writes to the people of each dataset that passed its date: once a week at most, grouped with what else each is told.
 * @param context the operator's
 * @returns how many datasets were reminded of
 */
export async function sendReminders(context: Context, secret: string): Promise<number> {
  if (context.actor.kind !== 'operator') throw new TerroirError('permission.denied');
  const sentAt = context.now();
  const due = await claimDue(context.db, sentAt, mostAtOnce);
  for (const { id, title, organization, author, dueAt, overdue } of due) {
    const maker = author === null ? null : personOfActor(author);
    const leaders = await whoAnswersFor(context, organization);
    const people = [...new Set(maker === null ? leaders : [maker, ...leaders])];
    const able = new Set<string>();
    for (const person of people) if (await mayVerify(context, id, person)) able.add(person);
    await notify(context, {
      kind: overdue ? 'dataset.overdue' : 'dataset.updateDue',
      params: { about: title, date: dueAt.toISOString() },
      link: urls.dataset(id),
      linkFor: (person) => (able.has(person) ? reminderPath(secret, { dataset: id, person, sentAt }) : null),
      // Whoever made it and has left is not written to.
      to: people.filter((person) => person !== maker || able.has(person)),
      organization,
    });
  }
  return due.length;
}

/**
 * What a reminder's page shows. The signed address is the permission, as long as its person has the right.
 * @throws TerroirError reminder.invalid, reminder.expired, dataset.unknown, dataset.withdrawn
 */
export async function getReminder(
  context: Context,
  secret: string,
  said: Readonly<Record<string, unknown>>,
): Promise<ReminderFacts> {
  const reminder = readReminder(secret, said, context.now());
  return factsOf(await contextOfReminder(context, reminder), reminder);
}

/**
 * « Rien n’a changé »: said once, however often it is sent.
 * @throws TerroirError reminder.invalid, reminder.expired, dataset.unknown, dataset.withdrawn, dataset.notPublished
 */
export async function confirmUnchanged(
  context: Context,
  secret: string,
  said: Readonly<Record<string, unknown>>,
): Promise<ReminderFacts> {
  const reminder = readReminder(secret, said, context.now());
  const theirs = await contextOfReminder(context, reminder);
  if (!(await factsOf(theirs, reminder)).done) await verifyDataset(theirs, reminder.dataset);
  return factsOf(theirs, reminder);
}

async function contextOfReminder(context: Context, { person, dataset }: Reminder): Promise<Context> {
  const theirs = { ...context, actor: await actorOfPerson(context, person) };
  // A role that has ended takes its letters with it.
  await mustOnDataset(theirs, 'dataset.verify', dataset).catch((error: unknown) => {
    if (error instanceof TerroirError && error.code === 'permission.denied') throw new TerroirError('reminder.invalid');
    throw error;
  });
  return theirs;
}

async function factsOf(context: Context, { dataset: id, sentAt }: Reminder): Promise<ReminderFacts> {
  const dataset = await getDataset(context, id);
  const dates = [dataset.version?.createdAt ?? null, dataset.verifiedAt].filter((date) => date !== null);
  const updatedAt = dates.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;
  return {
    dataset: { id, title: dataset.title, organization: dataset.organization.name },
    updatedAt,
    dueAt: rhythmOf(context, dataset).dueAt,
    done: updatedAt !== null && updatedAt >= sentAt,
  };
}

async function mayVerify(context: Context, id: string, person: string): Promise<boolean> {
  return mayOnDataset({ ...context, actor: await actorOfPerson(context, person) }, 'dataset.verify', id);
}
