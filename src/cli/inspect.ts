// `terroir inspect`: what a file holds and what to check in it, before anything is published.

import { readSettings } from '../config.ts';
import { inspectFile, inspectionJson } from '../data/inspect.ts';
import { openEngineFor } from '../engines.ts';
import { columnLetters, problemMessage } from '../model/problem.ts';
import { type Command, mustHave } from './command.ts';

export const inspectCommand: Command = {
  help: 'cli.help.inspect',
  options: {},
  async run(call) {
    const { output } = call;
    const path = mustHave(call, call.positionals[0], 'FILE');
    const tools = await openEngineFor(readSettings(call.env));
    try {
      const inspection = await inspectFile(path, tools);
      const delimiter = inspection.delimiter === '\t' ? 'TAB' : (inspection.delimiter ?? '–');
      output.say('cli.inspect.file', {
        name: inspection.file.name,
        format: inspection.format,
        encoding: inspection.encoding ?? '–',
        delimiter,
      });
      for (const table of inspection.tables) {
        output.say('cli.inspect.table', {
          name: table.name,
          rows: table.rows,
          header: table.headerRow ?? '–',
          columns: table.fields.length,
        });
        for (const [index, field] of table.fields.entries()) {
          output.line(
            `  ${columnLetters(index).padEnd(3)} ${field.title}  ·  ${field.type}${field.role === null ? '' : ` (${field.role})`}`,
          );
        }
      }
      for (const p of inspection.problems) output.line(`- ${problemMessage(p, output.lang)}`);
      if (inspection.problems.length === 0) output.say('cli.inspect.fine');
      output.answer(inspectionJson(inspection, output.lang));
      return 0;
    } finally {
      await tools.close();
    }
  },
};
