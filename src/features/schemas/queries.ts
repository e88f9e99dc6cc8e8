// The SQL of the territory's schemas: their versions, the comments that they get, the decisions.
import type { Selectable } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { TerritorySchemaVersionTable } from '../../stores/metadata/schema-tables.ts';
import type { Decision, Descriptor, SchemaComment, SchemaVersion, TerritorySchema, VersionState } from './schemas.ts';

type By = { readonly actor: string; readonly now: Date };

export async function insertSchema(db: Metadata, schema: TerritorySchema, by: By): Promise<void> {
  const { name, basedOn, reason } = schema;
  await db
    .insertInto('territory_schema')
    .values({ name, based_on: basedOn, reason, created_by: by.actor, created_at: by.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function readSchema(db: Metadata, name: string): Promise<TerritorySchema | null> {
  const row = await db.selectFrom('territory_schema').selectAll().where('name', '=', name).executeTakeFirst();
  return row === undefined ? null : { name: row.name, basedOn: row.based_on, reason: row.reason };
}

/** @returns whether it is there now: false when another version is on its way */
export async function insertDraft(
  db: Metadata,
  draft: { readonly name: string; readonly version: string; readonly descriptor: Descriptor },
  by: By,
): Promise<boolean> {
  const done = await db
    .insertInto('territory_schema_version')
    .values({
      schema_name: draft.name,
      version: draft.version,
      state: 'draft',
      descriptor: JSON.stringify(draft.descriptor),
      changed_by: by.actor,
      created_at: by.now,
      changed_at: by.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Newest first; of one schema, or of all. */
export async function readVersions(db: Metadata, name?: string): Promise<readonly SchemaVersion[]> {
  const all = db.selectFrom('territory_schema_version').selectAll().orderBy('id', 'desc');
  const rows = await (name === undefined ? all : all.where('schema_name', '=', name)).execute();
  return rows.map(versionOf);
}

/** The versions published, newest first. */
export async function readPublished(db: Metadata): Promise<readonly SchemaVersion[]> {
  const rows = await db
    .selectFrom('territory_schema_version')
    .selectAll()
    .where('state', '=', 'published')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(versionOf);
}

function versionOf(row: Selectable<TerritorySchemaVersionTable>): SchemaVersion {
  const { comments_from: from, comments_until: until, decision, decided_at: at } = row;
  return {
    id: row.id,
    name: row.schema_name,
    version: row.version,
    state: row.state,
    descriptor: row.descriptor as Descriptor,
    comments: from === null || until === null ? null : { from, until },
    decision:
      decision === null || at === null
        ? null
        : { word: decision, reason: row.decision_reason ?? '', by: row.decided_by_name ?? '', at },
    changedAt: row.changed_at,
    publishedAt: row.published_at,
  };
}

/** @returns whether it was changed: not when another state came in between */
export async function writeDescriptor(
  db: Metadata,
  id: string,
  change: { readonly version: string; readonly descriptor: Descriptor },
  by: By,
): Promise<boolean> {
  const done = await db
    .updateTable('territory_schema_version')
    .set({
      version: change.version,
      descriptor: JSON.stringify(change.descriptor),
      changed_by: by.actor,
      changed_at: by.now,
    })
    .where('id', '=', id)
    .where('state', 'in', ['draft', 'amending'])
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function writeWindow(
  db: Metadata,
  id: string,
  comments: { readonly from: string; readonly until: string },
): Promise<boolean> {
  const done = await db
    .updateTable('territory_schema_version')
    .set({ state: 'commenting', comments_from: comments.from, comments_until: comments.until })
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function writeDecision(
  db: Metadata,
  id: string,
  decision: {
    readonly word: Decision;
    readonly reason: string;
    readonly byName: string;
    readonly state: VersionState;
    readonly publishedAt: Date | null;
  },
  by: By,
): Promise<boolean> {
  const done = await db
    .updateTable('territory_schema_version')
    .set({
      state: decision.state,
      decision: decision.word,
      decision_reason: decision.reason,
      decided_by: by.actor,
      decided_by_name: decision.byName,
      decided_at: by.now,
      published_at: decision.publishedAt,
    })
    .where('id', '=', id)
    .where('state', '=', 'commenting')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** What was amended is published. */
export async function writePublished(db: Metadata, id: string, now: Date): Promise<boolean> {
  const done = await db
    .updateTable('territory_schema_version')
    .set({ state: 'published', published_at: now })
    .where('id', '=', id)
    .where('state', '=', 'amending')
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** A draft that nobody was shown leaves without a trace. */
export async function deleteDraft(db: Metadata, id: string): Promise<boolean> {
  const done = await db
    .deleteFrom('territory_schema_version')
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export async function insertComment(
  db: Metadata,
  comment: { readonly version: string; readonly byName: string; readonly text: string },
  by: By,
): Promise<void> {
  await db
    .insertInto('schema_comment')
    .values({
      version_id: comment.version,
      author: by.actor,
      author_name: comment.byName,
      text: comment.text,
      created_at: by.now,
    })
    .execute();
}

export async function readComments(db: Metadata, version: string): Promise<readonly SchemaComment[]> {
  const rows = await db
    .selectFrom('schema_comment')
    .select(['author_name', 'text', 'created_at'])
    .where('version_id', '=', version)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ by: row.author_name, text: row.text, at: row.created_at }));
}
