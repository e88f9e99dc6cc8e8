// Installs the demonstration territory, once: real communes and producers, real open data, and files marked as written for the demonstration.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demoTerritory } from '../../../territories/demo/territory.ts';
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { addOrganization, getTerritory, saveCommunes, saveTerritory } from '../catalog/service.ts';
import { depositFile } from './service.ts';

/**
 * Installs what is missing of the demonstration: an interrupted installation is taken up where it stopped, a finished
 * one is left alone for ever, and a TERROIR_HOME that holds something else is never touched.
 * @returns how many datasets were installed.
 */
export async function installDemo(
  context: Context,
  onDataset: (title: string) => void = () => {},
  stop?: AbortSignal,
): Promise<number> {
  const territory = await getTerritory(context);
  if (territory !== null && territory.demo !== 'installing') return 0;
  await saveTerritory(context, { ...demoTerritory.territory, demo: 'installing' });
  await saveCommunes(context, demoTerritory.communes);
  for (const organization of demoTerritory.organizations)
    await unlessThere('organization.slugTaken', () => addOrganization(context, organization));
  const folder = await mkdtemp(join(context.files.scratch, `journey-${process.pid}-demo-`));
  let installed = 0;
  try {
    for (const dataset of demoTerritory.datasets) {
      if (stop?.aborted === true) return installed;
      onDataset(dataset.title);
      const path = typeof dataset.file === 'string' ? dataset.file : await dataset.file(folder);
      await unlessThere('dataset.idTaken', () =>
        depositFile(context, { ...dataset, path, newVersion: false, publish: true }),
      );
      installed += 1;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await saveTerritory(context, { ...demoTerritory.territory, demo: 'installed' });
  return installed;
}

async function unlessThere(code: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof TerroirError && error.code === code)) throw error;
  }
}
