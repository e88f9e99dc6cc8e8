// What sharing gives back to a producer: its rows in common words, what was learnt for it, whom its rows stand beside.
import type { Context } from '../../context.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { getOrganization } from '../catalog/service.ts';
import { countPairsOf } from './duplicate-queries.ts';
import { readConsolidations, readContributions } from './queries.ts';
import { givenBack } from './rules.ts';
import type { GivenBack } from './schemas.ts';

export type Mutualisation = {
  readonly organization: { readonly slug: string; readonly name: string };
  readonly tables: readonly GivenBack[];
};

/** @throws TerroirError organization.unknown */
export async function mutualisationOf(context: Context, slug: string): Promise<Mutualisation> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const { name } = await getOrganization(context, slug);
  const tables: GivenBack[] = [];
  for (const consolidation of await readConsolidations(context.db)) {
    const contributions = await readContributions(context.db, consolidation.id);
    for (const own of contributions.filter(({ organization }) => organization.slug === slug)) {
      const duplicates = await countPairsOf(context.db, consolidation.id, own.datasetId);
      tables.push(givenBack(consolidation, own, { contributions, duplicates }));
    }
  }
  return { organization: { slug, name }, tables };
}
