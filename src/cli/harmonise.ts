// `terroir harmonise`: several producers' files as one table of a schema, without a server; what cannot be taken, with why.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readSettings } from '../config.ts';
import { appendFiles } from '../data/append-files.ts';
import { chooseTable } from '../data/choose-table.ts';
import { type Harmonised, harmoniseFile } from '../data/harmonise-file.ts';
import { aside, lend } from '../data/lent-file.ts';
import { parseFile } from '../data/parse/parse.ts';
import { proposeForTable } from '../data/propose-mapping.ts';
import { openEngineFor } from '../engines.ts';
import { TerroirError } from '../lib/errors.ts';
import type { Mapping } from '../model/mapping.ts';
import { readMapping } from '../model/mapping-reader.ts';
import type { TableSchema } from '../model/schema.ts';
import { registryOf } from '../registry.ts';
import { type Call, type Command, mustHave, optionText, optionTexts } from './command.ts';
import { tableSchemaOf } from './schema.ts';

export const harmoniseCommand: Command = {
  help: 'cli.help.harmonise',
  options: {
    schema: { type: 'string' },
    output: { type: 'string' },
    mapping: { type: 'string', multiple: true },
    producer: { type: 'string', multiple: true },
  },
  async run(call) {
    mustHave(call, call.positionals[0], 'FILE');
    const settings = readSettings(call.env);
    const schema = await tableSchemaOf(registryOf(settings), mustHave(call, optionText(call, 'schema'), '--schema'));
    const output = mustHave(call, optionText(call, 'output'), '--output');
    const mappings = await mappingsOf(call);
    const tools = await openEngineFor(settings);
    try {
      const files = await aside(tools, async (scratch) => {
        const done = [];
        for (const [index, path] of call.positionals.entries()) {
          const folder = join(scratch, String(index));
          await mkdir(folder);
          done.push(
            await oneFile(call, path, { schema, folder, tables: tools.tables, mapping: mappings[index] ?? null }),
          );
        }
        await appendFiles(
          done.map(({ path }) => path),
          output,
        );
        await appendFiles(
          done.map(({ rejectedPath }) => rejectedPath),
          rejectedOf(output),
        );
        return done;
      });
      for (const { file, rows, rejected, missingFields } of files) {
        call.output.say('cli.harmonise.file', { file, rows, rejected });
        if (missingFields.length > 0) call.output.say('cli.map.missing', { fields: missingFields.join(', ') });
      }
      const rows = files.reduce((sum, each) => sum + each.rows, 0);
      const rejected = files.reduce((sum, each) => sum + each.rejected, 0);
      call.output.say('cli.harmonise.done', { rows, output, rejected, rejectedOutput: rejectedOf(output) });
      call.output.answer({
        schema: schema.name,
        output,
        rejectedOutput: rejectedOf(output),
        rows,
        rejected,
        files: files.map(({ path: _path, rejectedPath: _rejected, ...told }) => told),
      });
      return 0;
    } finally {
      await tools.close();
    }
  },
};

type Work = Omit<Parameters<typeof harmoniseFile>[2], 'lang'> & {
  readonly schema: TableSchema;
  readonly mapping: Mapping | null;
};

async function oneFile(
  call: Call,
  path: string,
  { schema, folder, tables, mapping }: Work,
): Promise<Harmonised & { readonly file: string; readonly missingFields: readonly string[] }> {
  const file = await lend(path, folder);
  const parsed = await parseFile(file, { scratch: folder, tables });
  const { table } = chooseTable(parsed, file.name);
  const proposed = proposeForTable(table, schema);
  const used = mapping ?? { ...proposed, mappings: proposed.mappings.filter(({ sure }) => sure) };
  const given = new Set(used.mappings.map(({ field }) => field));
  const sourceDataset = basename(path).replace(/(\.[a-z0-9]{1,8})+$/i, '');
  const producer = optionTexts(call, 'producer')[call.positionals.indexOf(path)] ?? sourceDataset;
  const done = await harmoniseFile({ table, mapping: used, origin: { producer, sourceDataset } }, schema, {
    tables,
    folder,
    lang: call.output.lang,
  });
  const missingFields = schema.fields.filter(({ name }) => !given.has(name)).map(({ name }) => name);
  return { file: basename(path), missingFields, ...done };
}

/** The mappings given, in the order of the files: one for each, or one for all. */
async function mappingsOf(call: Call): Promise<readonly (Mapping | null)[]> {
  const paths = optionTexts(call, 'mapping');
  const read = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, 'utf8').catch(() => {
        throw new TerroirError('file.notFound', { path });
      });
      return readMapping(text, path);
    }),
  );
  const [only] = read;
  return read.length === 1 && only !== undefined ? call.positionals.map(() => only) : read;
}

function rejectedOf(output: string): string {
  return output.replace(/(\.csv)?$/i, '.rejected.csv');
}
