// The tables of harmonisation, as queries see them; made by migrations/0070-harmonisation.ts and 0083, 0084.
import type { ColumnType, Generated } from 'kysely';
import type { FieldMapping } from '../../model/mapping.ts';

export type ConsolidationTable = {
  id: string;
  title: string;
  description: string;
  organization: string;
  schema_name: string;
  theme: string | null;
  keywords: readonly string[];
  created_by: string;
  created_at: Date;
  built_at: Date | null;
  built_from: string | null;
  schema_version: ColumnType<string | null, string | null | undefined, string | null>;
};

type Json<T> = ColumnType<T, string, string>;

export type ContributionTable = {
  consolidation_id: string;
  dataset_id: string;
  mapping: Json<readonly FieldMapping[]>;
  state: 'suggested' | 'validated' | 'broken';
  missing_columns: Generated<readonly string[]>;
  missing_fields: Generated<readonly string[]>;
  told_of: Generated<readonly string[]>;
  decided_by: string | null;
  decided_at: Date | null;
  kept_from: string | null;
  kept_version: number | null;
  kept_rows: Generated<number>;
  rejected_rows: Generated<number>;
  reasons: ColumnType<
    readonly { readonly field: string; readonly code: string; readonly rows: number }[],
    string | undefined,
    string
  >;
  added_at: Date;
};

export type HarmonisationTables = {
  readonly consolidation: ConsolidationTable;
  readonly contribution: ContributionTable;
};
