// `terroir organization add`: a producer joins.
import { openApp } from '../app.ts';
import { readSettings } from '../config.ts';
import { addOrganization } from '../features/catalog/service.ts';
import { TerroirError } from '../lib/errors.ts';
import { type Command, mustHave, optionText } from './command.ts';

export const organizationCommand: Command = {
  help: 'cli.help.organization',
  options: { name: { type: 'string' }, siret: { type: 'string' }, insee: { type: 'string' } },
  async run(call) {
    const [verb, slug] = call.positionals;
    if (verb !== 'add') throw new TerroirError('usage.invalid', { reason: 'organization add SLUG' });
    const request = {
      slug: mustHave(call, slug, 'SLUG'),
      name: mustHave(call, optionText(call, 'name'), '--name'),
      siret: optionText(call, 'siret'),
      insee: optionText(call, 'insee'),
    };
    const app = await openApp(readSettings(call.env));
    try {
      const organization = await addOrganization(app.contextFor({ kind: 'operator' }), request);
      call.output.say('cli.done.organization', { name: organization.name });
      call.output.answer(organization);
      return 0;
    } finally {
      await app.close();
    }
  },
};
