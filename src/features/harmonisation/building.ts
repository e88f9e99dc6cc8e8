// Gathers the rows of all contributions of a consolidated dataset; only what changed is made again.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { alignFile } from '../../data/align-file.ts';
import { appendFiles } from '../../data/append-files.ts';
import { harmoniseFile, rowColumn } from '../../data/harmonise-file.ts';
import { withScratch } from '../../data/journey.ts';
import { mappableFields, tableOfVersion } from '../../data/table-of-version.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { TableSchema } from '../../model/schema.ts';
import { urls } from '../../web/urls.ts';
import { notify, whoAnswersFor } from '../accounts/service.ts';
import { getDataset } from '../catalog/service.ts';
import { depositFile } from '../publish/service.ts';
import { decisionsOn, forgetPairs, withoutDuplicates } from './duplicates.ts';
import { readContributions, writeBroken, writeBuilt, writeKept, writeTold } from './queries.ts';
import { vanishedColumns } from './rules.ts';
import type { Consolidation, Contribution } from './schemas.ts';

/** Version of what these rows are made by: another number makes them all again. */
const maker = 1;
/** What says where a row comes from, in this order. */
const originColumns = ['producer', 'communeInsee', 'sourceDataset', 'sourceVersion', 'validFrom'] as const;

/**
 * Takes the rows of every validated contribution, in the words of the schema; a contribution whose columns vanished keeps
 * its last good rows and is told as broken. Publishes a new version when the rows are others than before.
 * @param context the operator's
 * @returns whether a version was published
 * @throws TerroirError engine.*, disk.full; one producer's file never makes it fail for the others
 */
export async function gatherRows(
  context: Context,
  consolidation: Consolidation,
  schema: TableSchema,
): Promise<boolean> {
  const { id } = consolidation;
  const contributions = await readContributions(context.db, id);
  const parts: { readonly from: string; readonly path: string; readonly dataset: Dataset }[] = [];
  for (const contribution of contributions) {
    if (contribution.state === 'suggested') continue;
    const dataset = await getDataset(context, contribution.datasetId);
    // What was withdrawn or purged is nowhere any more.
    if (dataset.state !== 'published' || dataset.version === null) continue;
    const from = await keepRows(context, { consolidation, contribution, dataset, version: dataset.version, schema });
    if (from === null) continue;
    parts.push({ from, path: join(folderOf(context, id, dataset.id), 'harmonised.csv'), dataset });
  }
  const decisions = await decisionsOn(context, id);
  const builtFrom = digest([
    decisions,
    parts.map(({ from, dataset }) => [dataset.id, from]),
    schema.fields.map(({ name }) => name),
  ]);
  if (builtFrom === consolidation.builtFrom) return false;
  if (parts.length === 0) {
    await forgetPairs(context, id);
    return false;
  }
  let duplicateRows = 0;
  await withScratch(context.files, scratchName(), async (scratch) => {
    const gathered = join(scratch, 'gathered.csv');
    await appendFiles(await withHeader(context, schema, parts, scratch), gathered);
    const unique = await withoutDuplicates(context, id, schema, { path: gathered, to: join(scratch, 'unique.csv') });
    duplicateRows = unique.rows;
    const path = join(scratch, `${id}.csv`);
    await rename(unique.path, path);
    const exists = consolidation.builtAt !== null;
    await depositFile(context, {
      path,
      id,
      newVersion: exists,
      publish: true,
      madeOfPublic: true,
      organization: consolidation.organization,
      title: consolidation.title,
      description: consolidation.description,
      licence: null,
      theme: consolidation.theme,
      frequency: 'IRREG',
      keywords: consolidation.keywords,
      communes: [...new Set(parts.flatMap(({ dataset }) => dataset.organization.insee ?? []))],
      demo: parts.every(({ dataset }) => dataset.demo),
    });
  });
  await writeBuilt(context.db, id, { from: builtFrom, duplicateRows, now: context.now() });
  return true;
}

type Work = {
  readonly consolidation: Consolidation;
  readonly contribution: Contribution;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly schema: TableSchema;
};

/** @returns what the rows kept were made from; null when there are none to take */
async function keepRows(context: Context, work: Work): Promise<string | null> {
  const { consolidation, contribution, dataset, version, schema } = work;
  const at = { id: consolidation.id, datasetId: dataset.id };
  const from = digest([maker, version.key, contribution.mapping, schema]);
  const folder = folderOf(context, consolidation.id, dataset.id);
  const there = await stat(join(folder, 'harmonised.csv')).catch(() => null);
  if (contribution.keptFrom === from && there !== null) return from;
  // The schema asks for something else now: what was good stays until somebody has looked.
  if (contribution.missingFields.length > 0) {
    await tellBroken(context, work, contribution.missingFields);
    return there === null ? null : contribution.keptFrom;
  }
  const vanished = vanishedColumns(
    contribution.mapping,
    mappableFields(version).map(({ title }) => title),
  );
  if (vanished.length > 0) {
    await writeBroken(context.db, at, { columns: vanished });
    await tellBroken(context, work, vanished);
    return there === null ? null : contribution.keptFrom;
  }
  await withScratch(context.files, scratchName(), async (scratch) => {
    const dataPath = join(context.files.versionFolder(version.key), 'data.parquet');
    const table = await tableOfVersion(version, dataset.id, { dataPath, folder: scratch, tables: context.ingest });
    const made = join(scratch, 'made');
    await mkdir(made);
    const { organization } = dataset;
    const origin: Readonly<Record<(typeof originColumns)[number], string>> = {
      producer: organization.name,
      communeInsee: organization.insee ?? '',
      sourceDataset: dataset.id,
      sourceVersion: String(version.number),
      validFrom: version.createdAt.toISOString().slice(0, 10),
    };
    const done = await harmoniseFile({ table, mapping: { mappings: contribution.mapping }, origin }, schema, {
      tables: context.ingest,
      folder: made,
      lang: 'fr',
    });
    await rm(join(made, 'mapped.csv'));
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, '..'), { recursive: true });
    await rename(made, folder);
    await writeKept(context.db, at, { from, version: version.number, ...done });
  });
  return from;
}

/** Its producer is written to, once for the same columns: what is public stays as it was. */
async function tellBroken(
  context: Context,
  { consolidation, dataset }: Work,
  missing: readonly string[],
): Promise<void> {
  const at = { id: consolidation.id, datasetId: dataset.id };
  if (!(await writeTold(context.db, at, missing))) return;
  const organization = dataset.organization.slug;
  await notify(context, {
    kind: 'mapping.broken',
    params: { about: dataset.title, table: consolidation.title, columns: missing.join(', ') },
    link: urls.contribution(consolidation.id, dataset.id),
    to: await whoAnswersFor(context, organization),
    organization,
  });
}

/** The files of the parts under the header of the schema of today: good rows of an older one lose the columns that are gone. */
async function withHeader(
  context: Context,
  schema: TableSchema,
  parts: readonly { readonly path: string }[],
  scratch: string,
): Promise<readonly string[]> {
  const header = [...schema.fields.map(({ name }) => name), ...originColumns, rowColumn];
  const paths: string[] = [];
  for (const [index, { path }] of parts.entries()) {
    const aligned = join(scratch, `part-${index}.csv`);
    paths.push((await alignFile(path, header, { tables: context.ingest, to: aligned })) ? aligned : path);
  }
  return paths;
}

/** Where the rows taken from a dataset, and those set aside, are kept. */
export function folderOf(context: Context, id: string, datasetId: string): string {
  return join(context.files.root, 'harmonised', id, datasetId);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function scratchName(): string {
  return `journey-${process.pid}-${randomBytes(6).toString('hex')}`;
}
