// What a word is to the engine: where it ends in a text, and how the file of words writes those of codes and numbers.

/**
 * The signs that stand between words, as the inside of a class that the engine and JavaScript both read: ASCII's and
 * Latin-1's, general punctuation, currencies, arrows and drawn signs, CJK brackets. A class of all that is no letter says
 * the same of our texts, and takes four times as long to be made ready.
 */
export const signs =
  '\\x00-/:-@\\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020';

/** What stands between words. */
export const betweenWords = `[${signs}]`;

/** Longer words are known by their beginning. */
export const mostLetters = 64;
/** What ends the words of codes: they are looked for by words that may be codes alone. */
export const codeMark = 'chr(1)';
/** What ends a whole number: it is found as it is, not by its beginning. */
export const numberMark = 'chr(2)';
