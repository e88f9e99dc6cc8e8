// The post office of a running portal: sends what is due, ends the roles whose end has come, forgets what is over.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Mailer } from '../../stores/mail/mailer.ts';
import { addressOf, MailRefused } from '../../stores/mail/mailer.ts';
import { sweepPeople } from './door-queries.ts';
import { eraseSilentPeople, warnSilentPeople } from './inactivity.ts';
import { endDueGrants, remindEndingGrants } from './leaving.ts';
import { doorKinds, type LetterMessage, writeLetter } from './letters.ts';
import {
  type ClaimedMessage,
  claimDue,
  clearBounce,
  markBounced,
  markSent,
  markUnsent,
  sweepMessages,
} from './message-queries.ts';
import { daysLater, retryAt } from './rules.ts';

export type PostOptions = {
  readonly context: Context;
  readonly mailer: Mailer;
  readonly from: string;
  /** The path by which a person stops letters. */
  readonly unsubscribePath: (personId: string) => string;
  readonly site: () => Promise<{ readonly name: string; readonly url: string; readonly accountUrl: string }>;
};

export type Post = {
  /** Something was written that should leave at once. */
  wake(): void;
  /** Ends when what is being sent was sent. */
  close(): Promise<void>;
};

/** How often the box is looked into, and how long a process holds what it took. */
const pollSeconds = 15;
const claimMinutes = 5;
const sweepHours = 6;
const noticeDays = 90;
/** Letters of one round: a portal that was stopped for a month does not send all at once. */
const mostLetters = 100;

/** Starts the post office; one in each process of the server, they share the work. */
export function openPost(options: PostOptions): Post {
  const { context } = options;
  let closed = false;
  let asked = false;
  let lastSweep = 0;
  let running: Promise<void> | null = null;
  const round = async () => {
    do {
      asked = false;
      await sendDue(options, () => closed);
      if (context.now().getTime() - lastSweep > sweepHours * 3_600_000) {
        lastSweep = context.now().getTime();
        await keepHouse(context);
        asked = true;
      }
    } while (asked && !closed);
  };
  const wake = () => {
    asked = true;
    if (closed || running !== null) return;
    running = round()
      .catch((error: unknown) => context.log.warn({ error: nameOf(error) }, 'the post office stumbled'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(wake, pollSeconds * 1000);
  timer.unref();
  wake();
  return {
    wake,
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
      options.mailer.close();
    },
  };
}

/** Sends everything that is due. @returns how many letters left. */
export async function sendDue(options: PostOptions, stopped: () => boolean = () => false): Promise<number> {
  const { context } = options;
  let sent = 0;
  for (let letters = 0; letters < mostLetters && !stopped(); letters++) {
    const now = context.now();
    const messages = await claimDue(context.db, now, new Date(now.getTime() + claimMinutes * 60_000));
    if (messages.length === 0) break;
    if (await sendOne(options, messages)) sent += 1;
  }
  return sent;
}

async function sendOne(options: PostOptions, messages: readonly ClaimedMessage[]): Promise<boolean> {
  const { context, mailer, from } = options;
  const [first] = messages;
  if (first === undefined) return false;
  const ids = messages.map((message) => message.id);
  const opensDoor = (doorKinds as readonly string[]).includes(first.kind);
  try {
    const site = await options.site();
    const absolute = (message: ClaimedMessage): LetterMessage => ({
      ...message,
      link: message.link === null ? null : new URL(message.link, site.url).href,
    });
    const [head, ...rest] = messages.map(absolute);
    if (head === undefined) return false;
    const stop =
      opensDoor || first.personId === null ? null : new URL(options.unsubscribePath(first.personId), site.url).href;
    const letter = writeLetter([head, ...rest], first.language, site, stop);
    await mailer.send({
      ...letter,
      ...(stop !== null && { unsubscribe: stop }),
      id: `${first.id}.${randomBytes(8).toString('hex')}@${addressOf(from).split('@')[1] ?? 'localhost'}`,
      from,
      to: first.email,
      at: context.now(),
    });
  } catch (error) {
    const forGood = error instanceof MailRefused && error.forGood;
    const again = forGood ? null : retryAt(first.attempts, context.now());
    await markUnsent(context.db, ids, { retryAt: again, opensDoor, now: context.now() });
    if (forGood && first.personId !== null) await markBounced(context.db, first.personId, context.now());
    // Neither the address nor what was said: the message's number is enough to find it.
    context.log.warn({ message: first.id, error: nameOf(error), givenUp: again === null }, 'a message did not leave');
    return false;
  }
  await markSent(context.db, ids, opensDoor, context.now());
  if (first.personId !== null) await clearBounce(context.db, first.personId);
  return true;
}

async function keepHouse(context: Context): Promise<void> {
  await endDueGrants(context);
  await remindEndingGrants(context);
  await warnSilentPeople(context);
  await eraseSilentPeople(context);
  await sweepPeople(context.db, context.now());
  await sweepMessages(context.db, daysLater(context.now(), -noticeDays));
}

function nameOf(error: unknown): string {
  return error instanceof MailRefused ? error.message : error instanceof Error ? error.name : 'unknown';
}
