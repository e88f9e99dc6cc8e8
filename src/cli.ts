// The command line's roof: finds the command, reads its options, tells the answer or the refusal.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Command } from './cli/command.ts';
import { openOutput, tellRefusal } from './cli/output.ts';
import { fillSentence, TerroirError } from './lib/errors.ts';
import type { Language } from './model/language.ts';
import { cliMessages } from './model/messages/cli.ts';

/** Each command is loaded when it is asked for: checking a file does not wait for the portal's pages to be read. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  init: async () => (await import('./cli/init.ts')).initCommand,
  migrate: async () => (await import('./cli/init.ts')).migrateCommand,
  inspect: async () => (await import('./cli/inspect.ts')).inspectCommand,
  validate: async () => (await import('./cli/validate.ts')).validateCommand,
  map: async () => (await import('./cli/map.ts')).mapCommand,
  harmonise: async () => (await import('./cli/harmonise.ts')).harmoniseCommand,
  schema: async () => (await import('./cli/schema.ts')).schemaCommand,
  deposit: async () => (await import('./cli/deposit.ts')).depositCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  list: async () => (await import('./cli/list.ts')).listCommand,
  organization: async () => (await import('./cli/organization.ts')).organizationCommand,
  'admin-link': async () => (await import('./cli/admin-link.ts')).adminLinkCommand,
  waste: async () => (await import('./cli/waste.ts')).wasteCommand,
  version: async () => (await import('./cli/version.ts')).versionCommand,
};

const everywhere = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  const lang = languageOf(args);
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      process.stdout.write(`${cliMessages['cli.help'][lang]}\n`);
      return 0;
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) throw usage(fillSentence(cliMessages['cli.usage.command'][lang], { command: name }));
    const command = await load();
    const { values, positionals } = readOptions(rest, command.options);
    if (values['help'] === true) {
      process.stdout.write(`${cliMessages[command.help][lang]}\n`);
      return 0;
    }
    return await command.run({
      values,
      positionals,
      env: process.env,
      output: openOutput(lang, json, command.dataOnStdout?.(values) ?? false),
    });
  } catch (error) {
    return tellRefusal(error, lang, json);
  }
}

function readOptions(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...everywhere }, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(reason: string): TerroirError {
  return new TerroirError('usage.invalid', { reason });
}

/** The language asked for with --lang, else the terminal's when it is English, else French. */
function languageOf(args: readonly string[]): Language {
  const asked = args[args.indexOf('--lang') + 1];
  if (args.includes('--lang')) return asked === 'en' ? 'en' : 'fr';
  return /^en\b|^en_/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'en' : 'fr';
}

process.exitCode = await main(process.argv.slice(2));
