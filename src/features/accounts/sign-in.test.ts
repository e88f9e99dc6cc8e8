// better-auth on our tables, under our names: nothing is missing, and both read each other's cookies, over https too.
import { getMigrations } from 'better-auth/db/migration';
import { expect, test } from 'vitest';
import { secret, usePeople } from '../../../test/people.ts';
import { MailRefused } from '../../stores/mail/mailer.ts';
import { sendDue } from './post.ts';
import { identify } from './service.ts';
import { askForLink, type Doors, enterAs, enterByLink, openDoors } from './sign-in.ts';

const people = usePeople();

function doorsAt(publicUrl: string): Doors {
  return openDoors(people.anyone, {
    publicUrl,
    secret,
    oidc: null,
    demo: false,
    demoPeople: [],
    mailFolder: null,
    siteName: async () => 'Touraine',
    wakePost() {},
  });
}

test('better-auth finds every table and column that it wants', async () => {
  const auth = await doorsAt('http://localhost:3000').auth();
  const wanted = await getMigrations(auth.options, { throwOnUnsafe: false });
  const missing = [...wanted.toBeCreated, ...wanted.toBeAdded].map(({ table, fields }) => ({
    table,
    fields: Object.keys(fields),
  }));
  expect(missing).toEqual([]);
});

test.each([
  ['http://localhost:3000', 'terroir.session_token'],
  ['https://donnees.example.fr', '__Secure-terroir.session_token'],
])('at %s a link opens a session that we read, and better-auth reads ours', async (publicUrl, cookieName) => {
  // better-auth looks at the true clock.
  people.catalogue.now = new Date();
  const doors = doorsAt(publicUrl);
  const request = { email: 'ada@example.org', next: '/desk', language: 'en', visitor: '192.0.2.1' } as const;
  await askForLink(people.anyone, doors, request);
  await sendDue(people.post());
  expect(people.sent[0]?.subject).toBe('Touraine: your link to sign in');
  const link = new URL(/https?:\/\/\S+\/sign-in\/link\S+/.exec(people.sent[0]?.text ?? '')?.[0] ?? '');
  expect(link.searchParams.get('next')).toBe('/desk');
  const { cookies } = await enterByLink(doors, link.searchParams.get('token') ?? '', 'Firefox');
  const cookie = cookies.find((one) => one.startsWith(`${cookieName}=`)) ?? '';
  for (const word of ['HttpOnly', 'SameSite=Lax', ...(publicUrl.startsWith('https') ? ['Secure'] : [])])
    expect(cookie).toContain(word);
  const how = { secret, secure: doors.secure, demo: false };
  const visitor = await identify(people.anyone, how, { cookie: cookie.split(';')[0] ?? '' });
  expect(visitor.person?.name).toBe('ada@example.org');

  const own = await enterAs(people.anyone, doors, visitor.person?.id ?? '', null);
  const headers = new Headers({ cookie: own.cookies[0]?.split(';')[0] ?? '' });
  const session = await (await doors.auth()).api.getSession({ headers });
  expect(session?.user.email).toBe('ada@example.org');
});

test('the token of a link is kept as a hash, and forgotten once its letter has left or was given up', async () => {
  people.catalogue.now = new Date();
  const doors = doorsAt('http://localhost:3000');
  const request = { email: 'ada@example.org', next: '', language: 'fr', visitor: '192.0.2.1' } as const;
  await askForLink(people.anyone, doors, request);
  const waiting = await people.catalogue.db.selectFrom('message').select('link').executeTakeFirstOrThrow();
  const token = new URL(waiting.link ?? '', 'http://x.example').searchParams.get('token') ?? '';
  expect(token.length).toBeGreaterThanOrEqual(32);
  const kept = await people.catalogue.db.selectFrom('person_verification').selectAll().execute();
  expect(JSON.stringify(kept)).not.toContain(token);
  await sendDue(people.post());
  const { link } = await people.catalogue.db.selectFrom('message').select('link').executeTakeFirstOrThrow();
  expect(link).toBeNull();

  await askForLink(people.anyone, doors, { ...request, email: 'nobody@example.org' });
  people.failing = new MailRefused('550', true);
  await sendDue(people.post());
  const links = await people.catalogue.db.selectFrom('message').select(['link', 'params']).execute();
  expect(links.every((message) => message.link === null && Object.keys(message.params).length === 0)).toBe(true);
});
