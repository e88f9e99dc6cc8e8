// `terroir schema`: the schemas known by name, an empty file to fill for one of them, fresher copies of the national ones.
import { writeFile } from 'node:fs/promises';
import { readSettings } from '../config.ts';
import { csvTemplate } from '../data/schema/template-csv.ts';
import { TerroirError } from '../lib/errors.ts';
import { isRecord, type TableSchema } from '../model/schema.ts';
import { registryOf } from '../registry.ts';
import type { SchemaRegistry } from '../stores/schemas/registry.ts';
import { type Call, type Command, mustHave, optionText } from './command.ts';
import type { Output } from './output.ts';

export const schemaCommand: Command = {
  help: 'cli.help.schema',
  options: { format: { type: 'string' }, output: { type: 'string' } },
  async run(call) {
    const [verb] = call.positionals;
    if (verb === 'list') return list(call);
    if (verb === 'template') return template(call);
    if (verb === 'refresh') return refresh(call);
    throw new TerroirError('usage.invalid', { reason: 'schema list | template NAME | refresh' });
  },
};

async function list({ env, output }: Call): Promise<number> {
  const schemas = (await registryOf(readSettings(env)).list()).map(({ name, national, loaded, fetched }) => {
    const { title, version, columns } =
      loaded.kind === 'table' ? tableFacts(loaded.schema, output) : documentFacts(loaded.schema);
    return { name, national, title: title ?? name, version, columns, fetched };
  });
  for (const { name, title, version } of schemas) output.line(`${name}\t${version ?? '–'}\t${title}`);
  output.answer({ schemas });
  return 0;
}

function tableFacts(schema: TableSchema, { lang }: Output) {
  const title = lang === 'en' ? (schema.titleEn ?? schema.title) : schema.title;
  return { title, version: schema.version, columns: schema.fields.length };
}

function documentFacts(schema: unknown) {
  const { title, version } = isRecord(schema) ? schema : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { title: text(title), version: text(version), columns: null };
}

async function template(call: Call): Promise<number> {
  const name = mustHave(call, call.positionals[1], 'NAME');
  const format = optionText(call, 'format') ?? 'xlsx';
  const path = optionText(call, 'output') ?? `${name.replaceAll('/', '-')}.${format}`;
  const loaded = await registryOf(readSettings(call.env)).load(name);
  if (loaded.kind !== 'table') throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: path });
  if (format === 'csv') await writeFile(path, csvTemplate(loaded.schema));
  else if (format === 'xlsx') {
    // The writer of workbooks is only loaded for those who want one.
    const { xlsxTemplate } = await import('../data/schema/template-xlsx.ts');
    await writeFile(path, await xlsxTemplate(loaded.schema, call.output.lang));
  } else throw new TerroirError('export.formatUnknown', { format });
  call.output.say('cli.done.export', { path });
  call.output.answer({ name: loaded.name, format, output: path });
  return 0;
}

async function refresh({ env, output }: Call): Promise<number> {
  const { renewed, failed } = await registryOf(readSettings(env)).refresh();
  output.say('cli.done.refresh', { renewed: renewed.length, failed: failed.length });
  output.answer({ renewed, failed });
  return 0;
}

/** A schema of a table by its name, path or address. @throws TerroirError schema.*, schema.otherKind when it is none of a table */
export async function tableSchemaOf(registry: SchemaRegistry, name: string): Promise<TableSchema> {
  const loaded = await registry.load(name);
  if (loaded.kind === 'table') return loaded.schema;
  throw new TerroirError('schema.otherKind', { name, expected: 'JSON', file: name });
}
