// A document (PDF, picture, Word) as what a dataset can hold of it: one row that says which file it is; the original is kept.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '../../model/problem.ts';
import type { DepositedFile, ParsedFile, Stage } from '../stages.ts';

const headers = [
  { title: 'Document', name: 'document' },
  { title: 'Format', name: 'format' },
  { title: 'Taille en octets', name: 'taille_en_octets' },
  { title: 'Empreinte SHA-256', name: 'empreinte_sha_256' },
] as const;

/**
 * @param shown the format in people's words: pdf, docx, jpeg …
 * @throws TerroirError disk.full
 */
export async function documentTable(file: DepositedFile, shown: string, scratch: string): Promise<Stage<ParsedFile>> {
  const row = [file.name, shown, String(file.bytes), file.sha256];
  const path = join(scratch, 'document.csv');
  const text = `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
  await writeFile(path, text);
  const source = {
    path,
    delimiter: ',',
    records: 1,
    skipLines: 0,
    columns: headers.length,
    original: false,
    longestRecord: text.length * 3,
  };
  const table = {
    name: file.name,
    source,
    headerRow: null,
    rows: 1,
    emptyRows: 0,
    headers,
    firstSourceRow: 1,
    droppedSourceRows: [],
    sample: [row],
  };
  return {
    value: { format: shown.toLowerCase(), encoding: null, delimiter: null, tables: [table] },
    problems: [problem('file.asDocument', 'warning', { value: shown.toUpperCase() })],
  };
}
