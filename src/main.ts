// The server's roof: what `npm start` runs. The same as `terroir serve`.
import { parseArgs } from 'node:util';
import { openOutput, tellRefusal } from './cli/output.ts';
import { readSettings } from './config.ts';
import { serve } from './server.ts';

try {
  const { values } = parseArgs({ options: { empty: { type: 'boolean' } } });
  await serve(readSettings(process.env), { demo: values.empty !== true, output: openOutput('fr', false, false) });
} catch (error) {
  process.exitCode = tellRefusal(error, 'fr', false);
}
