// `npm test [-- what]`: sets everything up, a browser included, then checks and tests everything; ends with Vitest's summary.
import { join } from 'node:path';
import { check } from './check.mjs';
import { browserTests, ensureBrowser } from './setup/browser.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureMapClients } from './setup/map-clients.mjs';
import { SetupError, say, sentence } from './setup/messages.mjs';
import { findNode } from './setup/node.mjs';
import { modules } from './setup/project.mjs';
import { runOpenly } from './setup/run.mjs';

try {
  process.exitCode = (await testAll(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  say(error instanceof SetupError ? error.message : error.stack);
  process.exitCode = 1;
}

async function testAll(args) {
  const node = await findNode();
  await ensureDependencies('all');
  await ensureBuild();
  const browser = await ensureBrowser(node);
  // A hundred megabytes that nobody asked for: only where everything is tested.
  if (process.env.CI === 'true') await ensureMapClients();
  const clean = await check(node);
  const env = { ...process.env, ...(browser === undefined ? {} : { TERROIR_TEST_BROWSER: browser }) };
  const passed = (await runOpenly(node, [join(modules, 'vitest', 'vitest.mjs'), 'run', ...args], { env })) === 0;
  if (browser === undefined) say([sentence('noBrowser'), ...browserTests().map((path) => `  ${path}`)].join('\n'));
  return clean && passed && browser !== undefined;
}
