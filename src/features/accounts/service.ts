// The door of the room of people, for the roof and for other rooms: who asks, telling people, who answers for an organization.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { MailKind } from '../../model/messages/mail.ts';
import { type Actor, actorName } from '../../model/permission.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { someone, type Visitor } from '../../web/visitor.ts';
import { readTerritoryDemo } from './demo-queries.ts';
import { replaceOneTimeLink, wasOneTimeLinkMade } from './door-queries.ts';
import { leadersOf } from './leaving.ts';
import { insertGrant } from './member-queries.ts';
import { insertMessages, type NewMessage } from './message-queries.ts';
import { type Notification, notify as writeMessages } from './notify.ts';
import {
  deleteSessions,
  grantsOf,
  hasAdministrator,
  holdersOf,
  keyByHash,
  markSeen,
  provePerson,
  sessionPerson,
} from './person-queries.ts';
import { administratorLinkHours, demoIsOpen, grantEnd } from './rules.ts';
import type { DemoPerson } from './schemas.ts';
import { keyOfHeader, makeToken, sha256, tokenOfCookies } from './tokens.ts';

export type Identification = {
  readonly secret: string;
  readonly secure: boolean;
  /** The server was started as a demonstration. */
  readonly demo: boolean;
};

const day = 24 * 3600 * 1000;

/**
 * Who sends a request: a key of the Authorization header, else the session of the cookie, else anyone.
 * @throws TerroirError key.unknown for a key that does not work: a program must not go on as anyone without knowing
 */
export async function identify(
  context: Context,
  how: Identification,
  headers: { readonly authorization?: string | undefined; readonly cookie?: string | undefined },
): Promise<Visitor> {
  const key = keyOfHeader(headers.authorization);
  if (key !== null) {
    const found = key === '' ? null : await keyByHash(context.db, sha256(key), context.now());
    if (found === null) throw new TerroirError('key.unknown');
    return { actor: { kind: 'key', ...found }, person: null };
  }
  const token = tokenOfCookies(headers.cookie, how.secret, how.secure);
  const person = token === null ? null : await sessionPerson(context.db, token, context.now());
  if (person === null) return someone;
  // A character's session opens nothing once the demonstration is over.
  if (person.demo !== null) {
    const territory = await readTerritoryDemo(context.db);
    if (!demoIsOpen({ started: how.demo, territory, person: true })) return someone;
  }
  if (person.seenAt === null || context.now().getTime() - person.seenAt.getTime() > day)
    await markSeen(context.db, person.id, context.now());
  return {
    actor: { kind: 'person', id: person.id, grants: await grantsOf(context.db, person.id, context.now()) },
    person: {
      id: person.id,
      name: person.name === '' ? person.email : person.name,
      language: person.language,
      demo: person.demo !== null,
      session: { id: person.sessionId, openedAt: person.openedAt },
    },
  };
}

/** Ends the session of whoever acts. */
export async function signOut(context: Context, visitor: Visitor): Promise<void> {
  if (visitor.person !== null) await deleteSessions(context.db, visitor.person.id, { only: visitor.person.session.id });
}

/** Whether nobody administers this platform and no link was ever made: the first start then tells one. */
export async function needsAdministrator(context: Context): Promise<boolean> {
  return !(await hasAdministrator(context.db, context.now())) && !(await wasOneTimeLinkMade(context.db));
}

/**
 * Makes the link by which the first administrator comes in; those made before no longer work.
 * @returns its path, to be told on the console alone, and until when it works.
 */
export async function makeAdministratorLink(
  context: Context,
): Promise<{ readonly path: string; readonly until: Date }> {
  if (context.actor.kind !== 'operator') throw new TerroirError('permission.denied');
  const token = makeToken();
  const now = context.now();
  const until = new Date(now.getTime() + administratorLinkHours * 3_600_000);
  await replaceOneTimeLink(context.db, sha256(token), now, until);
  return { path: withQuery(urls.signInAdministrator(), { token }), until };
}

/**
 * Tells people something, each by their own rhythm and in their language; whoever acts is not told of their own act. Part of
 * a verb that has asked permission. The kinds and what their sentences need: model/messages/mail.ts.
 */
export async function notify(context: Context, notification: Notification): Promise<void> {
  await writeMessages(context, notification);
}

/** Writes at once to an address that need not be an account's: of who looks after a site. Part of another verb. */
export async function writeToAddress(
  context: Context,
  letter: Pick<NewMessage, 'email' | 'language' | 'params' | 'link'> & { readonly kind: MailKind },
): Promise<void> {
  const now = context.now();
  const message = { ...letter, personId: null, others: [], rhythm: 'instantly', dueAt: now } as const;
  await insertMessages(context.db, [message], now);
}

/** The people who answer for an organization: pilots and deputies, else the territory's stewards. */
export async function whoAnswersFor(context: Context, organization: string): Promise<readonly string[]> {
  return leadersOf(context, organization);
}

/** The people who hold a role across organizations: stewards, legal officers … */
export async function whoHolds(
  context: Context,
  role: 'steward' | 'legalOfficer' | 'accessOfficer' | 'operator',
): Promise<readonly string[]> {
  return holdersOf(context.db, role, null, context.now());
}

/** A person as an actor, with the roles that run today: what a letter of theirs lets them do. */
export async function actorOfPerson(context: Context, personId: string): Promise<Actor> {
  return { kind: 'person', id: personId, grants: await grantsOf(context.db, personId, context.now()) };
}

/** The person behind a name of the log (`person:…`); null for keys and machines. */
export function personOfActor(actor: string): string | null {
  return /^person:([\da-f-]{36})$/.exec(actor)?.[1] ?? null;
}

/** Installs the characters of the demonstration, once: clearly marked, without address that mail could reach. */
export async function installDemoPeople(context: Context, people: readonly DemoPerson[]): Promise<void> {
  if (context.actor.kind !== 'operator') throw new TerroirError('permission.denied');
  // A server that was started as a demonstration on a real territory brings no characters into it.
  if (!(await readTerritoryDemo(context.db))) return;
  const author = { actor: actorName(context.actor), now: context.now() };
  for (const { key, name, email, roles } of people) {
    const personId = await provePerson(context.db, { email, name, language: 'fr', demo: key });
    for (const role of roles)
      await insertGrant(context.db, { ...role, personId, endsAt: grantEnd(context.now()) }, author).catch(
        (error: unknown) => {
          if (!(error instanceof TerroirError && error.code === 'role.alreadyHeld')) throw error;
        },
      );
  }
}
