// `terroir map`: which columns of a file are which fields of a schema, as a document to keep and correct.
import { readSettings } from '../config.ts';
import { chooseTable } from '../data/choose-table.ts';
import { aside, lend } from '../data/lent-file.ts';
import { parseFile } from '../data/parse/parse.ts';
import { proposeForTable } from '../data/propose-mapping.ts';
import { openEngineFor } from '../engines.ts';
import { registryOf } from '../registry.ts';
import { type Command, mustHave, optionText } from './command.ts';
import { tableSchemaOf } from './schema.ts';

export const mapCommand: Command = {
  help: 'cli.help.map',
  options: { schema: { type: 'string' }, table: { type: 'string' } },
  async run(call) {
    const path = mustHave(call, call.positionals[0], 'FILE');
    const settings = readSettings(call.env);
    const schema = await tableSchemaOf(registryOf(settings), mustHave(call, optionText(call, 'schema'), '--schema'));
    const tools = await openEngineFor(settings);
    try {
      const proposal = await aside(tools, async (scratch) => {
        const file = await lend(path, scratch);
        const parsed = await parseFile(file, { scratch, tables: tools.tables });
        const { table } = chooseTable(parsed, file.name, optionText(call, 'table') ?? undefined);
        return proposeForTable(table, schema);
      });
      for (const { field, columns, confidence, sure } of proposal.mappings)
        call.output.line(`${sure ? '✓' : '?'} ${columns.join(' + ')} → ${field} (${Math.round(confidence * 100)} %)`);
      const { unmappedColumns, missingFields } = proposal;
      if (unmappedColumns.length > 0) call.output.say('cli.map.unmapped', { columns: unmappedColumns.join(', ') });
      if (missingFields.length > 0) call.output.say('cli.map.missing', { fields: missingFields.join(', ') });
      call.output.answer(proposal);
      return 0;
    } finally {
      await tools.close();
    }
  },
};
