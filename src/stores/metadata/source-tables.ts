// The tables of sources and reminders, as queries see them; made by migrations/0051-sources.ts.
import type { ColumnType, Generated } from 'kysely';

export type LinkSourceTable = {
  dataset_id: string;
  url: string;
  rhythm: 'daily' | 'weekly' | 'monthly';
  hour: number;
  weekday: number;
  month_day: number;
  publish: boolean;
  table_name: string | null;
  paused: Generated<boolean>;
  created_by: string;
  created_at: Date;
  changed_at: Date;
  etag: string | null;
  last_modified: string | null;
  next_at: Date;
  claimed_until: Date | null;
  failures: Generated<number>;
  failing_since: Date | null;
};

export type SourceRunTable = {
  id: Generated<string>;
  dataset_id: string;
  started_at: Date;
  ended_at: Date;
  outcome: 'changed' | 'unchanged' | 'held' | 'failed';
  version_number: number | null;
  code: string | null;
  params: ColumnType<Readonly<Record<string, string | number>>, string, string>;
};

export type ReminderTable = { dataset_id: string; due_at: Date; sent_at: Date; count: number };

export type SourceTables = {
  readonly link_source: LinkSourceTable;
  readonly source_run: SourceRunTable;
  readonly reminder: ReminderTable;
};
