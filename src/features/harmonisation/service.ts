// The verbs of harmonisation: found a consolidated dataset, take producers in, decide how their columns are read, gather the rows.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { withScratch } from '../../data/journey.ts';
import { proposeForTable } from '../../data/propose-mapping.ts';
import { tableOfVersion } from '../../data/table-of-version.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { FieldMapping, MappingProposal } from '../../model/mapping.ts';
import { actorName, mustBeAbleTo } from '../../model/permission.ts';
import type { TableSchema } from '../../model/schema.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { getDataset, getOrganization, listCommunes } from '../catalog/service.ts';
import { folderOf, gatherRows } from './building.ts';
import {
  deleteContribution,
  insertConsolidation,
  insertContribution,
  readConsolidations,
  readContributions,
  readMappingsOnto,
  validatedMappings,
  writeBroken,
  writeMapping,
  writeSchemaVersion,
} from './queries.ts';
import { coverageOf, isPlain, learnedFrom, newlyBroken, teachersOf, withLearnedValues } from './rules.ts';
import type { Consolidation, ConsolidationFacts, ConsolidationRequest, Contribution } from './schemas.ts';

/** All consolidated datasets, with how far each is. */
export async function listConsolidations(context: Context): Promise<readonly ConsolidationFacts[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const all = await readConsolidations(context.db);
  return Promise.all(all.map((consolidation) => factsOf(context, consolidation)));
}

/** @throws TerroirError consolidation.unknown */
export async function getConsolidation(context: Context, id: string): Promise<ConsolidationFacts> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return factsOf(context, await find(context, id));
}

async function factsOf(context: Context, consolidation: Consolidation): Promise<ConsolidationFacts> {
  const contributions = await readContributions(context.db, consolidation.id);
  const communes = (await listCommunes(context)).map(({ insee }) => insee);
  return { consolidation, contributions, coverage: coverageOf(contributions, communes) };
}

async function find(context: Context, id: string): Promise<Consolidation> {
  const [found] = await readConsolidations(context.db, id);
  if (found === undefined) throw new TerroirError('consolidation.unknown', { id });
  return found;
}

/** @throws TerroirError permission.denied, organization.unknown, schema.*, consolidation.idTaken */
export async function foundConsolidation(
  context: Context,
  schemas: SchemaRegistry,
  request: ConsolidationRequest,
): Promise<void> {
  mustBeAbleTo(context.actor, 'harmonisation.manage', { organization: request.organization });
  await getOrganization(context, request.organization);
  const { version } = await schemaOf(schemas, request.schema);
  const by = { actor: actorName(context.actor), now: context.now(), schemaVersion: version };
  if (!(await insertConsolidation(context.db, request, by)))
    throw new TerroirError('consolidation.idTaken', { id: request.id });
}

/**
 * Takes a dataset in, with a mapping proposed from its columns and from what other producers taught. Its rows are taken at
 * once where every field that the schema requires is sure; else when someone has decided.
 * @throws TerroirError permission.denied, consolidation.unknown, contribution.there, dataset.*, schema.*, engine.*
 */
export async function addContribution(
  context: Context,
  schemas: SchemaRegistry,
  id: string,
  datasetId: string,
): Promise<{ readonly proposal: MappingProposal; readonly taken: boolean }> {
  const consolidation = await find(context, id);
  mustBeAbleTo(context.actor, 'harmonisation.manage', { organization: consolidation.organization });
  const schema = await schemaOfTable(schemas, consolidation);
  const proposal = await proposeMappingOf(context, schemas, id, datasetId);
  const taken = isPlain(proposal, schema);
  const mapping = taken ? proposal.mappings.filter(({ sure }) => sure) : proposal.mappings;
  const state = taken ? 'validated' : 'suggested';
  if (!(await insertContribution(context.db, id, { datasetId, mapping, state, now: context.now() })))
    throw new TerroirError('contribution.there', { id, dataset: datasetId });
  return { proposal, taken };
}

/**
 * What is proposed today for a dataset's columns, whatever was decided before.
 * @throws TerroirError consolidation.unknown, dataset.*, schema.*, engine.*
 */
export async function proposeMappingOf(
  context: Context,
  schemas: SchemaRegistry,
  id: string,
  datasetId: string,
): Promise<MappingProposal> {
  const consolidation = await find(context, id);
  const schema = await schemaOfTable(schemas, consolidation);
  const dataset = await getDataset(context, datasetId);
  const { version } = dataset;
  if (version === null || dataset.state !== 'published')
    throw new TerroirError('dataset.notPublished', { id: datasetId });
  const others = await validatedMappings(context.db, consolidation.schema);
  return withScratch(context.files, `journey-${process.pid}-${randomBytes(6).toString('hex')}`, async (folder) => {
    const dataPath = join(context.files.versionFolder(version.key), 'data.parquet');
    const table = await tableOfVersion(version, datasetId, { dataPath, folder, tables: context.ingest });
    const proposal = proposeForTable(table, schema, learnedFrom(others));
    return { ...proposal, mappings: withLearnedValues(proposal.mappings, others) };
  });
}

/** For each field of a proposal that was learnt of others, who they are. */
export async function teachersOfMapping(
  context: Context,
  { schema }: Pick<Consolidation, 'schema'>,
  { mapping, organization }: { readonly mapping: readonly FieldMapping[]; readonly organization: string },
): Promise<Readonly<Record<string, readonly string[]>>> {
  const others = (await readMappingsOnto(context.db, schema)).filter(({ producer }) => producer !== organization);
  return Object.fromEntries(mapping.map((each) => [each.field, teachersOf(each, others)]));
}

/** A contribution and its consolidated dataset. @throws TerroirError consolidation.unknown, contribution.unknown */
export async function getContribution(
  context: Context,
  id: string,
  datasetId: string,
): Promise<{ readonly consolidation: Consolidation; readonly contribution: Contribution }> {
  const consolidation = await find(context, id);
  const contribution = (await readContributions(context.db, id)).find((each) => each.datasetId === datasetId);
  if (contribution === undefined) throw new TerroirError('contribution.unknown', { id, dataset: datasetId });
  mustDecide(context, consolidation, contribution);
  return { consolidation, contribution };
}

/** Its producer decides how its columns are read, or whoever answers for the consolidated dataset. */
function mustDecide(context: Context, { organization }: Consolidation, contribution: Contribution): void {
  const producer = contribution.organization.slug;
  try {
    mustBeAbleTo(context.actor, 'harmonisation.manage', { organization });
  } catch {
    mustBeAbleTo(context.actor, 'mapping.decide', { organization: producer });
  }
}

/**
 * Decides how the columns of a contribution are read: its rows are taken from now on, and with each new version.
 * @throws TerroirError permission.denied, consolidation.unknown, contribution.unknown, mapping.invalid
 */
export async function decideMapping(
  context: Context,
  schemas: SchemaRegistry,
  at: { readonly id: string; readonly datasetId: string },
  mapping: readonly FieldMapping[],
): Promise<void> {
  const { consolidation } = await getContribution(context, at.id, at.datasetId);
  const schema = await schemaOfTable(schemas, consolidation);
  const known = new Set(schema.fields.map(({ name }) => name));
  const [stranger] = mapping.filter(({ field }) => !known.has(field));
  if (mapping.length === 0 || stranger !== undefined)
    throw new TerroirError('mapping.invalid', { name: at.datasetId, reason: stranger?.field ?? '0' });
  const by = { actor: actorName(context.actor), now: context.now() };
  const decided = mapping.map((each): FieldMapping => ({ ...each, sure: true, confidence: 1 }));
  if (!(await writeMapping(context.db, at, decided, by)))
    throw new TerroirError('contribution.unknown', { id: at.id, dataset: at.datasetId });
}

/** Its rows leave with the next gathering; the dataset itself stays. @throws TerroirError permission.denied, contribution.unknown */
export async function removeContribution(context: Context, id: string, datasetId: string): Promise<void> {
  await getContribution(context, id, datasetId);
  if (!(await deleteContribution(context.db, id, datasetId)))
    throw new TerroirError('contribution.unknown', { id, dataset: datasetId });
}

/**
 * Gathers the rows of every consolidated dataset whose producers changed something; the others are left alone.
 * @param context the operator's
 */
export async function followProducers(context: Context, schemas: SchemaRegistry): Promise<void> {
  for (const consolidation of await readConsolidations(context.db)) {
    try {
      await gatherRows(context, consolidation, await schemaOfTable(schemas, consolidation));
    } catch (error) {
      // One that fails does not keep the others from theirs.
      context.log.warn({ id: consolidation.id, error: String(error) }, 'a consolidated dataset could not be gathered');
    }
  }
}

/** The file of the rows set aside of a contribution, with why: its producer's, and who answers for the whole. */
export async function rejectedRows(
  context: Context,
  id: string,
  datasetId: string,
): Promise<{ readonly path: string; readonly name: string }> {
  await getContribution(context, id, datasetId);
  return {
    path: join(folderOf(context, id, datasetId), 'rejected.csv'),
    name: `${datasetId}-lignes-mises-de-cote.csv`,
  };
}

/** The schema in the version that a consolidated dataset follows. @throws TerroirError schema.*, schema.otherKind */
export async function schemaOfTable(
  schemas: SchemaRegistry,
  { schema, schemaVersion }: Pick<Consolidation, 'schema' | 'schemaVersion'>,
): Promise<TableSchema> {
  if (schemaVersion === null) return schemaOf(schemas, schema);
  // A version that came with an older platform is not there any more: the one in force is nearest.
  return schemaOf(schemas, `${schema}@${schemaVersion}`).catch(() => schemaOf(schemas, schema));
}

/** @throws TerroirError schema.*, schema.otherKind */
export async function schemaOf(schemas: SchemaRegistry, name: string): Promise<TableSchema> {
  const loaded = await schemas.load(name);
  if (loaded.kind === 'table') return loaded.schema;
  throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: name });
}

/** The fields that each producer's mapping onto a schema says: what another version of the schema may break. */
export async function mappingsOnto(
  context: Context,
  schema: string,
): Promise<
  readonly {
    readonly consolidation: string;
    readonly title: string;
    readonly producer: string;
    readonly mapped: readonly string[];
  }[]
> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const all = await readMappingsOnto(context.db, schema);
  return all.map(({ mapping, ...each }) => ({ ...each, mapped: mapping.map(({ field }) => field) }));
}

/** The version in force of its schema, when a consolidated dataset follows an older one, and what moving to it breaks. */
export async function newerSchema(
  context: Context,
  schemas: SchemaRegistry,
  id: string,
): Promise<{
  readonly version: string;
  readonly broken: readonly { readonly contribution: Contribution; readonly fields: readonly string[] }[];
} | null> {
  const consolidation = await find(context, id);
  const inForce = await schemaOf(schemas, consolidation.schema);
  const { schemaVersion } = consolidation;
  if (inForce.version === null || schemaVersion === null || schemaVersion === inForce.version) return null;
  const before = await schemaOfTable(schemas, consolidation);
  if (before.version === inForce.version) return null;
  const broken = (await readContributions(context.db, id))
    .filter(({ state }) => state !== 'suggested')
    .map((contribution) => ({ contribution, fields: newlyBroken(contribution.mapping, before, inForce) }));
  return { version: inForce.version, broken: broken.filter(({ fields }) => fields.length > 0) };
}

/**
 * Moves a consolidated dataset to the version in force of its schema. Contributions that it breaks keep their last good rows,
 * and their producers are told.
 * @throws TerroirError permission.denied, consolidation.unknown, schema.*
 */
export async function moveToNewerSchema(context: Context, schemas: SchemaRegistry, id: string): Promise<void> {
  const { organization } = await find(context, id);
  mustBeAbleTo(context.actor, 'harmonisation.manage', { organization });
  const newer = await newerSchema(context, schemas, id);
  if (newer === null) return;
  for (const { contribution, fields } of newer.broken)
    await writeBroken(context.db, { id, datasetId: contribution.datasetId }, { fields });
  await writeSchemaVersion(context.db, id, newer.version);
}
