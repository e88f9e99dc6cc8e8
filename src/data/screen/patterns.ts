// The forms of personal data as regular expressions that the engine (RE2) and JavaScript (flag u) understand alike.
/** Nine digits at least, with what people write between them: no phone, NIR or bank account has fewer. */
export const manyDigits = '(?:\\d[ .()/\\-\u00a0\u202f]{0,2}){8}\\d';

/** One e-mail address, anywhere in a text. */
export const emailPattern = "[A-Za-z0-9._%+'\\-]+@[A-Za-z0-9\\-]+(?:\\.[A-Za-z0-9\\-]+)*\\.[A-Za-z]{2,10}";

const gap = '[ .\\-/\u00a0\u202f]?';
/** A French phone number: national, or with +33 / 0033. Bounded by anything but digits. */
export const phonePattern = `(?:^|[^\\d+])((?:(?:\\+|00)33${gap}(?:\\(0\\))?${gap}|0)[1-79](?:${gap}\\d{2}){4})(?:$|[^\\d])`;
/** What a spreadsheet leaves of a phone number: its zero lost (612345678), or the + of +33. Only where the header says phone. */
export const mangledPhonePattern = '^\\s*((?:33)?[1-79]\\d{8})(?:[.,]0)?\\s*$';

/** Fifteen characters that may be a NIR with its key. */
export const nirPattern =
  '(?:^|[^\\d])([1-478] ?\\d{2} ?\\d{2} ?(?:\\d{2}|2[ABab]) ?\\d{3} ?\\d{3} ?\\d{2})(?:$|[^\\d])';

export const ibanPattern =
  '(?:^|[^A-Za-z0-9])([A-Za-z]{2}\\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,4})?)(?:$|[^A-Za-z0-9])';

/** A plate of today (AB-123-CD), hyphens or blanks wanted: AB123CD alone is a code like any other. */
export const platePattern = '^\\s*([A-HJ-NP-TV-Z]{2}[\\- ]\\d{3}[\\- ][A-HJ-NP-TV-Z]{2})\\s*$';
/** Any plate, old ones too (1234 AB 37), where the header says plate. */
export const anyPlatePattern =
  '^\\s*([A-Za-z]{2}[\\- ]?\\d{3}[\\- ]?[A-Za-z]{2}|\\d{1,4}[\\- ]?[A-Za-z]{2,3}[\\- ]?(?:\\d{2}|2[ABab]))\\s*$';

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
export const ipPattern = `^\\s*((?:${octet}\\.){3}${octet}|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4})\\s*$`;

/** Letters, hyphens, apostrophes: written as what they are not, since the engine is long to prepare Unicode's classes. */
const word = '[^\\s\\d!-&(-,./:-@\\[-`{-~]+';
/** Any of the words, in capitals or not: flags inside an expression are not known to every JavaScript. */
const anyCase = (words: string) =>
  words
    .split(' ')
    .map((each) => each.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`))
    .join('|');
export const civilityPattern = `(?:${anyCase('m\\.? mr\\.? mme\\.? mlle\\.? monsieur madame mademoiselle docteur dr\\.?')})`;
/** Two to five words of letters, or a civility and one to five: the form of a person's name. */
export const nameShape = `^\\s*(?:${civilityPattern} +${word}(?:,? +${word}){0,4}|${word}(?:,? +${word}){1,4})\\s*$`;
/** A civility in front is the surest sign. */
export const civilityShape = `^\\s*(?:${anyCase('m\\. mr\\.? mme\\.? mlle\\.? monsieur madame mademoiselle')}) +\\p{Lu}`;
/** "Jean DUPONT" or "DUPONT Jean": capitals for the surname alone, as lists of persons are typed. */
export const typedNameShape =
  "^\\s*(?:\\p{Lu}[\\p{Ll}\\p{M}]+(?:[\\- ]\\p{Lu}[\\p{Ll}\\p{M}]+)* +\\p{Lu}[\\p{Lu}'’\\-]+(?: \\p{Lu}[\\p{Lu}'’\\-]+)*|\\p{Lu}[\\p{Lu}'’\\-]+(?: \\p{Lu}[\\p{Lu}'’\\-]+)* +\\p{Lu}[\\p{Ll}\\p{M}]+(?:[\\- ]\\p{Lu}[\\p{Ll}\\p{M}]+)*)\\s*$";

/** Words alone: a first name, a surname. */
export const lettersPattern = '^[^\\d!-&(-,./:-@\\[-`{-~]+$';
export const datePattern = '^\\s*(?:\\d{1,2}[/.\\- ]\\d{1,2}[/.\\- ]\\d{2,4}|\\d{4}-?\\d{2}-?\\d{2})';

/** Whether a French number is a mobile one: 06, 07, +33 6 … */
export function isMobile(phone: string): boolean {
  return /^(?:(?:\+|00)?33)?0?[67]\d{8}$/.test(phone.replace(/\(0\)/, '').replace(/[^\d+]/g, ''));
}
