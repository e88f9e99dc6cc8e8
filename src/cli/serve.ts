// `terroir serve`: the portal, as `npm start` opens it.
import { readSettings } from '../config.ts';
import { serve } from '../server.ts';
import type { Command } from './command.ts';

export const serveCommand: Command = {
  help: 'cli.help.serve',
  options: { empty: { type: 'boolean' } },
  async run({ values, env, output }) {
    await serve(readSettings(env), { demo: values['empty'] !== true, output });
    return 0;
  },
};
