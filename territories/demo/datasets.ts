// Reads the definitions of the demonstration's datasets: one folder each, `dataset.json` beside its file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decoupage, packageSource } from './decoupage.ts';
import type { DemoDataset, FileGenerator } from './definition.ts';
import { generators } from './generate/generators.ts';
import { datasetsFolder } from './place.ts';

/**
 * Every dataset, in the order of its folder's name, which is its id.
 * @throws Error naming the folder and the property, when a definition is incomplete.
 */
export function demoDatasets(): readonly DemoDataset[] {
  const root = datasetsFolder();
  return readdirSync(root)
    .sort()
    .map((id) => readDefinition(id, join(root, id)));
}

function readDefinition(id: string, folder: string): DemoDataset {
  const value: unknown = JSON.parse(readFileSync(join(folder, 'dataset.json'), 'utf8'));
  const properties = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const fail = (name: string): never => {
    throw new Error(`territories/demo/datasets/${id}/dataset.json: ${name} is missing or wrong`);
  };
  const text = (name: string): string => {
    const found: unknown = properties.get(name);
    return typeof found === 'string' && found !== '' ? found : fail(name);
  };
  const texts = (name: string): readonly string[] => {
    const found: unknown = properties.get(name);
    return Array.isArray(found) ? found.map(String) : fail(name);
  };
  const demo: unknown = properties.get('demo');
  const licence = text('licence');
  return {
    id,
    organization: text('organization'),
    title: text('title'),
    description: text('description'),
    licence: licence === 'lov2' || licence === 'odc-odbl' ? licence : fail('licence'),
    theme: text('theme'),
    frequency: text('frequency'),
    keywords: texts('keywords'),
    communes:
      properties.get('communes') === 'all'
        ? decoupage().territoryCommunes.map((commune) => commune.code)
        : texts('communes'),
    demo: typeof demo === 'boolean' ? demo : fail('demo'),
    // Real data names the package as it is installed, so that the citation never lies about the version.
    source: properties.get('source') === null ? null : text('source').replace('{package}', packageSource()),
    file: properties.has('generator') ? generatorNamed(text('generator'), fail) : join(folder, text('file')),
  };
}

function generatorNamed(name: string, fail: (property: string) => never): FileGenerator {
  return Object.hasOwn(generators, name) ? (generators[name] ?? fail('generator')) : fail('generator');
}
