// The verbs of the catalogue: finding datasets, organizations and communes; creating, publishing and withdrawing datasets.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, DatasetState, Organization, Version } from '../../model/dataset.ts';
import { actorName, can, mustBeAbleTo } from '../../model/permission.ts';
import type { FileFacts } from '../../model/table.ts';
import { knownDataset } from './known-dataset.ts';
import { communes, lastContact, organizations, readTerritory, unknownCommunes } from './people-queries.ts';
import { type Author, insertVersion, publishNewest, updateDataset, withdraw } from './publishing-queries.ts';
import { purgesOf } from './purge-queries.ts';
import {
  datasetPage,
  datasetRights,
  datasetsByIds,
  findTombstone,
  type SeenStates,
  takenIds,
  versionsOf,
} from './queries.ts';
import { mayOnDataset, mustOnDataset } from './rights.ts';
import {
  checkCommuneCodes,
  checkContact,
  checkDatasetId,
  checkDueDay,
  checkFrequency,
  checkHighValue,
  checkLicence,
  checkOrganization,
  checkTheme,
  checkTitle,
  deadlines,
  freshness,
  idOfTitle,
  lastUpdate,
  tidyHomologation,
  tidyKeywords,
} from './rules.ts';
import type {
  CatalogPage,
  CatalogSearch,
  Commune,
  CommuneSummary,
  CommuneWithDatasets,
  DatasetChanges,
  DatasetDraft,
  DatasetRequest,
  DepositOrigin,
  Freshness,
  NewOrganization,
  OrganizationSummary,
  Territory,
  Tombstone,
  VersionToPublish,
} from './schemas.ts';
import { runSearch } from './search.ts';
import {
  insertDeposit,
  insertOrganization,
  markDepositFailed,
  writeCommunes,
  writeTerritory,
} from './writing-queries.ts';

export { isNarrowed, readSearch, searchParameters } from './parameters.ts';
export { mayOnDataset, mustOnDataset } from './rights.ts';
export type { DatasetDraft } from './schemas.ts';
export {
  approveVersion,
  changeApproval,
  finishPurge,
  foreseePurge,
  getSecondReading,
  listPurges,
  listSecondReadings,
  pendingPurges,
  purgedSince,
  recordPurge,
  returnVersion,
  verifyDataset,
  wantsSecondReading,
} from './version-verbs.ts';

/** Finds datasets by words and facets: published ones, and drafts for the operator. */
export async function searchCatalog(context: Context, search: CatalogSearch): Promise<CatalogPage> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const { shownOrganizations: organizations = null } = context;
  return runSearch(context.db, search, { states: seenStates(context), organizations, now: context.now() });
}

/** Datasets whole, with their fields, most recently modified first: published ones, and drafts for the operator. */
export async function listDatasets(
  context: Context,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly datasets: readonly Dataset[] }> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return datasetPage(context.db, seenStates(context), page, context.shownOrganizations);
}

/** @throws TerroirError dataset.unknown (a draft is unknown to all but those who may read it), dataset.withdrawn with its reason */
export async function getDataset(context: Context, id: string): Promise<Dataset> {
  const known = await knownDataset(context.db, id);
  const shown = known !== null && (context.shownOrganizations?.includes(known.dataset.organization.slug) ?? true);
  if (known === null || !shown || !can(context.actor, 'dataset.read', known.rights))
    throw new TerroirError('dataset.unknown', { id });
  const { dataset } = known;
  if (dataset.state === 'withdrawn')
    throw new TerroirError('dataset.withdrawn', { id, reason: dataset.stateReason ?? '' });
  return dataset;
}

/** Several datasets at once, in the order asked; those that are unknown to whoever asks, or withdrawn, are left out. */
export async function getDatasets(context: Context, ids: readonly string[]): Promise<readonly Dataset[]> {
  const found = await datasetsByIds(context.db, ids);
  const readable = await Promise.all(
    found.map(({ id, state }) =>
      state === 'published'
        ? can(context.actor, 'dataset.read', { state })
        : state === 'draft' && mayOnDataset(context, 'dataset.read', id),
    ),
  );
  return found.filter((_, i) => readable[i]);
}

/** What stays of a withdrawn dataset. @throws TerroirError dataset.unknown when no dataset of that id was withdrawn */
export async function getTombstone(context: Context, id: string): Promise<Tombstone> {
  mustBeAbleTo(context.actor, 'dataset.read', { state: 'withdrawn' });
  const tombstone = await findTombstone(context.db, id);
  const shown = context.shownOrganizations?.includes(tombstone?.organization.slug ?? '') ?? true;
  if (tombstone === null || !shown) throw new TerroirError('dataset.unknown', { id });
  return tombstone;
}

/**
 * Newest first; a version that was not made public is its producer's alone.
 * @throws TerroirError dataset.unknown, dataset.withdrawn
 */
export async function getVersions(context: Context, id: string): Promise<readonly Version[]> {
  await getDataset(context, id);
  return versionsOf(context.db, id, { unpublishedToo: await seesUnpublished(context, id) });
}

/** @throws TerroirError dataset.unknown, dataset.withdrawn, version.unknown, version.purged with its reason */
export async function getVersion(context: Context, id: string, number: number): Promise<Version> {
  await getDataset(context, id);
  const unpublishedToo = await seesUnpublished(context, id);
  const possible = Number.isInteger(number) && number > 0 && number < 2 ** 31;
  const [version] = possible ? await versionsOf(context.db, id, { unpublishedToo, number }) : [];
  if (version !== undefined) return version;
  const [purge] = possible ? await purgesOf(context.db, id, number) : [];
  if (purge !== undefined) throw new TerroirError('version.purged', { id, version: number, reason: purge.reason });
  throw new TerroirError('version.unknown', { id, version: number });
}

/** Whether a dataset keeps its announced rhythm, and when its next update is expected; null when the rhythm gives no date. */
export function rhythmOf(
  context: Pick<Context, 'now'>,
  dataset: Dataset,
): { readonly freshness: Freshness; readonly dueAt: Date | null } {
  const updated = dataset.version === null ? null : lastUpdate(dataset.version.createdAt, dataset.verifiedAt);
  return {
    freshness: freshness(dataset.frequency, updated, context.now(), dataset.dueDay),
    dueAt: updated === null ? null : (deadlines(dataset.frequency, updated, dataset.dueDay)?.dueAt ?? null),
  };
}

/** By name, each with its number of published datasets. */
export async function listOrganizations(context: Context): Promise<readonly OrganizationSummary[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return organizations(context.db);
}

/** @throws TerroirError organization.unknown */
export async function getOrganization(context: Context, slug: string): Promise<OrganizationSummary> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const [organization] = await organizations(context.db, { slug });
  if (organization === undefined) throw new TerroirError('organization.unknown', { id: slug });
  return organization;
}

/**
 * A producer joins; its SIREN is taken from its SIRET.
 * @throws TerroirError permission.denied, organization.slugTaken, slugInvalid, nameInvalid, siretInvalid, sirenInvalid, inseeInvalid
 */
export async function addOrganization(context: Context, request: NewOrganization): Promise<Organization> {
  mustBeAbleTo(context.actor, 'organization.write');
  const organization = checkOrganization(request);
  await insertOrganization(context.db, organization, context.now());
  return organization;
}

/** The communes of the territory by name, each with its number of published datasets. */
export async function listCommunes(context: Context): Promise<readonly CommuneSummary[]> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return communes(context.db);
}

/** How many datasets a commune's page lists; the catalogue, filtered by commune, has them all. */
const datasetsOfCommune = 100;

/** @throws TerroirError commune.unknown */
export async function getCommune(context: Context, insee: string): Promise<CommuneWithDatasets> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const [commune] = await communes(context.db, insee);
  if (commune === undefined) throw new TerroirError('commune.unknown', { insee });
  const search = {
    q: '',
    selected: { commune: [insee] },
    sort: 'recent',
    page: 1,
    pageSize: datasetsOfCommune,
  } as const;
  const [[organization], found] = await Promise.all([
    organizations(context.db, { insee }),
    searchCatalog(context, search),
  ]);
  return { commune, organization: organization ?? null, datasets: found.datasets };
}

/** Adds communes to the territory, or replaces what is said of them. */
export async function saveCommunes(context: Context, list: readonly Commune[]): Promise<void> {
  mustBeAbleTo(context.actor, 'territory.write');
  await writeCommunes(context.db, list);
}

/** The territory, null as long as nobody named it. */
export async function getTerritory(context: Context): Promise<Territory | null> {
  mustBeAbleTo(context.actor, 'catalog.read');
  return readTerritory(context.db);
}

export async function saveTerritory(context: Context, territory: Territory): Promise<void> {
  mustBeAbleTo(context.actor, 'territory.write');
  await writeTerritory(context.db, territory);
}

/**
 * Everything that can be refused of a new dataset before its file is read.
 * @returns the request with its identifier and defaults; nothing is written, and the identifier is not reserved.
 * @throws TerroirError dataset.titleTooShort, dataset.titleTooLong, dataset.idInvalid, dataset.idTaken, licence.notAllowed,
 *   licence.highValue, hvd.unknown, theme.unknown, frequency.unknown, frequency.dueDayInvalid, dataset.contactInvalid, commune.unknown, organization.unknown
 */
export async function checkNewDataset(context: Context, request: DatasetRequest): Promise<DatasetDraft> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization: request.organization, author: null });
  const title = checkTitle(request.title);
  const terms = {
    hvdCategory: checkHighValue(request.hvdCategory ?? null),
    homologation: tidyHomologation(request.homologation ?? null),
  };
  const said = {
    ...request,
    title,
    ...terms,
    licence: checkLicence(request.licence, terms),
    theme: checkTheme(request.theme),
    frequency: checkFrequency(request.frequency),
    dueDay: checkDueDay(request.dueDay ?? null),
    contact: checkContact(request.contact ?? null),
    keywords: tidyKeywords(request.keywords),
    communes: await checkCommunes(context, request.communes),
  };
  await getOrganization(context, request.organization);
  if (request.id === null) return { ...said, id: await freeDatasetId(context, request.organization, title) };
  const id = checkDatasetId(request.id);
  if ((await takenIds(context.db, [id])).size > 0) throw new TerroirError('dataset.idTaken', { id });
  return { ...said, id };
}

/** Whom the organization usually names as its contact; null when it never did. @throws TerroirError permission.denied */
export async function usualContact(context: Context, organization: string): Promise<string | null> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  return lastContact(context.db, organization);
}

/** The first identifier made of a title that no dataset has or had: arbres, arbres-2, arbres-3 … */
export async function freeDatasetId(context: Context, organization: string, title: string): Promise<string> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  for (let from = 1; ; from += 100) {
    const candidates = Array.from({ length: 100 }, (_, index) => idOfTitle(title, from + index));
    const taken = await takenIds(context.db, candidates);
    const free = candidates.find((id) => !taken.has(id));
    if (free !== undefined) return free;
  }
}

/** Licence, high value and homologation decide together: what is not changed is as it was. */
async function checkTerms(
  context: Context,
  id: string,
  { licence, hvdCategory, homologation }: DatasetChanges,
): Promise<DatasetChanges> {
  if (licence === undefined && hvdCategory === undefined && homologation === undefined) return {};
  const dataset = await getDataset(context, id);
  const terms = {
    hvdCategory: checkHighValue(hvdCategory === undefined ? dataset.hvdCategory : hvdCategory),
    homologation: tidyHomologation(homologation === undefined ? dataset.homologation : homologation),
  };
  return { ...terms, licence: checkLicence(licence ?? dataset.licence, terms) };
}

async function checkCommunes(context: Context, codes: readonly string[]): Promise<readonly string[]> {
  const checked = checkCommuneCodes(codes);
  const [unknown] = await unknownCommunes(context.db, checked);
  if (unknown !== undefined) throw new TerroirError('commune.unknown', { insee: unknown });
  return checked;
}

/** Notes that an original was received, before anyone looks inside. @returns the deposit's id. */
export async function recordDeposit(
  context: Context,
  file: FileFacts & { readonly organization: string; readonly origin?: DepositOrigin },
): Promise<string> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization: file.organization, author: null });
  return insertDeposit(context.db, { ...file, origin: file.origin ?? null }, author(context));
}

/** Notes why a deposit of an organization could not become a version; its original stays. */
export async function failDeposit(
  context: Context,
  depositId: string,
  organization: string,
  errorCode: string,
): Promise<void> {
  mustBeAbleTo(context.actor, 'dataset.deposit', { organization, author: null });
  await markDepositFailed(context.db, depositId, errorCode, context.now());
}

/**
 * Adds a version whose files are in place, in one transaction: creates its dataset when it is new, and makes it public
 * when asked. Not made public, it is what a draft shows; a public dataset goes on showing the version it has.
 * @returns the version's number, whether it is published or a draft, and whether it waits for a second reading.
 * @throws TerroirError permission.denied, dataset.idTaken, dataset.unknown, dataset.withdrawn
 */
export async function publishVersion(
  context: Context,
  request: VersionToPublish,
): Promise<{ readonly number: number; readonly state: DatasetState; readonly secondReading: boolean }> {
  const verb = request.publish ? 'dataset.publish' : 'dataset.deposit';
  if ('title' in request.dataset)
    mustBeAbleTo(context.actor, verb, { organization: request.dataset.organization, author: null });
  else await mustOnDataset(context, verb, request.dataset.id);
  return insertVersion(context.db, request, author(context));
}

/**
 * Makes the newest version of a dataset public, or has it wait for a second reading.
 * @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn
 */
export async function publishDataset(context: Context, id: string): Promise<{ readonly secondReading: boolean }> {
  await mustOnDataset(context, 'dataset.publish', id);
  return publishNewest(context.db, id, author(context));
}

/**
 * Takes a published dataset away for good; its address tells why.
 * @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn, dataset.notPublished, dataset.reasonMissing
 */
export async function withdrawDataset(context: Context, id: string, reason: string): Promise<void> {
  await mustOnDataset(context, 'dataset.withdraw', id);
  await withdraw(context.db, id, reason, author(context));
}

/**
 * Changes what is said of a dataset: its title may change, its identifier never does.
 * @throws TerroirError permission.denied, dataset.unknown, dataset.withdrawn, dataset.titleTooShort, dataset.titleTooLong,
 *   licence.notAllowed, licence.highValue, hvd.unknown, theme.unknown, frequency.unknown, commune.unknown
 */
export async function changeDataset(context: Context, id: string, changes: DatasetChanges): Promise<void> {
  await mustOnDataset(context, 'dataset.describe', id);
  const { title, theme, frequency, dueDay, contact, keywords, communes: codes } = changes;
  const checked: DatasetChanges = {
    ...changes,
    ...(title === undefined ? {} : { title: checkTitle(title) }),
    ...(await checkTerms(context, id, changes)),
    ...(theme === undefined ? {} : { theme: checkTheme(theme) }),
    ...(frequency === undefined ? {} : { frequency: checkFrequency(frequency) }),
    ...(dueDay === undefined ? {} : { dueDay: checkDueDay(dueDay) }),
    ...(contact === undefined ? {} : { contact: checkContact(contact) }),
    ...(keywords === undefined ? {} : { keywords: tidyKeywords(keywords) }),
    ...(codes === undefined ? {} : { communes: await checkCommunes(context, codes) }),
  };
  await updateDataset(context.db, id, checked, author(context));
}

function seenStates(context: Context): SeenStates {
  return can(context.actor, 'catalog.drafts') ? ['draft', 'published'] : ['published'];
}

/** A version that was not made public is read as a draft is. */
async function seesUnpublished(context: Context, id: string): Promise<boolean> {
  const rights = await datasetRights(context.db, id);
  return rights !== null && can(context.actor, 'dataset.read', { ...rights, state: 'draft' });
}

function author(context: Context): Author {
  return { actor: actorName(context.actor), now: context.now() };
}
