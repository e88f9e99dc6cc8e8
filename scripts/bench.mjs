// `npm run bench [-- NAME]`: sets up, builds, and hands over to bench/run.ts.
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findNode } from './setup/node.mjs';
import { root } from './setup/project.mjs';
import { runOpenly } from './setup/run.mjs';

const node = await findNode();
await ensureDependencies('all');
await ensureBuild();
process.exitCode = await runOpenly(node, [join(root, 'bench', 'run.ts'), ...process.argv.slice(2)]);
