// The door of the room of people, for the roof and for other rooms: who asks, telling people, who answers for an organization.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName } from '../../model/permission.ts';
import { someone, type Visitor } from '../../web/visitor.ts';
import { readTerritoryDemo } from './demo-queries.ts';
import { leadersOf } from './leaving.ts';
import { insertGrant } from './member-queries.ts';
import type { Notification } from './notify.ts';
import { notify } from './notify.ts';
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
import { demoIsOpen, grantEnd } from './rules.ts';
import type { DemoPerson } from './schemas.ts';
import { keyOfHeader, sha256, tokenOfCookies } from './tokens.ts';

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

/** Whether nobody administers this platform yet: the first start then tells a link. */
export async function needsAdministrator(context: Context): Promise<boolean> {
  return !(await hasAdministrator(context.db, context.now()));
}

/** Tells people something, each by their own rhythm. Part of a verb that has asked permission. */
export async function tell(context: Context, notification: Notification): Promise<void> {
  await notify(context, notification);
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

/** The person behind a name of the log (`person:…`); null for keys and machines. */
export function personOfActor(actor: string): string | null {
  return /^person:([\da-f-]{36})$/.exec(actor)?.[1] ?? null;
}

/** Installs the characters of the demonstration, once: clearly marked, without address that mail could reach. */
export async function installDemoPeople(context: Context, people: readonly DemoPerson[]): Promise<void> {
  if (context.actor.kind !== 'operator') throw new TerroirError('permission.denied');
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
