// The tables of « May we open it? », as queries see them; made by migrations/0020-opening.ts.
import type { ColumnType, Generated } from 'kysely';
import type { Finding } from '../../model/finding.ts';
import type { Answer, BasisId, Disposition, OpeningState, QuestionId } from '../../model/opening.ts';

type Json<T> = ColumnType<T, string, string>;

export type ReviewState = 'answering' | 'asked' | 'returned' | 'decided';

export type OpeningReviewTable = {
  id: Generated<string>;
  organization: string;
  title: string;
  deposit_id: string | null;
  dataset_id: string | null;
  version_number: number | null;
  state: ReviewState;
  findings: Json<readonly Finding[]>;
  outcome: Exclude<OpeningState, 'askLegalOfficer'> | null;
  bases: Generated<readonly BasisId[]>;
  motive: string | null;
  author: string;
  created_at: Date;
  asked_by: string | null;
  asked_at: Date | null;
  question: string | null;
  decided_by: string | null;
  decided_as: 'producer' | 'legalOfficer' | null;
  decided_at: Date | null;
};

export type OpeningAnswerTable = {
  id: Generated<string>;
  review_id: string;
  question: QuestionId;
  answer: Json<Answer>;
  /** A person, the scan, or the review of the version before. */
  source: 'person' | 'detection' | 'previous';
  author: string;
  at: Date;
};

export type OpeningColumnTable = {
  id: Generated<string>;
  review_id: string;
  name: string;
  disposition: Json<Disposition>;
  source: 'person' | 'previous';
  author: string;
  at: Date;
};

export type OpeningEventTable = {
  id: Generated<string>;
  review_id: string;
  verb: string;
  author: string;
  at: Date;
  details: Json<Readonly<Record<string, unknown>>>;
};

export type OpeningTables = {
  opening_review: OpeningReviewTable;
  opening_answer: OpeningAnswerTable;
  opening_column: OpeningColumnTable;
  opening_event: OpeningEventTable;
};
