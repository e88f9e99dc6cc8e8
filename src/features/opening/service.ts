// The verbs of « May we open it? »: start from what the scan found, answer, decide, ask the legal officer, tell why it is open.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Treatment } from '../../model/finding.ts';
import {
  type Answer,
  type Answers,
  type Disposition,
  type PublicOpening,
  preAnswers,
  type QuestionId,
} from '../../model/opening.ts';
import { actorName, can, mustBeAbleTo, type Verb } from '../../model/permission.ts';
import { urls } from '../../web/urls.ts';
import { notify, personOfActor, whoHolds } from '../accounts/service.ts';
import { mayOnDataset } from '../catalog/service.ts';
import {
  type Author,
  addAnswer,
  addColumn,
  addEvent,
  attach,
  changeReview,
  decidedReviews,
  findReview,
  insertReview,
  reviewAsker,
  reviewOfVersion,
  reviewRights,
  waitingReviews,
  writeReview,
} from './queries.ts';
import { basesOf, checkAnswer, checkDisposition, checkMotive, conclusionOf, publicOpening } from './rules.ts';
import type { NewReview, OfficerDecision, Review, ReviewSummary } from './schemas.ts';

/**
 * Starts the review of a table that was scanned. What detection can answer is answered; for a new version of a dataset, what
 * was decided of the last one is proposed again, for the columns that still hold the same.
 * @throws TerroirError permission.denied
 */
export async function startReview(context: Context, review: NewReview): Promise<Review> {
  mustBeAbleTo(context.actor, 'opening.answer', { organization: review.organization, author: null });
  const previous = await previousOf(context, review);
  const answers = review.unseen === true ? {} : preAnswers(review.findings, { safeSchema: review.safeSchema === true });
  const id = await insertReview(context.db, review, { answers, previous }, author(context));
  return findReview(context.db, id);
}

/** What was decided of the last version: answers that detection does not give, and columns where something is found again. */
async function previousOf(
  context: Context,
  { datasetId, findings }: NewReview,
): Promise<{ readonly answers: Answers; readonly dispositions: readonly Disposition[] }> {
  const id = datasetId == null ? null : await reviewOfVersion(context.db, datasetId, null);
  if (id === null) return { answers: {}, dispositions: [] };
  const last = await findReview(context.db, id);
  const found = new Set(findings.map(({ name }) => name));
  return {
    answers: last.answers,
    // A column that was removed and is clean today is removed again: its name alone says what may come back.
    dispositions: last.dispositions.filter(
      ({ column, kind }) => found.has(column) || kind === 'remove' || kind === 'mask',
    ),
  };
}

/** @throws TerroirError permission.denied, opening.unknown */
export async function getReview(context: Context, id: string): Promise<Review> {
  await mustOnReview(context, 'opening.answer', id);
  return findReview(context.db, id);
}

/**
 * Answers one of the six questions; the answer before is kept in the history.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided, opening.waits, opening.answerInvalid
 */
export async function answerQuestion(
  context: Context,
  id: string,
  question: QuestionId,
  answer: Answer,
): Promise<Review> {
  await mustOnReview(context, 'opening.answer', id);
  const checked = checkAnswer(question, answer);
  return changeReview(context.db, id, async (session, review) => {
    mustBeInHand(context, review);
    await addAnswer(session, id, { question, answer: checked, source: 'person' }, author(context));
    return findReview(session, id);
  });
}

/**
 * Says what becomes of a column: removed, masked, explained, no personal data, or to be asked about.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided, opening.waits, opening.answerInvalid
 */
export async function treatColumn(context: Context, id: string, disposition: Disposition): Promise<Review> {
  await mustOnReview(context, 'opening.answer', id);
  return changeReview(context.db, id, async (session, review) => {
    mustBeInHand(context, review);
    await addColumn(session, id, checkDisposition(disposition, review.findings), 'person', author(context));
    return findReview(session, id);
  });
}

/**
 * Ends a review whose answers leave no doubt.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided, opening.waits, opening.incomplete, opening.mustAsk
 */
export async function concludeReview(context: Context, id: string): Promise<Review> {
  await mustOnReview(context, 'opening.answer', id);
  return changeReview(context.db, id, async (session, review) => {
    mustBeInHand(context, review);
    const { outcome, bases } = conclusionOf(review);
    const { actor, now } = author(context);
    await writeReview(session, id, {
      state: 'decided',
      outcome,
      bases,
      decided_by: actor,
      decided_as: 'producer',
      motive: null,
      decided_at: now,
    });
    await addEvent(session, id, 'decided', author(context), { outcome, bases });
    return findReview(session, id);
  });
}

/**
 * Puts a review in the legal officer's queue: the depositor is free.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided
 */
export async function askLegalOfficer(context: Context, id: string, question: string): Promise<Review> {
  await mustOnReview(context, 'opening.answer', id);
  const review = await changeReview(context.db, id, async (session) => {
    const { actor, now } = author(context);
    const asked = question.trim().slice(0, 4000) || null;
    await writeReview(session, id, { state: 'asked', question: asked, asked_by: actor, asked_at: now });
    await addEvent(session, id, 'asked', author(context), { question: asked });
    return findReview(session, id);
  });
  const to = await whoHolds(context, 'legalOfficer');
  await notify(context, { kind: 'legal.asked', params: { about: review.title }, link: urls.legalReview(id), to });
  return review;
}

/** What waits for the legal officer, the oldest request first. @throws TerroirError permission.denied */
export async function legalQueue(context: Context): Promise<readonly ReviewSummary[]> {
  mustBeAbleTo(context.actor, 'legal.queue');
  return waitingReviews(context.db);
}

/** A review as the legal officer reads it. @throws TerroirError permission.denied, opening.unknown */
export async function getReviewToDecide(context: Context, id: string): Promise<Review> {
  mustBeAbleTo(context.actor, 'legal.queue');
  return findReview(context.db, id);
}

/**
 * The legal officer decides, with a motive that is kept.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided, opening.notAsked, opening.motiveMissing,
 *   opening.incomplete when data is to be processed and nothing is said of how
 */
export async function decideReview(context: Context, id: string, decision: OfficerDecision): Promise<Review> {
  mustBeAbleTo(context.actor, 'legal.decide');
  const decided = await changeReview(context.db, id, async (session, review) => {
    if (review.state !== 'asked') throw new TerroirError('opening.notAsked');
    const motive = checkMotive(decision.motive);
    const bases = basesOf(review, decision);
    const { actor, now } = author(context);
    await writeReview(session, id, {
      state: 'decided',
      outcome: decision.outcome,
      bases,
      motive,
      decided_by: actor,
      decided_as: 'legalOfficer',
      decided_at: now,
    });
    await addEvent(session, id, 'decided', author(context), { outcome: decision.outcome, bases, motive });
    return findReview(session, id);
  });
  await tellAsker(context, decided);
  return decided;
}

/**
 * The legal officer gives a review back to its depositor, saying what to do.
 * @throws TerroirError permission.denied, opening.unknown, opening.decided, opening.notAsked, opening.motiveMissing
 */
export async function returnReview(context: Context, id: string, motive: string): Promise<Review> {
  mustBeAbleTo(context.actor, 'legal.decide');
  const returned = await changeReview(context.db, id, async (session, review) => {
    if (review.state !== 'asked') throw new TerroirError('opening.notAsked');
    const said = checkMotive(motive);
    await writeReview(session, id, { state: 'returned', motive: said });
    await addEvent(session, id, 'returned', author(context), { motive: said });
    return findReview(session, id);
  });
  await tellAsker(context, returned);
  return returned;
}

/** Whoever asked is told that there is an answer. */
async function tellAsker(context: Context, { id, title, organization }: Review): Promise<void> {
  const asker = personOfActor((await reviewAsker(context.db, id)) ?? '');
  await notify(context, {
    kind: 'legal.decided',
    params: { about: title },
    link: urls.draftOfReview(id),
    to: asker === null ? [] : [asker],
    organization: organization.slug,
  });
}

/** Every decision that was taken, the newest first: the register. @throws TerroirError permission.denied */
export async function openingRegister(context: Context): Promise<readonly ReviewSummary[]> {
  mustBeAbleTo(context.actor, 'legal.queue');
  return decidedReviews(context.db);
}

/**
 * What the journey does to the data of a review before it is stored, for `treatTable`.
 * @throws TerroirError permission.denied, opening.unknown, opening.notOpen when the review does not let it be published
 */
export async function treatmentsToPublish(context: Context, id: string): Promise<readonly Treatment[]> {
  await mustOnReview(context, 'opening.answer', id);
  const review = await findReview(context.db, id);
  if (review.outcome !== 'open' && review.outcome !== 'openAfterProcessing')
    throw new TerroirError('opening.notOpen', { title: review.title });
  return review.proposed.treatments;
}

/**
 * Says which version a decided review is about, once it is stored.
 * @throws TerroirError permission.denied, opening.unknown, opening.notOpen
 */
export async function attachReview(
  context: Context,
  id: string,
  version: { readonly datasetId: string; readonly version: number },
): Promise<void> {
  await treatmentsToPublish(context, id);
  await attach(context.db, id, version, author(context));
}

/** Why a version is open, for everyone; null when nobody reviewed it here. */
export async function openingOf(context: Context, datasetId: string, version: number): Promise<PublicOpening | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const id = await reviewOfVersion(context.db, datasetId, version);
  return id === null ? null : publicOpening(await findReview(context.db, id));
}

/**
 * Refuses a file that holds what was removed or masked of a version (its original, or a copy that was not treated) to all
 * but its producer.
 * @throws TerroirError original.withheld
 */
export async function mustBePublicOriginal(context: Context, datasetId: string, version: number): Promise<void> {
  if (await mayOnDataset(context, 'deposit.read', datasetId)) return;
  const opening = await openingOf(context, datasetId, version);
  if (opening !== null && opening.treated.length > 0) throw new TerroirError('original.withheld');
}

/** The first line of a verb on a review. @throws TerroirError opening.unknown, permission.denied */
async function mustOnReview(context: Context, verb: Verb, id: string): Promise<void> {
  const rights = await reviewRights(context.db, id);
  if (rights === null) throw new TerroirError('opening.unknown');
  mustBeAbleTo(context.actor, verb, rights);
}

/** What waits for the legal officer is in their hands alone. @throws TerroirError opening.waits */
function mustBeInHand(context: Context, review: Review): void {
  if (review.state === 'asked' && !can(context.actor, 'legal.decide')) throw new TerroirError('opening.waits');
}

function author(context: Context): Author {
  return { actor: actorName(context.actor), now: context.now() };
}
