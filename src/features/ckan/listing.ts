// All the packages that somebody may see, kept until the catalogue changes: PostgreSQL says when it did.
import type { Context } from '../../context.ts';
import type { Dataset } from '../../model/dataset.ts';
import { can } from '../../model/permission.ts';
import { hidesOriginal } from '../../model/step.ts';
import { listCommunes, listDatasets } from '../catalog/service.ts';
import { catalogueRevision } from '../catalog-api/service.ts';
import { openingOf } from '../opening/service.ts';
import { type Package, packageOf, type Resource } from './packages.ts';

export type Listing = {
  readonly revision: string;
  /** Most recently modified first. */
  readonly packages: readonly Package[];
  /** By name and by UUID. */
  readonly byId: ReadonlyMap<string, Package>;
  readonly resources: ReadonlyMap<string, { readonly package: Package; readonly resource: Resource }>;
  readonly communes: ReadonlyMap<string, string>;
  /** Whether the producer's file is for everybody, by the key of its version. */
  readonly originals: ReadonlyMap<string, boolean>;
};

const kept = new WeakMap<object, Map<string, Promise<Listing>>>();
const pageSize = 200;

/** The packages of the catalogue as it is now, of whoever sees the same states. */
export async function listing(context: Context, publicUrl: string): Promise<Listing> {
  const key = `${can(context.actor, 'catalog.drafts')} ${publicUrl}`;
  const all = kept.get(context.db) ?? new Map<string, Promise<Listing>>();
  kept.set(context.db, all);
  const revision = await catalogueRevision(context.db);
  const before = await all.get(key)?.catch(() => undefined);
  if (before?.revision === revision) return before;
  // Whoever came first for this revision makes it, the others wait.
  const making = all.get(`${key} ${revision}`) ?? make(context, publicUrl, revision, before);
  all.set(`${key} ${revision}`, making);
  try {
    const made = await making;
    all.set(key, making);
    return made;
  } finally {
    all.delete(`${key} ${revision}`);
  }
}

async function make(
  context: Context,
  publicUrl: string,
  revision: string,
  before: Listing | undefined,
): Promise<Listing> {
  const communes = new Map((await listCommunes(context)).map(({ insee, name }) => [insee, name]));
  const packages: Package[] = [];
  const originals = new Map<string, boolean>();
  for (let offset = 0, total = Number.POSITIVE_INFINITY; offset < total; offset += pageSize) {
    const page = await listDatasets(context, { limit: pageSize, offset });
    total = page.total;
    const made = page.datasets.map(async (dataset) => {
      const key = dataset.version?.key ?? '';
      const original = before?.originals.get(key) ?? (await isOriginalPublic(context, dataset));
      originals.set(key, original);
      return packageOf(dataset, { publicUrl, communes, original });
    });
    packages.push(...(await Promise.all(made)));
  }
  return {
    revision,
    packages,
    byId: new Map(packages.flatMap((one) => [[one.id, one] as const, [one.name, one] as const])),
    resources: new Map(
      packages.flatMap((one) => one.resources.map((resource) => [resource.id, { package: one, resource }] as const)),
    ),
    communes,
    originals,
  };
}

/** Neither a name nor a size is told of a file that holds what is not published. */
export async function isOriginalPublic(context: Context, { id, version }: Dataset): Promise<boolean> {
  if (version === null || hidesOriginal(version.steps)) return false;
  const opening = await openingOf(context, id, version.number);
  return opening === null || opening.treated.length === 0;
}
