// What enters and leaves the room of people: members, invitations, keys, sheets that are handed over, notices.
import type { Language } from '../../model/language.ts';
import type { Membership, Rhythm } from '../../model/people.ts';
import type { KeyScope, OrganizationRole, Role, TerritoryRole } from '../../model/permission.ts';

/** A role of a person, as pages show it. */
export type GrantFacts = {
  readonly id: string;
  readonly role: Role;
  readonly organization: { readonly slug: string; readonly name: string } | null;
  readonly givenAt: Date;
  readonly endsAt: Date;
};

export type Account = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly rhythm: Rhythm;
  readonly demo: boolean;
  readonly hasPassword: boolean;
  /** Whether an account of the identity provider is tied to this one. */
  readonly hasProvider: boolean;
  readonly grants: readonly GrantFacts[];
  readonly sessions: readonly SessionFacts[];
  readonly passkeys: readonly { readonly id: string; readonly name: string | null; readonly createdAt: Date | null }[];
  readonly notices: readonly Notice[];
};

export type SessionFacts = {
  readonly id: string;
  readonly openedAt: Date;
  readonly browser: string | null;
  readonly current: boolean;
};

/** Something a person was told, in words or by mail. */
export type Notice = {
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly link: string | null;
  readonly at: Date;
};

export type Member = {
  readonly grantId: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly givenAt: Date;
  readonly endsAt: Date;
  /** The last day they came, null when they never did. */
  readonly seenAt: Date | null;
  /** Their mail came back. */
  readonly bounced: boolean;
  readonly demo: boolean;
};

export type Joining = {
  readonly id: string;
  readonly kind: 'invitation' | 'request';
  readonly organization: { readonly slug: string; readonly name: string };
  readonly role: OrganizationRole;
  readonly email: string;
  readonly name: string | null;
  readonly message: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  readonly endsAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** How many days a key may work. */
export const keyLives = [90, 365, 730] as const;

export type OrganizationKeys = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly keys: readonly ApiKey[];
};

/** A person who holds a role across organizations. */
export type TerritoryHolder = {
  readonly grantId: string;
  readonly name: string;
  readonly email: string;
  readonly role: TerritoryRole;
  readonly endsAt: Date;
  readonly demo: boolean;
};

/** A letter that a demonstration keeps instead of sending it. */
export type KeptLetter = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly at: Date;
  readonly text: string;
};

/** What a demonstration would send later: people are told by their own rhythm, and not at night. */
export type WaitingMessage = {
  readonly to: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly dueAt: Date;
};

export type OrganizationPeople = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly membership: { readonly state: Membership; readonly since: Date; readonly reason: string | null };
  readonly approval: boolean;
  readonly members: readonly Member[];
  readonly pending: readonly Joining[];
  readonly handovers: readonly { readonly id: string; readonly personName: string; readonly madeAt: Date }[];
};

/** « Fiche de passation »: what the next person needs on the first day. */
export type HandoverSheet = {
  readonly datasets: readonly {
    readonly id: string;
    readonly title: string;
    readonly state: 'draft' | 'published';
    readonly frequency: string;
    readonly lastUpdate: Date | string | null;
    readonly dueAt: Date | string | null;
    readonly late: boolean;
  }[];
  readonly contacts: readonly { readonly name: string; readonly email: string; readonly role: Role }[];
  readonly keys: readonly {
    readonly name: string;
    readonly prefix: string;
    readonly lastUsedAt: Date | string | null;
    /** Made by the person who left: to be replaced, for they may have kept it. */
    readonly toReplace: boolean;
  }[];
  /** What comes by itself, and goes on; sheets written before sources existed name none. */
  readonly sources?: readonly { readonly title: string; readonly host: string }[];
  /** What was under way: invitations, requests, deposits that were not finished. */
  readonly open: readonly {
    readonly kind: 'invitation' | 'request' | 'draft' | 'deposit' | 'reading' | 'review';
    readonly what: string;
  }[];
};

export type Handover = {
  readonly id: string;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly personName: string;
  readonly role: OrganizationRole;
  readonly reason: 'left' | 'ended' | 'removed';
  readonly successor: string | null;
  readonly madeAt: Date;
  readonly sheet: HandoverSheet;
};

/** A character of the demonstration, as the demonstration describes them. */
export type DemoPerson = {
  /** Its name in addresses and in the database: "secretaire". */
  readonly key: string;
  readonly name: string;
  readonly email: string;
  /** What they do, in one sentence, in French and in English. */
  readonly job: Readonly<Record<Language, string>>;
  readonly roles: readonly (
    | { readonly role: OrganizationRole; readonly organization: string }
    | { readonly role: TerritoryRole; readonly organization: null }
  )[];
};
