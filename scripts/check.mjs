// `npm run check`: style, types and arrows, side by side; what each says is shown when it is done.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findNode } from './setup/node.mjs';
import { modules, root } from './setup/project.mjs';

const checks = [
  ['biome', ['@biomejs', 'biome', 'bin', 'biome'], ['check', '--diagnostic-level=warn']],
  ['tsc', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', '.']],
  [
    'dependency-cruiser',
    ['dependency-cruiser', 'bin', 'dependency-cruise.mjs'],
    ['src', '--config', '.dependency-cruiser.cjs'],
  ],
];

/** @returns {Promise<boolean>} whether all is well. */
export async function check(node) {
  const results = await Promise.all(
    checks.map(([name, path, args]) => runCheck(node, name, join(modules, ...path), args)),
  );
  return results.every((ok) => ok);
}

function runCheck(node, name, program, args) {
  return new Promise((resolve) => {
    const child = spawn(node, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', (error) => (said += error.message));
    child.once('close', (code) => {
      process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n${code === 0 ? '' : said}`);
      resolve(code === 0);
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const node = await findNode();
  await ensureDependencies('all');
  if (!(await check(node))) process.exitCode = 1;
}
