// `terroir admin-link`: a link by which whoever reads the console becomes the administrator; those made before stop working.
import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import { makeAdministratorLink } from '../features/accounts/service.ts';
import type { Command } from './command.ts';

export const adminLinkCommand: Command = {
  help: 'cli.help.adminLink',
  options: {},
  async run({ env, output }) {
    const settings = readSettings(env);
    const app = await openApp(settings);
    try {
      const { path, until } = await makeAdministratorLink(app.contextFor({ kind: 'operator' }));
      const url = settings.publicUrl + path;
      output.say('cli.adminLink', { url });
      output.answer({ url, until: until.toISOString() });
      return 0;
    } finally {
      await app.close();
    }
  },
};
