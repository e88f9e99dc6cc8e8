import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { OrganizationRole } from '../../model/permission.ts';
import { getDataset } from '../catalog/service.ts';
import { readReminder, reminderPath } from './rules.ts';
import { confirmUnchanged, getReminder, sendReminders } from './service.ts';

const secret = 'a secret of thirty-two characters or more';
const day = 86_400_000;
let catalogue: TestCatalogue;
let context: Context;
beforeAll(async () => {
  catalogue = await openTestCatalogue();
  context = { ...catalogue.operator, log: { info() {}, warn() {}, error() {} } };
});
beforeEach(async () => {
  await catalogue.empty();
  for (const table of ['message', 'role_grant', 'person'] as const) await catalogue.db.deleteFrom(table).execute();
});
afterAll(() => catalogue?.close());

const refused = (code: string) => expect.objectContaining({ code });

/** Somebody with a role in the town hall. @returns their id. */
async function person(email: string, role: OrganizationRole): Promise<string> {
  const { id } = await catalogue.db
    .insertInto('person')
    .values({
      email,
      name: email.split('@')[0] ?? '',
      language: 'fr',
      created_at: catalogue.now,
      updated_at: catalogue.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await catalogue.db
    .insertInto('role_grant')
    .values({
      person_id: id,
      role,
      organization: 'ville-de-tours',
      given_at: catalogue.now,
      given_by: 'operator',
      ends_at: new Date(catalogue.now.getTime() + 900 * day),
    })
    .execute();
  return id;
}

const later = (days: number) => {
  catalogue.now = new Date(catalogue.now.getTime() + days * day);
};
const letters = () =>
  catalogue.db.selectFrom('message').select(['person_id', 'kind', 'params', 'link', 'others']).orderBy('id').execute();
const saidBy = (link: string | null): Record<string, string> =>
  Object.fromEntries(new URL(link ?? '', 'http://x').searchParams);

test('the people of a dataset that passed its date get a letter, once a week at most', async () => {
  const pilot = await person('karim@example.org', 'pilot');
  const id = await catalogue.create({ title: 'Menus de cantine', frequency: 'monthly' });
  expect(await sendReminders(context, secret)).toBe(0);
  later(32);
  expect(await sendReminders(context, secret)).toBe(1);
  expect(await sendReminders(context, secret)).toBe(0);
  const [letter, ...others] = await letters();
  expect(others).toEqual([]);
  expect(letter).toMatchObject({
    person_id: pilot,
    kind: 'dataset.updateDue',
    params: { about: 'Menus de cantine', date: '2025-07-01T10:00:00.000Z' },
  });
  expect(letter?.link).toMatch(/^\/unchanged\?dataset=menus-de-cantine&/);
  later(6);
  expect(await sendReminders(context, secret)).toBe(0);
  later(1);
  expect(await sendReminders(context, secret)).toBe(1);
  later(60);
  await sendReminders(context, secret);
  expect((await letters()).at(-1)?.kind).toBe('dataset.overdue');
  expect(id).toBe('menus-de-cantine');
});

test('nobody is nagged for ever: after four letters they come once a month', async () => {
  await person('karim@example.org', 'pilot');
  await catalogue.create({ title: 'Menus de cantine', frequency: 'monthly' });
  later(31);
  let sent = 0;
  for (let days = 0; days < 70; days++) {
    sent += await sendReminders(context, secret);
    later(1);
  }
  // Days 0, 7, 14, 21, then 49.
  expect(sent).toBe(5);
});

test('what updates itself, what is a draft or a demonstration, and what has no date remind nobody', async () => {
  await person('karim@example.org', 'pilot');
  await catalogue.create({ title: 'Un brouillon', frequency: 'monthly', publish: false });
  await catalogue.create({ title: 'Une démonstration', frequency: 'monthly', demo: true });
  await catalogue.create({ title: 'Sans rythme annoncé' });
  const id = await catalogue.create({ title: 'Lu tout seul', frequency: 'monthly' });
  const now = catalogue.now;
  await catalogue.db
    .insertInto('link_source')
    .values({
      dataset_id: id,
      url: 'https://example.org/a.csv',
      rhythm: 'daily',
      hour: 5,
      weekday: 1,
      month_day: 1,
      publish: true,
      table_name: null,
      created_by: 'operator',
      created_at: now,
      changed_at: now,
      etag: null,
      last_modified: null,
      next_at: now,
      claimed_until: null,
      failing_since: null,
    })
    .execute();
  later(100);
  expect(await sendReminders(context, secret)).toBe(0);
  await catalogue.db.updateTable('link_source').set({ failures: 3 }).execute();
  expect(await sendReminders(context, secret)).toBe(1);
});

test('« rien n’a changé » is said in one gesture, once, by whom the letter was for', async () => {
  const pilot = await person('karim@example.org', 'pilot');
  const id = await catalogue.create({ title: 'Menus de cantine', frequency: 'monthly' });
  later(32);
  await sendReminders(context, secret);
  const said = saidBy((await letters())[0]?.link ?? null);
  later(1);
  expect(await getReminder(catalogue.anyone, secret, said)).toMatchObject({
    dataset: { id, title: 'Menus de cantine', organization: 'Ville de Tours' },
    done: false,
  });
  expect((await getDataset(context, id)).verifiedAt).toBeNull();
  const at = catalogue.now;
  expect(await confirmUnchanged(catalogue.anyone, secret, said)).toMatchObject({ done: true, updatedAt: at });
  later(1);
  // Sent again, by a second click or a reload: nothing more is said.
  expect(await confirmUnchanged(catalogue.anyone, secret, said)).toMatchObject({ done: true, updatedAt: at });
  expect((await getDataset(context, id)).verifiedAt).toEqual(at);
  const events = await catalogue.db.selectFrom('dataset_event').selectAll().where('verb', '=', 'verified').execute();
  expect(events.map(({ actor }) => actor)).toEqual([`person:${pilot}`]);
  expect(await sendReminders(context, secret)).toBe(0);
});

test('an address that was changed, is old, or whose person has left, opens nothing', async () => {
  const pilot = await person('karim@example.org', 'pilot');
  const id = await catalogue.create({ title: 'Menus de cantine', frequency: 'monthly' });
  const other = await catalogue.create({ title: 'Un autre jeu', frequency: 'monthly' });
  const said = saidBy(reminderPath(secret, { dataset: id, person: pilot, sentAt: catalogue.now }));
  const ask = (change: Record<string, string>) => getReminder(catalogue.anyone, secret, { ...said, ...change });
  await expect(ask({ dataset: other })).rejects.toEqual(refused('reminder.invalid'));
  await expect(ask({ person: '00000000-0000-4000-8000-000000000001' })).rejects.toEqual(refused('reminder.invalid'));
  await expect(ask({ at: String(Number(said['at']) + 1) })).rejects.toEqual(refused('reminder.invalid'));
  await expect(ask({ sign: '' })).rejects.toEqual(refused('reminder.invalid'));
  await expect(getReminder(catalogue.anyone, 'another secret', said)).rejects.toEqual(refused('reminder.invalid'));
  await catalogue.db.updateTable('role_grant').set({ ended_at: catalogue.now }).execute();
  await expect(confirmUnchanged(catalogue.anyone, secret, said)).rejects.toEqual(refused('reminder.invalid'));
  later(61);
  await expect(ask({})).rejects.toEqual(refused('reminder.expired'));
});

test('what the address says is read back', () => {
  const reminder = { dataset: 'a&b', person: 'p', sentAt: new Date('2026-01-02T03:04:05Z') };
  expect(readReminder(secret, saidBy(reminderPath(secret, reminder)), new Date('2026-02-01'))).toEqual(reminder);
});
