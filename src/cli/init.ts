// `terroir init` and `terroir migrate`: prepare TERROIR_HOME and bring its database up to date.

import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import { installDemo } from '../features/publish/demo.ts';
import type { Command } from './command.ts';

export const initCommand: Command = {
  help: 'cli.help.init',
  options: { empty: { type: 'boolean' } },
  async run({ values, env, output }) {
    const settings = readSettings(env);
    const app = await openApp(settings);
    try {
      const datasets =
        values['empty'] === true
          ? 0
          : await installDemo(app.contextFor({ kind: 'operator' }), (title) =>
              output.step('cli.progress.demo', { title }),
            );
      output.say('cli.done.init', { home: settings.home });
      output.answer({ home: settings.home, datasets });
      return 0;
    } finally {
      await app.close();
    }
  },
};

export const migrateCommand: Command = {
  help: 'cli.help.migrate',
  options: {},
  async run({ env, output }) {
    const app = await openApp(readSettings(env));
    await app.close();
    output.say('cli.done.migrate');
    output.answer({ migrated: true });
    return 0;
  },
};
