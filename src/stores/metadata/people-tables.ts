// The tables of people, rights and messages, as queries see them; made by migrations/0010-people.ts and 0011-mail.ts.
import type { ColumnType, Generated } from 'kysely';
import type { Language } from '../../model/language.ts';
import type { Rhythm } from '../../model/people.ts';
import type { KeyScope, OrganizationRole, Role } from '../../model/permission.ts';

/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

export type JoiningState = 'pending' | 'accepted' | 'refused' | 'cancelled';

export type PersonTable = {
  id: Generated<string>;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  language: Generated<Language>;
  rhythm: Generated<Rhythm>;
  demo: string | null;
  seen_at: Date | null;
  bounced_at: Date | null;
};

export type PersonSessionTable = {
  id: Generated<string>;
  token: string;
  person_id: string;
  expires_at: Date;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  ip_address: string | null;
  user_agent: string | null;
};

export type PersonCredentialTable = {
  id: Generated<string>;
  person_id: string;
  account_id: string;
  provider_id: string;
  password: string | null;
};

export type PersonPasskeyTable = {
  id: Generated<string>;
  name: string | null;
  person_id: string;
  created_at: Date | null;
};

export type PersonVerificationTable = { id: Generated<string>; identifier: string; value: string; expires_at: Date };

export type OneTimeLinkTable = {
  sha256: string;
  purpose: 'administrator';
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};

export type AttemptTable = { subject: string; count: number; since: Date };

export type RoleGrantTable = {
  id: Generated<string>;
  person_id: string;
  role: Role;
  organization: string | null;
  given_by: string;
  given_at: Date;
  ends_at: Date;
  renewed_at: Date | null;
  reminded_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
};

export type ApiKeyTable = {
  id: Generated<string>;
  organization: string;
  name: string;
  scopes: readonly KeyScope[];
  prefix: string;
  sha256: string;
  created_by: string;
  created_at: Date;
  ends_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  revoked_by: string | null;
};

export type JoiningTable = {
  id: Generated<string>;
  kind: 'invitation' | 'request';
  organization: string;
  role: OrganizationRole;
  email: string;
  person_id: string | null;
  message: string;
  state: JoiningState;
  token_sha256: string | null;
  made_by: string;
  created_at: Date;
  expires_at: Date;
  closed_at: Date | null;
  closed_by: string | null;
};

export type HandoverTable = {
  id: Generated<string>;
  organization: string;
  person_id: string | null;
  person_name: string;
  role: OrganizationRole;
  reason: 'left' | 'ended' | 'removed';
  successor: string | null;
  made_at: Date;
  sheet: Json<Readonly<Record<string, unknown>>>;
};

export type PeopleEventTable = {
  id: Generated<string>;
  at: Date;
  actor: string;
  verb: string;
  organization: string | null;
  person_id: string | null;
  details: Json<Readonly<Record<string, unknown>>>;
};

export type MessageTable = {
  id: Generated<string>;
  person_id: string | null;
  email: string;
  language: Language;
  kind: string;
  params: Json<Readonly<Record<string, string | number>>>;
  link: string | null;
  others: Json<readonly { readonly name: string; readonly role: string }[]>;
  rhythm: Rhythm;
  created_at: Date;
  due_at: Date | null;
  claimed_until: Date | null;
  attempts: Generated<number>;
  sent_at: Date | null;
  failed_at: Date | null;
};

export type PeopleTables = {
  person: PersonTable;
  person_session: PersonSessionTable;
  person_credential: PersonCredentialTable;
  person_passkey: PersonPasskeyTable;
  person_verification: PersonVerificationTable;
  one_time_link: OneTimeLinkTable;
  attempt: AttemptTable;
  role_grant: RoleGrantTable;
  api_key: ApiKeyTable;
  joining: JoiningTable;
  handover: HandoverTable;
  people_event: PeopleEventTable;
  message: MessageTable;
};
