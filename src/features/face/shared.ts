// What communes of the territory publish, subject by subject: read now and then, shown to those that do not publish it yet.
import type { Context } from '../../context.ts';
import type { DatasetSummary } from '../catalog/schemas.ts';
import { listOrganizations, searchCatalog } from '../catalog/service.ts';
import { subjectOf } from './rules.ts';
import type { CommuneData, Shareable } from './schemas.ts';

/** What any commune can publish, and the word that finds it. */
const shareable: readonly (readonly [Shareable, string])[] = [
  ['grants', 'subventions'],
  ['deliberations', 'délibérations'],
  ['budget', 'budget'],
  ['equipment', 'équipements'],
  ['menus', 'cantine'],
  ['trees', 'arbres'],
  ['defibrillators', 'défibrillateurs'],
];

type Shared = { readonly subject: Shareable; readonly datasets: readonly DatasetSummary[] };

const memories = new WeakMap<object, { at: number; shared: Promise<readonly Shared[]> }>();
const freshForMs = 120_000;

/** What others publish and this organization does not, each with an example of a neighbour; never a count of merits. */
export async function missingAt(context: Context, organization: string | null): Promise<CommuneData['missing']> {
  const shared = await sharedSubjects(context);
  return shared
    .filter(({ datasets }) => datasets.length > 0)
    .filter(({ datasets }) => !datasets.some((dataset) => dataset.organization.slug === organization))
    .flatMap(({ subject, datasets }) => {
      const [example] = datasets;
      const communes = new Set(datasets.map((dataset) => dataset.organization.slug)).size;
      return example === undefined ? [] : [{ subject, example, communes }];
    });
}

function sharedSubjects(context: Context): Promise<readonly Shared[]> {
  const now = context.now().getTime();
  const known = memories.get(context.db);
  if (known !== undefined && now - known.at < freshForMs) return known.shared;
  const shared = readShared(context);
  memories.set(context.db, { at: now, shared });
  shared.catch(() => memories.delete(context.db));
  return shared;
}

async function readShared(context: Context): Promise<readonly Shared[]> {
  const organizations = await listOrganizations(context);
  const communes = new Set(organizations.filter(({ kind }) => kind === 'commune').map(({ slug }) => slug));
  return Promise.all(
    shareable.map(async ([subject, q]) => {
      const search = { q, selected: {}, sort: 'relevance', page: 1, pageSize: 50 } as const;
      const { datasets } = await searchCatalog(context, search);
      return {
        subject,
        datasets: datasets.filter(
          (dataset) => communes.has(dataset.organization.slug) && subjectOf(dataset)?.subject === subject,
        ),
      };
    }),
  );
}
