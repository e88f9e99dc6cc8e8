// How the command line speaks: sentences for people, one JSON value for machines, progress where there is a terminal.

import { errorRegistry } from '../lib/error-registry.ts';
import { type ErrorParams, errorSentence, fillSentence, TerroirError } from '../lib/errors.ts';
import type { Language } from '../model/language.ts';
import { cliMessages } from '../model/messages/cli.ts';

export type CliMessage = keyof typeof cliMessages;

export type Output = {
  readonly lang: Language;
  readonly json: boolean;
  say(key: CliMessage, params?: ErrorParams): void;
  /** A line of text that is not a sentence (a row of a list). */
  line(text: string): void;
  /** A long step begins; on a terminal the line is replaced by the next one. */
  step(key: CliMessage, params?: ErrorParams): void;
  /** The answer with --json; nothing without. */
  answer(value: unknown): void;
};

/** Sentences go to standard error when the answer is JSON or data, so that standard output holds the answer alone. */
export function openOutput(lang: Language, json: boolean, dataOnStdout: boolean): Output {
  const people = json || dataOnStdout ? process.stderr : process.stdout;
  const terminal = process.stderr.isTTY === true;
  let pending = false;
  const settle = () => {
    if (pending) process.stderr.write('\r\u001b[K');
    pending = false;
  };
  const sentence = (key: CliMessage, params: ErrorParams = {}) => fillSentence(cliMessages[key][lang], params);
  return {
    lang,
    json,
    say(key, params) {
      settle();
      people.write(`${sentence(key, params)}\n`);
    },
    line(text) {
      settle();
      people.write(`${text}\n`);
    },
    step(key, params) {
      settle();
      process.stderr.write(terminal ? `${sentence(key, params)} …` : `${sentence(key, params)}\n`);
      pending = terminal;
    },
    answer(value) {
      settle();
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

/** Tells a refusal and gives the exit code. An unforeseen error keeps its own code and says what it was, never a bare "internal". */
export function tellRefusal(error: unknown, lang: Language, json: boolean): number {
  if (error instanceof TerroirError) {
    const message = errorSentence(error, lang);
    process.stdout.write(json ? `${JSON.stringify({ error: { code: error.code, message } })}\n` : '');
    if (!json) process.stderr.write(`${message}\n`);
    return errorRegistry[error.code].exit;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(json ? `${JSON.stringify({ error: { code: 'request.unexpected', message } })}\n` : '');
  process.stderr.write(`${error instanceof Error && error.stack !== undefined ? error.stack : message}\n`);
  return errorRegistry['request.unexpected'].exit;
}
