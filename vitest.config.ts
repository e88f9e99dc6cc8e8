// Where the tests are and how they run; `npm test` prepares what they need.
import { defineConfig } from 'vitest/config';
import { browserTests, findBrowser } from './scripts/setup/browser.mjs';

const browser = findBrowser();
const unable = browser === undefined ? browserTests() : [];
if (unable.length > 0) console.error(`No browser (npm test installs one), not run: ${unable.join(', ')}`);

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'territories/**/*.test.ts'],
    exclude: browser === undefined ? ['test/browser/**'] : [],
    env: browser === undefined ? {} : { TERROIR_TEST_BROWSER: browser },
    globalSetup: ['scripts/setup/vitest-setup.mjs'],
    // Generous, for a machine that does other things too: no test measures time.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
