// `terroir export`: all the data of a dataset, to a file or to the standard output.
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readSettings } from '../config.ts';
import { openApp } from '../doors.ts';
import { exportDataset } from '../features/explore/service.ts';
import { type Command, mustHave, optionText } from './command.ts';

export const exportCommand: Command = {
  help: 'cli.help.export',
  options: { format: { type: 'string' }, output: { type: 'string' } },
  dataOnStdout: (values) => values['output'] === undefined,
  async run(call) {
    const id = mustHave(call, call.positionals[0], 'ID');
    const format = mustHave(call, optionText(call, 'format'), '--format');
    // With --json standard output holds one JSON value: the data themselves when they are JSON, else what was written where.
    const dataAsAnswer = call.output.json && format === 'json' && optionText(call, 'output') === null;
    const target = optionText(call, 'output') ?? (call.output.json && !dataAsAnswer ? `${id}.${format}` : null);
    const app = await openApp(readSettings(call.env));
    try {
      const exported = await exportDataset(app.contextFor({ kind: 'operator' }), id, format, {});
      await pipeline(createReadStream(exported.path), target === null ? process.stdout : createWriteStream(target), {
        end: target !== null,
      });
      if (target !== null) call.output.say('cli.done.export', { path: target });
      if (target !== null) call.output.answer({ id, format, output: target, bytes: exported.bytes });
      return 0;
    } finally {
      await app.close();
    }
  },
};
