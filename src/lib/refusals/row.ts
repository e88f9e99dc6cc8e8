// The form of a refusal: HTTP status, exit code, and the sentence in French and in English.

export type ErrorRow = { readonly status: number; readonly exit: number; readonly fr: string; readonly en: string };

/**
 * @param exit the command line's code: 2 usage, 3 the input file, 4 not found, 5 refused by a rule, 6 the machine, 7 busy
 */
export const row = (status: number, exit: number, fr: string, en: string): ErrorRow => ({ status, exit, fr, en });
