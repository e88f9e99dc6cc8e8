// What is decided of files that arrive, before anything is written: their names, and how what was pasted becomes a file.
import type { Field } from '../../model/field.ts';
import type { Finding } from '../../model/finding.ts';

/** In bytes of UTF-8: disks take 255, and archives that are opened beside add to it. */
const longestName = 200;

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
  if (Buffer.byteLength(clean) <= longestName) return clean;
  const ending = /\.[^.\s]{1,12}$/.exec(clean)?.[0] ?? '';
  return shortened(clean.slice(0, clean.length - ending.length), longestName - Buffer.byteLength(ending)) + ending;
}

/** The beginning of a text that takes a number of bytes at most; no letter is cut. */
function shortened(text: string, most: number): string {
  let short = '';
  let bytes = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    short += letter;
  }
  return short;
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

/**
 * The metadata of a tus upload: names, each with its value in base64, between commas. What is written twice or wrong is none.
 * @returns null when it cannot be read.
 */
export function uploadMetadata(header: string | undefined): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  if (header === undefined || header.trim() === '') return found;
  for (const pair of header.split(',')) {
    const [name = '', value = '', ...more] = pair.trim().split(' ');
    const shaped = /^[!-+\--~]+$/.test(name) && /^[A-Za-z\d+/]*={0,2}$/.test(value) && more.length === 0;
    if (!shaped || found.has(name)) return null;
    found.set(name, Buffer.from(value, 'base64').toString('utf8'));
  }
  return found;
}

/** A number of bytes as a header writes it; null for anything else. */
export function bytesOfHeader(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return null;
  return Number(header);
}

/**
 * What was found of persons in columns that the public version does not show: a person decides of it. What is public
 * already was decided.
 */
export function heldBack(findings: readonly Finding[], shown: readonly Pick<Field, 'name'>[]): readonly Finding[] {
  const names = new Set(shown.map(({ name }) => name));
  return findings.filter(({ name, nature, confidence }) => {
    return nature === 'personal' && confidence !== 'low' && !names.has(name);
  });
}

/** The name that a Content-Disposition gives to a file (RFC 6266): `filename*` before `filename`. */
export function nameOfDisposition(header: string | undefined): string | null {
  const extended = /;\s*filename\*\s*=\s*UTF-8'[\w-]*'([^;\s]+)/i.exec(header ?? '')?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Badly written: the other one is read.
    }
  }
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? '') ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  // Headers are read as latin-1; many programs write UTF-8 there.
  return name === undefined ? null : utf8OfHeader(name);
}

function utf8OfHeader(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const read = bytes.toString('utf8');
  return Buffer.from(read, 'utf8').equals(bytes) ? read : text;
}
