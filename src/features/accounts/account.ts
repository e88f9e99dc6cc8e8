// One's own account: name, language, rhythm, sessions, passkeys, password.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { rhythms } from '../../model/people.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import type { SignedIn } from '../../web/visitor.ts';
import { freshMinutes, passwordLength, providerId } from './auth.ts';
import { countAttempt } from './door-queries.ts';
import { pendingJoinings } from './joining-queries.ts';
import { doorKinds } from './letters.ts';
import { isUuid } from './member-queries.ts';
import { noticesOf, rescheduleMessages } from './message-queries.ts';
import {
  accountFacts,
  deletePasskey,
  deletePassword,
  deletePerson,
  deleteSessions,
  grantsOf,
  personById,
  updatePerson,
} from './person-queries.ts';
import { browserName, checkName, dueAt } from './rules.ts';
import type { Account, Joining } from './schemas.ts';
import type { Doors } from './sign-in.ts';
import { sha256 } from './tokens.ts';

const shownNotices = 20;

/** The person who acts. @throws TerroirError session.needed */
export function mustBeSignedIn(context: Context): string {
  const { actor } = context;
  if (actor.kind !== 'person') throw new TerroirError('session.needed');
  mustBeAbleTo(actor, 'account.manage', { person: actor.id });
  return actor.id;
}

/** @throws TerroirError session.needed */
export async function getAccount(context: Context, sessionId: string): Promise<Account> {
  const id = mustBeSignedIn(context);
  const now = context.now();
  const [person, facts, notices] = await Promise.all([
    personById(context.db, id),
    accountFacts(context.db, id, now),
    noticesOf(context.db, id, doorKinds, shownNotices),
  ]);
  if (person === undefined) throw new TerroirError('session.needed');
  return {
    id,
    name: person.name,
    email: person.email,
    language: person.language,
    rhythm: person.rhythm,
    demo: person.demo !== null,
    hasPassword: facts.credentials.some((one) => one.has_password),
    hasProvider: facts.credentials.some((one) => one.provider_id === providerId),
    grants: facts.grants,
    sessions: facts.sessions.map((session) => ({
      id: session.id,
      openedAt: session.created_at,
      browser: browserName(session.user_agent),
      current: session.id === sessionId,
    })),
    passkeys: facts.passkeys.map((one) => ({ id: one.id, name: one.name, createdAt: one.created_at })),
    notices,
  };
}

/** The requests to join that wait for an answer. @throws TerroirError session.needed */
export async function getOwnRequests(context: Context): Promise<readonly Joining[]> {
  const personId = mustBeSignedIn(context);
  const joinings = await pendingJoinings(context.db, { personId }, context.now());
  return joinings
    .filter((joining) => joining.kind === 'request')
    .map(({ personId: _personId, madeBy: _madeBy, ...joining }) => joining);
}

/** @throws TerroirError session.needed, person.nameInvalid */
export async function changeAccount(
  context: Context,
  changes: { readonly name?: string; readonly language?: Language; readonly rhythm?: string },
): Promise<void> {
  const id = mustBeSignedIn(context);
  const person = await personById(context.db, id);
  // A character keeps its name: other visitors of the demonstration read it.
  const named = changes.name !== undefined && person?.demo === null;
  const rhythm = rhythms.find((one) => one === changes.rhythm);
  await updatePerson(context.db, id, {
    ...(named && { name: checkName(changes.name ?? '') }),
    ...(changes.language !== undefined && { language: changes.language }),
    ...(rhythm !== undefined && { rhythm }),
  });
  if (rhythm !== undefined)
    await rescheduleMessages(context.db, id, rhythm, dueAt(rhythm, context.now(), false), doorKinds);
}

/** Ends one session, or all the others. @throws TerroirError session.needed */
export async function endSessions(context: Context, which: { only: string } | { except: string }): Promise<void> {
  const id = mustBeSignedIn(context);
  if ('only' in which && !isUuid(which.only)) return;
  await deleteSessions(context.db, id, which);
}

/** @throws TerroirError session.needed */
export async function removePasskey(context: Context, passkeyId: string): Promise<void> {
  const id = mustBeSignedIn(context);
  if (isUuid(passkeyId)) await deletePasskey(context.db, id, passkeyId);
}

/**
 * Chooses a password, or another one. Whoever forgot theirs comes in by a link first: a session that young needs no password.
 * All other sessions end.
 * @throws TerroirError session.needed, session.tooOld, password.tooShort, password.tooLong, password.wrong, request.tooMany
 */
export async function choosePassword(
  context: Context,
  doors: Doors,
  person: SignedIn,
  request: { readonly password: string; readonly current: string },
): Promise<void> {
  const id = mustBeSignedIn(context);
  if (person.demo) throw new TerroirError('permission.denied');
  const { password, current } = request;
  const length = [...password].length;
  if (length < passwordLength.min) throw new TerroirError('password.tooShort', { min: passwordLength.min });
  if (length > passwordLength.max) throw new TerroirError('password.tooLong', { max: passwordLength.max });
  const auth = await doors.auth();
  const { internalAdapter, password: hashing } = await auth.$context;
  const known = await internalAdapter.findCredentialAccount(id);
  if (current !== '' && known?.password) {
    const wait = await countAttempt(context.db, sha256(`current:${id}`), { max: 8, seconds: 900 }, context.now());
    if (wait !== null) throw new TerroirError('request.tooMany', { minutes: Math.ceil(wait / 60) });
    if (!(await hashing.verify({ hash: known.password, password: current }))) throw new TerroirError('password.wrong');
  } else mustBeFresh(context, person);
  const hash = await hashing.hash(password);
  if (known === null || known === undefined)
    await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password: hash });
  else await internalAdapter.updateAccount(known.id, { password: hash });
  await deleteSessions(context.db, id, { except: person.session.id });
}

/** @throws TerroirError session.needed, session.tooOld */
export async function removePassword(context: Context, person: SignedIn): Promise<void> {
  const id = mustBeSignedIn(context);
  mustBeFresh(context, person);
  await deletePassword(context.db, id);
}

/**
 * Erases one's own account: name, address, ways in, messages. What was done stays in the logs under a number that leads to
 * nobody. Whoever still answers for something hands it over first.
 * @throws TerroirError session.needed, session.tooOld, person.holdsRoles, permission.denied
 */
export async function removeAccount(context: Context, person: SignedIn): Promise<void> {
  const id = mustBeSignedIn(context);
  if (person.demo) throw new TerroirError('permission.denied');
  mustBeFresh(context, person);
  if ((await grantsOf(context.db, id, context.now())).length > 0) throw new TerroirError('person.holdsRoles');
  await deletePerson(context.db, id);
}

function mustBeFresh(context: Context, person: SignedIn): void {
  if (context.now().getTime() - person.session.openedAt.getTime() > freshMinutes * 60_000)
    throw new TerroirError('session.tooOld');
}
