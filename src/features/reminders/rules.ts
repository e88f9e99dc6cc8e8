// The signed address of a reminder: it lets one person say of one dataset that nothing has changed, for a while, and nothing else.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { TerroirError } from '../../lib/errors.ts';
import { urls, withQuery } from '../../web/urls.ts';

/** Whom a reminder was sent to, about which dataset, and when. */
export type Reminder = { readonly dataset: string; readonly person: string; readonly sentAt: Date };

const validDays = 60;
const day = 86_400_000;

/** At most one reminder in this time for a dataset; later ones leave more time: four were enough to be understood. */
export const reminderDays = { first: 7, later: 28, firstOnes: 4 } as const;

/** The path of a reminder's page. */
export function reminderPath(secret: string, reminder: Reminder): string {
  const { dataset, person, sentAt } = reminder;
  const at = String(Math.floor(sentAt.getTime() / 1000));
  return withQuery(urls.unchanged(), { dataset, person, at, sign: signOf(secret, dataset, person, at) });
}

/**
 * Reads the address of a reminder.
 * @throws TerroirError reminder.invalid when it is not ours, reminder.expired when its time is over
 */
export function readReminder(secret: string, said: Readonly<Record<string, unknown>>, now: Date): Reminder {
  const [dataset, person, at, sign] = ['dataset', 'person', 'at', 'sign'].map((name) =>
    typeof said[name] === 'string' ? said[name] : '',
  ) as [string, string, string, string];
  const [given, expected] = [Buffer.from(sign), Buffer.from(signOf(secret, dataset, person, at))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new TerroirError('reminder.invalid');
  const sentAt = new Date(Number(at) * 1000);
  if (now.getTime() - sentAt.getTime() > validDays * day) throw new TerroirError('reminder.expired');
  return { dataset, person, sentAt };
}

/** The parts are between line ends, which none of them holds: none can be taken for another. */
function signOf(secret: string, dataset: string, person: string, at: string): string {
  return createHmac('sha256', secret)
    .update(['unchanged', dataset, person, at].map((part) => JSON.stringify(part)).join('\n'))
    .digest('base64url');
}
