// The verbs of the deposit desk: begin, give a file, correct, say, publish. Each step is kept, so that it can be taken up again.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { type CorrectedFile, writeCorrectedFile } from '../../data/corrected-file.ts';
import { openKept } from '../../data/deposit/receive.ts';
import { withScratch } from '../../data/journey.ts';
import { replaySteps } from '../../data/replay.ts';
import type { ErrorCode } from '../../lib/error-registry.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Answer, QuestionId } from '../../model/opening.ts';
import { actorName, can, mustBeAbleTo, type PermissionObject, type Verb } from '../../model/permission.ts';
import type { Replay } from '../../model/replay.ts';
import { reportOf } from '../../model/report.ts';
import type { Step, StepBody } from '../../model/step.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import type { OrganizationSummary } from '../catalog/schemas.ts';
import {
  approveVersion,
  getDataset,
  getOrganization,
  getSecondReading,
  getVersions,
  listOrganizations,
  mustOnDataset,
  returnVersion,
} from '../catalog/service.ts';
import type { Review } from '../opening/schemas.ts';
import {
  answerQuestion,
  attachReview,
  concludeReview,
  getReview,
  treatColumn,
  treatmentsToPublish,
} from '../opening/service.ts';
import { examine as examineNow, tableSchemas } from './examining.ts';
import { answersOf, dispositionsOf, type FormFields } from './forms.ts';
import { type KindId, kindById } from './kinds.ts';
import { tellPublished, tellReading } from './notices.ts';
import { publishFromDraft } from './publishing.ts';
import { changeDraft, changeSteps, depositOf, draftOfReview, findDraft, insertDraft, openDrafts } from './queries.ts';
import { reviewOfDraft } from './reviewing.ts';
import {
  nextStage,
  obstaclesOf,
  placeOf,
  proposalByMark,
  proposedSaid,
  rightsOf,
  sureSteps,
  withTyped,
} from './rules.ts';
import type { Draft, DraftSummary, Published, Said, StageName } from './schemas.ts';

export { followDrafts } from './notices.ts';
export { reviewOfDraft } from './reviewing.ts';
export { proposedSaid } from './rules.ts';

/** The organizations for which the actor may deposit, by name. */
export async function organizationsToDepositFor(context: Context): Promise<readonly OrganizationSummary[]> {
  const organizations = await listOrganizations(context);
  return organizations.filter(({ slug }) =>
    can(context.actor, 'dataset.deposit', { organization: slug, author: null }),
  );
}

/** The drafts that the actor may read, the last touched first. */
export async function listDrafts(context: Context): Promise<readonly DraftSummary[]> {
  const organizations = await organizationsToDepositFor(context);
  const drafts = await openDrafts(
    context.db,
    organizations.map(({ slug }) => slug),
  );
  return drafts.filter(({ organization, author }) =>
    can(context.actor, 'deposit.read', { organization: organization.slug, author }),
  );
}

/**
 * Begins: for a new dataset of an organization, or for the next version of one that exists.
 * @throws TerroirError permission.denied, organization.unknown, dataset.unknown, dataset.withdrawn
 */
export async function startDraft(
  context: Context,
  begin: { readonly organization: string } | { readonly datasetId: string },
): Promise<Draft> {
  if ('datasetId' in begin) {
    await mustOnDataset(context, 'dataset.deposit', begin.datasetId);
    const dataset = await getDataset(context, begin.datasetId);
    const draft = { organization: dataset.organization.slug, datasetId: dataset.id, reached: placeOf('file') };
    return getDraft(context, await insertDraft(context.db, draft, author(context)));
  }
  const { organization } = begin;
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  await getOrganization(context, organization);
  const id = await insertDraft(context.db, { organization, datasetId: null, reached: 1 }, author(context));
  return getDraft(context, id);
}

/** @throws TerroirError draft.unknown (also to those who may not read it) */
export async function getDraft(context: Context, id: string): Promise<Draft> {
  const draft = await findDraft(context.db, id);
  if (draft === null || !can(context.actor, 'deposit.read', rightsOn(draft))) throw new TerroirError('draft.unknown');
  return draft;
}

/** A draft that the actor may change. @throws TerroirError draft.unknown, draft.ended, permission.denied */
export async function draftToWorkOn(context: Context, id: string): Promise<Draft> {
  return mustWork(context, id);
}

/** What it is, in words of the job. @throws TerroirError draft.unknown, draft.ended, permission.denied */
export async function chooseKind(context: Context, id: string, kind: KindId): Promise<void> {
  const draft = await mustWork(context, id);
  const reached = placeOf('file');
  // Another kind, another model to check against.
  const again = draft.kind !== kind;
  await changeDraft(
    context.db,
    id,
    { kind, reached, ...(again && { schema: null }) },
    { now: context.now(), reexamine: again },
  );
}

/**
 * Takes a file that was received: what was done to another one is forgotten.
 * @throws TerroirError draft.unknown, draft.ended, permission.denied, draft.depositUnknown
 */
export async function giveFile(context: Context, id: string, depositId: string): Promise<void> {
  const draft = await mustWork(context, id);
  const deposit = await depositOf(context.db, depositId);
  if (deposit === null || deposit.organization !== draft.organization.slug)
    throw new TerroirError('draft.depositUnknown');
  const changes = { depositId, table: null, asDocument: false, steps: [], reviewId: null, reached: placeOf('check') };
  await changeDraft(context.db, id, changes, { now: context.now(), reexamine: true });
}

/** Publishes a document as it is. @throws TerroirError draft.unknown, draft.ended, permission.denied */
export async function publishAsDocument(context: Context, id: string): Promise<void> {
  await mustWork(context, id);
  await changeDraft(context.db, id, { asDocument: true, schema: '' }, { now: context.now(), reexamine: true });
}

/** Which table of the file. @throws TerroirError draft.unknown, draft.ended, permission.denied */
export async function chooseTable(context: Context, id: string, table: string): Promise<void> {
  await mustWork(context, id);
  await changeDraft(context.db, id, { table, steps: [] }, { now: context.now(), reexamine: true });
}

/**
 * Which schema it is checked against: '' for none.
 * @throws TerroirError draft.unknown, draft.ended, permission.denied, schema.unknown
 */
export async function chooseSchema(
  context: Context,
  schemas: SchemaRegistry,
  id: string,
  schema: string,
): Promise<void> {
  await mustWork(context, id);
  const known = schema === '' || (await tableSchemas(schemas)).some(({ name }) => name === schema);
  if (!known) throw new TerroirError('schema.unknown', { name: schema, nearest: '–' });
  await changeDraft(context.db, id, { schema }, { now: context.now(), reexamine: true });
}

/** Has the file looked at if it was not, and waits a moment for it. @throws TerroirError draft.unknown */
export async function examineDraft(context: Context, schemas: SchemaRegistry, id: string): Promise<Draft> {
  await examineNow(context, schemas, await getDraft(context, id));
  return getDraft(context, id);
}

/**
 * Does what a button of the report proposes.
 * @param gesture the button's mark, and what the person typed where it asks
 * @throws TerroirError draft.*, permission.denied, draft.proposalGone, draft.valueMissing
 */
export async function correct(
  context: Context,
  id: string,
  gesture: { readonly mark: string; readonly typed: string },
): Promise<void> {
  const draft = await mustWork(context, id);
  const report = reportOf(draft.examination?.problems ?? []);
  const proposal = proposalByMark(report, gesture.mark);
  if (proposal === null) throw new TerroirError('draft.proposalGone');
  const step = withTyped(proposal, gesture.typed);
  if (step === null) throw new TerroirError('draft.valueMissing');
  await addSteps(context, id, [step]);
}

/** Does every sure fix of what blocks, at once. @throws TerroirError draft.*, permission.denied */
export async function correctAll(context: Context, id: string): Promise<void> {
  const draft = await mustWork(context, id);
  await addSteps(context, id, sureSteps(reportOf(draft.examination?.problems ?? [])));
}

/** Takes back one fix, or all of them. @throws TerroirError draft.*, permission.denied */
export async function undo(context: Context, id: string, place: number | 'all'): Promise<void> {
  await mustWork(context, id);
  await changeSteps(context.db, id, context.now(), (steps) =>
    place === 'all' ? [] : steps.filter((_step, index) => index !== place),
  );
}

/**
 * Which fixes of the dataset's last version still apply to this file.
 * @throws TerroirError draft.*, file.*, engine.*
 */
export async function proposeLastSteps(context: Context, id: string): Promise<Replay | null> {
  const draft = await getDraft(context, id);
  const { datasetId, file, table } = draft;
  if (datasetId === null || file === null || draft.steps.length > 0) return null;
  const [last] = await getVersions(context, datasetId);
  if (last === undefined || last.steps.length === 0) return null;
  return withScratch(context.files, scratchName(), async (scratch) => {
    const kept = await openKept(file, context.files, scratch);
    return replaySteps(kept, last.steps, { scratch, tables: context.ingest }, table === null ? {} : { table });
  });
}

/** Does last year's fixes that still apply. @throws TerroirError draft.*, permission.denied, file.*, engine.* */
export async function replayLastSteps(context: Context, id: string): Promise<void> {
  await mustWork(context, id);
  const replay = await proposeLastSteps(context, id);
  if (replay === null) return;
  await changeSteps(context.db, id, context.now(), (steps) => [...steps, ...replay.proposed]);
}

/**
 * Takes the answers to the six questions and what becomes of each column.
 * @returns whether the data may be published by these answers
 * @throws TerroirError draft.*, permission.denied, opening.waits, opening.answerInvalid
 */
export async function answerRights(context: Context, id: string, form: FormFields): Promise<boolean> {
  const draft = await mustWork(context, id);
  const review = await reviewOfDraft(context, draft);
  if (review === null) throw new TerroirError('draft.notReady', { obstacle: 'file.missing' });
  // What the legal officer decided stands.
  if (review.state !== 'decided') {
    for (const disposition of dispositionsOf(form)) await treatColumn(context, review.id, disposition);
    for (const [question, answer] of answersOf(form))
      if (isNew(review, question, answer)) await answerQuestion(context, review.id, question, answer);
  }
  const open = rightsOf(await getReview(context, review.id)) === 'open';
  await changeDraft(
    context.db,
    id,
    { reached: placeOf(open ? nextStage('rights', draft) : 'rights') },
    { now: context.now() },
  );
  return open;
}

/** What detection answered and the person left as it is stays detection's. */
function isNew(review: Review, question: QuestionId, answer: Answer): boolean {
  return JSON.stringify(review.answers[question]) !== JSON.stringify(answer);
}

/** Says more of the dataset to be. @throws TerroirError draft.*, permission.denied */
export async function say(context: Context, id: string, said: Said, stage: 'present' | 'terms'): Promise<void> {
  const draft = await mustWork(context, id);
  await changeDraft(
    context.db,
    id,
    { said: { ...draft.said, ...said }, reached: placeOf(stage) },
    { now: context.now() },
  );
}

/** Notes how far a draft is. @throws TerroirError draft.*, permission.denied */
export async function reach(context: Context, id: string, stage: StageName): Promise<void> {
  await mustWork(context, id);
  await changeDraft(context.db, id, { reached: placeOf(stage) }, { now: context.now() });
}

/** Puts a draft away for good; its original stays kept. @throws TerroirError draft.*, permission.denied */
export async function abandonDraft(context: Context, id: string): Promise<void> {
  await mustWork(context, id);
  await changeDraft(context.db, id, { state: 'abandoned', steps: [] }, { now: context.now(), reexamine: true });
}

/**
 * Publishes, unless something still stops it. What was learnt of the file is then forgotten: the version has it.
 * @throws TerroirError draft.*, draft.notReady (with the first obstacle), permission.denied, opening.*, dataset.*, licence.*,
 *   file.*, engine.*, disk.full
 */
export async function publishDraft(context: Context, schemas: SchemaRegistry, id: string): Promise<Published> {
  await mustWork(context, id);
  const draft = await examineDraft(context, schemas, id);
  const review = await reviewOfDraft(context, draft);
  const [obstacle] = obstaclesOf(draft, rightsOf(review));
  if (obstacle !== undefined || draft.file === null || review === null)
    throw new TerroirError('draft.notReady', { obstacle: obstacle ?? 'file.missing' });
  if (review.state !== 'decided') await concludeReview(context, review.id);
  const treatments = await treatmentsToPublish(context, review.id);
  const published = await publishFromDraft(context, draft, draft.file, treatments);
  await attachReview(context, review.id, { datasetId: published.id, version: published.version });
  const state = published.secondReading ? ('secondReading' as const) : ('published' as const);
  await changeDraft(
    context.db,
    id,
    { state, datasetId: published.id, version: published.version, steps: [], reached: 7 },
    { now: context.now(), reexamine: true },
  );
  await tellPublished(context, draft, published);
  return published;
}

/**
 * The second reading of a version that waits: published, or given back with why.
 * @throws TerroirError permission.denied, dataset.*, approval.*
 */
export async function readOver(context: Context, id: string, version: number, reason: string | null): Promise<void> {
  const reading = await getSecondReading(context, id, version);
  if (reason === null) await approveVersion(context, id, version);
  else await returnVersion(context, id, version, reason);
  if (reading !== null) await tellReading(context, reading, reason);
}

/** The draft that a review is about. @throws TerroirError draft.unknown */
export async function getDraftOfReview(context: Context, review: string): Promise<Draft> {
  const id = await draftOfReview(context.db, review);
  if (id === null) throw new TerroirError('draft.unknown');
  return getDraft(context, id);
}

/**
 * The file with its fixes, in its own format where that can be written. It goes when `use` has ended.
 * @throws TerroirError draft.*, file.*
 */
export async function withDraftFile<T>(
  context: Context,
  id: string,
  use: (file: CorrectedFile) => Promise<T>,
): Promise<T> {
  const { file, steps, table } = await getDraft(context, id);
  if (file === null) throw new TerroirError('draft.notReady', { obstacle: 'file.missing' });
  return withScratch(context.files, scratchName(), async (scratch) => {
    const kept = await openKept(file, context.files, scratch);
    const source = { file: kept, steps, droppedSourceRows: [], ...(table !== null && { table }) };
    return use(await writeCorrectedFile(source, { files: context.files, tables: context.ingest, scratch }));
  });
}

/** What may be said of a draft's kind, for those who show it. */
export function titleOfDraft(draft: Draft): string {
  return proposedSaid(draft).title ?? kindById(draft.kind)?.title ?? '';
}

async function addSteps(context: Context, id: string, bodies: readonly StepBody[]): Promise<void> {
  if (bodies.length === 0) return;
  const by = actorName(context.actor);
  const at = context.now().toISOString();
  await changeSteps(context.db, id, context.now(), (steps) => [
    ...steps,
    ...bodies.map((body): Step => ({ ...body, by, at })),
  ]);
}

/** The first line of a verb that changes a draft. @throws TerroirError draft.unknown, draft.ended, permission.denied */
async function mustWork(context: Context, id: string, verb: Verb = 'deposit.correct'): Promise<Draft> {
  const draft = await getDraft(context, id);
  mustBeAbleTo(context.actor, verb, rightsOn(draft));
  if (draft.state !== 'draft') throw new TerroirError('draft.ended' satisfies ErrorCode);
  return draft;
}

function rightsOn({ organization, author: made }: Pick<Draft, 'organization' | 'author'>): PermissionObject {
  return { organization: organization.slug, author: made };
}

function author(context: Context) {
  return { actor: actorName(context.actor), now: context.now() };
}

function scratchName(): string {
  return `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
}
