// Writing what stands around datasets: the territory, its communes, organizations, and deposits.
import { TerroirError } from '../../lib/errors.ts';
import type { Organization } from '../../model/dataset.ts';
import type { FileFacts } from '../../model/table.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Author } from './publishing-queries.ts';
import type { Commune, DepositOrigin, Territory } from './schemas.ts';
import { storable } from './storable.ts';

export async function writeTerritory(db: Metadata, territory: Territory): Promise<void> {
  const { name, kind, siren, source, demo } = territory;
  await db
    .insertInto('territory')
    .values({ name, kind, siren, source, demo })
    .onConflict((conflict) => conflict.column('only_one').doUpdateSet({ name, kind, siren, source, demo }))
    .execute();
}

export async function writeCommunes(db: Metadata, communes: readonly Commune[]): Promise<void> {
  if (communes.length === 0) return;
  await db
    .insertInto('commune')
    .values(
      communes.map((commune) => ({
        insee: commune.insee,
        name: commune.name,
        siren: commune.siren,
        population: commune.population,
        population_source: commune.populationSource,
        postal_codes: commune.postalCodes,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('insee').doUpdateSet((eb) => ({
        name: eb.ref('excluded.name'),
        siren: eb.ref('excluded.siren'),
        population: eb.ref('excluded.population'),
        population_source: eb.ref('excluded.population_source'),
        postal_codes: eb.ref('excluded.postal_codes'),
      })),
    )
    .execute();
}

/** @throws TerroirError organization.slugTaken */
export async function insertOrganization(db: Metadata, organization: Organization, now: Date): Promise<void> {
  const { slug, populationSource, name, description, ...known } = organization;
  const inserted = await db
    .insertInto('organization')
    .values({
      ...known,
      slug,
      name: storable(name),
      description: description === null ? null : storable(description),
      population_source: populationSource,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) throw new TerroirError('organization.slugTaken', { slug });
}

/** @returns the deposit's id. */
export async function insertDeposit(
  db: Metadata,
  file: FileFacts & { readonly organization: string; readonly origin: DepositOrigin | null },
  author: Author,
): Promise<string> {
  const row = await db
    .insertInto('deposit')
    .values({
      organization: file.organization,
      file_name: storable(file.name),
      file_bytes: file.bytes,
      file_sha256: file.sha256,
      state: 'received',
      created_at: author.now,
      author: author.actor,
      origin: file.origin,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function markDepositFailed(db: Metadata, id: string, errorCode: string, now: Date): Promise<void> {
  await db
    .updateTable('deposit')
    .set({ state: 'failed', error_code: errorCode, closed_at: now })
    .where('id', '=', id)
    .where('state', '=', 'received')
    .execute();
}
