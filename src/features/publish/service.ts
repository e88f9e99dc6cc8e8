// The verbs of publishing: a file deposited for an organization becomes a version, and a published dataset if its producer says so.
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import type { Corrections } from '../../data/corrections.ts';
import { readAside } from '../../data/deposit/receive.ts';
import { type BuiltVersion, buildVersion, deposit, type Tools, withScratch } from '../../data/journey.ts';
import { replaySteps } from '../../data/replay.ts';
import type { DepositedFile } from '../../data/stages.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { DatasetState } from '../../model/dataset.ts';
import type { Disposition } from '../../model/opening.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { problem } from '../../model/problem.ts';
import type { Replay } from '../../model/replay.ts';
import type { Step } from '../../model/step.ts';
import {
  checkNewDataset,
  type DatasetDraft,
  failDeposit,
  getDataset,
  getVersions,
  mustOnDataset,
  publishVersion,
  recordDeposit,
} from '../catalog/service.ts';
import { attachReview } from '../opening/service.ts';
import { decideOpening } from './opening-decision.ts';

export type DepositRequest = {
  readonly path: string;
  readonly organization: string;
  readonly title: string;
  readonly description: string;
  /** The identifier wanted, or null to make one of the title. */
  readonly id: string | null;
  readonly licence: string | null;
  readonly hvdCategory?: string | null;
  readonly homologation?: string | null;
  readonly theme: string | null;
  readonly frequency: string | null;
  /** "03-31", for a rhythm counted in years. */
  readonly dueDay?: string | null;
  /** An e-mail or a web address. */
  readonly contact?: string | null;
  readonly keywords: readonly string[];
  readonly communes: readonly string[];
  readonly demo?: boolean;
  readonly source?: string | null;
  /** The table wanted in a file that holds several; null takes the largest. */
  readonly table?: string | null;
  /** Whether a PDF, a picture or a text is published as it is, with one row that presents it. */
  readonly document?: boolean;
  /** The producer's fixes, in their order. */
  readonly steps?: readonly Step[];
  /** Whether the fixes of the dataset's last version that still apply are done first. */
  readonly replay?: boolean;
  /** What is decided of columns with personal data, named by their header; asked for when it is published and some is found. */
  readonly decisions?: readonly Disposition[];
  /** Whether `id` names a dataset that exists and gets one more version. */
  readonly newVersion: boolean;
  /** Made of rows that are public already: what they say of persons was decided where they come from. */
  readonly madeOfPublic?: boolean;
  readonly publish: boolean;
};

export type DepositOutcome = {
  readonly id: string;
  readonly version: number;
  readonly state: DatasetState;
  readonly rows: number;
  readonly columns: number;
  readonly sha256: string;
  readonly problems: BuiltVersion['problems'];
  /** What became of the fixes, and how many rows were set aside. */
  readonly corrections: Corrections;
  /** Last year's fixes on this file, when they were asked for. */
  readonly replay: Replay | null;
  /** Whether another person must approve the version before it is public. */
  readonly secondReading: boolean;
};

export type DepositStep = 'receive' | 'build' | 'publish';

/**
 * The whole way of a file, from the disk to the catalogue. Whatever stops it, nothing is half published: the version's
 * files are in place before the one transaction that shows them, and the original is kept from its arrival on.
 * @throws TerroirError permission.denied, organization.unknown, licence.notAllowed, dataset.*, opening.*, file.*, engine.*, disk.full
 */
export async function depositFile(
  context: Context,
  request: DepositRequest,
  onStep: (step: DepositStep) => void = () => {},
): Promise<DepositOutcome> {
  const target = await findTarget(context, request);
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, async (scratch) => {
    const tools: Tools = { files: context.files, tables: context.ingest, scratch };
    onStep('receive');
    const file = await deposit(request.path, tools);
    const depositId = await recordDeposit(context, { ...file, organization: target.organization });
    try {
      onStep('build');
      const options = request.table == null ? {} : { table: request.table };
      const replay =
        request.replay === true ? await replayLast(context, target.dataset.id, file, tools, options) : null;
      const steps = [...(replay?.proposed ?? []), ...(request.steps ?? [])];
      const { document = false, madeOfPublic = false, publish } = request;
      let review: string | null = null;
      const built = await buildVersion(file, tools, {
        ...options,
        steps,
        document,
        // A draft is shown to nobody: its persons are looked for when it is published. Nothing can be read in a document.
        ...(publish &&
          !document &&
          !madeOfPublic && {
            decide: async (findings) => {
              const decided = await decideOpening(context, openingOf(target, request, depositId), findings);
              review = decided.review;
              return decided.treatments;
            },
          }),
      });
      onStep('publish');
      return await keepAndPublish(context, { target, built, depositId, publish, replay, review });
    } catch (error) {
      await noteFailure(context, depositId, target.organization, error);
      throw error;
    }
  });
}

/**
 * Which fixes of a dataset's last version still apply to a new file: « 11 corrections de l’an dernier proposées ». Nothing is
 * deposited.
 * @throws TerroirError permission.denied, dataset.*, file.*, engine.*
 */
export async function proposeSteps(
  context: Context,
  id: string,
  path: string,
  options: { readonly table?: string } = {},
): Promise<Replay> {
  await mustOnDataset(context, 'dataset.deposit', id);
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, async (scratch) => {
    const tools: Tools = { files: context.files, tables: context.ingest, scratch };
    return replayLast(context, id, await readAside(path, scratch), tools, options);
  });
}

async function replayLast(
  context: Context,
  id: string,
  file: DepositedFile,
  tools: Tools,
  options: { readonly table?: string },
): Promise<Replay> {
  const [last] = await getVersions(context, id).catch((error: unknown) => {
    // A dataset that this deposit creates has no last version.
    if (error instanceof TerroirError && error.code === 'dataset.unknown') return [];
    throw error;
  });
  const scratch = join(tools.scratch, 'replay');
  await mkdir(scratch);
  return replaySteps(file, last?.steps ?? [], { scratch, tables: tools.tables }, options);
}

/** What stopped a deposit is noted beside it; a database that is gone too must not hide it. */
async function noteFailure(context: Context, depositId: string, organization: string, error: unknown): Promise<void> {
  const code = error instanceof TerroirError ? error.code : 'request.unexpected';
  await failDeposit(context, depositId, organization, code).catch((second: unknown) =>
    context.log.error({ depositId, code, second: String(second) }, 'a failed deposit could not be noted'),
  );
}

/** Either a dataset to create with its first version, or one that exists and gets its next version. */
type Target = { readonly organization: string; readonly dataset: DatasetDraft | { readonly id: string } };

/** Everything that can be refused without reading the file is refused first: ten minutes of reading are not lost to a typo. */
async function findTarget(context: Context, request: DepositRequest): Promise<Target> {
  if (request.newVersion && request.id !== null) {
    await mustOnDataset(context, 'dataset.deposit', request.id);
    if (request.publish) await mustOnDataset(context, 'dataset.publish', request.id);
    const dataset = await getDataset(context, request.id);
    return { organization: dataset.organization.slug, dataset: { id: dataset.id } };
  }
  const { organization } = request;
  if (request.publish) mustBeAbleTo(context.actor, 'dataset.publish', { organization, author: null });
  const draft = await checkNewDataset(context, {
    id: request.id,
    title: request.title,
    description: request.description,
    organization,
    licence: request.licence,
    hvdCategory: request.hvdCategory ?? null,
    homologation: request.homologation ?? null,
    theme: request.theme,
    frequency: request.frequency,
    dueDay: request.dueDay ?? null,
    contact: request.contact ?? null,
    keywords: request.keywords,
    communes: request.communes,
    demo: request.demo ?? false,
    source: request.source ?? null,
  });
  return { organization, dataset: draft };
}

function openingOf(
  { organization, dataset }: Target,
  { newVersion, decisions = [], title }: DepositRequest,
  depositId: string,
) {
  const named = 'title' in dataset ? dataset.title : title || dataset.id;
  return { organization, title: named, depositId, datasetId: newVersion ? dataset.id : null, decisions };
}

type Publication = {
  /** The decided review of its opening, null where nothing about persons was found. */
  readonly review: string | null;
  readonly target: Target;
  readonly built: BuiltVersion;
  readonly depositId: string;
  readonly publish: boolean;
  readonly replay: Replay | null;
};

async function keepAndPublish(
  context: Context,
  { target, built, depositId, publish, replay, review }: Publication,
): Promise<DepositOutcome> {
  const { folder, corrections, ...facts } = built;
  const proposed = replay?.corrections ?? 0;
  const key = `${target.dataset.id}@${randomBytes(8).toString('hex')}`;
  await context.files.keepVersion(folder, key);
  try {
    const published = await publishVersion(context, {
      dataset: target.dataset,
      version: { ...facts, key, restoredFrom: null, schema: null, declaredKey: [] },
      depositId,
      publish,
    });
    if (review !== null)
      await attachReview(context, review, { datasetId: target.dataset.id, version: published.number });
    return {
      id: target.dataset.id,
      version: published.number,
      state: published.state,
      rows: built.rows,
      columns: built.fields.length,
      sha256: built.file.sha256,
      problems:
        proposed === 0 ? built.problems : [problem('step.proposed', 'advice', { count: proposed }), ...built.problems],
      corrections,
      replay,
      secondReading: published.secondReading,
    };
  } catch (error) {
    await context.files.removeVersion(key);
    throw error;
  }
}
