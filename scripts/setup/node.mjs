// Finds a Node that is recent enough: this one, else a private Node 24 from the npm registry, kept in .runtime/.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, sentence, step } from './messages.mjs';
import { runtime } from './project.mjs';
import { npm, runQuietly } from './run.mjs';
import { inTurn } from './turn.mjs';

const kept = join(runtime, 'node');
const keptNode = join(kept, 'bin', 'node');

/** 22.18 is the first that runs TypeScript without an option, which the tests and benchmarks use. */
function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** @returns {Promise<string>} the path of a Node that runs the platform. */
export async function findNode() {
  if (isRecent(process.versions.node)) return process.execPath;
  if (existsSync(keptNode)) return keptNode;
  const platform = `${process.platform}-${process.arch}`;
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform))
    throw new SetupError(sentence('noNode', { platform }));
  return inTurn(async () => {
    if (!existsSync(keptNode))
      await step(sentence('node', { version: process.versions.node }), () => fetchNode(`node-${platform}`));
    return keptNode;
  });
}

/** Installed beside, tried, then renamed: an interrupted installation leaves nothing that looks finished. */
async function fetchNode(name) {
  const fresh = join(runtime, 'node.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await npm(['install', '--prefix', fresh, '--no-save', '--ignore-scripts', '--no-package-lock', `${name}@24`]);
  const unpacked = join(fresh, 'node_modules', name);
  await runQuietly(join(unpacked, 'bin', 'node'), ['--version']);
  renameSync(unpacked, kept);
  rmSync(fresh, { recursive: true, force: true });
}
