// The tables of the catalogue, as queries see them; made by migrations/.
import type { ColumnType, Generated } from 'kysely';
import type { DatasetState, OrganizationKind } from '../../model/dataset.ts';
import type { Field, FieldProfile } from '../../model/field.ts';
import type { Membership } from '../../model/people.ts';
import type { Problem } from '../../model/problem.ts';
import type { DestroyedFile, KeptOriginal, ReadingState } from '../../model/purge.ts';
import type { Step } from '../../model/step.ts';
import type { Geometry } from '../../model/table.ts';
import type { DeskTables } from './desk-tables.ts';
import type { FaceTables } from './face-tables.ts';
import type { HarmonisationTables } from './harmonisation-tables.ts';
import type { OpeningTables } from './opening-tables.ts';
import type { PeopleTables } from './people-tables.ts';
import type { SchemaTables } from './schema-tables.ts';
import type { SourceTables } from './source-tables.ts';
import type { StoryTables } from './story-tables.ts';
import type { WidgetTables } from './widget-tables.ts';

/** A number that may pass 2^31: the driver reads it as text. */
type BigInteger = ColumnType<string, number, number>;
/** Read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;
/** Written by a trigger alone. */
type Kept<T> = ColumnType<T, never, never>;

export type TerritoryTable = {
  only_one: Generated<boolean>;
  name: string;
  kind: OrganizationKind;
  siren: string | null;
  source: string;
  demo: 'installing' | 'installed' | null;
};

export type CommuneTable = {
  insee: string;
  name: string;
  siren: string;
  population: number;
  population_source: string;
  postal_codes: readonly string[];
};

export type OrganizationTable = {
  slug: string;
  name: string;
  kind: OrganizationKind;
  siret: string | null;
  siren: string | null;
  insee: string | null;
  population: number | null;
  population_source: string | null;
  description: string | null;
  /** Whether a second person reads before it publishes. */
  approval: Generated<boolean>;
  created_at: Date;
  membership: Generated<Membership>;
  membership_since: Generated<Date>;
  membership_reason: string | null;
};

export type DatasetTable = {
  id: string;
  title: string;
  description: string;
  state: DatasetState;
  state_reason: string | null;
  organization: string;
  theme: string | null;
  licence: string;
  frequency: string;
  keywords: readonly string[];
  communes: readonly string[];
  demo: boolean;
  source: string | null;
  /** An id of reference/high-value.json. */
  hvd_category: Generated<string | null>;
  /** The reference of the homologation of a licence that is not in the decree's list. */
  homologation: Generated<string | null>;
  /** An e-mail or a web address: whom to ask about it. */
  contact: Generated<string | null>;
  /** Month and day when it is due, for a rhythm counted in years. */
  due_day: Generated<string | null>;
  /** Who made it (`actorName`); null when nobody who is still there did. */
  author: string | null;
  created_at: Date;
  published_at: Date | null;
  withdrawn_at: Date | null;
  modified_at: Date;
  /** When its producer last said that nothing had changed. */
  verified_at: Generated<Date | null>;
  /** The number of the version that is shown, and what lists and counts need of it. */
  version: number | null;
  format: string | null;
  row_count: ColumnType<string | null, number | null, number | null>;
  has_geometry: Generated<boolean>;
  column_titles: Generated<string>;
  /** The words that its columns hold most often. */
  column_values: Kept<string>;
  due_at: Date | null;
  overdue_at: Date | null;
  sort_title: Kept<string>;
  head: Kept<string>;
  search: Kept<string>;
};

export type VersionTable = {
  dataset_id: string;
  number: number;
  key: string;
  deposit_id: string;
  created_at: Date;
  /** Null as long as nobody but its producer sees it. */
  published_at: Date | null;
  file_name: string;
  file_bytes: BigInteger;
  file_sha256: string;
  file_format: string;
  file_encoding: string | null;
  file_delimiter: string | null;
  row_count: BigInteger;
  fields: Json<readonly Field[]>;
  profiles: Json<readonly FieldProfile[]>;
  geometry: ColumnType<Geometry | null, string | null, string | null>;
  problems: Json<readonly Problem[]>;
  first_source_row: number;
  dropped_source_rows: Json<readonly number[]>;
  parquet_bytes: BigInteger;
  steps: Json<readonly Step[]>;
  set_aside_rows: BigInteger;
  restored_from: number | null;
  table_name: string | null;
  schema_name: string | null;
  declared_key: Json<readonly string[]>;
  /** The purge that destroyed what it held. */
  purge_id: Generated<string | null>;
};

export type DepositState = 'received' | 'failed' | 'ready' | 'published';

export type DepositTable = {
  id: Generated<string>;
  organization: string;
  file_name: string;
  file_bytes: BigInteger;
  file_sha256: string;
  state: DepositState;
  error_code: string | null;
  dataset_id: string | null;
  version_number: number | null;
  created_at: Date;
  closed_at: Date | null;
  /** Who brought it (`actorName`); null for what arrived before that was noted. */
  author: string | null;
  /** By which door; null for the command line. */
  origin: 'upload' | 'paste' | 'link' | 'api' | null;
};

export type DatasetEventTable = {
  id: Generated<string>;
  dataset_id: string;
  verb: string;
  at: Date;
  actor: string;
  details: Json<Readonly<Record<string, unknown>>>;
};

export type PurgeTable = {
  id: Generated<string>;
  dataset_id: string;
  versions: readonly number[];
  reason: string;
  actor: string;
  at: Date;
  destroyed: Json<readonly DestroyedFile[]>;
  kept: Json<readonly KeptOriginal[]>;
  folders: readonly string[];
  originals: readonly string[];
  finished_at: Date | null;
};

export type SecondReadingTable = {
  dataset_id: string;
  version_number: number;
  state: ReadingState;
  asked_by: string;
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
};

export type SearchWordTable = { word: string; shown: string; uses: number };

export type Tables = PeopleTables &
  OpeningTables &
  DeskTables &
  SourceTables &
  HarmonisationTables &
  SchemaTables &
  WidgetTables &
  StoryTables &
  FaceTables & {
    territory: TerritoryTable;
    commune: CommuneTable;
    organization: OrganizationTable;
    dataset: DatasetTable;
    version: VersionTable;
    deposit: DepositTable;
    dataset_event: DatasetEventTable;
    purge: PurgeTable;
    second_reading: SecondReadingTable;
    search_word: SearchWordTable;
  };
