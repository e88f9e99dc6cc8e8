// A strict reader of RFC 4180 files, written apart from the platform's own, to check what goes in against what comes out.

/** Cells of a CSV text; a quote opens a field only at its beginning. */
export function readPlainCsv(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] === '"' && text[at + 1] !== '"') break;
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      const rest = nextStop(text, at, delimiter);
      cell = text.slice(at, rest);
      at = rest;
    }
    record.push(cell);
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    if (text[at] === '\r') at++;
    at++;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return records;
}

function nextStop(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
