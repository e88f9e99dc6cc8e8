// What enters and leaves the deposit desk.
import type { Examination } from '../../model/examination.ts';
import type { Step } from '../../model/step.ts';
import type { KindId } from './kinds.ts';

/** The seven steps, in their order; each is the last part of an address. */
export const stages = ['what', 'file', 'check', 'rights', 'present', 'terms', 'publish'] as const;
export type StageName = (typeof stages)[number];

export const draftStates = ['draft', 'published', 'secondReading', 'abandoned'] as const;
export type DraftState = (typeof draftStates)[number];

/** What is said of the dataset to be; what is absent has not been said. */
export type Said = {
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly communes?: readonly string[];
  readonly theme?: string | null;
  readonly source?: string | null;
  readonly licence?: string;
  readonly hvdCategory?: string | null;
  readonly homologation?: string | null;
  readonly frequency?: string;
  /** "03-31", for a rhythm counted in years. */
  readonly dueDay?: string | null;
  readonly contact?: string | null;
};

export type DraftFile = {
  readonly depositId: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** Why a file could not be read: a refusal of the registry. */
export type DraftRefusal = { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

export type Draft = {
  readonly id: string;
  readonly organization: { readonly slug: string; readonly name: string; readonly insee: string | null };
  /** The dataset that gets a new version, or that was published. */
  readonly datasetId: string | null;
  readonly version: number | null;
  readonly author: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly revision: number;
  /** The furthest step reached, from 1. */
  readonly reached: number;
  readonly kind: KindId | null;
  readonly file: DraftFile | null;
  /** The table wanted; null takes the largest. */
  readonly table: string | null;
  /** The schema it is checked against; '' when the producer wants none, null when nobody chose. */
  readonly schema: string | null;
  /** Whether a PDF, a picture or a text is published as it is. */
  readonly asDocument: boolean;
  readonly steps: readonly Step[];
  readonly examination: Examination | null;
  readonly refusal: DraftRefusal | null;
  readonly reviewId: string | null;
  readonly said: Said;
  readonly state: DraftState;
};

/** A draft in a list. */
export type DraftSummary = Pick<
  Draft,
  'id' | 'organization' | 'datasetId' | 'updatedAt' | 'reached' | 'kind' | 'said' | 'state'
> & { readonly fileName: string | null };

export type Published = {
  readonly id: string;
  readonly version: number;
  readonly secondReading: boolean;
};
