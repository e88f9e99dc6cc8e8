// Founds the consolidated datasets of the demonstration, once; what somebody changed since is left alone.
import { demoConsolidations } from '../../../territories/demo/consolidations.ts';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { SchemaRegistry } from '../../stores/schemas/registry.ts';
import { getDataset, getTerritory } from '../catalog/service.ts';
import { addContribution, decideMapping, followProducers, foundConsolidation } from './service.ts';

/** @param context the operator's; nothing is done outside of the demonstration */
export async function installDemoConsolidations(context: Context, schemas: SchemaRegistry): Promise<void> {
  if ((await getTerritory(context))?.demo !== 'installed') return;
  for (const { datasets, ...request } of demoConsolidations) {
    const founded = await foundConsolidation(context, schemas, request).then(
      () => true,
      (error: unknown) => {
        if (error instanceof TerroirError && error.code === 'consolidation.idTaken') return false;
        throw error;
      },
    );
    if (!founded) continue;
    for (const datasetId of datasets) {
      const there = await getDataset(context, datasetId).catch(() => null);
      if (there === null) continue;
      const { proposal } = await addContribution(context, schemas, request.id, datasetId);
      // In the demonstration everyone has looked already, and found what is proposed right.
      await decideMapping(context, schemas, { id: request.id, datasetId }, proposal.mappings);
    }
  }
  await followProducers(context, schemas);
}
