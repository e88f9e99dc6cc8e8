// From a draft to a version: the journey is done on the kept original with the draft's fixes and treatments, then published.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { openKept } from '../../data/deposit/receive.ts';
import { buildVersion, withScratch } from '../../data/journey.ts';
import type { Treatment } from '../../model/finding.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { checkNewDataset, type DatasetDraft, mustOnDataset, publishVersion } from '../catalog/service.ts';
import { proposedSaid } from './rules.ts';
import type { Draft, DraftFile, Published } from './schemas.ts';

/**
 * Builds and publishes what a draft says. Whatever stops it, nothing is half published.
 * @throws TerroirError permission.denied, dataset.*, licence.*, file.*, steps.nothingLeft, engine.*, disk.full
 */
export async function publishFromDraft(
  context: Context,
  draft: Draft,
  file: DraftFile,
  treatments: readonly Treatment[],
): Promise<Published> {
  const dataset = await targetOf(context, draft);
  const scratchName = `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
  return withScratch(context.files, scratchName, async (scratch) => {
    const kept = await openKept(file, context.files, scratch);
    const { steps, table, asDocument: document } = draft;
    const built = await buildVersion(
      kept,
      { files: context.files, tables: context.ingest, scratch },
      { steps, treatments, document, ...(table !== null && { table }) },
    );
    const { folder, corrections: _corrections, ...facts } = built;
    const key = `${dataset.id}@${randomBytes(8).toString('hex')}`;
    await context.files.keepVersion(folder, key);
    try {
      const done = await publishVersion(context, {
        dataset,
        version: { ...facts, key, restoredFrom: null, ...schemaFollowed(draft) },
        depositId: file.depositId,
        publish: true,
      });
      return { id: dataset.id, version: done.number, secondReading: done.secondReading };
    } catch (error) {
      await context.files.removeVersion(key);
      throw error;
    }
  });
}

/** The schema that the file was checked against, and its key: what tells the rows of two versions apart. */
function schemaFollowed({ examination }: Draft) {
  return { schema: examination?.schema ?? null, declaredKey: examination?.declaredKey ?? [] };
}

/** What can be refused without reading the file is refused first. */
async function targetOf(context: Context, draft: Draft): Promise<DatasetDraft | { readonly id: string }> {
  if (draft.datasetId !== null) {
    await mustOnDataset(context, 'dataset.publish', draft.datasetId);
    return { id: draft.datasetId };
  }
  const organization = draft.organization.slug;
  mustBeAbleTo(context.actor, 'dataset.publish', { organization, author: null });
  const said = proposedSaid(draft);
  return checkNewDataset(context, {
    id: null,
    title: said.title ?? '',
    description: said.description ?? '',
    organization,
    licence: said.licence ?? null,
    hvdCategory: said.hvdCategory ?? null,
    homologation: said.homologation ?? null,
    theme: said.theme ?? null,
    frequency: said.frequency ?? null,
    dueDay: said.dueDay ?? null,
    contact: said.contact ?? null,
    keywords: said.keywords ?? [],
    communes: said.communes ?? [],
    demo: false,
    source: said.source ?? null,
  });
}
