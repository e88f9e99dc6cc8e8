// People for a test: a real database with a clock to move, persons with roles, and a post office whose letters are kept.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Context } from '../src/context.ts';
import { unsubscribePath } from '../src/features/accounts/mails.ts';
import { insertGrant } from '../src/features/accounts/member-queries.ts';
import { grantsOf, provePerson } from '../src/features/accounts/person-queries.ts';
import type { PostOptions } from '../src/features/accounts/post.ts';
import { grantEnd } from '../src/features/accounts/rules.ts';
import type { OrganizationRole, Role } from '../src/model/permission.ts';
import type { Letter, MailRefused } from '../src/stores/mail/mailer.ts';
import { openTestCatalogue, type TestCatalogue } from './catalogue.ts';

export const secret = 'forty letters that nobody else has, yes?';
/** The organization that people of a test belong to. */
export const slug = 'ville-de-tours';

export type People = {
  readonly catalogue: TestCatalogue;
  readonly operator: Context;
  readonly anyone: Context;
  readonly sent: Letter[];
  /** What the mail server answers, when it does not take a letter. */
  failing: MailRefused | null;
  post(): PostOptions;
  person(name: string, language?: 'fr' | 'en'): Promise<string>;
  give(personId: string, role: Role, organization?: string | null): Promise<void>;
  member(name: string, role: OrganizationRole): Promise<string>;
  as(id: string): Promise<Context>;
  rhythm(id: string, wanted: string): Promise<void>;
};

/** Opens all that once for the tests of a file, and empties it before each: a Wednesday of January, 10 o’clock in Paris. */
export function usePeople(): People {
  let catalogue: TestCatalogue;
  let sent: Letter[] = [];
  beforeAll(async () => {
    catalogue = await openTestCatalogue();
  });
  afterAll(() => catalogue.close());
  beforeEach(async () => {
    await sql`truncate person, role_grant, api_key, joining, handover, message, attempt, one_time_link cascade`.execute(
      catalogue.db,
    );
    await catalogue.empty();
    catalogue.now = new Date('2026-01-14T09:00:00Z');
    sent = [];
    people.failing = null;
  });
  const log = { info() {}, warn() {}, error() {} };
  const people: People = {
    get catalogue() {
      return catalogue;
    },
    get operator() {
      return { ...catalogue.operator, log };
    },
    get anyone() {
      return { ...catalogue.anyone, log };
    },
    get sent() {
      return sent;
    },
    failing: null,
    post: () => ({
      context: people.operator,
      mailer: {
        async send(letter) {
          if (people.failing !== null) throw people.failing;
          sent.push(letter);
        },
        close() {},
      },
      from: 'Touraine <donnees@example.org>',
      unsubscribePath: (id) => unsubscribePath(secret, id),
      site: async () => ({ name: 'Touraine', url: 'https://x.example', accountUrl: 'https://x.example/account' }),
    }),
    person: (name, language = 'fr') =>
      provePerson(catalogue.db, { email: `${name.toLowerCase()}@example.org`, name, language }),
    async give(personId, role, organization = slug) {
      const author = { actor: 'operator', now: catalogue.now };
      const grant = { personId, role, organization, endsAt: grantEnd(catalogue.now) };
      await insertGrant(catalogue.db, grant, author);
    },
    async member(name, role) {
      const id = await people.person(name);
      await people.give(id, role);
      return id;
    },
    as: async (id) => ({
      ...people.operator,
      actor: { kind: 'person', id, grants: await grantsOf(catalogue.db, id, catalogue.now) },
    }),
    async rhythm(id, wanted) {
      await sql`update person set rhythm = ${wanted} where id = ${id}`.execute(catalogue.db);
    },
  };
  return people;
}
