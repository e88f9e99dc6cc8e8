// What is decided of files that arrive, before anything is written: their names, and how what was pasted becomes a file.

const longestName = 180;

/** The largest file that is received, in bytes: 5 GB. */
export const largestFile = 5 * 1024 ** 3;
/** The largest table that is pasted, in bytes of UTF-8. */
export const largestPaste = 20 * 1024 ** 2;

/** Bytes as people are told a limit: whole megabytes. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}

/**
 * A file's name as it is kept: its last part alone, whatever path or trick it came with; long ones keep their ending.
 * @param otherwise the name of a file that has none
 */
export function safeFileName(given: string, otherwise = 'fichier'): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    // Control characters, and those that turn the direction of the text: "gnp.exe" must not be read "exe.png".
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')
    .replace(/\p{Cs}/gu, '')
    .trim();
  if (/^\.*$/.test(clean)) return otherwise;
  if (clean.length <= longestName) return clean;
  const ending = /\.[^.\s]{1,12}$/.exec(clean)?.[0] ?? '';
  return [...clean.slice(0, longestName - ending.length)].filter((letter) => !/\p{Cs}/u.test(letter)).join('') + ending;
}

/** What a spreadsheet puts on the clipboard (cells between tabs, rows between line ends), as the bytes of a .tsv file. */
export function pastedBytes(text: string): Buffer {
  const tidy = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '');
  return Buffer.from(tidy.trim() === '' ? '' : `${tidy}\n`, 'utf8');
}

/** The name of a pasted table: always a .tsv. */
export function pastedName(given: string): string {
  const name = safeFileName(given, 'tableau-colle');
  return /\.(tsv|tab)$/i.test(name) ? name : `${name.replace(/\.(csv|txt|xlsx?|ods)$/i, '')}.tsv`;
}
