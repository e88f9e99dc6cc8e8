// What enters and leaves the room of schemas: those that the territory writes, their versions, comments and decisions.
import type { Change } from './changes.ts';

export const versionStates = ['draft', 'commenting', 'amending', 'published', 'refused'] as const;
export type VersionState = (typeof versionStates)[number];
export const decisions = ['adopted', 'amended', 'refused'] as const;
export type Decision = (typeof decisions)[number];

/** A JSON object in Table Schema's words, as the form makes it: perhaps not sound yet. */
export type Descriptor = Readonly<Record<string, unknown>>;

export type TerritorySchema = {
  readonly name: string;
  readonly basedOn: string | null;
  readonly reason: string;
};

export type SchemaVersion = {
  readonly id: string;
  readonly name: string;
  /** Of a draft: what it would be called. */
  readonly version: string;
  readonly state: VersionState;
  readonly descriptor: Descriptor;
  /** Days, ISO 8601: both included. */
  readonly comments: { readonly from: string; readonly until: string } | null;
  readonly decision: {
    readonly word: Decision;
    readonly reason: string;
    readonly by: string;
    readonly at: Date;
  } | null;
  readonly changedAt: Date;
  readonly publishedAt: Date | null;
};

export type SchemaComment = { readonly by: string; readonly text: string; readonly at: Date };

/** What a version says once it is compared with the one in force. */
export type Comparison = {
  /** The version in force; null when there is none. */
  readonly against: string | null;
  readonly changes: readonly Change[];
  /** Producers whose mapping says a field that is no longer there, or lacks one that is now required. */
  readonly broken: readonly {
    readonly consolidation: string;
    readonly title: string;
    readonly producer: string;
    readonly fields: readonly string[];
  }[];
};

/** What is wrong in a draft; `field` is its place in the list, from 0, null for the whole. */
export type Fault = { readonly field: number | null; readonly code: FaultCode; readonly about: string };
export const faultCodes = [
  'title.missing',
  'fields.none',
  'field.name',
  'field.twice',
  'field.pattern',
  'field.bounds',
  'field.example',
  'schema',
] as const;
export type FaultCode = (typeof faultCodes)[number];
