// The one class of refusals: a code from the registry, the values its sentence needs, never a bare "internal".
import type { ErrorCode } from './error-registry.ts';
import { errorRegistry } from './error-registry.ts';

export type ErrorParams = Readonly<Record<string, string | number>>;

/** A refusal that people can read. `code` names a row of the error registry, which gives status and sentences. */
export class TerroirError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(fillSentence(errorRegistry[code].en, params), options);
    this.name = 'TerroirError';
    this.code = code;
    this.params = params;
  }
}

/** Replaces `{name}` in a sentence by the value of that name; an unknown name stays visible, so that a test sees it. */
export function fillSentence(sentence: string, params: ErrorParams): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The sentence of a refusal in the reader's language. */
export function errorSentence(error: TerroirError, lang: 'fr' | 'en'): string {
  return fillSentence(errorRegistry[error.code][lang], error.params);
}
