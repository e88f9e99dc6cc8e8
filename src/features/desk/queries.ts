// Reading and writing drafts: one row each, whose revision grows when what is examined changes.
import type { Selectable, Updateable } from 'kysely';
import type { Examination } from '../../model/examination.ts';
import type { Step } from '../../model/step.ts';
import type { DeskDraftTable } from '../../stores/metadata/desk-tables.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { KindId } from './kinds.ts';
import type { Draft, DraftRefusal, DraftSummary, Said } from './schemas.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Who writes (`actorName`) and when. */
export type Author = { readonly actor: string; readonly now: Date };

export async function insertDraft(
  db: Metadata,
  draft: { readonly organization: string; readonly datasetId: string | null; readonly reached: number },
  { actor, now }: Author,
): Promise<string> {
  const { id } = await db
    .insertInto('desk_draft')
    .values({
      organization: draft.organization,
      dataset_id: draft.datasetId,
      version_number: null,
      author: actor,
      created_at: now,
      updated_at: now,
      reached: draft.reached,
      kind: null,
      deposit_id: null,
      table_name: null,
      schema_name: null,
      review_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Null when there is none. */
export async function findDraft(db: Metadata, id: string): Promise<Draft | null> {
  if (!uuid.test(id)) return null;
  const row = await withNames(db).where('desk_draft.id', '=', id).executeTakeFirst();
  return row === undefined ? null : draftOf(row);
}

function withNames(db: Metadata) {
  return db
    .selectFrom('desk_draft')
    .innerJoin('organization', 'organization.slug', 'desk_draft.organization')
    .leftJoin('deposit', 'deposit.id', 'desk_draft.deposit_id')
    .selectAll('desk_draft')
    .select(['organization.name', 'organization.insee', 'file_name', 'file_bytes', 'file_sha256']);
}

type Row = Selectable<DeskDraftTable> & {
  readonly name: string;
  readonly insee: string | null;
  readonly file_name: string | null;
  readonly file_bytes: string | null;
  readonly file_sha256: string | null;
};

function draftOf(row: Row): Draft {
  return {
    id: row.id,
    organization: { slug: row.organization, name: row.name, insee: row.insee },
    datasetId: row.dataset_id,
    version: row.version_number,
    author: row.author,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    revision: row.revision,
    reached: row.reached,
    kind: row.kind as KindId | null,
    file:
      row.deposit_id === null
        ? null
        : {
            depositId: row.deposit_id,
            name: row.file_name ?? '',
            bytes: Number(row.file_bytes ?? 0),
            sha256: row.file_sha256 ?? '',
          },
    table: row.table_name,
    schema: row.schema_name,
    asDocument: row.as_document,
    steps: row.steps,
    examination: row.examination,
    refusal: row.refusal,
    reviewId: row.review_id,
    said: row.said as Said,
    state: row.state,
  };
}

/** Drafts that are not ended, of some organizations, the last touched first. */
export async function openDrafts(db: Metadata, organizations: readonly string[]): Promise<readonly DraftOwned[]> {
  if (organizations.length === 0) return [];
  const rows = await db
    .selectFrom('desk_draft')
    .innerJoin('organization', 'organization.slug', 'desk_draft.organization')
    .leftJoin('deposit', 'deposit.id', 'desk_draft.deposit_id')
    .select(['desk_draft.id', 'desk_draft.organization', 'desk_draft.dataset_id', 'desk_draft.author'])
    .select(['updated_at', 'reached', 'desk_draft.kind', 'said', 'desk_draft.state', 'name', 'insee', 'file_name'])
    .where('desk_draft.state', '=', 'draft')
    .where('desk_draft.organization', 'in', organizations)
    .orderBy('updated_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organization: { slug: row.organization, name: row.name, insee: row.insee },
    datasetId: row.dataset_id,
    updatedAt: row.updated_at,
    reached: row.reached,
    kind: row.kind as KindId | null,
    said: row.said as Said,
    state: row.state,
    fileName: row.file_name,
    author: row.author,
  }));
}

export type DraftOwned = DraftSummary & { readonly author: string };

/** What may change of a draft; `examined` tells that what was learnt of its file no longer holds. */
export type DraftChanges = {
  readonly kind?: KindId | null;
  readonly depositId?: string | null;
  readonly table?: string | null;
  readonly schema?: string | null;
  readonly asDocument?: boolean;
  readonly steps?: readonly Step[];
  readonly reviewId?: string | null;
  readonly said?: Said;
  readonly datasetId?: string;
  readonly version?: number;
  readonly state?: Draft['state'];
  /** The furthest step, when it is further. */
  readonly reached?: number;
};

export async function changeDraft(
  db: Metadata,
  id: string,
  changes: DraftChanges,
  options: { readonly now: Date; readonly reexamine?: boolean },
): Promise<void> {
  const values: Updateable<DeskDraftTable> = {
    updated_at: options.now,
    ...(changes.kind !== undefined && { kind: changes.kind }),
    ...(changes.depositId !== undefined && { deposit_id: changes.depositId }),
    ...(changes.table !== undefined && { table_name: changes.table }),
    ...(changes.schema !== undefined && { schema_name: changes.schema }),
    ...(changes.asDocument !== undefined && { as_document: changes.asDocument }),
    ...(changes.steps !== undefined && { steps: json(changes.steps) }),
    ...(changes.reviewId !== undefined && { review_id: changes.reviewId }),
    ...(changes.said !== undefined && { said: json(changes.said) }),
    ...(changes.datasetId !== undefined && { dataset_id: changes.datasetId }),
    ...(changes.version !== undefined && { version_number: changes.version }),
    ...(changes.state !== undefined && { state: changes.state }),
    ...(options.reexamine === true && { examination: null, refusal: null }),
  };
  await db
    .updateTable('desk_draft')
    .set(values)
    .$if(options.reexamine === true, (query) => query.set((eb) => ({ revision: eb('revision', '+', 1) })))
    .$if(changes.reached !== undefined, (query) =>
      query.set((eb) => ({ reached: eb.fn('greatest', ['reached', eb.val(changes.reached)]) })),
    )
    .where('id', '=', id)
    .execute();
}

/** Keeps what was learnt, unless the draft changed meanwhile. */
export async function keepExamination(
  db: Metadata,
  id: string,
  revision: number,
  learnt: { readonly examination: Examination } | { readonly refusal: DraftRefusal },
): Promise<void> {
  await db
    .updateTable('desk_draft')
    .set(
      'examination' in learnt
        ? { examination: json(learnt.examination), refusal: null }
        : { examination: null, refusal: json(learnt.refusal) },
    )
    .where('id', '=', id)
    .where('revision', '=', revision)
    .execute();
}

/** Changes the fixes of a draft under a lock, so that two gestures never lose one of them. */
export async function changeSteps(
  db: Metadata,
  id: string,
  now: Date,
  change: (steps: readonly Step[]) => readonly Step[],
): Promise<void> {
  await db.transaction().execute(async (session) => {
    const row = await session
      .selectFrom('desk_draft')
      .select('steps')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await changeDraft(session, id, { steps: change(row.steps) }, { now, reexamine: true });
  });
}

/** The draft whose review it is; null when there is none. */
export async function draftOfReview(db: Metadata, review: string): Promise<string | null> {
  if (!uuid.test(review)) return null;
  const row = await db
    .selectFrom('desk_draft')
    .select('id')
    .where('review_id', '=', review)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
}

type Left = { readonly id: string; readonly author: string; readonly organization: string };

/**
 * Marks the drafts that nobody touched since a day, each once, so that their authors are told by one process alone.
 * @param mark which message: that they wait, or that they will be put away
 */
export async function claimLeftDrafts(
  db: Metadata,
  mark: 'reminded_at' | 'warned_at',
  { untouchedSince, now }: { readonly untouchedSince: Date; readonly now: Date },
): Promise<readonly Left[]> {
  return db
    .updateTable('desk_draft')
    .set({ [mark]: now })
    .where('state', '=', 'draft')
    .where('updated_at', '<', untouchedSince)
    .where(mark, 'is', null)
    .where('deposit_id', 'is not', null)
    .returning(['id', 'author', 'organization'])
    .execute();
}

/** Puts away the drafts that nobody touched since a day, and forgets what was learnt of their files. */
export async function abandonLeftDrafts(db: Metadata, untouchedSince: Date): Promise<number> {
  const done = await db
    .updateTable('desk_draft')
    .set({ state: 'abandoned', examination: null, steps: '[]' })
    .where('state', '=', 'draft')
    .where('updated_at', '<', untouchedSince)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** A deposit's file and organization; null when there is none. */
export async function depositOf(
  db: Metadata,
  id: string,
): Promise<{ readonly organization: string; readonly name: string } | null> {
  if (!uuid.test(id)) return null;
  const row = await db
    .selectFrom('deposit')
    .select(['organization', 'file_name'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { organization: row.organization, name: row.file_name };
}

/** PostgreSQL keeps no NUL and no half of a character. */
function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  );
}
