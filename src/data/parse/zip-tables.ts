// A zip of several files: each is read by the reader of its own format, and its tables carry its name.
import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TerroirError } from '../../lib/errors.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { DepositedFile, ParsedFile, ParsedTable, Stage } from '../stages.ts';
import { bombGuard, openZip, readableFiles, zipEntries } from '../zip.ts';

/** A person who sends more files at once wants several datasets. */
const mostFiles = 50;

/**
 * @param parse reads one file of the zip, in a scratch folder of its own
 * @throws TerroirError file.archiveUnsafe, file.formatUnsupported (too many files); what the first file says when none is read
 */
export async function readZipTables(
  file: DepositedFile,
  scratch: string,
  parse: (inner: DepositedFile, scratch: string) => Promise<Stage<ParsedFile>>,
): Promise<Stage<ParsedFile>> {
  const tables: ParsedTable[] = [];
  const problems: Problem[] = [];
  let firstRefusal: TerroirError | null = null;
  let facts: Pick<ParsedFile, 'encoding' | 'delimiter'> = { encoding: null, delimiter: null };
  for (const { name, path, folder } of await unpack(file, scratch)) {
    try {
      const { value, problems: found } = await parse({ ...file, path, innerName: name }, folder);
      if (tables.length === 0) facts = value;
      const base = name.slice(0, name.length - extname(name).length) || name;
      tables.push(...value.tables.map((table) => named(table, base, value.tables.length)));
      problems.push(...found.map((each) => (each.sheet === null ? { ...each, sheet: base } : each)));
    } catch (error) {
      if (!(error instanceof TerroirError) || !error.code.startsWith('file.')) throw error;
      firstRefusal ??= error;
      problems.push(problem('archive.fileSkipped', 'warning', { value: name }));
    }
  }
  if (tables.length === 0) throw firstRefusal ?? new TerroirError('file.empty', { name: file.innerName ?? file.name });
  return { value: { format: 'zip', encoding: facts.encoding, delimiter: facts.delimiter, tables }, problems };
}

function named(table: ParsedTable, base: string, siblings: number): ParsedTable {
  if (table.sheet === undefined && siblings === 1) return { ...table, name: base, sheet: base };
  return siblings === 1 ? { ...table, name: base } : { ...table, name: `${base} · ${table.name}` };
}

async function unpack(file: DepositedFile, scratch: string) {
  const name = file.innerName ?? file.name;
  const { size } = await stat(file.path);
  const zip = await openZip(file.path);
  try {
    const entries = readableFiles(await zipEntries(zip, name));
    if (entries.length > mostFiles)
      throw new TerroirError('file.formatUnsupported', { name, format: `zip: ${entries.length} > ${mostFiles}` });
    const files: { name: string; path: string; folder: string }[] = [];
    for (const [index, entry] of entries.entries()) {
      const folder = join(scratch, `inside-${index}`);
      await mkdir(folder);
      const path = join(folder, 'file');
      await pipeline(await zip.openReadStreamPromise(entry), bombGuard(name, size), createWriteStream(path));
      files.push({ name: basename(entry.fileName), path, folder });
    }
    return files;
  } finally {
    zip.close();
  }
}
