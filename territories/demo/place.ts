// Where the files of the demonstration are, whether the sources run as they stand or bundled into another folder.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const below = join('territories', 'demo', 'datasets');

/**
 * The folder of the demonstration's datasets, found by walking up from this file: the bundle lies elsewhere in the project.
 * @throws Error when no folder above holds it: the installation is incomplete.
 */
export function datasetsFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, below))) return join(folder, below);
    if (folder === dirname(folder)) throw new Error(`${below} is missing above ${import.meta.dirname}`);
  }
}
