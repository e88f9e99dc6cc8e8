// The letters that a demonstration keeps in a folder, for its visitors to read; and the link by which letters stop.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { can, mustBeAbleTo } from '../../model/permission.ts';
import { readMailFolder } from '../../stores/mail/folder.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { doorKinds } from './letters.ts';
import { isUuid } from './member-queries.ts';
import { rescheduleMessages, waitingMessages } from './message-queries.ts';
import { administratorEmails, personById, updatePerson } from './person-queries.ts';
import type { KeptLetter, WaitingMessage } from './schemas.ts';
import { type Doors, demoIsRunning } from './sign-in.ts';

const shownLetters = 100;

/** Whether letters are kept here for visitors to read: in a demonstration without a mail server. */
export async function mailsAreShown(context: Context, doors: Doors): Promise<boolean> {
  return doors.mailFolder !== null && (await demoIsRunning(context, doors));
}

/**
 * The letters kept, newest first. Those of real people who administer are theirs: a link in them would hand the platform over.
 * @throws TerroirError page.unknown outside a demonstration, or where a mail server is set
 */
export async function listMails(context: Context, doors: Doors): Promise<readonly KeptLetter[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  if (doors.mailFolder === null || !(await mailsAreShown(context, doors))) throw new TerroirError('page.unknown');
  const letters = await readMailFolder(doors.mailFolder, shownLetters);
  const hidden = can(context.actor, 'people.operate') ? [] : await administratorEmails(context.db, context.now());
  return letters
    .filter((letter) => !hidden.includes(letter.to))
    .map(({ id, to, subject, at, text }) => ({ id, to, subject, at, text }));
}

/** What will leave later, under the same conditions. @throws TerroirError page.unknown */
export async function listWaiting(context: Context, doors: Doors): Promise<readonly WaitingMessage[]> {
  if (!(await mailsAreShown(context, doors))) throw new TerroirError('page.unknown');
  const hidden = can(context.actor, 'people.operate') ? [] : await administratorEmails(context.db, context.now());
  const waiting = await waitingMessages(context.db, doorKinds, shownLetters);
  return waiting.filter((message) => !hidden.includes(message.to));
}

/** @throws TerroirError page.unknown */
export async function getMail(context: Context, doors: Doors, id: string): Promise<KeptLetter> {
  const letter = (await listMails(context, doors)).find((one) => one.id === id);
  if (letter === undefined) throw new TerroirError('page.unknown');
  return letter;
}

/** The path by which a person stops letters without signing in: theirs alone, for it is signed. */
export function unsubscribePath(secret: string, personId: string): string {
  return withQuery(urls.unsubscribe(), { person: personId, sign: signOf(secret, personId) });
}

/** @throws TerroirError link.invalid */
export function mustBeSigned(secret: string, personId: string, sign: string): void {
  const [given, expected] = [Buffer.from(sign), Buffer.from(signOf(secret, personId))];
  const right = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isUuid(personId) || !right) throw new TerroirError('link.invalid');
}

/** Sends a person nothing more but what they ask for. The signed link is the permission. @throws TerroirError link.invalid */
export async function unsubscribe(context: Context, secret: string, personId: string, sign: string): Promise<void> {
  mustBeSigned(secret, personId, sign);
  if ((await personById(context.db, personId)) === undefined) throw new TerroirError('link.invalid');
  await updatePerson(context.db, personId, { rhythm: 'never' });
  await rescheduleMessages(context.db, personId, 'never', null, doorKinds);
}

function signOf(secret: string, personId: string): string {
  return createHmac('sha256', secret).update(`unsubscribe:${personId}`).digest('base64url');
}
