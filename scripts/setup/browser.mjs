// Finds a browser for the tests, and installs one when there is none.
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { say, sentence, step } from './messages.mjs';
import { root } from './project.mjs';
import { runQuietly } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of an installed Chromium or Chrome, else undefined. Nothing is installed. */
export function findBrowser() {
  const { TERROIR_TEST_BROWSER, CHROME_PATH, CHROMIUM, PATH = '' } = process.env;
  const inPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [TERROIR_TEST_BROWSER, CHROME_PATH, CHROMIUM, ...inPath, ...onMac, playwrightBrowser()].find(isProgram);
}

/** Finds a browser, or installs one: by apt as root on Debian, else by Playwright. Undefined when none can be had. */
export async function ensureBrowser(node) {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    await attempt('apt-get install chromium', installByApt);
  if (findBrowser() === undefined) {
    const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
    await attempt('playwright install chromium', () => runQuietly(node, [cli, 'install', 'chromium']));
  }
  return findBrowser();
}

async function installByApt() {
  const options = { patient: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const packages = ['chromium', 'fonts-dejavu-core'];
  await runQuietly('apt-get', ['update', '-qq'], options);
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

/** A way that fails is told, and the next one is tried. */
async function attempt(how, work) {
  try {
    await step(sentence('browser', { how }), work);
  } catch (error) {
    say(error.message.split('\n').slice(-8).join('\n'));
  }
}

function playwrightBrowser() {
  try {
    return createRequire(join(root, 'package.json'))('playwright-core').chromium.executablePath();
  } catch {
    return undefined;
  }
}

function isProgram(path) {
  if (!path) return false;
  try {
    accessSync(realpathSync(path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The tests that need a browser, as paths from the project's folder. */
export function browserTests() {
  const folder = join(root, 'test', 'browser');
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /\.test\.tsx?$/.test(name))
        .map((name) => `test/browser/${name}`)
    : [];
}
