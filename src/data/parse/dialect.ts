// How the records of a delimited file are written, and its limits.

export const delimiters = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export type Dialect = {
  readonly delimiter: Delimiter;
  /** Records end with LF (CRLF included), or with a lone CR in files of old machines. */
  readonly newline: 'lf' | 'cr';
  /** Whether blanks after a delimiter belong to the delimiter ("a", "b"). */
  readonly initialSpace: boolean;
  /** False when quotes turned out to be plain signs of the text. */
  readonly quotes: boolean;
};

/** No table has a line this long; a file that holds one is refused without being read whole. */
export const longestLineBytes = 16 * 1024 * 1024;
/** No spreadsheet that people read has more columns. */
export const mostColumns = 2000;
/** A quoted text over several lines is never longer: past this, its quote was not closed. */
export const longestQuotedLines = 1024 * 1024;
