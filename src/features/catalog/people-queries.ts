// Reading who publishes and where: organizations, communes, the territory.
import { sql } from 'kysely';
import type { Organization } from '../../model/dataset.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { CommuneSummary, OrganizationSummary, Territory } from './schemas.ts';
import { storable } from './storable.ts';

/** The contact of the last dataset of an organization that says one. */
export async function lastContact(db: Metadata, organization: string): Promise<string | null> {
  const row = await db
    .selectFrom('dataset')
    .select('contact')
    .where('organization', '=', organization)
    .where('contact', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.contact ?? null;
}

/** The population is the organization's own, or else that of its commune. */
export const organizationColumns = [
  'o.slug',
  'o.name',
  'o.kind',
  'o.siret',
  'o.siren',
  'o.insee',
  sql<number | null>`coalesce(o.population, c.population)`.as('population'),
  sql<string | null>`coalesce(o.population_source, c.population_source)`.as('population_source'),
  'o.description as organization_description',
] as const;

function selectOrganizations(db: Metadata) {
  return db
    .selectFrom('organization as o')
    .leftJoin('commune as c', 'c.insee', 'o.insee')
    .select(organizationColumns)
    .select((eb) =>
      eb
        .selectFrom('dataset')
        .select(eb.fn.countAll<string>().as('count'))
        .whereRef('organization', '=', 'o.slug')
        .where('state', '=', 'published')
        .as('datasets'),
    )
    .orderBy(sql`terroir_fold(o.name) collate "C"`);
}

type OrganizationRow = Pick<
  Awaited<ReturnType<ReturnType<typeof selectOrganizations>['execute']>>[number],
  | 'slug'
  | 'name'
  | 'kind'
  | 'siret'
  | 'siren'
  | 'insee'
  | 'population'
  | 'population_source'
  | 'organization_description'
>;

export function toOrganization(row: OrganizationRow): Organization {
  return {
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    siret: row.siret,
    siren: row.siren,
    insee: row.insee,
    population: row.population,
    populationSource: row.population_source,
    description: row.organization_description,
  };
}

/** Organizations by name, with their number of published datasets; one only when a slug or a commune is given. */
export async function organizations(
  db: Metadata,
  only: { readonly slug?: string; readonly insee?: string } = {},
): Promise<readonly OrganizationSummary[]> {
  let query = selectOrganizations(db);
  if (only.slug !== undefined) query = query.where('o.slug', '=', storable(only.slug));
  if (only.insee !== undefined) query = query.where('o.insee', '=', only.insee).where('o.kind', '=', 'commune');
  const rows = await query.execute();
  return rows.map((row) => ({ ...toOrganization(row), datasets: Number(row.datasets) }));
}

/** Communes by name, with the organization that publishes for each and the number of published datasets about it. */
export async function communes(db: Metadata, insee?: string): Promise<readonly CommuneSummary[]> {
  let query = db
    .selectFrom('commune as c')
    .selectAll()
    .select((eb) => [
      eb
        .selectFrom('organization')
        .select('slug')
        .whereRef('insee', '=', 'c.insee')
        .where('kind', '=', 'commune')
        .orderBy('created_at')
        .limit(1)
        .as('organization'),
      eb
        .selectFrom('dataset')
        .select(eb.fn.countAll<string>().as('count'))
        .where(sql<boolean>`dataset.communes @> array[c.insee]`)
        .where('state', '=', 'published')
        .as('datasets'),
    ])
    .orderBy(sql`terroir_fold(c.name) collate "C"`);
  if (insee !== undefined) query = query.where('c.insee', '=', storable(insee));
  const rows = await query.execute();
  return rows.map((row) => ({
    insee: row.insee,
    name: row.name,
    siren: row.siren,
    population: row.population,
    populationSource: row.population_source,
    postalCodes: row.postal_codes,
    organization: row.organization,
    datasets: Number(row.datasets),
  }));
}

/** Which of the INSEE codes are no commune of the territory; none when the territory has no communes yet. */
export async function unknownCommunes(db: Metadata, codes: readonly string[]): Promise<readonly string[]> {
  if (codes.length === 0) return [];
  const rows = await db.selectFrom('commune').select('insee').execute();
  const known = new Set(rows.map((row) => row.insee));
  return known.size === 0 ? [] : codes.filter((code) => !known.has(code));
}

export async function readTerritory(db: Metadata): Promise<Territory | null> {
  const row = await db.selectFrom('territory').select(['name', 'kind', 'siren', 'source', 'demo']).executeTakeFirst();
  return row ?? null;
}
