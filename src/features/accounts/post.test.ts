// Letters on a real database with a clock to move: grouping, nights, languages, refusals, links that open and that stop.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { secret, slug, usePeople } from '../../../test/people.ts';
import { MailRefused } from '../../stores/mail/mailer.ts';
import { mustBeSigned, unsubscribe, unsubscribePath } from './mails.ts';
import { acceptInvitation, getOrganizationPeople, invite } from './members.ts';
import { sendDue } from './post.ts';
import { notify } from './service.ts';

const people = usePeople();

const published = (about: string, to: readonly string[]) =>
  ({ kind: 'dataset.published', params: { about, rows: 12 }, link: '/datasets/x', to, organization: slug }) as const;

test('what can wait is grouped into one letter a day, at 8 o’clock, in the person’s language', async () => {
  const ada = await people.person('Ada', 'en');
  await notify(people.operator, published('Trees of Tours', [ada]));
  await notify(people.operator, published('Bins of Tours', [ada]));
  expect(await sendDue(people.post())).toBe(0);
  people.catalogue.now = new Date('2026-01-15T07:00:00Z');
  expect(await sendDue(people.post())).toBe(1);
  expect(await sendDue(people.post())).toBe(0);
  const [letter] = people.sent;
  expect(letter?.to).toBe('ada@example.org');
  expect(letter?.subject).toBe('Touraine: 2 pieces of news for you');
  for (const words of [
    'Hello,',
    'Trees of Tours',
    'Bins of Tours',
    'https://x.example/datasets/x',
    'Stop all messages',
  ])
    expect(letter?.text).toContain(words);
  expect(letter?.html).toContain('<html lang="en">');
});

test('a letter alone begins with what it is about, and names who else was told', async () => {
  const [pilot, editor] = [await people.member('Karim', 'pilot'), await people.member('Sarah', 'editor')];
  await people.rhythm(pilot, 'instantly');
  await notify(people.operator, published('Arbres <b>', [pilot, editor, pilot]));
  expect(await sendDue(people.post())).toBe(1);
  expect(people.sent[0]?.subject).toBe('Arbres <b> : c’est en ligne');
  expect(people.sent[0]?.text).toContain('Ont aussi reçu ce message : Sarah (éditeur ou éditrice).');
  expect(people.sent[0]?.html).toContain('Arbres &lt;b&gt;');
  expect(people.sent[0]?.html).not.toContain('<b>');
});

test('whoever does something is not told of it; whoever wants nothing gets nothing', async () => {
  const [pilot, editor] = [await people.member('Karim', 'pilot'), await people.member('Sarah', 'editor')];
  await people.rhythm(editor, 'never');
  await notify(await people.as(pilot), published('Arbres', [pilot, editor]));
  people.catalogue.now = new Date('2026-02-01T12:00:00Z');
  expect(await sendDue(people.post())).toBe(0);
});

test('what is urgent leaves at once, but not at night', async () => {
  const pilot = await people.member('Karim', 'pilot');
  people.catalogue.now = new Date('2026-01-14T21:30:00Z');
  const urgent = { kind: 'deposit.approvalAsked', params: { about: 'Arbres', by: 'Sarah' }, link: '/desk' } as const;
  await notify(people.operator, { ...urgent, to: [pilot] });
  expect(await sendDue(people.post())).toBe(0);
  people.catalogue.now = new Date('2026-01-15T06:00:00Z');
  expect(await sendDue(people.post())).toBe(1);
});

test('a letter that does not leave is tried again; an address that nobody knows is told to its organization', async () => {
  const pilot = await people.member('Karim', 'pilot');
  await people.rhythm(pilot, 'instantly');
  await notify(people.operator, published('Arbres', [pilot]));
  people.failing = new MailRefused('451', false);
  expect(await sendDue(people.post())).toBe(0);
  people.failing = null;
  expect(await sendDue(people.post())).toBe(0);
  people.catalogue.now = new Date(people.catalogue.now.getTime() + 60_000);
  expect(await sendDue(people.post())).toBe(1);

  await notify(people.operator, published('Bancs', [pilot]));
  people.failing = new MailRefused('550', true);
  await sendDue(people.post());
  expect((await getOrganizationPeople(people.operator, slug)).members[0]?.bounced).toBe(true);
  people.failing = null;
  people.catalogue.now = new Date(people.catalogue.now.getTime() + 86_400_000);
  expect(await sendDue(people.post())).toBe(0);
});

test('two processes never send the same letter', async () => {
  const ids = await Promise.all(['Ada', 'Bea', 'Cid', 'Dan'].map((name) => people.person(name)));
  for (const id of ids) await people.rhythm(id, 'instantly');
  await notify(people.operator, published('Arbres', ids));
  const counts = await Promise.all([sendDue(people.post()), sendDue(people.post()), sendDue(people.post())]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(new Set(people.sent.map((letter) => letter.to)).size).toBe(4);
});

test('the link that stops letters is each person’s own', async () => {
  const [ada, bea] = [await people.person('Ada'), await people.person('Bea')];
  const sign = new URL(unsubscribePath(secret, ada), 'https://x.example').searchParams.get('sign') ?? '';
  expect(() => mustBeSigned(secret, bea, sign)).toThrow(expect.objectContaining({ code: 'link.invalid' }));
  expect(() => mustBeSigned('another', ada, sign)).toThrow(expect.objectContaining({ code: 'link.invalid' }));
  await notify(people.operator, published('Arbres', [ada, bea]));
  await unsubscribe(people.operator, secret, ada, sign);
  people.catalogue.now = new Date('2026-01-15T08:00:00Z');
  await sendDue(people.post());
  expect(people.sent.map((letter) => letter.to)).toEqual(['bea@example.org']);
});

test('an invitation’s letter opens its door; what it held is forgotten once it has left', async () => {
  const pilot = await people.member('Karim', 'pilot');
  await invite(await people.as(pilot), slug, { email: 'new@example.org', role: 'editor', language: 'en' });
  expect(await sendDue(people.post())).toBe(1);
  const token = /\/invitations\/([\w-]+)/.exec(people.sent[0]?.text ?? '')?.[1] ?? '';
  expect(people.sent[0]?.subject).toBe('Ville de Tours: you are invited to publish its data');
  const { rows } = await sql`select 1 from message where link is not null or params <> '{}'`.execute(
    people.catalogue.db,
  );
  expect(rows).toEqual([]);
  const { rows: kept } = await sql`select 1 from joining where token_sha256 = ${token}`.execute(people.catalogue.db);
  expect(kept).toEqual([]);
  people.catalogue.now = new Date(people.catalogue.now.getTime() + 15 * 86_400_000);
  await expect(acceptInvitation(people.anyone, token, { name: 'New', language: 'fr' })).rejects.toMatchObject({
    code: 'link.invalid',
  });
});
