// Makes the project ready to run, quietly when it already is, and prints the path of the Node to run it with.
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { say } from './messages.mjs';
import { findNode } from './node.mjs';

try {
  const node = await findNode();
  await ensureDependencies('production');
  await ensureBuild();
  process.stdout.write(`${node}\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
