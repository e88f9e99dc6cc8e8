// Accounts that nobody uses: warned after eleven months, erased after twelve, when they hold no role that somebody must take over.
import type { Context } from '../../context.ts';
import { urls } from '../../web/urls.ts';
import { insertMessages } from './message-queries.ts';
import { deletePerson, silentPeople } from './person-queries.ts';
import { daysLater } from './rules.ts';

const warnedAfterDays = 335;
const erasedAfterDays = 365;
/** What a person has at least, between the warning and the end. */
const graceDays = 25;
const kind = 'accountEnding';

/** Warns once those who have not come for eleven months; the person at the machine's clock does it. */
export async function warnSilentPeople(context: Context): Promise<void> {
  const now = context.now();
  const people = await silentPeople(context.db, { before: daysLater(now, -warnedAfterDays), kind, now });
  await insertMessages(
    context.db,
    people
      .filter((person) => person.warnedAt === null)
      .map(({ id, email, language }) => ({
        personId: id,
        email,
        language,
        kind,
        params: { about: email, until: daysLater(now, erasedAfterDays - warnedAfterDays).toISOString() },
        link: urls.account(),
        others: [],
        // Told to everybody, also to those who want no news: it is about their account.
        rhythm: 'instantly' as const,
        dueAt: now,
      })),
    now,
  );
}

/** Erases those who were warned, and have not come. */
export async function eraseSilentPeople(context: Context): Promise<void> {
  const now = context.now();
  const people = await silentPeople(context.db, { before: daysLater(now, -erasedAfterDays), kind, now });
  for (const { id, warnedAt } of people)
    if (warnedAt !== null && warnedAt <= daysLater(now, -graceDays)) await deletePerson(context.db, id);
}
