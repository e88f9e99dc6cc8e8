// Where things are in the project. Plain JavaScript for any Node ≥ 18, like everything in this folder: it runs before the setup.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');
export const runtime = join(root, '.runtime');
export const modules = join(root, 'node_modules');
