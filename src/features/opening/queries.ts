// Reading and writing reviews: one row a review, and every answer and decision on a column that was ever given.
import { type Selectable, sql, type Transaction } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';
import { type Answer, type Answers, type Disposition, decide, type QuestionId } from '../../model/opening.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { OpeningReviewTable } from '../../stores/metadata/opening-tables.ts';
import type { Tables } from '../../stores/metadata/tables.ts';
import type { NewReview, Review, ReviewSummary } from './schemas.ts';

/** Who writes (`actorName`) and when. */
export type Author = { readonly actor: string; readonly now: Date };
type Session = Transaction<Tables>;
type AnswerSource = 'person' | 'detection' | 'previous';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns the review's id. */
export async function insertReview(
  db: Metadata,
  review: NewReview,
  proposed: {
    readonly answers: Answers;
    readonly previous: { readonly answers: Answers; readonly dispositions: readonly Disposition[] };
  },
  author: Author,
): Promise<string> {
  return db.transaction().execute(async (session) => {
    const { id } = await session
      .insertInto('opening_review')
      .values({
        organization: review.organization,
        title: storable(review.title),
        deposit_id: review.depositId ?? null,
        dataset_id: null,
        version_number: null,
        state: 'answering',
        findings: json(review.findings),
        author: author.actor,
        created_at: author.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const answered = [
      ...entries(proposed.previous.answers).map(([question, answer]) => [question, answer, 'previous'] as const),
      ...entries(proposed.answers).map(([question, answer]) => [question, answer, 'detection'] as const),
    ];
    for (const [question, answer, source] of answered)
      await addAnswer(session, id, { question, answer, source }, author);
    for (const disposition of proposed.previous.dispositions)
      await addColumn(session, id, disposition, 'previous', author);
    await addEvent(session, id, 'started', author, { datasetId: review.datasetId ?? null });
    return id;
  });
}

function entries(answers: Answers): readonly (readonly [QuestionId, Answer])[] {
  return Object.entries(answers) as [QuestionId, Answer][];
}

/** Who asked the legal officer, as actorName says; null when nobody did. */
export async function reviewAsker(db: Metadata, id: string): Promise<string | null> {
  const row = await db.selectFrom('opening_review').select('asked_by').where('id', '=', id).executeTakeFirst();
  return row?.asked_by ?? null;
}

/**
 * Changes a review that nobody decided: its row is locked, so that an answer and a decision never cross.
 * @throws TerroirError opening.unknown, opening.decided
 */
export async function changeReview<T>(
  db: Metadata,
  id: string,
  change: (session: Session, review: Review) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (session) => {
    const locked = uuid.test(id)
      ? await session.selectFrom('opening_review').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
      : undefined;
    if (locked === undefined) throw new TerroirError('opening.unknown');
    if (locked.state === 'decided') throw new TerroirError('opening.decided');
    return change(session, await findReview(session, id));
  });
}

export async function addAnswer(
  session: Session,
  id: string,
  { question, answer, source }: { question: QuestionId; answer: Answer; source: AnswerSource },
  author: Author,
): Promise<void> {
  await session
    .insertInto('opening_answer')
    .values({ review_id: id, question, answer: json(answer), source, author: author.actor, at: author.now })
    .execute();
}

export async function addColumn(
  session: Session,
  id: string,
  disposition: Disposition,
  source: 'person' | 'previous',
  author: Author,
): Promise<void> {
  const { column: name } = disposition;
  await session
    .insertInto('opening_column')
    .values({ review_id: id, name, disposition: json(disposition), source, author: author.actor, at: author.now })
    .execute();
}

export async function addEvent(
  session: Session,
  id: string,
  verb: string,
  author: Author,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await session
    .insertInto('opening_event')
    .values({ review_id: id, verb, author: author.actor, at: author.now, details: json(details) })
    .execute();
}

/** Writes the columns of a review's row that a verb decides. */
export async function writeReview(
  session: Session,
  id: string,
  values: Partial<Omit<Selectable<OpeningReviewTable>, 'id' | 'findings'>>,
): Promise<void> {
  const { motive, question, ...others } = values;
  await session
    .updateTable('opening_review')
    .set({
      ...others,
      ...(motive === undefined ? {} : { motive: motive === null ? null : storable(motive) }),
      ...(question === undefined ? {} : { question: question === null ? null : storable(question) }),
    })
    .where('id', '=', id)
    .execute();
}

function selectReviews(db: Metadata | Session) {
  const nameOf = (column: 'author' | 'asked_by' | 'decided_by') =>
    sql<
      string | null
    >`coalesce((select name from person where 'person:' || person.id::text = r.${sql.ref(column)}), r.${sql.ref(column)})`;
  return db
    .selectFrom('opening_review as r')
    .innerJoin('organization as o', 'o.slug', 'r.organization')
    .selectAll('r')
    .select(['o.slug', 'o.name'])
    .select([
      nameOf('author').as('author_name'),
      nameOf('asked_by').as('asker_name'),
      nameOf('decided_by').as('decider_name'),
    ]);
}

type ReviewRow = Awaited<ReturnType<ReturnType<typeof selectReviews>['execute']>>[number];

function toSummary(row: ReviewRow): ReviewSummary {
  return {
    id: row.id,
    title: row.title,
    organization: { slug: row.slug, name: row.name },
    datasetId: row.dataset_id,
    version: row.version_number,
    state: row.state,
    findings: row.findings,
    question: row.question,
    askedAt: row.asked_at,
    outcome: row.outcome,
    bases: row.bases,
    motive: row.motive,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    decidedAs: row.decided_as,
    author: row.author_name ?? row.author,
    askedBy: row.asker_name,
    decidedBy: row.decider_name,
  };
}

/** @throws TerroirError opening.unknown */
export async function findReview(db: Metadata | Session, id: string): Promise<Review> {
  const row = uuid.test(id) ? await selectReviews(db).where('r.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw new TerroirError('opening.unknown');
  const [answers, columns] = await Promise.all([
    db.selectFrom('opening_answer').selectAll().where('review_id', '=', id).orderBy('id').execute(),
    db.selectFrom('opening_column').selectAll().where('review_id', '=', id).orderBy('id').execute(),
  ]);
  // The last one of each counts, at the place of the first.
  const given = new Map(answers.map(({ question, answer, source }) => [question, { answer, source }]));
  const decided = new Map(columns.map(({ name, disposition }) => [name, disposition]));
  const said: Answers = Object.fromEntries([...given].map(([question, { answer }]) => [question, answer]));
  const dispositions = [...decided.values()];
  return {
    ...toSummary(row),
    depositId: row.deposit_id,
    answers: said,
    sources: Object.fromEntries([...given].map(([question, { source }]) => [question, source])),
    dispositions,
    proposed: decide(said, row.findings, dispositions),
  };
}

/** Who started a review and for whom: what permission is asked of. Null when there is none. */
export async function reviewRights(
  db: Metadata,
  id: string,
): Promise<{ readonly organization: string; readonly author: string } | null> {
  if (!uuid.test(id)) return null;
  const row = await db
    .selectFrom('opening_review')
    .select(['organization', 'author'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Reviews that wait for the legal officer, the oldest request first. */
export async function waitingReviews(db: Metadata): Promise<readonly ReviewSummary[]> {
  const rows = await selectReviews(db).where('r.state', '=', 'asked').orderBy('r.asked_at').orderBy('r.id').execute();
  return rows.map(toSummary);
}

/** Decided reviews, the newest decision first. */
export async function decidedReviews(db: Metadata): Promise<readonly ReviewSummary[]> {
  const rows = await selectReviews(db)
    .where('r.state', '=', 'decided')
    .orderBy('r.decided_at', 'desc')
    .orderBy('r.id')
    .execute();
  return rows.map(toSummary);
}

/** The id of the decided review of a version, or of the last version that has one; null when there is none. */
export async function reviewOfVersion(db: Metadata, datasetId: string, version: number | null): Promise<string | null> {
  let query = db
    .selectFrom('opening_review')
    .select('id')
    .where('dataset_id', '=', storable(datasetId))
    .where('state', '=', 'decided')
    .orderBy('version_number', 'desc')
    .orderBy('decided_at', 'desc')
    .limit(1);
  if (version !== null) query = query.where('version_number', '=', version);
  return (await query.executeTakeFirst())?.id ?? null;
}

/** Says which version a decided review is about. */
export async function attach(
  db: Metadata,
  id: string,
  { datasetId, version }: { readonly datasetId: string; readonly version: number },
  author: Author,
): Promise<void> {
  await db.transaction().execute(async (session) => {
    await session
      .updateTable('opening_review')
      .set({ dataset_id: datasetId, version_number: version })
      .where('id', '=', id)
      .execute();
    await addEvent(session, id, 'attached', author, { datasetId, version });
  });
}

/** PostgreSQL keeps no NUL and no half of a character. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}
