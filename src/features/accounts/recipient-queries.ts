// Whom a message goes to, and by which role they are named.
import type { Language } from '../../model/language.ts';
import type { Rhythm } from '../../model/people.ts';
import type { Role } from '../../model/permission.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';

export type Recipient = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly rhythm: Rhythm;
  /** Their role in the organization concerned, else across organizations. */
  readonly role: string;
};

export async function recipients(
  db: Metadata,
  ids: readonly string[],
  organization: string | null,
  now: Date,
): Promise<readonly Recipient[]> {
  const [people, grants] = await Promise.all([
    db
      .selectFrom('person')
      .select(['id', 'name', 'email', 'language', 'rhythm'])
      .where('id', 'in', ids)
      .orderBy('name')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('role_grant')
      .select(['person_id', 'role', 'organization'])
      .where('person_id', 'in', ids)
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .orderBy('given_at')
      .execute(),
  ]);
  return people.map((person) => {
    const own = grants.filter((grant) => grant.person_id === person.id);
    const role: Role | undefined = (
      own.find((grant) => grant.organization === organization) ?? own.find((grant) => grant.organization === null)
    )?.role;
    return { ...person, name: person.name === '' ? person.email : person.name, role: role ?? 'reader' };
  });
}
