// What enters and leaves the opening room.
import type { Finding } from '../../model/finding.ts';
import type { Answer, Answers, BasisId, Disposition, OpeningState, Outcome, QuestionId } from '../../model/opening.ts';

export type Decision = Exclude<OpeningState, 'askLegalOfficer'>;
export const decisions = [
  'open',
  'openAfterProcessing',
  'restricted',
  'notOpen',
] as const satisfies readonly Decision[];

export type ReviewState = 'answering' | 'asked' | 'returned' | 'decided';

/** What a review starts from: a table that was scanned, before or after it is a dataset. */
export type NewReview = {
  /** The organization's slug. */
  readonly organization: string;
  /** What people call the data. */
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly depositId?: string | null;
  /** The dataset that gets a new version: what was decided of the last one is proposed again. */
  readonly datasetId?: string | null;
  /** Whether the table obeys a schema known to hold no personal data and no secret. */
  readonly safeSchema?: boolean;
  /** Whether the scan could not look inside (a picture, a text): then a person answers all the questions. */
  readonly unseen?: boolean;
};

export type ReviewSummary = {
  readonly id: string;
  readonly title: string;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly datasetId: string | null;
  readonly version: number | null;
  readonly state: ReviewState;
  readonly findings: readonly Finding[];
  /** What is asked of the legal officer. */
  readonly question: string | null;
  readonly askedAt: Date | null;
  readonly outcome: Decision | null;
  readonly bases: readonly BasisId[];
  readonly motive: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedAs: 'producer' | 'legalOfficer' | null;
  /** Names of those who started, asked and decided, for the register alone; what they are where they have no account. */
  readonly author: string;
  readonly askedBy: string | null;
  readonly decidedBy: string | null;
};

export type Review = ReviewSummary & {
  readonly depositId: string | null;
  readonly answers: Answers;
  /** Who gave each answer that counts: a person, the scan, or the review of the version before. */
  readonly sources: Partial<Record<QuestionId, 'person' | 'detection' | 'previous'>>;
  /** The last decision on each column. */
  readonly dispositions: readonly Disposition[];
  /** What the answers lead to, today. */
  readonly proposed: Outcome;
};

export type QuestionAnswer = { readonly question: QuestionId; readonly answer: Answer };

export type OfficerDecision = {
  readonly outcome: Decision;
  readonly motive: string;
  /** The legal bases, those of the answers when none is named. */
  readonly bases?: readonly BasisId[];
};
