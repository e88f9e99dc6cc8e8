// Before any test: dist/ is built, because tests of the server, the command line and the engine start it.
import { ensureBuild } from './build.mjs';
import { say } from './messages.mjs';

export default async function setup() {
  try {
    await ensureBuild();
  } catch (error) {
    // A source that does not build yet must not keep the other sources' tests from running; npm test never comes so far.
    if (process.env.CI === 'true') throw error;
    say(`dist/ is NOT what the sources say: ${error.message}`);
  }
}
