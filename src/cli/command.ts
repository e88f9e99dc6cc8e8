// What a command of the command line is made of.
import type { ParseArgsOptionsConfig } from 'node:util';
import { fillSentence, TerroirError } from '../lib/errors.ts';
import { cliMessages } from '../model/messages/cli.ts';
import type { CliMessage, Output } from './output.ts';

export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export type Call = {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
};

export type Command = {
  readonly help: CliMessage;
  readonly options: ParseArgsOptionsConfig;
  /** Whether standard output carries data, so that sentences must go elsewhere. */
  readonly dataOnStdout?: (values: OptionValues) => boolean;
  /** @returns the exit code. */
  run(call: Call): Promise<number>;
};

/** The text of an option, or null when it is not given. */
export function optionText(call: Call, name: string): string | null {
  const value = call.values[name];
  return typeof value === 'string' ? value : null;
}

/** The texts of an option that may be repeated. */
export function optionTexts(call: Call, name: string): readonly string[] {
  const value = call.values[name];
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
}

/** @throws TerroirError usage.invalid when there is no such argument. */
export function mustHave(call: Call, value: string | null | undefined, name: string): string {
  if (value !== null && value !== undefined && value !== '') return value;
  throw new TerroirError('usage.invalid', {
    reason: fillSentence(cliMessages['cli.usage.missing'][call.output.lang], { name }),
  });
}
