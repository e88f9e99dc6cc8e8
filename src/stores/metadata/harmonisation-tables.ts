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
  duplicate_rows: Generated<number>;
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

type Row = {
  readonly producer: string;
  readonly sourceDataset: string;
  readonly sourceRow: string;
  readonly values: Readonly<Record<string, string>>;
};
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type DuplicatePairTable = {
  consolidation_id: string;
  left_key: string;
  right_key: string;
  reason: 'siret' | 'address' | 'near' | 'identical';
  distance: number | null;
  left_row: ColumnType<Row | null, string, string | null>;
  right_row: ColumnType<Row | null, string, string | null>;
  present: boolean;
  found_at: Date;
  verdict: Optional<'same' | 'different'>;
  winner: Optional<'left' | 'right'>;
  decided_by: Optional<string>;
  decided_by_name: Optional<string>;
  decided_at: Optional<Date>;
};

export type HarmonisationTables = {
  readonly duplicate_pair: DuplicatePairTable;
  readonly consolidation: ConsolidationTable;
  readonly contribution: ContributionTable;
};
