// The table of the deposit desk, as queries see it; made by migrations/0040-desk.ts.
import type { ColumnType, Generated } from 'kysely';
import type { Examination } from '../../model/examination.ts';
import type { Step } from '../../model/step.ts';

type Json<T> = ColumnType<T, string | undefined, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;

export type DeskDraftTable = {
  id: Generated<string>;
  organization: string;
  dataset_id: string | null;
  version_number: number | null;
  author: string;
  created_at: Date;
  updated_at: Date;
  revision: Generated<number>;
  reached: Generated<number>;
  kind: string | null;
  deposit_id: string | null;
  table_name: string | null;
  schema_name: string | null;
  as_document: Generated<boolean>;
  steps: Json<readonly Step[]>;
  examination: JsonOrNull<Examination>;
  refusal: JsonOrNull<{ readonly code: string; readonly params: Readonly<Record<string, string | number>> }>;
  review_id: string | null;
  said: Json<Readonly<Record<string, unknown>>>;
  reminded_at: Generated<Date | null>;
  warned_at: Generated<Date | null>;
  state: Generated<'draft' | 'published' | 'secondReading' | 'abandoned'>;
};

export type DeskTables = { readonly desk_draft: DeskDraftTable };
