// `terroir deposit`: a file becomes a draft or a published dataset.
import { readFile } from 'node:fs/promises';
import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import { depositFile } from '../features/publish/service.ts';
import { TerroirError } from '../lib/errors.ts';
import { actorName } from '../model/permission.ts';
import { problemMessage } from '../model/problem.ts';
import { parseStepText, type Step } from '../model/step.ts';
import { type Command, mustHave, optionText, optionTexts } from './command.ts';
import { readDecisions } from './decisions.ts';

export const depositCommand: Command = {
  help: 'cli.help.deposit',
  options: {
    organization: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    id: { type: 'string' },
    licence: { type: 'string' },
    license: { type: 'string' },
    homologation: { type: 'string' },
    'high-value': { type: 'string' },
    theme: { type: 'string' },
    frequency: { type: 'string' },
    'due-day': { type: 'string' },
    contact: { type: 'string' },
    keyword: { type: 'string', multiple: true },
    commune: { type: 'string', multiple: true },
    table: { type: 'string' },
    document: { type: 'boolean' },
    'new-version': { type: 'boolean' },
    publish: { type: 'boolean' },
    remove: { type: 'string', multiple: true },
    mask: { type: 'string', multiple: true },
    justify: { type: 'string', multiple: true },
    'not-personal': { type: 'string', multiple: true },
    steps: { type: 'string' },
    replay: { type: 'boolean' },
  },
  async run(call) {
    const { output } = call;
    const newVersion = call.values['new-version'] === true;
    const id = optionText(call, 'id');
    const request = {
      path: mustHave(call, call.positionals[0], 'FILE'),
      newVersion,
      id: newVersion ? mustHave(call, id, '--id') : id,
      organization: newVersion
        ? (optionText(call, 'organization') ?? '')
        : mustHave(call, optionText(call, 'organization'), '--organization'),
      title: newVersion ? (optionText(call, 'title') ?? '') : mustHave(call, optionText(call, 'title'), '--title'),
      description: optionText(call, 'description') ?? '',
      licence: optionText(call, 'licence') ?? optionText(call, 'license'),
      homologation: optionText(call, 'homologation'),
      hvdCategory: optionText(call, 'high-value'),
      theme: optionText(call, 'theme'),
      frequency: optionText(call, 'frequency'),
      dueDay: optionText(call, 'due-day'),
      contact: optionText(call, 'contact'),
      keywords: optionTexts(call, 'keyword'),
      communes: optionTexts(call, 'commune'),
      table: optionText(call, 'table'),
      document: call.values['document'] === true,
      publish: call.values['publish'] === true,
      decisions: readDecisions({
        remove: optionTexts(call, 'remove'),
        mask: optionTexts(call, 'mask'),
        justify: optionTexts(call, 'justify'),
        notPersonal: optionTexts(call, 'not-personal'),
      }),
      steps: await stepsOf(optionText(call, 'steps')),
      replay: call.values['replay'] === true,
    };
    const settings = readSettings(call.env);
    const app = await openApp(settings, undefined, { soonIngests: true });
    try {
      const outcome = await depositFile(app.contextFor({ kind: 'operator' }), request, (step) =>
        output.step(`cli.progress.${step}`),
      );
      const url = `${settings.publicUrl}/datasets/${outcome.id}`;
      output.say('cli.done.rows', { rows: outcome.rows, columns: outcome.columns });
      if (outcome.state === 'published') output.say('cli.done.published', { url });
      else if (outcome.secondReading) output.say('cli.done.secondReading', { id: outcome.id, number: outcome.version });
      else output.say('cli.done.draft', { id: outcome.id });
      const problems = outcome.problems.map((p) => ({ ...p, message: problemMessage(p, output.lang) }));
      for (const { message } of problems) output.line(`- ${message}`);
      output.answer({ ...outcome, problems, url });
      return 0;
    } finally {
      await app.close();
    }
  },
};

/** The fixes of a file made by `--json` or by hand. @throws TerroirError file.notFound, steps.* */
async function stepsOf(path: string | null): Promise<readonly Step[]> {
  if (path === null) return [];
  const text = await readFile(path, 'utf8').catch(() => {
    throw new TerroirError('file.notFound', { path });
  });
  return parseStepText(text, { by: actorName({ kind: 'operator' }), at: new Date() });
}
