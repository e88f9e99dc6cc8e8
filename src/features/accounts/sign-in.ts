// Coming in: by a link in a mail, a password, an identity provider, the administrator's first link, a character of the demo.
import type { Context, ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { type Auth, type OidcFacts, openAuth, providerId } from './auth.ts';
import { readTerritoryDemo } from './demo-queries.ts';
import { countAttempt, isOneTimeLink, useOneTimeLink } from './door-queries.ts';
import { insertGrant } from './member-queries.ts';
import { insertMessages } from './message-queries.ts';
import { demoPersonId, insertSession, personByEmail, provePerson } from './person-queries.ts';
import { checkEmail, checkName, daysLater, demoIsOpen, grantEnd, safePath, sessionDays } from './rules.ts';
import type { DemoPerson } from './schemas.ts';
import { sessionCookie, sha256, tyingCookie } from './tokens.ts';

/** What the room needs beside a context: settings, the characters of the demonstration, the library that is loaded late. */
export type Doors = {
  readonly publicUrl: string;
  readonly secret: string;
  readonly secure: boolean;
  readonly oidc: OidcFacts | null;
  /** The server was started as a demonstration. */
  readonly demo: boolean;
  readonly demoPeople: readonly DemoPerson[];
  /** Where letters are kept while no server sends them; null when one does. */
  readonly mailFolder: string | null;
  /** What a link's mail begins with. */
  siteName(): Promise<string>;
  auth(): Promise<Auth>;
  /** Something is to leave at once. */
  wakePost(): void;
};

export type AccountRoutesOptions = { readonly contextOf: ContextOf; readonly doors: Doors };

/** What comes of signing in: cookies for the browser. */
export type Entry = { readonly cookies: readonly string[] };

const linksPerAddress = { max: 5, seconds: 900 };
const linksPerVisitor = { max: 30, seconds: 900 };
const passwordsPerAddress = { max: 8, seconds: 900 };

/** Makes the doors; better-auth opens at the first use, once. */
export function openDoors(context: Context, settings: Omit<Doors, 'auth' | 'secure'>): Doors {
  let opened: Promise<Auth> | null = null;
  const doors: Doors = {
    ...settings,
    secure: settings.publicUrl.startsWith('https:'),
    auth: () => {
      opened ??= openAuth({
        db: context.db,
        publicUrl: settings.publicUrl,
        secret: settings.secret,
        oidc: settings.oidc,
        attempt: (subject, rule) => countAttempt(context.db, sha256(subject), rule, context.now()),
        warn: (sentence) => context.log.warn({ sentence }, 'better-auth'),
        async sendLink({ email, token, next: packed }) {
          const { next, language } = unpacked(packed);
          const person = await personByEmail(context.db, email);
          const link = withQuery(urls.signInLink(), { token, next: next === '/account' ? null : next });
          const message = {
            personId: person?.id ?? null,
            email,
            language: person?.language ?? language,
            kind: 'signIn',
            params: { about: await settings.siteName() },
            link,
            others: [],
            rhythm: 'instantly',
            dueAt: context.now(),
          } as const;
          await insertMessages(context.db, [message], context.now());
          settings.wakePost();
        },
      }).catch((error: unknown) => {
        opened = null;
        throw error;
      });
      return opened;
    },
  };
  return doors;
}

/**
 * Sends a link by which whoever reads that mail comes in; an account is made the first time it is used. The answer is the
 * same whether the address is known or not.
 * @throws TerroirError person.emailInvalid, request.tooMany
 */
export async function askForLink(
  context: Context,
  doors: Doors,
  request: { readonly email: string; readonly next: string; readonly language: Language; readonly visitor: string },
): Promise<void> {
  const email = checkEmail(request.email);
  await mustNotHurry(context, `link:${email}`, linksPerAddress);
  await mustNotHurry(context, `links-of:${request.visitor}`, linksPerVisitor);
  const auth = await doors.auth();
  await auth.api.signInMagicLink({
    body: { email, metadata: { next: packedNext(request.language, request.next) } },
    headers: new Headers(),
  });
}

/** Uses a link, once. @throws TerroirError link.invalid */
export async function enterByLink(doors: Doors, token: string, userAgent: string | null): Promise<Entry> {
  const auth = await doors.auth();
  try {
    const { headers } = await auth.api.magicLinkVerify({
      query: { token },
      headers: agent(userAgent),
      returnHeaders: true,
    });
    return { cookies: headers.getSetCookie() };
  } catch (error) {
    throw refusedByAuth(error, new TerroirError('link.invalid'));
  }
}

/** @throws TerroirError password.wrong (whatever is wrong), request.tooMany */
export async function enterByPassword(
  context: Context,
  doors: Doors,
  request: { readonly email: string; readonly password: string; readonly userAgent: string | null; visitor: string },
): Promise<Entry> {
  const wrong = new TerroirError('password.wrong');
  const email = await Promise.resolve(request.email)
    .then(checkEmail)
    .catch(() => '');
  if (email === '') throw wrong;
  await mustNotHurry(context, `password:${email}`, passwordsPerAddress);
  await mustNotHurry(context, `passwords-of:${request.visitor}`, linksPerVisitor);
  const auth = await doors.auth();
  try {
    const { headers } = await auth.api.signInEmail({
      body: { email, password: request.password.slice(0, 1000) },
      headers: agent(request.userAgent),
      returnHeaders: true,
    });
    return { cookies: headers.getSetCookie() };
  } catch (error) {
    throw refusedByAuth(error, wrong);
  }
}

/**
 * Where the identity provider asks who it is; for a person who is signed in, the two accounts are tied instead.
 * @throws TerroirError provider.failed
 */
export async function goToProvider(
  doors: Doors,
  request: { readonly next: string; readonly cookie: string | undefined; readonly link: boolean },
): Promise<Entry & { readonly address: string }> {
  const failed = new TerroirError('provider.failed', { name: doors.oidc?.name ?? 'OpenID Connect' });
  if (doors.oidc === null) throw new TerroirError('page.unknown');
  const auth = await doors.auth();
  const body = {
    provider: providerId,
    callbackURL: safePath(request.next),
    errorCallbackURL: withQuery(urls.signIn(), { refused: 'provider' }),
    disableRedirect: true,
  };
  const headers = new Headers(request.cookie === undefined ? {} : { cookie: request.cookie });
  try {
    const answer = request.link
      ? await auth.api.linkSocialAccount({ body, headers, returnHeaders: true })
      : await auth.api.signInSocial({ body, headers, returnHeaders: true });
    const address = answer.response.url;
    if (address === undefined) throw failed;
    const cookies = answer.headers.getSetCookie();
    if (!request.link) return { address, cookies };
    const state = new URL(address).searchParams.get('state') ?? '';
    return { address, cookies: [...cookies, tyingCookie(state, doors.secret, doors.secure)] };
  } catch (error) {
    throw refusedByAuth(error, failed);
  }
}

/** @throws TerroirError link.invalid */
export async function checkAdministratorLink(context: Context, token: string): Promise<void> {
  if (!(await isOneTimeLink(context.db, sha256(token), context.now()))) throw new TerroirError('link.invalid');
}

/**
 * Whoever reads the console becomes the administrator: the operator of the machine, and the territory's steward.
 * @throws TerroirError person.emailInvalid, person.nameInvalid, link.invalid
 */
export async function enterAsAdministrator(
  context: Context,
  doors: Doors,
  request: {
    readonly token: string;
    readonly email: string;
    readonly name: string;
    readonly language: Language;
    readonly userAgent: string | null;
  },
): Promise<Entry> {
  const email = checkEmail(request.email);
  const name = checkName(request.name);
  if (!(await useOneTimeLink(context.db, sha256(request.token), context.now()))) throw new TerroirError('link.invalid');
  const personId = await provePerson(context.db, { email, name, language: request.language });
  const author = { actor: 'operator', now: context.now() };
  for (const role of ['operator', 'steward'] as const) {
    const grant = { personId, role, organization: null, endsAt: grantEnd(context.now()) };
    await insertGrant(context.db, grant, author).catch((error: unknown) => {
      if (!(error instanceof TerroirError && error.code === 'role.alreadyHeld')) throw error;
    });
  }
  return enterAs(context, doors, personId, request.userAgent);
}

/** Whether characters of the demonstration may come in: the server and the territory both say that this is one. */
export async function demoIsRunning(context: Context, doors: Doors): Promise<boolean> {
  return demoIsOpen({ started: doors.demo, territory: await readTerritoryDemo(context.db), person: true });
}

/** @throws TerroirError page.unknown outside the demonstration, or for somebody who is no character of it */
export async function enterAsDemoPerson(
  context: Context,
  doors: Doors,
  key: string,
  userAgent: string | null,
): Promise<Entry> {
  const personId = await demoPersonId(context.db, key.slice(0, 50));
  const open = demoIsOpen({
    started: doors.demo,
    territory: await readTerritoryDemo(context.db),
    person: personId !== null,
  });
  if (!open || personId === null) throw new TerroirError('page.unknown');
  return enterAs(context, doors, personId, userAgent);
}

/** Opens a session for a person who has shown who they are. */
export async function enterAs(
  context: Context,
  doors: Doors,
  personId: string,
  userAgent: string | null,
): Promise<Entry> {
  const now = context.now();
  const until = daysLater(now, sessionDays);
  const token = await insertSession(context.db, { personId, userAgent, now, until });
  return { cookies: [sessionCookie(token, doors.secret, { secure: doors.secure, seconds: sessionDays * 86_400 })] };
}

/** What travels through better-auth with a link: the language of the page, and where to go then. */
function packedNext(language: Language, next: string): string {
  return `${language} ${safePath(next)}`;
}

function unpacked(packed: string): { readonly next: string; readonly language: Language } {
  return { language: packed.startsWith('en ') ? 'en' : 'fr', next: safePath(packed.slice(3)) };
}

async function mustNotHurry(context: Context, subject: string, rule: { max: number; seconds: number }): Promise<void> {
  const wait = await countAttempt(context.db, sha256(subject), rule, context.now());
  if (wait !== null) throw new TerroirError('request.tooMany', { minutes: Math.ceil(wait / 60) });
}

function agent(userAgent: string | null): Headers {
  return new Headers(userAgent === null ? {} : { 'user-agent': userAgent });
}

/** better-auth refuses by errors that carry a status; anything else is unforeseen and stays so. */
function refusedByAuth(error: unknown, refusal: TerroirError): unknown {
  const known = error instanceof Error && (error.name === 'APIError' || error instanceof TerroirError);
  return known && !(error instanceof TerroirError) ? refusal : error;
}
