// Installs the dependencies when node_modules is not what package-lock.json says.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentence, step } from './messages.mjs';
import { modules, root } from './project.mjs';
import { npm } from './run.mjs';
import { inTurn } from './turn.mjs';

const marker = join(modules, '.terroir-installed');

/** @param {'production' | 'all'} scope what must be there: the platform's own packages, or those of its tests too. */
export async function ensureDependencies(scope) {
  if (isInstalled(scope)) return;
  await inTurn(async () => {
    if (isInstalled(scope)) return;
    await step(sentence('dependencies'), () => npm(['ci', ...(scope === 'all' ? ['--include=dev'] : ['--omit=dev'])]));
    writeFileSync(marker, `${lockHash()} ${scope}\n`);
  });
}

/**
 * The marker is written after an installation that ended; without it, for instance after `npm install` by hand, npm's own
 * record of what it installed is compared with the lock, package by package. npm writes that record last.
 */
function isInstalled(scope) {
  const [hash, installed] = read(marker).trim().split(' ');
  if (hash === lockHash() && (installed === 'all' || installed === scope)) return true;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(join(modules, '.package-lock.json'));
  return Object.entries(wanted).every(([path, row]) => {
    if (path === '' || (row.dev && scope === 'production') || row.devOptional) return true;
    if (row.optional && !isForHere(row)) return true;
    return found[path]?.version === row.version;
  });
}

/** Optional packages are those of one platform; musl and glibc cannot be told apart here, so those that say so are left to npm. */
function isForHere(row) {
  const fits = (names, name) => names === undefined || names.includes(name);
  return (
    row.os !== undefined && row.libc === undefined && fits(row.os, process.platform) && fits(row.cpu, process.arch)
  );
}

function packagesOf(path) {
  const text = read(path);
  return text === '' ? {} : JSON.parse(text).packages;
}

function lockHash() {
  return createHash('sha256')
    .update(read(join(root, 'package-lock.json')))
    .digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
