// Gets the programs of geographers that the tests of map interfaces talk to (GDAL, OWSLib), where they can be had.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say, sentence, step } from './messages.mjs';
import { runQuietly } from './run.mjs';

const packages = ['gdal-bin', 'python3-owslib'];

/** What is there: the path-less name of GDAL's programs' folder is PATH; `python` is an interpreter that knows OWSLib. */
export function findMapClients() {
  return { gdal: answers('ogrinfo', ['--version']), python: pythonWithOwslib() };
}

/** Installs them as root on Debian when they are missing; what fails is told, and their tests say that they were not run. */
export async function ensureMapClients() {
  const { gdal, python } = findMapClients();
  if (gdal && python !== undefined) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const options = { patient: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    await step(sentence('mapClients'), async () => {
      await runQuietly('apt-get', ['update', '-qq'], options);
      await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
    });
  } catch (error) {
    say(error.message.split('\n').slice(-8).join('\n'));
  }
}

/** Debian's own interpreter first: another one in the PATH does not see Debian's modules. */
function pythonWithOwslib() {
  return ['/usr/bin/python3', 'python3'].find((python) => answers(python, ['-c', 'import owslib.ogcapi.features']));
}

function answers(program, args) {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}
