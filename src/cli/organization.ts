// `terroir organization …`: a producer joins, or wants a second person to read before it publishes.

import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import { addOrganization, changeApproval } from '../features/catalog/service.ts';
import { TerroirError } from '../lib/errors.ts';
import { type Call, type Command, mustHave, optionText } from './command.ts';

export const organizationCommand: Command = {
  help: 'cli.help.organization',
  options: { name: { type: 'string' }, siret: { type: 'string' }, insee: { type: 'string' } },
  async run(call) {
    const [verb, slug] = call.positionals;
    if (verb === 'approval') return setApproval(call, mustHave(call, slug, 'SLUG'), call.positionals[2]);
    if (verb !== 'add')
      throw new TerroirError('usage.invalid', { reason: 'organization add SLUG | approval SLUG on|off' });
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

/** @throws TerroirError usage.invalid, organization.unknown */
async function setApproval(call: Call, slug: string, choice: string | undefined): Promise<number> {
  if (choice !== 'on' && choice !== 'off')
    throw new TerroirError('usage.invalid', { reason: 'organization approval SLUG on|off' });
  const app = await openApp(readSettings(call.env));
  try {
    await changeApproval(app.contextFor({ kind: 'operator' }), slug, choice === 'on');
    call.output.say(`cli.done.approval.${choice}`, { slug });
    call.output.answer({ organization: slug, approval: choice === 'on' });
    return 0;
  } finally {
    await app.close();
  }
}
