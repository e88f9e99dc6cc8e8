// Texts that a spreadsheet would take for a formula, and the sign that has it show them instead (OWASP, CSV injection).

/**
 * What a spreadsheet may run: a text that begins with = + - @, a tabulation or a carriage return. Understood alike by
 * JavaScript and by the engine's RE2.
 */
export const formulaStart = '^[=+\\-@\\t\\r]';

/**
 * What begins like a formula and is none: signed numbers as people write them (−12,50 €, +33 2 47 21 60 00, -3 %) and signs
 * alone (-, --, +). Digits, spaces and separators run nothing.
 */
export const harmless =
  '^[+-]*[\\s\\x{a0}\\x{202f}]*(?:\\d[\\d\\s\\x{a0}\\x{202f}.,]*(?:[eE][+-]?\\d+)?[\\s\\x{a0}\\x{202f}]*[%€]?)?$';

const start = new RegExp(formulaStart);
const plain = new RegExp(
  harmless.replaceAll(/\\x\{([0-9a-f]+)\}/g, (_all, code: string) => `\\u${code.padStart(4, '0')}`),
);

/** A text cell as it may be opened in a spreadsheet: a leading apostrophe says that it is a text. Numbers are never touched. */
export function neutralised(text: string): string {
  return start.test(text) && !plain.test(text) ? `'${text}` : text;
}
