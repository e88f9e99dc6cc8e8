// Where the tests are and how they run; `npm test` prepares what they need.
import { defineConfig } from 'vitest/config';
import { browserTests, findBrowser } from './scripts/setup/browser.mjs';
import { findMapClients } from './scripts/setup/map-clients.mjs';

const browser = findBrowser();
const unable = browser === undefined ? browserTests() : [];
if (unable.length > 0) console.error(`No browser (npm test installs one), not run: ${unable.join(', ')}`);
const { gdal, python } = findMapClients();
if (!gdal) console.error('No GDAL (apt-get install gdal-bin), not run: reading the OGC API by GDAL');
if (python === undefined)
  console.error('No OWSLib (apt-get install python3-owslib), not run: reading the OGC API by OWSLib');

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'territories/**/*.test.ts'],
    exclude: browser === undefined ? ['test/browser/**'] : [],
    env: {
      ...(browser !== undefined && { TERROIR_TEST_BROWSER: browser }),
      ...(gdal && { TEST_GDAL: 'yes' }),
      ...(python !== undefined && { TEST_OWSLIB: python }),
    },
    globalSetup: ['scripts/setup/vitest-setup.mjs'],
    // Generous, for a machine that does other things too: no test measures time.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
