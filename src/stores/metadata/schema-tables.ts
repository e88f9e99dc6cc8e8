// The tables of the territory's own schemas, as queries see them; made by migrations/0083-territory-schemas.ts.
import type { ColumnType, Generated } from 'kysely';

type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type SchemaVersionState = 'draft' | 'commenting' | 'amending' | 'published' | 'refused';
export type SchemaDecision = 'adopted' | 'amended' | 'refused';

export type TerritorySchemaTable = {
  name: string;
  based_on: string | null;
  reason: string;
  created_by: string;
  created_at: Date;
};

export type TerritorySchemaVersionTable = {
  id: Generated<string>;
  schema_name: string;
  version: string;
  state: SchemaVersionState;
  descriptor: ColumnType<unknown, string, string>;
  changed_by: string;
  created_at: Date;
  changed_at: Date;
  /** Days, ISO 8601. */
  comments_from: Optional<string>;
  comments_until: Optional<string>;
  decision: Optional<SchemaDecision>;
  decision_reason: Optional<string>;
  decided_by: Optional<string>;
  decided_by_name: Optional<string>;
  decided_at: Optional<Date>;
  published_at: Optional<Date>;
};

export type SchemaCommentTable = {
  id: Generated<string>;
  version_id: string;
  author: string;
  author_name: string;
  text: string;
  created_at: Date;
};

export type SchemaTables = {
  readonly territory_schema: TerritorySchemaTable;
  readonly territory_schema_version: TerritorySchemaVersionTable;
  readonly schema_comment: SchemaCommentTable;
};
