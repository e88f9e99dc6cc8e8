// A dataset's next file, brought by a program: a script of its producer, or the source that the platform reads by itself.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { openKept, sha256OfFile } from '../../data/deposit/receive.ts';
import { examineFile } from '../../data/examine.ts';
import { withScratch } from '../../data/journey.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Problem } from '../../model/problem.ts';
import { getDataset, getVersion, getVersions, mustOnDataset, publishDataset } from '../catalog/service.ts';
import { openingOf } from '../opening/service.ts';
import { depositFile } from '../publish/service.ts';
import { noteOrigin } from './queries.ts';
import { heldBack } from './rules.ts';
import type { Delivery, DeliveryRequest } from './schemas.ts';

/**
 * Brings a dataset its next file: a new version, made public when that was asked and nothing stands against it. The bytes
 * that are there already make no version. The corrections of the last version that still apply are done again.
 * @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn, file.*, engine.*, disk.full
 */
export async function deliverFile(context: Context, request: DeliveryRequest): Promise<Delivery> {
  const { id, path, publish } = request;
  await mustOnDataset(context, 'dataset.deposit', id);
  if (publish) await mustOnDataset(context, 'dataset.publish', id);
  const dataset = await getDataset(context, id);
  const [newest] = await getVersions(context, id);
  const known = newest !== undefined && newest.file.sha256 === (await sha256OfFile(path));
  if (known) {
    const outcome = publish ? await publishIfFit(context, dataset, newest, request) : standing(dataset, newest);
    return { ...factsOf(dataset, newest), ...outcome, changed: false };
  }
  const { version } = await depositFile(context, {
    path,
    id,
    newVersion: true,
    publish: false,
    replay: true,
    table: request.table,
    organization: dataset.organization.slug,
    title: dataset.title,
    description: dataset.description,
    licence: null,
    theme: null,
    frequency: null,
    keywords: [],
    communes: [],
  });
  await noteOrigin(context.db, { id, version }, request.origin);
  const brought = await getVersion(context, id, version);
  const outcome = publish
    ? await publishIfFit(context, dataset, brought, request)
    : ({ published: false, waiting: 'publication' } as const);
  return { ...factsOf(dataset, brought), ...outcome, changed: true };
}

type Outcome = Pick<Delivery, 'published' | 'waiting'>;

/** What a version that is there already waits for, if anything. */
function standing(dataset: Dataset, version: Version): Outcome {
  return isShown(dataset, version) ? { published: true, waiting: null } : { published: false, waiting: 'publication' };
}

function isShown(dataset: Dataset, version: Version): boolean {
  return dataset.state === 'published' && dataset.version?.number === version.number;
}

/** Nobody looks before a program publishes: what a person must decide waits for that person. */
async function publishIfFit(
  context: Context,
  dataset: Dataset,
  version: Version,
  { table }: DeliveryRequest,
): Promise<Outcome> {
  if (isShown(dataset, version)) return { published: true, waiting: null };
  if (version.problems.some(({ severity }) => severity === 'error')) return { published: false, waiting: 'problems' };
  if (await holdsUndecided(context, dataset, version, table)) return { published: false, waiting: 'personalData' };
  const { secondReading } = await publishDataset(context, dataset.id);
  return secondReading ? { published: false, waiting: 'secondReading' } : { published: true, waiting: null };
}

/** Whether a version shows persons where the public version does not: a column that is new, was removed or was masked. */
async function holdsUndecided(
  context: Context,
  dataset: Dataset,
  version: Version,
  table: string | null,
): Promise<boolean> {
  const shown = dataset.state === 'published' ? dataset.version : null;
  const opening = shown === null ? null : await openingOf(context, dataset.id, shown.number);
  // What is hidden of the public version would come out again: the desk hides it, a program does not.
  if (opening !== null && opening.treated.length > 0) return true;
  const findings = await withScratch(context.files, scratchName(), async (scratch) => {
    const kept = await openKept(version.file, context.files, scratch);
    const wanted = { table, steps: version.steps, schema: null, known: [] };
    return (await examineFile(kept, wanted, { scratch, tables: context.ingest })).findings;
  });
  return heldBack(findings, shown?.fields ?? []).length > 0;
}

function factsOf(dataset: Dataset, version: Version) {
  const { rows, fields, file, problems } = version;
  return {
    id: dataset.id,
    title: dataset.title,
    version: version.number,
    rows,
    columns: fields.length,
    file: { name: file.name, bytes: file.bytes, sha256: file.sha256 },
    problems: problems as readonly Problem[],
  };
}

export function scratchName(): string {
  return `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
}
