// `terroir inspect`: what a file holds and what to check in it, before anything is published.

import { readSettings } from '../config.ts';
import { inspectFile, inspectionJson } from '../data/inspect.ts';
import { openEngineFor } from '../engines.ts';
import { columnLetters } from '../model/problem.ts';
import { itemSentences, reportHeadline, reportOf } from '../model/report.ts';
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
      const report = reportOf(inspection.problems);
      output.line('');
      output.line(reportHeadline(report, output.lang));
      for (const item of report.items) {
        const [sentence = '', ...more] = itemSentences(item, output.lang);
        output.line(`- ${sentence}`);
        for (const one of more) output.line(`  ${one}`);
      }
      output.answer(inspectionJson(inspection, output.lang));
      return 0;
    } finally {
      await tools.close();
    }
  },
};
