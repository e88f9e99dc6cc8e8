// The command line's roof: finds the command, reads its options, tells the answer or the refusal.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Command } from './cli/command.ts';
import { depositCommand } from './cli/deposit.ts';
import { exportCommand } from './cli/export.ts';
import { initCommand, migrateCommand } from './cli/init.ts';
import { inspectCommand } from './cli/inspect.ts';
import { listCommand } from './cli/list.ts';
import { organizationCommand } from './cli/organization.ts';
import { openOutput, tellRefusal } from './cli/output.ts';
import { schemaCommand } from './cli/schema.ts';
import { serveCommand } from './cli/serve.ts';
import { validateCommand } from './cli/validate.ts';
import { fillSentence, TerroirError } from './lib/errors.ts';
import type { Language } from './model/language.ts';
import { cliMessages } from './model/messages/cli.ts';

const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  init: initCommand,
  migrate: migrateCommand,
  inspect: inspectCommand,
  validate: validateCommand,
  schema: schemaCommand,
  deposit: depositCommand,
  export: exportCommand,
  list: listCommand,
  organization: organizationCommand,
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
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw usage(fillSentence(cliMessages['cli.usage.command'][lang], { command: name }));
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
